"""The bot is stopped and started, or killed, between an answer and what is done with it."""

import signal
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from bot.actions.button_table import BUTTONS
from tests.bot.samples.articles import HISTORY, LIGHTHOUSE
from tests.bot.slack.live import (
    PASSING,
    LiveBot,
    action_id,
    action_ids,
    added,
    bold_of,
    local_slack,
    upload,
)
from tests.bot.slack.running import PATIENCE, Running
from tools.local_slack import Exchange, Message, View, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

FURTHER = "And how many people died there?"

Press = Callable[[], Awaitable[object]]
"""Done after the restart; raises where it does not work."""
Prepare = Callable[[LiveBot], Awaitable[Press]]
"""Done before the restart."""


def after(
    act: str, holds: Callable[[Exchange], object], argument: str | None = None, options: str = ""
) -> Prepare:
    """An answer before the restart, and one of its buttons pressed after it."""

    async def prepare(live: LiveBot) -> Press:
        slack = live.slack
        asked = await live.ask(slack.ann, slack.general, f"{PASSING} {options}")

        async def press() -> None:
            pressed = await live.press(slack.ann, asked.message, act, argument)
            assert holds(pressed), pressed.text

        return press

    return prepare


async def _around(live: LiveBot) -> Press:
    slack = live.slack
    asked = await live.ask(slack.ann, slack.general)
    context = await live.press(slack.ann, asked.message, "context")

    async def press() -> None:
        turned = await live.press(slack.ann, context.message, "around", "2")
        assert turned.text.startswith("Around quote 2")

    return press


async def _page(live: LiveBot) -> Press:
    slack = live.slack
    shown = await live.command(slack.ann, slack.general, "/article", "history")

    async def press() -> None:
        assert "Page 2 of " in (await live.press(slack.ann, shown.message, "page", "2")).text

    return press


async def _dismiss(live: LiveBot) -> Press:
    slack = live.slack
    asked = await live.ask(slack.ann, slack.general)

    async def press() -> None:
        await live.dismiss(slack.ann, asked.message)

    return press


async def _share(live: LiveBot) -> Press:
    slack = live.slack
    asked = await live.ask(slack.ann, slack.general, f"{PASSING} private:yes")

    async def press() -> None:
        (shared,) = (await live.press(slack.ann, asked.message, "share")).messages
        assert text_of(shared).startswith("Shared by ann")
        followed = await live.say(slack.editor, slack.general, FURTHER, thread_ts=shared.ts)
        assert "183" in followed.text

    return press


async def _down(live: LiveBot) -> Press:
    slack = live.slack
    asked = await live.ask(slack.ann, slack.general)

    async def press() -> None:
        down = await live.press(slack.ann, asked.message, "down")
        assert (await _voted(live, asked.message, down.view)) == "wrong"

    return press


async def _reason(live: LiveBot) -> Press:
    slack = live.slack
    asked = await live.ask(slack.ann, slack.general)
    down = await live.press(slack.ann, asked.message, "down")

    async def press() -> None:
        assert (await _voted(live, asked.message, down.view)) == "wrong"

    return press


async def _voted(live: LiveBot, message: Message | None, form: View | None) -> str:
    """The reason on record after the form was sent in."""
    sent = await live.submit(live.slack.ann, form, {"kind": "wrong"})
    assert sent.viewer_id == live.slack.ann.id
    (vote,) = live.service.chat_store.votes.of((await live.record(message)).id)
    return vote.reason


async def _asked(live: LiveBot) -> Press:
    slack = live.slack
    form = (await live.ask(slack.ann, slack.general, "")).view

    async def press() -> None:
        offered = await (await slack.suggest(slack.ann, form, "source", "news")).settled()
        assert offered.options
        sent = await live.submit(slack.ann, form, {"question": PASSING, "source": "Newsdesk sample"})
        assert "Only from Newsdesk sample" in text_of(sent)

    return press


async def _planned(live: LiveBot) -> Message | None:
    slack = live.slack
    return (await live.command(slack.admin, slack.world.dm(slack.admin), "/corpus", "reload")).message


async def _reload(live: LiveBot) -> Press:
    planned = await _planned(live)

    async def press() -> None:
        done = await live.press(live.slack.admin, planned, "reload")
        await live.slack.until(lambda: done.text.startswith("Done"), PATIENCE)
        await live.idle()

    return press


