"""`newsdesk corpus …`, each act with and without `--json`."""

import gzip
import os
import re
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.chat_store.chat_store import ChatStore
from bot.corpus_admin.home import Home
from corpus.web.fetcher import CannedFetcher, Fetched
from corpus.web.web_fetcher import WebFetcher
from tests.bot.conftest import Call, jsonl

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


def test_add_says_what_it_did_and_names_what_it_could_not_take(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl.gz"
    rows = f'{{"id": 1, "text": "{STORIES["moon"]}"}}\n{{broken\n{{"id": 2, "text": ""}}\n'
    file.write_bytes(gzip.compress(rows.encode()))
    shown = call("corpus", "add", "a.jsonl.gz")
    assert shown.status == 0
    assert re.match(
        r"news: 1 new, 0 changed, 0 removed, 0 unchanged; generation \S+ is served\.\n", shown.out
    )
    assert re.search(r"^1 text embedded, \d+\.\d s\.\n", shown.out, re.MULTILINE)
    assert shown.err.splitlines()[:2] == ["reading …", "loading the model …"]
    assert f"  {file}:2: the line is not JSON: " in shown.out
    assert f"  {file}:3: its text is empty\n" in shown.out
    assert "2 articles could not be taken.\n" in shown.out
    problems = call("corpus", "reload", "--json").row["problems"]
    assert [(problem["line"], problem["refused"]) for problem in problems] == [(2, True), (3, True)]


@pytest.mark.parametrize(
    ("place", "error"),
    [
        ("none.md", "none.md: there is no such file or folder"),
        (".", "it holds no file that is read (.csv, "),
        ("http://127.0.0.1:80/a", "http://127.0.0.1/a: 127.0.0.1 is not a public host"),
    ],
)
def test_a_place_without_articles_is_not_registered(call: Call, place: str, error: str) -> None:
    called = call("corpus", "add", place)
    assert called.status == 1
    assert error in called.error
    assert "sources" not in call("corpus", "status").out
    assert call("corpus", "status", "--json").row["sources"] == []


def test_a_file_of_which_nothing_can_be_taken_says_why_and_is_no_source(call: Call, tmp_path: Path) -> None:
    rows = "".join(f'{{"headline": "Moon", "page": {number}}}\n' for number in range(3))
    (tmp_path / "a.jsonl").write_text(f"{rows}{{broken\n")
    called = call("corpus", "add", "a.jsonl")
    assert called.status == 1
    assert (
        "no article in it can be taken: line 1: it has no text: its fields are headline, page (3 like this); "
    ) in called.error.replace(f"{tmp_path}/", "")
    assert "; line 4: the line is not JSON: " in called.error
    assert call("corpus", "status", "--json").row["sources"] == []


def test_problems_are_told_by_kind_with_their_first_places(call: Call, tmp_path: Path) -> None:
    rows = "".join(f'{{"id": {n}, "text": "{STORIES["moon"]}", "date": "day {n}"}}\n' for n in range(7))
    (tmp_path / "a.jsonl").write_text(rows)
    lines = call("corpus", "add", "a.jsonl").out.replace(f"{tmp_path}/", "").splitlines()
    assert lines[1:3] == [
        "  a.jsonl:1: its date 'day 0' is not a possible date (write 2026-01-14 or 2026-01-14T09:30Z): "
        "left out",
        "    and 6 like this: a.jsonl:2, a.jsonl:3, a.jsonl:4, …",
    ]
    [kind] = call("corpus", "reload", "--json").row["problem_kinds"]
    assert (kind["count"], kind["refused"], len(kind["places"])) == (7, False, 4)


def test_what_is_said_of_a_source_at_add_is_kept_with_it_and_said_anew(call: Call, tmp_path: Path) -> None:
    write(tmp_path, "moon", STORIES["moon"])
    said = ("--source", "The Post", "--language", "en-GB", "--fields", "title=Headline")
    assert call("corpus", "add", "moon.md", *said).status == 0
    [source] = call("corpus", "status", "--json").row["sources"]
    assert source["options"] == {"source": "The Post", "language": "en", "fields": {"title": "Headline"}}
    [passage] = call("ask", "Where did a probe land?", "--json").row["passages"]
    assert passage["source"] == "The Post"
    assert call("corpus", "add", "moon.md", "--source", "The Times").status == 0
    assert call("corpus", "add", "moon.md").status == 0
    [source] = call("corpus", "status", "--json").row["sources"]
    assert source["options"] == {"source": "The Times"}
    [passage] = call("ask", "Where did a probe land?", "--json").row["passages"]
    assert passage["source"] == "The Times"


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (("--dates", "sideways"), "'sideways' is not an order of dates: write day-first or month-first"),
        (("--language", "English!"), "'English!' is not a language: write a tag such as en, de or ja"),
        (("--encoding", "hex"), "'hex' is not an encoding: write for instance cp1252 or shift_jis"),
        (
            ("--fields", "Headline"),
            "--fields: 'Headline' is no pair of fields: write for instance title=Headline",
        ),
        (("--fields", "heading=Headline"), "'heading' is not a field of an article: there are id, title, "),
    ],
)
def test_what_can_not_be_said_of_a_source_is_a_wrong_call(
    call: Call, tmp_path: Path, said: tuple[str, ...], error: str
) -> None:
    write(tmp_path, "moon", STORIES["moon"])
    called = call("corpus", "add", "moon.md", *said)
    assert called.status == 2
    assert error in called.error


