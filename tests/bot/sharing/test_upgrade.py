"""Bots of two releases on one database, where the newer one has added columns and tables."""

import asyncio
from pathlib import Path

import pytest

from tests.bot.platforms.platform import Platform
from tests.bot.sharing.fleet import answered, ask, fleet

NEXT = "tests.bot.sharing.next_release"
PAUSE = 0.2
BRIDGE = """---
title: The Elbe bridge is closed
---
Engineers found rust in the cables of the Elbe bridge. Its repair will take nine weeks.
"""


async def ask_of_bridge(platform: Platform) -> str:
    """What is said to a question that the newer release's article alone answers."""
    room, reader = platform.new_room(), platform.somebody("Reader")
    platform.join(room, reader)
    return (
        await platform.call(reader, room, "What did engineers find in the cables of the Elbe bridge?")
    ).text


@pytest.mark.asyncio
async def test_a_bot_works_beside_one_of_the_next_release_that_has_added_to_the_tables(
    tmp_path: Path, database_url: str
) -> None:
    (article := tmp_path / "bridge.md").write_text(BRIDGE)
    async with fleet(
        tmp_path, database_url, 2, NEXT_RELEASE=str(tmp_path / "next"), NEWSDESK_READER="none"
    ) as crew:
        early = await ask(crew.platforms, 12, PAUSE)  # PostgreSQL keeps plans of what is asked often
        asking = asyncio.create_task(ask(crew.platforms, 12, PAUSE))
        await crew.processes[0].stopped()
        crew.module = NEXT
        crew.ended.append(crew.processes[0])
        crew.processes[0] = await crew.make().__aenter__()
        await crew.processes[0].up()
        assert await answered([*early, *await asking]) == {1: 24}
        assert await crew.command("corpus", "add", str(article)) == 0
        await crew.processes[0].stopped()
        for platform in crew.platforms:  # by the older release alone
            assert "rust" in await ask_of_bridge(platform)
        assert "ERROR" not in crew.said
