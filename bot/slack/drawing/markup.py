"""Text in Slack's mrkdwn, for the few places that accept nothing else; untrusted text is otherwise shown in
blocks that are not parsed."""

import re
from urllib.parse import quote, urlsplit

from corpus.lazy_pattern import lazy_pattern
from corpus.text import one_line, visible

_FORMATTING = str.maketrans({"*": "∗", "_": "ˍ", "~": "˜", "`": "ˋ", ":": "：", "|": "¦", "@": "＠"})
"""mrkdwn has no escapes for these characters, so similar ones replace them in labels."""
_ADDRESS = lazy_pattern(
    r"[:：]\s*[/⁄∕╱⧸]{2}|^\s*[\w-]+(?:[.。．｡][\w-]+)*[.。．｡][^\W\d_]{2,}\.?(?:[/:：?#]\S*)?\s*$",
    re.IGNORECASE,
)
"""Text that a reader would take for the address of a link."""
_URL_KEPT = "%/:?#@!$&+,;=-._~()[]'"


def escaped(text: str) -> str:
    """Text for mrkdwn in which nothing is a mention, a link or an entity; `*_~` may still format it."""
    return visible(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def inert(text: str) -> str:
    """A label for mrkdwn without any formatting: the characters for it are replaced by similar ones."""
    return one_line(escaped(visible(text).translate(_FORMATTING)))


def label(words: str, url: str) -> str:
    """The text of a link on one line, or its host if the text is invisible or looks like an address."""
    shown = " ".join(visible(words).split())
    return urlsplit(url).hostname or "" if not shown or _ADDRESS.search(shown) else shown


def link(words: str, url: str) -> str:
    """A link in mrkdwn with the text of `label`."""
    return f"<{address(url)}|{inert(label(words, url))}>"


def address(url: str) -> str:
    """The URL with the characters encoded that would end or split a link."""
    return quote(url, safe=_URL_KEPT).replace("&", "&amp;")
