"""A question as it was understood, with what limits where its answer may come from."""

import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime

from corpus.errors import BadQuestion, WrongCall

QUESTION_LIMIT = 2000
"""Characters: Discord's longest message. The longest question of the measured sets has 616."""


@dataclass(frozen=True, slots=True)
class Query:
    """One question. `since` and `until` bound the publication date, half open; empty `sources` are all.

    `sources` are names as articles give them, compared without case; `collections` are the ones that may
    be opened at all. `asked_at` is when it was asked.
    """

    text: str
    collections: tuple[str, ...]
    asked_at: datetime
    since: datetime | None = None
    until: datetime | None = None
    sources: frozenset[str] = frozenset()

    @property
    def filtered(self) -> bool:
        """Whether anything but the collections narrows the search."""
        return bool(self.since or self.until or self.sources)


def make_query(
    question: str,
    collections: tuple[str, ...],
    *,
    asked_at: datetime | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    sources: frozenset[str] = frozenset(),
) -> Query:
    """A checked query. Raises WrongCall where the question or the dates can't be searched with."""
    if since and until and since >= until:
        raise WrongCall(f"since ({since:%Y-%m-%d}) lies after until ({until:%Y-%m-%d}): swap them")
    return Query(
        text=clean_question(question),
        collections=collections,
        asked_at=asked_at or datetime.now(UTC),
        since=since,
        until=until,
        sources=frozenset(name.casefold() for name in sources),
    )


def clean_question(question: str) -> str:
    """The question on one line, without control characters. Raises BadQuestion if nothing can be searched."""
    plain = unicodedata.normalize("NFC", question.encode("utf-8", "replace").decode())
    shown = "".join(" " if unicodedata.category(c) in ("Cc", "Cs") else c for c in plain)
    line = " ".join("".join(c for c in shown if unicodedata.category(c) != "Cf").split())
    if not line:
        raise BadQuestion("empty", "the question is empty: ask something like “Who met in Nara?”")
    if len(line) > QUESTION_LIMIT:
        raise BadQuestion(
            "long",
            f"the question has {len(line):,} characters, more than the {QUESTION_LIMIT:,} allowed: "
            "ask in a sentence",
        )
    if not any(c.isalnum() for c in line):
        raise BadQuestion(
            "wordless", "the question has no words to search for: ask something like “Who met in Nara?”"
        )
    return line
