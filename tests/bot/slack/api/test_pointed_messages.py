"""Messages that ask whether another one is true."""

from collections.abc import Iterator

import pytest

from tests.bot.slack.live import LiveBot
from tools.local_slack import Message

pytestmark = pytest.mark.asyncio(loop_scope="module")

CLAIM = "They say the Chosei mine flood killed 183 people in 1942."
FOUND = "The flood killed 183 people."
HOW = "Mention me in the thread of the message that you mean"


@pytest.fixture(autouse=True)
def rested(live: LiveBot) -> Iterator[None]:
    """Nobody has asked too often; Slack gives threads away."""
    live.rest()
    live.slack.history_allowed = True
    yield
    live.slack.history_allowed = False


async def claimed(live: LiveBot) -> Message:
    """Something that somebody says."""
    said = await live.slack.say(live.slack.kim, live.slack.general, CLAIM)
    assert said.said
    return said.said


@pytest.mark.parametrize("words", ["is this true?", "", "이거 사실이야?", "これ本当ですか"])
async def test_a_mention_in_the_thread_of_a_message_checks_that_message(live: LiveBot, words: str) -> None:
    slack, claim = live.slack, await claimed(live)
    said = await live.say(slack.ann, slack.general, f"{slack.mention()} {words}", thread_ts=claim.ts)
    assert CLAIM in said.text
    assert FOUND in said.text


async def test_a_forwarded_message_is_checked_as_the_message_that_it_is(live: LiveBot) -> None:
    slack, claim = live.slack, await claimed(live)
    direct = await live.say(slack.ann, slack.world.dm(slack.ann), "", forwards=claim)
    mentioned = await live.say(slack.ann, slack.general, f"{slack.mention()} is this true?", forwards=claim)
    forwarded = await slack.say(slack.kim, slack.general, "Look at that", forwards=claim)
    checked = await live.check(slack.ann, forwarded.said)
    for one in (direct, mentioned, checked):
        assert "Checked against the news" in one.text
        assert FOUND in one.text


async def test_what_can_not_be_seen_is_not_guessed_but_the_way_is_told(live: LiveBot) -> None:
    """Slack gives an app that is distributed one look at a thread a minute."""
    slack, claim = live.slack, await claimed(live)
    asked = f"{slack.mention()} is this true?"
    nothing = await live.say(slack.ann, slack.general, asked)
    slack.history_allowed = False
    unseen = await live.say(slack.ann, slack.general, asked, thread_ts=claim.ts)
    for said in (nothing, unseen):
        assert HOW in said.text


async def test_a_message_without_words_can_not_be_checked_and_says_so(live: LiveBot) -> None:
    slack = live.slack
    address = await slack.say(slack.kim, slack.general, "https://wire.example/picture.png")
    checked = await live.check(slack.ann, address.said)
    assert "There are no words in that message that I could look up." in checked.text
