import os
import shutil
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.answers.answer import Answer, NoAnswer, quotes_of
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import reload
from bot.desk.desk import Desk
from bot.desk.shared_embedder import SHARED_TEXTS
from corpus.errors import NothingToServe, ReloadRefused, StoreUnusable, WrongCall
from corpus.plan import ReloadRequest
from corpus.storage.store_records import Source
from retrieval.index.snapshot import Snapshot
from retrieval.models.embedder import EncodedTexts, HashEmbedder
from retrieval.models.model import hash_model
from retrieval.question.query import make_query
from tests.bot.service.office import publish as publish_rows
from tests.fault.newsroom import (
    COLLECTION,
    QuickDisk,
    edition,
    new_home,
    no_progress,
    open_desk,
    publish,
    write_edition,
    write_rows,
)
from tests.retrieval.snapshots import model_of


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    return tmp_path / "sources"


@pytest.fixture
def home(tmp_path: Path, sources: Path) -> Home:
    """A home that serves edition 1."""
    found = new_home(tmp_path / "home", sources, QuickDisk())
    publish(found, sources, 1)
    return found


def ask(
    desk: Desk, question: str, *collections: str, sources: frozenset[str] = frozenset()
) -> Answer | NoAnswer:
    query = make_query(question, collections or tuple(desk.collections), sources=sources)
    return desk.ask(query, 9)


def quoted(result: Answer | NoAnswer) -> dict[str, str]:
    quotes = result.quotes if isinstance(result, Answer) else result.nearest
    assert all(quote.verbatim for quote in quotes)
    return {quote.article.id: quote.article.text for quote in quotes}


def served(desk: Desk) -> dict[str, str]:
    return {article.id: article.text for article in desk.collections[COLLECTION].articles}


def spoil(home: Home, collection: str = COLLECTION) -> None:
    """Damage the generation that is pointed to."""
    generation_store = home.root / "collections" / collection
    name = (generation_store / "CURRENT").read_text().strip()
    for path in (generation_store / "generations" / name).glob(f"{name}*/vectors.faiss"):  # its own segments
        content = path.read_bytes()
        path.unlink()
        path.write_bytes(content[:-1])


def test_a_desk_answers_with_words_of_the_articles_and_names_their_generations(home: Home) -> None:
    desk, notices = open_desk(home)
    answer = ask(desk, "How many tons of apples did edition 1 report?")
    found = quoted(answer)
    assert found.items() <= edition(1).items()
    assert "fresh-1" in found
    assert answer.searched.generations == (home.generation_store(COLLECTION).pointer(),)
    assert answer.searched.collections == (COLLECTION,)
    assert answer.searched.articles == answer.searched.within_filters == len(edition(1))
    assert notices == []


def test_citations_link_to_where_readers_are_sent(home: Home) -> None:
    desk = Desk(home, hash_model(), print, link_for=lambda article: f"https://read.example/{article.id}")
    desk.open()
    found = ask(desk, "Where were the lanterns lit?")
    links = [quote.citation.link for quote in quotes_of(found)]
    assert links
    assert all(link.startswith("https://read.example/") for link in links)


def test_a_name_that_the_source_of_a_quote_has_is_not_missing(tmp_path: Path) -> None:
    home = Home(tmp_path / "home", QuickDisk())
    row = {"id": "1", "source": "Polygon", "published": "2026-03-01", "text": "The console is better."}
    publish_rows(home, "news", [row], HashEmbedder())
    desk = Desk(home, model_of(HashEmbedder()), print)
    desk.open()
    result = ask(desk, "Is the console better for Polygon or Engadget?")
    assert [one.words for one in result.missing] == ["Engadget"]


@pytest.mark.parametrize("made", [False, True])
def test_a_home_without_a_corpus_is_said_every_time(tmp_path: Path, made: bool) -> None:
    home = Home(tmp_path / "home")
    if made:
        with home.store():
            pass
    desk = Desk(home, hash_model(), print)
    for _ in range(2):
        with pytest.raises(NothingToServe, match="newsdesk corpus add PATH") as caught:
            desk.open()
        assert "\n" not in str(caught.value)
    assert home.root.exists() is made


def test_an_unknown_collection_or_source_is_a_wrong_call(home: Home) -> None:
    desk, _ = open_desk(home)
    with pytest.raises(WrongCall, match="there is no collection 'new'; the nearest are: news"):
        ask(desk, "Who?", "new")
    with pytest.raises(WrongCall, match="there is no source 'newz'; the nearest are: news"):
        ask(desk, "Who?", sources=frozenset({"newz"}))


