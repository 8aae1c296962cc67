"""The commands for people who ask. Each reads its call, asks the desk and prints what comes of it."""

import json
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from bot.chat import chat_with
from bot.compose import make_desk, make_home
from bot.corpus_commands import corpus
from bot.desk import Desk
from bot.doctor import diagnose
from bot.evaluation import evaluate, table
from bot.page import article_page
from bot.questions import Question, read_questions
from bot.rows import answer_row, failed_row
from bot.run import run_bots
from bot.settings import Settings, read_settings
from bot.terminal import Terminal
from corpus.article import DEFAULT_COLLECTION
from corpus.dates import parse_period
from corpus.errors import NewsdeskError, WrongCall
from retrieval.query import Query, make_query
from retrieval.search import PAGE, PER_ARTICLE

LIMIT = 100
"""Most passages of one answer: what a question may cost is bounded."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--home", type=click.Path(path_type=Path), help="The folder with all state.  [default: .newsdesk]"
)
@click.pass_context
def cli(context: click.Context, home: Path | None) -> None:
    """Answer questions about the news with the exact words of the articles, each quote cited."""
    settings = read_settings()
    context.obj = replace(settings, home=home) if home else settings


cli.add_command(corpus)


@cli.command()
@click.argument("question", required=False)
@click.option("--source", "sources", multiple=True, metavar="S", help="Only this source; may be given again.")
@click.option("--since", metavar="D", help="Published on or after: 2026, 2026-01 or 2026-01-14.")
@click.option("--until", metavar="D", help="Published on or before.")
@click.option("--asked-at", metavar="D", help="When it was asked, if not now.")
@click.option("--collection", "collections", multiple=True, metavar="C", help="Only this collection.")
@click.option(
    "--limit", type=click.IntRange(1, LIMIT), default=PAGE, show_default=True, help="Most passages."
)
@click.option(
    "--per-article",
    type=click.IntRange(1, LIMIT),
    default=PER_ARTICLE,
    show_default=True,
    help="Most passages of one article among each three.",
)
@click.option(
    "--questions",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Ask every row of a JSON Lines file; one JSON line comes out for each.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def ask(
    settings: Settings,
    question: str | None,
    sources: tuple[str, ...],
    since: str | None,
    until: str | None,
    asked_at: str | None,
    collections: tuple[str, ...],
    limit: int,
    per_article: int,
    questions: Path | None,
    *,
    as_json: bool,
) -> None:
    """Answer QUESTION with quotes from the corpus."""
    if (question is None) == (questions is None):
        raise WrongCall("give one question, or a file of them with --questions")
    start = _period(since, "--since")[0] if since else None
    end = _period(until, "--until")[1] if until else None
    moment = _period(asked_at, "--asked-at")[0] if asked_at else None

    def query(text: str, when: datetime | None, searched: tuple[str, ...]) -> Query:
        chosen = collections or settings.collections or searched
        return make_query(
            text, chosen, asked_at=when or moment, since=start, until=end, sources=frozenset(sources)
        )

    rows = list(read_questions(questions)) if questions else []
    if question is not None:
        query(question, None, ())  # a wrong call is said before the model is loaded
    terminal = Terminal()
    desk = open_desk(settings, terminal)
    if question is not None:
        result = desk.ask(query(question, None, tuple(desk.snapshots)), limit, per_article)
        if as_json:
            terminal.line(json.dumps(answer_row(result), ensure_ascii=False))
        else:
            terminal.answer(result)
        return
    for row in rows:
        _print_answer(desk, row, query, limit, per_article, terminal)


def _print_answer(
    desk: Desk,
    question: Question,
    query: Callable[[str, datetime | None, tuple[str, ...]], Query],
    limit: int,
    per_article: int,
    terminal: Terminal,
) -> None:
    """One line for one row, also where it can't be asked."""
    try:
        asked = query(question.text, question.asked_at, tuple(desk.snapshots))
        row = answer_row(desk.ask(asked, limit, per_article), question.id)
    except WrongCall as error:
        row = failed_row(question.text, question.id, str(error))
    terminal.line(json.dumps(row, ensure_ascii=False))


@cli.command()
@click.pass_obj
def chat(settings: Settings) -> None:
    """Ask and follow up in a conversation."""
    terminal = Terminal()
    chat_with(open_desk(settings, terminal), settings.collections, terminal, sys.stdin)


@cli.command()
@click.pass_obj
def run(settings: Settings) -> None:
    """Answer wherever it is set up to; without any bot's tokens, here in the terminal."""
    run_bots(settings, Terminal(), sys.stdin)


@cli.command()
@click.argument("article_id")
@click.option("--collection", default=DEFAULT_COLLECTION, show_default=True, help="Where the article is.")
@click.option("--page", type=click.Path(path_type=Path), help="Write it as an HTML page instead.")
@click.pass_obj
def article(settings: Settings, article_id: str, collection: str, page: Path | None) -> None:
    """Show a whole article, as quotes are cut from it."""
    articles = make_home(settings).shelf(collection).served_articles()
    found = next((one for one in articles if one.id == article_id), None)
    if found is None:
        raise WrongCall(f"there is no article {article_id!r} in collection {collection}")
    terminal = Terminal()
    if page is None:
        terminal.article(found)
        return
    try:
        page.write_text(article_page(found), encoding="utf-8")
    except OSError as error:
        raise NewsdeskError(f"{page} can't be written ({error.strerror}): name another file") from error
    terminal.say(f"{page}")


@cli.command("eval")
@click.argument("questions", type=click.Path(path_type=Path))
@click.option(
    "--limit", type=click.IntRange(10, LIMIT), default=10, show_default=True, help="Passages looked at."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def eval_(settings: Settings, questions: Path, limit: int, *, as_json: bool) -> None:
    """Measure the answers to QUESTIONS, a JSON Lines file that names the evidence of each."""
    rows = list(read_questions(questions))
    terminal = Terminal()
    desk = open_desk(settings, terminal)
    result = evaluate(desk, rows, settings.collections or tuple(desk.snapshots), limit)
    if as_json:
        terminal.line(json.dumps(result.to_row()))
    else:
        terminal.table(table(result))


@cli.command()
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.pass_obj
def doctor(settings: Settings, *, as_json: bool) -> int:
    """Say what is set up, what is missing and what to do. Ends with 1 where it can't answer."""
    terminal = Terminal()
    with terminal.doing("looking"):
        findings = diagnose(settings)
    if as_json:
        terminal.line(json.dumps([finding.to_row() for finding in findings], ensure_ascii=False))
    else:
        terminal.findings(findings)
    return 0 if all(finding.sound for finding in findings) else 1


def open_desk(settings: Settings, terminal: Terminal) -> Desk:
    """A desk that answers, with a word about what takes so long."""
    with terminal.doing("opening the corpus and loading the model"):
        return make_desk(settings, terminal.notice)


def _period(text: str, option: str) -> tuple[datetime, datetime]:
    if text == "now":
        return datetime.now(UTC), datetime.now(UTC)
    try:
        return parse_period(text)
    except ValueError as error:
        raise WrongCall(f"{option}: {error}") from error
