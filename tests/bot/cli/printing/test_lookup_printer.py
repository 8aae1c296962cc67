"""Counts, lists, what is new and what is pasted, in the terminal and as JSON."""

import json
from pathlib import Path

import pytest

from bot.answers.listing import ARTICLES_LISTED
from tests.bot.conftest import Call, MakeHome, jsonl
from tests.bot.samples.articles import FIRE, FIRE_ELSEWHERE

NARA = "What South Korea and Japan agreed in Nara"


def test_a_count_and_a_list_are_shown_and_go_on_page_by_page(ask_sample: Call) -> None:
    held = ask_sample("chat", stdin="How many articles mention Korea?\nmore\nmore\nnew\nmore\n")
    head = held.out.splitlines()[1]
    count = int(head.split()[0])
    assert head == f"{count} articles mention “Korea”"
    assert ARTICLES_LISTED < count <= 2 * ARTICLES_LISTED
    assert f"\n1–{ARTICLES_LISTED} of {count}, newest first · the " in held.out
    assert f"\n{ARTICLES_LISTED + 1}–{count} of {count}, newest first · the " in held.out
    assert held.out.count("   Newsdesk sample · ") == count
    assert "There is nothing more.\n" in held.out
    assert held.err == "newsdesk: ask a question first\n"


def test_a_list_has_the_number_and_the_order_that_are_asked_for(ask_sample: Call) -> None:
    held = ask_sample("chat", stdin="latest 2 articles\nmore\n")
    assert "\n1–2 of 16, newest first\n" in held.out
    assert f"\n3–{2 + ARTICLES_LISTED} of 16, newest first\n" in held.out
    assert held.out.count("   Newsdesk sample · ") == 2 + ARTICLES_LISTED
    assert (
        f"16 articles\n1–{ARTICLES_LISTED} of 16, oldest first\n" in ask_sample("ask", "oldest articles").out
    )


def test_a_list_that_was_not_wanted_is_searched_as_asked(ask_sample: Call) -> None:
    held = ask_sample("chat", stdin="any articles about the Chosei coal mine remains\nas-asked\nhistory\n")
    listed, _, searched = held.out.partition("1  ")
    assert "mention" in listed or "each of these words" in listed
    assert "Confidence" in searched
    assert "1  any articles about the Chosei coal mine remains" in held.out


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("what's new", "The latest\n1  "),
        ("any news about Takaichi", "The latest about Takaichi\n1  "),
        ("any news about Zorblatt", "No article mentions “Zorblatt”.\nSearched 16 articles"),
        ("articles by newsdesk in 1999", "Nothing from then.\nOnly by Newsdesk, from 1 Jan"),
        ("articles by Nobody Known", "I have no article by “Nobody Known”.\nSearched 16 articles"),
        (f"{NARA.lower()}!", f"1  {NARA}\n   Newsdesk sample"),
        ("why did it happen? https://nowhere.example/b", "corpus add https://nowhere.example/b"),
        (f'who wrote "{NARA}"?', f"1  {NARA}"),
        ("what does https://nowhere.example/a?utm_source=x say?", "corpus add https://nowhere.example/a?utm"),
        (
            "https://nowhere.example/a",
            "That page is not in the corpus. To add it: newsdesk corpus add https://",
        ),
    ],
)
def test_what_the_corpus_knows_exactly_is_said(ask_sample: Call, question: str, words: str) -> None:
    asked = ask_sample("ask", question)
    assert asked.status == 0
    assert words in asked.out


def test_in_json_a_list_has_its_articles_and_the_beginnings_of_the_first(
    ask_sample: Call, tmp_path: Path
) -> None:
    row = ask_sample("ask", "all articles by Newsdesk", "--json").row
    assert (row["answered"], row["confidence"], row["listing"]["count"]) == (True, 1.0, 16)
    articles = row["listing"]["articles"]
    assert len(articles) == ARTICLES_LISTED
    dates = [one["published"] for one in articles]
    assert dates == sorted(dates, reverse=True)
    assert [one["article_id"] for one in row["passages"]] == [one["article_id"] for one in articles[:3]]
    assert all(one["start"] == 0 for one in row["passages"])
    assert set(articles[0]) == {
        *("article_id", "collection", "title", "source", "author", "published", "url", "link")
    }
    many = ask_sample("ask", "all articles by Newsdesk", "--json", "--limit", "100").row
    assert len(many["listing"]["articles"]) == 16
    none = ask_sample("ask", "how many articles mention Zorblatt", "--json").row
    assert (none["answered"], none["confidence"], none["passages"]) == (False, 0.0, [])
    assert none["listing"] == {"count": 0, "articles": []}
    assert none["reply"] == "No article mentions “Zorblatt”."
    as_asked = ask_sample("ask", "all articles by Newsdesk", "--as-asked", "--json").row
    assert "listing" not in as_asked
    rows = ask_sample(
        "ask",
        "--questions",
        str(
            jsonl(
                tmp_path / "q.jsonl",
                {"id": "1", "question": NARA},
                {"id": "2", "question": "https://nowhere.example/a"},
                {"id": "3", "question": "what's new"},
            )
        ),
    )
    headline, absent, new = map(json.loads, rows.out.splitlines())
    assert headline["passages"][0]["title"] == NARA
    assert (absent["id"], absent["answered"], absent["passages"]) == ("2", False, [])
    assert absent["reply"] == "That page is not in the corpus."
    assert new["listing"]["count"] == 16


def test_of_what_is_new_each_report_of_an_event_is_told_where_that_is_wanted(
    make_home: MakeHome, call: Call, tmp_path: Path
) -> None:
    home = make_home()
    added = jsonl(tmp_path / "fire.jsonl", FIRE, FIRE_ELSEWHERE)
    assert call("--home", str(home), "corpus", "add", str(added)).status == 0
    unnamed = call("--home", str(home), "ask", f"who wrote {FIRE['title']}?")
    assert "the article names no author" in unnamed.out
    told = call("--home", str(home), "ask", "what's new")
    assert f"\n1  {FIRE_ELSEWHERE['title']}" in told.out
    assert f"  {FIRE['title']}" not in told.out
    assert "--all-reports" in told.out
    each = call("--home", str(home), "ask", "what's new", "--all-reports")
    assert f"\n1  {FIRE_ELSEWHERE['title']}" in each.out
    assert f"\n2  {FIRE['title']}" in each.out
    held = call("--home", str(home), "chat", stdin="what's new\nreports\nnew\nreports\n")
    assert (held.out.count(f"\n1  {FIRE_ELSEWHERE['title']}"), held.out.count(f"\n2  {FIRE['title']}")) == (
        2,
        1,
    )
    assert "ask “what's new?” first" in held.err
