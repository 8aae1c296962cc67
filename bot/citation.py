"""Citations, and links that open an article at the quote."""

import re
from pathlib import Path
from urllib.parse import quote as percent_encoded

from bot.answer import Citation
from bot.page import page_path
from corpus.article import Article
from retrieval.sentences import Span

EDGE_WORDS = 5
"""Words of each end of a long quote that the link names: browsers look for `start,end`."""
LINK_LIMIT = 2000
"""Characters; both platforms take such links. A longer one goes without its fragment."""

_WORD = re.compile(r"\S+")


def cite(article: Article, span: Span, pages: Path) -> Citation:
    """The citation of an article's span; one without an address links to its page in the folder `pages`."""
    address = article.url or page_path(pages, article).as_uri()
    return Citation(
        article_id=article.id,
        collection=article.collection,
        title=article.title,
        source=article.source,
        author=article.author,
        published=article.published,
        url=article.url,
        link=link_to(address, article.text[slice(*span)]),
    )


def link_to(url: str, quote: str) -> str:
    """The address with a text fragment (WICG, `#:~:text=`) for the quote.

    The fragment names a quote of one block by its first and last words; browsers match whole words inside
    one block, so of several paragraphs the first is named.
    """
    block = next(line for line in quote.split("\n") if line.strip())
    words = _WORD.findall(block)
    if len(words) > 2 * EDGE_WORDS:
        parts = [" ".join(words[:EDGE_WORDS]), " ".join(words[-EDGE_WORDS:])]
    else:
        parts = [" ".join(words)]
    fragment = ",".join(_encoded(part) for part in parts)
    link = f"{url}{':~:text=' if '#' in url else '#:~:text='}{fragment}"
    return link if len(link) <= LINK_LIMIT else url


def _encoded(text: str) -> str:
    # A dash is syntax there (it marks a prefix or a suffix), and `quote` leaves it as it is.
    return percent_encoded(text, safe="").replace("-", "%2D")
