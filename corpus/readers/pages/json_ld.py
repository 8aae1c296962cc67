"""Reads JSON-LD, which describes a page's articles for search engines: all nodes, and the one of the page's
own article."""

import html
import json
import re
from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from corpus.lazy_pattern import lazy_pattern
from corpus.text import one_line

Node = dict[str, Any]
"""A parsed node of JSON-LD."""

_PREFIX = r"(?:schema:|https?://schema\.org/)?"
_NEWS = lazy_pattern(_PREFIX + r"\w*NewsArticle")
_OTHER = lazy_pattern(
    _PREFIX + r"(?:Article|\w*BlogPosting|Report|SatiricalArticle|ScholarlyArticle|\w+Gallery)"
)
_LIVE = lazy_pattern(_PREFIX + r"LiveBlogPosting")
_GALLERY = lazy_pattern(_PREFIX + r"\w+Gallery")
_PAGE_OF_LIST = lazy_pattern(_PREFIX + r"(?:CollectionPage|ItemList|SearchResultsPage)")
_WRAPPER = lazy_pattern(r"\A(?:\s|<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)+")
_JSON = json.JSONDecoder(strict=False)
_TAG = lazy_pattern(r"</?[A-Za-z][^<>]*>")
_COMMON = 0.5
"""The least share of common words for two headlines to be of one story: pages shorten or vary their own."""


@dataclass(frozen=True, slots=True)
class PageClaims:
    """The page's claims outside of JSON-LD: its addresses, and all variants of its title."""

    addresses: Collection[str]
    titles: Collection[str]


def clean(value: object) -> str:
    """The value on one line, without entities and lone surrogates; empty if it is not a string."""
    if not isinstance(value, str):
        return ""
    return one_line(html.unescape(value).encode(errors="ignore").decode())


def nodes_of(tree: Any) -> list[Node]:
    """Every top-level node in the JSON-LD of the page (an lxml tree), in the page's order."""
    return list(_nodes(tree))


def article_of(nodes: list[Node], claims: PageClaims) -> Node:
    """The node of the page's article, empty if there is none.

    A node with the page's address or title is preferred, wherever it is, then news over other types. If both
    its address and its headline differ from the page's, it belongs to a related story and is not used.
    """
    addresses = {same_page(address) for address in claims.addresses}
    titles = [words for words in map(_words, claims.titles) if words]

    def rank(node: Node) -> tuple[bool, bool, int]:
        its = {same_page(address) for address in addresses_of(node)}
        headline = _words(clean(node.get("headline") or node.get("name")))
        return not its & addresses, not any(_alike(headline, title) for title in titles), _order(node)

    articles = [node for node in nodes if is_article(node)]
    best = min(articles, key=rank, default=None)
    if best is None:
        return {}
    elsewhere, otherwise, _ = rank(best)
    named = bool(clean(best.get("headline") or best.get("name")))
    if elsewhere and otherwise and titles and addresses and named and addresses_of(best):
        return {}
    return best


def is_article(node: Node) -> bool:
    """Whether it is an article of any type."""
    return _order(node) < 2


def is_live(article: Node) -> bool:
    """Whether it is a live blog, which has its updates in `liveBlogUpdate`."""
    return any(map(_LIVE.fullmatch, _kinds(article)))


def is_list_page(nodes: list[Node]) -> bool:
    """Whether the page declares that it is a list of articles and describes no article of its own."""
    kinds = [kind for node in nodes for kind in _kinds(node)]
    return any(map(_PAGE_OF_LIST.fullmatch, kinds)) and not any(is_article(node) for node in nodes)


def body_of(article: Node) -> str:
    """The article's text from its `articleBody`, without markup; empty if there is none."""
    body = article.get("articleBody")
    if isinstance(body, list):
        body = "\n\n".join(one for one in body if isinstance(one, str))
    return plain_body(body) or "\n\n".join(_captions(article))


def _captions(gallery: Node) -> Iterator[str]:
    """The captions of a gallery's pictures."""
    if any(map(_GALLERY.fullmatch, _kinds(gallery))):
        for name in ("associatedMedia", "image", "hasPart"):
            held = gallery.get(name)
            for one in held if isinstance(held, list) else [held]:
                if isinstance(one, dict) and (caption := clean(one.get("caption") or one.get("description"))):
                    yield caption


def plain_body(value: object) -> str:
    """A text of several lines without tags, entities and lone surrogates, with an empty line for each line
    break."""
    if not isinstance(value, str):
        return ""
    text = html.unescape(_TAG.sub(_break, value)).encode(errors="ignore").decode()
    lines = [one_line(line) for line in text.splitlines()]
    return "\n\n".join(line for line in lines if line)


def names_of(value: object, known: dict[str, Node]) -> list[str]:
    """The distinct names in a string, an object with a name, a reference to one, or a list of these."""
    named: list[object] = []
    for thing in value if isinstance(value, list) else [value]:
        if isinstance(thing, dict):
            thing = thing.get("name") or known.get(str(thing.get("@id")), {}).get("name")
        named += thing if isinstance(thing, list) else [thing]
    return [line for line in dict.fromkeys(map(clean, named)) if line and "://" not in line]


def addresses_of(article: Node) -> list[str]:
    """The addresses that the node declares as its own."""
    page = article.get("mainEntityOfPage")
    claims = [article.get("url"), page.get("@id") if isinstance(page, dict) else page, article.get("@id")]
    return [claim for claim in claims if isinstance(claim, str) and claim]


def same_page(address: str) -> str:
    """A key that is equal for the spellings of a page's address: without scheme, `www.`, query and final
    slash."""
    try:
        parts = urlsplit(clean(address))
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return address
    return f"{host}{parts.path.rstrip('/')}"


def _nodes(tree: Any) -> Iterator[Node]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        try:
            # Ignores what follows the value, the end of a wrapper or a semicolon.
            waiting = deque([_JSON.raw_decode(_WRAPPER.sub("", script.text or ""))[0]])
        except (ValueError, RecursionError):
            continue
        while waiting:
            value = waiting.popleft()
            if isinstance(value, list):
                waiting.extendleft(reversed(value))
            elif isinstance(value, dict):
                yield value
                waiting.extendleft((value.get("mainEntity"), value.get("@graph")))


def _kinds(node: Node) -> list[str]:
    kinds = node.get("@type")
    return [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]


def _order(node: Node) -> int:
    """0 for news, 1 for other articles, 2 for anything else."""
    kinds = _kinds(node)
    return 0 if any(map(_NEWS.fullmatch, kinds)) else 1 if any(map(_OTHER.fullmatch, kinds)) else 2


def _words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and len(one & other) >= _COMMON * min(len(one), len(other))


def _break(tag: re.Match[str]) -> str:
    return "\n" if re.match(r"</?(?:p|br|div|h\d|li|ul|ol|blockquote)\b", tag[0], re.IGNORECASE) else ""
