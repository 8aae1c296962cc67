import hashlib
import json
import os
import re
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import bot.corpus_admin.embedding_cache
import retrieval.generations.new_generation
from bot.cards.administration.reports import plan_card
from bot.cards.card import Attached
from bot.corpus_admin.corpus_json import report_row
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import TITLES_KEPT, ReloadReport, reload
from bot.discord.drawing.render import CANVAS
from bot.messages.catalogue import messages_for
from corpus.errors import HomeUnusable, ReloadRefused, StoreUnusable
from corpus.plan import ReloadRequest
from corpus.problem import MAX_LISTED, total
from corpus.storage.store_records import Source
from corpus.web.fetcher import NO_VALIDATORS, CannedFetcher, Fetched, Validators
from retrieval.models.embedder import EncodedTexts, HashEmbedder
from tests.bot.counting import CountingEmbedder
from tests.fault.newsroom import (
    COLLECTION,
    QuickDisk,
    edition,
    leftovers,
    new_home,
    no_progress,
    open_desk,
    problems,
    publish,
    register,
    served,
    write_edition,
    write_rows,
)


class OtherEmbedder(HashEmbedder):
    """Another model."""

    model = "hash-64-other"


@pytest.fixture
def home(tmp_path: Path, sources: Path) -> Home:
    """A home with a source; nothing is published."""
    return new_home(tmp_path / "home", sources, QuickDisk())


def again(home: Home, *, force: bool = False, dry_run: bool = False) -> tuple[list[str], dict[str, str]]:
    """Reload; the texts that were embedded, and the generations."""
    embedder = CountingEmbedder()
    report = reload(home, lambda: embedder, ReloadRequest(force=force, dry_run=dry_run), progress=no_progress)
    assert report.embedded == len(embedder.texts)
    assert report.dry_run == dry_run
    return embedder.texts, dict(report.generations)


