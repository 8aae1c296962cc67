"""What the addresses of one page have in common.

http or https, `www.` or the host for phones, a slash or `index.html` at the end, the part of the page, AMP
and what only counts visitors tell no pages apart.
"""

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from corpus.article_fields import URL_LIMIT
from corpus.text import counts_visitors
from corpus.web.address import Address, parse_address

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_BARE = re.compile(r"(?:www\.[\w-]|[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}/)[^\s]*")
"""An address as people type it: with `www.`, or with a path."""
_DRAWN_FOR = re.compile(r"(?:amp|m|mobile)\.(?=.*\.)")
"""Hosts for phones, and for AMP: the same articles as on the site itself."""
_AMP_START = re.compile(r"\A/amp/")
_AMP_END = re.compile(r"/amp/?\Z|\.amp(?=(?:\.html?)?\Z)")
_INDEX = re.compile(r"/index\.(?:html?|php)\Z")
_CACHED = re.compile(r"/[a-z]/(?P<secure>s?)/?(?P<page>.+)")
_VIEWED = re.compile(r"/amp/(?P<secure>s?)/?(?P<page>.+)")
"""Google's own two forms: `/c/s/example.com/a` in its cache, `/amp/s/example.com/a` in its viewer, `s` for
https (developers.google.com/amp/cache/overview)."""


def page_key(text: str) -> str:
    """The page that an address names, the same for all of its addresses; empty where the text is none."""
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
        if not counts_visitors(name) and not _is_amp(name, value)
    )
    path = _INDEX.sub("", unquote(_without_amp(parts.path)).rstrip("/"))
    return f"{_site(address)}{path}{'?' if asked else ''}{urlencode(asked)}"


def _site(address: Address) -> str:
    """The host without what only says for which device a page is drawn."""
    shorter = _DRAWN_FOR.sub("", address.site)
    return shorter if "." in shorter else address.site


def _without_amp(path: str) -> str:
    """The path of the article that an AMP page is drawn from."""
    return _AMP_END.sub("", _AMP_START.sub("/", path))


def _is_amp(name: str, value: str) -> bool:
    return name.lower() == "amp" or (name.lower(), value.lower()) == ("outputtype", "amp")


def _kept_by_google(address: Address) -> str:
    """The page that an address of Google's AMP cache or viewer shows; empty where it is none."""
    if address.host.endswith(".cdn.ampproject.org"):
        found = _CACHED.match(address.target)
    elif address.site == "google.com":
        found = _VIEWED.match(address.target)
    else:
        return ""
    return f"http{found['secure']}://{found['page']}" if found else ""
