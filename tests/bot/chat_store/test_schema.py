from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from bot.chat.answer_record import AnswerRecord
from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Venue
from bot.chat_store.chat_store import ChatStore
from bot.dispatch.claims import Pending
from tests.bot.chat_store.formats import as_of
from tests.bot.chat_store.unsettled import unsettled
from tests.bot.service.people import (
    ANN,
    CITY,
)
from tests.bot.service.records import RECORD, record

NOW = datetime.now(UTC).replace(microsecond=0)


def test_answers_of_the_fourth_format_are_kept_and_new_ones_know_their_question(path: Path) -> None:
    with ChatStore(path) as old:
        old.answers.add(RECORD)
        as_of(old, 4)
    with ChatStore(path) as chat_store:
        assert chat_store.answers.get(RECORD.id, CITY.tenant) == RECORD
        asked = replace(RECORD, id="second", question="q")
        chat_store.answers.add(asked)
        assert chat_store.answers.to_question(CITY.tenant, "q") == [("", asked)]


def test_what_was_asked_directly_on_slack_counts_as_that_in_a_store_that_did_not_say_so(path: Path) -> None:
    """A channel of Slack's is one of direct messages by its first letter; a G may be a group's."""
    places = {"dm": "D1", "group": "G1", "channel": "C1"}
    with ChatStore(path) as old:
        for answer_id, channel in places.items():
            old.answers.add(record(answer_id, Venue("slack", "T1", channel)))
        old.answers.add(record("discord", Venue("discord", "100", "10")))
        old.events.claim("slack", "event", pending(Venue("slack", "T1", "D1")))
        old.events.claim("slack", "other", pending(Venue("slack", "T1", "C1")))
        old.events.claim("slack", "press")
        old.events.claim("discord", "event", pending(Venue("discord", "100", "10")))
        old.rows("UPDATE answers SET body = json_remove(body, '$.venue.audience')")
        old.rows("UPDATE events SET pending = json_remove(pending, '$.asking.venue.audience')")
        as_of(old, 2)
    with ChatStore(path) as chat_store:
        direct = {one: kept.venue.direct for one in (*places, "discord") if (kept := found(chat_store, one))}
        assert direct == {"dm": True, "group": True, "channel": False, "discord": False}
        waiting = {
            (platform, event): msgspec.json.decode(body, type=Pending[int]).asking.venue.direct
            for platform in ("slack", "discord")
            for event, _, body in unsettled(chat_store, platform)
        }
    assert waiting == {("slack", "event"): True, ("slack", "other"): False, ("discord", "event"): False}


def pending(venue: Venue) -> str:
    """A question under way there, as it is kept."""
    return msgspec.json.encode(Pending(QuestionRequest(venue, ANN, "Who met?"), 0)).decode()


def found(chat_store: ChatStore, answer_id: str) -> AnswerRecord | None:
    """An answer, whosever it is."""
    return next(
        (kept for tenant in ("slack:T1", CITY.tenant) if (kept := chat_store.answers.get(answer_id, tenant))),
        None,
    )


def test_what_of_the_seventh_format_was_private_or_answered_is_known(path: Path) -> None:
    kept = {
        "told": record("told", CITY, NOW),
        "own": replace(record("own", CITY, NOW), private=True),
        "refused": replace(record("refused", CITY, NOW), answered=False),
    }
    with ChatStore(path) as old:
        for one in kept.values():
            old.answers.add(one)
        old.events.claim("discord", "1", "needed")
        as_of(old, 7)
    with ChatStore(path) as chat_store:
        rows = chat_store.rows("SELECT id, private, answered FROM answers")
        assert {row[0]: tuple(row[1:]) for row in rows} == {
            one.id: (one.private, one.answered) for one in kept.values()
        }
        assert chat_store.answers.last(CITY, NOW, "somebody") == kept["told"]
        assert [one[0] for one in chat_store.events.take_over("discord", "us")] == ["1"]


def test_a_store_of_the_first_format_keeps_its_bindings_and_takes_reservations(path: Path) -> None:
    with ChatStore(path) as chat_store:
        chat_store.bindings.bind("discord", "100", "city")
        as_of(chat_store, 1)
    with ChatStore(path) as chat_store:
        assert chat_store.bindings.all() == {"city": {("", ""), ("discord", "100")}}
        assert chat_store.reservations.reserve("discord", "200", "town")
