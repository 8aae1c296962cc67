"""A question as a person asked it, and the answer as it is shown and stored."""

from dataclasses import dataclass

from bot.answers.answer import Answer, NoAnswer, Quote, quotes_of
from bot.chat.answer_record import AnswerRecord
from bot.chat.venue import Person, Venue


@dataclass(frozen=True, slots=True)
class QuestionRequest:
    """A question of a person.

    `since` and `until` are periods as people type them. `private` is None if the person did not choose.
    `message` is the id of the message with the question, unique in its community, if there is one; `replied`
    is the message that it replies to. `checked` is whether `text` is another person's message that is to be
    looked up. `addressed` is false if the question was not addressed to the bot, which then answers only if
    it is sure.
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
        """Replace lone surrogates, which can't be stored or sent, by question marks."""
        for name in ("text", "since", "until"):
            object.__setattr__(self, name, _whole(getattr(self, name)))
        for name in ("sources", "collections"):
            object.__setattr__(self, name, tuple(map(_whole, getattr(self, name))))


def _whole(text: str) -> str:
    return text.encode(errors="replace").decode()


@dataclass(frozen=True, slots=True)
class DeliveredAnswer:
    """An answer to be shown, with its stored record.

    `gone` counts its quotes that are not shown any more, because their article was changed or withdrawn.
    `kept` is false if it could not be stored, so that it has no buttons. `opened` is the number of the quote
    whose whole passage is shown, from 1, and 0 if none is. `all_buttons` is whether every button is shown,
    and `again` whether an earlier answer is shown once more, to a person who asked to have it in other words.
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
        """The quotes to be shown, each compared with its article once more."""
        return tuple(quote for quote in quotes_of(self.result) if quote.verbatim)
