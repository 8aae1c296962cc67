from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from bot.chat.posting_pace import PostingPace
from bot.chat.standing_question import (
    Found,
    Pause,
    Posting,
    StandingKind,
    StandingQuestion,
    decode,
    encode,
    make_standing,
)
from bot.chat.venue import Caller, Person, Venue
from bot.chat_store.chat_retention import STANDING_KEPT
from bot.chat_store.chat_store import ChatStore
from tests.bot.chat_store.formats import as_of
from tests.bot.service.people import ADMIN, ANN, BOB, CITY, DIRECT, TOWN

NOW = datetime(2026, 3, 18, 12, tzinfo=UTC)


def standing(venue: Venue = CITY, person: Person = ANN, text: str = "Why was it closed?") -> StandingQuestion:
    return make_standing(Caller(venue, person), StandingKind.QUESTION, text, NOW)


def found(*ids: str, version: str = "v1", body: str = "") -> list[Found]:
    return [Found("news", one, version, NOW, body) for one in ids]


def kept(chat_store: ChatStore, *more: StandingQuestion) -> StandingQuestion:
    first, *_ = more or (standing(),)
    for one in more or (first,):
        assert chat_store.standing.add(one, (), 10, 10) == ""
    return first


@given(st.text(max_size=50), st.booleans(), st.none() | st.tuples(st.integers(0, 9), st.integers(10, 99)))
def test_it_is_kept_as_it_is(text: str, private: bool, quiet: tuple[int, int] | None) -> None:
    pace = PostingPace(daily=3, quiet=quiet, zone="Asia/Seoul")
    one = replace(standing(text=text.encode(errors="replace").decode()), private=private, pace=pace)
    assert decode(encode(one)) == one
    assert decode(encode(replace(one, paused=Pause.LEFT))).paused is Pause.LEFT


def test_nothing_of_a_person_is_kept_but_what_a_question_needs() -> None:
    one = standing(person=ADMIN)
    assert one.person == Person(ADMIN.id, "", ADMIN.locale, zone=ADMIN.zone)
    assert ADMIN.name not in encode(one)


def test_they_are_found_by_tenant_platform_and_person(chat_store: ChatStore) -> None:
    ours, theirs = standing(), standing(TOWN, BOB)
    kept(chat_store, ours, theirs, standing(DIRECT))
    assert chat_store.standing.get(ours.id) == ours
    assert chat_store.standing.get("nobody") is None
    assert chat_store.standing.of_person("discord", BOB.id) == [theirs]
    assert chat_store.standing.of_person("slack", BOB.id) == []
    assert chat_store.standing.of_tenant(CITY.tenant) == [ours]
    assert len(chat_store.standing.of_platform("discord")) == 3
    assert chat_store.standing.of_platform("slack") == []


def test_a_person_and_a_community_have_so_many_and_no_more(chat_store: ChatStore) -> None:
    table = chat_store.standing
    assert table.add(standing(), (), 1, 2) == ""
    assert table.add(standing(TOWN), (), 1, 2) == "person"
    assert table.add(standing(person=BOB), (), 1, 2) == ""
    assert table.add(standing(person=ADMIN), (), 1, 2) == "tenant"


def test_what_is_found_waits_until_a_posting_takes_it_and_is_found_once(chat_store: ChatStore) -> None:
    one = kept(chat_store)
    chat_store.standing_found.record("discord", {one.id: found("a", "b")}, {"news": "g1"})
    assert chat_store.standing_found.looked("discord") == {"news": "g1"}
    assert chat_store.standing_found.looked("slack") == {}
    assert [each.article_id for each in chat_store.standing_found.waiting(one.id)] == ["a", "b"]
    assert chat_store.standing.with_waiting("discord") == [one]
    posting = Posting("p1", one.id, NOW, tuple(found("a")))
    assert chat_store.standing_postings.begin(posting)
    assert chat_store.standing_postings.under_way("discord") == [(one, posting)]
    assert not chat_store.standing_postings.begin(replace(posting, id="p2"))  # another process
    chat_store.standing_postings.end("p1", "message")
    assert chat_store.standing_postings.under_way("discord") == []
    chat_store.standing_found.record("discord", {one.id: found("a", version="v2")}, {})
    assert [each.article_id for each in chat_store.standing_found.waiting(one.id)] == ["b"]
    assert chat_store.standing_postings.posted(one.id, NOW) == (NOW,)
    assert chat_store.standing_postings.posted(one.id, NOW + timedelta(seconds=1)) == ()


def test_what_waits_and_was_changed_waits_as_it_is_now(chat_store: ChatStore) -> None:
    one = kept(chat_store)
    chat_store.standing_found.record("discord", {one.id: found("a", body="old")}, {})
    chat_store.standing_found.record("discord", {one.id: found("a", version="v2", body="new")}, {})
    (waits,) = chat_store.standing_found.waiting(one.id)
    assert (waits.version, waits.body) == ("v2", "new")


