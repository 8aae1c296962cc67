"""Questions of Discord's that are none, too long, or broken."""

import pytest

from bot.answers.answer import Quote
from bot.messages.catalogue import messages_for
from tests.bot.discord.live import LiveBot
from tests.bot.discord.reader import check_sound, check_verbatim, quotes_in, seen
from tools.local_discord import MarkdownNode, Message, NotPossible

pytestmark = pytest.mark.asyncio(loop_scope="module")
NOTHING = {
    "spaces": "   ",
    "only signs": "?!…",
    "only what is not seen": "\u200b\u202e\u2066",
    "a null": "\x00",
    "half a character": "\ud800",
}


@pytest.mark.parametrize("words", NOTHING.values(), ids=NOTHING)
async def test_a_question_of_nothing_is_told_what_to_ask(live: LiveBot, words: str) -> None:
    discord = live.discord
    live.rest()
    asked = await live.ask(discord.ann, discord.general, words)
    nodes = check(asked.message, live)
    messages = messages_for("en")
    assert seen(nodes) in {seen_words(messages("question-empty")), seen_words(messages("question-wordless"))}


def seen_words(words: str) -> str:
    """Our own words as they are read."""
    return " ".join(words.split())


async def test_a_question_that_is_too_long_is_not_even_sent(live: LiveBot) -> None:
    discord = live.discord
    with pytest.raises(NotPossible, match="does not take 4001"):
        await live.ask(discord.ann, discord.general, "x" * 4001)


async def test_half_a_character_in_a_question_is_answered_too(live: LiveBot) -> None:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.general, "What is \ud83d Quillon1 \udc00 worth?")
    check(asked.message, live)


def check(message: Message | None, live: LiveBot, quotes: tuple[Quote, ...] = ()) -> list[MarkdownNode]:
    """Fail where a message is more than it should be."""
    assert message
    articles = [a for snapshot in live.service.desk.collections.values() for a in snapshot.articles]
    nodes = check_sound(message.components, articles)
    for quote, shown in zip(quotes, quotes_in(nodes), strict=False):
        check_verbatim(shown, quote)
    return nodes
