"""Text in Slack's mrkdwn, for the few places that take nothing else; words of others are shown in blocks that
parse nothing."""

import re
import unicodedata
from urllib.parse import quote, urlsplit

_JOINERS = "\u200c\u200d"
"""They shape the letters of several scripts, and emoji, and steer nothing."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_FORMATTING = str.maketrans({"*": "∗", "_": "ˍ", "~": "˜", "`": "'", ":": "：", "|": "¦", "@": "＠"})
"""mrkdwn knows no escape for these: in a label their likes stand in."""
_URL_KEPT = "%/:?#@!$&+,;=-._~()[]'"


def cleaned(text: str) -> str:
    """The text without what is not seen and steers what is: direction marks, zero-width characters, tags and
    control characters but line feeds."""
    return "".join(c for c in text if c == "\n" or c in _JOINERS or unicodedata.category(c) not in _UNSEEN)


def escaped(text: str) -> str:
    """Text for mrkdwn in which nothing is a mention, a link or an entity; its `*_~` may still format."""
    return cleaned(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def inert(text: str) -> str:
    """A label in mrkdwn that formats nothing either: what would is shown as its like."""
    return " ".join(escaped(cleaned(text).translate(_FORMATTING)).split())


def link(label: str, url: str) -> str:
    """A link in mrkdwn. A label that looks like an address gives way to the host that the link leads to."""
    words = inert(label)
    host = urlsplit(url).hostname or ""
    if not words or re.search(
        r"(?:：\s*//|^[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:[/?]\S*)?$)", words, re.IGNORECASE
    ):
        words = inert(host)
    return f"<{address(url)}|{words}>"


def address(url: str) -> str:
    """The URL with what would end or split a link encoded."""
    return quote(url, safe=_URL_KEPT).replace("&", "&amp;")
