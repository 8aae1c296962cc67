"""What newly answers is found and posted once: the real desk, model and index."""

from dataclasses import replace

import pytest

from bot.chat.preferences import AnswerPolicy
from bot.chat.question_request import QuestionRequest
from bot.chat.refusal import Refusal
from bot.chat.standing_question import Pause
from tests.bot.service.people import ANN, BOB, CITY, CITY_ANN, CITY_OTHER, DIRECT, TOWN
from tests.bot.standing.conftest import CRANE, ELBE, TULIPS, Newsroom
from tests.bot.standing.recording_poster import presses


async def test_what_newly_answers_is_posted_there_with_its_words_and_what_was_there_is_not(
    newsroom: Newsroom,
) -> None:
    await newsroom.watch()
    assert await newsroom.round() == []
    (said,) = await newsroom.round(CRANE)
    assert "because a crane fell on it" in said
    assert ELBE in said
    assert "New, for a question that is watched here" in said
    assert "inspected its cables" not in said  # an old article
    assert newsroom.poster.rooms() == [CITY.room]
    assert await newsroom.round() == []
    newsroom.start()
    assert await newsroom.round() == []


async def test_what_says_nothing_of_it_is_not_even_searched_for(newsroom: Newsroom) -> None:
    await newsroom.watch()
    assert await newsroom.round(TULIPS) == []


async def test_an_article_that_is_changed_so_that_it_answers_is_posted_and_then_no_more(
    newsroom: Newsroom,
) -> None:
    await newsroom.watch()
    assert await newsroom.round({**CRANE, "text": "A crane was delivered to the harbour."}) == []
    (said,) = await newsroom.round(CRANE)
    assert "because a crane fell on it" in said
    assert await newsroom.round({**CRANE, "text": f"{CRANE['text']} It was red."}) == []


async def test_an_answer_that_was_posted_has_buttons_that_work(newsroom: Newsroom) -> None:
    standing = await newsroom.watch()
    await newsroom.round(CRANE)
    ((place, mark, card),) = newsroom.poster.posted
    opened = await newsroom.service.stored_answers.open(mark, place)
    assert [quote.article.id for quote in opened.quotes] == ["crane"]
    assert f"nd:more:{mark}:" in map(str, presses(card))
    assert f"nd:watch-manage:{standing.id}:{mark}" in map(str, presses(card))


async def test_everything_new_by_a_source_is_a_list_of_titles_with_links(newsroom: Newsroom) -> None:
    await newsroom.watch("", source="the post")
    newsroom.publish(CRANE, TULIPS)
    assert await newsroom.round() == []  # a digest waits for its hour
    newsroom.pass_time(days=1)
    (said,) = await newsroom.round()
    assert "everything new by the post" in said
    assert "Crane" in said
    assert "Tulips" not in said
    ((_, _, card),) = newsroom.poster.posted
    assert "https://post.example/crane" in repr(card)
    assert await newsroom.round() == []


async def test_a_story_that_is_followed_begins_after_what_was_seen(newsroom: Newsroom) -> None:
    shown = await newsroom.service.questions.ask(QuestionRequest(CITY, ANN, ELBE))
    seen = {quote.article.id for quote in shown.quotes}
    assert "post-bridge" in seen
    await newsroom.rounds.look()
    await newsroom.questions.follow(shown.record.id, CITY_ANN, private=False)
    newsroom.publish(CRANE)
    (said,) = await newsroom.round()
    assert "in a story that is followed here" in said
    assert "because a crane fell" in said


def newsroom_asking(question: str):  # type: ignore[no-untyped-def]
    from bot.chat.question_request import QuestionRequest

    return QuestionRequest(CITY, ANN, question)


async def test_copies_are_one_story(newsroom: Newsroom) -> None:
    await newsroom.watch()
    newsroom.publish(CRANE, {**CRANE, "id": "copy", "source": "The Times"})
    (said,) = await newsroom.round()
    assert said.count("because a crane fell on it") == 1
    copies = ({**CRANE, "id": name, "source": f"The {name}"} for name in ("Star", "Sun"))
    assert await newsroom.round(CRANE, {**CRANE, "id": "copy", "source": "The Times"}, *copies) == []


REPORTS = (
    {**CRANE, "title": "Crane falls on Elbe bridge", "published": "2026-03-04T08:00:00Z"},
    {
        **CRANE,
        "id": "report",
        "source": "The Times",
        "title": "Crane has fallen on the Elbe bridge",
        "text": "The bridge over the Elbe was closed after a crane had fallen on it.",
        "published": "2026-03-04T11:00:00Z",
    },
)
"""Two outlets tell of one event."""


async def test_another_outlets_report_of_an_event_that_was_posted_is_not_posted(newsroom: Newsroom) -> None:
    await newsroom.watch()
    assert len(await newsroom.round(REPORTS[0])) == 1
    assert await newsroom.round(*REPORTS) == []
    later = {
        **REPORTS[1],
        "id": "later",
        "text": "The Elbe bridge was closed until June because the crane had cut its cables.",
        "published": "2026-03-08T11:00:00Z",
    }
    assert len(await newsroom.round(*REPORTS, later)) == 1


