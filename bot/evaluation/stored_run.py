"""A stored run: every outcome of one evaluation and what it was measured on, for comparisons."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import msgspec

from bot.evaluation.outcome import Outcome
from corpus.errors import NewsdeskError, WrongCall

FORMAT = 1
"""The format's version, increased when earlier runs can no longer be read."""


@dataclass(frozen=True, slots=True)
class Run:
    """One evaluation. `questions` is the name of the file, `generations` the searched generation of each
    collection, `changes` the settings that were changed for this run, and `limit` the passages of each
    question."""

    format: int
    at: datetime
    newsdesk: str
    model: str
    generations: dict[str, str]
    changes: dict[str, str]
    questions: str
    limit: int
    outcomes: tuple[Outcome, ...]

    @property
    def about(self) -> dict[str, object]:
        """All fields except the format and the outcomes, as JSON."""
        row = msgspec.to_builtins(replace(self, outcomes=()))
        return {name: value for name, value in row.items() if name not in ("format", "outcomes")}


def save(run: Run, path: Path) -> None:
    """Save a run. Raises NewsdeskError if the file can't be written."""
    write(path, msgspec.json.format(msgspec.json.encode(run), indent=1))


def write(path: Path, content: bytes) -> None:
    """Write a file that the user named. Raises NewsdeskError if it can't be written."""
    try:
        path.write_bytes(content)
    except OSError as error:
        raise NewsdeskError(f"{path} can't be written ({error.strerror}): name another file") from error


def read(path: Path) -> Run:
    """Read a saved run. Raises WrongCall if the file has none."""
    try:
        run = msgspec.json.decode(path.read_bytes(), type=Run)
    except OSError as error:
        raise WrongCall(f"{path}: the run can't be read ({error.strerror})") from error
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise WrongCall(f"{path} is no run that `newsdesk eval --save` has written ({error})") from error
    if run.format != FORMAT:
        raise WrongCall(f"{path} was saved by another Newsdesk ({run.newsdesk}): measure it again")
    return run
