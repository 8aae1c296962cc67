"""IPTC NewsML-G2, in which agencies and newsrooms exchange news: one item, or a message of several."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, tostring

from corpus.article import Article
from corpus.dates import format_moment, parse_moment
from corpus.problem import Problem
from corpus.readers.parsing.format import Document
from corpus.readers.parsing.html_text import html_to_text, looks_like_html
from corpus.readers.parsing.item_article import item_article
from corpus.readers.parsing.xml_items import XmlItem, XmlRoot, items_of, local_name, without_items
from corpus.readers.parsing.xml_kind import XmlKind
from corpus.text import one_line

_ITEMS = ("newsItem", "packageItem", "conceptItem", "knowledgeItem", "planningItem", "catalogItem")
_ROOTS = frozenset(("newsMessage", *_ITEMS))
_USABLE = "usable"
_NO_PARTS = frozenset(("body.head", "hedline", "byline", "dateline", "head", "tobject", "docdata"))
"""Elements of NITF and XHTML inside of an item that repeat what the item says of itself."""


def read_newsml(
    xml: bytes, document: Document, collection: str
) -> Iterator[tuple[int | None, Article | Problem]]:
    """Each text that may be published now, in its newest version; what else there is is counted.

    Items that their publisher withheld or canceled, and those under an embargo, are left out: so are all
    versions of an item whose newest is not usable.
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
    """Why the item is left out, as it is counted; None for a text that may be published now."""
    if local_name(item.tag) != "newsItem":
        return local_name(item.tag)
    status = _code(_first(item, "itemMeta", "pubStatus"))
    if status and status != _USABLE:
        return f"{status} by its publisher"
    embargo = _first(item, "itemMeta", "embargoed")
    if embargo is not None and _is_ahead(one_line("".join(embargo.itertext()))):
        return "under embargo"
    kind = _code(_first(item, "itemMeta", "itemClass"))
    return f"of class {kind}" if kind and kind not in ("text", "composite") else None


def _is_ahead(until: str) -> bool:
    """Whether an embargo lasts; one without a date, or with one that can't be read, has no end."""
    try:
        return parse_moment(until) > datetime.now(UTC)
    except ValueError:
        return True


def _article(
    item: XmlItem, document: Document, collection: str
) -> Iterator[tuple[int | None, Article | Problem]]:
    element = item.element
    created, versioned = (
        _moment(_text(element, "itemMeta", name) or _text(element, "contentMeta", other))
        for name, other in (("firstCreated", "contentCreated"), ("versionCreated", "contentModified"))
    )
    fields: dict[str, object] = {
        "id": element.get("guid"),
        "title": _text(element, "contentMeta", "headline") or _text(element, "itemMeta", "title"),
        "text": _content(element),
        "source": _name(element, ("itemMeta", "provider"), ("rightsInfo", "copyrightHolder")),
        "author": _text(element, "contentMeta", "by") or _name(element, ("contentMeta", "creator")),
        "published": created or versioned,
        "modified": versioned,
        "language": _tag(element),
        "url": _address(element),
    }
    fallback_id = f"{document.name}-{item.number}"
    yield from item_article(fields, item.number, document, collection, fallback_id)


def _content(item: Element) -> str:
    """The longest of the texts that the item carries: the same in several forms, or with extras."""
    texts = [""]
    for form in _all(item, "contentSet"):
        for one in form:
            name, kind = local_name(one.tag), (one.get("contenttype") or "").lower()
            if name == "inlineXML":
                texts.append(html_to_text(_as_html(one)))
            elif name == "inlineData" and kind.startswith(("text/", "application/xhtml")):
                text = "".join(one.itertext())
                is_html = "html" in kind or looks_like_html(text)
                texts.append(html_to_text(text) if is_html else text)
    return max(texts, key=len)


def _as_html(element: Element) -> str:
    """XHTML or NITF as HTML, without prefixes of names and without what is said elsewhere."""
    for above in list(element.iter()):
        for one in list(above):
            if local_name(one.tag) in _NO_PARTS:
                above.remove(one)
    for one in element.iter():
        one.tag = {"hl2": "h2", "block": "div"}.get(local_name(one.tag), local_name(one.tag))
        one.attrib.clear()
    return tostring(element, encoding="unicode")


def _version(item: Element) -> int:
    said = item.get("version") or "0"
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0


def _moment(said: str) -> str | None:
    """The moment as it is kept; what can't be read is given as it is, to be told."""
    try:
        return format_moment(parse_moment(said)) if said else None
    except ValueError:
        return said


def _tag(item: Element) -> str | None:
    language = _first(item, "contentMeta", "language")
    return (language.get("tag") if language is not None else None) or item.get("xml:lang")


def _name(item: Element, *paths: tuple[str, str]) -> str:
    for path in paths:
        if (one := _first(item, *path)) is not None:
            named = _text(one, "name") or one_line(one.text or "") or one.get("literal") or _code(one)
            if named:
                return named
    return ""


def _address(item: Element) -> str | None:
    for meta in _all(item, "itemMeta"):
        for link in meta:
            if local_name(link.tag) == "link" and "canonical" in (link.get("rel") or "").lower():
                return link.get("href")
    return None


def _code(element: Element | None) -> str:
    """The code without the name of its vocabulary: `usable` of `stat:usable`."""
    said = "" if element is None else element.get("qcode") or element.get("uri") or ""
    return said.rpartition("/")[2].rpartition(":")[2].lower()


def _text(element: Element, *path: str) -> str:
    found = _first(element, *path)
    return "" if found is None else one_line("".join(found.itertext()))


def _first(element: Element, *path: str) -> Element | None:
    """The first element below it by these names, without prefixes; None where there is none."""
    found: Iterable[Element] = (element,)
    for name in path:
        found = [one for above in found for one in _all(above, name)]
    return next(iter(found), None)


def _all(element: Element, name: str) -> Iterator[Element]:
    return (one for one in element if local_name(one.tag) == name)


def _is_newsml(root: XmlRoot) -> bool:
    return root.local in _ROOTS


def _remove(body: bytes, numbers: Collection[int]) -> bytes:
    return without_items(body, ("newsItem",), numbers)


KIND = XmlKind("NewsML-G2", _is_newsml, read_newsml, _remove)
