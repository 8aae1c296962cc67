"""The disk is full, or another process holds the store: questions are answered, the operator sees why."""

import asyncio
import logging
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress

import pytest

from bot.cards.answer_buttons import AnswerContext
from bot.cards.answers import answer_card
from bot.cards.card import Buttons
from bot.chat.delivered_answer import DeliveredAnswer
from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Caller, Person
from bot.community_admin.change_progress import ChangeProgress
from bot.discord.drawing.render import CANVAS
from bot.messages.catalogue import messages_for
from bot.service.service import Service
from corpus.errors import NewsdeskError
from corpus.storage.sql.backend import BUSY_SECONDS
from tests.bot.service.office import ask
from tests.bot.service.people import ANN, BOB, CITY, CITY_ADMIN, DIRECT, somebody

QUESTION = "Who met in Nara?"
SHORT = Person("5", "")
"""Whose acts take less room than those of anybody whom the tests name."""


@contextmanager
def locked(service: Service) -> Iterator[None]:
    """Another process writes the store and does not end."""
    with closing(sqlite3.connect(service.home.root / "chats.sqlite3", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def full(service: Service) -> Iterator[None]:
    """SQLite finds no space for another page."""
    chat_store = service.chat_store
    pages = chat_store.rows("PRAGMA page_count")[0][0]
    chat_store.rows(f"PRAGMA max_page_count = {pages}")
    for size in (4000, 400, 40, 4):
        with suppress(NewsdeskError):
            for number in range(10_000):
                chat_store.notes.put(f"fill {size} {number}", "x" * size)
    # A row may be refused for an index's page while the next one, of another moment, finds room.
    for _ in range(20):
        with suppress(NewsdeskError):
            for _ in range(10_000):
                chat_store.audit.add(Caller(CITY, SHORT), "a", {}, "")
    yield
    chat_store.rows(f"PRAGMA max_page_count = {2**30}")


async def unkept(service: Service) -> DeliveredAnswer:
    """The first answer that could not be kept: there may be room for some in what is half full."""
    for number in range(50):
        shown = await service.questions.ask(asking(number))
        if not shown.kept:
            return shown
    raise AssertionError("everything was kept")


async def at_rest(service: Service) -> None:
    """The purge that a service begins with is over, so that it gives no room back later."""
    await asyncio.sleep(0)
    await service.db_worker.run(service.chat_store.rows, "SELECT 1")


TROUBLE = {"locked": locked, "full": full}


@pytest.mark.parametrize("trouble", TROUBLE)
async def test_a_question_is_answered_without_buttons_and_the_log_says_why(
    service: Service, trouble: str, caplog: pytest.LogCaptureFixture
) -> None:
    await at_rest(service)
    with caplog.at_level(logging.ERROR), TROUBLE[trouble](service):
        shown = await unkept(service)
        assert shown.quotes
        card = answer_card(shown, messages_for("en"), AnswerContext(shareable=True, thread=True), CANVAS)
        presses = [
            button.press.act
            for part in card.parts
            if isinstance(part, Buttons)
            for button in part.buttons
            if button.press
        ]
        assert set(presses) <= {"read"}
    said = [record.getMessage() for record in caplog.records]
    assert any("an answer has no buttons" in line and str(service.home.chats()) in line for line in said)
    assert (await ask(service, CITY, BOB, QUESTION)).kept


async def test_nobody_waits_in_line_for_a_lock_that_is_held_for_long(service: Service) -> None:
    with locked(service):
        first = await service.questions.ask(asking())
        began = time.monotonic()
        for number in range(10):
            assert not (await service.questions.ask(asking(number))).kept
        assert not first.kept
    assert time.monotonic() - began < 2 * BUSY_SECONDS  # and not ten times as long


@pytest.mark.parametrize("trouble", TROUBLE)
async def test_an_act_that_was_done_is_told_as_done_and_stands_in_the_log(
    service: Service, trouble: str, caplog: pytest.LogCaptureFixture
) -> None:
    await at_rest(service)
    with caplog.at_level(logging.ERROR), TROUBLE[trouble](service):
        assert (await service.corpus_editor.reload(CITY_ADMIN, ChangeProgress())).plans
    assert any("not on record: Ada (5) of discord:100: reload" in line for line in caplog.messages)


async def test_a_question_in_a_conversation_is_answered_by_itself_where_none_before_can_be_looked_up(
    service: Service, caplog: pytest.LogCaptureFixture
) -> None:
    await ask(service, DIRECT, ANN, QUESTION)
    with caplog.at_level(logging.ERROR):
        await service.db_worker.run(service.chat_store.write, "ALTER TABLE answers RENAME TO away")
        shown = await service.questions.ask(QuestionRequest(DIRECT, ANN, QUESTION))
        await service.db_worker.run(service.chat_store.write, "ALTER TABLE away RENAME TO answers")
    assert shown.quotes
    assert not shown.kept


def asking(number: int = 0) -> QuestionRequest:
    """A question of somebody who has asked nothing yet."""
    return QuestionRequest(CITY, somebody(number), QUESTION)
