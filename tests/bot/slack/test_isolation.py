"""A collection of another workspace, and of a Discord server: nothing of it shows in what Slack alone has."""

import json
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from bot.chat.venue import Person, Venue
from bot.cli.composition import LoadModel
from bot.community_admin.change_progress import ChangeProgress
from tests.bot.samples.committees import HERON, OTTER, QUESTION, STOAT
from tests.bot.slack.live import LiveBot, action_id, added, live_bot, upload
from tools.local_slack import Exchange, View, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")
OURS = ("heron", "Brandt")
THEIRS = ("otter", "Kranz", "stoat", "Voss")
BOSS = Person("U0BOSS", "Boss", manages=True)


def elsewhere(live: LiveBot) -> list[tuple[Venue, str, dict[str, str]]]:
    """The other communities on the same desk, and what is theirs."""
    return [
        (Venue("slack", live.slack.other_team.id, live.slack.elsewhere.id), "otter", OTTER),
        (Venue("discord", "1001", "2002"), "stoat", STOAT),
    ]


@pytest.fixture(autouse=True)
def rested(live: LiveBot) -> None:
    """These tests ask more often than people may."""
    live.rest()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def live(
    load: LoadModel, loaded_sample: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[LiveBot]:
    """A bot on whose desk three communities have a collection each, and the sample is for all."""
    home = tmp_path_factory.mktemp("three") / "home"
    shutil.copytree(loaded_sample, home)
    async with live_bot(load, home) as bot:
        words = await added(bot, upload("heron.jsonl", HERON), words="in:heron")
        assert "heron: 1 new" in words
        for venue, name, row in elsewhere(bot):
            data = upload(f"{name}.jsonl", row).content
            await bot.service.corpus_editor.add_upload(
                venue, BOSS, name, f"{name}.jsonl", data, ChangeProgress()
            )
        assert set(bot.service.desk.collections) == {"news", "heron", "otter", "stoat"}
        yield bot


def check(shown: Exchange | View | str, *, own: bool = True) -> None:
    """The own words are there, unless there need be none, and nothing of the others'."""
    text = shown if isinstance(shown, str) else all_of(shown)
    assert not any(word.casefold() in text.casefold() for word in THEIRS), text
    assert not own or any(word in text for word in OURS), text


def all_of(shown: Exchange | View) -> str:
    """Everything in it, also in ids, labels and options."""
    if isinstance(shown, View):
        return json.dumps(shown.payload)
    messages = [*shown.messages, *shown.ephemerals]
    parts = [f"{one.text}\n{text_of(one)}\n{json.dumps(one.blocks)}" for one in messages]
    return "\n".join([*parts, *(all_of(view) for view in shown.views), json.dumps(shown.options)])


async def test_people_of_the_other_workspace_see_in_a_shared_channel_what_is_this_ones(live: LiveBot) -> None:
    slack = live.slack
    check(await live.say(slack.stranger, slack.shared, f"{slack.mention()} {QUESTION}"))
    check(await live.ask(slack.stranger, slack.shared, QUESTION))


async def test_nothing_of_the_others_is_offered(live: LiveBot) -> None:
    slack = live.slack
    form = (await live.ask(slack.ann, slack.general, "")).view
    for typed in ("", "o", "bulletin", "ot", "st"):
        check(await (await slack.suggest(slack.ann, form, "source", typed)).settled(), own=False)
    offered = await (await slack.suggest(slack.ann, form, "source", "her")).settled()
    assert [one["value"] for one in offered.options] == ["Heron Bulletin"]
    for text in ("settings", "settings channel"):
        panel = (await live.command(slack.admin, slack.general, "/newsdesk", text)).message
        for setting in ("collections", "sources"):
            name = action_id(panel, "set", setting)
            offered = await (await slack.suggest(slack.admin, panel, name, "")).settled()
            check(json.dumps(offered.options).casefold())
    opened = await (await slack.open_assistant(slack.ann)).settled()
    await slack.until(lambda: opened.pane and opened.pane.prompts)
    assert opened.pane
    check(json.dumps(opened.pane.prompts))


async def test_latest_sources_and_home_are_ones_own(live: LiveBot) -> None:
    slack = live.slack
    check(await live.command(slack.ann, slack.general, "/latest"), own=False)
    check(await live.command(slack.ann, slack.general, "/latest", "committee in secret"))
    sources = (await live.command(slack.ann, slack.general, "/sources")).text
    check(sources.casefold())
    for user in (slack.ann, slack.admin):
        home = (await (await slack.open_home(user)).settled()).view
        assert home
        check(all_of(home).casefold())
