"""Reads the metadata of a page: JSON-LD first, then meta tags."""

from dataclasses import dataclass
from typing import Any, TypedDict

from corpus.lazy_pattern import lazy_pattern
from corpus.readers.pages.json_ld import (
    Node,
    PageClaims,
    addresses_of,
    article_of,
    clean,
    is_article,
    is_list_page,
    names_of,
    nodes_of,
)
from corpus.readers.pages.page_address import is_home_page, page_address

_LANGUAGE = lazy_pattern(r"([A-Za-z]{2,3})(?:[-_][\w-]*)?")
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
"""Names of meta tags with the date of publication, the most precise first."""
_CHANGE_NAMES = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "last-modified",
    "dc.date.modified",
)
"""Names of meta tags with the date of the last change."""


class PageMetadata(TypedDict):
    """Each value as the page has it, without entities, on one line; `dates` are sorted by reliability."""

    title: str | None
    author: str | None
    source: str | None
    url: str | None
    language: str | None
    dates: list[str]


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What a page declares about itself.

    - `article`: the JSON-LD node of the page's article, empty if there is none.
    - `titles`: all variants of the page's title.
    - `is_article`, `is_home_or_list`: whether it declares that it is an article, or a home page or a list.
    - `describes_articles`: whether its JSON-LD describes any articles, even other ones.
    - `changes`: its dates of modification.
    """

    metadata: PageMetadata
    article: Node
    titles: list[str]
    is_article: bool
    is_home_or_list: bool
    describes_articles: bool
    changes: list[str]


def read_facts(tree: Any) -> PageFacts:
    """The facts that a parsed page (an lxml tree) declares in JSON-LD, links and meta tags."""
    metas = _metas(tree)
    canonical = next((link.get("href") for link in tree.iter("link") if _is_canonical(link)), None)
    shared = metas.get("og:url", [])
    headings = ["".join(heading.itertext()) for name in ("h1", "title") for heading in tree.iter(name)]
    titles = [line for line in map(clean, [*metas.get("og:title", []), *headings]) if line]
    nodes = nodes_of(tree)
    known = {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}
    article = article_of(nodes, PageClaims([one for one in (canonical, *shared) if one], titles))
    headlines = names_of(article.get("headline") or article.get("name"), known)
    publishers = names_of(article.get("publisher"), known)
    metadata = PageMetadata(
        title=next(iter(headlines), None),
        author=", ".join(names_of(article.get("author"), known)) or None,
        source=next(iter(publishers), None),
        url=page_address(canonical, addresses_of(article), shared),
        language=_language(tree, article, metas),
        dates=_dates(tree, article, metas),
    )
    said = {clean(kind).lower() for kind in metas.get("og:type", [])}
    return PageFacts(
        metadata=metadata,
        article=article,
        titles=titles,
        is_article=bool(article) or "article" in said,
        describes_articles=any(map(is_article, nodes)),
        changes=_changes(article, metas),
        is_home_or_list=is_list_page(nodes) or (is_home_page(canonical) and "website" in said),
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
        if _is_comments(time):
            continue
        if (time.get("itemprop") or "").lower() == "datepublished" or time.get("pubdate") is not None:
            claims.append(time.get("datetime"))
    return [line for line in map(clean, claims) if line]


def _changes(article: dict[str, Any], metas: dict[str, list[str]]) -> list[str]:
    claims = [
        article.get("dateModified"),
        *(claim for name in _CHANGE_NAMES for claim in metas.get(name, [])),
    ]
    return [line for line in map(clean, claims) if line]


def _is_comments(element: Any) -> bool:
    """Whether the element belongs to a reader's comment."""
    return any((above.get("itemtype") or "").endswith("/Comment") for above in element.iterancestors())


def _metas(tree: Any) -> dict[str, list[str]]:
    """The contents of the meta tags by their property, name, itemprop or http-equiv in lower case."""
    metas: dict[str, list[str]] = {}
    for tag in tree.iter("meta"):
        name = tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        if name and tag.get("content"):
            metas.setdefault(name.strip().lower(), []).append(tag.get("content"))
    return metas


def _is_canonical(link: Any) -> bool:
    return "canonical" in (link.get("rel") or "").lower().split() and bool(link.get("href"))
