"""An answer as it is shown and stored."""

from dataclasses import dataclass

from bot.answers.answer import Answer, NoAnswer, Quote, quotes_of
from bot.chat.answer_record import AnswerRecord


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
