"""JSON-LD, by which pages describe their articles to search engines: all nodes, and the one of the page."""

import html
import json
import re
from collections import deque
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from corpus.text import one_line

Node = dict[str, Any]
"""A thing that JSON-LD describes, as it was parsed."""

_PREFIX = r"(?:schema:|https?://schema\.org/)?"
_NEWS = re.compile(_PREFIX + r"\w*NewsArticle")
_OTHER = re.compile(
    _PREFIX + r"(?:Article|\w*BlogPosting|Report|SatiricalArticle|ScholarlyArticle|\w+Gallery)"
)
_LIVE = re.compile(_PREFIX + r"LiveBlogPosting")
_GALLERY = re.compile(_PREFIX + r"\w+Gallery")
_PAGE_OF_LIST = re.compile(_PREFIX + r"(?:CollectionPage|ItemList|SearchResultsPage)")
_WRAPPER = re.compile(r"\A(?:\s|<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)+")
_JSON = json.JSONDecoder(strict=False)
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_COMMON = 0.5
"""Share of the words of two headlines from which they are of one story: pages shorten or vary their own."""


@dataclass(frozen=True, slots=True)
class PageClaims:
    """What the page says outside of JSON-LD: its addresses, and its title in all its versions."""

    addresses: Collection[str]
    titles: Collection[str]


def clean(value: object) -> str:
    """One line of text without entities and half characters; empty for anything that is no text."""
    if not isinstance(value, str):
        return ""
    return one_line(html.unescape(value).encode(errors="ignore").decode())


def nodes_of(tree: Any) -> list[Node]:
    """Every thing that the JSON-LD of the page (an lxml tree) describes on its own, in the page's order."""
    return list(_nodes(tree))


def article_of(nodes: list[Node], claims: PageClaims) -> Node:
    """The node about the page's article, empty where there is none.

    One with the page's address or title comes first, whatever its place, then news before other kinds. One
    that has another address and another headline than the page is a related story's, and is not taken.
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
    """Whether it is an article of any kind."""
    return _order(node) < 2


def is_live(article: Node) -> bool:
    """Whether it is a live blog, whose updates stand in `liveBlogUpdate`."""
    return any(map(_LIVE.fullmatch, _kinds(article)))


def is_list_page(nodes: list[Node]) -> bool:
    """Whether the page says that it is a list of articles and describes none as its own."""
    kinds = [kind for node in nodes for kind in _kinds(node)]
    return any(map(_PAGE_OF_LIST.fullmatch, kinds)) and not any(is_article(node) for node in nodes)


def body_of(article: Node) -> str:
    """The article's text as its `articleBody` has it, without markup; empty where there is none."""
    body = article.get("articleBody")
    if isinstance(body, list):
        body = "\n\n".join(one for one in body if isinstance(one, str))
    return plain_body(body) or "\n\n".join(_captions(article))


def _captions(gallery: Node) -> Iterator[str]:
    """What stands below the pictures of a gallery."""
    if any(map(_GALLERY.fullmatch, _kinds(gallery))):
        for name in ("associatedMedia", "image", "hasPart"):
            held = gallery.get(name)
            for one in held if isinstance(held, list) else [held]:
                if isinstance(one, dict) and (caption := clean(one.get("caption") or one.get("description"))):
                    yield caption


def plain_body(value: object) -> str:
    """A text of several lines without tags, entities and half characters, paragraphs apart by an empty line
    where the value has line breaks."""
    if not isinstance(value, str):
        return ""
    text = html.unescape(_TAG.sub(_break, value)).encode(errors="ignore").decode()
    lines = [one_line(line) for line in text.splitlines()]
    return "\n\n".join(line for line in lines if line)


def names_of(value: object, known: dict[str, Node]) -> list[str]:
    """The names in a text, a thing with a name, a reference to one, or a list of those; each once."""
    named: list[object] = []
    for thing in value if isinstance(value, list) else [value]:
        if isinstance(thing, dict):
            thing = thing.get("name") or known.get(str(thing.get("@id")), {}).get("name")
        named += thing if isinstance(thing, list) else [thing]
    return [line for line in dict.fromkeys(map(clean, named)) if line and "://" not in line]


def addresses_of(article: Node) -> list[str]:
    """The addresses that the node calls its own."""
    page = article.get("mainEntityOfPage")
    claims = [article.get("url"), page.get("@id") if isinstance(page, dict) else page, article.get("@id")]
    return [claim for claim in claims if isinstance(claim, str) and claim]


def same_page(address: str) -> str:
    """What is equal for two spellings of one page's address: without scheme, `www.`, query and last slash."""
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
            # What follows the value, the end of a wrapper or a semicolon, is not looked at.
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