def test_a_reload_swaps_what_is_answered_from(home: Home, sources: Path) -> None:
    desk, _ = open_desk(home)
    held = desk.collections
    write_edition(sources, 2)
    desk.reload(progress=no_progress)
    assert served(desk) == edition(2)
    assert {article.id for article in held[COLLECTION].articles} == set(edition(1))  # whoever had it has it


def test_a_refused_reload_leaves_what_is_answered_from(home: Home, sources: Path) -> None:
    desk, _ = open_desk(home)
    held = desk.collections
    write_rows(sources, [])
    with pytest.raises(ReloadRefused):
        desk.reload(progress=no_progress)
    assert desk.collections is held
    desk.refresh()
    assert desk.collections is held


def test_an_emptied_collection_gives_no_answer(home: Home, sources: Path) -> None:
    desk, notices = open_desk(home)
    write_rows(sources, [])
    desk.reload(ReloadRequest(force=True), progress=no_progress)
    result = ask(desk, "How often did the council meet?")
    assert isinstance(result, NoAnswer)
    assert result.nearest == ()
    assert (result.searched.articles, result.searched.newest) == (0, None)
    assert notices == []
    fresh, _ = open_desk(home)
    assert isinstance(ask(fresh, "How often did the council meet?"), NoAnswer)


def test_refreshing_takes_on_what_was_published_elsewhere(home: Home, sources: Path) -> None:
    desk, notices = open_desk(home)
    before = desk.collections
    desk.refresh()
    assert desk.collections is before  # nothing was read again
    publish(Home(home.root, QuickDisk()), sources, 2)
    assert served(desk) == edition(1)
    desk.refresh()
    assert served(desk) == edition(2)
    home.generation_store(COLLECTION).roll_back()
    desk.refresh()
    assert served(desk) == edition(1)
    assert notices == []


def test_two_publications_within_one_tick_of_the_clock_are_both_seen(home: Home, sources: Path) -> None:
    desk, _ = open_desk(home)
    pointer = home.root / "collections" / COLLECTION / "CURRENT"
    for number in (2, 3, 4):
        before = pointer.stat()
        publish(home, sources, number)
        # The file system gives the same time again, as coarse clocks and set-back ones do.
        os.utime(pointer, ns=(before.st_atime_ns, before.st_mtime_ns))
        desk.refresh()
        assert served(desk) == edition(number)


def test_a_damaged_generation_is_said_and_the_one_before_answers(home: Home, sources: Path) -> None:
    publish(home, sources, 2)
    spoil(home)
    desk, notices = open_desk(home)
    assert served(desk) == edition(1)
    [notice] = notices
    assert "vectors.faiss is damaged" in notice
    assert "answers instead" in notice
    desk.refresh()
    assert len(notices) == 1  # said once, not at every question
    desk.reload(progress=no_progress)
    assert served(desk) == edition(2)


def test_one_collection_that_cant_be_served_leaves_the_others(home: Home, tmp_path: Path) -> None:
    (tmp_path / "board.md").write_text("The board met in secret.")
    with home.store() as store:
        store.add_source(Source("board", str(tmp_path / "board.md")))
    reload(home, HashEmbedder, progress=no_progress)
    spoil(home, "board")
    desk, notices = open_desk(home)
    assert list(desk.collections) == [COLLECTION]
    assert ["collection board has nothing to answer from" in notice for notice in notices] == [True]
    assert quoted(ask(desk, "How often did the council meet?"))


def test_a_running_desk_keeps_answering_when_its_files_are_deleted(home: Home, sources: Path) -> None:
    desk, notices = open_desk(home)
    generations = home.root / "collections" / COLLECTION / "generations"
    [generation] = generations.iterdir()
    shutil.rmtree(generation)
    desk.refresh()
    assert quoted(ask(desk, "How often did the council meet?")).items() <= edition(1).items()
    [problem] = home.generation_store(COLLECTION).problems()
    assert problem.generation == generation.name
    shutil.rmtree(home.root / "collections")
    desk.refresh()
    assert quoted(ask(desk, "How often did the council meet?"))
    assert desk.collections
    write_edition(sources, 2)
    desk.reload(progress=no_progress)
    assert served(desk) == edition(2)
    assert all("\n" not in notice for notice in notices)


