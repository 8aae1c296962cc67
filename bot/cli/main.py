"""The commands for asking questions. Each parses its options, asks the desk and prints the result.

Each command imports what it needs when it is called, so that `--help` is fast.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from bot.cli.chat_commands import audit, bind, bindings, unbind
from bot.cli.composition import LoadModel, Parts
from bot.cli.corpus_commands import collection_option, corpus
from bot.cli.evaluation_commands import eval_, votes
from bot.cli.health_command import health
from bot.cli.move_command import move
from bot.cli.options import json_option
from bot.cli.watch_commands import watch
from corpus.errors import NewsdeskError, WrongCall
from retrieval.ranking.diversity import PAGE

if TYPE_CHECKING:
    from bot.desk.desk import Desk
    from retrieval.question.query import Query
    from retrieval.question.remarks.remark import Remark

LIMIT = 100
"""The most passages of one answer, which limits the cost of a question."""

_as_asked = click.option(
    "--as-asked", is_flag=True, help="Do not take dates, sources or authors from the question's words."
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="newsdesk", message="%(prog)s %(version)s")
@click.option(
    "--home", type=click.Path(path_type=Path), help="The folder with all state.  [default: .newsdesk]"
)
@click.pass_context
def cli(context: click.Context, home: Path | None) -> None:
    """Answer questions about the news with the exact words of the articles, each quote cited."""
    from bot.settings import read_settings

    load: LoadModel = context.obj
    settings = read_settings()
    context.obj = Parts(replace(settings, home=home) if home else settings, load)


cli.add_command(corpus)
for _command in (move, watch, bind, unbind, bindings, audit, eval_, votes, health):
    cli.add_command(_command)


@cli.command()
@click.argument("question", required=False)
@click.option("--source", "sources", multiple=True, metavar="S", help="Only this source; repeatable.")
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
@_as_asked
@json_option
@click.pass_obj
def ask(
    parts: Parts,
    question: str | None,
    sources: tuple[str, ...],
    since: str | None,
    until: str | None,
    asked_at: str | None,
    collections: tuple[str, ...],
    limit: int,
    per_article: int | None,
    questions: Path | None,
    *,
    all_reports: bool,
    as_asked: bool,
    as_json: bool,
) -> None:
    """Answer QUESTION with quotes from the corpus."""
    parts.expect_questions()
    from bot.answers.answer_json import answer_row, failed_row, reply_row
    from bot.answers.question_file import asked_moment, read_questions
    from bot.cli.printing.answer_printer import print_answer
    from bot.cli.printing.lookup_printer import look_up, looked_up_row, print_looked_up
    from bot.cli.printing.terminal import day_first_here
    from corpus.dates import parse_period
    from retrieval.question.query import make_query
    from retrieval.question.remarks.remark import remark_of

    if (question is None) == (questions is None):
        raise WrongCall("give one question, or a file of them with --questions")
    start = _dated("--since", since, lambda text: parse_period(text)[0])
    end = _dated("--until", until, lambda text: parse_period(text)[1])
    moment = _dated("--asked-at", asked_at, asked_moment)
    if start and end and start >= end:
        raise WrongCall(f"--since {since} lies after --until {until}: swap them")

    def query(text: str, when: datetime | None, served: tuple[str, ...]) -> Query:
        return make_query(
            text,
            collections or parts.settings.collections or served,
            asked_at=when or moment,
            since=start,
            until=end,
            sources=frozenset(sources),
            as_asked=as_asked,
            day_first=day_first_here(),
        )

    def remark(text: str) -> Remark | None:
        return None if as_asked or sources or since or until else remark_of(text)

    def reply(said: Remark, text: str, desk: Desk) -> str:
        from bot.cli.conversation import reply_to  # only a remark needs the conversation's imports

        return reply_to(said, text, desk, collections or parts.settings.collections)

    if question is not None:
        said = remark(question)
        if not said:
            query(question, None, ())  # raises WrongCall before the model is loaded
        desk = parts.desk()
        if said and as_json:
            parts.terminal.json(reply_row(question, reply(said, question, desk)))
            return
        if said:
            parts.terminal.say(reply(said, question, desk))
            return
        asked = query(question, None, tuple(desk.collections))
        if looked_up := look_up(desk, asked):
            if as_json:
                parts.terminal.json(looked_up_row(desk, looked_up, limit))
            else:
                print_looked_up(parts.terminal, desk, looked_up, each=all_reports)
            return
        result = desk.ask(asked, limit, per_article=per_article)
        if as_json:
            parts.terminal.json(answer_row(result))
        else:
            print_answer(parts.terminal, result)
        return
    rows = list(read_questions(questions)) if questions else []
    desk = parts.desk()
    for row in rows:
        try:
            if said := remark(row.text):
                parts.terminal.json(reply_row(row.text, reply(said, row.text, desk), row.id))
                continue
            asked = query(row.text, row.asked_at, tuple(desk.collections))
            if looked_up := look_up(desk, asked):
                parts.terminal.json(looked_up_row(desk, looked_up, limit, row.id))
                continue
            parts.terminal.json(answer_row(desk.ask(asked, limit, per_article=per_article), row.id))
        except WrongCall as error:
            parts.terminal.json(failed_row(row.text, row.id, str(error)))


@cli.command()
@_as_asked
@click.pass_obj
def chat(parts: Parts, *, as_asked: bool) -> None:
    """Ask and follow up in a conversation."""
    parts.expect_questions()
    from bot.cli.conversation import chat_with

    chat_with(parts.desk(), parts.settings.collections, parts.terminal, sys.stdin, as_asked=as_asked)


@cli.command()
@click.pass_obj
def run(parts: Parts) -> None:
    """Start the bots; without a bot's tokens, answer in the terminal."""
    from bot.cli.serve import run_bots

    run_bots(parts, sys.stdin)


