"""A standing question: what newly answers it is posted where it was set."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

import msgspec

from bot.chat.answer_record import new_id
from bot.chat.posting_pace import PostingPace
from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Person, Venue


class StandingKind(StrEnum):
    """What is waited for."""

    QUESTION = "question"
    """Articles that answer it newly."""
    SOURCE = "source"
    """Everything new by a source."""
    STORY = "story"
    """As a question, and nothing of what its answer had when it was followed."""


class Pause(StrEnum):
    """Why a standing question rests."""

    ASKED = "asked"
    """Somebody paused it."""
    CLOSED = "closed"
    """The platform does not let the bot write there any more."""
    LEFT = "left"
    """Who set it is not in the community any more."""


@dataclass(frozen=True, slots=True)
class StandingQuestion:
    """What a person waits for in a venue, with the rights of who asks there.

    `text` is the question, empty where everything by `source` is waited for; with both, the question is asked
    of that source alone. `collection` narrows it where it is not empty. With `private` it is posted to the
    person directly. Of the person no more is kept than what a question needs: no name, no rights.
    """

    id: str
    venue: Venue
    person: Person
    kind: StandingKind
    text: str
    created: datetime
    source: str = ""
    collection: str = ""
    private: bool = False
    pace: PostingPace = field(default_factory=PostingPace)
    paused: Pause | None = None

    @property
    def name(self) -> str:
        """What it is called where it is listed: the question, or the source."""
        return self.text or self.source

    @property
    def asking(self) -> QuestionRequest:
        """The question as its person would ask it there."""
        return QuestionRequest(
            self.venue,
            self.person,
            self.text,
            sources=(self.source,) if self.source else (),
            collections=(self.collection,) if self.collection else (),
            private=self.private,
        )

    @property
    def directly(self) -> bool:
        """Whether one person alone gets it, in direct messages."""
        return self.private or self.venue.alone


@dataclass(frozen=True, slots=True)
class Found:
    """An article that newly answers a standing question: its collection, id and version, when it was found,
    and `body`, the record of the answer that it stood in (`bot.chat.answer_record`), empty for a source."""

    collection: str
    article_id: str
    version: str
    at: datetime
    body: str = ""


@dataclass(frozen=True, slots=True)
class Posting:
    """A message for a standing question that was begun: `id` is the mark by which it is found again on the
    platform, `found` what it is about."""

    id: str
    standing: str
    at: datetime
    found: tuple[Found, ...]


def make_standing(
    venue: Venue,
    person: Person,
    kind: StandingKind,
    text: str,
    created: datetime,
    **more: object,
) -> StandingQuestion:
    """A new one, under an id of its own; `more` are the other fields."""
    kept = Person(person.id, "", person.locale, zone=person.zone)
    return replace(StandingQuestion(new_id(), venue, kept, kind, text, created), **more)  # type: ignore[arg-type]


def encode(standing: StandingQuestion) -> str:
    """As it is kept."""
    return msgspec.json.encode(standing).decode()


def decode(body: str) -> StandingQuestion:
    """Out of what `encode` made. Raises msgspec.MsgspecError where it is damaged."""
    return msgspec.json.decode(body, type=StandingQuestion)
