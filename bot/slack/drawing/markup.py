"""Text in Slack's mrkdwn, for the few places that take nothing else; words of others are shown in blocks that
parse nothing."""

import re
import unicodedata
from urllib.parse import quote, urlsplit

_KEPT = "\u200c\u200d\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd"
"""Format characters that steer nothing: those that shape the letters of several scripts, and emoji, and signs
that are seen."""
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_FORMATTING = str.maketrans({"*": "∗", "_": "ˍ", "~": "˜", "`": "ˋ", ":": "：", "|": "¦", "@": "＠"})
"""mrkdwn knows no escape for these: in a label their likes stand in."""
_ADDRESS = re.compile(
    r"[:：]\s*[/⁄∕╱⧸]{2}|^\s*[\w-]+(?:[.。．｡][\w-]+)*[.。．｡][^\W\d_]{2,}\.?(?:[/:：?#]\S*)?\s*$",
    re.IGNORECASE,
)
"""What a reader would take for where a link leads."""
_URL_KEPT = "%/:?#@!$&+,;=-._~()[]'"


def cleaned(text: str) -> str:
    """The text without what is not seen and steers what is: direction marks, zero-width characters, tags and
    control characters. Line ends become line feeds, and tabs spaces."""
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    return "\n".join(line if line.isprintable() else _seen(line) for line in text.split("\n"))


def _seen(text: str) -> str:
    return "".join(c for c in text if c in _KEPT or unicodedata.category(c) not in _UNSEEN)


def escaped(text: str) -> str:
    """Text for mrkdwn in which nothing is a mention, a link or an entity; its `*_~` may still format."""
    return cleaned(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def inert(text: str) -> str:
    """A label in mrkdwn that formats nothing either: what would is shown as its like."""
    return " ".join(escaped(cleaned(text).translate(_FORMATTING)).split())


def label(words: str, url: str) -> str:
    """What a link shows: its words on one line, or its host where they show nothing or look like an
    address."""
    shown = " ".join(cleaned(words).split())
    return urlsplit(url).hostname or "" if not shown or _ADDRESS.search(shown) else shown


def link(words: str, url: str) -> str:
    """A link in mrkdwn; see `label`."""
    return f"<{address(url)}|{inert(label(words, url))}>"


def address(url: str) -> str:
    """The URL with what would end or split a link encoded."""
    return quote(url, safe=_URL_KEPT).replace("&", "&amp;")
