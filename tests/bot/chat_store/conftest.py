"""An empty chat store, and one with something of everything."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from bot.chat.preferences import PreferenceChanges
from bot.chat.question_message import QuestionMessage
from bot.chat.venue import Caller
from bot.chat_store.chat_store import ChatStore
from bot.chat_store.tables.chat_tables import TABLES
from corpus.storage.database import DatabaseLocation
from corpus.storage.sql.server_address import ServerAddress
from tests.bot.service.people import (
    ADMIN,
    ANN,
    CITY,
    DIRECT,
    TOWN,
)
from tests.bot.service.records import record
from tools.local_postgres.cluster import Cluster


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "chats.sqlite3"


@pytest.fixture(scope="session")
def used_database(cluster: Cluster) -> Iterator[ServerAddress]:
    """A database that one test after the other empties: to make one takes a second on a busy machine."""
    with cluster.database() as url:
        yield ServerAddress(url)


@pytest.fixture(params=["a file", "a server"])
def place(request: pytest.FixtureRequest, path: Path) -> DatabaseLocation:
    """Where chats are kept: what is asked of them is asked of both kinds of databases."""
    if request.param == "a file":
        return path
    used: ServerAddress = request.getfixturevalue("used_database")
    with ChatStore(used) as chat_store:
        chat_store.rows(text(f"TRUNCATE {', '.join(TABLES.tables)} RESTART IDENTITY"))
    return used


@pytest.fixture
def chat_store(place: DatabaseLocation) -> Iterator[ChatStore]:
    with ChatStore(place) as found:
        yield found


@pytest.fixture
def full(chat_store: ChatStore) -> ChatStore:
    """A store with one row of everything in each of two communities and a direct message."""
    for number, place in enumerate([CITY, TOWN, DIRECT]):
        chat_store.answers.add(record(f"a{number}", place, datetime.now(UTC)))
        chat_store.votes.cast(f"a{number}", ANN.id, helpful=True)
        chat_store.questions.set_answered(QuestionMessage(place, "m1", "Who?"), f"a{number}")
        chat_store.threads.add(place.tenant, "15")
        chat_store.audit.add(Caller(place, ADMIN), "reload", {}, "done")
        chat_store.events.claim("discord", str(number))
        if place.community:
            chat_store.settings.put(place.platform, place.community, "", PreferenceChanges(passages=1))
            chat_store.settings.put(
                place.platform, place.community, place.channel, PreferenceChanges(passages=2)
            )
            chat_store.bindings.bind(place.platform, place.community, f"own-{place.community}")
    return chat_store
