"""What Slack alone has, in one session at the protocol; the rest is in tests/bot/platforms/test_session.py.

What was sent is listed in docs/slack-session.txt; NEWSDESK_WRITE_SESSION=1 writes it anew.
"""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from tests.bot.knobs import WRITE_SESSION
from tests.bot.platforms.session_log import SlackLog
from tests.bot.running_bot import PASSING
from tests.bot.samples.articles import REGATTA
from tests.bot.slack.live import LiveBot, action_id, acts_of, added, bold_of, upload
from tools.local_slack import Message, User, View, find_element, initial_value, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

FURTHER = "And how many people died there?"


@pytest.fixture(scope="module")
def log(request: pytest.FixtureRequest) -> Iterator[SlackLog]:
    """What was sent, test by test, is what is written where all of them were run."""
    log = SlackLog("# What Slack alone has")
    yield log
    log.check_all(request.node.obj, write=WRITE_SESSION)


@pytest.fixture(autouse=True)
def logged(live: LiveBot, log: SlackLog, request: pytest.FixtureRequest) -> Iterator[None]:
    """Keeps what was sent during the test under its name; these tests ask more often than people may."""
    live.rest()
    yield
    log.add(request.node, live.slack.requests)


def menu(shown: Message | View | None, setting: str) -> list[str]:
    """What is chosen in a menu of the settings' panel."""
    assert shown
    _, element = find_element(shown, action_id(shown, "set", setting))
    value = initial_value(element)
    options = value.get("selected_options") or [value.get("selected_option")]
    return [str(one["text"]["text"]) for one in options if one] or list(value.get("selected_users") or ())


async def test_it_connects_with_the_manifests_scopes_and_asks_who_it_is_once(live: LiveBot) -> None:
    slack = live.slack
    assert len(slack.requests.of("auth.test")) == 1
    assert len(slack.requests.of("apps.connections.open")) == 1
    assert live.app.team == slack.team.id
    assert live.app.bot == slack.bot.id


async def test_options_are_read_however_they_are_typed(live: LiveBot) -> None:
    slack = live.slack
    options = "source:“newsdesk SAMPLE” since:January-2026 until:2026-01-18 collection:news"
    asked = await live.ask(slack.ann, slack.general, f"{options} private:yes {PASSING}")
    assert "Only from Newsdesk sample, since 1 January 2026, until 18 January 2026." in asked.text
    assert acts_of(asked.message) == ["share", "widen", "more", "context", "actions"]
    assert bold_of(asked.message)


async def test_a_form_offers_sources_while_they_are_typed_and_days_to_pick(live: LiveBot) -> None:
    slack = live.slack
    opened = await live.ask(slack.ann, slack.general, "")
    form = opened.view
    assert form
    assert form.title == "Ask the news"
    assert (await (await slack.suggest(slack.ann, form, "source", "zzz")).settled()).options == []
    offered = await (await slack.suggest(slack.ann, form, "source", "NEWS")).settled()
    assert [one["value"] for one in offered.options] == ["Newsdesk sample"]
    values = {
        "question": PASSING,
        "source": "Newsdesk sample",
        "since": "2026-01-14",
        "until": "2026-01-18",
        "private": ["yes"],
    }
    sent = await live.submit(slack.ann, form, values)
    assert sent.viewer_id == slack.ann.id
    assert "Only from Newsdesk sample, since 14 January 2026, until 18 January 2026." in text_of(sent)


async def test_the_form_opens_from_the_global_shortcut_and_answers_directly(live: LiveBot) -> None:
    slack = live.slack
    opened = await (await slack.global_shortcut(slack.kim, "ask_news")).settled()
    assert opened.view
    assert opened.view.title == "뉴스에 묻기"
    sent = await live.submit(slack.kim, opened.view, {"question": PASSING, "private": ["yes"]})
    assert sent.channel_id == slack.world.dm(slack.kim).id
    assert bold_of(sent)