def test_a_reload_says_what_would_change_what_did_and_what_it_refuses(call: Call, news: Path) -> None:
    assert call("corpus", "reload").out.startswith(
        "news: 0 new, 0 changed, 0 removed, 3 unchanged; nothing to do.\n0 texts embedded"
    )
    write(news, "moon", "A probe crashed on the moon on Monday.")
    (news / "bridge.md").unlink()
    write(news, "rain", "Heavy rain closed two roads in the north.")
    dry = call("corpus", "reload", "--dry-run")
    assert dry.out == (
        "news: 1 new, 1 changed, 1 removed, 1 unchanged; nothing was changed (dry run).\n"
        "  new      rain  rain (news)\n"
        "  changed  moon  moon (news)\n"
        "  removed  bridge  bridge (news)\n"
    )
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
    (news / "moon.md").unlink()
    (news / "rain.md").unlink()
    refused = call("corpus", "reload")
    assert (refused.status, refused.out) == (1, "")
    assert "collection news would lose 2 of its 3 articles: nothing was changed" in refused.err
    assert call("corpus", "reload", "--force").status == 0
    assert found(call, "Why was the bridge closed?") == ["library"]


def make_empty_home() -> None:
    """A home to which nothing was added."""
    with Home(Path(".newsdesk")).store():
        pass


def test_a_dry_run_says_what_a_reload_would_refuse(call: Call, news: Path) -> None:
    (news / "moon.md").unlink()
    (news / "bridge.md").unlink()
    lost = "collection news would lose 2 of its 3 articles"
    dry = call("corpus", "reload", "--dry-run")
    assert dry.status == 0
    assert f"\nA reload would be refused without --force: {lost}.\n" in dry.out
    assert call("corpus", "reload", "--dry-run", "--json").row["objections"] == [lost]
    assert call("corpus", "reload", "--dry-run", "--force", "--json").row["objections"] == []
    shutil.rmtree(news)
    dry = call("corpus", "reload", "--dry-run")
    assert dry.status == 0
    assert f"refused without --force: the source {news}: there is no such file or folder.\n" in dry.out
    assert dry.out.startswith("news: 0 new, 0 changed, 3 removed, 0 unchanged; ")
    assert call("corpus", "reload").status == 1
    assert len(found(call, "Why was the bridge closed?")) == 3


def test_a_dry_run_lists_the_remarks_also_if_nothing_changed(call: Call, news: Path) -> None:
    (news / "chart.png").write_bytes(b"")
    let_files_settle(news)
    assert call("corpus", "reload").status == 0
    assert call("corpus", "reload").status == 0
    remark = "1 file .png is not read (chart.png)"
    assert "1 remark (`newsdesk corpus reload --dry-run`" in call("corpus", "status").out
    assert remark in call("corpus", "reload", "--dry-run").out


