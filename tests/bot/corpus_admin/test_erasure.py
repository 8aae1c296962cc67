"""What is forgotten is nowhere under the home: every byte of it is looked through."""

import gzip
import io
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import pytest

from bot.chat.answer_record import make_record
from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Person, Venue
from bot.chat_store.chat_store import ChatStore
from bot.corpus_admin.changes import forget, remove, restore, roll_back, web_source
from bot.corpus_admin.erasure import ErasureRequest, PendingErasures, erase, withdraw_request
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import ReloadReport, reload
from bot.corpus_admin.uploads import keep_upload
from bot.polling.adding import add
from corpus.errors import NewsdeskError, NothingToServe, ReloadRefused, WrongCall
from corpus.plan import ReloadRequest
from corpus.storage.store_records import Source
from corpus.web.fetcher import CannedFetcher, Fetched
from retrieval.models.embedder import HashEmbedder
from retrieval.question.query import make_query
from tests.fault.newsroom import COLLECTION, QuickDisk, new_home, no_progress, open_desk, served, write_rows

WORDS = ("Quibblewick", "zanzibarite", "Müßiggänger", "구름빵장수", "snorkelbaum")
"""In no other article: in its text, its title, its author and its source, escaped in JSON or not."""
SECRET = f"The {WORDS[0]} sold {WORDS[1]} to a {WORDS[2]}. {WORDS[3]} was there."
PAGE = "https://news.example/page"
URL = "https://news.example/story"
LIST = "https://news.example/list.jsonl"
VENUE = Venue("slack", "T1", "C1")
ANN = Person("slack", "U1", "Ann")

Again = Callable[..., ReloadReport]


def secret_row(article_id: str = "secret", edition: int = 0) -> dict[str, str]:
    text = f"{SECRET} It was edition {edition}."
    return {"id": article_id, "text": text, "title": f"Of {WORDS[4]}", "author": WORDS[0], "source": WORDS[1]}


def plain_rows() -> list[dict[str, str]]:
    return [{"id": f"plain-{n}", "text": f"Bridge {n} stays open.", "title": f"Bridge {n}"} for n in range(4)]


def traces(root: Path, words: tuple[str, ...] = WORDS, *, stems: bool = True) -> set[str]:
    """The files that hold one of the words in any form that anything here is kept in: as UTF-8 or UTF-16,
    with JSON's escapes, packed, or as the stem that the index of words has of it."""
    found = set()
    forms = {form for word in words for form in (word, word.lower(), word.casefold()[: 6 if stems else None])}
    needles = [
        needle
        for form in forms
        for needle in (form.encode(), form.encode("utf-16-le"), json.dumps(form)[1:-1].encode())
    ]
    for path in root.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            if content.startswith(b"\x1f\x8b"):
                content += gzip.decompress(content)
            if any(needle in content for needle in needles):
                found.add(str(path.relative_to(root)))
    return found


@pytest.fixture
def home(tmp_path: Path, sources: Path) -> Home:
    """A home in which the article was served, edited twice, and quoted in an answer."""
    home = new_home(tmp_path / "home", sources, QuickDisk())
    for edition in range(2):
        write_rows(sources, [*plain_rows(), secret_row(edition=edition)])
        reload(home, HashEmbedder, progress=no_progress)
    desk, _ = open_desk(home)
    asked = f"What did the {WORDS[0]} sell?"
    found = desk.ask(make_query(asked, (COLLECTION,)))
    with ChatStore(home.chats()) as chat_store:
        chat_store.answers.add(make_record(found, QuestionRequest(VENUE, ANN, asked), private=False))
        other = "What did the weather do?"
        nothing = desk.ask(make_query("Which bridge stays open?", (COLLECTION,), sources=frozenset({"news"})))
        chat_store.answers.add(make_record(nothing, QuestionRequest(VENUE, ANN, other), private=False))
    return home


@pytest.fixture
def again(home: Home) -> Again:
    return partial(reload, home, HashEmbedder, progress=no_progress)


def questions(home: Home) -> list[str]:
    with ChatStore(home.chats()) as chat_store:
        return [one.asked for one in chat_store.answers.by_person(VENUE.tenant, ANN.id, 9)]


def test_the_words_are_found_where_they_are_kept_and_where_they_are_though_removed(
    home: Home, again: Again
) -> None:
    folders = {name.split("/")[0].partition("-")[0] for name in traces(home.root)}
    assert folders == {"store.sqlite3", "chats.sqlite3", "collections", "pages"}
    assert sum("terms.txt" in name for name in traces(home.root)) >= 2
    remove(home, COLLECTION, "secret", again)
    assert {name.split("/")[0] for name in traces(home.root)} >= {"store.sqlite3", "collections"}


