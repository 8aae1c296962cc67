"""A message as a small document: paragraphs of spans, dividers, buttons and menus.

Words of articles and people stand in spans as they are; each platform draws a span so that its characters
are shown and do nothing. What a platform can't take is decided here by asking its `Canvas`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal, Protocol
from urllib.parse import urlsplit

from bot.cards.press import Press
from corpus.text import one_line

_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?")
"""A host's name. A number in brackets (IPv6) is not taken everywhere, and leads to no outlet."""


class Tone(StrEnum):
    """What a message is, beside its words; platforms with colours give it one."""

    FOUND = "found"
    MISSED = "missed"
    NEUTRAL = "neutral"
    BAD = "bad"


class ParagraphStyle(StrEnum):
    """How a paragraph stands out."""

    TEXT = "text"
    HEADING = "heading"
    QUOTE = "quote"
    SMALL = "small"


class Emphasis(StrEnum):
    """What pressing a button means."""

    PLAIN = "plain"
    PRIMARY = "primary"
    GOOD = "good"
    DANGER = "danger"


MomentStyle = Literal["day", "age", "minute"]
"""A day, how long ago, or a day with its time."""


@dataclass(frozen=True, slots=True)
class Span:
    """Characters that are shown as they are. With a `moment`, `text` stands in where a platform can't show it
    in the reader's own zone and language."""

    text: str
    bold: bool = False
    link: str | None = None
    code: bool = False
    moment: datetime | None = None
    style: MomentStyle = "day"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Spans that stand together; only a quote has line breaks of its own."""

    spans: tuple[Span, ...]
    shape: ParagraphStyle = ParagraphStyle.TEXT

    @property
    def text(self) -> str:
        """Its characters."""
        return "".join(span.text for span in self.spans)


@dataclass(frozen=True, slots=True)
class Divider:
    """A thin line."""


@dataclass(frozen=True, slots=True)
class Button:
    """Something to press: an act of ours, or an address to open."""

    label: str
    press: Press | None = None
    url: str | None = None
    emphasis: Emphasis = Emphasis.PLAIN
    emoji: str = ""
    hint: str = ""
    """What it does, for who can't see its emoji."""


@dataclass(frozen=True, slots=True)
class Buttons:
    """Buttons side by side, in as many rows as they need."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """A choice: `options` are values and their labels, `most` how many may be chosen (1: exactly one).

    A menu of `administrators` has no options: the platform offers its own roles or people.
    """

    label: str
    press: Press
    options: tuple[tuple[str, str], ...] = ()
    chosen: tuple[str, ...] = ()
    most: int = 1
    administrators: bool = False


@dataclass(frozen=True, slots=True)
class Attached:
    """A text file that goes with a message; `elsewhere` is said in its place where none can be attached, and
    it comes to the reader as a direct message."""

    name: str
    content: str
    elsewhere: str = ""


Part = Paragraph | Divider | Buttons | Menu | Attached


@dataclass(frozen=True, slots=True)
class Card:
    """A whole message."""

    tone: Tone
    parts: tuple[Part, ...]

    @property
    def summary(self) -> str:
        """What a notification shows of it: its first words that say something."""
        paragraphs = [part for part in self.parts if isinstance(part, Paragraph)]
        loud = [part for part in paragraphs if part.shape is not ParagraphStyle.SMALL]
        return " – ".join(one_line(part.text) for part in (loud or paragraphs)[:3])


class Canvas(Protocol):
    """What a platform's message holds."""

    @property
    def room(self) -> int:
        """What all paragraphs of a message may have together, as `size` counts."""
        ...

    @property
    def link(self) -> int:
        """Characters of the address of a link or a button."""
        ...

    def size(self, paragraph: Paragraph) -> int:
        """What a paragraph takes of the room, drawn."""
        ...


def plain(words: str, shape: ParagraphStyle = ParagraphStyle.TEXT, *, bold: bool = False) -> Paragraph:
    """Words in which nothing is markup."""
    return Paragraph((Span(words, bold=bold),), shape)


def markup(words: str, shape: ParagraphStyle = ParagraphStyle.TEXT) -> Paragraph:
    """Words of our own, `**like this**` bold, and what is to be typed in backquotes. Give it nothing that
    others wrote."""
    spans = []
    for bold, piece in enumerate(words.split("**")):
        for code, part in enumerate(piece.split("`")):
            spans += [Span(part, bold=bool(bold % 2), code=bool(code % 2))] if part else []
    return Paragraph(tuple(spans), shape)


def joined(parts: Iterable[tuple[Span, ...] | str], between: str = " · ") -> tuple[Span, ...]:
    """Spans one after the other with a sign between them."""
    made: list[Span] = []
    for part in parts:
        spans = (Span(part),) if isinstance(part, str) else part
        made += [Span(between), *spans] if made else spans
    return tuple(made)


def truncate(words: str, limit: int) -> str:
    """Words on one line, cut with an ellipsis where they are longer than that many UTF-16 units, which is
    how platforms count."""
    words = one_line(words)
    if _units(words) <= limit:
        return words
    words = words[:limit]
    while _units(words) > limit - 1:
        words = words[:-1]
    return words.rstrip() + "…"


def cut_at_word(words: str, limit: int) -> str:
    """The same, cut after a word where the first of them fits."""
    cut = truncate(words, limit)
    if cut == one_line(words) or one_line(words)[len(cut) - 1 :][:1].isspace():
        return cut
    kept = cut.rpartition(" ")[0].rstrip()
    return f"{kept}…" if kept else cut


def _units(words: str) -> int:
    return len(words.encode("utf-16-le", "surrogatepass")) // 2


def within(paragraphs: Iterable[Paragraph], room: int, canvas: Canvas) -> list[Paragraph]:
    """The first paragraphs that fit together."""
    fit: list[Paragraph] = []
    for paragraph in paragraphs:
        room -= canvas.size(paragraph)
        if room < 0:
            break
        fit.append(paragraph)
    return fit


def usable(canvas: Canvas, *addresses: str | None) -> str | None:
    """The first of the addresses that can be linked and fits, or nothing."""
    return next((one for one in addresses if one and len(one) <= canvas.link and is_linkable(one)), None)


def is_linkable(address: str) -> bool:
    """Whether it is the address of a page that every platform takes for one: of a host that has a name."""
    try:
        parts = urlsplit(address)
        name = (parts.hostname or "").encode("idna").decode("ascii")
        _ = parts.port  # raises ValueError if it is no number
    except ValueError:
        return False
    web = parts.scheme in ("http", "https") and "@" not in parts.netloc
    return web and _NAME.fullmatch(name) is not None


def bolder(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The same in bold."""
    return tuple(replace(span, bold=True) for span in spans)
