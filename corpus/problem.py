"""A problem with an article file, and where it is."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from corpus.text import spelled_out

_VALUES = re.compile(r"'[^']*'|\"[^\"]*\"|\S*/\S*|\d[\d,.:-]*")
"""What differs between problems of one kind: what is quoted, what looks like a path, and numbers."""
KEPT = 100
"""Problems of a source that are kept, the first ones; the others are counted. Whoever mends those reloads
anyway, and one broken file can have as many as it has lines."""
PLACES_TOLD = 3
"""Places that are told of problems of one kind, beside the first one's."""
REASON_LIMIT = 300
"""Characters of a reason: a value that is quoted in one may have millions."""


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A place inside of an archive: the name of a file in it, and the line there."""

    member: str
    line: "Line" = None


Line = int | MemberLine | None
"""Where in a file: its line or an item's number, from 1; in an archive one of its files; None for all."""


@dataclass(frozen=True, slots=True)
class SourceLocation:
    """Where an article stood: its file, and its line (from 1) where a file holds many."""

    where: str
    line: Line = None

    def __str__(self) -> str:
        where, line = self.innermost()
        return f"{where}:{line}" if line else where

    def innermost(self) -> tuple[str, int | None]:
        """The file, as `archive.zip!/member` where it is in an archive, and the line there."""
        where, line = self.where, self.line
        while isinstance(line, MemberLine):
            where, line = f"{where}!/{line.member}", line.line
        return where, line


@dataclass(frozen=True, slots=True)
class Problem:
    """A bad article or a field left out of a good one: the file, the line (from 1) and the reason."""

    where: str
    reason: str
    line: int | None = None
    refused: bool = True
    """False if the article was kept and only a field of it was left out."""
    count: int = 1
    """How many there are of it: more than 1 if it stands for those that are not kept."""
    told_once: bool = False
    """Whether it need not be told again while its source is as it was."""

    @property
    def kind(self) -> str:
        """What is the same of all problems like this one: the reason without values, numbers and places."""
        return _VALUES.sub("…", self.reason)

    @classmethod
    def at(cls, place: SourceLocation, reason: str) -> "Problem":
        """The problem with an article that stood there."""
        where, line = place.innermost()
        return cls(where, reason, line)

    def __post_init__(self) -> None:
        """Cut a long reason."""
        if len(self.reason) > REASON_LIMIT:
            object.__setattr__(self, "reason", f"{self.reason[: REASON_LIMIT - 1]}…")

    def __str__(self) -> str:
        place = SourceLocation(self.where, self.line)
        # A file may be named with line breaks, terminal commands or bytes that are no UTF-8.
        return spelled_out(f"{place}: {self.reason}")


class Problems:
    """The problems of one source: the first KEPT of them, and how many more there are."""

    def __init__(self, where: str) -> None:
        """`where` is the source's place."""
        self._where = where
        self._first: list[Problem] = []
        self._more: Counter[bool] = Counter()

    def add(self, problem: Problem) -> None:
        """Keep it, or count it."""
        if len(self._first) < KEPT:
            self._first.append(problem)
        else:
            self._more[problem.refused] += problem.count

    def told(self) -> Iterable[Problem]:
        """Those that were kept, and last what stands for the others."""
        yield from self._first
        for refused, count in sorted(self._more.items(), reverse=True):
            what = "articles that could not be taken" if refused else "fields that were left out"
            yield Problem(self._where, f"{count:,} more {what} are not listed", None, refused, count)


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """Problems of one kind: the first of them, where the next few stand, and how many there are."""

    first: Problem
    others: tuple[str, ...]
    count: int


def grouped(problems: Iterable[Problem]) -> list[ProblemGroup]:
    """The problems by their kinds, in the order in which each kind comes first."""
    kinds: dict[tuple[str, bool], list[Problem]] = {}
    for problem in problems:
        kinds.setdefault((problem.kind, problem.refused), []).append(problem)
    return [
        ProblemGroup(
            first,
            tuple(spelled_out(str(SourceLocation(one.where, one.line))) for one in rest[:PLACES_TOLD]),
            total((first, *rest)),
        )
        for first, *rest in kinds.values()
    ]


def total(problems: Iterable[Problem]) -> int:
    """How many problems they stand for."""
    return sum(problem.count for problem in problems)
