"""The mean of several runs' weights."""

import sys
from pathlib import Path

import pytest
import torch

from training.average import average, main

ONE = {"a": torch.tensor([0.0, 4.0]), "at": torch.tensor([0, 1])}
OTHER = {"a": torch.tensor([2.0, 0.0]), "at": torch.tensor([0, 1])}


def test_the_mean_has_each_run_by_its_share() -> None:
    found = average([ONE, OTHER], [0.25, 0.75])
    assert found["a"].tolist() == [1.5, 1.0]
    assert found["at"].tolist() == [0, 1]


def test_what_can_t_be_averaged_is_said() -> None:
    with pytest.raises(ValueError, match=r"the shares sum to 0\.75, and not to 1"):
        average([ONE, OTHER], [0.25, 0.5])
    with pytest.raises(ValueError, match="not of the same network"):
        average([ONE, {"a": torch.zeros(3), "at": ONE["at"]}], [0.5, 0.5])


def test_the_command_reads_and_writes_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    paths = [str(tmp_path / name) for name in ("one.pt", "other.pt", "out.pt")]
    torch.save(ONE, paths[0])
    torch.save(OTHER, paths[1])
    monkeypatch.setattr(sys, "argv", ["average", paths[2], paths[0], "0.5", paths[1], "0.5"])
    main()
    assert torch.load(paths[2], weights_only=True)["a"].tolist() == [1.0, 2.0]
    monkeypatch.setattr(sys, "argv", ["average", paths[2], paths[0], "0.5", paths[1]])
    with pytest.raises(SystemExit):
        main()
    assert f"{paths[1]} has no share" in capsys.readouterr().err
