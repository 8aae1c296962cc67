"""IPTC NewsML-G2, the exchange format of agencies and newsrooms: one item, or a message with several."""

from collections import Counter
from collections.abc import Collection, Iterator
from xml.etree.ElementTree import Element

from corpus.article import Article
from corpus.problem import Problem
from corpus.readers.parsing.format import Document
from corpus.readers.parsing.html_text import html_to_text, looks_like_html
from corpus.readers.parsing.item_article import item_article
from corpus.readers.parsing.xml_items import XmlItem, XmlRoot, items_of, local_name, without_items
from corpus.readers.parsing.xml_kind import XmlKind
from corpus.readers.parsing.xml_markup import all_of, as_html, as_moment, first, is_embargoed, text_of
from corpus.text import one_line

_ITEMS = ("newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem")
_ROOTS = frozenset(("newsMessage", *_ITEMS))
_USABLE = "usable"


def read_newsml(
    xml: bytes, document: Document, collection: str
) -> Iterator[tuple[int | None, Article | Problem]]:
    """The newest version of each text that may be published now; all other items are counted in a problem.

    Items that are withheld, cancelled or under an embargo are left out; if this applies to the newest version
    of an item, its older versions are left out too.
    """
    newest: dict[str, tuple[int, int]] = {}
    for place, item in enumerate(items_of(xml, _ITEMS)):
        identity = item.element.get("guid") or f"item {place}"
        newest[identity] = max(newest.get(identity, (0, 0)), (_version(item.element), place))
    left_out: Counter[str] = Counter()
    for place, item in enumerate(items_of(xml, _ITEMS)):
        identity = item.element.get("guid") or f"item {place}"
        why = "older version" if newest[identity][1] != place else _why_not(item.element)
        if why:
            left_out[why] += 1
        else:
            yield from _article(item, document, collection)
    if left_out:
        counted = ", ".join(f"{count:,} {what}" for what, count in left_out.most_common(6))
        reason = f"only texts that may be published are read; left out: {counted}"
        yield None, Problem(document.where, reason, refused=False)


def _why_not(item: Element) -> str | None:
    """Why the item is left out, as a label for counting; None for a text that may be published now."""
    if local_name(item.tag) != "newsItem":
        return local_name(item.tag)
    status = _code(first(item, "itemMeta", "pubStatus"))
    if status and status != _USABLE:
        return f"{status} by its publisher"
    embargo = first(item, "itemMeta", "embargoed")
    if embargo is not None and is_embargoed(one_line("".join(embargo.itertext()))):
        return "under embargo"
    kind = _code(first(item, "itemMeta", "itemClass"))
    return f"of class {kind}" if kind and kind not in ("text", "composite") else None


def _article(
    item: XmlItem, document: Document, collection: str
) -> Iterator[tuple[int | None, Article | Problem]]:
    element = item.element
    created, versioned = (
        as_moment(text_of(element, "itemMeta", name) or text_of(element, "contentMeta", other))
        for name, other in (("firstCreated", "contentCreated"), ("versionCreated", "contentModified"))
    )
    fields: dict[str, object] = {
        "id": element.get("guid"),
        "title": text_of(element, "contentMeta", "headline") or text_of(element, "itemMeta", "title"),
        "text": _content(element),
        "source": _name(element, ("itemMeta", "provider"), ("rightsInfo", "copyrightHolder")),
        "author": text_of(element, "contentMeta", "by") or _name(element, ("contentMeta", "creator")),
        "published": created or versioned,
        "modified": versioned,
        "language": _tag(element),
        "url": _address(element),
    }
    fallback_id = f"{document.name}-{item.number}"
    yield from item_article(fields, item.number, document, collection, fallback_id)


def _content(item: Element) -> str:
    """The longest of the item's texts, which are the same text in several forms or with extras."""
    texts = [""]
    for form in all_of(item, "contentSet"):
        for one in form:
            name, kind = local_name(one.tag), (one.get("contenttype") or "").lower()
            if name == "inlineXML":
                texts.append(html_to_text(as_html(one)))
            elif name == "inlineData" and kind.startswith(("text/", "application/xhtml")):
                text = "".join(one.itertext())
                is_html = "html" in kind or looks_like_html(text)
                texts.append(html_to_text(text) if is_html else text)
    return max(texts, key=len)


def _version(item: Element) -> int:
    said = item.get("version") or "0"
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


def _tag(item: Element) -> str | None:
    language = first(item, "contentMeta", "language")
    return (language.get("tag") if language is not None else None) or item.get("xml:lang")


def _name(item: Element, *paths: tuple[str, str]) -> str:
    for path in paths:
        if (one := first(item, *path)) is not None:
            named = text_of(one, "name") or one_line(one.text or "") or one.get("literal") or _code(one)
            if named:
                return named
    return ""


def _address(item: Element) -> str | None:
    for meta in all_of(item, "itemMeta"):
        for link in meta:
            if local_name(link.tag) == "link" and "canonical" in (link.get("rel") or "").lower():
                return link.get("href")
    return None


def _code(element: Element | None) -> str:
    """The code without its vocabulary: `usable` for `stat:usable`."""
    said = "" if element is None else element.get("qcode") or element.get("uri") or ""
    return said.rpartition("/")[2].rpartition(":")[2].lower()


def _is_newsml(root: XmlRoot) -> bool:
    return root.local in _ROOTS


def _remove(body: bytes, numbers: Collection[int]) -> bytes:
    return without_items(body, ("newsItem",), numbers)


KIND = XmlKind("NewsML-G2", _is_newsml, read_newsml, _remove)
