"""Standing questions in the terminal: `newsdesk watch`. As in `bot.cli.main`, each command imports what it
needs when it is called."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from bot.cli.composition import Parts
from bot.cli.options import json_option
from corpus.errors import WrongCall

if TYPE_CHECKING:
    from bot.chat.standing_question import StandingQuestion
    from bot.chat_store.chat_store import ChatStore

_numbered = click.argument("number", type=click.IntRange(min=1))


@click.group()
def watch() -> None:
    """Standing questions: `watch check` prints new answers to them.

    In chats, /watch does the same, and posts by itself.
    """


@watch.command()
@click.argument("question", required=False)
@click.option("--source", metavar="S", help="Only this outlet; without a question, all its new articles.")
@click.option("--collection", metavar="C", help="Only this collection.")
@click.pass_obj
def add(parts: Parts, question: str | None, source: str | None, collection: str | None) -> None:
    """Watch for new answers to QUESTION, or for all new articles of an outlet."""
    from bot.chat.standing_question import StandingKind, make_standing
    from bot.chat.venue import Caller
    from bot.chat_store.chat_store import ChatStore
    from bot.standing.terminal_watch import HERE, MOST_QUESTIONS, NOBODY, begin, check_names
    from retrieval.question.query import clean_question

    if not question and not source:
        raise WrongCall("give a question, or a source with --source")
    check_names(parts.existing_home, source, collection)
    standing = make_standing(
        Caller(HERE, NOBODY),
        StandingKind.QUESTION if question else StandingKind.SOURCE,
        clean_question(question) if question else "",
        datetime.now(UTC),
        source=source or "",
        collection=collection or "",
    )
    with ChatStore(parts.existing_home.chats()) as chat_store:
        begin(parts.home, chat_store.standing_found)
        if chat_store.standing.add(standing, (), MOST_QUESTIONS, MOST_QUESTIONS):
            raise WrongCall(
                f"there are {MOST_QUESTIONS} of them, and no more fit: remove one with `watch remove`"
            )
        number = len(chat_store.standing.of_tenant(HERE.tenant))
    parts.terminal.say(
        f"{number}. {_words(standing)}\n`newsdesk watch check` prints what is new from now on."
    )


@watch.command("list")
@json_option
@click.pass_obj
def list_(parts: Parts, *, as_json: bool) -> None:
    """List what is watched, with numbers."""
    from bot.chat_store.chat_store import ChatStore
    from bot.standing.terminal_watch import HERE, standing_row

    with ChatStore(parts.existing_home.chats()) as chat_store:
        found = chat_store.standing.of_tenant(HERE.tenant)
    for number, one in enumerate(found, 1):
        if as_json:
            parts.terminal.json({"number": number, **standing_row(one)})
        else:
            parts.terminal.say(f"{number}. {_words(one)}{' (paused)' if one.paused else ''}")
    if not found and not as_json:
        parts.terminal.say('Nothing is watched: `newsdesk watch add "Who met in Nara?"`')


@watch.command()
@_numbered
@click.pass_obj
def pause(parts: Parts, number: int) -> None:
    """Pause NUMBER of the list."""
    from bot.chat.standing_question import Pause
    from bot.chat_store.chat_store import ChatStore

    with ChatStore(parts.existing_home.chats()) as chat_store:
        one = replace(_of_number(chat_store, number), paused=Pause.ASKED)
        chat_store.standing.change(one)
    parts.terminal.say(f"Paused: {_words(one)}")


@watch.command()
@_numbered
@click.pass_obj
def resume(parts: Parts, number: int) -> None:
    """Resume NUMBER of the list."""
    from bot.chat_store.chat_store import ChatStore

    with ChatStore(parts.existing_home.chats()) as chat_store:
        one = replace(_of_number(chat_store, number), paused=None)
        chat_store.standing.put(one, datetime.now(UTC))
    parts.terminal.say(f"Resumed: {_words(one)}")


@watch.command()
@_numbered
@click.pass_obj
def remove(parts: Parts, number: int) -> None:
    """Remove NUMBER of the list."""
    from bot.chat_store.chat_store import ChatStore

    with ChatStore(parts.existing_home.chats()) as chat_store:
        one = _of_number(chat_store, number)
        chat_store.standing.remove(one.id)
    parts.terminal.say(f"Removed: {_words(one)}")


@watch.command()
@json_option
@click.pass_obj
def check(parts: Parts, *, as_json: bool) -> None:
    """Print new articles since the last check, once for each question that they answer."""
    parts.expect_questions()
    from bot.chat_store.chat_store import ChatStore
    from bot.cli.printing.answer_printer import print_quotes
    from bot.standing.terminal_watch import TerminalWatch, checked_row

    desk = parts.desk()
    with ChatStore(parts.existing_home.chats()) as chat_store:
        watched = TerminalWatch(parts.home, desk, chat_store, parts.settings.collections)
        new = watched.check(parts.terminal.notice)
        for one in new.checked:
            if as_json:
                parts.terminal.json(checked_row(one))
                continue
            parts.terminal.say(f"{_words(one.standing)}\n")
            print_quotes(parts.terminal, one.quotes, datetime.now(UTC), first=1)
            parts.terminal.say("")
        if not new.checked and not as_json:
            parts.terminal.say("Nothing new.")
        # Only after printing, so that what was not printed before a crash is printed the next time.
        watched.remember(new)


def _of_number(chat_store: ChatStore, number: int) -> StandingQuestion:
    from bot.standing.terminal_watch import HERE

    found = chat_store.standing.of_tenant(HERE.tenant)
    if number > len(found):
        raise WrongCall(f"there is no number {number}: see `newsdesk watch list`")
    return found[number - 1]


def _words(standing: StandingQuestion) -> str:
    from bot.messages.catalogue import ENGLISH, messages_for
    from bot.standing.standing_cards import name_words

    named = name_words(standing, messages_for(ENGLISH))
    if standing.text and standing.source:
        named += f", from {standing.source}"
    return named[:1].upper() + named[1:]
