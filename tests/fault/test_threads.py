"""Many threads ask while the corpus is reloaded under them."""

import threading
from pathlib import Path

from bot.answers.answer import Answer
from bot.corpus_admin.home import Home
from bot.desk.desk import Desk
from retrieval.models.model import hash_model
from retrieval.question.query import make_query
from tests.fault.newsroom import (
    COLLECTION,
    QuickDisk,
    Texts,
    edition,
    new_home,
    no_progress,
    publish,
    write_edition,
)

THREADS = 8
RELOADS = 15
QUESTIONS = (
    "How often did the council meet?",
    "How many tons of apples were harvested?",
    "Which bridge over the Elbe is open?",
    "Who knows why the tram runs on odd days?",
)


class Askers:
    """Threads that ask until they are stopped, and what they got: a generation and the articles quoted."""

    def __init__(self, desk: Desk, *, refreshing: bool) -> None:
        self.got: list[tuple[tuple[str, ...], Texts]] = []
        self.errors: list[BaseException] = []
        self._desk = desk
        self._refreshing = refreshing
        self._ended = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(row,)) for row in range(THREADS // 2)]
        for thread in self._threads:
            thread.start()

    def _ask(self, row: int) -> None:
        try:
            while not self._ended.is_set():
                if self._refreshing:
                    self._desk.refresh()
                result = self._desk.ask(make_query(QUESTIONS[row % len(QUESTIONS)], (COLLECTION,)))
                quotes = result.quotes if isinstance(result, Answer) else result.nearest
                assert quotes
                assert all(quote.verbatim for quote in quotes)
                self.got.append((result.searched.generations, {q.article.id: q.article.text for q in quotes}))
        except BaseException as error:  # noqa: BLE001 - any is a failure, told by the main thread
            self.errors.append(error)

    def stop(self) -> None:
        """End the threads."""
        self._ended.set()
        for thread in self._threads:
            thread.join()


def test_every_answer_is_of_one_generation_through_fifteen_reloads(tmp_path: Path) -> None:
    sources = tmp_path / "sources"
    report = publish(new_home(tmp_path / "home", sources, QuickDisk()), sources, 0)
    texts = {report.generations[COLLECTION]: edition(0)}
    notices: list[str] = []
    reloading = Desk(Home(tmp_path / "home", QuickDisk()), hash_model(), notices.append)
    elsewhere = Desk(Home(tmp_path / "home", QuickDisk()), hash_model(), notices.append)
    reloading.open()
    elsewhere.open()
    askers = [Askers(reloading, refreshing=False), Askers(elsewhere, refreshing=True)]
    for number in range(1, RELOADS + 1):
        write_edition(sources, number)
        done = reloading.reload(progress=no_progress)
        texts[done.generations[COLLECTION]] = edition(number)
    elsewhere.refresh()
    for group in askers:
        group.stop()

    assert notices == []
    for group in askers:
        assert group.errors == []
        seen = set()
        for generations, quoted in group.got:
            [generation] = generations
            seen.add(generation)
            assert quoted.items() <= texts[generation].items()
        assert len(seen) > RELOADS // 3  # they did ask all the while
