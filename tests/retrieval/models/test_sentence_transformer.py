import importlib.metadata
import shutil
import socket
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
import torch

import retrieval.models.sentence_transformer
from corpus.errors import ModelUnavailable
from retrieval.models.packaged import PACKAGE
from retrieval.models.sentence_transformer import SentenceTransformerEmbedder
from retrieval.models.token_vectors import similarity

SENTENCES = [
    "China banned seafood from Japan.",
    "Lee and Takaichi met in Nara. " * 8,
    "Drums.",
    "이재명 대통령은 나라에서 다카이치 총리를 만났다.",
    "",
    "word " * 300,
]


def installed() -> Path:
    """The folder of the packaged model."""
    return Path(str(importlib.metadata.distribution(PACKAGE).locate_file(PACKAGE))) / "model"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the packaged model's folder; its big file is linked, to be replaced rather than changed."""
    source = installed()
    copy = tmp_path / "model"
    shutil.copytree(source, copy, ignore=shutil.ignore_patterns("*.safetensors"))
    (copy / "model.safetensors").symlink_to(source / "model.safetensors")
    return copy


@pytest.fixture
def packaged(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The copy in a package that stands before the real one, and whose code would leave a file behind."""
    package = tmp_path / "packages" / PACKAGE
    package.mkdir(parents=True)
    for name in ("__init__.py", "cli.py"):
        (package / name).write_text(f"open({str(tmp_path / 'ran')!r}, 'w').close()")
    monkeypatch.syspath_prepend(package.parent)
    monkeypatch.delitem(sys.modules, PACKAGE, raising=False)
    return folder.rename(package / "model")


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    class NoSocket(socket.socket):
        def __init__(self, *arguments: object, **named: object) -> None:
            raise OSError("the network is looked at")

    def no_lookup(*arguments: object, **named: object) -> None:
        raise OSError("the network is looked at")

    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.setattr(socket, "socket", NoSocket)
    monkeypatch.setattr(socket, "getaddrinfo", no_lookup)
    monkeypatch.setattr(socket, "create_connection", no_lookup)


@pytest.mark.usefixtures("no_network")
def test_the_packaged_model_loads_and_answers_without_a_network(minilm: SentenceTransformerEmbedder) -> None:
    model = SentenceTransformerEmbedder()
    assert model.model == minilm.model
    [asked] = model.embed_question("Which country stopped buying fish?").vector
    near, far = minilm.embed_passages(["China banned seafood from Japan.", "They played the drums."]).vectors
    assert asked @ near > asked @ far + 0.2


def test_vectors_have_length_one_and_keep_the_order(minilm: SentenceTransformerEmbedder) -> None:
    kept = minilm.embed_passages(SENTENCES).vectors
    assert kept.shape == (len(SENTENCES), minilm.sizes.vector) == (len(SENTENCES), 384)
    assert kept.dtype == np.float16
    rows = kept.astype(np.float32)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)
    for text, row in zip(SENTENCES, rows, strict=True):
        [alone] = minilm.embed_passages([text]).vectors.astype(np.float32)
        assert alone @ row > 0.998
        assert np.argmax(rows @ alone) == SENTENCES.index(text)


def test_no_texts_have_no_vectors(minilm: SentenceTransformerEmbedder) -> None:
    nothing = minilm.embed_passages([])
    assert nothing.vectors.shape == (0, 384)
    assert nothing.tokens.starts.tolist() == [0]
    assert nothing.tokens.signs.shape == (0, minilm.sizes.token) == (0, 48)


def words_at(text: str, places: Iterable[int]) -> list[str]:
    """The beginning of the word, or of the rest of one, at each place."""
    return [text[place : place + 4] for place in places]


def test_the_places_of_tokens_are_those_of_the_words_that_say_something(
    minilm: SentenceTransformerEmbedder,
) -> None:
    texts = ["Drums.", "  China banned\nall seafood from Japan (Tokyo said).", "It was the one they had."]
    tokens = minilm.embed_passages(texts).tokens
    assert words_at(texts[0], tokens.of(0)[0]) == ["Drum"]
    assert words_at(texts[1], tokens.of(1)[0]) == ["Chin", "bann", "seaf", "Japa", "Toky"]
    assert words_at(texts[2], tokens.of(2)[0]) == ["one "]
    assert tokens.signs.shape == (7, 48)


def test_a_text_has_the_same_tokens_alone_and_among_others(minilm: SentenceTransformerEmbedder) -> None:
    together = minilm.embed_passages(SENTENCES).tokens
    for row, text in enumerate(SENTENCES):
        places, signs = together.of(row)
        alone = minilm.embed_passages([text]).tokens
        assert places.tolist() == alone.places.tolist()
        differing = np.unpackbits(signs ^ alone.signs).mean() if len(places) else 0
        assert differing < 0.05  # what is padded rounds otherwise


def test_a_text_that_is_spelled_out_has_no_tokens(minilm: SentenceTransformerEmbedder) -> None:
    korean = "이재명 대통령은 나라에서 다카이치 총리를 만났다."
    tokens = minilm.embed_passages([korean, "", "...", "Drums were played."]).tokens
    assert np.diff(tokens.starts).tolist() == [0, 0, 0, 2]
    assert minilm.embed_question(korean).tokens.shape == (0, 384)
    assert minilm.embed_question(korean).spans == ()


def test_a_question_is_one_row_and_its_tokens_stand_at_its_words_all_of_length_one(
    minilm: SentenceTransformerEmbedder,
) -> None:
    question = "Which country banned the Zelenskyy film?"
    asked = minilm.embed_question(question)
    assert asked.vector.shape == (1, 384)
    assert asked.vector.dtype == np.float32
    assert np.linalg.norm(asked.vector) == pytest.approx(1, abs=1e-5)
    found = [question[start:end] for start, end in asked.spans]
    assert found[:2] == ["country", "banned"]
    assert "".join(found[2:-1]) == "Zelenskyy"
    assert found[-1] == "film"
    assert asked.tokens.shape == (len(found), 384)
    assert np.allclose(np.linalg.norm(asked.tokens, axis=1), 1, atol=1e-5)


def test_a_token_is_nearest_to_the_same_word_elsewhere(minilm: SentenceTransformerEmbedder) -> None:
    asked = minilm.embed_question("Was seafood banned?")
    text = "Fresh seafood can no longer be sold, drums can."
    places, signs = minilm.embed_passages([text]).tokens.of(0)
    assert asked.spans[0] == (4, 11)
    assert words_at(text, [int(places[np.argmax(similarity(asked.tokens, signs)[0])])]) == ["seaf"]


@pytest.mark.parametrize(
    "question",
    [
        "Who met in Nara?",
        "Wer traf sich in Nara, und weshalb?",
        "Qui a rencontré le président Lee à Nara ?",
        "¿Quién se reunió en Nara?",
        "Größe, Übergang, Österreich",
        "iPhone 15 Pro",
        "GDP Q3 2024",
        "COVID-19 mRNA-1273 BNT162b2",
        "MH370 QZ8501",
        "Volodymyr Zelenskyy Kharkiv",
        "@&*",
        "Øresund",
        "Did 高市 meet Lee in Nara?",
    ],
)
def test_it_knows_what_is_written_in_the_latin_alphabet(
    minilm: SentenceTransformerEmbedder, question: str
) -> None:
    assert minilm.vocabulary.knows(question)


@pytest.mark.parametrize(
    "question",
    [
        "이재명 대통령은 누구를 만났나?",
        "Nara에서 누가 만났나요?",
        "왜?",
        "한국",
        "高市首相は奈良で誰と会いましたか",
        "なぜ",
        "日本は？",
        "谁在奈良会面",
        "Что случилось в Наре?",
        "ماذا حدث",
    ],
)
def test_it_does_not_know_what_it_would_spell_out(minilm: SentenceTransformerEmbedder, question: str) -> None:
    assert not minilm.vocabulary.knows(question)


def test_no_code_of_the_models_package_runs(packaged: Path, tmp_path: Path) -> None:
    (packaged / "config.json").write_text("{}")
    with pytest.raises(ModelUnavailable, match="is not the file it should be"):
        SentenceTransformerEmbedder()
    shutil.copy(installed() / "config.json", packaged)
    assert SentenceTransformerEmbedder().embed_question("Who met in Nara?").vector.shape == (1, 384)
    assert not (tmp_path / "ran").exists()
    assert PACKAGE not in sys.modules


@pytest.mark.parametrize("name", ["config.json", "1_Pooling/config.json", "tokenizer.json", "modules.json"])
def test_an_edited_file_of_the_package_is_refused(packaged: Path, name: str) -> None:
    (packaged / name).write_text((packaged / name).read_text() + "\n")
    with pytest.raises(ModelUnavailable, match="is not the file it should be") as refused:
        SentenceTransformerEmbedder()
    assert name in str(refused.value)
    assert "\n" not in str(refused.value)


def test_truncated_weights_are_refused(packaged: Path) -> None:
    weights = packaged / "model.safetensors"
    content = weights.read_bytes()[:-1]
    weights.unlink()
    weights.write_bytes(content)
    with pytest.raises(ModelUnavailable, match=r"SHA-256 differs.*reinstall"):
        SentenceTransformerEmbedder()


def test_a_missing_file_is_refused(packaged: Path) -> None:
    (packaged / "vocab.txt").unlink()
    with pytest.raises(ModelUnavailable, match=r"vocab\.txt is missing: reinstall"):
        SentenceTransformerEmbedder()


@pytest.mark.parametrize(
    "name", ["adapter_config.json", "added_tokens.json", "code.py", "2_Dense/config.json"]
)
def test_a_file_more_than_the_package_has_is_refused(packaged: Path, name: str) -> None:
    (packaged / name).parent.mkdir(exist_ok=True)
    (packaged / name).write_text("{}")
    with pytest.raises(ModelUnavailable, match=r"is not of the package .*: remove it") as refused:
        SentenceTransformerEmbedder()
    assert name in str(refused.value)


def test_a_missing_package_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, PACKAGE, None)
    with pytest.raises(ModelUnavailable, match=r"is not installed: run `make run` again") as refused:
        SentenceTransformerEmbedder()
    assert "\n" not in str(refused.value)


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize(
    "name", ["no-such-owner/no-such-model", "no-such-model", "a b/../c", "x" * 5000, "~nobody/x"]
)
def test_a_model_that_is_nowhere_is_refused_at_once(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    with pytest.raises(ModelUnavailable, match=r"can't be had \(.+\): check NEWSDESK_MODEL") as refused:
        SentenceTransformerEmbedder(name)
    assert "\n" not in str(refused.value)
    assert waited == []


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="can't be had"):
        SentenceTransformerEmbedder(str(tmp_path))


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("bfloat16", [True, False])
def test_a_named_folder_is_the_same_model_in_either_precision(
    folder: Path, minilm: SentenceTransformerEmbedder, bfloat16: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrieval.models.sentence_transformer, "_has_bfloat16", lambda: bfloat16)
    named = SentenceTransformerEmbedder(str(folder))
    kept = {parameter.dtype for parameter in named._transformer.parameters()}
    assert kept == {torch.bfloat16 if bfloat16 else torch.float32}
    assert named.model == f"{folder}@{minilm.model.rpartition('@')[2]}"
    text = "China banned seafood from Japan."
    [one], [other] = (model.embed_passages([text]).vectors.astype(np.float32) for model in (named, minilm))
    assert one @ other > 0.998
