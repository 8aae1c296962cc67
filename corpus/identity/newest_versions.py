"""Chooses the newest of several articles with the same id."""

from dataclasses import dataclass
from datetime import datetime

from corpus.article import Article, ArticleKey, published_or_earliest
from corpus.dates import BEGINNING_OF_TIME
from corpus.problem import Problem, SourceLocation


@dataclass(frozen=True, slots=True)
class _Candidate:
    version: str
    rank: tuple[bool, datetime, datetime]
    place: SourceLocation


class NewestVersions:
    """Keeps the newest of the articles read so far for each id: by date of publication, then by date of
    change, then the later one in the order of sources, files and lines. A missing date counts as the oldest.

    An article from the web or from an upload never replaces one of the operator's own.
    """

    def __init__(self) -> None:
        self._chosen: dict[ArticleKey, _Candidate] = {}

    def __len__(self) -> int:
        """The number of ids."""
        return len(self._chosen)

    def offer(
        self, article: Article, version: str, place: SourceLocation, *, own: bool = True
    ) -> tuple[bool, Problem | None]:
        """Add an article. Returns whether it is now the one to serve for its id, and a problem to report if
        it differs from another article with that id."""
        key = article.key
        rank = own, published_or_earliest(article), article.modified or BEGINNING_OF_TIME
        before = self._chosen.get(key)
        if before is not None and before.version == version:
            # A newer upload must not replace what is the operator's too.
            if rank > before.rank:
                self._chosen[key] = _Candidate(version, rank, place)
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
