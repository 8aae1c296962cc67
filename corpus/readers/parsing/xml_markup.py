"""Reads parts of an XML element: children by name, their texts and dates, and its markup as HTML."""

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from xml.etree.ElementTree import Element, tostring

from corpus.dates import parse_moment, stored_moment
from corpus.readers.parsing.xml_items import local_name
from corpus.text import one_line

_NO_PARTS = frozenset(("body.head", "hedline", "byline", "dateline", "head", "tobject", "docdata", "media"))
"""Elements of NITF and XHTML in an item that repeat its metadata, or are pictures with captions."""


def first(element: Element, *path: str) -> Element | None:
    """The first descendant along these names, without prefixes; None if there is none."""
    found: Iterable[Element] = (element,)
    for name in path:
        found = [one for above in found for one in all_of(above, name)]
    return next(iter(found), None)


def all_of(element: Element, name: str) -> Iterator[Element]:
    """The children with that name, ignoring prefixes."""
    return (one for one in element if local_name(one.tag) == name)


def text_of(element: Element, *path: str) -> str:
    """The whole text of the first descendant along these names, on one line; empty if there is none."""
    found = first(element, *path)
    return "" if found is None else one_line("".join(found.itertext()))


def as_html(element: Element) -> str:
    """XHTML or NITF as HTML, without prefixes and the elements of _NO_PARTS. Changes the element."""
    for above in list(element.iter()):
        for one in list(above):
            if local_name(one.tag) in _NO_PARTS:
                above.remove(one)
    for one in element.iter():
        one.tag = {"hl2": "h2", "block": "div"}.get(local_name(one.tag), local_name(one.tag))
        one.attrib.clear()
    return tostring(element, encoding="unicode")


def as_moment(said: str) -> str | None:
    """The date in Newsdesk's format; an invalid one is returned unchanged, so that it is reported later."""
    try:
        return stored_moment(said) if said else None
    except ValueError:
        return said


def is_embargoed(until: str) -> bool:
    """Whether an embargo is in force; one with a missing or invalid date never ends."""
    try:
        return parse_moment(until, exact=True) > datetime.now(UTC)
    except ValueError:
        return True
