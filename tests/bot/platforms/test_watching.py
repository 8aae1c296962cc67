"""Standing questions: set, listed, paused and removed, and what newly answers posted once where they are."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.standing import posting_search, standing_rounds
from tests.bot.platforms.platform import Outcome, Platform, Seen
from tests.bot.samples.articles import jsonl

pytestmark = pytest.mark.asyncio(loop_scope="module")

QUESTION = "How many people died when the Vasa Bridge of Ostholm fell?"
numbers = iter(range(1000))


def article(question_number: int, **more: str) -> dict[str, Any]:
    """An article that answers the question of that number."""
    return {
        "id": f"answer-{question_number}",
        "title": f"Bridge {question_number} falls",
        "source": "Ostholm Herald",
        "url": f"https://herald.example/{question_number}",
        "text": f"The Vasa Bridge {question_number} of Ostholm fell on Monday. {question_number + 10} people "
        "died when the bridge fell.",
        **more,
    }


def question(number: int) -> str:
    return f"How many people died when the Vasa Bridge {number} of Ostholm fell?"


async def publish(platform: Platform, *articles: dict[str, Any]) -> None:
    """They come to the corpus beside what is there."""
    added = await platform.add(platform.admin, platform.general, jsonl(f"{next(numbers)}.jsonl", *articles))
    assert f"{len(articles)} new" in added.text


async def posted(platform: Platform, room: Any) -> list[Seen]:
    """What a round posts there."""
    before = {one.id for one in platform.shown_in(room)}
    await platform.rounds.round()
    return [one for one in platform.shown_in(room) if one.id not in before]


@pytest.fixture
def number() -> int:
    """A question that no other test asks."""
    return next(numbers)


@pytest.fixture(scope="module", autouse=True)
def by_hand() -> Iterator[None]:
    """Rounds are made by the tests, and what was interrupted is looked for at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(standing_rounds, "ROUND_INTERVAL", 3600.0)
        patch.setattr(posting_search, "LEAST_AGE", timedelta(0))
        patch.setattr(posting_search, "LOOKED_AGAIN", timedelta(0))
        yield


@pytest.fixture(autouse=True)
def readable(platform: Platform) -> None:
    """The app may read what was said, where the platform has that limited."""
    if hasattr(platform.server.world, "history_allowed"):
        platform.server.world.history_allowed = True


async def choose(platform: Platform, listed: Seen) -> Outcome:
    """Ann chooses the first of the list."""
    value = listed.element("watch-choose")["options"][0]["value"]
    return await platform.choose(platform.ann, listed, "", value, act="watch-choose")


async def clear(platform: Platform) -> None:
    """Nobody watches anything."""
    write = platform.service.chat_store.write
    for table in ("standing", "standing_found", "standing_postings"):
        await platform.service.db_worker.run(write, f"DELETE FROM {table}", ())
    await platform.rounds.look()


async def test_what_newly_answers_is_posted_once_with_its_words_and_pings_nobody(
    platform: Platform, number: int
) -> None:
    await clear(platform)
    said = await platform.watch(platform.ann, platform.general, question(number))
    said.assert_told_alone("From now on I watch for new articles on this:")
    assert await posted(platform, platform.general) == []
    await publish(platform, article(number))
    (one,) = await posted(platform, platform.general)
    assert f"{number + 10} people died" in one.text
    assert "New, for a question that is watched here" in one.text
    assert question(number) in one.text
    assert one.alone is None
    assert await posted(platform, platform.general) == []
    more = await platform.press(platform.editor, one, "context")
    assert f"Bridge {number} falls" in more.text
    platform.assert_well_mannered()


async def test_a_private_one_comes_directly_and_others_do_not_see_it(platform: Platform, number: int) -> None:
    await clear(platform)
    await platform.watch(platform.ann, platform.general, question(number), private=True)
    await publish(platform, article(number))
    before = len(platform.told(platform.ann))
    assert await posted(platform, platform.general) == []
    (one,) = platform.told(platform.ann)[before:]
    assert f"{number + 10} people died" in one.text
    listed = await platform.watch(platform.editor, platform.general)
    assert "Nothing is watched for you here yet." in listed.text
    managed = await platform.press(platform.ann, one, "watch-manage")
    assert "to you alone" in managed.text
    platform.assert_well_mannered()


async def test_in_direct_messages_it_is_posted_there(platform: Platform, number: int) -> None:
    await clear(platform)
    direct = platform.direct(platform.sato)
    await platform.watch(platform.sato, direct, question(number))
    await publish(platform, article(number))
    (one,) = await posted(platform, direct)
    assert f"{number + 10} people died" in one.text
    assert "ここで見守っている質問の新しい記事" in one.text


