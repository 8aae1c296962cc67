"""A message that asks a question, and may be edited after it was answered."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta

from bot.chat.venue import Venue
from corpus.text import one_line

NEW_MENTION = timedelta(days=1)
"""The greatest age of a message that mentions the bot only since it was edited: for messages older than
stored answers, it is not known whether they were answered."""


@dataclass(frozen=True, slots=True)
class QuestionMessage:
    """One state of a message with a question.

    `text` is its text without the mention of the bot. `edited` is the time of its last edit in a form that
    sorts, empty if it was never edited.
    """

    venue: Venue
    message: str
    text: str
    edited: str = ""

    @property
    def event(self) -> str:
        """The id of this state of the message, the same in all processes."""
        return f"{self.venue.channel}/{self.message}/{self.edited}"

    @property
    def words(self) -> str:
        """A hash of its words, ignoring white space."""
        return hashlib.sha256(one_line(self.text).encode(errors="replace")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class AnsweredState:
    """The state of a message that was answered last: its `edited` and `words` as in `QuestionMessage`, and
    the message with the answer, empty if there is none because it was refused."""

    edited: str
    words: str
    answer: str


def place_for(written: QuestionMessage, standing: AnsweredState | None) -> str | None:
    """The message that the answer replaces, empty for a new answer. None if there is nothing to answer: this
    state or a later one was answered, or the words have not changed."""
    if standing is None:
        return ""
    if written.edited <= standing.edited or written.words == standing.words:
        return None
    return standing.answer
