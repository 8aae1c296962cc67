"""What the addresses of one page have in common: http or https, `www.`, a slash at the end, the part of the
page and what only counts visitors tell no pages apart."""

import re
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from corpus.article import URL_LIMIT
from corpus.web.address import parse_address

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_BARE = re.compile(r"(?:www\.[\w-]|[\w-]+(?:\.[\w-]+)*\.[A-Za-z]{2,}/)[^\s]*")
"""An address as people type it: with `www.`, or with a path."""
_COUNTS_VISITORS = re.compile(
    r"utm_.*|(?:fb|g|dc|ms|tw|y|ttc|igsh)clid|gbraid|wbraid|mc_[ce]id|igshid|_ga|_gl|ref(?:_?src|_?url)?|cmpid"
    r"|ocid|smid|smtyp|ns_.*|spm|share(?:d|_id|token)?|xtor|at_.*",
    re.IGNORECASE,
)
"""Parameters that say where a reader came from: those of Google's campaigns (`utm_`), of the click ids of
advertisers, and of newspapers' own links to share."""


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
    parts = urlsplit(address.target)
    asked = sorted(
        pair
        for pair in parse_qsl(parts.query, keep_blank_values=True)
        if not _COUNTS_VISITORS.fullmatch(pair[0])
    )
    path = unquote(parts.path).rstrip("/")
    return f"{address.site}{path}{'?' if asked else ''}{urlencode(asked)}"