@pytest.mark.parametrize("way", ["garbage", "cut short", "changed by hand", "a folder"])
def test_withdrawn_articles_stay_so_where_what_names_them_cant_be_read(home: Home, way: str) -> None:
    running, said = open_desk(home)
    home.withdrawn.add(COLLECTION, "odd")
    running.reload(progress=no_progress)
    home.generation_store(COLLECTION).roll_back()  # to a generation that holds it
    path = home.root / "withdrawn.json"
    content = path.read_bytes()
    path.unlink()
    match way:
        case "garbage":
            path.write_bytes(b"garbage" * 1000)
        case "cut short":
            path.write_bytes(content[:-20])
        case "changed by hand":
            path.write_bytes(content.replace(b'"odd"', b'"even"'))
        case _:
            path.mkdir()
    desk, notices = open_desk(home)
    running.refresh()
    running.refresh()
    for one, told in ((desk, notices), (running, said)):
        [notice] = told  # however often it is looked at
        assert "move it away" in notice
        assert "\n" not in notice
        found = quoted(ask(one, "Who knows why the tram runs on odd days?"))
        assert found
        assert "odd" not in found
    with pytest.raises(StoreUnusable, match="move it away"):
        reload(home, HashEmbedder, progress=no_progress)
    shutil.rmtree(path) if way == "a folder" else path.unlink()
    reload(home, HashEmbedder, progress=no_progress)
    assert home.withdrawn.of(COLLECTION) == {"odd"}
    assert "odd" not in served(open_desk(home)[0])


@pytest.mark.parametrize("way", ["garbage", "newer", "a folder"])
def test_a_store_that_cant_be_read_stops_no_answer_and_brings_nothing_withdrawn_back(
    home: Home, way: str
) -> None:
    home.withdrawn.add(COLLECTION, "odd")  # and no reload since
    store_file = home.root / "store.sqlite3"
    match way:
        case "garbage":
            store_file.write_bytes(b"garbage" * 1000)
        case "newer":
            with home.store() as store:
                store.rows("PRAGMA user_version = 99")
        case _:
            store_file.unlink()
            store_file.mkdir()
    desk, notices = open_desk(home)
    assert notices == []
    found = quoted(ask(desk, "Who knows why the tram runs on odd days?"))
    assert found
    assert "odd" not in found


def test_a_running_desk_takes_on_what_is_withdrawn_and_restored_without_any_reload(home: Home) -> None:
    desk, _ = open_desk(home)
    question = "Who knows why the tram runs on odd days?"
    held = desk.collections[COLLECTION]
    home.withdrawn.add(COLLECTION, "odd")
    desk.refresh()
    assert "odd" not in quoted(ask(desk, question))
    now = desk.collections[COLLECTION]
    assert isinstance(now, Snapshot)
    assert isinstance(held, Snapshot)
    assert now.segments[0] is held.segments[0], "what is in memory was read from the disk again"
    home.withdrawn.drop(COLLECTION, "odd")
    desk.refresh()
    assert "odd" in quoted(ask(desk, question))


class OneAtATime(HashEmbedder):
    """Fails where two threads use it at once, as the tokenizers of real models do; slow to let them meet."""

    def __init__(self) -> None:
        self._busy = threading.Lock()
        self.largest = 0
        self.started = threading.Event()

    def embed_passages(self, texts: Sequence[str]) -> EncodedTexts:
        self.largest = max(self.largest, len(texts))
        assert self._busy.acquire(blocking=False), "two threads in the model at once"
        try:
            self.started.set()
            threading.Event().wait(0.02)
            return super().embed_passages(texts)
        finally:
            self._busy.release()


def test_questions_are_answered_between_the_texts_of_a_reload(home: Home, sources: Path) -> None:
    model = OneAtATime()
    desk = Desk(home, model_of(model), print)
    desk.open()
    texts = [f"Field {row} grows tulips {'and more ' * (row % 7)}tulips." for row in range(40 * SHARED_TEXTS)]
    write_rows(sources, [{"id": str(row), "text": text} for row, text in enumerate(texts)])
    failed: list[BaseException] = []

    def reloading() -> None:
        try:
            desk.reload(ReloadRequest(force=True), progress=no_progress)
        except BaseException as error:  # noqa: BLE001 - told by the main thread
            failed.append(error)

    thread = threading.Thread(target=reloading)
    model.started.clear()
    thread.start()
    assert model.started.wait(30)
    answered = 0
    while thread.is_alive():
        ask(desk, "How often did the council meet?")
        answered += 1
    thread.join()
    assert failed == []
    assert model.largest == SHARED_TEXTS
    assert answered >= 10
    assert len(desk.collections[COLLECTION].articles) == len(texts)


def test_a_refresh_waits_for_nobody_who_is_taking_it_on_already(home: Home, sources: Path) -> None:
    desk, _ = open_desk(home)
    publish(home, sources, 2)
    with desk._served._opening:
        desk.refresh()
    assert served(desk) == edition(1)
    desk.refresh()
    assert served(desk) == edition(2)
