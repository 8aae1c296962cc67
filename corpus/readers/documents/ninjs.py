"""IPTC ninjs, a JSON format in which newsrooms exchange news."""

from collections.abc import Mapping
from datetime import UTC, datetime

from corpus.dates import parse_moment
from corpus.readers.parsing.html_text import html_to_text

_OWN = frozenset(
    "body_xhtml body_html body_text body bodies headlines versioncreated versionCreated firstcreated "
    "firstCreated pubstatus pubStatus".split()
)
"""Names of ninjs 1 and 2 that are rare in other JSON."""


def is_ninjs(row: Mapping[str, object]) -> bool:
    """Whether the object is a ninjs item: it has a `uri` and two of the names that only ninjs has."""
    return isinstance(row.get("uri"), str) and len(_OWN & row.keys()) >= 2


def reason_skipped(row: Mapping[str, object]) -> str | None:
    """Why the item may not be published now, or is no text; None if it may be read."""
    status = row.get("pubstatus") or row.get("pubStatus") or "usable"
    if status != "usable":
        return f"its publisher has {str(status)[:20]} it"
    embargo = row.get("embargoed")
    if embargo and _is_embargoed(embargo):
        return f"it is under embargo until {str(embargo)[:40]}"
    kind = row.get("type") or "text"
    return None if kind in ("text", "composite") else f"it is of type {str(kind)[:20]!r} and no text"


def ninjs_fields(row: Mapping[str, object]) -> dict[str, object]:
    """The fields of the article of a ninjs 1 or 2 item."""
    headlines = _values(row.get("headlines"))
    return {
        "id": row.get("uri"),
        "title": row.get("headline") or next(iter(headlines), None) or row.get("title") or row.get("name"),
        "text": _body(row),
        "source": row.get("infosource_name") or _source(row),
        "author": row.get("byline")
        or row.get("by")
        or _names(row.get("bylines") or row.get("creator") or row.get("authors"))
        or None,
        "published": row.get("firstcreated") or row.get("firstCreated") or _versioned(row),
        "modified": _versioned(row),
        "language": row.get("language"),
        "url": row.get("url") or row.get("canonical") or _links(row),
    }


def _body(row: Mapping[str, object]) -> str | None:
    """The plain text if there is one, otherwise the longest of the other bodies, converted to text."""
    plain = row.get("body_text")
    if isinstance(plain, str) and plain.strip():
        return plain
    texts = [value for name, value in row.items() if name.startswith("body_")]
    texts += [row.get("body"), *_values(row.get("bodies"))]
    return max((html_to_text(text) for text in texts if isinstance(text, str)), key=len, default=None)


def _source(row: Mapping[str, object]) -> object:
    for name in ("source", "provider", "infosource", "infosources", "copyrightholder", "copyrightHolder"):
        if found := _names(row.get(name)):
            return found[0]
    return None


def _names(value: object) -> list[str]:
    found = value if isinstance(value, list) else [value]
    named = [(one.get("name") or one.get("by")) if isinstance(one, Mapping) else one for one in found]
    return [name for name in named if isinstance(name, str) and name.strip()]


def _values(found: object) -> list[str]:
    """The texts in ninjs 2's lists of `{"role", "contenttype", "value"}`."""
    rows = found if isinstance(found, list) else []
    values = [one.get("value") for one in rows if isinstance(one, Mapping)]
    return [value for value in values if isinstance(value, str) and value.strip()]


def _versioned(row: Mapping[str, object]) -> object:
    return row.get("versioncreated") or row.get("versionCreated")


def _links(row: Mapping[str, object]) -> object:
    for one in row.get("altids", []) if isinstance(row.get("altids"), list) else []:  # type: ignore[attr-defined]
        if isinstance(one, Mapping) and str(one.get("value")).startswith(("http://", "https://")):
            return one["value"]
    uri = row.get("uri")
    return uri if isinstance(uri, str) and uri.startswith(("http://", "https://")) else None


def _is_embargoed(until: object) -> bool:
    try:
        return parse_moment(until, exact=True) > datetime.now(UTC)
    except ValueError:
        return True
