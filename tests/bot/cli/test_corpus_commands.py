"""`newsdesk corpus …`, each act with and without `--json`."""

import gzip
import json
import re
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat_store.chat_store import ChatStore
from bot.corpus_admin.home import Home
from corpus.storage.store import Store
from corpus.web.fetcher import CannedFetcher, Fetched
from corpus.web.web_fetcher import WebFetcher
from tests.bot.conftest import Call, Outcome, jsonl

URL = "https://news.example/moon"
STORIES = {
    "moon": "A probe landed on the moon on Monday. It carried four cameras.",
    "bridge": "The old bridge in the harbour was closed. Engineers had found cracks in two pillars.",
    "library": "The city library reopened after a fire. It had been closed for three years.",
}


@pytest.fixture
def news(call: Call, tmp_path: Path) -> Path:
    """A folder of three articles, loaded into the home."""
    folder = tmp_path / "news"
    folder.mkdir()
    for name, text in STORIES.items():
        write(folder, name, text)
    assert call("corpus", "add", "news").status == 0
    return folder


def write(folder: Path, name: str, text: str) -> None:
    (folder / f"{name}.md").write_text(f"---\ntitle: {name}\npublished: 2026-01-1{len(name)}\n---\n{text}\n")


def found(call: Call, question: str) -> list[str]:
    return [passage["article_id"] for passage in call("ask", question, "--json").row["passages"]]


def test_add_loads_files_folders_and_patterns_of_every_kind(call: Call, tmp_path: Path) -> None:
    row = {"id": "packed", "title": "Packed", "text": "A ship left the harbour with grain on Tuesday."}
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(json.dumps(row).encode()))
    jsonl(tmp_path / "b1.jsonl", row | {"id": "b", "text": "The mayor opened a park by the river."})
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "c.html").write_text(
        "<html><head><title>Rain</title></head><body><article><p>Heavy rain closed two roads in the north of "
        "the country on Sunday, and trains ran late all day.</p></article></body></html>"
    )
    added = call("corpus", "add", "a.jsonl.gz", "b*.jsonl", "pages", "--json")
    assert added.status == 0
    collection = added.row["collections"]["news"]
    assert len(collection["new"]) == 3
    assert added.row["problems"] == []
    assert re.fullmatch(r"\d{8}T\d{6}-[0-9a-f]{8}", collection["generation"])