def test_problems_that_a_reload_cuts_are_all_listed_by_a_dry_run(call: Call, news: Path) -> None:
    for number in range(110):
        (news / f"z-part-{number:03}.json").write_text("[]" if number % 2 else "")
    for letter in "bcdefghijklmnopqrstuvwxyz":
        (news / f"{letter}.json").write_text(f'{{"{letter * 3}": 1}}')
    cut = call("corpus", "reload").out
    assert "(`newsdesk corpus reload --dry-run` lists all problems)" in cut
    assert "more problems of other kinds" in cut
    assert "z-part-090.json" not in cut
    shown = call("corpus", "reload", "--dry-run").out.splitlines()
    assert not any("more problems" in line or "like this" in line for line in shown)
    listed = [line for line in shown if line.startswith("  ") and ".json: " in line]
    assert len(listed) == 135
    empty = [place for place, line in enumerate(listed) if "it is empty" in line]
    assert len(empty) == 55
    assert empty == list(range(empty[0], empty[0] + 55)), "one kind stands together"


def let_files_settle(folder: Path) -> None:
    """Let the files be old enough that a later change would give them another time."""
    for path in folder.iterdir():
        os.utime(path, (1_700_000_000, 1_700_000_000))


def test_many_titles_of_a_dry_run_are_cut(call: Call, news: Path) -> None:
    for number in range(23):
        write(news, f"story-{number:02}", f"The council counted {number} lanterns.")
    lines = call("corpus", "reload", "--dry-run").out.splitlines()
    assert lines[1] == "  new      story-00  story-00 (news)"
    assert lines[21:] == ["  … and 3 more new (--json lists all)"]


def test_a_reload_without_any_source_says_so(call: Call) -> None:
    make_empty_home()
    said = "There is nothing to reload: no source is registered (`newsdesk corpus add PATH`).\n"
    assert call("corpus", "reload", "--dry-run").out == said


def test_status_and_doctor_say_how_much_could_not_be_taken_until_it_is_mended(call: Call, news: Path) -> None:
    def counted() -> object:
        [source] = call("corpus", "status", "--json").row["sources"]
        return source["problems"]

    assert counted() == {"refused": 0, "remarks": 0}
    broken = news / "broken.jsonl"
    broken.write_text(
        '{"title": "No text"}\n{broken\n{"title": "Fog", "text": "There was fog.", "date": "soon"}\n'
    )
    assert call("corpus", "reload").status == 0
    assert counted() == {"refused": 2, "remarks": 1}
    listed = "`newsdesk corpus reload --dry-run` lists them"
    said = f"2 articles could not be taken, 1 remark on those that were ({listed})"
    assert said in call("corpus", "status").out
    assert f"2 articles of 1 source could not be taken: {listed}" in " ".join(call("doctor").out.split())
    assert "it has no text" in call("corpus", "reload", "--dry-run").out
    broken.unlink()
    assert call("corpus", "reload", "--force").status == 0
    assert counted() == {"refused": 0, "remarks": 0}
    assert "could not be taken" not in call("doctor").out


def test_status_lists_what_is_served_and_from_where(call: Call, news: Path) -> None:
    assert call("corpus", "remove", "moon").status == 0
    row = call("corpus", "status", "--json").row
    collection = row["collections"]["news"]
    [source] = row["sources"]
    assert (source["collection"], source["location"], source["options"]) == ("news", str(news), {})
    assert source["polling"]["failures"] == 0
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
    make_empty_home()
    assert "Nothing is served yet: `newsdesk corpus add PATH`." in call("corpus", "status").out
    assert call("corpus", "history").out == "There were no changes yet.\n"
    assert call("corpus", "history", "--json").out == ""
    verified = call("corpus", "verify")
    assert (verified.status, verified.out) == (0, "0 generations checked, 0 problems.\n")


