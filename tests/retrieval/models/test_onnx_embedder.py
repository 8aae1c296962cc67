import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest

import retrieval.models.minilm
from corpus.errors import ModelUnavailable
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.models.packaged import PACKAGE
from retrieval.models.token_vectors import similarity
from retrieval.models.weights_file import open_weights
from tests.retrieval.models.installed import installed

SENTENCES = [
    "China banned seafood from Japan.",
    "Lee and Takaichi met in Nara. " * 8,
    "Drums.",
    "이재명 대통령은 나라에서 다카이치 총리를 만났다.",
    "",
    "word " * 300,
]


@pytest.mark.usefixtures("no_network")
def test_the_packaged_model_loads_and_answers_without_a_network(minilm: OnnxEmbedder) -> None:
    model = OnnxEmbedder()
    assert model.model == minilm.model
    [asked] = model.embed_question("Which country stopped buying fish?").vector
    near, far = minilm.embed_passages(["China banned seafood from Japan.", "They played the drums."]).vectors
    assert asked @ near > asked @ far + 0.2


def test_vectors_have_length_one_and_keep_the_order(minilm: OnnxEmbedder) -> None:
    kept = minilm.embed_passages(SENTENCES).vectors
    assert kept.shape == (len(SENTENCES), minilm.sizes.vector) == (len(SENTENCES), 384)
    assert kept.dtype == np.float16
    rows = kept.astype(np.float32)
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-3)
    for text, row in zip(SENTENCES, rows, strict=True):
        [alone] = minilm.embed_passages([text]).vectors.astype(np.float32)
        assert alone.tolist() == row.tolist()
        assert np.argmax(rows @ alone) == SENTENCES.index(text)


def test_no_texts_have_no_vectors(minilm: OnnxEmbedder) -> None:
    nothing = minilm.embed_passages([])
    assert nothing.vectors.shape == (0, 384)
    assert nothing.tokens.starts.tolist() == [0]
    assert nothing.tokens.signs.shape == (0, minilm.sizes.token) == (0, 48)


def words_at(text: str, places: Iterable[int]) -> list[str]:
    """The beginning of the word, or of the rest of one, at each place."""
    return [text[place : place + 4] for place in places]


def test_the_places_of_tokens_are_those_of_the_words_that_say_something(
    minilm: OnnxEmbedder,
) -> None:
    texts = ["Drums.", "  China banned\nall seafood from Japan (Tokyo said).", "It was the one they had."]
    tokens = minilm.embed_passages(texts).tokens
    assert words_at(texts[0], tokens.of(0)[0]) == ["Drum"]
    assert words_at(texts[1], tokens.of(1)[0]) == ["Chin", "bann", "seaf", "Japa", "Toky"]
    assert words_at(texts[2], tokens.of(2)[0]) == ["one "]
    assert tokens.signs.shape == (7, 48)


def test_a_text_has_the_same_tokens_alone_and_among_others(minilm: OnnxEmbedder) -> None:
    together = minilm.embed_passages(SENTENCES).tokens
    for row, text in enumerate(SENTENCES):
        places, signs = together.of(row)
        alone = minilm.embed_passages([text]).tokens
        assert places.tolist() == alone.places.tolist()
        assert signs.tolist() == alone.signs.tolist()


def test_a_text_that_is_spelled_out_has_no_tokens(minilm: OnnxEmbedder) -> None:
    korean = "이재명 대통령은 나라에서 다카이치 총리를 만났다."
    tokens = minilm.embed_passages([korean, "", "...", "Drums were played."]).tokens
    assert np.diff(tokens.starts).tolist() == [0, 0, 0, 2]
    assert minilm.embed_question(korean).tokens.shape == (0, 384)
    assert minilm.embed_question(korean).spans == ()


def test_a_question_is_one_row_and_its_tokens_stand_at_its_words_all_of_length_one(
    minilm: OnnxEmbedder,
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


def test_a_token_is_nearest_to_the_same_word_elsewhere(minilm: OnnxEmbedder) -> None:
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
def test_it_knows_what_is_written_in_the_latin_alphabet(minilm: OnnxEmbedder, question: str) -> None:
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
def test_it_does_not_know_what_it_would_spell_out(minilm: OnnxEmbedder, question: str) -> None:
    assert not minilm.vocabulary.knows(question)


def damaged(model: OnnxEmbedder) -> str:
    """The one line that is said where the model can't be loaded."""
    with pytest.raises(ModelUnavailable) as refused:
        model.ready()
    assert "\n" not in str(refused.value)
    return str(refused.value)


def test_no_code_of_the_models_package_runs(packaged: Path, tmp_path: Path) -> None:
    (packaged / "tokenizer.json").write_text("{}")
    assert "tokenizer.json is not the file it should be" in damaged(OnnxEmbedder())
    shutil.copy(installed() / "tokenizer.json", packaged)
    assert OnnxEmbedder().embed_question("Who met in Nara?").vector.shape == (1, 384)
    assert not (tmp_path / "ran").exists()
    assert PACKAGE not in sys.modules


def test_truncated_weights_are_refused(packaged: Path) -> None:
    weights = packaged / "model.safetensors"
    content = weights.read_bytes()[:-1]
    weights.unlink()
    weights.write_bytes(content)
    assert "SHA-256 differs): reinstall" in damaged(OnnxEmbedder())
    with pytest.raises(ModelUnavailable, match="SHA-256 differs"):
        OnnxEmbedder().embed_passages(["Drums."])


def test_a_missing_file_is_refused(packaged: Path) -> None:
    (packaged / "tokenizer.json").unlink()
    assert "tokenizer.json is missing: reinstall" in damaged(OnnxEmbedder())


@pytest.mark.parametrize("content", [None, b"something else"])
def test_another_graph_is_not_taken_for_it(
    content: bytes | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if content is not None:
        (tmp_path / "questions.onnx").write_bytes(content)
    monkeypatch.setattr(retrieval.models.minilm, "graph_path", tmp_path.joinpath)
    assert "install Newsdesk again" in damaged(OnnxEmbedder())


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff" * 20,
        b"\x02\0\0\0\0\0\0\0[]",
        b"\x02\0\0\0\0\0\0\0{}"[:9],
        (50).to_bytes(8, "little") + b'{"a":{"dtype":"F32","shape":[9],"data_offsets":[0]}}'[:50],
        (52).to_bytes(8, "little") + b'{"a":{"dtype":"F32","shape":[9],"data_offsets":[0,4]}}'[:54] + b"0123",
    ],
)
def test_what_is_no_file_of_weights_is_said(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "weights").write_bytes(content)
    with pytest.raises(ModelUnavailable, match="can't be read"):
        open_weights(tmp_path / "weights")


def test_nothing_is_loaded_to_know_its_name_and_sizes(packaged: Path) -> None:
    for name in ("model.safetensors", "tokenizer.json"):
        (packaged / name).unlink()
    model = OnnxEmbedder()
    assert model.model == "all-MiniLM-L6-v2@807c0b773dec"
    assert (model.sizes.vector, model.sizes.token) == (384, 48)
    assert model.embed_passages([]).vectors.shape == (0, 384)


def test_a_missing_package_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, PACKAGE, None)
    assert "is not installed: run `make run` again" in damaged(OnnxEmbedder())
