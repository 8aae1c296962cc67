"""What a snapshot holds, made once so that looking through it costs next to nothing."""

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from weakref import ref

from bot.chat.article_key import article_key
from bot.desk.browse import sources
from corpus.article import Article
from corpus.text import one_line
from retrieval.index.snapshot import Snapshot

_BREAK = "\n"
"""Stands between articles, and in nothing that is typed: that has its white space made one space."""


class Contents:
    """The articles of one snapshot that were not withdrawn, by their titles, ids and keys."""

    def __init__(self, snapshot: Snapshot) -> None:
        """A fifth of a second for 50,000 articles."""
        standing = snapshot.standing
        self._articles = standing
        titles = [one_line(article.title.casefold()) for article in standing]
        self._exact = dict(zip(reversed(titles), reversed(standing), strict=True))
        # One text: finding words in it is one call into C, where a look at each title takes 20 times as long.
        lines = [f"{title}\r{name_of(one).casefold()}" for title, one in zip(titles, standing, strict=True)]
        self._text = _BREAK.join(lines)
        self._starts = [0, *accumulate(len(line) + 1 for line in lines)][: len(lines)]
        self._keys = {article_key(article): article for article in standing}
        self.sources = sources([snapshot])

    def titled(self, wanted: str) -> Article | None:
        """The article of that title, or else the first whose title holds it; without case."""
        holding = (article for article in self.named(wanted) if wanted in article.title.casefold())
        return self._exact.get(wanted) or next(holding, None)

    def named(self, wanted: str) -> Iterator[Article]:
        """The articles whose title, or collection and id, hold it; without case, and in their order."""
        place = self._text.find(wanted)
        while place >= 0 and self._starts:
            row = bisect_right(self._starts, place) - 1
            yield self._articles[row]
            if row + 1 == len(self._starts):
                return
            place = self._text.find(wanted, self._starts[row + 1])

    def keyed(self, key: str) -> Article | None:
        """The article that a button stands for."""
        return self._keys.get(key)


def name_of(article: Article) -> str:
    """Collection and id, joined with a colon."""
    return f"{article.collection}:{article.id}"


class Library:
    """The contents of the snapshots that are served; those of an older snapshot go when it does."""

    def __init__(self) -> None:
        """Nothing is made yet."""
        self._made: dict[str, tuple[ref[Snapshot], Contents]] = {}

    def contents(self, snapshot: Snapshot) -> Contents:
        """The snapshot's contents; in one thread at a time."""
        made = self._made.get(snapshot.collection)
        if made is None or made[0]() is not snapshot:
            made = self._made[snapshot.collection] = ref(snapshot), Contents(snapshot)
        return made[1]
