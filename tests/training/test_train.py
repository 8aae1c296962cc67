"""The way from questions to the file that ships: two steps of training, the export, and a reader of it."""

import json
from pathlib import Path
from random import Random

import numpy as np
import pytest
import torch

from retrieval.models.packaged import packaged_folder
from retrieval.reading.onnx_reader import OnnxReader
from tests.retrieval.reading.passages import passage
from tests.training import questions
from training.examples import Example
from training.export import export
from training.network import ReaderNetwork
from training.train import Batches, LossLog, fold_of, places_of, share_of_rate, train


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where weights and curve were written."""
    folder = tmp_path_factory.mktemp("training")
    questions.write(folder)
    train(folder, folder / "out", None, seed=3, path=folder / "written.jsonl")
    return folder / "out"


@pytest.fixture(scope="module")
def exported(trained: Path) -> Path:
    """The reader that was exported from the weights."""
    out = trained / "reader.onnx"
    assert len(export(trained / "weights.pt", out)) == 64
    return out


def test_the_exported_reader_says_what_the_network_says(trained: Path, exported: Path) -> None:
    tokenizer = packaged_folder() / "tokenizer.json"
    question, text = "Who won a medal in Oslo?", questions.SENTENCES[2]
    [reading] = OnnxReader(exported.read_bytes(), tokenizer).read(question, [passage(text)])
    network = ReaderNetwork(packaged_folder())
    network.load_state_dict(torch.load(trained / "weights.pt", weights_only=True))
    network.eval()
    [batch] = Batches(packaged_folder()).of([Example(question, text, None, "", "")], Random(0))
    with torch.inference_mode():
        whether, _where = network(**batch.inputs)
    assert reading.score == pytest.approx(float(whether[0]), abs=0.25)  # of numbers in 8 bits
    assert list(reading.sentences) == [(0, len(text))]


def test_training_changes_the_weights(trained: Path) -> None:
    torch.manual_seed(3)
    before = ReaderNetwork(packaged_folder()).state_dict()
    after = torch.load(trained / "weights.pt", weights_only=True)
    assert any(not torch.equal(before[name], after[name]) for name in before if "encoder" in name)


def test_the_answers_tokens_are_found_again() -> None:
    batches = Batches(packaged_folder())
    text = questions.SENTENCES[0]
    at = text.index("Ida Holm")
    one = Example("Who opened the bridge?", text, (at, at + 8), "", "question")
    [batch] = batches.of([one], Random(0))
    first, last = batch.places[0].tolist()
    tokens = batches.tokenizer.convert_ids_to_tokens(batch.inputs["input_ids"][0, first : last + 1].tolist())
    assert tokens == ["ida", "holm"]
    assert batch.answered.tolist() == [1.0]


def test_an_answer_that_was_cut_off_is_nowhere() -> None:
    one = Example("Who?", "a b", (2, 3), "", "question")
    assert places_of(one, [(0, 0), (0, 3), (0, 0), (0, 1)], [None, 0, None, 1]) == (0, 0)
    assert places_of(Example("Who?", "a b", None, "", "near miss"), [(0, 1)], [1]) == (0, 0)


def test_the_rate_rises_and_falls_to_nothing() -> None:
    shares = [share_of_rate(step, 1000) for step in range(1001)]
    assert shares[0] < 0.05
    assert max(shares) == 1.0
    assert shares[-1] == 0
    assert np.argmax(shares) == 59


def test_a_fold_is_the_same_for_all_of_a_group() -> None:
    groups = ["b", "a", "c"]
    assert [fold_of(one, groups) for one in "abc"] == [0, 1, 0]


def test_the_curve_is_written(tmp_path: Path) -> None:
    loss_log = LossLog(tmp_path / "log.jsonl")
    for step in range(1, 2 * LossLog.EVERY + 1):
        loss_log.add(step, 1.0 if step == 1 else 0.0)
    rows = [json.loads(one) for one in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert [row["step"] for row in rows] == [LossLog.EVERY, 2 * LossLog.EVERY]
    assert 1 > rows[0]["loss"] > rows[1]["loss"] > 0
