"""Asks every question of an evaluation and records the outcomes."""

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from bot.answers.answer import Answer, NoAnswer, Quote, quotes_of
from bot.desk.desk import Desk
from bot.evaluation.evidence import Gold, ServedArticles
from bot.evaluation.judged_questions import JudgedQuestion
from bot.evaluation.outcome import Group, Outcome, find_evidence
from corpus.errors import WrongCall
from retrieval.progress import ProgressCallback


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its outcome and the quotes that were shown."""

    judged: JudgedQuestion
    outcome: Outcome
    quotes: tuple[Quote, ...]


def ask_all(
    desk: Desk,
    questions: Sequence[JudgedQuestion],
    collections: tuple[str, ...],
    limit: int,
    progress: ProgressCallback,
) -> list[Asked]:
    """Ask every question for `limit` passages from its own collections, or from these if it has none.

    A question that can't be asked counts as not answered, and its outcome has the error. Raises WrongCall for
    a collection that is not served.
    """
    for name in collections:
        if name not in desk.collections:
            raise WrongCall(f"there is no collection {name!r}; there are: {', '.join(desk.collections)}")
    library = ServedArticles(desk.collections.values())
    for judged in questions[:1]:
        _ask(desk, judged, collections, limit)  # warm up, so that the first question's time is comparable
    asked = []
    progress("asking", 0, len(questions))
    for done, judged in enumerate(questions, 1):
        result, seconds, error = _ask(desk, judged, collections, limit)
        gold = library.gold(judged.evidence, judged.answer, judged.collections or collections)
        outcome = Outcome(
            id=judged.question.id,
            question=judged.question.text,
            type=judged.type,
            group=_group(judged, gold),
            answered=isinstance(result, Answer),
            confidence=result.confidence if result else 0.0,
            seconds=seconds,
            error=error,
            **asdict(find_evidence(result, gold)),
        )
        asked.append(Asked(judged, outcome, quotes_of(result) if result else ()))
        progress("asking", done, len(questions))
    return asked


def _ask(
    desk: Desk, judged: JudgedQuestion, collections: tuple[str, ...], limit: int
) -> tuple[Answer | NoAnswer | None, float, str]:
    started = time.perf_counter()
    try:
        result = desk.ask(judged.query(collections), limit)
    except WrongCall as error:
        return None, time.perf_counter() - started, str(error)
    return result, time.perf_counter() - started, ""


def _group(judged: JudgedQuestion, gold: Gold) -> Group:
    if not judged.answerable:
        return Group.UNANSWERABLE
    if gold:
        return Group.ANSWERABLE
    return Group.ELSEWHERE if judged.evidence else Group.UNJUDGED
