from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.chat_store.chat_store import ChatStore
from corpus.errors import StoreUnusable
from corpus.storage.database import DatabaseLocation


def test_a_bound_collection_is_bound_to_whom_it_was_given_and_to_nobody_at_least(
    chat_store: ChatStore,
) -> None:
    nobody = ("", "")
    chat_store.bindings.bind("discord", "100", "city")
    chat_store.bindings.bind("discord", "100", "city")
    chat_store.bindings.bind("slack", "T1", "city")
    chat_store.bindings.bind("discord", "200", "town")
    city, slack, town = ("discord", "100"), ("slack", "T1"), ("discord", "200")
    assert chat_store.bindings.all() == {"city": {nobody, city, slack}, "town": {nobody, town}}
    assert chat_store.bindings.unbind(*city, "city")
    assert not chat_store.bindings.unbind(*city, "city")
    assert not chat_store.bindings.unbind(*town, "city")
    assert chat_store.bindings.unbind(*slack, "city")
    # Nobody has it any more, and it is still not for all.
    assert chat_store.bindings.all() == {"city": {nobody}, "town": {nobody, town}}
    assert chat_store.bindings.share("city")
    assert not chat_store.bindings.share("city")
    assert chat_store.bindings.all() == {"town": {nobody, town}}


def test_a_binding_is_made_whole_or_not_at_all(place: DatabaseLocation, chat_store: ChatStore) -> None:
    if isinstance(place, Path):
        stop = (
            "CREATE TRIGGER stopped BEFORE INSERT ON bindings WHEN new.community = '100' "
            "BEGIN SELECT RAISE(ABORT, 'stopped'); END"
        )
    else:
        stop = "ALTER TABLE bindings ADD CONSTRAINT stopped CHECK (community <> '100')"
    chat_store.write(text(stop))
    with pytest.raises((StoreUnusable, IntegrityError), match="stopped"):
        chat_store.bindings.bind("discord", "100", "city")
    assert chat_store.bindings.all() == {}
    if not isinstance(place, Path):
        chat_store.write(text("ALTER TABLE bindings DROP CONSTRAINT stopped"))
