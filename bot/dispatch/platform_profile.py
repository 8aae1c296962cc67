"""The properties of a platform that the shared code depends on."""

from dataclasses import dataclass

from bot.cards.card import Canvas


@dataclass(frozen=True, slots=True)
class PlatformProfile:
    """A platform's name, the capacity of its messages, the least seconds between two updates of a progress
    message, whether the bot reads messages that do not mention it, and the prefix of its commands."""

    name: str
    canvas: Canvas
    progress_every: float
    reads_messages: bool
    prefix: str = ""
