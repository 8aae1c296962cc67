"""What a page says about itself: JSON-LD first, then its meta tags."""

import html
import json
import re
from collections import deque
from collections.abc import Iterator
from typing import Any, TypedDict

from corpus.text import one_line

_NEWS = re.compile(r"(?:schema:|https?://schema\.org/)?\w*NewsArticle")
_OTHER = re.compile(r"(?:schema:|https?://schema\.org/)?(?:Article|\w*BlogPosting|Report)")
_WRAPPER = re.compile(r"\A(?:\s|<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)+")
_JSON = json.JSONDecoder(strict=False)
_LANGUAGE = re.compile(r"([A-Za-z]{2,3})(?:[-_][\w-]*)?")
_DATE_NAMES = (
    "article:published_time",
    "datepublished",
    "og:article:published_time",
    "parsely-pub-date",
    "publishdate",
    "pubdate",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date",
    "date",
)
"""Names of meta tags with the date of publication, the more precise ones first."""


class PageMetadata(TypedDict):
    """Each as the page has it, entities resolved, on one line; `dates` with the most reliable first."""

    title: str | None
    author: str | None
    source: str | None
    url: str | None
    language: str | None
    dates: list[str]


def read_metadata(tree: Any) -> PageMetadata:
    """What the parsed page (an lxml tree) says in JSON-LD, links and meta tags."""
    metas = _metas(tree)
    canonical = next((link.get("href") for link in tree.iter("link") if _is_canonical(link)), None)
    nodes = list(_nodes(tree))
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    article = _article(nodes, canonical)
    headlines = _names(article.get("headline") or article.get("name"), known)
    publishers = _names(article.get("publisher"), known)
    return PageMetadata(
        title=next(iter(headlines), None),
        author=", ".join(_names(article.get("author"), known)) or None,
        source=next(iter(publishers), None),
        url=_address([canonical, *_addresses(article), *metas.get("og:url", [])]),
        language=_language(tree, article, metas),
        dates=_dates(tree, article, metas),
    )


def clean(value: object) -> str:
    """One line of text without entities and half characters; empty for anything that is no text."""
    if not isinstance(value, str):
        return ""
    return one_line(html.unescape(value).encode(errors="ignore").decode())


def _nodes(tree: Any) -> Iterator[dict[str, Any]]:
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


def _article(nodes: list[dict[str, Any]], canonical: str | None) -> dict[str, Any]:
    """The node about the page's article: news before other kinds, and the one with the page's address."""

    def rank(node: dict[str, Any]) -> tuple[int, bool]:
        kinds = node.get("@type")
        names = [kind for kind in (kinds if isinstance(kinds, list) else [kinds]) if isinstance(kind, str)]
        order = 0 if any(map(_NEWS.fullmatch, names)) else 1 if any(map(_OTHER.fullmatch, names)) else 2
        return order, canonical not in _addresses(node)

    best = min(nodes, key=rank, default={})
    return best if best and rank(best)[0] < 2 else {}


def _names(value: object, known: dict[str, dict[str, Any]]) -> list[str]:
    """The names in a text, a thing with a name, a reference to one, or a list of those; each once."""
    named: list[object] = []
    for thing in value if isinstance(value, list) else [value]:
        if isinstance(thing, dict):
            thing = thing.get("name") or known.get(str(thing.get("@id")), {}).get("name")
        named += thing if isinstance(thing, list) else [thing]
    return [line for line in dict.fromkeys(map(clean, named)) if line and "://" not in line]


def _addresses(article: dict[str, Any]) -> list[str]:
    page = article.get("mainEntityOfPage")
    claims = [article.get("url"), page.get("@id") if isinstance(page, dict) else page, article.get("@id")]
    return [claim for claim in claims if isinstance(claim, str)]


def _address(claims: list[str | None]) -> str | None:
    """The first web address; else the first claim with any scheme, for someone else to refuse."""
    whole = [line for line in map(clean, claims) if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", line)]
    return next((line for line in whole if line.lower().startswith(("http://", "https://"))), None) or next(
        iter(whole), None
    )


def _language(tree: Any, article: dict[str, Any], metas: dict[str, list[str]]) -> str | None:
    said = article.get("inLanguage")
    if isinstance(said, dict):
        said = said.get("alternateName") or said.get("name")
    claims = [said, tree.get("lang"), tree.get("xml:lang"), *metas.get("content-language", [])]
    for claim in [*claims, *metas.get("og:locale", [])]:
        if found := _LANGUAGE.fullmatch(clean(claim)):
            return found[1].lower()
    return None


def _dates(tree: Any, article: dict[str, Any], metas: dict[str, list[str]]) -> list[str]:
    claims = [article.get("datePublished")]
    claims += [claim for name in _DATE_NAMES for claim in metas.get(name, [])]
    for time in tree.iter("time"):
        if (time.get("itemprop") or "").lower() == "datepublished" or time.get("pubdate") is not None:
            claims.append(time.get("datetime"))
    return [line for line in map(clean, claims) if line]


def _metas(tree: Any) -> dict[str, list[str]]:
    """The contents of the meta tags by their name, property, itemprop or http-equiv in lower case."""
    metas: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        if name and tag.get("content"):
            metas.setdefault(name.strip().lower(), []).append(tag.get("content"))
    return metas


def _is_canonical(link: Any) -> bool:
    return "canonical" in (link.get("rel") or "").lower().split() and bool(link.get("href"))
