"""`newsdesk watch`: standing questions in the terminal."""

from pathlib import Path

import pytest

from tests.bot.conftest import Call, jsonl

QUESTION = "Why was the Elbe bridge closed?"
OLD = {
    "id": "old",
    "source": "The Post",
    "title": "Ferry",
    "text": "The ferry across the Elbe runs every hour.",
}
CRANE = {
    "id": "crane",
    "source": "The Post",
    "title": "Crane",
    "text": "The Elbe bridge was closed because a crane fell on it.",
    "url": "https://post.example/crane",
}
COPY = {**CRANE, "id": "copy", "source": "The Times"}


@pytest.fixture
def news(call: Call) -> Call:
    """The command, with an article."""
    take(call, OLD)
    return call


def take(call: Call, *articles: dict[str, str]) -> None:
    """These come to the corpus beside what is there."""
    number = len(list(Path().glob("*.jsonl")))
    assert call("corpus", "add", str(jsonl(Path(f"{number}.jsonl"), *articles))).status == 0


def test_what_newly_answers_is_printed_once(news: Call) -> None:
    added = news("watch", "add", QUESTION)
    assert added.out.startswith(f"1. What newly answers “{QUESTION}”\n")
    assert news("watch", "check").out == "Nothing new.\n"
    take(news, CRANE, COPY)
    checked = news("watch", "check")
    assert checked.out.startswith(f"What newly answers “{QUESTION}”")
    assert "because a crane fell on it" in " ".join(checked.out.split())
    assert checked.out.count("crane fell") == 1
    assert "ferry" not in checked.out
    assert news("watch", "check").out == "Nothing new.\n"


def test_everything_new_by_a_source_is_printed_as_json(news: Call) -> None:
    assert news("watch", "add", "--source", "the post").out.startswith("1. Everything new by the post")
    assert news("watch", "check", "--json").rows == []
    take(news, CRANE, COPY)
    row = news("watch", "check", "--json").row
    assert (row["question"], row["source"], row["collection"]) == (None, "the post", None)
    assert [one["article_id"] for one in row["passages"]] == ["crane"]
    assert row["passages"][0]["text"] == CRANE["text"]


def test_one_is_listed_paused_resumed_and_removed_by_its_number(news: Call) -> None:
    news("watch", "add", QUESTION)
    news("watch", "add", "When does the ferry run?", "--source", "The Post", "--collection", "news")
    listed = news("watch", "list").out.splitlines()
    assert listed[1] == "2. What newly answers “When does the ferry run?”, from The Post"
    assert news("watch", "pause", "1").out == f"Paused: What newly answers “{QUESTION}”\n"
    assert news("watch", "list").out.splitlines()[0].endswith("(paused)")
    news("watch", "pause", "2")
    take(news, CRANE)
    assert news("watch", "check").out == "Nothing new.\n"
    news("watch", "resume", "2")
    assert news("watch", "resume", "1").status == 0
    assert [row["paused"] for row in news("watch", "list", "--json").rows] == [False, False]
    assert news("watch", "remove", "1").out.startswith("Removed: ")
    assert [row["number"] for row in news("watch", "list", "--json").rows] == [1]
    assert news("watch", "remove", "1").status == 0
    assert news("watch", "list").out.startswith("Nothing is watched")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("add",), "give a question, or a source with --source"),
        (("add", "???"), "no words to search for"),
        (("add", "--source", "Nobody"), "there is no source 'Nobody'"),
        (("add", QUESTION, "--collection", "nwes"), "there is no collection 'nwes'"),
        (("remove", "7"), "there is no number 7: see `newsdesk watch list`"),
        (("pause", "1"), "there is no number 1"),
    ],
)
def test_a_wrong_call_is_said_in_a_line(news: Call, arguments: tuple[str, ...], said: str) -> None:
    refused = news("watch", *arguments)
    assert refused.status == 2
    assert said in refused.error


def test_where_its_source_is_gone_that_is_said_and_the_others_are_checked(news: Call) -> None:
    take(news, {**CRANE, "id": "x", "source": "The Star", "text": "Stars were seen over the harbour."})
    news("watch", "add", QUESTION, "--source", "The Star")
    news("watch", "add", QUESTION)
    assert news("corpus", "remove", "1.jsonl").status == 0
    take(news, CRANE)
    checked = news("watch", "check")
    assert "can't be asked: there is no source 'the star'" in checked.err
    assert "crane fell" in checked.out
