"""Checks whether the quotes of a stored answer are still in their articles."""

from dataclasses import dataclass

from bot.answers.rechecking import QuoteCheck
from bot.chat.answer_record import AnswerRecord, QuoteRef
from bot.chat.venue import Venue
from bot.desk.rechecker import Rechecker
from bot.runtime.worker import Worker
from bot.service.stored_answers import StoredAnswers


@dataclass(frozen=True, slots=True)
class CheckedAnswer:
    """The result for each quote of an answer, in order; `first` is the number of the first quote."""

    checks: tuple[QuoteCheck, ...]
    first: int


class Rechecks:
    """Checks stored answers."""

    def __init__(self, rechecker: Rechecker, stored_answers: StoredAnswers, reader: Worker) -> None:
        """Articles and their old versions are read in `reader`."""
        self._rechecker = rechecker
        self._stored_answers = stored_answers
        self._reader = reader

    async def check(self, answer_id: str, venue: Venue) -> CheckedAnswer:
        """The results for the quotes of an answer. Raises Refusal as `StoredAnswers.open` does."""
        record = (await self._stored_answers.open(answer_id, venue)).record
        checks = await self._reader.run(self._check_all, record, tenant=venue.tenant)
        return CheckedAnswer(checks, record.first)

    def _check_all(self, record: AnswerRecord) -> tuple[QuoteCheck, ...]:
        return tuple(map(self._check, record.kept))

    def _check(self, kept: QuoteRef) -> QuoteCheck:
        was = self._rechecker.version(kept.collection, kept.article_id, kept.version)
        words = was.text[slice(*(kept.shown or (kept.start, kept.end)))] if was else ""
        title, source = (was.title, was.source) if was else (kept.article_id, "")
        return self._rechecker.check(kept.collection, kept.article_id, kept.version, words, title, source)
