"""The notice to a channel that sources fail, or work again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.cards.card import (
    Button,
    Buttons,
    Canvas,
    Card,
    Paragraph,
    ParagraphStyle,
    Part,
    Span,
    Tone,
    joined,
    markup,
    truncate,
    within,
)
from bot.cards.failures import for_chat, place_of
from bot.cards.press import Press
from bot.messages.catalogue import Messages

SOURCES_NAMED = 5
"""Sources of each kind that are named; the others are counted, and the status has them."""
PLACE_SHOWN = 100
"""Characters of an address."""
REASON_SHOWN = 200
"""Characters of why it can't be read."""


@dataclass(frozen=True, slots=True)
class TroubledSource:
    """A source that fails since a moment, and why; of one that is back, neither is known any more."""

    location: str
    since: datetime | None = None
    reason: str = ""


def source_notice_card(
    failing: Sequence[TroubledSource],
    back: Sequence[TroubledSource],
    mark: str,
    messages: Messages,
    canvas: Canvas,
) -> Card:
    """The sources, a line each, with a button for the status that carries the mark."""
    told = [
        *_told("notice-failing", failing, messages),
        *([markup(messages("notice-failing-hint"), ParagraphStyle.SMALL)] if failing else []),
        *_told("notice-back", back, messages),
    ]
    button = Buttons((Button(messages("button-status"), Press("corpus-status", mark)),))
    parts: list[Part] = [*within(told, canvas.room, canvas), button]
    return Card(Tone.MISSED if failing else Tone.FOUND, tuple(parts))


def _told(key: str, sources: Sequence[TroubledSource], messages: Messages) -> list[Paragraph]:
    if not sources:
        return []
    rest = len(sources) - SOURCES_NAMED
    more = [markup(messages("plan-rest", count=rest), ParagraphStyle.SMALL)] if rest > 0 else []
    return [
        markup(messages(key, count=len(sources)), ParagraphStyle.HEADING),
        *(_line(one, messages) for one in sources[:SOURCES_NAMED]),
        *more,
    ]


def _line(source: TroubledSource, messages: Messages) -> Paragraph:
    parts: list[tuple[Span, ...] | str] = [truncate(place_of(source.location), PLACE_SHOWN)]
    if source.reason:
        parts.append(truncate(for_chat(source.reason), REASON_SHOWN))
    if source.since:
        parts.append((Span(messages.date(source.since), moment=source.since, style="day"),))
    return Paragraph((Span("– "), *joined(parts)))
