from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.chat.venue import Caller
from bot.chat_store.audit_table import DETAIL, REFUSED_KEPT, REFUSED_OF_ONE
from bot.chat_store.chat_store import ChatStore
from tests.bot.service.people import (
    ADMIN,
    BOB,
    CITY,
    CITY_ADMIN,
    CITY_BOB,
    CITY_EDITOR,
    CITY_OTHER,
    EDITOR,
    TOWN_ADMIN,
    TOWN_BOB,
    somebody,
)


def test_acts_are_told_newest_first_each_community_its_own(chat_store: ChatStore) -> None:
    for number in range(5):
        chat_store.audit.add(CITY_ADMIN, "add", {"what": f"file {number}", "big": 2**60}, "done")
    chat_store.audit.add(Caller(CITY_OTHER, EDITOR), "reload", {}, "refused")
    chat_store.audit.add(TOWN_ADMIN, "remove", {"target": "x"}, "failed: it is not there")
    chat_store.audit.add(Caller(replace(CITY, platform="slack"), ADMIN), "rollback", {}, "done")
    first, *others = chat_store.audit.entries("discord", "100", 3)
    assert (first.person, first.name, first.act, first.result) == ("4", "Ed", "reload", "refused")
    assert abs(first.at - datetime.now(UTC)) < timedelta(minutes=1)
    assert [act.detail for act in others] == [
        {"what": "file 4", "big": 2**60},
        {"what": "file 3", "big": 2**60},
    ]
    assert [act.act for act in chat_store.audit.entries("discord", "200", 9)] == ["remove"]
    assert [act.act for act in chat_store.audit.entries("slack", "100", 9)] == ["rollback"]
    assert chat_store.audit.entries("slack", "200", 9) == []


def test_what_is_refused_pushes_nothing_that_was_done_out_of_sight(chat_store: ChatStore) -> None:
    chat_store.audit.add(CITY_ADMIN, "add", {"what": "a"}, "done")
    for number in range(3):
        chat_store.audit.add(CITY_ADMIN, "reload", {}, ("failed: it is full", "busy", "refused")[number])
    for number in range(1000):
        chat_store.audit.add(CITY_BOB, "settings", {"number": number}, "refused")
    chat_store.audit.add(CITY_EDITOR, "remove", {}, "refused")
    done = chat_store.audit.entries("discord", "100", 20, refused=False)
    assert [act.result for act in done] == ["failed: it is full", "done"]
    tried = chat_store.audit.entries("discord", "100", 1000, refused=True)
    assert tried[0].person == EDITOR.id
    assert [act.detail["number"] for act in tried if act.person == BOB.id] == list(
        range(999, 999 - REFUSED_OF_ONE, -1)
    )
    assert [act.result for act in tried if act.person == ADMIN.id] == ["refused", "busy"]
    assert len(chat_store.audit.entries("discord", "100", 1000)) == len(done) + len(tried)


def test_what_many_are_refused_is_kept_up_to_a_number_each_community_its_own(chat_store: ChatStore) -> None:
    chat_store.audit.add(TOWN_BOB, "settings", {}, "refused")
    for number in range(REFUSED_KEPT + 50):
        chat_store.audit.add(Caller(CITY, somebody(number)), "settings", {"what": "x" * 2000}, "refused")
    tried = chat_store.audit.entries("discord", "100", 1000, refused=True)
    assert [act.person for act in tried[:2]] == [somebody(REFUSED_KEPT + n).id for n in (49, 48)]
    assert len(tried) == REFUSED_KEPT
    assert all(len(str(act.detail["what"])) == DETAIL + 1 for act in tried)
    assert len(chat_store.audit.entries("discord", "200", 9, refused=True)) == 1
