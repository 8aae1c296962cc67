"""Short messages of the bot: that something was done, or was not."""

from bot.cards.card import Card, Tone, plain, truncate

WORDS = 1500
"""Characters that are said at most: an error that names a long path still fits every platform."""


def notice(words: str, tone: Tone = Tone.NEUTRAL) -> Card:
    """A message of these words, in which nothing is markup."""
    return Card(tone, (plain(truncate(words, WORDS)),))


def failure(words: str) -> Card:
    """The same for what was not done."""
    return notice(words, Tone.BAD)
