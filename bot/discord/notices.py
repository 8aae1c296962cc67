"""Short words of the bot's own: that something was not done, or was."""

import discord
from discord import ui

from bot.discord.layout import BAD, NEUTRAL, TEXT_LIMIT, card, fitting, text
from bot.discord.markdown import escaped


def notice(words: str, colour: discord.Colour = NEUTRAL) -> ui.LayoutView:
    """A message of these words, in which nothing is markdown."""
    return card(colour, text(escaped(fitting(words, TEXT_LIMIT // 2))))


def failure(words: str) -> ui.LayoutView:
    """The same for what was not done."""
    return notice(words, BAD)
