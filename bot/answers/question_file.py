"""Reads questions from a JSON Lines file."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from corpus.dates import parse_period
from corpus.errors import WrongCall


@dataclass(frozen=True, slots=True)
class Question:
    """One line of the file: `asked_at` is when the question was asked, `row` the whole object, and `place`
    the file and line number."""

    id: str
    text: str
    asked_at: datetime | None
    row: Mapping[str, object]
    place: str


def asked_moment(text: str) -> datetime:
    """When a question was asked. A day, month or year means its last second, so that its news is past.

    Raises ValueError with a reason.
    """
    return parse_period(text)[1] - timedelta(seconds=1)


def read_questions(path: Path) -> Iterator[Question]:
    """The file's questions in order. Raises WrongCall with file and line if one can't be read."""
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, 1):
                if line.strip():
                    yield _question(line, f"{path}:{number}")
    except OSError as error:
        raise WrongCall(f"{path}: the questions can't be read ({error.strerror})") from error


def _question(line: bytes, place: str) -> Question:
    try:
        row = json.loads(line.decode("utf-8-sig"))
        asked = row.get("asked_at")
        if not isinstance(row["question"], str):
            raise TypeError("its question is not a text")
        return Question(
            id=str(row["id"]),
            text=row["question"],
            asked_at=asked_moment(str(asked)) if asked else None,
            row=row,
            place=place,
        )
    except KeyError as error:
        raise _not_a_question(place, f"it has no {error.args[0]}") from error
    except (ValueError, TypeError, RecursionError) as error:
        raise _not_a_question(place, str(error)) from error
    except AttributeError as error:
        raise _not_a_question(place, "it is not an object") from error


def _not_a_question(place: str, reason: str) -> WrongCall:
    return WrongCall(
        f'{place}: not a question ({reason}): each line is {{"id": …, "question": …, "asked_at"?: …}}'
    )