async def test_they_are_listed_paused_resumed_and_removed(platform: Platform, number: int) -> None:
    await clear(platform)
    options = {"daily": "3", "quiet": "22-7", "zone": "Asia/Seoul"}
    await platform.watch(platform.ann, platform.general, question(number), **options)
    listed = await platform.watch(platform.ann, platform.general)
    assert f"1 · what newly answers “{question(number)}”" in listed.text
    assert "at most 3 posts a day · quiet 22:00–07:00 (Asia/Seoul)" in listed.text
    chosen = await choose(platform, listed.answer)
    paused = await platform.press(platform.ann, chosen.answer, "watch-pause")
    assert paused.text.startswith("Paused:")
    await publish(platform, article(number))
    assert await posted(platform, platform.general) == []
    resumed = await platform.press(platform.ann, paused.answer, "watch-resume")
    assert resumed.text.startswith("Resumed:")
    back = await platform.press(platform.ann, resumed.answer, "watch-list")
    assert "paused" not in back.text
    again = await choose(platform, back.answer)
    gone = await platform.press(platform.ann, again.answer, "watch-remove")
    assert gone.text == "Removed. Nothing more is posted for it."
    for word in ("", "list", "Remove all", "pause 1"):
        assert "Nothing is watched" in (await platform.watch(platform.ann, platform.general, word)).text


async def test_only_who_set_it_and_administrators_change_what_all_read(
    platform: Platform, number: int
) -> None:
    await clear(platform)
    await platform.watch(platform.ann, platform.general, question(number))
    await publish(platform, article(number))
    (one,) = await posted(platform, platform.general)
    refused = await platform.press(platform.editor, one, "watch-manage")
    refused.assert_told_alone("Only who set it, a moderator or an administrator can do that.")
    managed = await platform.press(platform.admin, one, "watch-manage")
    removed = await platform.press(platform.admin, managed.answer, "watch-remove")
    assert removed.text.startswith("Removed.")


async def test_the_story_of_an_answer_is_followed_from_its_button(platform: Platform, number: int) -> None:
    await clear(platform)
    await publish(platform, article(number))
    asked = await platform.ask(platform.ann, platform.random, question(number))
    followed = await platform.press(platform.ann, asked.answer, "follow")
    followed.assert_told_alone("From now on I watch for new articles on this story:")
    again = await platform.press(platform.ann, asked.answer, "follow")
    again.assert_told_alone("That is watched here already.")
    assert await posted(platform, platform.random) == []
    text = f"Of the Vasa Bridge {number} of Ostholm, a diver said that 90 people died when the bridge fell."
    await publish(platform, article(number, id=f"more-{number}", text=text))
    (one,) = await posted(platform, platform.random)
    assert "90 people died" in one.text
    assert "in a story that is followed here" in one.text


async def test_everything_new_by_a_source_is_listed(platform: Platform, number: int) -> None:
    await clear(platform)
    await publish(platform, article(number, source=f"Paper {number}"))
    said = await platform.watch(
        platform.ann, platform.general, source=f"Paper {number}", digest=False, daily="2"
    )
    assert f"everything new by Paper {number}" in said.text
    fresh = [
        article(number, id=f"n-{number}-{n}", title=f"Title {n}", source=f"Paper {number}") for n in (1, 2)
    ]
    await publish(platform, *fresh)
    (one,) = await posted(platform, platform.general)
    assert "Title 1" in one.text
    assert "Title 2" in one.text
    assert f"https://herald.example/{number}" in one.source


@pytest.mark.parametrize(
    ("typed", "options", "said"),
    [
        ("thanks!", {}, "There is nothing to watch for in that."),
        ("", {"source": "Nobody"}, "There is no source “Nobody” here."),
        (QUESTION, {"quiet": "at-night"}, "are no hours that I know"),
        (QUESTION, {"zone": "Atlantis"}, "is no time zone that I know"),
        (QUESTION, {"daily": "99"}, "can’t be a number of posts a day: write 1 to 20"),
    ],
)
async def test_what_can_not_be_watched_is_said(
    platform: Platform, typed: str, options: dict[str, str], said: str
) -> None:
    refused = await platform.watch(platform.ann, platform.general, typed, **options)
    assert said in refused.text


async def test_a_post_that_was_cut_off_stands_there_once(platform: Platform, number: int) -> None:
    await clear(platform)
    await platform.watch(platform.ann, platform.general, question(number))
    await publish(platform, article(number))
    await platform.rounds.look()
    for arrived in (False, True):
        platform.cut_posts(arrived=arrived)
    for _ in range(3):
        await platform.rounds.round()
    found = [one for one in platform.shown_in(platform.general) if f"{number + 10} people died" in one.text]
    assert len(found) == 1
    assert (
        await platform.service.db_worker.run(
            platform.service.chat_store.standing_postings.under_way, platform.name
        )
        == []
    )


async def test_where_it_may_not_write_any_more_it_rests_and_the_list_says_so(
    platform: Platform, number: int
) -> None:
    await clear(platform)
    await platform.watch(platform.ann, platform.random, question(number))
    await publish(platform, article(number))
    platform.close_channel(platform.random)
    assert await posted(platform, platform.random) == []
    listed = await platform.watch(platform.ann, platform.general)
    assert "paused: I was not allowed to post there" in listed.text


async def test_whoever_left_gets_nothing_more_and_what_all_read_rests(
    platform: Platform, number: int
) -> None:
    await clear(platform)
    await platform.watch(platform.kim, platform.general, question(number))
    await platform.watch(platform.kim, platform.general, f"{question(number)} Tell me", private=True)
    await publish(platform, article(number))
    platform.leave(platform.kim)
    told = len(platform.told(platform.kim))
    assert await posted(platform, platform.general) == []
    assert len(platform.told(platform.kim)) == told
    listed = await platform.watch(platform.admin, platform.general)
    assert "paused: who set it has left" in listed.text
    assert "2 · " not in listed.text
