"""A whole `newsdesk run` whose database fails: what people see, what the operator reads, and what is kept."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest
import pytest_asyncio
from sqlalchemy import select

from bot.chat_store.chat_store import ChatStore
from bot.chat_store.tables.chat_tables import answers, audit, settings
from bot.corpus_admin.shared_home.database_home import DatabaseHome
from corpus.storage.sql.server_address import ServerAddress
from tests.bot.operation.scraping import told
from tests.bot.platforms.discord_platform import DiscordPlatform
from tests.bot.platforms.platform import Platform
from tests.bot.platforms.process import PATIENCE, QUICKLY, Process, free_port
from tests.bot.platforms.slack_platform import SlackPlatform
from tests.fault.test_database_failures import replica_of
from tools.local_postgres.cluster import Cluster

pytestmark = pytest.mark.asyncio
QUESTION = "What did Lee and Takaichi agree about the remains at the Chosei coal mine?"


@pytest_asyncio.fixture
async def platforms() -> AsyncIterator[tuple[Platform, Platform]]:
    """A Discord and a Slack of their own."""
    async with DiscordPlatform.serve() as discord, SlackPlatform.serve() as slack:
        yield discord, slack


async def answered(platform: Platform) -> str:
    """What somebody new reads who asks in a new channel, once it is an answer."""
    room, reader = platform.new_room(), platform.somebody("Reader")
    platform.join(room, reader)
    asked = await (await platform.call(reader, room, QUESTION, wait=False)).settled(PATIENCE)
    assert len(asked.messages) == 1
    return asked.text


def kept(chats: ChatStore) -> list[set[tuple[object, ...]]]:
    """All answers but for where they stand, all settings, and the audit."""
    return [
        {tuple(row) for row in chats.rows(select(table.c.id if table is answers else table))}
        for table in (answers, settings, audit)
    ]


async def test_nothing_that_people_were_told_is_lost_with_the_primary_and_answers_go_on(
    tmp_path: Path, platforms: tuple[Platform, Platform]
) -> None:
    primary = Cluster(durable=True, settings={"synchronous_standby_names": "*", "wal_level": "replica"})
    with primary:
        with psycopg.connect(primary.url, autocommit=True) as own:
            own.execute("SET synchronous_commit = local")
            own.execute("SELECT pg_create_physical_replication_slot('standby')")
        standby = await asyncio.to_thread(replica_of, primary)
        hosts = f"127.0.0.1:{primary.port},127.0.0.1:{standby.port}"
        address = f"postgresql://newsdesk@{hosts}/postgres?target_session_attrs=read-write"
        with contextlib.closing(standby):
            async with Process(tmp_path, *platforms, module=QUICKLY, NEWSDESK_DATABASE=address) as bot:
                await bot.up()
                for platform in platforms:
                    assert "Chosei" in await answered(platform)
                    panel = await platform.settings(platform.admin, platform.general)
                    await platform.choose(platform.admin, panel.answer, "passages", "2")
                with ChatStore(ServerAddress(primary.url)) as chats:
                    before = kept(chats)
                served = DatabaseHome(tmp_path / "looks", ServerAddress(primary.url)).shared().served
                assert served
                assert all(before)
                primary.kill()
                said = [await answered(platform) for platform in platforms]
                assert all("Chosei" in words for words in said)
                standby.run("pg_ctl", "--pgdata", str(standby.data), "--wait", "promote")
                with psycopg.connect(standby.url, autocommit=True) as own:
                    own.execute("ALTER SYSTEM SET synchronous_standby_names = ''")
                    own.execute("SELECT pg_reload_conf()")
                with ChatStore(ServerAddress(standby.url)) as chats:
                    after = kept(chats)
                    assert all(one <= other for one, other in zip(before, after, strict=True))
                    await kept_again(chats, platforms)
                assert DatabaseHome(tmp_path / "looks2", ServerAddress(standby.url)).shared().served == served
                assert "has no host that can be written to" in bot.said
                await bot.stopped()


async def kept_again(chats: ChatStore, platforms: tuple[Platform, Platform]) -> None:
    """Until an answer on each platform is kept, without anybody doing anything about it."""
    deadline = time.monotonic() + PATIENCE
    for platform in platforms:
        before = len(kept(chats)[0])
        while len(kept(chats)[0]) == before:
            assert time.monotonic() < deadline
            assert "Chosei" in await answered(platform)


async def test_a_start_waits_for_a_database_that_is_down_and_says_so(
    tmp_path: Path, platforms: tuple[Platform, Platform]
) -> None:
    with Cluster() as cluster:
        url = cluster.url
        cluster.stop()
        port = free_port()
        how = {"NEWSDESK_DATABASE": url, "NEWSDESK_METRICS": f"127.0.0.1:{port}"}
        async with Process(tmp_path, *platforms, module=QUICKLY, **how) as bot:
            words = "the database postgres on 127.0.0.1 can't be used ("
            await bot.says(words)
            assert "not started yet, trying again in" in bot.said
            status, said = await told(port, "/readyz")
            assert status == 503
            assert words in said["missing"][0]
            assert (await told(port, "/healthz"))[0] == 200
            cluster.start()
            await bot.up()
            for platform in platforms:
                assert "Chosei" in await answered(platform)
            await bot.stopped()
