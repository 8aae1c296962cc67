"""Who may set, see and change standing questions."""

from dataclasses import replace

import pytest

from bot.chat.refusal import Refusal
from bot.chat.standing_question import Pause, StandingKind
from bot.chat.venue import Audience, Caller, Venue
from bot.standing import standing_questions
from corpus.errors import BadQuestion
from tests.bot.service.people import (
    ADMIN,
    ANN,
    BOB,
    CITY,
    CITY_ADMIN,
    CITY_ANN,
    CITY_BOB,
    CITY_OTHER,
    DIRECT,
    DIRECT_ANN,
    MODERATOR,
    TOWN,
    TOWN_BOB,
)
from tests.bot.standing.conftest import ELBE, Newsroom


async def refused(awaitable: object) -> str:
    with pytest.raises(Refusal) as caught:
        await awaitable  # type: ignore[misc]
    return caught.value.key


async def test_the_same_is_set_once_in_a_place(newsroom: Newsroom) -> None:
    await newsroom.watch()
    assert await refused(newsroom.watch()) == "standing-already"
    assert await refused(newsroom.watch(person=BOB)) == "standing-already"
    await newsroom.watch(venue=CITY_OTHER)
    await newsroom.watch(private=True)
    assert await refused(newsroom.watch(private=True, venue=CITY_OTHER)) == "standing-already"
    await newsroom.watch(private=True, person=BOB)


@pytest.mark.parametrize("text", ["thanks!", "Hello"])
async def test_small_talk_is_nothing_to_wait_for(newsroom: Newsroom, text: str) -> None:
    assert await refused(newsroom.watch(text)) == "standing-no-question"


async def test_what_can_not_be_asked_can_not_be_waited_for(newsroom: Newsroom) -> None:
    with pytest.raises(BadQuestion):
        await newsroom.watch("???")
    assert await refused(newsroom.watch("", source="Nobody")) == "unknown-source"
    await newsroom.service.settings.bind(TOWN, "news")
    assert await refused(newsroom.watch()) == "no-collection"
    assert await refused(newsroom.watch("", source="The Post")) == "no-collection"


async def test_where_a_person_brought_the_bot_it_can_post_to_them_alone(newsroom: Newsroom) -> None:
    group = Venue("discord", None, "88", audience=Audience.GROUP)
    assert await refused(newsroom.watch(venue=group)) == "standing-not-here"
    assert (await newsroom.watch(venue=group, private=True)).directly


async def test_a_person_and_a_community_have_so_many(
    newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(standing_questions, "PER_PERSON", 1)
    monkeypatch.setattr(standing_questions, "PER_COMMUNITY", 2)
    await newsroom.watch()
    assert await refused(newsroom.watch("Who inspected the cables?")) == "standing-too-many-person"
    await newsroom.watch("Who inspected the cables?", person=BOB)
    assert (
        await refused(newsroom.watch("When does the ferry run?", person=ADMIN)) == "standing-too-many-tenant"
    )


async def test_it_counts_as_a_question(newsroom: Newsroom) -> None:
    limit = newsroom.service.access.preferences(CITY).person_limit
    for number in range(limit):
        await newsroom.watch(f"Who inspected bridge {number}?", venue=CITY_OTHER, private=bool(number % 2))
    assert await refused(newsroom.watch()) == "too-fast"


async def test_a_list_has_the_own_ones_and_what_is_posted_there(newsroom: Newsroom) -> None:
    here = await newsroom.watch()
    private = await newsroom.watch(private=True)
    there = await newsroom.watch(venue=CITY_OTHER)
    direct = await newsroom.watch(venue=DIRECT)
    own = [here, private, there, direct]
    assert await newsroom.questions.listed(CITY_ANN) == own
    assert await newsroom.questions.listed(DIRECT_ANN) == own
    assert await newsroom.questions.listed(CITY_BOB) == [here]
    assert await newsroom.questions.listed(TOWN_BOB) == []


async def test_what_all_read_is_changed_by_who_set_it_and_by_who_looks_after_the_place(
    newsroom: Newsroom,
) -> None:
    standing = await newsroom.watch()
    assert await refused(newsroom.questions.pause(standing.id, CITY_BOB)) == "standing-not-yours"
    for person in (ANN, MODERATOR, ADMIN):
        assert (await newsroom.questions.pause(standing.id, Caller(CITY, person))).paused is Pause.ASKED
        assert (await newsroom.questions.resume(standing.id, Caller(CITY, person))).paused is None
    assert (
        await refused(newsroom.questions.remove(standing.id, Caller(TOWN, replace(ADMIN, id="9"))))
        == "standing-gone"
    )
    assert await newsroom.questions.remove(standing.id, CITY_ADMIN) == standing
    assert await refused(newsroom.questions.get(standing.id, CITY_ANN)) == "standing-gone"


async def test_anothers_own_is_nobody_elses_business(newsroom: Newsroom) -> None:
    standing = await newsroom.watch(private=True)
    for person in (BOB, ADMIN, MODERATOR):
        assert await refused(newsroom.questions.remove(standing.id, Caller(CITY, person))) == "standing-gone"
    assert await newsroom.questions.get(standing.id, DIRECT_ANN) == standing


async def test_who_resumes_what_somebody_left_takes_it_over(newsroom: Newsroom) -> None:
    standing = await newsroom.watch()
    newsroom.service.chat_store.standing.change(replace(standing, paused=Pause.LEFT))
    resumed = await newsroom.questions.resume(standing.id, CITY_ADMIN)
    assert (resumed.person.id, resumed.paused) == (ADMIN.id, None)


async def test_it_is_not_resumed_where_it_could_not_be_asked(newsroom: Newsroom) -> None:
    standing = await newsroom.watch()
    await newsroom.questions.pause(standing.id, CITY_ANN)
    await newsroom.service.settings.bind(TOWN, "news")
    assert await refused(newsroom.questions.resume(standing.id, CITY_ANN)) == "no-collection"


async def test_of_a_story_its_question_is_kept_and_of_a_source_its_name(newsroom: Newsroom) -> None:
    assert (await newsroom.watch(ELBE)).kind is StandingKind.QUESTION
    source = await newsroom.watch("", source="The Post")
    assert (source.kind, source.name, source.pace.digest) == (StandingKind.SOURCE, "The Post", True)
    assert await refused(newsroom.questions.follow("nothing", CITY_ANN, private=False)) == "answer-gone"