async def test_of_two_reports_that_come_together_one_is_posted(newsroom: Newsroom) -> None:
    await newsroom.watch()
    (said,) = await newsroom.round(*REPORTS)
    assert ("fell on it" in said) != ("had fallen on it" in said)


async def test_who_follows_a_story_is_told_of_every_report(newsroom: Newsroom) -> None:
    shown = await newsroom.service.questions.ask(QuestionRequest(CITY, ANN, ELBE))
    await newsroom.rounds.look()
    await newsroom.questions.follow(shown.record.id, CITY_ANN, private=False)
    assert len(await newsroom.round(REPORTS[0])) == 1
    assert len(await newsroom.round(*REPORTS)) == 1


async def test_each_gets_its_own_and_a_private_one_is_for_its_person_alone(newsroom: Newsroom) -> None:
    await newsroom.watch()
    await newsroom.watch(venue=TOWN, person=BOB)
    await newsroom.watch("Did a crane fall on the bridge?", venue=CITY_OTHER, private=True)
    await newsroom.watch(venue=DIRECT)
    await newsroom.round(CRANE)
    assert sorted(newsroom.poster.rooms()) == sorted([CITY.room, TOWN.room, "dm1", "dm1"])


async def test_what_rests_finds_nothing_and_goes_on_when_it_is_resumed(newsroom: Newsroom) -> None:
    standing = await newsroom.watch()
    await newsroom.questions.pause(standing.id, CITY_ANN)
    assert await newsroom.round(CRANE) == []
    resumed = await newsroom.questions.resume(standing.id, CITY_ANN)
    assert resumed.paused is None
    assert await newsroom.round() == []
    other = {**CRANE, "id": "ship", "text": "The Elbe bridge was closed as a ship had hit it."}
    (said,) = await newsroom.round(CRANE, other)
    assert "as a ship had hit it" in said


async def test_where_nothing_is_answered_nothing_is_posted(newsroom: Newsroom) -> None:
    await newsroom.watch()
    newsroom.publish(CRANE)
    await newsroom.rounds.look()
    await newsroom.service.settings.choose(CITY, {"answers": AnswerPolicy.NOWHERE}, whole=False)
    assert await newsroom.round() == []
    await newsroom.service.settings.choose(CITY, {"answers": AnswerPolicy.COMMANDS}, whole=False)
    assert len(await newsroom.round()) == 1


async def test_a_server_that_lost_the_collection_gets_nothing_not_even_of_what_was_found(
    newsroom: Newsroom,
) -> None:
    await newsroom.watch()
    newsroom.publish(CRANE)
    await newsroom.rounds.look()
    await newsroom.service.settings.bind(TOWN, "news")
    assert await newsroom.round() == []
    found = newsroom.service.chat_store.rows("SELECT posting FROM standing_found")
    assert found
    assert all(posting == "" for (posting,) in found)
    more = {**CRANE, "id": "ship", "text": "The Elbe bridge was closed as a ship had hit it."}
    assert await newsroom.round(CRANE, more) == []


async def test_an_article_that_was_withdrawn_while_it_waited_is_not_posted(newsroom: Newsroom) -> None:
    await newsroom.watch()
    newsroom.publish(CRANE)
    await newsroom.rounds.look()
    newsroom.home.withdrawn.add("news", "crane")
    newsroom.service.desk.refresh()
    assert await newsroom.round() == []
    assert newsroom.service.chat_store.standing.with_waiting("discord") == []


async def test_another_bots_servers_are_left_to_it(newsroom: Newsroom) -> None:
    await newsroom.watch()
    newsroom.poster.elsewhere = frozenset({CITY.community or ""})
    assert await newsroom.round(CRANE) == []
    newsroom.poster.elsewhere = frozenset()
    assert len(await newsroom.round()) == 1


async def test_what_was_published_while_the_bot_was_away_is_found_also_where_no_generation_is_left(
    newsroom: Newsroom,
) -> None:
    await newsroom.watch()
    newsroom.start()
    newsroom.publish(CRANE)
    assert len(await newsroom.round()) == 1
    newsroom.start()
    more = {**CRANE, "id": "ship", "text": "The Elbe bridge was closed as a ship had hit it."}
    newsroom.publish(CRANE, more)
    for number in range(4):  # so many that the one which was looked at is not kept
        newsroom.publish(CRANE, more, {**TULIPS, "text": f"Tulips cost {number} more."})
    (said,) = await newsroom.round()
    assert "as a ship had hit it" in said


async def test_a_round_that_breaks_is_made_again_from_the_start(newsroom: Newsroom) -> None:
    await newsroom.watch()
    newsroom.publish(CRANE)
    newsroom.service.search_worker.close()
    with pytest.raises(Refusal):
        await newsroom.rounds.look()
    assert newsroom.service.chat_store.rows("SELECT * FROM standing_found") == []


async def test_it_is_paused_where_nothing_can_be_asked_and_a_list_says_so(newsroom: Newsroom) -> None:
    standing = await newsroom.watch()
    closed = replace(standing, paused=Pause.CLOSED)
    newsroom.service.chat_store.standing.change(closed)
    assert await newsroom.questions.listed(CITY_ANN) == [closed]
