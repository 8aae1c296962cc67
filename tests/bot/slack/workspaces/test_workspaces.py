"""Two workspaces at once that install the app by themselves: use, rights, the end of each."""

import json
import logging
from pathlib import Path

import pytest

from bot.chat.venue import Venue
from bot.cli.composition import LoadModel
from tests.bot.conftest import MakeHome
from tests.bot.running_bot import PASSING, PATIENCE
from tests.bot.samples.committees import HERON, OTTER, QUESTION
from tests.bot.slack.workspaces.many import ManyBot, many_bot, shared_slack


async def test_two_workspaces_install_use_and_leave_and_none_sees_the_other(
    load: LoadModel, make_home: MakeHome, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with shared_slack() as slack, many_bot(load, make_home(), slack) as bot:
        for user, name in ((slack.admin, "The Newsroom"), (slack.stranger, "The Harbour")):
            status, page = await bot.install(user)
            assert status == 200
            assert f"Newsdesk is in {name}" in page
            assert "write @Newsdesk there" in page
        kept = await bot.kept()
        assert set(kept) == {f"slack-installation/{team.id}" for team in (slack.team, slack.other_team)}
        for value in kept.values():
            assert "xoxb" not in value  # encrypted
        ours = await bot.join(slack.team, slack.admin, slack.ann)
        theirs = await bot.join(slack.other_team, slack.stranger)
        for channel, user in ((ours, slack.ann), (theirs, slack.stranger)):
            assert "mine" in (await bot.ask(user, channel, PASSING)).text
            mention = f"{slack.mention(slack.world.bot(channel.team_id))} {PASSING}"
            assert "mine" in (await (await slack.say(user, channel, mention)).settled(PATIENCE)).text

        # Each has a collection of its own, under names that the other's administrators may not take
        heron = await bot.add(slack.admin, ours, "heron", HERON)
        otter = await bot.add(slack.stranger, theirs, "otter", OTTER)
        assert f"slack-{slack.team.id.lower()}: 1 new" in heron
        assert f"slack-{slack.other_team.id.lower()}: 1 new" in otter
        for channel, user, own, other in (
            (ours, slack.ann, "Heron", "Otter"),
            (theirs, slack.stranger, "Otter", "Heron"),
        ):
            asked = await bot.ask(user, channel, QUESTION)
            shown = f"{asked.text}{json.dumps([one.blocks for one in asked.messages])}"
            assert own in shown
            assert other not in shown
            home = await (await slack.open_home(user)).settled(PATIENCE)
            assert home.view
            assert other not in home.view.text

        # Who installs the app looks after nothing that is for all
        rights = bot.service.settings.rights
        assert not rights.custodians
        for team, channel in ((slack.team, ours), (slack.other_team, theirs)):
            assert not rights.governs(Venue("slack", team.id, channel.id), "news")
        taken = await (await slack.command(slack.stranger, theirs, "/corpus", "reload news")).settled(
            PATIENCE
        )
        assert "✓" not in taken.text
        assert "news" in bot.service.desk.collections

        # One takes it out: nothing of its talk is kept, and the other goes on
        used = bot.service.chat_store.retention.communities
        assert await bot.service.db_worker.run(used, "slack") == {slack.team.id, slack.other_team.id}
        slack.assert_valid()
        await (await slack.uninstall(slack.stranger)).acknowledged(PATIENCE)
        await bot.until_kept(1)
        await slack.until(lambda: "its talk is forgotten" in caplog.text, PATIENCE)
        slack.requests.clear()  # whether the token is good for nothing was asked with it
        assert await bot.service.db_worker.run(used, "slack") == {slack.team.id}
        assert "mine" in (await bot.ask(slack.ann, ours, PASSING)).text

        # Installed anew it works again, with what its collection was
        assert (await bot.install(slack.stranger))[0] == 200
        theirs = await bot.join(slack.other_team, slack.stranger, name="again")
        assert "Otter" in (await bot.ask(slack.stranger, theirs, QUESTION)).text
        slack.assert_valid()
        for secret in (slack.oauth.client_secret, *slack.tokens_of(slack.team)):
            assert secret not in caplog.text


async def test_a_revoked_token_ends_its_workspace_alone(
    load: LoadModel, sample_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    async with shared_slack() as slack, many_bot(load, sample_home, slack) as bot:
        for user in (slack.admin, slack.stranger):
            await bot.install(user)
        ours = await bot.join(slack.team, slack.ann)
        theirs = await bot.join(slack.other_team, slack.stranger)
        assert (await bot.ask(slack.stranger, theirs, PASSING)).text
        for token in slack.tokens_of(slack.other_team):
            slack.revoke(token)
        await slack.say(slack.stranger, theirs, f"{slack.mention(slack.world.bot(theirs.team_id))} {PASSING}")
        await bot.until_kept(1)
        revoked = f"Slack takes the token of {slack.other_team.id} no more (token_revoked)"
        await slack.until(lambda: revoked in caplog.text, PATIENCE)
        assert "mine" in (await bot.ask(slack.ann, ours, PASSING)).text
        # What was said stays for as long as is set: the app may be there again tomorrow.
        used = bot.service.chat_store.retention.communities
        assert slack.other_team.id in await bot.service.db_worker.run(used, "slack")


async def test_a_token_that_expired_is_refreshed_before_it_is_used(
    load: LoadModel, sample_home: Path
) -> None:
    async with shared_slack() as slack, many_bot(load, sample_home, slack) as bot:
        await bot.install(slack.admin)
        ours = await bot.join(slack.team, slack.ann)
        assert (await bot.ask(slack.ann, ours, PASSING)).text
        (first,) = slack.tokens_of(slack.team)
        await age(bot, slack.team.id, seconds=43_300)
        slack.clock.advance(43_300)
        assert "mine" in (await bot.ask(slack.ann, ours, PASSING)).text
        assert slack.tokens_of(slack.team)[-1] != first
        refreshed = [one for one in slack.requests.of("oauth.v2.access") if "refresh_token" in one.arguments]
        assert len(refreshed) == 1
        slack.assert_valid()


async def age(bot: ManyBot, key: str, seconds: float) -> None:
    """What is kept of an installation is older by that."""
    import msgspec

    from bot.slack.workspaces.installation_store import InstallationStore
    from bot.slack.workspaces.token_cipher import TokenCipher

    installations = InstallationStore(bot.service, TokenCipher(bot.settings.secret_key))
    kept = await installations.find("", key)
    assert kept
    assert kept.expires
    await installations.save(msgspec.structs.replace(kept, expires=kept.expires - seconds))


async def test_an_enterprise_has_it_in_all_of_its_workspaces_each_a_community_of_its_own(
    load: LoadModel, sample_home: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    async with shared_slack() as slack:
        enterprise = slack.other_team.enterprise_id
        sister = slack.world.add_team("The Pier", "pier", enterprise_id=enterprise, installed=False)
        peer = slack.world.add_user(sister, "Peer", admin=True)
        async with many_bot(load, sample_home, slack) as bot:
            status, page = await bot.install(slack.stranger, "everywhere")
            assert status == 200
            assert "Newsdesk is in The Company" in page
            assert list(await bot.kept()) == [f"slack-installation/{enterprise}"]
            theirs = await bot.join(slack.other_team, slack.stranger)
            peers = await bot.join(sister, peer)
            assert ": 1 new" in await bot.add(slack.stranger, theirs, "otter", OTTER)
            assert "Otter" in (await bot.ask(slack.stranger, theirs, QUESTION)).text
            assert "Otter" not in (await bot.ask(peer, peers, QUESTION)).text
            mention = f"{slack.mention(slack.world.bot(sister.id))} {PASSING}"
            assert "mine" in (await (await slack.say(peer, peers, mention)).settled(PATIENCE)).text
            panel = await (await slack.command(peer, peers, "/newsdesk", "settings")).settled(PATIENCE)
            assert panel.message
            used = bot.service.chat_store.retention.communities
            assert await bot.service.db_worker.run(used, "slack") == {slack.other_team.id, sister.id}
            # The enterprise takes one workspace's access away, then the whole app out
            slack.dispatch({"type": "team_access_revoked", "team_ids": [sister.id]})
            await slack.until(lambda: caplog.text.count("its talk is forgotten") == 1, PATIENCE)
            assert await bot.service.db_worker.run(used, "slack") == {slack.other_team.id}
            slack.assert_valid()
            await (await slack.uninstall(slack.stranger)).acknowledged(PATIENCE)
            await bot.until_kept(0)
            await slack.until(lambda: caplog.text.count("its talk is forgotten") == 2, PATIENCE)
            assert not await bot.service.db_worker.run(used, "slack")
