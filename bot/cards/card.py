"""A message as a small document: paragraphs of spans, dividers, buttons and menus.

Untrusted text is in spans, unchanged; each platform renders a span so that its characters are shown and have
no effect. What a platform can't show is decided here with its `Canvas`.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal, Protocol
from urllib.parse import urlsplit

from bot.cards.press import Press
from corpus.lazy_pattern import lazy_pattern
from corpus.text import one_line

_NAME = lazy_pattern(r"[a-z0-9_](?:[a-z0-9_.-]*[a-z0-9_])?\.?")
"""A host name. An IPv6 address in brackets is not accepted everywhere, and no outlet has one."""


class Tone(StrEnum):
    """The kind of a message, which platforms with colours show."""

    FOUND = "found"
    MISSED = "missed"
    NEUTRAL = "neutral"
    BAD = "bad"


class ParagraphStyle(StrEnum):
    """The style of a paragraph."""

    TEXT = "text"
    HEADING = "heading"
    QUOTE = "quote"
    SMALL = "small"


class Emphasis(StrEnum):
    """The meaning of a button, which determines its style."""

    PLAIN = "plain"
    PRIMARY = "primary"
    GOOD = "good"
    DANGER = "danger"


MomentStyle = Literal["day", "age", "minute"]
"""A day, how long ago, or a day with its time."""


@dataclass(frozen=True, slots=True)
class Span:
    """Text that is shown as it is. With a `moment`, `text` is shown if a platform can't show the time in the
    reader's own zone and language."""

    text: str
    bold: bool = False
    link: str | None = None
    code: bool = False
    moment: datetime | None = None
    style: MomentStyle = "day"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Spans in one paragraph; only a quote contains line breaks."""

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
    """A button: an act of the bot, or an address to open."""

    label: str
    press: Press | None = None
    url: str | None = None
    emphasis: Emphasis = Emphasis.PLAIN
    emoji: str = ""
    hint: str = ""
    """A description for people who can't see its emoji."""


@dataclass(frozen=True, slots=True)
class Buttons:
    """Buttons side by side, in as many rows as they need."""

    buttons: tuple[Button, ...]


@dataclass(frozen=True, slots=True)
class Menu:
    """A menu: `options` are values and their labels, and `most` is how many may be chosen (1: exactly one). A
    menu of `administrators` has no options: the platform offers its own roles or people."""

    label: str
    press: Press
    options: tuple[tuple[str, str], ...] = ()
    chosen: tuple[str, ...] = ()
    most: int = 1
    administrators: bool = False


@dataclass(frozen=True, slots=True)
class Attached:
    """A text file of a message; `elsewhere` is shown instead if it can't be attached, and the file is sent as
    a direct message."""

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
        """The text of a notification: the first words of the card that are not empty."""
        paragraphs = [part for part in self.parts if isinstance(part, Paragraph)]
        loud = [part for part in paragraphs if part.shape is not ParagraphStyle.SMALL]
        return " – ".join(one_line(part.text) for part in (loud or paragraphs)[:3])


class Canvas(Protocol):
    """The capacity of a platform's messages."""

    @property
    def room(self) -> int:
        """The room for all paragraphs of a message, in the units of `size`."""
        ...

    @property
    def link(self) -> int:
        """The most characters of the address of a link or a button."""
        ...

    def size(self, paragraph: Paragraph) -> int:
        """The room that a rendered paragraph takes."""
        ...


def plain(words: str, shape: ParagraphStyle = ParagraphStyle.TEXT, *, bold: bool = False) -> Paragraph:
    """A paragraph in which nothing is parsed as markup."""
    return Paragraph((Span(words, bold=bold),), shape)


def markup(words: str, shape: ParagraphStyle = ParagraphStyle.TEXT) -> Paragraph:
    """A paragraph of trusted text, with `**bold**` parts and code in backquotes. Never call it with untrusted
    text."""
    spans = []
    for bold, piece in enumerate(words.split("**")):
        for code, part in enumerate(piece.split("`")):
            spans += [Span(part, bold=bool(bold % 2), code=bool(code % 2))] if part else []
    return Paragraph(tuple(spans), shape)


def joined(parts: Iterable[tuple[Span, ...] | str], between: str = " · ") -> tuple[Span, ...]:
    """Spans joined with a separator."""
    made: list[Span] = []
    for part in parts:
        spans = (Span(part),) if isinstance(part, str) else part
        made += [Span(between), *spans] if made else spans
    return tuple(made)


def truncate(words: str, limit: int) -> str:
    """A text on one line, cut with an ellipsis if it has more than that many UTF-16 units, which platforms
    count."""
    words = one_line(words)
    if _units(words) <= limit:
        return words
    words = words[:limit]
    while _units(words) > limit - 1:
        words = words[:-1]
    return words.rstrip() + "…"


def cut_at_word(words: str, limit: int) -> str:
    """As `truncate`, but cut after a word if the first word fits."""
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
    """The first address that can be linked and fits; None if there is none."""
    return next((one for one in addresses if one and len(one) <= canvas.link and is_linkable(one)), None)


def is_linkable(address: str) -> bool:
    """Whether an address is accepted as a link by every platform: its host has a name."""
    try:
        parts = urlsplit(address)
        name = (parts.hostname or "").encode("idna").decode("ascii")
        _ = parts.port  # raises ValueError for an invalid port
    except ValueError:
        return False
    web = parts.scheme in ("http", "https") and "@" not in parts.netloc
    return web and _NAME.fullmatch(name) is not None


def bolder(spans: tuple[Span, ...]) -> tuple[Span, ...]:
    """The spans in bold."""
    return tuple(replace(span, bold=True) for span in spans)
