"""Cards as each platform is sent them."""

from collections.abc import Collection
from types import ModuleType
from typing import Any

import pytest

from bot.cards.card import Attached, Canvas, Card
from bot.discord.drawing import render as discord_render
from bot.slack.drawing import render as slack_render
from corpus.article import Article
from tests.bot.discord import reader as discord_reader
from tests.bot.slack import reader as slack_reader

CANVASES: dict[str, Canvas] = {"discord": discord_render.CANVAS, "slack": slack_render.CANVAS}
READERS: dict[str, ModuleType] = {"discord": discord_reader, "slack": slack_reader}
"""What a person reads on each platform, by functions of the same names."""
on_each_platform = pytest.mark.parametrize("platform", CANVASES)


def sent(platform: str, card: Card) -> Any:
    """What is sent of a card: the components of a message of Discord's, a message of Slack's."""
    if platform == "slack":
        return {"text": slack_render.summary(card), "blocks": slack_render.blocks(card)}
    return discord_reader.components_of(discord_render.draw(card)[0])


def sound(platform: str, card: Card, found: Collection[Article] = (), *, ours: bool = False) -> list[Any]:
    """Fail where a card is drawn as more than it should be; what is seen of it. `ours` is whether dates and
    code of the bot's own stand in it."""
    if platform == "slack":
        return slack_reader.check_sound(sent(platform, card), found, ours=ours)
    files = [part.name for part in card.parts if isinstance(part, Attached)]
    return list(discord_reader.check_sound(sent(platform, card), found, files=files, code=ours))
