"""Extracts addresses from sitemaps, lists of feeds and pages. Runs only in the worker process."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from lxml import etree, html

from corpus.readers.feeds.feed_document import MAX_ENTRIES
from corpus.readers.feeds.line_text import line_text

_FEED_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/json",
)
_ARTICLES = ("article", "newsarticle", "reportagenewsarticle", "blogposting", "liveblogposting")


def read_links(body: bytes, kind: str) -> dict[str, object]:
    """The addresses of a sitemap, an index of sitemaps or an OPML file."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    root = etree.fromstring(body, parser)
    if root is None:
        return {"refused": "it is broken XML"}
    links = list(_outlines(root) if kind == "opml" else _locations(root))
    if kind != "opml":  # the newest first; those without a date last, in their order
        links.sort(key=lambda link: str(link.get("modified") or link.get("published") or ""), reverse=True)
    return {"kind": kind, "entries": links[:MAX_ENTRIES], "left_out": max(0, len(links) - MAX_ENTRIES)}


def _outlines(root: Any) -> Iterator[dict[str, object]]:
    for element in root.iter():
        if _name(element) != "outline":
            continue
        attributes = {str(name).lower(): str(value) for name, value in element.attrib.items()}
        if address := attributes.get("xmlurl", "").strip():
            yield {"link": address, "title": line_text(attributes.get("title") or attributes.get("text", ""))}


def _locations(root: Any) -> Iterator[dict[str, object]]:
    for element in root:
        if _name(element) not in ("url", "sitemap"):
            continue
        texts: dict[str, str] = {}
        for below in element.iter():
            texts.setdefault(_name(below), " ".join((below.text or "").split()))
        if link := texts.get("loc"):
            yield {
                "link": link,
                "title": line_text(texts.get("title", "")),
                "published": texts.get("publication_date", ""),
                "modified": texts.get("lastmod", ""),
                "language": texts.get("language", ""),
                "source": line_text(texts.get("name", "")),
            }


def read_page_links(body: bytes, address: str) -> dict[str, object]:
    """The feeds that a page offers, and whether the page is itself an article."""
    tree = html.document_fromstring(body)
    base = urljoin(address, (tree.xpath("string(//base/@href)") or "").strip())
    entries = []
    for link in tree.iter("link"):
        names = str(link.get("rel", "")).lower().split()
        media_type = str(link.get("type", "")).lower().partition(";")[0].strip()
        href = str(link.get("href", "")).strip()
        if "alternate" in names and media_type in _FEED_TYPES and href and "hreflang" not in link.attrib:
            if media_type == "application/json" and "feed" not in href.lower():
                continue  # WordPress offers its REST API in this way
            entries.append({"link": urljoin(base, href), "title": line_text(str(link.get("title", "")))})
    return {"kind": "page", "entries": entries[:MAX_ENTRIES], "is_article": _is_article(tree)}


def _is_article(tree: Any) -> bool:
    """Whether the page declares that it is an article, as news sites do for search engines."""
    said = str(tree.xpath("string(//meta[@property='og:type']/@content)")).strip().lower()
    if said:
        return said == "article"
    if tree.xpath("//meta[@property='article:published_time']"):
        return True
    scripts = tree.xpath("//script[@type='application/ld+json']/text()")
    text = " ".join(str(script) for script in scripts).lower().replace(" ", "")
    return any(f'"@type":"{name}"' in text for name in _ARTICLES)


def _name(element: Any) -> str:
    tag = element.tag
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""