def digest(home: Home) -> dict[str, str]:
    """A checksum of every file."""
    return {
        str(path.relative_to(home.root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in home.root.rglob("*")
        if path.is_file()
    }


def rows_of(texts: dict[str, str]) -> list[dict[str, str]]:
    return [{"id": key, "text": text} for key, text in texts.items()]


def test_a_reload_says_what_it_does_and_did(home: Home, sources: Path) -> None:
    told: list[str] = []
    write_edition(sources, 1)
    first = reload(home, HashEmbedder, progress=lambda what, _done, _total: told.append(what))
    assert list(dict.fromkeys(told)) == ["reading", "splitting", "embedding", "indexing words", "writing"]
    assert [plan.new for plan in first.plans] == [tuple(sorted(edition(1)))]
    second = publish(home, sources, 2)
    [plan] = second.plans
    assert plan.new == ("fresh-2",)
    assert plan.changed == ("changing",)
    assert plan.removed == ("fresh-1", "odd")
    assert len(plan.unchanged) == 4
    assert second.generations == {COLLECTION: home.generation_store(COLLECTION).pointer()}
    with home.store() as store:
        [last, _] = store.history(9)
    assert last.generation == second.generations[COLLECTION]
    assert last.detail == {
        "new": 1,
        "changed": 1,
        "removed": 2,
        "unchanged": 4,
        "problems": 0,
        "embedded": second.embedded,
    }


def test_only_what_changed_is_embedded_again(home: Home, sources: Path) -> None:
    publish(home, sources, 0)
    write_edition(sources, 1)
    texts, _ = again(home)
    changed = set(edition(1).values()) - set(edition(0).values())
    assert sorted(texts) == sorted(changed)
    # Back to what was embedded before.
    write_edition(sources, 0)
    assert again(home)[0] == []
    assert served(home) == edition(0)
    before = digest(home)
    assert again(home) == ([], {})
    assert digest(home).keys() == before.keys(), "it published though nothing changed"


def test_a_text_is_embedded_once_for_all_articles_and_titles_that_it_has(home: Home, sources: Path) -> None:
    rows = [{"id": key, "text": "The ferry sank.", "title": "Ferry"} for key in "ab"]
    write_rows(sources, rows)
    assert again(home)[0] == ["The ferry sank."]
    assert len(served(home)) == 2
    write_rows(sources, [rows[0], rows[1] | {"title": "Correction: ferry"}])
    texts, generations = again(home)
    assert texts == []
    assert COLLECTION in generations


def test_another_model_embeds_everything_again(home: Home, sources: Path) -> None:
    publish(home, sources, 0)
    report = reload(home, OtherEmbedder, progress=no_progress)
    assert report.embedded == len(edition(0))
    assert home.generation_store(COLLECTION).generations()[0].model == "hash-64-other"


def test_embedding_that_was_stopped_goes_on_where_it_was(
    home: Home, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.corpus_admin.embedding_cache, "EMBED_SLICE", 2)

    class StoppedEmbedder(CountingEmbedder):
        def embed_passages(self, texts: Sequence[str]) -> EncodedTexts:
            if len(self.texts) == 4:
                raise KeyboardInterrupt
            return super().embed_passages(texts)

    write_edition(sources, 0)
    stopped = StoppedEmbedder()
    with pytest.raises(KeyboardInterrupt):
        reload(home, lambda: stopped, progress=no_progress)
    assert home.collections() == ()
    texts, _ = again(home)
    assert len(stopped.texts) == 4
    assert sorted(texts + stopped.texts) == sorted(edition(0).values())
    assert served(home) == edition(0)


def test_a_dry_run_changes_nothing_and_says_what_would_change(home: Home, sources: Path) -> None:
    publish(home, sources, 0)
    again(home)
    write_edition(sources, 1)
    staging = home.root / "collections" / COLLECTION / "generations" / ".staging-left"
    staging.mkdir()
    before = digest(home)
    report = reload(home, no_embedder, ReloadRequest(dry_run=True), progress=no_progress)
    assert digest(home) == before
    assert staging.exists()
    [plan] = report.plans
    assert plan.changed == ("changing",)
    assert (report.generations, report.embedded, report.dry_run) == ({}, 0, True)
    with home.store() as store:
        assert len(store.versions(COLLECTION, "changing")) == 1


def no_embedder() -> HashEmbedder:
    pytest.fail("the model was asked for")


def test_a_collection_is_emptied_by_force_alone_then_knows_nothing_and_takes_articles_again(
    home: Home, sources: Path
) -> None:
    write_rows(sources, [])
    with pytest.raises(ReloadRefused, match="there is no article to load into collection news"):
        again(home)
    assert home.collections() == ()
    publish(home, sources, 0)
    write_rows(sources, [])
    before = digest(home)
    with pytest.raises(ReloadRefused, match=r"would be empty .*: nothing was changed") as caught:
        reload(home, no_embedder, progress=no_progress)
    assert "\n" not in str(caught.value)
    assert digest(home) == before
    _, generations = again(home, force=True)
    assert COLLECTION in generations
    assert served(home) == {}
    assert problems(home) == []
    # And nobody is asked for force again.
    assert again(home) == ([], {})
    publish(home, sources, 1)
    assert served(home) == edition(1)


def test_a_collection_whose_sources_were_taken_out_does_not_stand_in_the_way_of_others(
    home: Home, sources: Path, tmp_path: Path
) -> None:
    publish(home, sources, 0)
    (tmp_path / "board.md").write_text("The board met in secret.")
    register(home, Source("board", str(tmp_path / "board.md")))
    again(home)
    with home.store() as store:
        store.remove_source(Source("board", str(tmp_path / "board.md")))
    with pytest.raises(ReloadRefused, match="collection board would be empty"):
        again(home)
    again(home, force=True)
    publish(home, sources, 1)
    assert served(home) == edition(1)
    assert served(home, "board") == {}


def test_a_source_that_cant_be_read_is_refused_unless_forced(
    home: Home, sources: Path, tmp_path: Path
) -> None:
    publish(home, sources, 0)
    register(home, Source(COLLECTION, str(tmp_path / "gone")))
    write_edition(sources, 1)
    with pytest.raises(ReloadRefused, match="there is no such file or folder: nothing was changed") as caught:
        again(home)
    assert "\n" not in str(caught.value)
    assert served(home) == edition(0)
    with home.store() as store:
        assert len(store.versions(COLLECTION, "changing")) == 1  # what was read is not kept either
    report = reload(home, HashEmbedder, ReloadRequest(force=True), progress=no_progress)
    assert [problem.where for problem in report.problems] == [str(tmp_path / "gone")]
    assert served(home) == edition(1)


def test_a_withdrawn_article_stays_gone_whatever_happens(home: Home, sources: Path) -> None:
    publish(home, sources, 1)
    home.withdrawn.add(COLLECTION, "odd")
    again(home)
    assert "odd" not in served(home)
    home.generation_store(COLLECTION).roll_back()
    desk, _ = open_desk(home)
    collection = desk.collections[COLLECTION]
    assert "odd" in {article.id for article in home.generation_store(COLLECTION).served_articles()}
    assert "odd" not in {article.id for article in collection.articles}
    assert collection.withdrawn == {"odd"}
    for path in home.root.glob("store.sqlite3*"):
        path.unlink()
    new_home(home.root, sources)
    publish(home, sources, 3)
    assert "odd" not in served(home)
    home.withdrawn.drop(COLLECTION, "odd")
    again(home)
    assert "odd" in served(home)
    for key in edition(3):
        home.withdrawn.add(COLLECTION, key)
    again(home)
    assert (served(home), again(home)) == ({}, ([], {}))


def test_a_lost_store_stops_no_answer_and_a_reload_does_not_take_it_for_an_empty_corpus(
    home: Home, sources: Path
) -> None:
    publish(home, sources, 0)
    (home.root / "store.sqlite3").unlink()
    with pytest.raises(ReloadRefused, match="would be empty"):
        again(home)
    assert served(home) == edition(0)


@pytest.mark.parametrize("name", ["articles.jsonl", "manifest.json", "vectors.faiss"])
def test_a_corpus_whose_every_generation_is_damaged_is_made_again_and_a_crash_s_leftovers_are_swept(
    home: Home, sources: Path, name: str
) -> None:
    publish(home, sources, 0)
    damaged = home.generation_store(COLLECTION).pointer()
    [generation] = (home.root / "collections" / COLLECTION / "generations").iterdir()
    [path] = generation.rglob(name)
    path.write_bytes(b"")
    assert again(home)[1][COLLECTION] != damaged
    (generation.parent / ".staging-left").mkdir()
    (generation.parent / ".staging-left" / "vectors.faiss").touch()
    assert again(home) == ([], {})
    assert leftovers(home) == []
    assert served(home) == edition(0)
    assert problems(home) == []


def test_a_store_that_can_not_be_opened_stops_the_reload_in_one_line(home: Home, sources: Path) -> None:
    publish(home, sources, 0)
    (home.root / "store.sqlite3").write_bytes(b"garbage" * 1000)
    with pytest.raises(StoreUnusable, match="is damaged") as caught:
        again(home)
    assert "\n" not in str(caught.value)
    assert served(home) == edition(0)


def test_a_text_that_the_store_got_wrong_or_that_no_model_reads_is_never_published(
    home: Home, sources: Path
) -> None:
    publish(home, sources, 0)
    write_edition(sources, 1)

    def spoiling() -> HashEmbedder:
        # Between reading the sources and building from the store.
        with home.store() as store:
            store.write("UPDATE versions SET content = replace(content, 'lanterns', 'dollars')", ())
        return HashEmbedder()

    def no_model() -> HashEmbedder:
        raise HomeUnusable("no model")

    for load, reason in ((spoiling, "the store lost article 'changing'"), (no_model, "no model")):
        with pytest.raises(HomeUnusable, match=reason):
            reload(home, load, progress=no_progress)
        assert served(home) == edition(0)
    again(home)
    assert served(home) == edition(1)


def test_a_source_of_nothing_but_problems_is_a_report_of_a_hundred(
    home: Home, sources: Path, tmp_path: Path
) -> None:
    """The list of reasons of such a file was 13 MB, and was attached to a message."""
    write_edition(sources, 0)
    dates = json.dumps({"text": "A word.", "published": list(range(20_000))})
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "wire.jsonl").write_text(f"{dates}\n" * 150)
    register(home, Source(COLLECTION, str(tmp_path / "broken")))
    report = reload(home, HashEmbedder, ReloadRequest(dry_run=True), progress=no_progress)
    assert len(report.problems) == MAX_LISTED + 1
    assert total(report.problems) == 150
    assert len(json.dumps(report_row(report))) < 100_000
    card = plan_card(report, messages_for("en"), CANVAS)
    [file] = [part for part in card.parts if isinstance(part, Attached)]
    assert len(file.content) < 100_000
    assert "150 problems" in str(card)


def test_what_changes_is_named_by_title_and_source(home: Home, sources: Path) -> None:
    def row(key: str, title: str) -> dict[str, str]:
        return {"id": key, "text": f"Text of {key}.", "title": title, "source": "The Post"}

    write_rows(sources, [row(key, f"Old {key}") for key in "abcd"])
    again(home)
    write_rows(sources, [row("a", "Old a"), row("b", "New b"), row("c", "Old c"), row("e", "New e")])
    expected = {
        (COLLECTION, "e"): "New e (The Post)",
        (COLLECTION, "b"): "New b (The Post)",
        (COLLECTION, "d"): "Old d (The Post)",
    }
    assert reload(home, no_embedder, ReloadRequest(dry_run=True), progress=no_progress).titles == expected
    assert reload(home, HashEmbedder, progress=no_progress).titles == expected
    assert reload(home, HashEmbedder, progress=no_progress).titles == {}


def test_of_many_changes_the_first_are_named_and_all_are_counted(home: Home, sources: Path) -> None:
    write_rows(sources, rows_of({f"row-{row:03}": f"Row {row}." for row in range(100)}))
    report = reload(home, HashEmbedder, progress=no_progress)
    assert list(report.titles) == [(COLLECTION, f"row-{row:03}") for row in range(TITLES_KEPT)]
    assert len(report.plans[0].new) == 100


# Addresses

URL = "https://news.example/bridge"


@pytest.fixture
def web() -> CannedFetcher:
    return CannedFetcher({URL: page("The bridge was closed."), f"{URL}2": page("The ferry ran.", f"{URL}2")})


@pytest.fixture
def addressed(home: Home, sources: Path, web: CannedFetcher) -> Home:
    """The home with two addresses among its sources, loaded."""
    write_edition(sources, 0)
    register(home, Source(COLLECTION, URL), Source(COLLECTION, f"{URL}2"))
    from_web(home, web)
    assert set(served(home)) == {*edition(0), URL, f"{URL}2"}
    return home


def page(text: str, address: str = URL) -> Fetched:
    return Fetched(address, text.encode(), "text/plain")


def from_web(home: Home, web: CannedFetcher, *, dry_run: bool = False) -> ReloadReport:
    """Reload when what was fetched is no longer fresh."""
    for location in (URL, f"{URL}2"):
        if copy := home.fetch_cache.get(location):
            home.fetch_cache.put(replace(copy, fetched=copy.fetched - timedelta(days=1)))
    return reload(
        home, HashEmbedder, ReloadRequest(dry_run=dry_run), fetcher=lambda: web, progress=no_progress
    )


def test_addresses_are_fetched_anew_and_one_that_fails_stands_in_no_other_s_way(
    addressed: Home, web: CannedFetcher
) -> None:
    web.pages = {URL: "news.example did not answer in time", f"{URL}2": page("The ferry sank.", f"{URL}2")}
    report = from_web(addressed, web)
    [problem] = report.problems
    assert (problem.where, problem.refused) == (URL, False)
    assert re.search(r"did not answer in time; its content of .* UTC is kept$", problem.reason)
    assert [plan.changed for plan in report.plans] == [(f"{URL}2",)]
    assert [served(addressed)[url] for url in web.pages] == ["The bridge was closed.", "The ferry sank."]
    assert web.asked == [URL, f"{URL}2"] * 2
    del web.pages[URL]
    dry = from_web(addressed, web, dry_run=True)
    assert [plan.removed for plan in dry.plans] == [(URL,)]
    assert URL in served(addressed)
    [problem] = from_web(addressed, web).problems
    assert "it has been missing since" in problem.reason
    assert URL not in served(addressed)


def test_a_copy_that_is_damaged_is_missed_where_it_cant_be_fetched_again(
    addressed: Home, web: CannedFetcher
) -> None:
    for path in (addressed.root / "fetched").iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    web.pages[URL] = "news.example did not answer in time"
    web.pages[f"{URL}2"] = page("The ferry sank.", f"{URL}2")
    [problem] = from_web(addressed, web).problems
    assert (problem.where, problem.reason) == (URL, "news.example did not answer in time")
    assert served(addressed)[URL] == "The bridge was closed.", "what is served of it stays"
    assert served(addressed)[f"{URL}2"] == "The ferry sank.", "and it stands in no other's way"


def test_what_is_fetched_is_fetched_before_anything_is_written(addressed: Home, web: CannedFetcher) -> None:
    class Nosy(CannedFetcher):
        """Looks whether others can write meanwhile."""

        def fetch(self, location: str, known: Validators = NO_VALIDATORS) -> Fetched:
            with addressed.store() as store:
                store.record("look", COLLECTION, None, {})
            return super().fetch(location, known)

    from_web(addressed, Nosy(web.pages))
    with addressed.store() as store:
        assert [event.act for event in store.history(2)] == ["look", "look"]


def settle(sources: Path) -> None:
    """Let the sources have been changed an hour ago."""
    hour = time.time() - 3600
    for path in sources.rglob("*"):
        os.utime(path, (hour, hour))


def reads(home: Home, *, force: bool = False) -> bool:
    """Whether a reload reads the sources."""
    told: set[str] = set()
    reload(home, CountingEmbedder, ReloadRequest(force=force), progress=lambda what, *_: told.add(what))
    return "reading" in told


def test_files_that_are_as_they_were_are_not_read_again(home: Home, sources: Path) -> None:
    write_edition(sources, 0)
    assert [reads(home), reads(home)] == [True, True], "a file that changed a moment ago may change unseen"
    settle(sources)
    assert [reads(home), reads(home), reads(home, force=True)] == [True, False, True]
    assert served(home) == edition(0)
    assert problems(home) == []


@pytest.mark.parametrize(
    "way", ["content alone", "another file", "restored", "rolled back", "another source"]
)
def test_whatever_may_make_a_difference_lets_them_be_read(
    tmp_path: Path, home: Home, sources: Path, way: str
) -> None:
    publish(home, sources, 1)
    publish(home, sources, 0)
    settle(sources)
    assert [reads(home), reads(home)] == [True, False]
    path = sources / "news.jsonl"
    match way:
        case "content alone":  # with the size and the time that it had
            times = path.stat()
            path.write_text(path.read_text().replace("stays open", "is closed "))
            os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
        case "another file":
            write_rows(sources / "more", [{"id": "more", "text": "More is to come."}])
            settle(sources)
        case "restored":
            home.withdrawn.add(COLLECTION, "changing")
            assert reads(home)
            home.withdrawn.drop(COLLECTION, "changing")
        case "rolled back":
            home.generation_store(COLLECTION).roll_back()
        case "another source":
            write_rows(tmp_path / "other", [{"id": "other", "text": "Another source."}])
            settle(tmp_path / "other")
            register(home, Source(COLLECTION, str(tmp_path / "other")))
    assert reads(home)
    if way == "content alone":
        assert "is closed" in served(home)["standing-0"]
    elif way in ("restored", "rolled back"):
        assert served(home) == edition(0)
    assert not reads(home)


def test_files_with_a_problem_are_read_each_time_so_that_it_is_told(home: Home, sources: Path) -> None:
    write_rows(sources, [*rows_of(edition(0)), {"id": "bad", "text": ""}])
    settle(sources)
    assert [reads(home), reads(home)] == [True, True]


def test_another_model_gets_its_vectors_without_a_look_at_the_sources(home: Home, sources: Path) -> None:
    publish(home, sources, 0)
    settle(sources)
    assert [reads(home), reads(home)] == [True, False]
    report = reload(home, OtherEmbedder, progress=no_progress)
    assert set(report.generations) == {COLLECTION}
    assert home.generation_store(COLLECTION).serves(OtherEmbedder.model)


def test_progress_of_articles_in_batches_is_of_all_of_them(
    home: Home, sources: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(retrieval.generations.new_generation, "BATCH_CHARACTERS", 100)
    write_edition(sources, 0)
    told: list[tuple[str, int, int]] = []
    reload(home, HashEmbedder, progress=lambda *one: told.append(one))
    count = len(edition(0))
    for stage in ("splitting", "embedding", "indexing words"):
        ways = [(done, total) for what, done, total in told if what == stage]
        assert {total for _, total in ways} == {count}
        assert [done for done, _ in ways] == sorted(done for done, _ in ways)
        assert ways[-1][0] == count
    assert served(home) == edition(0)
