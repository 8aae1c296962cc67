"""The parts of a message: a container with text and rows of buttons, within Discord's limits."""

from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

import discord
from discord import ButtonStyle, ui

from bot.discord.markdown import length
from bot.discord.press import Press

TEXT_LIMIT = 4000
"""What all texts of a message may have together."""
LABEL_LIMIT = 80
ROW = 5
"""Buttons side by side."""
LINK_LIMIT = 512
"""Characters of the address of a link button."""
CHOICES = 25
"""Options of a menu, and of an autocompletion."""
CHOICE_LIMIT = 100
"""Characters of an option."""

FOUND = discord.Colour(0x2F9E77)
MISSED = discord.Colour(0xD9982F)
NEUTRAL = discord.Colour(0x5865F2)
BAD = discord.Colour(0xC9444D)
"""Beside the words, which say the same: nothing is told by a colour alone."""


def view(*items: ui.Item[ui.LayoutView]) -> ui.LayoutView:
    """A message of these parts. It holds no callback: a press is understood by its custom id."""
    made = ui.LayoutView(timeout=None)
    for item in items:
        made.add_item(item)
    made.stop()  # or discord.py would keep it, waiting for presses, for as long as the bot runs
    return made


def card(colour: discord.Colour, *items: ui.Item[ui.LayoutView]) -> ui.LayoutView:
    """A message in a frame of that colour."""
    return view(ui.Container(*items, accent_colour=colour))


def text(content: str) -> ui.TextDisplay[ui.LayoutView]:
    """Markdown; words of others must be escaped before."""
    return ui.TextDisplay(content)


def line() -> ui.Separator[ui.LayoutView]:
    """A thin line between two texts."""
    return ui.Separator()


def button(
    label: str, press: Press, style: ButtonStyle = ButtonStyle.secondary, emoji: str | None = None
) -> ui.Button[ui.LayoutView]:
    """A button that does something."""
    return ui.Button(
        label=fitting(label, LABEL_LIMIT) or None, custom_id=str(press), style=style, emoji=emoji
    )


def link_button(label: str, url: str) -> ui.Button[ui.LayoutView]:
    """A button that opens an address of at most LINK_LIMIT characters."""
    return ui.Button(label=fitting(label, LABEL_LIMIT), url=url)


def rows(buttons: Sequence[ui.Button[ui.LayoutView]]) -> Iterable[ui.ActionRow[ui.LayoutView]]:
    """The buttons in as few rows as they need."""
    for start in range(0, len(buttons), ROW):
        yield ui.ActionRow(*buttons[start : start + ROW])


def fitting(words: str, limit: int) -> str:
    """Plain words, cut with an ellipsis where they are longer than the limit."""
    words = " ".join(words.split())
    if length(words) <= limit:
        return words
    while length(words) > limit - 1:
        words = words[:-1]
    return words.rstrip() + "…"


def usable(link: str, url: str | None) -> str | None:
    """The link to the quote, or where it is too long for a button the article's address, or nothing."""
    for address in (link, url):
        if address and len(address) <= LINK_LIMIT and urlsplit(address).scheme in ("http", "https"):
            return address
    return None


def host(address: str) -> str:
    """Where an address leads, as a person reads it."""
    return (urlsplit(address).hostname or "").removeprefix("www.")
