"""The commands that evaluate answers. As in `bot.cli.main`, each imports what it needs when it is called."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.composition import Parts
from bot.cli.options import json_option
from corpus.article import ArticleKey
from corpus.errors import NewsdeskError, WrongCall

if TYPE_CHECKING:
    from bot.cli.printing.terminal import Terminal
    from bot.evaluation.ask_all import Asked
    from bot.evaluation.comparison import Comparison
    from bot.evaluation.judged_questions import JudgedQuestion
    from bot.evaluation.stored_run import Run
    from corpus.article import Article

LIMIT = (10, 100)
"""The least and the most passages of an answer that are evaluated: the metrics need ten, and `ask` gives at
most 100."""

_PATH = click.Path(path_type=Path)


@dataclass(frozen=True, slots=True)
class EvalOptions:
    """The options of `newsdesk eval`, as click parses them."""

    limit: int
    report: Path | None
    save: Path | None
    against: Path | None
    changes: Mapping[str, str]
    as_json: bool


def _changes(
    _context: click.Context, _parameter: click.Parameter, given: tuple[str, ...]
) -> Mapping[str, str]:
    changes = dict(change.partition("=")[::2] for change in given if "=" in change)
    if len(changes) != len(given):
        raise WrongCall("write each --with as NAME=VALUE, once: --with NEWSDESK_COLLECTIONS=news,archive")
    return changes


@click.command("eval")
@click.argument("questions", type=_PATH)
@click.option(
    "--limit",
    type=click.IntRange(*LIMIT),
    default=LIMIT[0],
    show_default=True,
    help="Number of passages looked at.",
)
@click.option("--report", type=_PATH, metavar="FILE.html", help="Write a report with plots and the misses.")
@click.option("--save", type=_PATH, metavar="RUN.json", help="Save this run, to compare others with it.")
@click.option("--against", type=_PATH, metavar="RUN.json", help="Compare with a saved run.")
@click.option(
    "--with",
    "changes",
    multiple=True,
    callback=_changes,
    metavar="NAME=VALUE",
    help="Measure with another value of a setting, named as in .env; compare with --against, or else with "
    "the settings as they are. May be given again.",
)
@json_option
@click.pass_obj
def eval_(parts: Parts, /, questions: Path, **options: Any) -> None:
    """Measure the answers to QUESTIONS with known evidence.

    docs/evaluation.md explains the file and the metrics.
    """
    from bot.evaluation import stored_run as runs
    from bot.evaluation.judged_questions import read_judged

    given = EvalOptions(**options)
    judged = read_judged(questions)
    before = runs.read(given.against) if given.against else None
    _check_folders(given.report, given.save)
    changed = _with(parts, given.changes) if given.changes else parts
    if given.changes and before is None:
        before, _ = _measure(parts, questions.name, judged, given.limit, {})
    run, asked = _measure(changed, questions.name, judged, given.limit, given.changes)
    if given.save:
        runs.save(run, given.save)
    comparison = None
    if before:
        from bot.evaluation.comparison import compare

        comparison = compare(before, run)
    if given.report:
        with parts.terminal.doing("drawing the report"):
            from bot.evaluation.report.html_report import report

            runs.write(given.report, report(run, asked, comparison).encode())
    _print(parts.terminal, run, comparison, as_json=given.as_json)


@click.command()
@click.argument("file", type=_PATH, metavar="FILE.jsonl")
@click.option("--liked", is_flag=True, help="Also upvoted answers, with their highlights as evidence.")
@click.option("--private", is_flag=True, help="Also private answers, and messages that others had checked.")
@click.pass_obj
def votes(parts: Parts, file: Path, *, liked: bool, private: bool) -> None:
    """Write questions with downvoted answers to FILE.jsonl, for `newsdesk eval`.

    Existing lines of the file are kept. It names no person.
    """
    from bot.chat_store.chat_store import ChatStore
    from bot.evaluation.vote_export import write_votes
    from corpus.text import counted

    days = parts.settings.keep_days
    with ChatStore(parts.existing_home.chats()) as chat_store:
        voted = chat_store.votes.since(datetime.now(UTC) - timedelta(days=days))
    articles = _articles(parts, {kept.collection for record, _ in voted for kept in record.kept})
    done = write_votes(file, voted, lambda *key: articles.get(key), liked=liked, private=private)
    parts.terminal.say(
        f"{counted(done.added, 'question')} added to {file}, {done.known} there already, "
        f"{done.private} private left out."
    )
    if done.added:
        parts.terminal.say("Write the evidence of each, or that it has none: docs/evaluation.md says how.")


def _with(parts: Parts, changes: Mapping[str, str]) -> Parts:
    """The parts with changed settings; a model that is already loaded is not loaded again."""
    from bot.settings import NAMES, read_settings

    for name in changes:
        if name not in NAMES.values():
            raise WrongCall(f"--with {name}: there is no such setting; .env.example lists them")
    settings = read_settings({**os.environ, **changes})
    if NAMES["home"] not in changes:
        settings = replace(settings, home=parts.settings.home)
    return parts.like(settings)


def _measure(
    parts: Parts, name: str, judged: list[JudgedQuestion], limit: int, changes: Mapping[str, str]
) -> tuple[Run, list[Asked]]:
    from importlib.metadata import version

    from bot.evaluation.ask_all import ask_all
    from bot.evaluation.stored_run import FORMAT, Run

    desk = parts.desk()
    collections = parts.settings.collections or tuple(desk.collections)
    with parts.terminal.progress(piped=False) as progress:
        asked = ask_all(desk, judged, collections, limit, progress)
    run = Run(
        format=FORMAT,
        at=datetime.now(UTC).replace(microsecond=0),
        newsdesk=version("newsdesk"),
        model=parts.embedder.model,
        generations={name: desk.collections[name].generation for name in collections},
        changes=dict(changes),
        questions=name,
        limit=limit,
        outcomes=tuple(one.outcome for one in asked),
    )
    return run, asked


def _print(terminal: Terminal, run: Run, comparison: Comparison | None, *, as_json: bool) -> None:
    """Print the metrics of a run, and how they differ from those of another."""
    if as_json:
        from bot.evaluation.report.evaluation_json import run_row

        terminal.json(run_row(run, comparison))
        return
    from bot.evaluation.report.text_tables import lead, notes, tables

    terminal.say(lead(run.outcomes))
    for table in tables(run, comparison):
        terminal.table(table)
    for line in notes(run, comparison):
        terminal.say(line)


def _check_folders(*files: Path | None) -> None:
    """Raise NewsdeskError if a file's folder does not exist, before the questions, which may take minutes."""
    for file in files:
        if file and not file.absolute().parent.is_dir():
            raise NewsdeskError(f"{file} can't be written (there is no such folder): name another file")


def _articles(parts: Parts, collections: Iterable[str]) -> dict[ArticleKey, Article]:
    """The currently served articles of these collections, by (collection, id)."""
    found: dict[ArticleKey, Article] = {}
    for name in set(collections) & set(parts.home.collections()):
        found |= {(name, article.id): article for article in parts.home.current_articles(name)}
    return found
