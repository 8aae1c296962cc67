"""A standing question: a saved search whose new results are posted where it was set."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum

import msgspec

from bot.chat.answer_record import new_id
from bot.chat.posting_pace import PostingPace
from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Caller, Person, Venue


class StandingKind(StrEnum):
    """What a standing question waits for."""

    QUESTION = "question"
    """New articles that answer it."""
    SOURCE = "source"
    """Every new article of a source."""
    STORY = "story"
    """As a question, without the articles that its answer had when it was followed."""


class Pause(StrEnum):
    """Why a standing question is paused."""

    ASKED = "asked"
    """Somebody paused it."""
    CLOSED = "closed"
    """The bot may not write there any more."""
    LEFT = "left"
    """The person who set it has left the community."""


@dataclass(frozen=True, slots=True)
class StandingQuestion:
    """What a person waits for in a venue, with the rights of that venue.

    `text` is the question, empty if all of `source` is followed; with both, only that source is searched. A
    non-empty `collection` restricts the search. If `private`, results are sent to the person as direct
    messages. Only the data of the person that a question needs is stored: no name, no rights.
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
        """Its name in lists: the question, or the source."""
        return self.text or self.source

    @property
    def asking(self) -> QuestionRequest:
        """The question as a request of its person."""
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
        """Whether its results are sent to one person in direct messages."""
        return self.private or self.venue.alone


@dataclass(frozen=True, slots=True)
class Found:
    """A new article for a standing question: its collection, id and version, when it was found, and `body`,
    the record of the answer that contains it (`bot.chat.answer_record`), empty for a followed source."""

    collection: str
    article_id: str
    version: str
    at: datetime
    body: str = ""


@dataclass(frozen=True, slots=True)
class Posting:
    """A posting of a standing question: `id` is the mark by which its message can be found, and `found` its
    articles."""

    id: str
    standing: str
    at: datetime
    found: tuple[Found, ...]


def make_standing(
    caller: Caller,
    kind: StandingKind,
    text: str,
    created: datetime,
    **more: object,
) -> StandingQuestion:
    """A new standing question with a new id; `more` are the other fields."""
    standing = StandingQuestion(new_id(), caller.venue, kept_person(caller.person), kind, text, created)
    return replace(standing, **more)  # type: ignore[arg-type]


def kept_person(person: Person) -> Person:
    """What is stored of a person: not the name and rights, which the platform tells when they are needed."""
    return Person(person.id, "", person.locale, zone=person.zone)


def encode(standing: StandingQuestion) -> str:
    """Serialise a standing question."""
    return msgspec.json.encode(standing).decode()


def decode(body: str) -> StandingQuestion:
    """Parse a serialised standing question. Raises msgspec.MsgspecError if it is malformed."""
    return msgspec.json.decode(body, type=StandingQuestion)
