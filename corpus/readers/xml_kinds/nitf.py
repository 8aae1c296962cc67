"""NITF, the News Industry Text Format: one article with its metadata."""

from collections.abc import Collection, Iterator
from xml.etree.ElementTree import Element

from corpus.article import Article
from corpus.problem import Problem
from corpus.readers.parsing.format import Document
from corpus.readers.parsing.html_text import html_to_text
from corpus.readers.parsing.item_article import item_article
from corpus.readers.parsing.xml_items import XmlItem, XmlRoot, items_of, without_items
from corpus.readers.parsing.xml_kind import XmlKind
from corpus.readers.parsing.xml_markup import all_of, as_html, as_moment, first, is_embargoed, text_of

_ITEM = "nitf"
_USABLE = ("", "usable")
_BY = ("by ", "von ", "par ", "por ")
"""Words before the name in a byline."""


def read_nitf(
    xml: bytes, document: Document, collection: str
) -> Iterator[tuple[int | None, Article | Problem]]:
    """The article if it may be published now. One that is withheld, cancelled or under an embargo is reported
    and left out."""
    for item in items_of(xml, (_ITEM,)):
        data = first(item.element, "head", "docdata")
        if reason := _why_not(data):
            yield item.number, Problem(document.where, reason, item.number, refused=False)
        else:
            yield from _article(item, data, document, collection)


def _why_not(data: Element | None) -> str:
    status = "" if data is None else (data.get("management-status") or "").lower()
    if status not in _USABLE:
        return f"its publisher says that it is {status[:20]}: left out"
    release = _norm(data, "date.release")
    return "it is under an embargo: left out" if release and is_embargoed(release) else ""


def _article(
    item: XmlItem, data: Element | None, document: Document, collection: str
) -> Iterator[tuple[int | None, Article | Problem]]:
    element = item.element
    head, content = first(element, "body", "body.head"), first(element, "body", "body.content")
    fields: dict[str, object] = {
        "id": _attribute(data, "doc-id", "id-string"),
        "title": _headline(head) or text_of(element, "head", "title"),
        "author": _author(head),
        "published": as_moment(_norm(data, "date.issue") or _printed(element)),
        "source": _source(element, head, data),
        "language": element.get("xml:lang") or (content.get("xml:lang") if content is not None else None),
        "url": _address(element),
        "text": "" if content is None else html_to_text(as_html(content)),
    }
    fallback_id = f"{document.name}-{item.number}"
    yield from item_article(fields, item.number, document, collection, fallback_id)


def _headline(head: Element | None) -> str:
    if head is None:
        return ""
    return text_of(head, "hedline", "hl1") or text_of(head, "hedline")


def _author(head: Element | None) -> str:
    if head is None:
        return ""
    if named := text_of(head, "byline", "person"):
        return named
    said = text_of(head, "byline")
    before = next((words for words in _BY if said.lower().startswith(words)), "")
    return said[len(before) :]


def _source(element: Element, head: Element | None, data: Element | None) -> str:
    """The publication, else the distributor, else the copyright holder."""
    named = _attribute(first(element, "head"), "pubdata", "name")
    distributor = "" if head is None else text_of(head, "distributor")
    return named or distributor or _attribute(data, "doc.copyright", "holder")


def _address(element: Element) -> str | None:
    return _attribute(first(element, "head"), "pubdata", "ex-ref") or None


def _printed(element: Element) -> str:
    return _attribute(first(element, "head"), "pubdata", "date.publication")


def _norm(data: Element | None, name: str) -> str:
    return _attribute(data, name, "norm")


def _attribute(above: Element | None, name: str, attribute: str) -> str:
    """The attribute of the first of these children that has it; empty if none has."""
    children = () if above is None else all_of(above, name)
    return next((said for one in children if (said := (one.get(attribute) or "").strip())), "")


def _is_nitf(root: XmlRoot) -> bool:
    return root.local == _ITEM


def _remove(body: bytes, numbers: Collection[int]) -> bytes:
    return without_items(body, (_ITEM,), numbers)


KIND = XmlKind("NITF", _is_nitf, read_nitf, _remove)
