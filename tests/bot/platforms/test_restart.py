"""What was shown before a restart works after it: everything that can be pressed, sent in or replied to."""

import signal
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from bot.actions.button_table import BUTTONS
from bot.cards.press import Press as CardPress
from bot.cards.press import read_press
from tests.bot.platforms.platform import FURTHER, Outcome, Platform, Seen
from tests.bot.platforms.process import PATIENCE, Process
from tests.bot.running_bot import PASSING
from tests.bot.samples.articles import HISTORY, LIGHTHOUSE, jsonl

pytestmark = pytest.mark.asyncio(loop_scope="module")

Press = Callable[[], Awaitable[object]]
"""Done after the restart; raises where it does not work."""
Prepare = Callable[[Platform], Awaitable[Press]]
"""Done before the restart."""


Make = Callable[[Platform], Awaitable[Outcome]]
"""Makes what is pressed."""


def asking(**options: Any) -> Make:
    """An answer of Ann's."""
    return lambda platform: platform.ask(platform.ann, platform.general, **options)


ANSWER = asking()


async def _actions(platform: Platform) -> Outcome:
    asked = await platform.ask(platform.ann, platform.general)
    return await platform.press(platform.ann, asked.answer, "actions")


async def _absent(platform: Platform) -> Outcome:
    """An address that the corpus has not, and that may not be fetched."""
    return await platform.ask(platform.admin, platform.general, "http://127.0.0.1/minutes")


async def _plan(platform: Platform) -> Outcome:
    return await platform.administer(platform.admin, platform.general, "reload")


def after(
    act: str,
    holds: Callable[[Outcome], object],
    argument: str | None = None,
    make: Make = ANSWER,
    by: str = "ann",
) -> Prepare:
    """Something is shown before the restart, and one of its buttons pressed after it, until it holds."""

    async def prepare(platform: Platform) -> Press:
        shown = await make(platform)

        async def press() -> None:
            pressed = await platform.press(getattr(platform, by), shown.answer, act, argument)
            await platform.until(lambda: holds(pressed), PATIENCE)
            await platform.idle()

        return press

    return prepare


async def _dismiss(platform: Platform) -> Press:
    asked = await platform.ask(platform.ann, platform.general)
    return lambda: platform.dismiss(platform.ann, asked.answer)


async def _share(platform: Platform) -> Press:
    asked = await platform.ask(platform.ann, platform.general, private=True)

    async def press() -> None:
        (shared,) = (await platform.press(platform.ann, asked.answer, "share")).public
        assert shared.text.startswith("Shared by ")
        followed = await platform.say(platform.editor, platform.general, FURTHER, to=shared)
        assert "183" in followed.text

    return press


async def _thread(platform: Platform) -> Press:
    asked = await platform.ask(platform.ann, platform.general)

    async def press() -> None:
        thread = await platform.open_thread(platform.ann, asked.answer)
        assert "183" in (await platform.call(platform.kim, thread, FURTHER)).text

    return press


async def _down(platform: Platform) -> Press:
    asked = await platform.ask(platform.ann, platform.general)

    async def press() -> None:
        await _vote(platform, asked.answer, await platform.press(platform.ann, asked.answer, "down"))

    return press


async def _reason(platform: Platform) -> Press:
    asked = await platform.ask(platform.ann, platform.general)
    down = await platform.press(platform.ann, asked.answer, "down")
    return lambda: _vote(platform, asked.answer, down)


async def _vote(platform: Platform, answer: Seen, down: Outcome) -> None:
    """The form is sent in, and its reason on record."""
    (await platform.submit(platform.ann, down.form, kind="wrong")).assert_told_alone("")
    assert [vote.reason for vote in await platform.votes(answer)] == ["wrong"]


async def _set(platform: Platform) -> Press:
    panel = await platform.settings(platform.admin, platform.general)

    async def press() -> None:
        await platform.choose(platform.admin, panel.answer, "passages", "2")
        assert platform.preferences(platform.general).passages == 2

    return press


async def _reset(platform: Platform) -> Press:
    panel = await platform.settings(platform.admin, platform.general)
    await platform.choose(platform.admin, panel.answer, "passages", "1")

    async def press() -> None:
        assert platform.preferences(platform.general).passages == 1  # that was kept too
        await platform.press(platform.admin, panel.answer, "reset")
        assert platform.preferences(platform.general).passages == 3

    return press


