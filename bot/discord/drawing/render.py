"""Renders a card as a Discord message: Components V2, within all their limits."""

import io
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import discord
from discord import ButtonStyle, SelectOption, ui

from bot.cards.card import (
    Attached,
    Button,
    Buttons,
    Card,
    Divider,
    Emphasis,
    Menu,
    Paragraph,
    ParagraphStyle,
    Part,
    Span,
    Tone,
    truncate,
)
from bot.discord.drawing import markup
from bot.discord.drawing.markup import TimeStyle, length

BYTE = 0.4
"""The units of room that a byte of UTF-8 takes, with 10,000 bytes as 4,000 units."""
LABEL = 80
"""The most characters of a button's label."""
ROW = 5
"""The most buttons in a row."""

COLOURS = {Tone.FOUND: 0x2F9E77, Tone.MISSED: 0xD9982F, Tone.NEUTRAL: 0x5865F2, Tone.BAD: 0xC9444D}
STYLES = {
    Emphasis.PLAIN: ButtonStyle.secondary,
    Emphasis.PRIMARY: ButtonStyle.primary,
    Emphasis.GOOD: ButtonStyle.success,
    Emphasis.DANGER: ButtonStyle.danger,
}
TIMES: dict[str, TimeStyle] = {"day": "D", "age": "R", "minute": "f"}

Item = ui.Item[ui.LayoutView]


@dataclass(frozen=True, slots=True)
class DiscordCanvas:
    """The capacity of a Discord message; see `bot.cards.card.Canvas`."""

    room: int = 4000
    """UTF-16 units of all texts together. Beyond about 10,170 bytes of UTF-8, Discord fails too
    (discord-api-docs issue 8554), which Korean and Japanese reach first, so a byte counts as BYTE units."""
    link: int = 512
    """The most characters of a link button's address."""

    def size(self, paragraph: Paragraph) -> int:
        """The units of room that a paragraph takes, with the line end that may follow."""
        words = drawn(paragraph)
        return max(length(words), math.ceil(BYTE * len(words.encode("utf-8", "surrogatepass")))) + 1


CANVAS = DiscordCanvas()


def draw(card: Card) -> tuple[ui.LayoutView, list[discord.File]]:
    """The card as a view and its files.

    The view has no callbacks: a press is identified by its custom id, whenever it comes.
    """
    view = ui.LayoutView(timeout=None)
    view.add_item(ui.Container(*_items(card.parts), accent_colour=COLOURS[card.tone]))
    view.stop()  # otherwise discord.py would keep it in memory, waiting for presses
    files = [
        discord.File(io.BytesIO(part.content.encode()), part.name)
        for part in card.parts
        if isinstance(part, Attached)
    ]
    return view, files


def _items(parts: Sequence[Part]) -> Iterator[Item]:
    for kind, group in groupby(parts, type):
        if kind is Paragraph:
            # Joined in one text, since a message may have 40 components in all.
            yield ui.TextDisplay("\n".join(drawn(part) for part in group if isinstance(part, Paragraph)))
            continue
        for part in group:
            yield from _item(part)


def _item(part: Part) -> Iterator[Item]:
    match part:
        case Divider():
            yield ui.Separator()
        case Buttons(buttons):
            for start in range(0, len(buttons), ROW):
                yield ui.ActionRow(*(_button(one) for one in buttons[start : start + ROW]))
        case Menu():
            yield ui.TextDisplay(f"**{markup.escaped(part.label)}**")
            yield ui.ActionRow(_menu(part))
        case Attached(name):
            yield ui.File(f"attachment://{name}")


def _button(button: Button) -> ui.Button[ui.LayoutView]:
    label = truncate(button.label, LABEL) or None
    if button.url:
        return ui.Button(label=label, url=button.url)
    return ui.Button(
        label=label, custom_id=str(button.press), style=STYLES[button.emphasis], emoji=button.emoji or None
    )


def _menu(menu: Menu) -> ui.Select[ui.LayoutView] | ui.RoleSelect[ui.LayoutView]:
    several = menu.most > 1 or menu.administrators
    if menu.administrators:
        roles = [discord.Object(int(role), type=discord.Role) for role in menu.chosen if role.isdecimal()]
        return ui.RoleSelect(
            custom_id=str(menu.press), min_values=0, max_values=menu.most, default_values=roles
        )
    return ui.Select(
        custom_id=str(menu.press),
        min_values=0 if several else 1,
        max_values=menu.most,
        options=[
            SelectOption(label=label, value=value, default=value in menu.chosen)
            for value, label in menu.options
        ],
    )


def drawn(paragraph: Paragraph) -> str:
    """The paragraph in Discord's markdown."""
    if paragraph.shape is ParagraphStyle.QUOTE:
        return markup.quoted([(span.text, span.bold) for span in paragraph.spans])
    words = "".join(_run(bold, run) for bold, run in groupby(paragraph.spans, lambda span: span.bold))
    return {ParagraphStyle.TEXT: "", ParagraphStyle.HEADING: "### ", ParagraphStyle.SMALL: "-# "}.get(
        paragraph.shape, ""
    ) + words


def _run(bold: bool, spans: Iterable[Span]) -> str:
    """Spans that are all bold or all not, joined, because adjacent bold texts would show their asterisks."""
    words = "".join(_span(span) for span in spans)
    return f"**{words}**" if bold and words.strip() else words


def _span(span: Span) -> str:
    if span.moment:
        return markup.timestamp(span.moment, TIMES[span.style])
    if span.link:
        return markup.link(span.text, span.link)
    if span.code:
        return markup.code(span.text)
    return markup.escaped(span.text)