def test_an_article_or_a_source_is_removed_and_an_article_restored(
    call: Call, news: Path, tmp_path: Path
) -> None:
    removed = call("corpus", "remove", "moon", "--json").row
    assert removed["collections"]["news"]["removed"] == ["moon"]
    assert "moon" not in found(call, "What landed on the moon?")
    assert call("corpus", "reload").out.startswith(
        "news: 0 new, 0 changed, 0 removed, 2 unchanged, 1 withdrawn; nothing to do."
    )
    with Home(Path(".newsdesk")).locked():
        for act in (["reload"], ["rollback"], ["restore", "moon"]):
            called = call("corpus", *act)
            assert called.status == 1
            assert "another reload of" in called.err.splitlines()[-1]
    restored = call("corpus", "restore", "moon", "--json").row
    assert restored["collections"]["news"]["new"] == ["moon"]
    assert found(call, "What landed on the moon?")[0] == "moon"
    again = call("corpus", "restore", "moon")
    assert again.status == 2
    assert again.error == (
        "article 'moon' was not removed from collection news: `newsdesk corpus status` lists those that were"
    )
    (tmp_path / "rain.md").write_text("Heavy rain closed two roads in the north.")
    assert call("corpus", "add", "rain.md").status == 0
    assert call("corpus", "remove", "rain.md").out.startswith("news: 0 new, 0 changed, 1 removed")
    neither = call("corpus", "remove", "sun")
    assert neither.status == 2
    assert neither.error.startswith("'sun' is neither an article nor a source of collection news")


@pytest.mark.parametrize("act", ["remove", "remove --forget", "article"])
def test_a_wrong_id_leads_to_the_nearest_articles(call: Call, news: Path, act: str) -> None:
    write(news, "full moon", STORIES["moon"])
    call("corpus", "reload")
    command = ["article"] if act == "article" else ["corpus", *act.split()]
    near = call(*command, "bridges")
    assert near.status == 2
    assert ": the nearest article is bridge (bridge); `newsdesk corpus list news` lists" in near.error
    assert ": the nearest articles are full moon (full moon), moon (moon); " in call(*command, "MOON").error
    assert ": `newsdesk corpus list news` lists the articles" in call(*command, "xyzzy").error


def test_an_article_that_is_removed_already_can_be_restored_as_it_is_said(call: Call, news: Path) -> None:
    assert call("corpus", "remove", "moon").status == 0
    again = call("corpus", "remove", "moon")
    assert again.status == 2
    assert again.error == (
        "article 'moon' of collection news is removed already: `newsdesk corpus restore moon` restores it"
    )
    assert call("corpus", "restore", "moon").status == 0


def test_articles_are_listed_with_their_ids_newest_first(call: Call, news: Path, tmp_path: Path) -> None:
    row = {"id": "w-1", "title": "Rain", "source": "The Post", "text": "Heavy rain closed two roads."}
    jsonl(tmp_path / "w.jsonl", row)
    assert call("corpus", "add", "w.jsonl", "--collection", "weather").status == 0
    lines = [
        "library  2026-01-17  news  library",
        "bridge  2026-01-16  news  bridge",
        "moon  2026-01-14  news  moon",
        "w-1  no date     The Post  Rain",
    ]
    assert call("corpus", "list").out.splitlines() == lines
    assert call("corpus", "list", "weather").out.splitlines() == lines[3:]
    assert call("corpus", "list", "--source", "the post").out.splitlines() == lines[3:]
    assert call("corpus", "list", "--since", "2026-01-16").out.splitlines() == lines[:2]
    cut = call("corpus", "list", "--limit", "1").out.splitlines()
    assert cut == [lines[0], "… and 3 more (--limit 4 lists all)"]
    assert [one["article_id"] for one in call("corpus", "list", "--json").rows] == [
        *("library", "bridge", "moon", "w-1")
    ]
    assert call("corpus", "list", "--json").rows[-1] == {
        "article_id": "w-1",
        "collection": "weather",
        "title": "Rain",
        "source": "The Post",
        "author": None,
        "published": None,
        "url": None,
    }
    call("corpus", "remove", "moon")
    assert "moon" not in call("corpus", "list").out
    assert call("corpus", "list", "--since", "2027").out == "There is no such article.\n"
    for wrong in (["--source", "Times"], ["sports"], ["--since", "soon"]):
        assert call("corpus", "list", *wrong).status == 2