async def _name_sources(platform: Platform) -> Press:
    panel = await platform.settings(platform.admin, platform.general, whole=False)

    async def press() -> None:
        form = (await platform.press(platform.admin, panel.answer, "name-sources")).form
        changed = await platform.submit(platform.admin, form, names="source 7, SOURCE 8")
        assert changed.answer == panel.answer
        assert platform.preferences(platform.general).sources == ("Source 7", "Source 8")

    return press


async def _named_sources(platform: Platform) -> Press:
    panel = await platform.settings(platform.admin, platform.general, whole=False)
    form = (await platform.press(platform.admin, panel.answer, "name-sources")).form

    async def press() -> None:
        await platform.submit(platform.admin, form, names="")
        assert platform.preferences(platform.general).sources == ()

    return press


async def _watch(platform: Platform) -> Outcome:
    """A standing question of Ann's, alone."""
    await platform.service.db_worker.run(platform.service.chat_store.write, "DELETE FROM standing", ())
    return await platform.watch(platform.ann, platform.general, PASSING)


async def _paused(platform: Platform) -> Outcome:
    return await platform.press(platform.ann, (await _watch(platform)).answer, "watch-pause")


async def _choose(platform: Platform) -> Press:
    await _watch(platform)
    listed = (await platform.watch(platform.ann, platform.general)).answer
    value = listed.element("watch-choose")["options"][0]["value"]

    async def press() -> None:
        chosen = await platform.choose(platform.ann, listed, "", value, act="watch-choose")
        assert PASSING in chosen.text

    return press


async def _manage(platform: Platform) -> Press:
    """What stands under each post, pressed on another message of the bot's."""
    shown = (await _watch(platform)).answer
    standing = read_press(shown.element("watch-pause")[shown.key])
    assert standing

    async def press() -> None:
        made = str(CardPress("watch-manage", standing.subject, "mark"))
        assert PASSING in (await platform.press_forged(platform.ann, shown, made)).text

    return press


async def _status(platform: Platform) -> Press:
    """What stands under a notice on sources, pressed on another message of the bot's."""
    shown = (await platform.ask(platform.ann, platform.general)).answer

    async def press() -> None:
        made = str(CardPress("corpus-status", "mark"))
        assert "news: " in (await platform.press_forged(platform.admin, shown, made)).text

    return press


PRESSES: dict[str, Prepare] = {
    "corpus-status": _status,
    "reports": after(
        "reports",
        lambda pressed: "The latest" in pressed.text,
        make=lambda platform: platform.look(platform.ann, platform.general, "latest", every=True),
    ),
    "follow": after("follow", lambda pressed: "this story" in pressed.text),
    "watch-pause": after("watch-pause", lambda pressed: "Paused:" in pressed.text, make=_watch),
    "watch-resume": after("watch-resume", lambda pressed: "Resumed:" in pressed.text, make=_paused),
    "watch-remove": after("watch-remove", lambda pressed: "Removed." in pressed.text, make=_watch),
    "watch-list": after("watch-list", lambda pressed: "1 · " in pressed.text, make=_paused),
    "watch-choose": _choose,
    "watch-manage": _manage,
    "more": after("more", lambda pressed: "\n4 · " in pressed.text and "\n1 · " not in pressed.text),
    "list": after(
        "list", lambda pressed: "8–" in pressed.text, "7", asking(question="list all articles about Korea")
    ),
    "add": after("add", lambda pressed: "127.0.0.1" in "".join(pressed.texts), make=_absent, by="admin"),
    "context": after("context", lambda pressed: "Close" in [one.label for one in pressed.answer.buttons]),
    "actions": after("actions", lambda pressed: pressed.answer.has_button("why")),
    "fewer": after("fewer", lambda pressed: not pressed.answer.has_button("why"), make=_actions),
    "check": after("check", lambda pressed: "unchanged" in pressed.text),
    "why": after("why", lambda pressed: "Matched: " in pressed.text),
    "read": after("read", lambda pressed: "What South Korea and Japan agreed" in pressed.text, "1-1"),
    "page": after(
        "page",
        lambda pressed: "Page 2 of " in pressed.text,
        "2",
        lambda platform: platform.look(platform.ann, platform.general, "article", "history"),
    ),
    "share": _share,
    "dismiss": _dismiss,
    "widen": after("widen", lambda pressed: "Only" not in pressed.text, "since", asking(since="2026-01-14")),
    "up": after("up", lambda pressed: pressed.asides),
    "down": _down,
    "reason": _reason,
    "reload": after("reload", lambda pressed: pressed.text.startswith("Done"), None, _plan, "admin"),
    "cancel": after("cancel", lambda pressed: pressed.text == "Nothing was changed.", None, _plan, "admin"),
    "set": _set,
    "reset": _reset,
    "name-sources": _name_sources,
    "named-sources": _named_sources,
}


