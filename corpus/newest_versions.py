"""Chooses the newest of several articles with the same id."""

from dataclasses import dataclass
from datetime import UTC, datetime

from corpus.article import Article
from corpus.problem import Problem, SourceLocation

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Candidate:
    version: str
    rank: tuple[bool, datetime, datetime]
    place: SourceLocation


class NewestVersions:
    """The articles that were read so far, of those under one id the newest: by publication, then by the last
    change, then the later one in the order of sources, files and lines. What has no date is the oldest.

    What comes from the web or was handed over never takes the place of an operator's own article.
    """

    def __init__(self) -> None:
        self._chosen: dict[tuple[str, str], _Candidate] = {}

    def __len__(self) -> int:
        """How many ids there are."""
        return len(self._chosen)

    def offer(
        self, article: Article, version: str, place: SourceLocation, *, own: bool = True
    ) -> tuple[bool, Problem | None]:
        """Whether the article is the one to serve now, as the first or in the place of another; and what is
        to be said of the two where they differ."""
        key = article.collection, article.id
        rank = own, article.published or _NEVER, article.modified or _NEVER
        before = self._chosen.get(key)
        if before is not None and before.version == version:
            return False, None
        if before is not None and rank < before.rank:
            return False, _other(article.id, place, before.place, outranked=before.rank[0] and not own)
        self._chosen[key] = _Candidate(version, rank, place)
        if before is None:
            return True, None
        return True, _other(article.id, before.place, place, outranked=own and not before.rank[0])


def _other(article_id: str, place: SourceLocation, served: SourceLocation, *, outranked: bool) -> Problem:
    why = "an operator's own" if outranked else "newer"
    reason = f"article {article_id!r} is another one in {served}, which is {why} and is served"
    where, line = place.innermost()
    return Problem(where, reason, line, refused=False)
