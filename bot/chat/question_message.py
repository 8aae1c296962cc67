"""A message that asks a question, and may be edited after it was answered."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from bot.chat.venue import Venue
from corpus.text import one_line

NEW_MENTION = timedelta(days=1)
"""How old a message may be that names the bot only since it was edited: of what is older than the answers
that are kept, nobody would know whether it was answered."""


@dataclass(frozen=True, slots=True)
class QuestionMessage:
    """One state of a message that asks something.

    `text` is its words, without what names the bot. `edited` is when it was last edited, written so that
    later sorts after earlier, and empty if it never was.
    """

    venue: Venue
    message: str
    text: str
    edited: str = ""

    @property
    def event(self) -> str:
        """What tells this state from others, and from those of other messages; not who told of it."""
        return f"{self.venue.channel}/{self.message}/{self.edited}"

    @property
    def words(self) -> str:
        """What tells its words from others, without them: white space does not count."""
        return hashlib.sha256(one_line(self.text).encode(errors="replace")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class AnsweredState:
    """The state of a message that was answered last: when it was edited and its words, as in
    `QuestionMessage`, and the message in which the answer stands, empty if none does: it was refused."""

    edited: str
    words: str
    answer: str


def place_for(written: QuestionMessage, standing: AnsweredState | None) -> str | None:
    """The message whose place the answer takes, empty for a new one. None if there is nothing to answer:
    this state, or a later one, was answered, or the words are the same as they were."""
    if standing is None:
        return ""
    if written.edited <= standing.edited or written.words == standing.words:
        return None
    return standing.answer
