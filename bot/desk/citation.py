"""Citations, and links that open an article at the quote."""

import re
from collections.abc import Sequence
from typing import Protocol
from urllib.parse import quote as percent_encoded

from bot.answers.answer import Citation
from corpus.article import Article
from corpus.text import one_line
from retrieval.text.sentences import Span, is_heading

EDGE_WORDS = 5
"""Words of each end of a long quote that the link names: browsers look for `start,end`."""
EDGE_LIMIT = 60
"""Characters that those words may have together: each may take nine in the link."""
LINK_LIMIT = 2000
"""Characters; both platforms take such links. A longer one goes without its fragment."""

_WORD = re.compile(r"[^\s、。，！？…」』）]{1,50}[、。，！？…」』）]{0,10}|[、。，！？…」』）]{1,10}")
"""A word; in text without spaces a clause, for browsers look for whole words. None is over EDGE_LIMIT."""
_MARK = re.compile(r"\s*(?:#{1,6}|[-*•·–—▪◦]|\d{1,3}[.)])\s")
"""What stands before a heading or a list's item in Markdown, and not in the page."""


class LinkFor(Protocol):
    """Knows where readers find articles."""

    def __call__(self, article: Article, /) -> str:
        """The address of a page with the whole article, which need not be its own address."""
        ...


def cite(article: Article, span: Span, link_for: LinkFor) -> Citation:
    """The citation of an article's span, with a link that opens the article there."""
    return Citation(
        article_id=article.id,
        collection=article.collection,
        title=article.title,
        source=article.source,
        author=article.author,
        published=article.published,
        url=article.url,
        link=link_to(link_for(article), article.text[slice(*span)]),
    )


def link_to(url: str, quote: str) -> str:
    """The address with a text fragment (WICG, `#:~:text=`) for the quote.

    The fragment names a quote of one block by its first and last words; browsers match whole words inside
    one block, so of several lines the first is named, or the first that is no heading.
    """
    lines = [line for line in quote.split("\n") if _MARK.sub("", line, count=1).strip()]
    line = next((line for line in lines if not is_heading(line)), "".join(lines[:1]))
    mark = _MARK.match(line)
    words = [found.span() for found in _WORD.finditer(line, mark.end() if mark else 0)]
    if not words:
        return url
    start, end = words[0][0], words[-1][1]
    head = _edge(start, [stop for _, stop in words])
    tail = _edge(end, [begin for begin, _ in reversed(words)])
    parts = [line[start:head], line[tail:end]] if line[head:tail].strip() else [line[start:end]]
    fragment = ",".join(_encoded(one_line(part)) for part in parts)
    page = url.partition(":~:")[0]
    link = f"{page}{'' if '#' in page else '#'}:~:text={fragment}"
    return link if len(link) <= LINK_LIMIT else url


def _edge(outer: int, inner: Sequence[int]) -> int:
    """Where the words end that name an edge of a quote: `inner` are their other ends, from `outer` on."""
    return [place for place in inner[:EDGE_WORDS] if abs(place - outer) <= EDGE_LIMIT][-1]


def _encoded(text: str) -> str:
    # A dash is syntax there (it marks a prefix or a suffix), and `quote` leaves it as it is.
    return percent_encoded(text, safe="").replace("-", "%2D")
