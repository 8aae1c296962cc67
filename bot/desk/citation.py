"""Citations, and links that open an article at the quote."""

from collections.abc import Sequence
from typing import Protocol
from urllib.parse import quote as percent_encoded

from bot.answers.answer import Citation
from corpus.article import Article
from corpus.lazy_pattern import lazy_pattern
from corpus.text import one_line
from retrieval.text.sentences import Span, is_heading

EDGE_WORDS = 5
"""Words of each end of a long quote in the link: browsers search for `start,end`."""
EDGE_LIMIT = 60
"""The most characters of those words together: each may take nine in the link."""
LINK_LIMIT = 2000
"""The most characters of a link, which both platforms accept. A longer one is given without its fragment."""

_WORD = lazy_pattern(r"[^\s、。，！？…」』）]{1,50}[、。，！？…」』）]{0,10}|[、。，！？…」』）]{1,10}")
"""A word, or in text without spaces a clause, since browsers match whole words. None is longer than
EDGE_LIMIT."""
_MARK = lazy_pattern(r"\s*(?:#{1,6}|[-*•·–—▪◦]|\d{1,3}[.)])\s")
"""The Markdown sign before a heading or a list item, which is not in the page."""


class LinkFor(Protocol):
    """Gives the address at which readers find an article."""

    def __call__(self, article: Article, /) -> str:
        """The address of a page with the whole article, which need not be the article's own."""
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

    The fragment has the first and last words of a quote in one block; browsers match whole words inside one
    block, so of several lines the first is used, or the first that is not a heading.
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
    """Where the words for one edge of a quote end: `inner` are the possible ends, in order from `outer`."""
    return [place for place in inner[:EDGE_WORDS] if abs(place - outer) <= EDGE_LIMIT][-1]


def _encoded(text: str) -> str:
    # A dash is syntax in a fragment (it marks a prefix or suffix), and `quote` does not encode it.
    return percent_encoded(text, safe="").replace("-", "%2D")
