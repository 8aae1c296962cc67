"""Parses feeds. Runs only in the worker process."""

import io
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from corpus.lazy_pattern import lazy_pattern
from corpus.readers.feeds.feed_document import MAX_ENTRIES, is_json_feed
from corpus.readers.feeds.line_text import line_text
from corpus.readers.feeds.link_lists import read_links, read_page_links
from corpus.readers.parsing.html_text import html_to_text

MIN_CONTENT = 500
"""The least characters of an entry's content to count as the whole article: shorter ones are mostly summaries
under another name."""
MIN_DESCRIPTION = 1500
"""The same for a description or summary, which a few feeds fill with the whole article."""
MAX_FIELD = 1_000_000
"""The most characters of an entry's text that are read; a long feature has 100,000 with its markup."""
MAX_PAUSE_MINUTES = 7 * 24 * 60
"""The longest polling interval that a feed can ask for, in minutes: a week."""
MAX_DEPTH = 200
"""The most nested elements; real feeds have ten, without the markup in their entries."""

_BLOGGER = "schemas.google.com/g/2005#kind"
"""The scheme of the category with which Blogger marks the kind of an entry in its exports."""
_PERIODS = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}
_COMMENT = lazy_pattern(r"<!--.*?(?:-->|\Z)|<\?.*?(?:\?>|\Z)", re.DOTALL)
_ROOT = lazy_pattern(r"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)")
_FEEDS = ("rss", "feed", "rdf", "channel")
_LINKS = {"opml": "opml", "urlset": "sitemap", "sitemapindex": "sitemaps"}
_TAG = lazy_pattern(
    r"<(/?)([A-Za-z][\w:.-]*)[^<>]*?(/?)>|<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)", re.DOTALL
)
_UNCLOSED = frozenset("area br col hr img input li link meta p source wbr".split())
"""HTML elements without an end tag, which broken feeds contain unescaped."""
_CUT = lazy_pattern(
    r"(?:\[?(?:…|\.\.\.|&hellip;)\]?|\[\+\d+ chars\]|(?:read|continue|see|learn) (?:more|reading|on)\W{0,4}"
    r"|(?:read|view|see) (?:the )?(?:full|entire|whole) (?:article|story|post)\W{0,4})\s*\Z",
    re.IGNORECASE,
)
"""Matches the end of a text that was cut off."""
_TRAILING_BOILERPLATE = lazy_pattern(
    r"\n*^(?:The post .{1,400}(?:appeared first on|first appeared on) .{1,200}|"
    r"(?:read|continue|see|learn) (?:more|reading)(?: (?:at|on|here)\b.{0,100}|\W{0,4})|"
    r"(?:comments|share this:?|tags?:|filed under:?.{0,100}))\s*\Z",
    re.IGNORECASE | re.MULTILINE,
)
"""Matches last lines that feeds append to an article: a link back, and parts of the page."""


def read_document(request: bytes) -> dict[str, object]:
    """Parse a request: a line with the address and the charset, then the document. `refused` in the result is
    the reason that it is of no known kind."""
    head, _, body = request.partition(b"\n")
    address, _, charset = head.decode().partition(" ")
    start = body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if start == b"{":
        return _json_feed(body)
    text = _beginning(body)
    prolog, root = _prolog(text)
    if root in _FEEDS or root in _LINKS:
        if re.search(r"<!\s*ENTITY", prolog):
            return {"refused": "it declares entities, which no feed needs"}
        if _depth(text) > MAX_DEPTH:
            return {"refused": f"its elements stand more than {MAX_DEPTH} deep in one another"}
    if root in _LINKS:
        return read_links(body, _LINKS[root])
    if root in ("html", "head", "body") or re.search(r"<!doctype\s+html", prolog, re.IGNORECASE):
        return read_page_links(body, address)
    if root in _FEEDS:
        return _feed(body, charset)
    return {"refused": "it is neither a feed, a sitemap nor a list of feeds"}


def _beginning(body: bytes) -> str:
    """The body as text for looking at its tags, which are ASCII in every charset of feeds."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return body.decode("utf-16", errors="replace")
    return body.replace(b"\0", b"").decode("latin-1")


def _prolog(text: str) -> tuple[str, str]:
    """The text before the first element, without comments, and that element's name in lower case."""
    bare = _COMMENT.sub(" ", text[:100_000])
    root = _ROOT.search(bare)
    return (bare[: root.start()], root[1].lower()) if root else (bare, "")


def _depth(text: str) -> int:
    deepest = depth = 0
    for tag in _TAG.finditer(text):
        if tag[1] is None or tag[3] or tag[2].lower() in _UNCLOSED:
            continue
        depth = max(depth - 1, 0) if tag[1] else depth + 1
        deepest = max(deepest, depth)
    return deepest