@pytest.mark.parametrize("before", ["served", "removed", "rolled back", "left its source", "sources gone"])
def test_a_forgotten_article_is_nowhere_and_stays_away(
    home: Home, again: Again, sources: Path, before: str
) -> None:
    everything = [*plain_rows(), secret_row(edition=1)]
    match before:
        case "removed":
            remove(home, COLLECTION, "secret", again)
        case "rolled back":
            remove(home, COLLECTION, "secret", again)
            roll_back(home, COLLECTION)
        case "left its source":
            write_rows(sources, plain_rows())
            again()
        case "sources gone":
            sources.rename(sources.with_suffix(".aside"))
    running, _ = open_desk(home)
    report = forget(home, COLLECTION, "secret", again)
    assert traces(home.root) == set()
    assert [problem.refused for problem in report.problems] == [False]
    assert "outside the home" in report.problems[0].reason
    assert questions(home) == ["What did the weather do?"]
    assert sorted(served(home)) == [row["id"] for row in plain_rows()]
    running.refresh()
    assert running.article(COLLECTION, "secret") is None
    assert SECRET not in repr(running.collections), "it is still in memory"
    if before == "sources gone":
        sources.with_suffix(".aside").rename(sources)
    write_rows(sources, everything)
    again()
    again(ReloadRequest(force=True))
    assert traces(home.root) == set()
    assert PendingErasures(home).all() == []
    with pytest.raises(NothingToServe, match="no earlier generation"):
        roll_back(home, COLLECTION)
    restore(home, COLLECTION, "secret", again)
    assert "secret" in served(home)


def test_generations_that_never_held_it_are_kept(home: Home, again: Again, sources: Path) -> None:
    write_rows(sources, [*plain_rows()[:3], secret_row("late")])
    for rows in (plain_rows()[1:], plain_rows()):
        write_rows(sources, rows)
        again()
    write_rows(sources, [*plain_rows(), secret_row("late")])
    again()
    forget(home, COLLECTION, "late", again)
    forget(home, COLLECTION, "secret", again)
    assert traces(home.root) == set()
    assert roll_back(home, COLLECTION).articles == 4


def test_what_others_have_stays(home: Home, again: Again, sources: Path) -> None:
    with home.store() as store:
        vectors = len(store.rows("SELECT 1 FROM vectors"))
    report = forget(home, COLLECTION, "secret", again)
    assert report.embedded == 0, "the others' vectors were made anew"
    with home.store() as store:
        assert 0 < len(store.rows("SELECT 1 FROM vectors")) < vectors
        assert store.versions(COLLECTION, "plain-0")
        assert store.history(1)[0].detail == {"target": "secret"}


def test_a_forgotten_source_leaves_nothing_of_what_it_alone_held(
    home: Home, again: Again, sources: Path, tmp_path: Path
) -> None:
    mine = tmp_path / "mine"
    write_rows(mine, [{"id": "mine", "text": "The tram runs."}, {"id": "other", "text": "It rains."}])
    rows = [
        secret_row("visitor") | {"collection": "board"},
        {"id": "b", "text": "Snow.", "collection": "board"},
    ]
    write_rows(sources, [*plain_rows(), secret_row(), rows[0]])
    write_rows(tmp_path / "board", [{"id": "b", "text": "Snow.", "collection": "board"}])
    add(home, [Source(COLLECTION, str(mine)), Source("board", str(tmp_path / "board"))], again)
    report = forget(home, COLLECTION, str(sources), again, force=True)
    assert traces(home.root) == set()
    assert (sources / "news.jsonl").exists()
    assert any("their owner" in problem.reason for problem in report.problems)
    assert (sorted(served(home)), sorted(served(home, "board"))) == (["mine", "other"], ["b"])
    assert questions(home) == []
    with home.store() as store:
        assert len(store.sources()) == 2


def test_a_source_that_may_not_be_forgotten_stays(home: Home, again: Again, sources: Path) -> None:
    with pytest.raises(ReloadRefused, match="would be empty"):
        forget(home, COLLECTION, str(sources), again)
    with home.store() as store:
        assert store.sources() == [Source(COLLECTION, str(sources))]
    assert PendingErasures(home).all() == []
    assert "secret" in served(home)


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.jsonl.gz"])
def test_an_upload_of_several_articles_is_written_anew_without_it(
    home: Home, again: Again, name: str
) -> None:
    rows = [secret_row("up"), {"id": "fine", "text": "The fair opened."}, secret_row("up")]
    body = "".join(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows).encode()
    upload = keep_upload(home, COLLECTION, name, gzip.compress(body) if name.endswith("gz") else body)
    add(home, [upload], again)
    forget(home, COLLECTION, "up", again)
    forget(home, COLLECTION, "secret", again)
    assert traces(home.root) == set()
    again()
    assert served(home)["fine"] == "The fair opened."