async def test_a_mention_in_peoples_thread_makes_it_one_of_the_bots(live: LiveBot) -> None:
    slack = live.slack
    said = await slack.say(slack.ann, slack.random, "About that mine …")
    assert said.said
    asked = await live.say(slack.kim, slack.random, f"{slack.mention()} {PASSING}", thread_ts=said.said.ts)
    assert asked.message
    assert asked.message.thread_ts == said.said.ts
    assert "183" in (await live.say(slack.ann, slack.random, FURTHER, thread_ts=said.said.ts)).text


async def test_the_assistants_pane_has_prompts_a_status_and_a_title(live: LiveBot) -> None:
    slack = live.slack
    opened = await (await slack.open_assistant(slack.ann, context=slack.general)).settled()
    await slack.until(lambda: opened.pane and opened.pane.prompts)
    assert opened.pane
    assert "exact words of news articles" in opened.text
    assert opened.pane.prompts_title == "The latest"
    assert len(opened.pane.prompts) == 4
    room = slack.world.dm(slack.ann)
    asked = await live.say(slack.ann, room, PASSING, thread_ts=opened.thread_ts)
    assert asked.message
    assert asked.message.thread_ts == opened.thread_ts
    assert asked.pane
    assert asked.pane.statuses[0] == "Working …"
    assert asked.pane.status == ""  # an answer takes it away
    assert asked.pane.title.startswith("What did Lee and Takaichi agree")
    assert "183" in (await live.say(slack.ann, room, FURTHER, thread_ts=opened.thread_ts)).text
    prompt = opened.pane.prompts[0]["message"]
    assert (await live.say(slack.ann, room, prompt, thread_ts=opened.thread_ts)).message
    looked = await slack.change_context(slack.ann, opened.thread_ts or "", slack.random)
    await looked.acknowledged()


async def test_a_private_channel_is_like_any_other(live: LiveBot) -> None:
    slack = live.slack
    said = await live.say(slack.owner, slack.cabinet, f"{slack.mention()} {PASSING}")
    assert said.said
    followed = await live.say(slack.admin, slack.cabinet, FURTHER, thread_ts=said.said.ts)
    assert "183" in followed.text
    panel = await live.command(slack.owner, slack.cabinet, "/newsdesk", "settings channel")
    assert panel.text.startswith("Settings of this channel\n")


async def test_people_of_another_workspace_ask_in_a_shared_channel_and_administer_nothing(
    live: LiveBot,
) -> None:
    slack = live.slack
    said = await live.say(slack.stranger, slack.shared, f"{slack.mention()} {PASSING}")
    assert bold_of(said.message)
    asked = await live.ask(slack.stranger, slack.shared)
    assert bold_of(asked.message)
    other = await live.ask(slack.ann, slack.shared)
    assert (await live.press(slack.stranger, other.message, "why")).ephemerals
    refused = await live.press(slack.stranger, other.message, "dismiss")
    assert "Only the person who asked, or a moderator" in refused.text
    for name, text in (("/corpus", "status"), ("/corpus", "reload"), ("/newsdesk", "settings")):
        refused = await live.command(slack.stranger, slack.shared, name, text)
        assert "Only admins and owners" in refused.text
    acts = await live.acts()
    assert [act.result for act in acts[:3]] == ["refused"] * 3
    assert {act.person for act in acts[:3]} == {slack.stranger.id}


async def test_what_corpus_takes_is_said_where_it_was_not_understood(live: LiveBot) -> None:
    slack = live.slack
    for text in ("", "help", "add", "remove", "restore"):
        usage = await live.command(slack.admin, slack.general, "/corpus", text)
        assert usage.text.startswith("Write /corpus status, reload, rollback")


