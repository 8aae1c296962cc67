"""slack_bolt itself against the server."""

import pytest

from tools.local_slack import LocalSlack, NotPossible
from tools.local_slack.small_bot import SmallBot


@pytest.fixture(autouse=True)
def nothing_wrong(slack: LocalSlack, bot: SmallBot) -> object:
    """After each test: no call broke a rule, and nobody was pinged."""
    yield
    slack.assert_valid()
    assert not slack.pings


async def test_a_command_is_acknowledged_and_answered_for_one(slack: LocalSlack, bot: SmallBot) -> None:
    asked = await slack.command(slack.ann, slack.general, "/ask", "who won?")
    await asked.settled()
    assert asked.acked_after is not None
    assert asked.acked_after < 1
    assert asked.message is not None
    assert asked.message.viewer_id == slack.ann.id
    assert asked.ephemerals == [asked.message]
    assert asked.messages == []
    assert asked.text.startswith("who won? it is")


async def test_a_command_answered_with_its_acknowledgement(slack: LocalSlack, bot: SmallBot) -> None:
    said = await (await slack.command(slack.kim, slack.general, "/say", "A & B <C>")).settled()
    assert said.ack == {"text": "You typed A &amp; B &lt;C&gt;", "response_type": "ephemeral"}
    assert said.text == "You typed A & B <C>"


async def test_a_command_answered_for_everyone(slack: LocalSlack, bot: SmallBot) -> None:
    posted = await (await slack.command(slack.ann, slack.general, "/post", "news")).settled()
    assert [message.text for message in posted.messages] == ["news"]
    assert posted.message is not None
    assert not posted.message.ephemeral


async def test_buttons_answer_replace_open_share_and_delete(slack: LocalSlack, bot: SmallBot) -> None:
    asked = await (await slack.command(slack.ann, slack.general, "/ask", "who?")).settled()
    with pytest.raises(NotPossible, match="somebody else's"):
        await slack.click(slack.kim, asked.message, "More")
    more = await (await slack.click(slack.ann, asked.message, "More")).settled()
    assert [message.text for message in more.ephemerals] == ["More of it"]
    following = await (await slack.click(slack.ann, asked.message, "next")).settled()
    assert following.message is not None
    assert asked.message is not None
    assert following.message.ts == asked.message.ts
    assert asked.text.startswith("The next page")
    shared = await (await slack.click(slack.ann, asked.message, "Share")).settled()
    assert [message.text for message in shared.messages] == ["Shared"]
    dismissed = await (await slack.click(slack.ann, asked.message, "Dismiss")).settled()
    assert dismissed.deleted


async def test_a_form_is_opened_filled_in_refused_and_sent(slack: LocalSlack, bot: SmallBot) -> None:
    asked = await (await slack.command(slack.ann, slack.general, "/ask")).settled()
    assert asked.view is not None
    assert asked.view.title == "Ask the news"
    with pytest.raises(NotPossible, match="must be filled in"):
        await slack.submit(slack.ann, asked.view)
    typed = await (await slack.suggest(slack.ann, asked.view, "source", "re")).settled()
    assert [option["value"] for option in typed.options] == ["reuters", "recorder"]
    refused = await (await slack.submit(slack.ann, asked.view, {"question": "bad"})).settled()
    assert refused.errors == {"question": "Ask something else"}
    assert slack.modal(slack.ann) is not None
    values = {"question": "Who won?", "source": "reuters", "since": "2026-01-31"}
    sent = await (await slack.submit(slack.ann, asked.view, values)).settled()
    assert slack.modal(slack.ann) is None
    await slack.until(lambda: sent.message)
    assert sent.text == "Who won? from reuters since 2026-01-31"
    assert sent.message is not None
    assert sent.message.channel_id == slack.world.dm(slack.ann).id


async def test_a_form_that_is_closed_is_told(slack: LocalSlack, bot: SmallBot) -> None:
    asked = await (await slack.command(slack.ann, slack.general, "/ask")).settled()
    await (await slack.close(slack.ann, asked.view)).settled()
    assert {"type": "view_closed"} in bot.heard


async def test_a_mention_is_heard_and_answered_in_its_thread(slack: LocalSlack, bot: SmallBot) -> None:
    said = await slack.say(slack.ann, slack.general, f"{slack.mention()} who won <the cup> & why?")
    await said.settled()
    assert [one.event_type for one in said.deliveries] == ["message", "app_mention"]
    assert said.said is not None
    assert said.message is not None
    assert said.message.thread_ts == said.said.ts
    assert "&lt;the cup&gt; &amp; why?" in said.message.text
    follow = await slack.say(slack.ann, slack.general, "and then?", thread_ts=said.said.ts)
    await slack.until(lambda: any(one["text"] == "and then?" for one in bot.heard))
    assert follow.message is None
    # What names the bot names it in the answer too.
    slack.mentions.clear()


async def test_a_shortcut_of_a_message(slack: LocalSlack, bot: SmallBot) -> None:
    said = await slack.say(slack.kim, slack.general, "The mill burned down")
    assert said.said is not None
    checked = await (await slack.shortcut(slack.ann, "check_news", said.said)).settled()
    assert checked.text == "Checked: The mill burned down"
    assert checked.ephemerals[0].viewer_id == slack.ann.id


async def test_home_is_published(slack: LocalSlack, bot: SmallBot) -> None:
    opened = await (await slack.open_home(slack.sato)).settled()
    assert opened.view is not None
    assert opened.view.type == "home"
    assert slack.home(slack.sato) == opened.view


async def test_the_pane_prompts_and_answers(slack: LocalSlack, bot: SmallBot) -> None:
    pane = await (await slack.open_assistant(slack.ann, slack.general)).settled()
    await slack.until(lambda: pane.pane and pane.pane.prompts)
    assert pane.text == "What do you want to know?"
    direct = slack.world.dm(slack.ann)
    asked = await slack.say(slack.ann, direct, "Who won?", thread_ts=pane.thread_ts)
    await asked.settled()
    assert asked.text == "You asked: Who won?"
    assert asked.pane is not None
    assert asked.pane.title == "Who won?"
    assert asked.pane.statuses == ("is searching...",)
    assert asked.pane.status == ""
    assert pane.thread_ts is not None
    await (await slack.change_context(slack.ann, pane.thread_ts, slack.random)).settled()
    assert {"type": "assistant_thread_context_changed"} in bot.heard


async def test_joining_and_leaving_the_workspace(slack: LocalSlack, bot: SmallBot) -> None:
    await (await slack.joins(slack.guest, slack.random)).settled()
    assert bot.heard[-1]["type"] == "member_joined_channel"
    await (await slack.uninstall(slack.admin)).settled()
    assert {one["type"] for one in bot.heard[-2:]} == {"app_uninstalled", "tokens_revoked"}
