"""What is asked in a form is refused to its person alone."""

import pytest

from bot.chat.preferences import Answers
from tests.bot.slack.live import PASSING, LiveBot
from tools.local_slack import Exchange, Message, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")


def public(live: LiveBot, since: Exchange) -> list[Message]:
    """What the bot has shown to everybody since then, in channels."""
    return [
        one
        for one in live.slack.world.messages.values()
        if one.bot_id and not one.ephemeral and one.ts > since.action.ts and one.channel_id.startswith("C")
    ]


async def test_a_form_that_is_refused_is_refused_to_its_person_alone(live: LiveBot) -> None:
    slack = live.slack
    opened = await live.ask(slack.ann, slack.general, "")
    sent = await live.submit(
        slack.ann, opened.view, {"question": PASSING, "since": "2026-02-01", "until": "2026-01-01"}
    )
    assert sent.viewer_id == slack.ann.id
    assert "after" in text_of(sent)
    assert public(live, opened) == []


@pytest.mark.parametrize("opened_before", [True, False])
async def test_where_it_answers_nothing_no_form_brings_anything_for_all(
    live: LiveBot, opened_before: bool
) -> None:
    slack = live.slack
    closed = slack.world.add_channel(slack.team, f"closed-{opened_before}", (slack.ann, slack.admin))
    form = await live.ask(slack.ann, closed, "") if opened_before else None
    await live.service.settings.choose(live.venue(closed), {"answers": Answers.NOWHERE}, whole=False)
    form = form or await live.ask(slack.ann, closed, "")
    assert (await live.submit(slack.ann, form.view, {"question": PASSING})).viewer_id == slack.ann.id
    assert public(live, form) == []
