"""A question as a person asked it, and the answer as it is shown and stored."""

from dataclasses import dataclass

from bot.answers.answer import Answer, NoAnswer, Quote, quotes_of
from bot.chat.answer_record import AnswerRecord
from bot.chat.venue import Person, Venue


@dataclass(frozen=True, slots=True)
class QuestionRequest:
    """A question as it came from a person.

    `since` and `until` are periods as people type them. `private` is None if the person did not say.
    `message` is the message that asks, by an id that is unique in its community, where there is one;
    `replied` is the message that it replies to. `checked` is true where `text` is somebody's message that is
    to be looked up. `addressed` is false where the question was not put to the bot, which then speaks only
    where it is sure.
    """

    venue: Venue
    person: Person
    text: str
    since: str = ""
    until: str = ""
    sources: tuple[str, ...] = ()
    collections: tuple[str, ...] = ()
    private: bool | None = None
    message: str = ""
    replied: str | None = None
    checked: bool = False
    addressed: bool = True

    def __post_init__(self) -> None:
        """Put question marks in the place of half characters, which can be neither kept nor sent."""
        for name in ("text", "since", "until"):
            object.__setattr__(self, name, _whole(getattr(self, name)))
        for name in ("sources", "collections"):
            object.__setattr__(self, name, tuple(map(_whole, getattr(self, name))))


def _whole(text: str) -> str:
    return text.encode(errors="replace").decode()


@dataclass(frozen=True, slots=True)
class DeliveredAnswer:
    """An answer to be shown, with what is kept of it.

    `gone` counts the quotes that it had and that are not shown any more, because their article was changed
    or withdrawn. `kept` is false where it could not be kept, so that nothing can be done with it later.
    `opened` is the place of the quote whose whole passage is shown, from 1, and 0 if none is;
    `all_buttons` is whether every button is shown, `again` whether it is an earlier answer that is shown once
    more, to who asked for it in other words than its articles'.
    """

    record: AnswerRecord
    result: Answer | NoAnswer
    gone: int = 0
    kept: bool = True
    opened: int = 0
    all_buttons: bool = False
    again: bool = False

    @property
    def quotes(self) -> tuple[Quote, ...]:
        """The quotes to be shown, each looked at once more: it is what its article has there."""
        return tuple(quote for quote in quotes_of(self.result) if quote.verbatim)