async def test_an_article_and_many_sources_are_there(platform: Platform) -> None:
    sources = [
        {**LIGHTHOUSE, "id": f"s-{number}", "source": f"Source {number}", "url": None} for number in range(26)
    ]
    added = await platform.add(platform.admin, platform.general, jsonl("more.jsonl", HISTORY, *sources))
    assert "27 new" in added.text
    await platform.prefer(platform.general, whole=True, person_limit=120, channel_limit=120)


@pytest.mark.parametrize("act", PRESSES)
async def test_what_can_be_pressed_works_after_a_restart(platform: Platform, act: str) -> None:
    press = await PRESSES[act](platform)
    await platform.restart()
    await press()


@pytest.mark.needs("threads of its own")
async def test_a_thread_can_be_opened_after_a_restart(platform: Platform) -> None:
    press = await _thread(platform)
    await platform.restart()
    await press()


async def test_nothing_that_can_be_pressed_is_left_out(platform: Platform) -> None:
    assert platform.service.settings is not None
    assert set(BUTTONS) == set(PRESSES)


async def test_what_goes_on_from_before_a_restart_is_understood_with_what_was_asked(
    platform: Platform,
) -> None:
    asked = await platform.call(platform.ann, platform.random)
    thread, direct = await platform.new_thread(platform.ann, platform.random), platform.direct(platform.ann)
    await platform.say(platform.ann, direct, PASSING)
    await platform.restart()
    assert "183" in (await platform.say(platform.kim, platform.random, FURTHER, to=asked.answer)).text
    assert "183" in (await platform.call(platform.kim, thread, FURTHER)).text
    assert "183" in (await platform.say(platform.ann, direct, FURTHER)).text


async def test_an_answer_that_is_not_kept_any_more_says_so(platform: Platform) -> None:
    asked = await platform.ask(platform.ann, platform.general)
    await platform.service.db_worker.run(platform.service.chat_store.write, "DELETE FROM answers", ())
    await platform.restart()
    for act in ("more", "context", "why", "up"):
        pressed = await platform.press(platform.ann, asked.answer, act)
        pressed.assert_told_alone("That answer is no longer kept. Please ask again.")
    assert len(asked.answer.acts) > 3  # what was shown stays


async def test_an_event_that_comes_again_also_after_a_restart_is_answered_once(platform: Platform) -> None:
    asked = await platform.call(platform.ann, platform.general)
    direct = await platform.say(platform.sato, platform.direct(platform.sato), PASSING)
    shown = [len(platform.shown_in(one.said.room)) for one in (asked, direct)]
    for _ in range(2):
        for one in (asked, direct):
            await platform.tell_again(one.said)
        await platform.catch_up()
        assert [len(platform.shown_in(one.said.room)) for one in (asked, direct)] == shown
        assert len(asked.messages) == len(direct.messages) == 1
        await platform.restart()


async def test_a_stop_waits_for_what_is_under_way(platform: Platform) -> None:
    slow = platform.slow_answers(1.0)
    asked = await platform.call(platform.ann, platform.general, wait=False)
    await platform.until(lambda: slow.hits)
    await platform.restart()
    assert len(asked.messages) == 1
    assert asked.answer.bold


# A process that is killed


async def test_what_was_acknowledged_before_a_kill_is_answered_after_the_next_start(
    server: Platform, sample_home: Path
) -> None:
    async with Process(sample_home, server) as process:
        await process.up()
        tried = server.hold_answers()
        private = await server.ask(server.ann, server.general, private=True, wait=False)
        called = await server.call(server.kim, server.random, wait=False)
        direct = await server.say(server.sato, server.direct(server.sato), PASSING, wait=False)
        await server.until(lambda: private.acknowledged and tried(), PATIENCE)
        process.send(signal.SIGKILL)
        await process.ended()
    assert called.acknowledged
    assert direct.acknowledged
    server.end_trouble()
    async with Process(sample_home, server) as process:
        for one in (private, called, direct):
            await one.settled(PATIENCE)
        await server.tell_again(called.said)
        await process.stopped()
    private.assert_told_alone("Chosei")
    assert len(called.messages) == len(direct.messages) == 1
    assert called.answer.answers == called.said.id
    assert "Chosei" in called.text
    assert not server.server.pings
