"""Published posts from WordPress exports (WXR)."""

import re
from collections import Counter
from collections.abc import Collection, Iterator
from contextlib import suppress
from xml.etree.ElementTree import Element

from corpus.article import Article
from corpus.dates import stored_local_moment
from corpus.lazy_pattern import lazy_pattern
from corpus.problem import Problem
from corpus.readers.parsing.format import Document
from corpus.readers.parsing.html_text import html_to_text
from corpus.readers.parsing.item_article import item_article
from corpus.readers.parsing.xml_items import XmlItem, XmlRoot, child, items_of, without_items
from corpus.readers.parsing.xml_kind import XmlKind

_NAMESPACE = "wordpress.org/export"
_ITEM = "item"
_CAPTION = lazy_pattern(r"\[(wp_)?caption\b[^\]]{0,1000}\].{0,2000}?\[/(?:wp_)?caption\]", re.DOTALL)
"""Matches a picture with its caption, which is not part of the text."""
_SHORTCODE = lazy_pattern(
    r"\[/?(?:(?:caption|gallery|audio|video|playlist|embed|wp_caption)\b|(?:et_pb|vc|av|fusion|wpb|cs|mk|ux)_)"
    r"[^\]]{0,1000}\]"
)
"""Matches shortcodes of WordPress and of page builders."""
_PARAGRAPH = lazy_pattern(r"<p[\s>]|<!-- wp:", re.IGNORECASE)
_NO_DATE = "0000-00-00 00:00:00"
"""WordPress's date of a post that was never published."""


def read_wordpress(
    xml: bytes, document: Document, collection: str
) -> Iterator[tuple[int | None, Article | Problem]]:
    """Each published post. Pages, pictures and drafts are counted in one problem."""
    left_out: Counter[str] = Counter()
    names: dict[str, str] = {}
    for item in items_of(xml, ("author", _ITEM)):
        element = item.element
        if element.tag == "wp:author":
            names[child(element, "wp:author_login")] = child(element, "wp:author_display_name")
            continue
        kind = child(element, "wp:post_type") or "post"
        status = child(element, "wp:status") or "publish"
        if kind != "post" or status != "publish":
            left_out[kind if kind != "post" else f"post of status {status}"] += 1
        elif child(element, "wp:post_password"):
            left_out["post behind a password"] += 1
        else:
            yield from _post(item, names, document, collection)
    if left_out:
        counted = ", ".join(f"{count:,} {what}" for what, count in left_out.most_common(5))
        reason = f"only published posts are read; left out: {counted}"
        yield None, Problem(document.where, reason, refused=False)


def _post(
    item: XmlItem, names: dict[str, str], document: Document, collection: str
) -> Iterator[tuple[int | None, Article | Problem]]:
    element = item.element
    creator = child(element, "dc:creator")
    body = child(element, "content:encoded") or child(element, "excerpt:encoded")
    fields: dict[str, object] = {
        "title": html_to_text(child(element, "title")),
        "text": html_to_text(
            _SHORTCODE.sub("<hr>", _CAPTION.sub("<hr>", body)), line_breaks=not _PARAGRAPH.search(body)
        ),
        # The id is made from the address. The guid only looks like an address: it stays when a site moves.
        "url": child(element, "link"),
        "id": None if child(element, "link") else child(element, "guid"),
        "author": names.get(creator) or creator,
        "published": _published(element),
        "source": html_to_text(item.outside.get("title", "")),
        "language": item.outside.get("language"),
    }
    fallback_id = f"{document.name}-{child(element, 'wp:post_id') or item.number}"
    yield from item_article(fields, item.number, document, collection, fallback_id)


def _published(element: Element) -> str:
    """The date in the site's time if it is also there in UTC, otherwise the date in UTC, the one with a zone,
    or the site's time, whichever comes first."""
    utc, zoned, local = (_date(element, name) for name in ("wp:post_date_gmt", "pubDate", "wp:post_date"))
    if utc and local:
        with suppress(ValueError):
            return stored_local_moment(local, utc)
    return utc or zoned or local


def _date(element: Element, name: str) -> str:
    said = child(element, name)
    return "" if said == _NO_DATE or "-0001" in said else said


def _is_wordpress(root: XmlRoot) -> bool:
    return root.local == "rss" and _NAMESPACE in root.attributes.get("xmlns:wp", "")


def _remove(body: bytes, numbers: Collection[int]) -> bytes:
    return without_items(body, (_ITEM,), numbers)


KIND = XmlKind("WordPress export", _is_wordpress, read_wordpress, _remove)