async def _cancel(live: LiveBot) -> Press:
    planned = await _planned(live)

    async def press() -> None:
        cancelled = await live.press(live.slack.admin, planned, "cancel")
        assert cancelled.text == "Nothing was changed."

    return press


async def _panel(live: LiveBot, which: str = "settings") -> Message | None:
    slack = live.slack
    return (await live.command(slack.admin, slack.general, "/newsdesk", which)).message


async def _set(live: LiveBot) -> Press:
    panel = await _panel(live)

    async def press() -> None:
        await live.choose(live.slack.admin, panel, "passages", "2")
        assert live.service.settings.preferences(live.venue(live.slack.general)).passages == 2

    return press


async def _reset(live: LiveBot) -> Press:
    panel = await _panel(live)
    await live.choose(live.slack.admin, panel, "passages", "1")

    async def press() -> None:
        here = live.venue(live.slack.general)
        assert live.service.settings.preferences(here).passages == 1  # that was kept too
        await live.press(live.slack.admin, panel, "reset")
        assert live.service.settings.preferences(here).passages == 3

    return press


async def _home(live: LiveBot) -> Press:
    slack = live.slack
    home = (await (await slack.open_home(slack.admin)).settled()).view

    async def press() -> None:
        offered = await slack.suggest(slack.admin, home, action_id(home, "set", "admin_groups"), "edit")
        assert (await offered.settled()).options
        await live.choose(slack.admin, home, "admin_groups", [slack.editors.id])
        chosen = live.service.settings.preferences(live.venue(slack.general)).admin_roles
        assert chosen == (slack.editors.id,)
        await live.choose(slack.admin, home, "admin_groups", [])

    return press


async def _name_sources(live: LiveBot) -> Press:
    panel = await _panel(live, "settings channel")

    async def press() -> None:
        form = (await live.press(live.slack.admin, panel, "name-sources")).view
        changed = await live.submit(live.slack.admin, form, {"names": "source 7, SOURCE 8"})
        assert panel
        assert changed.ts == panel.ts
        here = live.venue(live.slack.general)
        assert live.service.settings.preferences(here).sources == ("Source 7", "Source 8")

    return press


async def _named_sources(live: LiveBot) -> Press:
    panel = await _panel(live, "settings channel")
    form = (await live.press(live.slack.admin, panel, "name-sources")).view

    async def press() -> None:
        await live.submit(live.slack.admin, form, {"names": ""})
        assert live.service.settings.preferences(live.venue(live.slack.general)).sources == ()

    return press


def _aside(exchange: Exchange) -> bool:
    return exchange.message is not None and exchange.message.ephemeral


PRESSES: dict[str, Prepare] = {
    "more": after("more", lambda pressed: "\n4 · " in pressed.text),
    "context": after("context", lambda pressed: pressed.text.startswith("Around quote 1")),
    "around": _around,
    "why": after("why", lambda pressed: "similarity in meaning" in pressed.text),
    "read": after("read", lambda pressed: "What South Korea and Japan agreed" in pressed.text, "1-1"),
    "page": _page,
    "share": _share,
    "dismiss": _dismiss,
    "widen": after("widen", lambda pressed: "Only" not in pressed.text, "since", "since:2026-01-14"),
    "up": after("up", _aside),
    "down": _down,
    "reason": _reason,
    "reload": _reload,
    "cancel": _cancel,
    "set": _set,
    "reset": _reset,
    "name-sources": _name_sources,
    "named-sources": _named_sources,
}
OTHERS: dict[str, Prepare] = {"the question's form": _asked, "App Home": _home}


async def test_an_article_and_many_sources_are_there(live: LiveBot) -> None:
    sources = [
        {**LIGHTHOUSE, "id": f"s-{number}", "source": f"Source {number}", "url": None} for number in range(26)
    ]
    assert "27 new" in await added(live, upload("more.jsonl", HISTORY, *sources))
    panel = await _panel(live)
    for setting in ("person_limit", "channel_limit"):
        await live.choose(live.slack.admin, panel, setting, "120")