def test_what_was_surely_not_sent_waits_again(chat_store: ChatStore) -> None:
    one = kept(chat_store)
    chat_store.standing_found.record("discord", {one.id: found("a")}, {})
    chat_store.standing_postings.begin(Posting("p1", one.id, NOW, tuple(found("a"))))
    chat_store.standing_postings.take_back("p1")
    assert len(chat_store.standing_found.waiting(one.id)) == 1
    assert chat_store.standing_postings.posted(one.id, NOW) == ()
    assert chat_store.standing_postings.under_way("discord") == []


def test_what_says_the_same_and_what_may_not_be_seen_counts_as_posted(chat_store: ChatStore) -> None:
    one = kept(chat_store)
    chat_store.standing_found.record("discord", {one.id: found("a", "b")}, {}, {one.id: found("copy")})
    assert chat_store.standing_found.known(one.id) == {("news", "a"), ("news", "b"), ("news", "copy")}
    assert [each.article_id for each in chat_store.standing_found.waiting(one.id)] == ["a", "b"]
    assert set(chat_store.standing_found.last_found(one.id, 9)) == chat_store.standing_found.known(one.id)
    assert len(chat_store.standing_found.last_found(one.id, 2)) == 2
    chat_store.standing_found.pass_over(one.id, found("a"))
    assert [each.article_id for each in chat_store.standing_found.waiting(one.id)] == ["b"]
    assert chat_store.standing_postings.posted(one.id, NOW) == ()


def test_what_was_seen_when_it_was_set_is_not_found(chat_store: ChatStore) -> None:
    one = standing()
    chat_store.standing.add(one, found("a"), 9, 9)
    chat_store.standing_found.record("discord", {one.id: found("a", "b", version="v2")}, {})
    assert [each.article_id for each in chat_store.standing_found.waiting(one.id)] == ["b"]
    assert chat_store.standing_postings.under_way("discord") == []


def test_of_one_that_is_removed_nothing_is_left_and_nothing_comes(chat_store: ChatStore) -> None:
    one = kept(chat_store)
    chat_store.standing_found.record("discord", {one.id: found("a", "b")}, {})
    chat_store.standing_postings.begin(Posting("p1", one.id, NOW, tuple(found("a"))))
    assert chat_store.standing.remove(one.id)
    assert not chat_store.standing.remove(one.id)
    chat_store.standing_found.record("discord", {one.id: found("c")}, {"news": "g2"})
    assert not chat_store.standing_postings.begin(Posting("p2", one.id, NOW, ()))
    assert not chat_store.standing.change(one)
    for name in ("standing", "standing_found", "standing_postings"):
        assert chat_store.rows(text(f"SELECT * FROM {name}")) == []


def test_one_is_changed_in_its_place(chat_store: ChatStore) -> None:
    one = kept(chat_store)
    rests = replace(one, paused=Pause.ASKED)
    assert chat_store.standing.change(rests)
    assert chat_store.standing.get(one.id) == rests


def test_a_community_that_is_left_takes_its_own_along_and_no_others(chat_store: ChatStore) -> None:
    ours, theirs = standing(), standing(TOWN)
    kept(chat_store, ours, theirs)
    for one in (ours, theirs):
        chat_store.standing_found.record("discord", {one.id: found("a", "b")}, {})
        chat_store.standing_postings.begin(Posting(f"p-{one.id}", one.id, NOW, tuple(found("a"))))
    assert chat_store.retention.communities("discord") == {"100", "200"}
    chat_store.retention.forget_community("discord", "100")
    assert chat_store.standing.of_platform("discord") == [theirs]
    assert {one for (one,) in chat_store.rows(text("SELECT standing FROM standing_found"))} == {theirs.id}
    assert {one for (one,) in chat_store.rows(text("SELECT standing FROM standing_postings"))} == {theirs.id}


def test_one_that_nobody_renewed_for_long_is_forgotten(chat_store: ChatStore) -> None:
    old, new = standing(), standing(text="Who?")
    now = datetime.now(UTC)
    for one, renewed in ((old, now - STANDING_KEPT - timedelta(days=1)), (new, now)):
        chat_store.standing.put(one, renewed)
        chat_store.standing_found.record("discord", {one.id: found("a")}, {})
    chat_store.retention.purge(timedelta(days=30))
    assert chat_store.standing.of_platform("discord") == [new]
    assert {one for (one,) in chat_store.rows(text("SELECT standing FROM standing_found"))} == {new.id}


def test_an_article_that_is_erased_waits_for_nobody(chat_store: ChatStore) -> None:
    one = kept(chat_store)
    chat_store.standing_found.record("discord", {one.id: found("a", "b")}, {})
    chat_store.retention.forget_quoting(lambda collection, article: (collection, article) == ("news", "a"))
    assert [each.article_id for each in chat_store.standing_found.waiting(one.id)] == ["b"]


@pytest.mark.parametrize("format_", [6, 1])
def test_a_store_of_before_takes_standing_questions(path: Path, format_: int) -> None:
    with ChatStore(path) as old:
        as_of(old, format_)
    with ChatStore(path) as chat_store:
        kept(chat_store)
        assert len(chat_store.standing.of_platform("discord")) == 1