def test_an_uploaded_archive_is_written_anew_without_it(home: Home, again: Again) -> None:
    written = io.BytesIO()
    with ZipFile(written, "w") as archive:  # not compressed, so that words can be found in it
        archive.writestr("notes/secret.md", SECRET)
        archive.writestr("notes/fine.md", "The fair opened.")
        archive.writestr("rows.jsonl", json.dumps(secret_row("row"), ensure_ascii=False))
    upload = keep_upload(home, COLLECTION, "week.zip", written.getvalue())
    add(home, [upload], again)
    forget(home, COLLECTION, "week/notes/secret", again)
    forget(home, COLLECTION, "row", again)
    forget(home, COLLECTION, "secret", again)
    with ZipFile(upload.location) as archive:
        assert archive.namelist() == ["notes/fine.md"]
    assert traces(home.root) == set()
    again()
    assert served(home)["week/notes/fine"] == "The fair opened."


def test_an_upload_of_one_article_goes_with_it(home: Home, again: Again) -> None:
    upload = keep_upload(home, COLLECTION, "note.md", SECRET.encode())
    add(home, [upload], again)
    report = forget(home, COLLECTION, "note", again)
    forget(home, COLLECTION, "secret", again)
    assert report.problems[0].where == "note.md"
    assert traces(home.root) == set()
    with home.store() as store:
        assert upload not in store.sources()
    again()


def test_copies_of_what_addresses_hold_are_forgotten_and_what_to_do_is_said(home: Home) -> None:
    alone, listed = (json.dumps(secret_row(name)).encode() for name in ("alone", "listed"))
    fine = json.dumps({"id": "fine", "text": "The fair opened."}).encode()
    pages = {PAGE: (SECRET.encode(), "text/plain"), URL: (alone, "application/jsonl")}
    pages[LIST] = (listed + b"\n" + fine, "application/jsonl")
    web = CannedFetcher({url: Fetched(url, *page) for url, page in pages.items()})
    again = partial(reload, home, HashEmbedder, fetcher=lambda: web, progress=no_progress)
    add(home, [web_source(COLLECTION, url) for url in pages], again, fetcher=lambda: web)
    told = [
        {problem.where: problem.reason for problem in forget(home, COLLECTION, name, again).problems}
        for name in ("alone", "listed", "secret", PAGE)
    ]
    assert traces(home.root) == set()
    assert told[0][URL] == "nothing else was in it, so it was removed"
    assert "have it removed there, or remove this address" in told[1][LIST]
    with home.store() as store:
        assert [one.location for one in store.sources() if one.location in pages] == [LIST]
    assert [home.fetch_cache.get(url) is None for url in pages] == [True, True, False]
    again()
    assert "fine" in served(home)


def test_what_never_was_there_can_t_be_forgotten(home: Home, again: Again) -> None:
    with pytest.raises(WrongCall, match="is neither an article nor a source"):
        forget(home, COLLECTION, "nothing", again)
    assert PendingErasures(home).all() == []


def test_free_pages_and_the_log_of_the_store_are_written_over(home: Home, again: Again) -> None:
    """Also in a store that was made before deletions were written over."""
    with home.store() as store:
        store.rows("PRAGMA secure_delete = OFF")
        store.rows("DELETE FROM versions WHERE article_id = 'secret'")
    assert "store.sqlite3" in traces(home.root)
    with home.store():  # another process has it open
        forget(home, COLLECTION, "secret", again)
        assert traces(home.root) == set()


def test_what_was_begun_is_finished_by_the_next_reload(home: Home, again: Again) -> None:
    """A crash leaves a note and any part of the work."""
    PendingErasures(home).add(ErasureRequest(COLLECTION, article_id="secret"))
    again()
    assert (traces(home.root), PendingErasures(home).all()) == (set(), [])
    with home.store() as store:  # and once more is no harm
        withdraw_request(home, store, ErasureRequest(COLLECTION, article_id="secret"))
        erase(home, store, ErasureRequest(COLLECTION, article_id="secret"))
    assert "secret" not in served(home)


def test_a_damaged_note_is_said(home: Home, again: Again) -> None:
    (home.root / "forgetting.json").write_text("[{]")
    with pytest.raises(NewsdeskError, match=r"forgetting\.json is damaged .*move it away"):
        again()