def _feed(body: bytes, charset: str) -> dict[str, object]:
    import feedparser

    declared = re.search(rb"\A[^<]{0,8}<\?xml[^>]{0,200}encoding", body)
    parameter = f"; charset={charset}" if charset and not declared else ""
    found = feedparser.parse(
        io.BytesIO(body),  # never an address or a string, which could be one
        response_headers={"content-type": f"application/xml{parameter}"},
        resolve_relative_uris=False,
    )
    if not found.get("version") and not found.entries:
        reason = found.get("bozo_exception")
        return {"refused": f"it is a broken feed ({str(reason)[:100]})" if reason else "it is no feed"}
    its = found.feed
    kept = [entry for entry in found.entries if _is_post(entry)]
    title = line_text(its.get("title") or "")
    author = ", ".join(name for name in _people(its) if name != title)  # an outlet is no author
    return {
        "kind": "feed",
        "title": title,
        "language": its.get("language") or "",
        "minutes": _minutes(its),
        "entries": [_entry(entry, author) for entry in kept[:MAX_ENTRIES]],
        "left_out": max(0, len(kept) - MAX_ENTRIES),
        "no_articles": len(found.entries) - len(kept),
    }


def _minutes(its: Mapping[str, Any]) -> int:
    minutes = [int(its["ttl"][:7])] if str(its.get("ttl", "")).isdecimal() else []
    period = _PERIODS.get(str(its.get("sy_updateperiod", "")).strip().lower())
    if period:
        often = str(its.get("sy_updatefrequency", "")).strip()
        minutes.append(period // max(1, int(often[:4]) if often.isdecimal() else 1))
    return min(max(minutes, default=0), MAX_PAUSE_MINUTES)


def _is_post(entry: Mapping[str, Any]) -> bool:
    """Whether it is an article: Blogger's export also has comments, settings and drafts."""
    kinds = [str(tag.get("term")) for tag in entry.get("tags") or () if _BLOGGER in str(tag.get("scheme"))]
    if any(kind.partition("#")[2] not in ("post", "") for kind in kinds):
        return False
    return str(entry.get("app_draft") or entry.get("draft") or "").strip().lower() != "yes"


def _people(its: Mapping[str, Any]) -> list[str]:
    return [line_text(name) for one in its.get("authors") or () if (name := one.get("name"))]


def _entry(entry: dict[str, Any], author: str) -> dict[str, object]:
    contents = [_plain(one) for one in entry.get("content") or ()]
    content = max(contents, key=len, default="")
    description = _plain(entry.get("summary_detail") or {})
    guid = str(entry.get("id") or "").strip()
    link = str(entry.get("link") or "").strip()
    if link == guid and "://" not in guid:
        link = ""  # without a link, feedparser uses the guid, as RSS says, whatever it is
    return {
        "link": link,
        "guid": guid,
        "title": line_text(entry.get("title") or ""),
        **_longest(content, description),
        "author": ", ".join(_people(entry)) or author,
        "source": line_text((entry.get("source") or {}).get("title") or ""),
        "published": str(entry.get("published") or ""),
        "modified": str(dict.get(entry, "updated") or ""),
    }


def _plain(detail: Mapping[str, Any]) -> str:
    value = str(detail.get("value") or "")[:MAX_FIELD]
    return _without_boilerplate(value.strip() if detail.get("type") == "text/plain" else html_to_text(value))


def _longest(content: str, description: str) -> dict[str, object]:
    """The longer text, and whether it is the whole article."""
    whole = len(content) >= MIN_CONTENT and len(content) >= len(description)
    text = content if whole or len(content) >= len(description) else description
    long = len(text) >= (MIN_CONTENT if whole else MIN_DESCRIPTION)
    return {"text": text, "full": long and not _CUT.search(text)}


def _without_boilerplate(text: str) -> str:
    while (found := _TRAILING_BOILERPLATE.search(text)) and found.start() > 0:
        text = text[: found.start()].rstrip()
    return text


def _json_feed(body: bytes) -> dict[str, object]:
    try:
        found = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return {"refused": f"it is no JSON ({str(error)[:100]})"}
    if not is_json_feed(found):
        return {"refused": "it is JSON but no JSON Feed"}
    items = found.get("items")
    rows = [one for one in items if isinstance(one, dict)] if isinstance(items, list) else []
    author = _json_author(found)
    return {
        "kind": "feed",
        "title": line_text(_string(found, "title")),
        "language": _string(found, "language"),
        "entries": [_json_entry(row, author) for row in rows[:MAX_ENTRIES]],
        "left_out": max(0, len(rows) - MAX_ENTRIES),
    }


def _json_author(row: Mapping[str, object]) -> str:
    return ", ".join(filter(None, map(_name, _authors(row))))


def _json_entry(row: Mapping[str, object], author: str) -> dict[str, object]:
    plain = _string(row, "content_text")[:MAX_FIELD].strip()
    content = plain or html_to_text(_string(row, "content_html")[:MAX_FIELD])
    key = row.get("id")
    return {
        "link": _string(row, "url") or _string(row, "external_url"),
        "guid": str(key) if isinstance(key, (str, int)) else "",
        "title": line_text(_string(row, "title")),
        **_longest(_without_boilerplate(content), _string(row, "summary")),
        "author": _json_author(row) or author,
        "published": _string(row, "date_published"),
        "modified": _string(row, "date_modified"),
        "language": _string(row, "language"),
    }


def _authors(row: Mapping[str, object]) -> Sequence[object]:
    several = row.get("authors")
    return several if isinstance(several, list) else [row.get("author")]


def _name(author: object) -> str:
    return line_text(_string(author, "name")) if isinstance(author, dict) else ""


def _string(row: Mapping[str, object], name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""
