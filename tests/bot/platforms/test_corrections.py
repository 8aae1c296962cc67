"""A correction, a withdrawal and a move, followed through: answers before and after, and *Check again*."""

import pytest
import pytest_asyncio

from tests.bot.platforms.platform import Outcome, Platform, Room
from tests.bot.samples.articles import FERRY, LIGHTHOUSE, LIGHTHOUSE_QUESTION, jsonl

pytestmark = pytest.mark.asyncio(loop_scope="module")

FILE = "harbour.jsonl"
MOVED = "https://gazette.example/2026/lighthouse-lit"


@pytest_asyncio.fixture(loop_scope="module")
async def room(platform: Platform) -> Room:
    """A channel of a bot that has just taken in the paper of a small port."""
    await publish(platform, LIGHTHOUSE, FERRY)
    platform.rest()
    return platform.new_room("corrections")


async def publish(platform: Platform, *articles: dict[str, str]) -> None:
    """Hand over the file again, with these articles in it."""
    added = await platform.add(platform.admin, platform.general, jsonl(FILE, *articles))
    assert added.text.startswith("Done"), added.text


async def again(platform: Platform, asked: Outcome) -> Outcome:
    """The answer checked again."""
    if not asked.answer.has_button("check"):
        await platform.press(platform.ann, asked.answer, "actions")
    return await platform.press(platform.ann, asked.answer, "Check again")


async def test_what_was_quoted_is_checked_again(platform: Platform, room: Room) -> None:
    asked = await platform.ask(platform.ann, room, LIGHTHOUSE_QUESTION)
    assert "switched on again on 3 March 2026" in asked.text

    same = await again(platform, asked)
    same.assert_told_alone("Checked again\n")
    assert "Unchanged." in same.text
    assert "It said" not in same.text

    corrected = LIGHTHOUSE["text"].replace("3 March", "4 March")
    await publish(platform, {**LIGHTHOUSE, "text": corrected}, FERRY)
    changed = await again(platform, asked)
    said, now = changed.text.split("It says now:")
    assert "again on 3 March 2026" in said.split("It said:")[1]
    assert "again on 4 March 2026" in now
    fresh = await platform.ask(platform.ann, room, LIGHTHOUSE_QUESTION)
    assert "again on 4 March 2026" in fresh.text
    assert "3 March" not in fresh.text

    await publish(platform, {**LIGHTHOUSE, "text": corrected, "id": "lit", "url": MOVED}, FERRY)
    moved = await again(platform, fresh)
    assert "The article is not there any more; the same words stand in:" in moved.text
    assert MOVED in moved.answer.source

    await platform.administer(platform.admin, platform.general, "remove", target="lit")
    gone = await platform.ask(platform.ann, room, LIGHTHOUSE_QUESTION)
    assert "4 March 2026" not in gone.text
    withdrawn = await again(platform, fresh)
    assert "Withdrawn: the article is no longer here." in withdrawn.text
    assert "4 March 2026" not in withdrawn.text
