"""A channel that two workspaces share which both have the app in it, over HTTP: answered once, by the right
one, whichever of them Slack names."""

import json

from bot.cli.composition import LoadModel
from tests.bot.conftest import MakeHome
from tests.bot.running_bot import PASSING, PATIENCE
from tests.bot.samples.committees import HERON, OTTER, QUESTION
from tests.bot.slack.live import action_id
from tests.bot.slack.workspaces.many import ManyBot, many_bot, shared_slack
from tools.local_slack import Channel, Exchange, Team, User


async def ask(
    bot: ManyBot, user: User, channel: Channel, team: Team, words: str, thread: str | None = None
) -> Exchange:
    """A message that names the bot of a workspace, answered."""
    named = f"{bot.slack.mention(bot.slack.world.bot(team.id))} {words}"
    return await (await bot.slack.say(user, channel, named, thread_ts=thread)).settled(PATIENCE)


def only(asked: Exchange, team: Team, own: str, other: str) -> None:
    """There is one answer, as that workspace's bot and from its collections."""
    assert [one.team_id for one in asked.messages] == [team.id]
    shown = f"{asked.text}{json.dumps([one.blocks for one in asked.messages])}"
    assert own in shown
    assert other not in shown


async def test_each_bot_answers_who_speaks_to_it_once_and_from_its_own(
    load: LoadModel, make_home: MakeHome
) -> None:
    async with shared_slack() as slack, many_bot(load, make_home(), slack, over_http=True) as bot:
        for user in (slack.admin, slack.stranger):
            assert (await bot.install(user))[0] == 200
        ours = await bot.join(slack.team, slack.admin)
        theirs = await bot.join(slack.other_team, slack.stranger)
        assert ": 1 new" in await bot.add(slack.admin, ours, "heron", HERON)
        assert ": 1 new" in await bot.add(slack.stranger, theirs, "otter", OTTER)
        shared = slack.world.invite_bot(slack.world.channels[slack.shared.id])
        shared = slack.world.invite_bot(shared, slack.other_team)
        heron = (slack.team, "Heron", "Otter")
        otter = (slack.other_team, "Otter", "Heron")

        # By mention: the bot that is named, whoever names it, though Slack tells of all as of the other team
        for user in (slack.ann, slack.stranger):
            for wanted in (heron, otter):
                only(await ask(bot, user, shared, wanted[0], QUESTION), *wanted)
        told = [one.payload for one in slack.delivery_queue.deliveries if one.event_type == "app_mention"]
        assert {one["authorizations"][0]["team_id"] for one in told} == {slack.other_team.id}

        # In the thread of an answer nobody is named; a button is that of the answer's own workspace
        asked = await ask(bot, slack.ann, shared, slack.team, PASSING)
        assert asked.said
        further = await slack.say(slack.ann, shared, QUESTION, thread_ts=asked.said.ts)
        only(await further.settled(PATIENCE), *heron)
        answer = (await ask(bot, slack.stranger, shared, slack.team, QUESTION)).message
        pressed = await slack.click(slack.stranger, answer, action_id(answer, "context"))
        only(await pressed.settled(PATIENCE), *heron)

        # By command: the bot of one's own workspace
        for user, (_, own, other) in ((slack.ann, heron), (slack.stranger, otter)):
            shown = await bot.ask(user, shared, QUESTION)
            assert own in shown.text
            assert other not in shown.text

        # An edit changes the answer, and with its question it is taken away
        asked = await ask(bot, slack.ann, shared, slack.team, QUESTION)
        assert asked.said

        def answers() -> list[str]:
            return [one.text for one in slack.world.thread(slack.world.messages[stamp]) if one.bot_id]

        stamp = asked.said.ts
        await slack.edit(asked.said, f"{slack.mention(slack.world.bot(slack.team.id))} {PASSING}")
        await slack.until(lambda: "mine" in answers()[0], PATIENCE)
        assert len(answers()) == 1
        slack.assert_valid()
        await slack.delete(asked.said)
        await slack.until(lambda: not answers(), PATIENCE)
