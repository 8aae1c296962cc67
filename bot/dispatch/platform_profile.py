"""The properties of a platform that the shared code depends on."""

from dataclasses import dataclass

from bot.cards.card import Canvas


@dataclass(frozen=True, slots=True)
class PlatformProfile:
    """A platform's name, what its messages hold, how many seconds stand between two updates of one that shows
    progress, whether the bot reads messages that do not name it, and what stands before the names of its
    commands."""

    name: str
    canvas: Canvas
    progress_every: float
    reads_messages: bool
    prefix: str = ""
