"""`newsdesk bind`, `unbind` and `bindings`: whose a collection is, as the operator sees and says it."""

from pathlib import Path

import pytest

from bot.chat_store.chat_store import ChatStore
from bot.corpus_admin.home import Home
from tests.bot.conftest import Call

CHATS = Path(".newsdesk/chats.sqlite3")


def bound() -> dict[str, frozenset[tuple[str, str]]]:
    """What the chat store has."""
    with ChatStore(CHATS) as chat_store:
        return chat_store.bindings.all()


def test_a_collection_is_given_taken_and_opened(ask_sample: Call) -> None:
    shown = ask_sample("bind", "news", "discord:100")
    assert (shown.status, shown.err) == (0, "")
    assert shown.out == "Collection news is seen by discord:100, and by nobody it was not given to.\n"
    assert bound() == {"news": {("", ""), ("discord", "100")}}
    assert ask_sample("unbind", "news", "discord:100").status == 0
    assert ask_sample("bindings").out == "news: seen by nobody alone\n"
    assert ask_sample("unbind", "news", "--open").status == 0
    assert bound() == {}


def test_a_name_that_is_not_there_is_refused_unless_told(ask_sample: Call) -> None:
    shown = ask_sample("bind", "nwes", "discord:100")
    assert shown.status != 0
    assert "there is no collection 'nwes' (there are: news)" in shown.error
    assert bound() == {}
    assert ask_sample("bind", "archive", "discord:100", "--new").status == 0
    assert ask_sample("bind", "archive", "discord:200").status == 0  # it is bound, and so it is known
    assert (
        ask_sample("bindings").out
        == "archive: seen by discord:100, discord:200 alone; there is nothing in it\n"
    )


def test_a_name_that_is_being_added_to_is_given_to_nobody_else_meanwhile(ask_sample: Call) -> None:
    home = Home(Path(".newsdesk"))
    with ChatStore(CHATS) as chat_store, home.locked():
        chat_store.reservations.reserve("discord", "666", "archive")
        assert "somebody is adding" in ask_sample("bind", "archive", "discord:100", "--new").error
        assert ask_sample("bindings", "--json").row == {
            "collection": "archive",
            "communities": [],
            "there": False,
            "adding": "discord:666",
        }
    assert ask_sample("bind", "archive", "discord:100", "--new").status == 0  # it was left by a crash
    assert bound() == {"archive": {("", ""), ("discord", "100")}}


def test_every_binding_is_listed_and_doctor_lists_them_too(ask_sample: Call) -> None:
    assert ask_sample("bindings").out == "Everybody sees every collection.\n"
    ask_sample("bind", "news", "slack:T1")
    assert "It is slack:T1's as well" in ask_sample("bind", "news", "discord:666").out
    ask_sample("unbind", "news", "discord:666")
    ask_sample("bind", "archive", "discord:100", "--new")
    ask_sample("unbind", "archive", "discord:100")
    assert ask_sample("bindings", "--json").rows == [
        {"collection": "archive", "communities": [], "there": False, "adding": None},
        {"collection": "news", "communities": ["slack:T1"], "there": True, "adding": None},
    ]
    lines = ask_sample("doctor").out.splitlines()
    assert "ok   collection archive: seen by nobody alone; there is nothing in it" in lines
    assert "ok   collection news: seen by slack:T1 alone" in lines


@pytest.mark.parametrize(
    ("settled", "named", "sound", "said"),
    [
        ([("discord", "100")], "", True, "discord:100, alone with the bot at its first start"),
        ([], "", False, "nobody may look after the collections for all"),
        ([], "200", True, "discord:200, as NEWSDESK_DISCORD_SERVERS"),
        ([("discord", "100")], "200", True, "discord:200, as NEWSDESK_DISCORD_SERVERS"),
    ],
)
def test_doctor_says_who_looks_after_what_is_for_all(
    ask_sample: Call,
    monkeypatch: pytest.MonkeyPatch,
    settled: list[tuple[str, str]],
    named: str,
    sound: bool,
    said: str,
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "canary")
    monkeypatch.setenv("NEWSDESK_DISCORD_SERVERS", named)
    with ChatStore(CHATS) as chat_store:
        chat_store.custodians.settle(settled)
    (row,) = (row for row in ask_sample("doctor", "--json").row if row["what"] == "administrators")
    assert row["sound"] is sound
    assert said in row["detail"]
