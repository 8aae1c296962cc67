"""Who looks after the collections for all where the operator named nobody: settled at the first start."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from bot.chat.refusal import Refusal
from bot.chat.venue import Venue
from bot.community_admin.change_progress import ChangeProgress
from bot.corpus_admin.home import Home
from bot.desk.desk import Desk
from bot.permissions.rights import Community
from bot.service.service import Service
from bot.service.service_factory import make_service
from bot.service.service_options import ServiceOptions
from retrieval.models.embedder import HashEmbedder
from retrieval.models.model import hash_model
from tests.bot.service.office import publish
from tests.bot.service.people import CITY, CITY_ADMIN, TOWN, TOWN_ADMIN
from tests.fault.newsroom import QuickDisk

SLACK = Venue("slack", "T1", "C1")
STORY = {"id": "storm", "title": "Storm", "source": "The Post", "text": "A storm broke the weather vane."}


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A home with a collection for all."""
    made = Home(tmp_path / "home", QuickDisk())
    publish(made, "news", [STORY], HashEmbedder())
    return made


Told = dict[str, list[str] | None]
"""The communities that each platform tells of; none where it has not told yet."""


@asynccontextmanager
async def started(
    home: Home, told: Told, custodians: frozenset[Community] = frozenset()
) -> AsyncIterator[Service]:
    """A bot that has started on these platforms, in these communities."""
    desk = Desk(home, hash_model(), print)
    desk.open()
    async with make_service(
        home, desk, ServiceOptions(custodians=custodians, platforms=frozenset(told))
    ) as service:
        for platform, found in told.items():
            if found is not None:
                await service.settings.record_communities(platform, found)
        yield service


def custodians(service: Service) -> list[Venue]:
    """The places whose administrators may look after what is for all."""
    return [venue for venue in (CITY, TOWN, SLACK) if "news" in service.admin_rights.governed(venue)]


Start = tuple[Told, list[Venue]]
"""A start, and who looks after what is for all then."""
STARTS: dict[str, list[Start]] = {
    "who comes later gets nothing, and the first loses nothing": [
        ({"discord": ["100"]}, [CITY]),
        ({"discord": ["100", "200"]}, [CITY]),
        ({"discord": ["200"]}, [CITY]),
        ({"discord": ["200", "100", "300"]}, [CITY]),
        ({"discord": ["100"], "slack": ["T1"]}, [CITY]),
    ],
    "one server and one workspace are two": [({"discord": ["100"], "slack": ["T1"]}, [])],
    "nothing is settled before each platform has told": [
        ({"discord": ["100"], "slack": None}, []),
        ({"discord": ["100"]}, [CITY]),
    ],
}


@pytest.mark.parametrize("starts", STARTS.values(), ids=STARTS)
async def test_the_one_community_of_the_first_start_looks_after_what_is_for_all(
    home: Home, starts: list[Start]
) -> None:
    for told, wanted in starts:
        async with started(home, told) as service:
            assert custodians(service) == wanted
            await service.settings.record_communities("discord", told["discord"] or [])  # connected anew
            assert custodians(service) == wanted
            assert service.admin_rights.collection_for(TOWN) == "discord-200"


async def test_in_several_at_the_first_start_nobody_does(
    home: Home, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    async with started(home, {"discord": ["100", "200"]}) as service:
        assert custodians(service) == []
        for act in (
            service.corpus_editor.reload(CITY_ADMIN, ChangeProgress()),
            service.corpus_editor.remove(TOWN_ADMIN, "news", "storm", ChangeProgress()),
        ):
            with pytest.raises(Refusal, match="not-yours"):
                await act
    assert "nobody may look after the collections for all" in caplog.text
    assert "NEWSDESK_DISCORD_SERVERS" in caplog.text
    async with started(home, {"discord": ["100"]}) as service:  # also where one is left
        assert custodians(service) == []


async def test_a_bot_in_no_server_settles_nothing_and_who_takes_it_in_gets_nothing(home: Home) -> None:
    async with started(home, {"discord": []}) as service:
        await service.settings.record_communities(
            "discord", ["200"]
        )  # connected anew, and taken in meanwhile
        assert custodians(service) == []
        assert service.chat_store.custodians.get() is None


async def test_whom_the_operator_names_does_and_nobody_else(home: Home) -> None:
    named = frozenset({("discord", "200")})
    async with started(home, {"discord": ["100"]}, named) as service:
        assert custodians(service) == [TOWN]
        assert service.chat_store.custodians.get() is None  # which settles nothing
    async with started(home, {"discord": ["100"]}):
        pass
    async with started(home, {"discord": ["100", "200"]}, named) as service:
        assert custodians(service) == [TOWN]
    async with started(home, {"discord": ["100", "200"]}) as service:
        assert custodians(service) == [CITY]
