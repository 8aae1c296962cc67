"""Questions with known answers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.answers.question_file import Question, read_questions
from bot.evaluation.evidence import Evidence
from corpus.dates import parse_period
from corpus.errors import WrongCall
from retrieval.question.query import Query, make_query


@dataclass(frozen=True, slots=True)
class JudgedQuestion:
    """A question with human judgements.

    `evidence` are the words that answer, empty if nobody has judged it yet; `answer` is the answer itself.
    `answerable` is false if the corpus has no answer. `type` is the name under which it is counted. It is
    asked of `collections` (if empty, of all) with the filters `since`, `until` and `sources`; with `as_asked`
    no filters are read from its words.
    """

    question: Question
    evidence: tuple[Evidence, ...]
    answer: str
    answerable: bool
    type: str
    collections: tuple[str, ...]
    since: datetime | None
    until: datetime | None
    sources: frozenset[str]
    as_asked: bool

    def query(self, collections: tuple[str, ...]) -> Query:
        """The query to ask, of these collections if the question has none. Raises WrongCall."""
        return make_query(
            self.question.text,
            self.collections or collections,
            asked_at=self.question.asked_at,
            since=self.since,
            until=self.until,
            sources=self.sources,
            as_asked=self.as_asked,
        )


def read_judged(path: Path) -> list[JudgedQuestion]:
    """The file's questions in order. Raises WrongCall with file and line if one can't be used."""
    places: dict[str, str] = {}
    judged = []
    for question in read_questions(path):
        if question.id in places:
            raise WrongCall(
                f"{question.place}: {places[question.id]} has the id {question.id!r} too: give each its own"
            )
        places[question.id] = question.place
        judged.append(_judged(question))
    return judged


def _judged(question: Question) -> JudgedQuestion:
    row = question.row
    try:
        answers = _texts(row, "answers")
        since, until = (_text(row, name) for name in ("since", "until"))
        return JudgedQuestion(
            question=question,
            evidence=tuple(_evidence(piece) for piece in _list(row, "evidence")),
            answer=answers[0] if answers else "",
            answerable=_flag(row, "answerable", default=True),
            type=_text(row, "type"),
            collections=_texts(row, "collections"),
            since=parse_period(since)[0] if since else None,
            until=parse_period(until)[1] if until else None,
            sources=frozenset(_texts(row, "sources")),
            as_asked=_flag(row, "as_asked", default=False),
        )
    except ValueError as error:
        raise WrongCall(f"{question.place}: {error} (docs/evaluation.md says how it is written)") from error


def _evidence(piece: object) -> Evidence:
    if not isinstance(piece, dict):
        raise ValueError('a piece of evidence is not {"article_id": …, "quote": …}')  # noqa: TRY004
    article_id, quote = _text(piece, "article_id"), _text(piece, "quote")
    if not article_id or not quote.strip():
        raise ValueError("a piece of evidence needs its article_id and its quote")
    return Evidence(article_id, quote, _offset(piece, "start"), _offset(piece, "answer_start"))


def _text(row: Mapping[str, object], name: str) -> str:
    value = row.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"its {name} is not a text")  # noqa: TRY004 - one error for every bad field
    return value


def _list(row: Mapping[str, object], name: str) -> list[object]:
    value = row.get(name)
    if value is None:
        return []
    if not isinstance(value, list):
        raise ValueError(f"its {name} is not a list")  # noqa: TRY004
    return value


def _texts(row: Mapping[str, object], name: str) -> tuple[str, ...]:
    values = _list(row, name)
    if not all(isinstance(value, str) for value in values):
        raise ValueError(f"its {name} are not all texts")
    return tuple(str(value) for value in values)


def _flag(row: Mapping[str, object], name: str, *, default: bool) -> bool:
    value = row.get(name, default)
    if not isinstance(value, bool):
        raise ValueError(f"its {name} is neither true nor false")  # noqa: TRY004
    return value


def _offset(row: Mapping[str, object], name: str) -> int | None:
    value = row.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise ValueError(f"its {name} is no count of characters")
    return value
