from pathlib import Path

import pytest

from bot.evaluation import stored_run as runs
from bot.evaluation.outcome import Group
from corpus.errors import NewsdeskError, WrongCall
from tests.bot.evaluation.results import FOREIGN, found, run_of

RUN = run_of(
    found(1), FOREIGN, found(None, group=Group.UNJUDGED, error="why"), changes={"NEWSDESK_MODEL": "x"}
)


def test_a_run_comes_back_as_it_was_saved(tmp_path: Path) -> None:
    runs.save(RUN, tmp_path / "run.json")
    assert runs.read(tmp_path / "run.json") == RUN


def test_a_run_says_what_it_was_measured_on() -> None:
    assert RUN.about == {
        "at": "2026-02-01T09:30:00Z",
        "newsdesk": "0.1.0",
        "model": "hash-64",
        "generations": {"news": "20260201T093000-00000000"},
        "changes": {"NEWSDESK_MODEL": "x"},
        "questions": "q.jsonl",
        "limit": 10,
    }


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"{}", b"\xff", b'{"format": "1"}'], ids=lambda content: repr(content)
)
def test_a_file_that_holds_no_run_is_said(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "run.json").write_bytes(content)
    with pytest.raises(WrongCall, match=r"run\.json is no run that `newsdesk eval --save` has written"):
        runs.read(tmp_path / "run.json")
    with pytest.raises(WrongCall, match=r"none\.json: the run can't be read"):
        runs.read(tmp_path / "none.json")
    with pytest.raises(NewsdeskError, match="can't be written"):
        runs.save(RUN, tmp_path)


def test_a_run_of_another_format_is_to_be_measured_again(tmp_path: Path) -> None:
    runs.save(run_of(format=99, newsdesk="9.0"), tmp_path / "run.json")
    with pytest.raises(WrongCall, match=r"another Newsdesk \(9\.0\): measure it again"):
        runs.read(tmp_path / "run.json")
