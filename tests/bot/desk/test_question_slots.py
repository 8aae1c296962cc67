import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.corpus_admin.home import Home
from bot.desk.desk import Desk
from bot.desk.question_slots import QuestionSlots
from bot.desk.shared_embedder import SHARED_TEXTS, SharedEmbedder
from retrieval.models.embedder import EncodedQuestion, HashEmbedder
from retrieval.models.onnx_session import cores
from retrieval.question.query import make_query
from retrieval.switch_interval import SECONDS
from tests.fault.newsroom import COLLECTION, QuickDisk, new_home, publish
from tests.retrieval.snapshots import model_of

SOON = 10.0
"""Seconds within which whatever is to happen has happened, on however slow a machine."""
MANY = 16


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(MANY) as found:
        yield found


def test_there_are_as_many_turns_as_cores() -> None:
    assert QuestionSlots().at_once == cores()


def test_so_many_have_their_turn_at_the_same_time_and_no_more(threads: ThreadPoolExecutor) -> None:
    slots = QuestionSlots(3)
    together, inside, most = threading.Barrier(3), 0, 0
    counting = threading.Lock()

    def turn(_: int) -> None:
        nonlocal inside, most
        with slots:
            with counting:
                inside += 1
                most = max(most, inside)
            together.wait(SOON)
            with counting:
                inside -= 1

    list(threads.map(turn, range(15)))
    assert (most, inside) == (3, 0)


def test_the_switch_interval_is_short_while_a_question_is_answered() -> None:
    before = sys.getswitchinterval()
    with QuestionSlots():
        assert sys.getswitchinterval() == pytest.approx(SECONDS)
    assert sys.getswitchinterval() == before


def test_who_fails_gives_their_turn_back() -> None:
    slots = QuestionSlots(1)
    for _ in range(2):
        with pytest.raises(ValueError, match="odd"), slots:
            raise ValueError("odd")
    slots.wait_until_idle(patience=0)


def test_a_reload_waits_until_nobody_is_answered_and_no_longer_than_its_patience(
    threads: ThreadPoolExecutor,
) -> None:
    slots = QuestionSlots(2)
    with slots:
        began = time.monotonic()
        slots.wait_until_idle(patience=0.05)
        assert time.monotonic() - began >= 0.05
        waiting = threads.submit(slots.wait_until_idle, SOON)
        with slots:
            pass
        assert not waiting.done()
    waiting.result(SOON / 2)


def test_the_next_texts_of_a_reload_wait_for_the_question_under_way(threads: ThreadPoolExecutor) -> None:
    embedded = threading.Semaphore(0)

    class Told(HashEmbedder):
        def ready(self) -> None:
            embedded.release()

    slots, told = QuestionSlots(1), Told()
    shared = SharedEmbedder(told, slots)
    with slots:
        reloading = threads.submit(shared.embed_passages, ["tulips"] * (SHARED_TEXTS + 1))
        time.sleep(0.05)
        assert not reloading.done()
    found = reloading.result(SOON)
    assert (found.vectors == told.embed_passages(["tulips"]).vectors[0]).all()
    shared.ready()
    assert embedded.acquire(timeout=SOON)


def test_questions_are_answered_at_the_same_time_and_each_as_if_it_were_alone(
    tmp_path: Path, threads: ThreadPoolExecutor
) -> None:
    together = threading.Barrier(2)

    class Meeting(HashEmbedder):
        """Answers nobody before two ask."""

        def embed_question(self, question: str) -> EncodedQuestion:
            together.wait(SOON)
            return super().embed_question(question)

    home = new_home(tmp_path / "home", tmp_path / "sources", QuickDisk())
    publish(home, tmp_path / "sources", 1)
    questions = [
        make_query(text, (COLLECTION,))
        for text in (
            "How often did the council meet?",
            "How many tons of apples were harvested?",
            "Which bridge over the Elbe is open?",
            "Who knows why the tram runs on odd days?",
        )
    ] * MANY
    alone, desk = (Desk(Home(home.root), model_of(model), print) for model in (HashEmbedder(), Meeting()))
    desk.slots.at_once = 2
    alone.open()
    desk.open()
    assert list(threads.map(desk.ask, questions)) == [alone.ask(query) for query in questions]
