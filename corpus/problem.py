"""Problems with articles and their locations."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from corpus.lazy_pattern import lazy_pattern
from corpus.text import escaped

_VALUES = lazy_pattern(r"'[^']*'|\"[^\"]*\"|\S*/\S*|\d[\d,.:-]*")
"""Matches what differs between problems of one kind: quoted values, paths and numbers."""
MAX_LISTED = 100
"""The most problems that are kept for a source; further ones are only counted. Whoever fixes these reloads
anyway, and one broken file can have a problem on every line."""
ALL_LISTED = 10_000
"""The same for a dry run in the terminal, with which somebody asks for all of them."""
MAX_LOCATIONS = 3
"""The most locations that are reported for problems of one kind, besides the first."""
NOT_LISTED = "are not listed"
"""The end of the reason of a problem that stands for those that were not kept."""
REASON_LIMIT = 300
"""The most characters of a reason: a value quoted in it may have millions."""


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A location inside an archive: the name of a member, and the line in it."""

    member: str
    line: "Line" = None


Line = int | MemberLine | None
"""Where in a file: a line or an item's number, from 1; in an archive, a member; None for the whole file."""


@dataclass(frozen=True, slots=True)
class SourceLocation:
    """The location of an article: its file, and its line (from 1) if the file holds several."""

    where: str
    line: Line = None

    def __str__(self) -> str:
        where, line = self.innermost()
        return f"{where}:{line}" if line else where

    def innermost(self) -> tuple[str, int | None]:
        """The file, written `archive.zip!/member` inside an archive, and the line in it."""
        where, line = self.where, self.line
        while isinstance(line, MemberLine):
            where, line = f"{where}!/{line.member}", line.line
        return where, line


@dataclass(frozen=True, slots=True)
class Problem:
    """An invalid article, or an invalid field of a good one: the file, the line (from 1) and the reason."""

    where: str
    reason: str
    line: int | None = None
    refused: bool = True
    """False if the article was kept and only a field was left out."""
    count: int = 1
    """How many problems this one stands for: more than 1 if it summarises problems that were not kept."""
    report_once: bool = False
    """Whether to report it only once while its source is unchanged."""
    known: bool = field(default=False, compare=False)
    """Whether its source had as many problems when it was last read: most likely they are the same."""

    @property
    def kind(self) -> str:
        """The reason without values, numbers and paths, which is equal for similar problems."""
        return _VALUES.sub("…", self.reason)

    @classmethod
    def at(cls, place: SourceLocation, reason: str) -> "Problem":
        """A problem with the article at a location."""
        where, line = place.innermost()
        return cls(where, reason, line)

    def __post_init__(self) -> None:
        """Shorten a long reason."""
        if len(self.reason) > REASON_LIMIT:
            object.__setattr__(self, "reason", f"{self.reason[: REASON_LIMIT - 1]}…")

    def __str__(self) -> str:
        place = SourceLocation(self.where, self.line)
        # A file name may have line breaks, terminal escapes or bytes that are not UTF-8.
        return escaped(f"{place}: {self.reason}")


class Problems:
    """Collects the problems of one source: the first ones, and the number of the others."""

    def __init__(self, where: str, most: int = MAX_LISTED) -> None:
        """`where` is the location of the source; the first `most` problems are kept."""
        self._where = where
        self._most = most
        self._first: list[Problem] = []
        self._more: Counter[bool] = Counter()

    def add(self, problem: Problem) -> None:
        """Keep the problem, or count it."""
        if len(self._first) < self._most:
            self._first.append(problem)
        else:
            self._more[problem.refused] += problem.count

    def reported(self) -> Iterable[Problem]:
        """The problems that were kept, and then a summary of the others."""
        yield from self._first
        for refused, count in sorted(self._more.items(), reverse=True):
            what = "articles that could not be taken" if refused else "fields that were left out"
            yield Problem(self._where, f"{count:,} more {what} {NOT_LISTED}", None, refused, count)


@dataclass(frozen=True, slots=True)
class ProblemGroup:
    """Problems of one kind: the first one, the locations of the next few, and their total."""

    first: Problem
    others: tuple[str, ...]
    count: int


def by_kind(problems: Iterable[Problem]) -> list[list[Problem]]:
    """The problems of each kind, in the order in which each kind first occurs."""
    kinds: dict[tuple[str, bool], list[Problem]] = {}
    for problem in problems:
        kinds.setdefault((problem.kind, problem.refused), []).append(problem)
    return list(kinds.values())


def grouped(problems: Iterable[Problem]) -> list[ProblemGroup]:
    """The problems grouped by kind, each group with its first places."""
    return [
        ProblemGroup(
            first,
            tuple(escaped(str(SourceLocation(one.where, one.line))) for one in rest[:MAX_LOCATIONS]),
            total((first, *rest)),
        )
        for first, *rest in by_kind(problems)
    ]


def total(problems: Iterable[Problem]) -> int:
    """How many problems these stand for."""
    return sum(problem.count for problem in problems)
