from dataclasses import replace
from datetime import UTC, datetime

from corpus.storage.database import DatabaseLocation
from corpus.storage.source_states import NEVER_ASKED, SourceState, SourceStates
from corpus.storage.store import Store
from corpus.storage.store_records import Source

NOW = datetime(2026, 1, 14, 9, 30, 5, tzinfo=UTC)
ONE, TWO = Source("news", "https://one.example/"), Source("news", "https://two.example/", {"language": "de"})
STATE = SourceState(
    NOW, NOW, 3, NOW, "it is down", told=True, moved="https://a.example/", moves=1, unread=True, stamp="ab"
)


def test_states_are_kept_and_given_again(place: DatabaseLocation) -> None:
    with Store(place) as store:
        states = SourceStates(store)
        store.add_source(ONE)
        store.add_source(TWO)
        assert states.all() == {}
        assert states.get(ONE) == NEVER_ASKED
        states.put(ONE, STATE)
        states.put(TWO, NEVER_ASKED)
        states.put(ONE, replace(STATE, failures=4))
    with Store(place) as store:
        assert SourceStates(store).all() == {ONE: replace(STATE, failures=4), TWO: NEVER_ASKED}


def test_a_source_that_is_not_registered_has_no_state(place: DatabaseLocation) -> None:
    with Store(place) as store:
        states = SourceStates(store)
        states.put(ONE, STATE)
        assert states.all() == {}
        store.add_source(ONE)
        states.put(ONE, STATE)
        store.remove_source(ONE)
        assert states.all() == {}


def test_a_source_moves_with_its_articles_its_options_and_its_state(place: DatabaseLocation) -> None:
    with Store(place) as store:
        states = SourceStates(store)
        store.add_source(TWO)
        store.save_origins("news", {"a": TWO})
        states.put(TWO, STATE)
        there = states.move(TWO, "https://new.example/")
        assert there == Source("news", "https://new.example/")
        [source] = store.sources()
        assert (source.location, source.options) == ("https://new.example/", {"language": "de"})
        assert store.origins("news") == {"a": there}
        assert states.all() == {there: replace(STATE, moved="", moves=0)}


def test_a_source_that_moves_to_one_that_is_there_becomes_one_with_it(place: DatabaseLocation) -> None:
    with Store(place) as store:
        states = SourceStates(store)
        store.add_source(ONE)
        store.add_source(TWO)
        states.put(ONE, STATE)
        states.put(TWO, NEVER_ASKED)
        store.save_origins("news", {"a": ONE, "b": TWO})
        states.move(ONE, TWO.location)
        assert store.sources() == [TWO]
        assert store.origins("news") == {"a": TWO, "b": TWO}