@pytest.mark.parametrize("act", [*PRESSES, *OTHERS])
async def test_what_can_be_pressed_works_after_a_restart(live: LiveBot, act: str) -> None:
    press = await {**PRESSES, **OTHERS}[act](live)
    await live.restart()
    await press()


async def test_nothing_that_can_be_pressed_is_left_out() -> None:
    assert set(BUTTONS) == set(PRESSES)


async def test_a_thread_is_one_of_the_bots_after_a_restart(live: LiveBot) -> None:
    slack = live.slack
    asked = await live.say(slack.ann, slack.random, f"{slack.mention()} {PASSING}")
    direct = slack.world.dm(slack.ann)
    await live.say(slack.ann, direct, PASSING)
    await live.restart()
    assert asked.said
    followed = await live.say(slack.kim, slack.random, FURTHER, thread_ts=asked.said.ts)
    assert "183" in followed.text
    assert "183" in (await live.say(slack.ann, direct, FURTHER)).text


async def test_an_answer_that_is_not_kept_any_more_says_so(live: LiveBot) -> None:
    slack = live.slack
    asked = await live.ask(slack.ann, slack.general)
    await live.service.db_worker.run(live.service.chat_store.write, "DELETE FROM answers", ())
    await live.restart()
    for act in ("more", "context", "why", "up"):
        pressed = await live.press(slack.ann, asked.message, act)
        assert pressed.text == "That answer is no longer kept. Please ask again."
        assert _aside(pressed)
    assert len(action_ids(asked.message)) > 3  # what was shown stays


async def test_an_event_that_comes_again_after_a_restart_is_answered_once(live: LiveBot) -> None:
    slack = live.slack
    mentioned = await live.say(slack.ann, slack.general, f"{slack.mention()} {PASSING}")
    direct = await live.say(slack.sato, slack.world.dm(slack.sato), PASSING)
    before = len(slack.requests.of("chat.postMessage"))
    await live.restart()
    again = [slack.duplicate("app_mention"), slack.duplicate("message")]
    await slack.until(lambda: all(one.acked is not None for one in again), PATIENCE)
    await live.ask(slack.kim, slack.random)
    assert len(mentioned.messages) == len(direct.messages) == 1
    assert len(slack.requests.of("chat.postMessage")) == before + 1


async def test_a_stop_waits_for_what_is_under_way(live: LiveBot) -> None:
    slack = live.slack
    slow = slack.faults.slow("chat.postMessage", 1.0)
    said = await slack.say(slack.ann, slack.general, f"{slack.mention()} {PASSING}")
    await slack.until(lambda: slow.hits, PATIENCE)
    await live.restart()
    assert len(said.messages) == 1
    assert bold_of(said.message)


# A process that is killed


async def test_what_was_acknowledged_before_a_kill_is_answered_after_the_next_start(
    sample_home: Path,
) -> None:
    async with local_slack() as slack:
        async with Running(sample_home, slack) as process:
            await process.up()
            posts = slack.faults.limit("chat.postMessage", retry_after=60, times=None)
            answers = slack.faults.limit("response_url", retry_after=60, times=None)
            asked = await slack.command(slack.ann, slack.general, "/ask", f"{PASSING} private:yes")
            said = await slack.say(slack.kim, slack.random, f"{slack.mention()} {PASSING}")
            direct = await slack.say(slack.sato, slack.world.dm(slack.sato), PASSING)
            await slack.until(lambda: asked.acked and answers.hits and posts.hits >= 2, PATIENCE)
            process.send(signal.SIGKILL)
            await process.ended()
        assert said.acked
        assert direct.acked
        slack.faults.clear()
        async with Running(sample_home, slack) as process:
            for exchange in (asked, said, direct):
                await exchange.settled(PATIENCE)
            again = slack.duplicate("app_mention")
            await slack.until(lambda: again.acked is not None, PATIENCE)
            process.send(signal.SIGTERM)
            assert await process.ended() == 0
        assert asked.message
        assert asked.message.viewer_id == slack.ann.id
        assert "Chosei" in asked.text
        assert len(said.messages) == len(direct.messages) == 1
        assert said.said
        assert said.messages[0].thread_ts == said.said.ts
        assert "Chosei" in said.text
        assert all(not one.problems or one.status == 429 for one in slack.requests)
        assert not slack.pings
