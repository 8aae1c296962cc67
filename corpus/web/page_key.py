"""Computes a key that is equal for all addresses of a page.

It ignores http or https, `www.` and mobile hosts, a final slash or `index.html`, the fragment, AMP and
tracking parameters.
"""

from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from corpus.article_fields import URL_LIMIT
from corpus.lazy_pattern import lazy_pattern
from corpus.text import is_tracking_parameter
from corpus.web.address import Address, parse_address

_SCHEME = lazy_pattern(r"[A-Za-z][A-Za-z0-9+.-]*://")
_BARE = lazy_pattern(r"(?:www\.[\w-]|[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}/)[^\s]*")
"""Matches an address as people type it: with `www.`, or with a path."""
_DRAWN_FOR = lazy_pattern(r"(?:amp|m|mobile)\.(?=.*\.)")
"""Matches mobile and AMP hosts, which have the same articles as the site itself."""
_AMP_START = lazy_pattern(r"\A/amp/")
_AMP_END = lazy_pattern(r"/amp/?\Z|\.amp(?=(?:\.html?)?\Z)")
_INDEX = lazy_pattern(r"/index\.(?:html?|php)\Z")
_CACHED = lazy_pattern(r"/[a-z]/(?P<secure>s?)/?(?P<page>.+)")
_VIEWED = lazy_pattern(r"/amp/(?P<secure>s?)/?(?P<page>.+)")
"""Google's AMP addresses: `/c/s/example.com/a` in its cache, `/amp/s/example.com/a` in its viewer, where `s`
means https (developers.google.com/amp/cache/overview)."""


def page_key(text: str) -> str:
    """The key of the page at an address; empty if the text is no address."""
    if len(text) > URL_LIMIT:
        return ""
    if not _SCHEME.match(text):
        if not _BARE.fullmatch(text):
            return ""
        text = f"https://{text}"
    try:
        address = parse_address(text)
    except ValueError:
        return ""
    if "." not in address.host:
        return ""
    if kept := _kept_by_google(address):
        return page_key(kept)
    parts = urlsplit(address.target)
    asked = sorted(
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if not is_tracking_parameter(name) and not _is_amp(name, value)
    )
    path = _INDEX.sub("", unquote(_without_amp(parts.path)).rstrip("/"))
    return f"{_site(address)}{path}{'?' if asked else ''}{urlencode(asked)}"


def _site(address: Address) -> str:
    """The host without its mobile or AMP prefix."""
    shorter = _DRAWN_FOR.sub("", address.site)
    return shorter if "." in shorter else address.site


def _without_amp(path: str) -> str:
    """The path of the original article of an AMP page."""
    return _AMP_END.sub("", _AMP_START.sub("/", path))


def _is_amp(name: str, value: str) -> bool:
    return name.lower() == "amp" or (name.lower(), value.lower()) == ("outputtype", "amp")


def _kept_by_google(address: Address) -> str:
    """The original page of an address in Google's AMP cache or viewer; empty if it is none."""
    if address.host.endswith(".cdn.ampproject.org"):
        found = _CACHED.match(address.target)
    elif address.site == "google.com":
        found = _VIEWED.match(address.target)
    else:
        return ""
    return f"http{found['secure']}://{found['page']}" if found else ""
