"""Text in Slack's mrkdwn, for the few places that take nothing else; words of others are shown in blocks that
parse nothing."""

import re
from urllib.parse import quote, urlsplit

from corpus.text import one_line, visible

_FORMATTING = str.maketrans({"*": "∗", "_": "ˍ", "~": "˜", "`": "ˋ", ":": "：", "|": "¦", "@": "＠"})
"""mrkdwn knows no escape for these: in a label their likes stand in."""
_ADDRESS = re.compile(
    r"[:：]\s*[/⁄∕╱⧸]{2}|^\s*[\w-]+(?:[.。．｡][\w-]+)*[.。．｡][^\W\d_]{2,}\.?(?:[/:：?#]\S*)?\s*$",
    re.IGNORECASE,
)
"""What a reader would take for where a link leads."""
_URL_KEPT = "%/:?#@!$&+,;=-._~()[]'"


def escaped(text: str) -> str:
    """Text for mrkdwn in which nothing is a mention, a link or an entity; its `*_~` may still format."""
    return visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def inert(text: str) -> str:
    """A label in mrkdwn that formats nothing either: what would is shown as its like."""
    return one_line(escaped(visible(text).translate(_FORMATTING)))


def label(words: str, url: str) -> str:
    """What a link shows: its words on one line, or its host where they show nothing or look like an
    address."""
    shown = " ".join(visible(words).split())
    return urlsplit(url).hostname or "" if not shown or _ADDRESS.search(shown) else shown


def link(words: str, url: str) -> str:
    """A link in mrkdwn; see `label`."""
    return f"<{address(url)}|{inert(label(words, url))}>"


def address(url: str) -> str:
    """The URL with what would end or split a link encoded."""
    return quote(url, safe=_URL_KEPT).replace("&", "&amp;")