async def test_a_message_has_to_have_one_file(live: LiveBot) -> None:
    slack = live.slack
    said = await slack.say(slack.admin, slack.general, "No file here.")
    assert said.said
    taken = await live.done(await slack.shortcut(slack.admin, "add_file", said.said))
    assert taken.text == "The message must have exactly one file."
    two = await added(live, upload("a.jsonl", REGATTA), upload("b.jsonl", REGATTA))
    assert two == "The message must have exactly one file."


async def test_a_person_and_a_group_may_administer_once_they_are_chosen(live: LiveBot) -> None:
    slack = live.slack

    async def may(user: User) -> bool:
        words = (await live.command(user, slack.general, "/corpus", "status")).text
        assert "The corpus" in words or "Only admins and owners" in words
        return "The corpus" in words

    assert not await may(slack.editor)
    assert (await live.acts())[0].result == "refused"
    panel = (await live.command(slack.admin, slack.general, "/newsdesk", "settings")).message
    groups = action_id(panel, "set", "admin_groups")
    offered = await (await slack.suggest(slack.admin, panel, groups, "edit")).settled()
    assert [one["text"]["text"] for one in offered.options] == ["@editors"]
    await live.choose(slack.admin, panel, "admin_groups", [slack.editors.id])
    assert await may(slack.editor)
    assert not await may(slack.ann)
    chosen = (await live.choose(slack.admin, panel, "admin_roles", [slack.ann])).message
    assert menu(chosen, "admin_roles") == [slack.ann.id]
    assert menu(chosen, "admin_groups") == ["@editors"]
    assert await may(slack.ann)
    assert await may(slack.editor)
    await live.choose(slack.admin, panel, "admin_groups", [])
    assert await may(slack.ann)
    assert not await may(slack.editor)
    await live.choose(slack.admin, panel, "admin_roles", [])
    assert not await may(slack.ann)


async def test_home_shows_what_is_searched_and_what_one_asked_and_no_settings_to_most(live: LiveBot) -> None:
    slack = live.slack
    opened = await (await slack.open_home(slack.ann)).settled()
    assert opened.view
    words = text_of(opened.view.blocks)
    assert "16 articles, the newest from 20 January 2026" in words
    assert "Newsdesk sample" in words
    assert PASSING in words
    assert acts_of(opened.view) == []


async def test_an_administrator_changes_settings_in_home(live: LiveBot) -> None:
    slack = live.slack
    home = (await (await slack.open_home(slack.admin)).settled()).view
    assert "Settings of this workspace" in text_of(home.blocks if home else [])
    changed = await live.choose(slack.admin, home, "passages", "5")
    assert menu(changed.view, "passages") == ["5 quotes"]
    assert "\n5 · " in (await live.ask(slack.ann, slack.general)).text
    offered = await slack.suggest(
        slack.admin, changed.view, action_id(changed.view, "set", "admin_groups"), ""
    )
    assert len((await offered.settled()).options) == 1
    grouped = await live.choose(slack.admin, changed.view, "admin_groups", [slack.editors.id])
    assert menu(grouped.view, "admin_groups") == ["@editors"]
    reset = await live.press(slack.admin, grouped.view, "reset")
    assert menu(reset.view, "passages") == ["3 quotes"]
    assert menu(reset.view, "admin_groups") == []
    for setting in ("person_limit", "channel_limit"):
        await live.choose(slack.admin, reset.view, setting, "120")


async def test_who_lost_the_right_is_told_so_when_using_settings_in_home(live: LiveBot) -> None:
    slack = live.slack
    home = (await (await slack.open_home(slack.owner)).settled()).view
    slack.world.users[slack.owner.id] = replace(slack.owner, owner=False, admin=False)
    live.app.requests.directory._users.clear()  # a minute passes
    refused = await live.choose(slack.owner, home, "passages", "1")
    assert refused.message
    assert refused.message.channel_id == slack.world.dm(slack.owner).id
    assert "Only admins and owners" in refused.text
    slack.world.users[slack.owner.id] = slack.owner
    live.app.requests.directory._users.clear()
