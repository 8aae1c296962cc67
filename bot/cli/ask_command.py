"""The command that answers a question, or a file of questions. As in `bot.cli.main`, it imports what it needs
when it is called."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.composition import Parts
from bot.cli.options import as_asked_option, json_option
from corpus.errors import WrongCall
from retrieval.ranking.diversity import PAGE

if TYPE_CHECKING:
    from bot.answers.answer_json import Row
    from bot.desk.desk import Desk
    from retrieval.question.query import Query
    from retrieval.question.remarks.remark import Remark

LIMIT = 100
"""The most passages of one answer, which limits the cost of a question."""


@dataclass(frozen=True, slots=True)
class AskOptions:
    """The options of `newsdesk ask`, as click parses them."""

    sources: tuple[str, ...]
    since: str | None
    until: str | None
    asked_at: str | None
    collections: tuple[str, ...]
    limit: int
    per_article: int | None
    all_reports: bool
    as_asked: bool
    as_json: bool


@click.command()
@click.argument("question", required=False)
@click.option("--source", "sources", multiple=True, metavar="S", help="Only this outlet; repeatable.")
@click.option("--since", metavar="D", help="Published on or after: 2026, 2026-01 or 2026-01-14.")
@click.option("--until", metavar="D", help="Published on or before.")
@click.option("--asked-at", metavar="D", help="When it is asked, if not now.")
@click.option("--collection", "collections", multiple=True, metavar="C", help="Only this collection.")
@click.option(
    "--limit", type=click.IntRange(1, LIMIT), default=PAGE, show_default=True, help="Maximum of passages."
)
@click.option(
    "--per-article",
    type=click.IntRange(1, LIMIT),
    help="Maximum of one article among each three passages.  [default: two, a third if twice as likely]",
)
@click.option(
    "--questions",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Ask every row of a JSON Lines file; prints one JSON line for each.",
)
@click.option("--all-reports", is_flag=True, help="For what is new, list every report of an event.")
@as_asked_option
@json_option
@click.pass_obj
def ask(parts: Parts, /, question: str | None, questions: Path | None, **options: Any) -> None:
    """Answer QUESTION with quotes from the corpus."""
    parts.expect_questions()
    if (question is None) == (questions is None):
        raise WrongCall("give one question, or a file of them with --questions")
    asker = _Asker(parts, AskOptions(**options))
    if question is not None:
        asker.ask(question)
    elif questions is not None:
        asker.ask_all(questions)


class _Asker:
    """Asks questions with the same options, and prints the answers."""

    def __init__(self, parts: Parts, options: AskOptions) -> None:
        """Raises WrongCall for dates that can't be read or are in the wrong order."""
        from bot.answers.question_file import asked_moment
        from corpus.dates import parse_period

        self._parts, self._options = parts, options
        self._since = _dated("--since", options.since, lambda text: parse_period(text)[0])
        self._until = _dated("--until", options.until, lambda text: parse_period(text)[1])
        self._asked_at = _dated("--asked-at", options.asked_at, asked_moment)
        if self._since and self._until and self._since >= self._until:
            raise WrongCall(f"--since {options.since} lies after --until {options.until}: swap them")

    def ask(self, question: str) -> None:
        """Print the answer to a question."""
        from bot.cli.printing.answer_printer import print_answer
        from bot.cli.printing.lookup_printer import look_up, print_looked_up

        terminal, remark = self._parts.terminal, self._remark(question)
        if not remark:
            self._query(question, None, ())  # raises WrongCall before the model is loaded
        desk = self._parts.desk()
        if self._options.as_json:
            terminal.json(self._row(desk, question))
            return
        if remark:
            terminal.say(self._reply(remark, question, desk))
            return
        query = self._query(question, None, tuple(desk.collections))
        if looked_up := look_up(desk, query):
            print_looked_up(terminal, desk, looked_up, each=self._options.all_reports)
        else:
            print_answer(
                terminal, desk.ask(query, self._options.limit, per_article=self._options.per_article)
            )

    def ask_all(self, path: Path) -> None:
        """Print a line of JSON for each question of a file."""
        from bot.answers.answer_json import failed_row
        from bot.answers.question_file import read_questions

        questions = list(read_questions(path))
        desk = self._parts.desk()
        for one in questions:
            try:
                self._parts.terminal.json(self._row(desk, one.text, one.asked_at, one.id))
            except WrongCall as error:
                self._parts.terminal.json(failed_row(one.text, one.id, str(error)))

    def _row(
        self, desk: Desk, question: str, asked_at: datetime | None = None, question_id: str | None = None
    ) -> Row:
        from bot.answers.answer_json import answer_row, reply_row
        from bot.cli.printing.lookup_printer import look_up, looked_up_row

        if remark := self._remark(question):
            return reply_row(question, self._reply(remark, question, desk), question_id)
        query = self._query(question, asked_at, tuple(desk.collections))
        if looked_up := look_up(desk, query):
            return looked_up_row(desk, looked_up, self._options.limit, question_id)
        result = desk.ask(query, self._options.limit, per_article=self._options.per_article)
        return answer_row(result, question_id)

    def _query(self, question: str, asked_at: datetime | None, served: tuple[str, ...]) -> Query:
        from bot.cli.printing.terminal import day_first_here
        from retrieval.question.query import make_query

        return make_query(
            question,
            self._options.collections or self._parts.settings.collections or served,
            asked_at=asked_at or self._asked_at,
            since=self._since,
            until=self._until,
            sources=frozenset(self._options.sources),
            as_asked=self._options.as_asked,
            day_first=day_first_here(),
        )

    def _remark(self, text: str) -> Remark | None:
        """What a text is if it is not a question; filters are only given with questions."""
        from retrieval.question.remarks.remark import remark_of

        options = self._options
        filtered = options.as_asked or options.sources or options.since or options.until
        return None if filtered else remark_of(text)

    def _reply(self, remark: Remark, text: str, desk: Desk) -> str:
        from bot.cli.printing.remark_reply import reply_to  # only a remark needs the conversation's imports

        return reply_to(remark, text, desk, self._options.collections or self._parts.settings.collections)


def _dated(option: str, text: str | None, read: Callable[[str], datetime]) -> datetime | None:
    try:
        return None if text is None else read(text)
    except ValueError as error:
        raise WrongCall(f"{option}: {error}") from error
