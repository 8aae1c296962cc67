"""Who looks after the collections for all, where the operator named a community and where none."""

from pathlib import Path

import pytest

from bot.cli.composition import LoadModel
from tests.bot.platforms.platform import Platform

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_where_none_is_named_the_one_community_of_the_first_start_looks_after_what_all_see(
    server: Platform, load: LoadModel, sample_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    server.be_alone()
    async with server.bot(load, sample_home, custodians=frozenset()):
        planned = await server.administer(server.admin, server.general, "reload")
        assert "Nothing would change" in planned.text
        assert server.service.chat_store.custodians.get() == frozenset({(server.name, server.community)})
        assert f"{server.name}:{server.community}, alone with the bot at its first start" in caplog.text


async def test_where_another_community_is_named_this_one_changes_nothing_that_all_see(
    server: Platform, load: LoadModel, sample_home: Path
) -> None:
    async with server.bot(load, sample_home, custodians=frozenset({"4004004004004004"})):
        before = server.served()
        for act, options in (("reload", {}), ("rollback", {"collection": "news"})):
            refused = await server.administer(server.admin, server.general, act, **options)
            assert "You can't administer any collection here" in refused.text
        assert server.served() == before