def test_add_says_what_it_did(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text(STORIES["moon"])
    added = call("corpus", "add", "a.md")
    assert re.fullmatch(
        r"news: 1 new, 0 changed, 0 removed, 0 unchanged; generation \S+ is served\.\n"
        r"1 text embedded, \d+\.\d s\.\n",
        added.out,
    )
    assert added.err.splitlines()[:2] == ["reading …", "loading the model …"]
    assert "embedding …" in added.err


def test_a_bad_article_is_named_and_the_others_are_taken(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    file.write_text(f'{{"id": 1, "text": "{STORIES["moon"]}"}}\n{{broken\n{{"id": 2, "text": ""}}\n')
    shown = call("corpus", "add", "a.jsonl")
    assert shown.status == 0
    assert f"  {file}:2: the line is not JSON: " in shown.out
    assert f"  {file}:3: its text is empty\n" in shown.out
    assert "2 articles could not be taken.\n" in shown.out
    problems = call("corpus", "reload", "--json").row["problems"]
    assert [(problem["line"], problem["refused"]) for problem in problems] == [(2, True), (3, True)]


@pytest.mark.parametrize(
    ("place", "error"),
    [
        ("none.md", "none.md: there is no such file or folder"),
        ("none*.md", "none*.md: no file matches this pattern"),
        (".", "it holds no file that is read (.jsonl, "),
        ("http://127.0.0.1:80/a", "http://127.0.0.1/a: 127.0.0.1 is not a public host"),
        ("https://localhost/", "https://localhost/: localhost is not a public host"),
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254 is not a public host"),
        ("https://example.org:22/", "https://example.org:22/: it names port 22"),
        ("file:///etc/passwd", "file:///etc/passwd: only http and https are fetched"),
    ],
)
def test_a_place_without_articles_is_not_registered(call: Call, place: str, error: str) -> None:
    called = call("corpus", "add", place)
    assert called.status == 1
    assert error in called.error
    assert "sources" not in call("corpus", "status").out
    assert call("corpus", "status", "--json").row["sources"] == []


def test_a_place_with_nothing_but_bad_articles_is_not_registered(call: Call, tmp_path: Path) -> None:
    (tmp_path / "a.md").write_text("---\n")
    called = call("corpus", "add", "a.md")
    assert (called.status, called.out) == (1, "")
    assert "there is no article to load" in called.err
    assert call("corpus", "status", "--json").row["sources"] == []


def test_an_interrupted_add_leaves_no_source(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.md").write_text(STORIES["moon"])

    def interrupted(_store: Store, *_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Store, "save_vectors", interrupted)
        assert call("corpus", "add", "a.md").status == 130
    assert call("corpus", "status", "--json").row["sources"] == []
    assert call("ask", "Who?").status == 1


def test_a_dry_run_says_what_would_change_and_changes_nothing(call: Call, news: Path) -> None:
    write(news, "moon", "A probe crashed on the moon on Monday.")
    (news / "bridge.md").unlink()
    write(news, "rain", "Heavy rain closed two roads in the north.")
    dry = call("corpus", "reload", "--dry-run")
    assert dry.out == "news: 1 new, 1 changed, 1 removed, 1 unchanged; nothing was changed (dry run).\n"
    row = call("corpus", "reload", "--dry-run", "--json").row
    assert (row["dry_run"], row["embedded"]) == (True, 0)
    assert row["collections"]["news"] == {
        "new": ["rain"],
        "changed": ["moon"],
        "removed": ["bridge"],
        "unchanged": 1,
        "withdrawn": [],
        "generation": None,
    }
    assert "bridge" in found(call, "Why was the bridge closed?")
    assert call("corpus", "reload").out.startswith("news: 1 new, 1 changed, 1 removed, 1 unchanged; gen")
    assert "bridge" not in found(call, "Why was the bridge closed?")


def test_a_reload_without_changes_publishes_nothing(call: Call, news: Path) -> None:
    assert call("corpus", "reload").out.startswith(
        "news: 0 new, 0 changed, 0 removed, 3 unchanged; nothing to do.\n0 texts embedded"
    )
    assert len(call("corpus", "status", "--json").row["collections"]["news"]["generations"]) == 1


def test_the_loss_of_most_articles_is_refused_unless_forced(call: Call, news: Path) -> None:
    (news / "bridge.md").unlink()
    (news / "moon.md").unlink()
    refused = call("corpus", "reload")
    assert (refused.status, refused.out) == (1, "")
    assert "collection news would lose 2 of its 3 articles: nothing was changed" in refused.err
    assert call("corpus", "reload", "--force").status == 0
    assert found(call, "Why was the bridge closed?") == ["library"]


def test_status_lists_what_is_served_and_from_where(call: Call, news: Path) -> None:
    assert call("corpus", "remove", "moon").status == 0
    row = call("corpus", "status", "--json").row
    collection = row["collections"]["news"]
    assert row["sources"] == [{"collection": "news", "location": str(news)}]
    assert (collection["articles"], collection["newest"]) == (2, "2026-01-17")
    assert (collection["sources"], collection["withdrawn"]) == (["news"], ["moon"])
    newest, before = collection["generations"]
    assert collection["current"] == newest["generation"] != before["generation"]
    assert set(newest) == {"generation", "created", "articles", "passages", "chunks", "model"}
    shown = call("corpus", "status").out.splitlines()
    assert shown == [
        f"Home {row['home']}",
        "",
        "Collection news: 2 articles, the newest from 2026-01-17",
        f"  source     {news}",
        "  withdrawn  moon",
        f"  served     {newest['generation']}  2 articles, 2 passages",
        f"  kept       {before['generation']}  3 articles, 3 passages",
    ]


def test_status_and_history_of_an_empty_home(call: Call) -> None:
    assert "Nothing is served yet: `newsdesk corpus add PATH`." in call("corpus", "status").out
    assert call("corpus", "history").out == "There were no changes yet.\n"
    assert call("corpus", "history", "--json").out == ""
    verified = call("corpus", "verify")
    assert (verified.status, verified.out) == (0, "0 generations checked, 0 problems.\n")


def test_history_lists_acts_newest_first(call: Call, news: Path) -> None:
    call("corpus", "remove", "moon")
    call("corpus", "rollback")
    rows = call("corpus", "history", "--json").rows
    assert [row["act"] for row in rows] == ["rollback", "remove", "reload", "reload"]
    assert rows[1]["detail"] == {"target": "moon"}
    assert rows[3]["detail"]["new"] == 3
    assert all(set(row) == {"at", "act", "collection", "generation", "detail"} for row in rows)
    shown = call("corpus", "history", "--limit", "2").out.splitlines()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC  rollback news: articles \d", shown[0])
    assert shown[1].endswith("  remove news: target moon")
    assert len(shown) == 2


def test_a_removed_article_is_gone_until_it_is_restored(call: Call, news: Path) -> None:
    removed = call("corpus", "remove", "moon", "--json").row
    assert removed["collections"]["news"]["removed"] == ["moon"]
    assert "moon" not in found(call, "What landed on the moon?")
    assert call("corpus", "reload").out.startswith(
        "news: 0 new, 0 changed, 0 removed, 2 unchanged, 1 withdrawn; nothing to do."
    )
    restored = call("corpus", "restore", "moon", "--json").row
    assert restored["collections"]["news"]["new"] == ["moon"]
    assert found(call, "What landed on the moon?")[0] == "moon"
    again = call("corpus", "restore", "moon")
    assert (again.status, again.error) == (2, "article 'moon' was not removed from collection news")


def test_a_removed_source_takes_its_articles_along(call: Call, news: Path, tmp_path: Path) -> None:
    (tmp_path / "rain.md").write_text("Heavy rain closed two roads in the north.")
    assert call("corpus", "add", "rain.md").status == 0
    assert call("corpus", "remove", "rain.md").out.startswith("news: 0 new, 0 changed, 1 removed")
    assert "rain" not in found(call, "What closed two roads?")
    emptied = call("corpus", "remove", str(news))
    assert emptied.status == 1
    assert "collection news would be empty (it has 3 articles): nothing was changed" in emptied.error
    assert call("corpus", "status", "--json").row["sources"] == [
        {"collection": "news", "location": str(news)}
    ]


def test_what_is_neither_an_article_nor_a_source_can_t_be_removed(call: Call, news: Path) -> None:
    called = call("corpus", "remove", "sun")
    assert called.status == 2
    assert called.error.startswith("'sun' is neither an article nor a source of collection news")
    assert call("corpus", "remove", "https://example.org").status == 2


def test_rollback_serves_the_generation_before(call: Call, news: Path) -> None:
    write(news, "moon", "A probe crashed on the moon on Monday.")
    call("corpus", "reload")
    before = call("corpus", "status", "--json").row["collections"]["news"]["generations"][1]
    assert call("corpus", "rollback", "--json").row == {
        "collection": "news",
        "generation": before["generation"],
    }
    (passage,) = (
        row for row in call("ask", "What landed?", "--json").row["passages"] if row["article_id"] == "moon"
    )
    assert passage["text"] == STORIES["moon"]
    assert Path(passage["link"].removeprefix("file://").partition("#")[0]).exists()
    once_more = call("corpus", "rollback")
    assert once_more.status == 1
    assert once_more.error.startswith(
        "collection news has no earlier generation to go back to; they go after"
    )


def test_rollback_says_what_is_served(call: Call, news: Path) -> None:
    call("corpus", "remove", "moon")
    shown = call("corpus", "rollback").out
    assert re.fullmatch(
        r"Collection news is served from generation \S+ again \(2 articles of \S+\)\.\n", shown
    )
    assert "moon" not in found(call, "What landed on the moon?"), "what was withdrawn stays so"


def test_verify_finds_a_damaged_byte(call: Call, news: Path) -> None:
    assert call("corpus", "verify", "--json").row == {"generations": 1, "problems": []}
    (vectors,) = Path(".newsdesk").glob("collections/news/generations/*/vectors.npy")
    content = bytearray(vectors.read_bytes())
    content[-1] ^= 1
    vectors.write_bytes(content)
    damaged = call("corpus", "verify")
    assert damaged.status == 1
    assert re.fullmatch(
        r"collection news: generation \S+ is not used: vectors\.npy is damaged \(its SHA-256 differs\)\n"
        r"1 generation checked, 1 problem\.\n",
        damaged.out,
    )
    assert len(call("corpus", "verify", "--json").row["problems"]) == 1


def test_verify_looks_at_the_generations_also_where_the_store_is_damaged(call: Call, news: Path) -> None:
    for path in Path(".newsdesk").glob("store.sqlite3*"):
        path.unlink()
    Path(".newsdesk/store.sqlite3").write_bytes(b"This is no database. " * 100)
    found = call("corpus", "verify", "--json")
    assert found.status == 1
    assert found.row["generations"] == 1
    assert [problem.split(":")[0] for problem in found.row["problems"]] == ["store"]
    Path(".newsdesk/withdrawn.json").write_text("This is no JSON.")
    found = call("corpus", "verify", "--json")
    assert [problem.split(":")[0] for problem in found.row["problems"]] == ["store", "withdrawn articles"]


def test_a_rollback_stands_also_where_its_pages_cant_be_written(call: Call, news: Path) -> None:
    call("corpus", "remove", "moon")
    pages = Path(".newsdesk/pages/news")
    for path in (*pages.glob("*"), pages.parent):
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    Path(".newsdesk/pages").write_text("a file in the way")
    assert call("corpus", "rollback").status == 0
    collection = call("corpus", "status", "--json").row["collections"]["news"]
    assert collection["current"] == collection["generations"][-1]["generation"]
    assert (collection["articles"], collection["withdrawn"]) == (2, ["moon"])


def test_a_truncated_index_is_not_served_and_a_reload_mends_it(call: Call, news: Path) -> None:
    (vectors,) = Path(".newsdesk").glob("collections/news/generations/*/vectors.npy")
    vectors.write_bytes(vectors.read_bytes()[:100])
    asked = call("ask", "What landed on the moon?")
    assert (asked.status, asked.out) == (1, "")
    assert "vectors.npy is damaged" in asked.err.splitlines()[-1]
    write(news, "moon", "A probe crashed on the moon on Monday.")
    assert call("corpus", "reload").status == 0
    assert found(call, "What crashed on the moon?")[0] == "moon"


def test_while_another_reload_runs_the_second_is_refused(call: Call, news: Path) -> None:
    with Home(Path(".newsdesk")).locked():
        calls: list[Outcome] = [
            call("corpus", "reload"),
            call("corpus", "rollback"),
            call("corpus", "add", "sample"),
        ]
    for called in calls:
        assert called.status == 1
        assert "another reload of" in called.err.splitlines()[-1]
    assert call("corpus", "status", "--json").row["sources"] == [
        {"collection": "news", "location": str(news)}
    ]


def test_a_restore_that_fails_changes_nothing(call: Call, news: Path) -> None:
    call("corpus", "remove", "moon")
    with Home(Path(".newsdesk")).locked():
        assert call("corpus", "restore", "moon").status == 1
    assert call("corpus", "status", "--json").row["collections"]["news"]["withdrawn"] == ["moon"]


def test_an_address_is_added_reloaded_shown_and_removed(call: Call, web: CannedFetcher) -> None:
    added = call("corpus", "add", URL, "--json")
    assert added.status == 0
    assert added.row["collections"]["news"]["new"] == [URL]
    assert call("corpus", "status", "--json").row["sources"] == [{"collection": "news", "location": URL}]
    (passage,) = call("ask", "What landed on the moon?", "--json").row["passages"]
    assert passage["link"].startswith(f"{URL}#:~:text=")
    assert passage["source"] == "news.example"
    assert call("corpus", "reload").out.startswith(
        "news: 0 new, 0 changed, 0 removed, 1 unchanged; nothing to do"
    )
    assert web.asked == [URL], "a moment ago"
    assert call("corpus", "remove", URL, "--force").status == 0
    assert call("corpus", "status", "--json").row["sources"] == []


def test_an_address_that_is_down_is_named_once_it_was_there(call: Call, web: CannedFetcher) -> None:
    assert call("corpus", "add", URL).status == 0
    kept = Home(Path(".newsdesk")).fetch_cache
    copy = kept.get(URL)
    assert copy
    kept.put(replace(copy, fetched=copy.fetched - timedelta(days=1)))
    web.pages[URL] = "its server answers with status 503"
    shown = call("corpus", "reload")
    assert shown.status == 0
    assert (
        f"  {URL}: it could not be fetched: its server answers with status 503; what it held on " in shown.out
    )
    assert "could not be taken" not in shown.out
    again = call("corpus", "add", URL)
    assert (again.status, again.error) == (1, f"{URL}: its server answers with status 503")


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> CannedFetcher:
    """What the command finds at addresses."""
    canned = CannedFetcher({URL: Fetched(URL, STORIES["moon"].encode(), "text/plain")})
    monkeypatch.setattr(WebFetcher, "fetch", lambda _self, location: canned.fetch(location))
    return canned


def test_only_the_collections_that_are_named_are_reloaded(call: Call, news: Path, tmp_path: Path) -> None:
    (tmp_path / "rain.md").write_text("Heavy rain closed two roads in the north.")
    (tmp_path / "snow.md").write_text("Snow fell on the hills.")
    call("corpus", "add", "rain.md", "--collection", "weather")
    write(news, "moon", "A probe crashed on the moon on Monday.")
    (tmp_path / "rain.md").write_text("Heavy rain closed five roads in the north.")
    row = call("corpus", "reload", "--collection", "weather", "--dry-run", "--json").row
    assert list(row["collections"]) == ["weather"]
    shown = call("corpus", "reload", "--collection", "weather")
    assert shown.out.startswith("weather: 0 new, 1 changed, 0 removed, 0 unchanged; generation ")
    assert "news" not in shown.out
    both = call("corpus", "reload", "--collection", "weather", "--collection", "news", "--json").row
    assert [(name, both["collections"][name]["changed"]) for name in both["collections"]] == [
        ("news", ["moon"]),
        ("weather", []),
    ]
    unknown = call("corpus", "reload", "--collection", "sports")
    assert (unknown.status, unknown.out) == (2, "")
    assert unknown.error == "there is no collection 'sports'; there are: news, weather"
    assert call("corpus", "reload", "--collection", "../up").status == 2


def test_collections_are_apart(call: Call, news: Path, tmp_path: Path) -> None:
    (tmp_path / "rain.md").write_text("Heavy rain closed two roads in the north.")
    assert call("corpus", "add", "rain.md", "--collection", "weather").status == 0
    asked = call("ask", "What closed two roads?", "--collection", "news", "--json").row
    assert {passage["collection"] for passage in asked["passages"]} <= {"news"}
    assert asked["searched"]["articles"] == 3
    both = call("ask", "What closed two roads?", "--json").row
    assert both["filters"]["collections"] == ["news", "weather"]
    assert both["passages"][0]["collection"] == "weather"
    refused = call("corpus", "add", "rain.md", "--collection", "../up")
    assert (refused.status, refused.out) == (2, "")
    assert "can't name a collection" in refused.error


def test_a_name_that_a_crash_left_reserved_is_free_for_the_operator(call: Call, news: Path) -> None:
    with ChatStore(Path(".newsdesk/chats.sqlite3")) as chat_store:
        chat_store.reservations.reserve("discord", "200", "archive")
        assert call("corpus", "add", str(news), "--collection", "archive").status == 0
        assert chat_store.bindings.all() == {}
        assert chat_store.reservations.all() == {}
