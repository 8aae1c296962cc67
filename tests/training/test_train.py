"""The way from questions to the file that ships: two steps of training, the export, and a reader of it."""

import json
from pathlib import Path
from random import Random

import numpy as np
import onnx
import pytest
import torch
from onnx import numpy_helper

from retrieval.models.packaged import packaged_folder
from retrieval.reading.onnx_reader import OnnxReader
from tests.retrieval.reading.passages import passage
from tests.training import questions
from training import distill, tune
from training.examples import Example
from training.export import export
from training.group_loss import distillation_loss, supervised_loss
from training.network import ReaderNetwork
from training.restore import restored
from training.train import Batches, LossLog, fold_of, places_of, share_of_rate, train
from training.tune import precision, windows_of


@pytest.fixture(scope="module")
def trained(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where weights and curve were written."""
    folder = tmp_path_factory.mktemp("training")
    questions.write(folder)
    train(folder, folder / "out", None, epochs=1, seed=3)
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
    [(inputs, _, _)] = Batches(packaged_folder()).of([Example(question, text, None, "", "")], Random(0))
    with torch.inference_mode():
        whether, _where = network(**inputs)
    assert reading.score == pytest.approx(float(whether[0]), abs=0.25)  # of numbers in 8 bits
    assert list(reading.sentences) == [(0, len(text))]


def test_weights_are_restored_from_the_exported_reader(trained: Path, exported: Path) -> None:
    network = onnx.load(str(exported))
    before, after = torch.load(trained / "weights.pt", weights_only=True), restored(network)
    assert before.keys() == after.keys()
    for name, values in before.items():
        if "pooler" not in name:
            step = float(values.abs().max()) / 64  # of 8 bits, with a scale for a whole matrix at worst
            assert torch.allclose(values, after[name], atol=step, rtol=0), name
    [head] = [one for one in network.graph.initializer if one.name == "whether.bias"]
    head.CopyFrom(numpy_helper.from_array(np.zeros(2, np.float32), "whether.bias"))
    with pytest.raises(ValueError, match=r"whether\.bias has the shape"):
        restored(network)


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
    [(inputs, answered, places)] = batches.of([one], Random(0))
    first, last = places[0].tolist()
    tokens = batches.tokenizer.convert_ids_to_tokens(inputs["input_ids"][0, first : last + 1].tolist())
    assert tokens == ["ida", "holm"]
    assert answered.tolist() == [1.0]


def test_an_answer_that_was_cut_off_is_nowhere() -> None:
    one = Example("Who?", "a b", (2, 3), "", "question")
    assert places_of(one, [(0, 0), (0, 3), (0, 0), (0, 1)], [None, 0, None, 1]) == (0, 0)
    assert places_of(Example("Who?", "a b", None, "", "near miss"), [(0, 1)], [1]) == (0, 0)


def test_the_precision_is_one_of_two_and_stays() -> None:
    assert precision() in (torch.float32, torch.bfloat16)
    assert precision() is precision()


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


GROUPS = [
    [
        questions.example("Who won a medal in Oslo?", questions.SENTENCES[2], "Jens Moe"),
        questions.example("Who won a medal in Oslo?", questions.OTHER[0]),
    ],
    [questions.example("Who built the lighthouse?", questions.OTHER[0], "Olga Berg")],
]
"""Two questions, one with a window that does not answer."""


def said(*, whether: float, right: float) -> tuple[torch.Tensor, torch.Tensor]:
    """What a network says of the three windows of GROUPS: the log-odds of the right ones, and those of the
    right ends, against 0 elsewhere."""
    _, _, places = Batches(packaged_folder()).tensors(windows_of(GROUPS))
    where = torch.zeros(3, 40, 2)
    for row, (first, last) in enumerate(places.tolist()):
        if first:
            where[row, first, 0] = where[row, last, 1] = right
    return torch.tensor([whether, -whether, whether]), where


def test_the_loss_of_groups_falls_with_each_thing_that_is_right() -> None:
    _, _, places = Batches(packaged_folder()).tensors(windows_of(GROUPS))
    unsure = supervised_loss(*said(whether=0.0, right=0.0), places, GROUPS)
    window = supervised_loss(*said(whether=4.0, right=0.0), places, GROUPS)
    both = supervised_loss(*said(whether=4.0, right=9.0), places, GROUPS)
    wrong = supervised_loss(*said(whether=-4.0, right=9.0), places, GROUPS)
    assert both < window < unsure < wrong
    assert both < 0.1


def test_windows_without_answers_have_a_loss_too() -> None:
    groups = [[questions.example("Who?", "Fish is sold.")]]
    places = torch.zeros(1, 2, dtype=torch.long)
    high, low = (
        supervised_loss(torch.tensor([odds]), torch.zeros(1, 9, 2), places, groups) for odds in (3.0, -3.0)
    )
    assert low < high


def test_what_a_teacher_says_is_the_least_loss() -> None:
    inside = torch.ones(3, 40)
    taught = said(whether=3.0, right=5.0)
    same, other = (
        distillation_loss(*one, inside, taught, inside) for one in (taught, said(whether=3.0, right=0.0))
    )
    turned = distillation_loss(*said(whether=-3.0, right=5.0), inside, taught, inside)
    assert same < other
    assert same < turned


def test_each_answer_of_a_teacher_is_used_several_times(trained: Path) -> None:
    teacher = distill.Teacher(packaged_folder(), trained / "weights.pt")
    groups = [[[Example("Who?", text, None, "", "near miss")]] for text in questions.SENTENCES[:3]]
    used = [batch for batch, _, _ in distill.lessons(teacher, iter(groups), 2, Random(0))]
    assert sorted(used, key=str) == sorted([*groups, *groups], key=str)


@pytest.mark.parametrize("command", ["tune", "distill"])
def test_a_network_is_trained_further_by_command(
    command: str, trained: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    questions.write(tmp_path)
    own = ["--folder", str(packaged_folder())] if command == "tune" else []
    teacher = (
        ["--teacher", str(packaged_folder()), str(trained / "weights.pt")] if command == "distill" else []
    )
    given = ["--weights", str(trained / "weights.pt"), "--minutes", "60", "--steps", "2"]
    monkeypatch.setattr(distill, "ANSWERED_AHEAD", 1)
    monkeypatch.setattr("sys.argv", [command, str(tmp_path), str(tmp_path / "out"), *own, *teacher, *given])
    {"tune": tune, "distill": distill}[command].main()
    before, after = (
        torch.load(folder / "weights.pt", weights_only=True) for folder in (trained, tmp_path / "out")
    )
    assert before.keys() == after.keys()
    changed = {name for name in before if not torch.equal(before[name], after[name])}
    assert "whether.weight" in changed
    assert not any("embeddings" in name for name in changed)