def test_a_removal_repeats_no_remark_of_the_other_sources(call: Call, news: Path) -> None:
    odd = {"id": "odd", "title": "Odd", "text": "The bridge was closed.", "date": "last week"}
    jsonl(news / "a.jsonl", odd)
    assert "is not a possible date" in call("corpus", "reload").out
    for act, done in (("remove", "1 removed"), ("restore", "1 new")):
        shown = call("corpus", act, "moon")
        assert done in shown.out
        assert "possible date" not in shown.out
    jsonl(news / "a.jsonl", odd, {**odd, "id": "odder"})
    assert "possible date" not in call("corpus", "remove", "moon").out
    assert "is not a possible date" in call("corpus", "reload").out


def test_a_poll_does_not_undo_a_rollback(call: Call, news: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    write(tmp_path / "more", "harbour", "The harbour was deepened in May.")
    call("corpus", "add", "more")
    write(news, "moon", "A probe crashed on the moon on Monday.")
    call("corpus", "reload")
    call("corpus", "rollback")
    for file in (*news.iterdir(), news, *(tmp_path / "more").iterdir(), tmp_path / "more"):
        os.utime(file, (1_700_000_000,) * 2)  # what changed a moment ago is left to the next round
    polled = call("corpus", "poll", "--all", "--json").row
    assert (polled["asked"], len(polled["changed"])) == (2, 2)
    assert polled["articles"] == {"new": 0, "changed": 0, "removed": 0}
    assert "landed" in call("ask", "What landed on the moon?").out
    call("corpus", "reload")
    assert "crashed" in call("ask", "What crashed on the moon?").out


@pytest.mark.parametrize(
    "act", [["rollback"], ["remove", "a"], ["remove", "a", "--forget"], ["restore", "a"]]
)
def test_a_collection_that_is_not_there_is_told_with_those_that_are(
    call: Call, news: Path, act: list[str]
) -> None:
    call("corpus", "add", str(news))
    refused = call("corpus", *act, "--collection", "nws")
    assert refused.status == 2
    assert refused.error == "there is no collection 'nws'; there are: news"


def test_rollback_serves_the_generation_before_and_history_lists_it_all(call: Call, news: Path) -> None:
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
        "collection news has no earlier generation to go back to: only the last two are kept "
    )
    call("corpus", "reload")
    call("corpus", "remove", "bridge")
    assert re.fullmatch(
        r"Collection news is served from generation \S+ again \(2 articles of \S+\)\.\nWhat .+\n",
        call("corpus", "rollback").out,
    )
    assert "bridge" not in found(call, "Why was the bridge closed?"), "what was withdrawn stays so"
    rows = call("corpus", "history", "--json").rows
    assert [row["act"] for row in rows] == [
        *("rollback", "remove", "reload", "reload", "rollback", "reload", "reload")
    ]
    assert rows[1]["detail"] == {"target": "bridge"}
    assert rows[-1]["detail"]["new"] == 3
    assert all(set(row) == {"at", "act", "collection", "generation", "detail"} for row in rows)
    shown = call("corpus", "history", "--limit", "2").out.splitlines()
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC  rollback news: articles \d", shown[0])
    assert shown[1].endswith("  remove news: target bridge")
    assert len(shown) == 2


def test_verify_finds_damage_of_generations_of_the_store_and_of_the_withdrawn(call: Call, news: Path) -> None:
    assert call("corpus", "verify", "--json").row == {"generations": 1, "problems": []}
    (vectors,) = Path(".newsdesk").glob("collections/news/generations/*/*/vectors.faiss")
    content = vectors.read_bytes()
    vectors.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    damaged = call("corpus", "verify")
    assert damaged.status == 1
    assert re.fullmatch(
        r"collection news: generation \S+ is not used: vectors\.faiss is damaged \(its checksum differs\)\n"
        r"1 generation checked, 1 problem\.\n",
        damaged.out,
    )
    vectors.write_bytes(content)
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


