"""Chooses a page's own address among those that it declares."""

import ipaddress
import re
from collections.abc import Sequence
from urllib.parse import SplitResult, urlsplit

from corpus.lazy_pattern import lazy_pattern
from corpus.readers.pages.json_ld import clean
from corpus.text import without_www

SAVED_IN = 5000
"""The first characters of a page, in which a browser's note of the original address is."""

_SCHEME = lazy_pattern(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SAVED_FROM = lazy_pattern(
    r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s<>\"]+)",
    re.IGNORECASE,
)
_ARCHIVED = lazy_pattern(
    r"https?://(?:web\.archive\.org/web/\d{4,14}[a-z_]*|archive\.(?:ph|today|is|li|md)/\d{4}[\d.-]*)/(https?://.+)"
)
"""Matches the addresses of web archives, which contain the original address."""
_FOR_PHONES = lazy_pattern(r"\A(?:m|mobile|amp|touch)\.")


def page_address(canonical: str | None, own: Sequence[str], shared: Sequence[str]) -> str | None:
    """The page's address, chosen from its canonical link, those in its JSON-LD (`own`), and those for sharing
    (`shared`, og:url).

    The canonical link has precedence, unless readers can't use it (`localhost`), it is the home page, or it
    is on another site while all others agree on one: then the page was taken over from a sister paper. If no
    claim is a web address, the first one with any scheme is returned, so that the caller rejects it.
    """
    canonical = _archived(clean(canonical))
    claims = [line for line in (canonical, *map(_archived, map(clean, (*own, *shared)))) if line]
    whole = [line for line in claims if _SCHEME.match(line)]
    usable = [(line, parts) for line in whole if (parts := _web_parts(line)) and _is_public(parts)]
    pages = [(line, parts) for line, parts in usable if parts.path.strip("/") or parts.query]
    if not pages:
        refused = [line for line in whole if not _web_parts(line)]
        return refused[0] if refused and not usable else None
    first, parts = pages[0]
    others = [(line, _site(other)) for line, other in pages[1:]]
    taken_over = first == canonical and not any(_related(_site(parts), site) for _, site in others)
    if taken_over and others and all(_related(others[0][1], site) for _, site in others):
        return others[0][0]
    return first


def saved_from(markup: str) -> str | None:
    """The address in a comment at the top of a saved page: browsers write `saved from url=`, SingleFile
    `url:`."""
    found = _SAVED_FROM.search(markup[:SAVED_IN])
    return found[1] if found and (parts := _web_parts(found[1])) and _is_public(parts) else None


def _archived(address: str) -> str:
    """The original of an archived page's address; any other address unchanged."""
    found = _ARCHIVED.fullmatch(address)
    return found[1] if found else address


def is_home_page(address: str | None) -> bool:
    """Whether the address has neither a path nor a query."""
    parts = _web_parts(clean(address)) if address else None
    return parts is not None and not parts.path.strip("/") and not parts.query


def _web_parts(address: str) -> SplitResult | None:
    try:
        parts = urlsplit(address)
        return parts if parts.scheme.lower() in ("http", "https") and parts.hostname else None
    except ValueError:
        return None


def _is_public(parts: SplitResult) -> bool:
    host = (parts.hostname or "").rstrip(".")
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and not host.endswith((".local", ".localhost", ".internal", ".test", ".invalid"))


def _related(one: str, other: str) -> bool:
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _site(parts: SplitResult) -> str:
    return _FOR_PHONES.sub("", without_www(parts.hostname or ""))