@cli.command()
@click.argument("answers", type=click.File(encoding="utf-8", errors="replace"))
@json_option
@click.pass_obj
def check(parts: Parts, answers: TextIO, *, as_json: bool) -> int:
    """Check whether quotes of earlier answers are still in their articles.

    ANSWERS is a file of lines of `newsdesk ask --json`, or - for standard input. Exits with 1 if any quote
    was changed or withdrawn.
    """
    from bot.answers.rechecking import QuoteStatus
    from bot.cli.printing.recheck_printer import print_recheck, recheck_lines, recheck_row
    from bot.desk.rechecker import Rechecker

    stands = True
    for article_id, found in recheck_lines(
        Rechecker(parts.home, parts.desk()), answers, getattr(answers, "name", "-")
    ):
        stands = stands and found.status not in (QuoteStatus.CHANGED, QuoteStatus.WITHDRAWN)
        if as_json:
            parts.terminal.json(recheck_row(article_id, found))
        else:
            print_recheck(parts.terminal, found)
    return 0 if stands else 1


@cli.command()
@click.argument("article_id")
@collection_option
@click.option("--page", type=click.Path(path_type=Path), help="Write it as an HTML page instead.")
@click.pass_obj
def article(parts: Parts, article_id: str, collection: str, page: Path | None) -> None:
    """Show a whole article."""
    from bot.cli.printing.answer_printer import print_article
    from bot.corpus_admin.article_pages import article_page

    standing = parts.home.current_articles(collection)
    found = next((one for one in standing if one.id == article_id), None)
    if found is None:
        raise WrongCall(f"there is no article {article_id!r} in collection {collection}")
    if page is None:
        print_article(parts.terminal, found)
        return
    try:
        page.write_text(article_page(found), encoding="utf-8")
    except OSError as error:
        raise NewsdeskError(f"{page} can't be written ({error.strerror}): name another file") from error
    parts.terminal.say(f"{page}")


@cli.command()
@click.argument("platform", required=False, type=click.Choice(["discord", "slack"]))
@json_option
@click.pass_obj
def doctor(parts: Parts, platform: str | None, *, as_json: bool) -> int:
    """Check the setup: what is missing, and what to do about it.

    With PLATFORM, ask the platform about the bot there. Exits with 1 if it can't answer.
    """
    from bot.cli.diagnosis import diagnose, print_findings

    with parts.terminal.doing("looking"):
        findings = diagnose(parts, platform)
    if as_json:
        parts.terminal.json([finding.to_row() for finding in findings])
    else:
        print_findings(parts.terminal, findings)
    return 0 if all(finding.sound for finding in findings) else 1


@cli.command()
@click.option(
    "--http", "address", metavar="URL", help="The address for Slack's requests: https://…/slack/events."
)
@click.option("--assistant", is_flag=True, help="For an app that has Slack's older assistant experience.")
@click.option(
    "--oauth", metavar="URL", help="Where any workspace installs the app: https://…, without a path."
)
@click.pass_obj
def manifest(parts: Parts, address: str | None, oauth: str | None, *, assistant: bool) -> None:
    """Print the manifest of the Slack app, to paste at api.slack.com/apps.

    Without an address, everything comes through Socket Mode. NEWSDESK_SLACK_COMMANDS is the prefix of the
    commands.
    """
    from bot.slack.app_manifest import manifest_text

    for option, given in (("--http", address), ("--oauth", oauth)):
        if given and not given.startswith("https://"):
            raise WrongCall(f"{option}: {given!r} does not begin with https://: Slack sends nowhere else")
    prefix, http = parts.settings.slack_commands, address or ""
    text = manifest_text(prefix=prefix, address=http, assistant=assistant, oauth=oauth or "")
    click.echo(text, nl=False)


def _dated(option: str, text: str | None, read: Callable[[str], datetime]) -> datetime | None:
    try:
        return None if text is None else read(text)
    except ValueError as error:
        raise WrongCall(f"{option}: {error}") from error
