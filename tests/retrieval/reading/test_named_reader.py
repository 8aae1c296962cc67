"""Readers that are named: real models, tiny and untrained, and what is said of what is none."""

import json
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from corpus.errors import ModelUnavailable
from retrieval.models.packaged import packaged_folder
from retrieval.reading.chosen_reader import chosen_reader
from retrieval.reading.named_reader import CrossEncoderReader, QuestionAnsweringReader, named_reader
from tests.retrieval.reading.passages import passage

PASSAGES = [
    passage("China banned seafood. The ban began in August."),
    passage("They played the drums. " * 30),
    passage("The bridge is closed until May."),
]


def model_in(where: Path, kind: str) -> Path:
    """A BERT of one layer with the packaged model's tokenizer."""
    import torch
    import transformers

    torch.manual_seed(7)
    tokenizer = transformers.AutoTokenizer.from_pretrained(packaged_folder())
    sizes: dict[str, Any] = {"id2label": {0: "answers"}} if kind == "BertForSequenceClassification" else {}
    config = transformers.BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        initializer_range=1.0,
        **sizes,
    )
    getattr(transformers, kind)(config).save_pretrained(where)
    tokenizer.save_pretrained(where)
    return where


@pytest.fixture(scope="module")
def answering(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return model_in(tmp_path_factory.mktemp("answering"), "BertForQuestionAnswering")


@pytest.fixture(scope="module")
def cross(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return model_in(tmp_path_factory.mktemp("cross"), "BertForSequenceClassification")


def test_a_question_answering_model_says_whether_and_where(answering: Path) -> None:
    reader = named_reader(str(answering))
    assert isinstance(reader, QuestionAnsweringReader)
    assert not reader.fitted
    readings = reader.read("Who banned seafood?", PASSAGES)
    assert len({one.score for one in readings}) == 3
    for one, read in zip(readings, PASSAGES, strict=True):
        assert {read.text[slice(*span)] for span in one.sentences} >= {
            read.text.split(". ")[0].rstrip(".") + "."
        }
        assert len(set(one.sentences.values())) > len(one.sentences) // 30
    again = reader.read("Who banned seafood?", PASSAGES[::-1])
    assert [one.sentences.keys() for one in again[::-1]] == [one.sentences.keys() for one in readings]
    assert [one.score for one in again[::-1]] == pytest.approx([one.score for one in readings], abs=1e-3)
    assert reader.read("Who?", []) == []


def test_a_cross_encoder_says_whether(cross: Path) -> None:
    reader = named_reader(str(cross))
    assert isinstance(reader, CrossEncoderReader)
    readings = reader.read("Who banned seafood?", PASSAGES)
    assert len({one.score for one in readings}) == 3
    assert not any(one.sentences for one in readings)
    assert any(not 0 <= one.score <= 1 for one in readings)  # log-odds, not chances
    again = reader.read("Who banned seafood?", PASSAGES[::-1])
    assert [one.score for one in again[::-1]] == pytest.approx([one.score for one in readings], abs=1e-3)
    assert reader.read("Who?", []) == []


def test_what_is_no_reader_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=r"the reader .* can't be loaded .* check NEWSDESK_READER"):
        named_reader(str(tmp_path))


def test_weights_that_could_run_code_are_not_loaded(answering: Path, tmp_path: Path) -> None:
    for file in answering.iterdir():
        if file.suffix != ".safetensors":
            (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "pytorch_model.bin").write_bytes(b"cos\nsystem\n(S'true'\ntR.")
    with pytest.raises(ModelUnavailable, match="can't be loaded"):
        named_reader(str(tmp_path))


def test_code_that_a_model_brings_is_not_run(cross: Path, tmp_path: Path) -> None:
    for file in cross.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    ran = tmp_path / "ran"
    (tmp_path / "own.py").write_text(f"open({str(ran)!r}, 'w')\n")
    config = json.loads((tmp_path / "config.json").read_text())
    config["auto_map"] = {"AutoConfig": "own.Config", "AutoModelForSequenceClassification": "own.Model"}
    (tmp_path / "config.json").write_text(json.dumps(config))
    named_reader(str(tmp_path))
    assert not ran.exists()


@pytest.mark.parametrize("name", ["", "none"])
def test_none_can_be_chosen(name: str) -> None:
    assert chosen_reader(name) is None


def test_a_folder_can_be_chosen(answering: Path) -> None:
    assert isinstance(chosen_reader(str(answering)), QuestionAnsweringReader)


@pytest.mark.parametrize("kind", ["answering", "cross"])
def test_many_threads_read_one_after_the_other(kind: str, request: pytest.FixtureRequest) -> None:
    reader = named_reader(str(request.getfixturevalue(kind)))
    assert isinstance(reader, QuestionAnsweringReader | CrossEncoderReader)
    busy, model = threading.Lock(), reader._model

    def alone(name: str) -> Any:
        def call(*given: Any, **named: Any) -> Any:
            assert busy.acquire(blocking=False), "two threads in the model at once"
            try:
                return getattr(model, name)(*given, **named)
            finally:
                busy.release()

        return call

    class Alone:
        __call__ = staticmethod(alone("__call__"))
        predict = staticmethod(alone("predict"))

    expected = reader.read("Who banned seafood?", PASSAGES)
    setattr(reader, "_model", Alone())  # noqa: B010 - of another type
    with ThreadPoolExecutor(8) as threads:
        found = list(threads.map(lambda _: reader.read("Who banned seafood?", PASSAGES), range(16)))
    for readings in found:
        assert [one.score for one in readings] == pytest.approx([one.score for one in expected], abs=1e-3)