def test_an_address_is_added_reloaded_shown_and_removed(call: Call, web: CannedFetcher) -> None:
    added = call("corpus", "add", URL, "--json")
    assert added.status == 0
    assert added.row["collections"]["news"]["new"] == [URL]
    [source] = call("corpus", "status", "--json").row["sources"]
    assert (source["collection"], source["location"], source["options"]) == ("news", URL, {})
    assert (source["polling"]["failures"], source["polling"]["error"]) == (0, None)
    (passage,) = call("ask", "What landed on the moon?", "--json").row["passages"]
    assert passage["link"].startswith(f"{URL}#:~:text=")
    assert passage["source"] == "news.example"
    assert call("corpus", "reload").out.startswith(
        "news: 0 new, 0 changed, 0 removed, 1 unchanged; nothing to do"
    )
    assert web.asked == [URL], "a moment ago"
    kept = Home(Path(".newsdesk")).fetch_cache
    copy = kept.get(URL)
    assert copy
    kept.put(replace(copy, fetched=copy.fetched - timedelta(days=1)))
    web.pages[URL] = "its server answers with status 503"
    shown = call("corpus", "reload")
    assert (shown.status, "could not be taken" in shown.out) == (0, False)
    assert f"  {URL}: it could not be fetched: its server answers with status 503; its content" in shown.out
    again = call("corpus", "add", URL)
    assert (again.status, again.error) == (1, f"{URL}: its server answers with status 503")
    assert call("corpus", "remove", URL, "--force").status == 0
    assert call("corpus", "status", "--json").row["sources"] == []


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> CannedFetcher:
    """What the command finds at addresses."""
    canned = CannedFetcher({URL: Fetched(URL, STORIES["moon"].encode(), "text/plain")})
    monkeypatch.setattr(WebFetcher, "fetch", lambda _self, location, *known: canned.fetch(location, *known))
    return canned


def test_only_the_collections_that_are_named_are_reloaded_and_asked(
    call: Call, news: Path, tmp_path: Path
) -> None:
    (tmp_path / "rain.md").write_text("Heavy rain closed two roads in the north.")
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
    asked = call("ask", "What closed five roads?", "--collection", "news", "--json").row
    assert {passage["collection"] for passage in asked["passages"]} <= {"news"}
    assert asked["searched"]["articles"] == 3
    both = call("ask", "What closed five roads?", "--json").row
    assert both["filters"]["collections"] == ["news", "weather"]
    assert both["passages"][0]["collection"] == "weather"


def test_a_name_that_a_crash_left_reserved_is_free_for_the_operator(call: Call, news: Path) -> None:
    with ChatStore(Path(".newsdesk/chats.sqlite3")) as chat_store:
        chat_store.reservations.reserve("discord", "200", "archive")
        assert call("corpus", "add", str(news), "--collection", "archive").status == 0
        assert chat_store.bindings.all() == {}
        assert chat_store.reservations.all() == {}


def test_a_removal_and_a_restore_say_nothing_of_other_collections(call: Call, tmp_path: Path) -> None:
    """Whose sources may have a hundred remarks, which are said where they are added."""
    odd = {"id": "odd", "title": "Odd", "text": "The bridge was closed.", "date": "last week"}
    jsonl(tmp_path / "a.jsonl", odd)
    jsonl(tmp_path / "b.jsonl", {"id": "b", "title": "Ferry", "text": "The ferry runs."}, {**odd, "date": ""})
    assert "is not a possible date" in call("corpus", "add", "a.jsonl").out
    assert call("corpus", "add", "b.jsonl", "--collection", "port").status == 0
    for act, said in (("remove", "1 removed"), ("restore", "1 new")):
        done = call("corpus", act, "b", "--collection", "port")
        assert said in done.out
        assert "news:" not in done.out
        assert "possible date" not in done.out
