"""Lists that were given: what goes on from them later, and who sees what then."""

from dataclasses import replace

import pytest

from bot.answers.listing import ARTICLES_LISTED
from bot.chat.question_request import QuestionRequest
from bot.chat.refusal import Refusal
from bot.chat.venue import Caller
from bot.service.lookups import AbsentPage, Found, Listed
from bot.service.service import Service
from corpus.article import Article
from tests.bot.service.people import ANN, BOB, CITY, CITY_ANN, CITY_OTHER, TOWN
from tests.bot.service.test_unwritable import locked


async def find(service: Service, text: str, **options: object) -> Found | None:
    return await service.lookups.find(QuestionRequest(CITY, ANN, text, **options))  # type: ignore[arg-type]


async def listed(service: Service, text: str = "list all articles", **options: object) -> Listed:
    found = await find(service, text, **options)
    assert isinstance(found, Listed)
    return found


def ids(found: Listed) -> list[str]:
    return [cited.article_id for cited in found.listing.cited]


async def test_a_list_goes_on_for_whoever_sees_it_and_what_was_found_in(service: Service) -> None:
    found = await listed(service)
    assert len(ids(found)) == ARTICLES_LISTED
    following = await service.lookups.more(found.answer_id, Caller(CITY_OTHER, BOB), ARTICLES_LISTED)
    assert len(ids(following)) == min(following.listing.count - ARTICLES_LISTED, ARTICLES_LISTED) > 0
    assert set(ids(found)).isdisjoint(ids(following))
    with pytest.raises(Refusal, match="nothing-more"):
        await service.lookups.more(found.answer_id, CITY_ANN, following.listing.count)
    with pytest.raises(Refusal, match="answer-gone"):
        await service.lookups.more(found.answer_id, Caller(TOWN, ANN), ARTICLES_LISTED)
    await service.settings.bind(TOWN, "news")
    with pytest.raises(Refusal, match="answer-gone"):
        await service.lookups.more(found.answer_id, CITY_ANN, ARTICLES_LISTED)


async def test_what_the_command_narrows_and_what_the_words_do_hold_together(service: Service) -> None:
    post = await listed(service, "list all articles about the Elbe", sources=("the post",))
    assert ids(post) == ["post-ferry", "post-bridge"]
    assert post.names == {"the post": "The Post"}
    since = await listed(service, "list all articles about the Elbe", since="2026-02-11")
    assert ids(since) == ["post-ferry"]
    both = await listed(service, "articles from The Times about the Elbe", sources=("the post",))
    assert ids(both) == []
    with pytest.raises(Refusal, match="unknown-collection"):
        await find(service, "list all articles", collections=("nowhere",))


async def test_a_question_after_a_list_goes_on_from_its_subject(service: Service) -> None:
    for text, carried in (("list all articles about the Elbe bridge", "Elbe"), ("list all articles", "")):
        own = replace(CITY, own=True, thread=f"after {len(text)}")
        await service.lookups.find(QuestionRequest(own, ANN, text))
        previous = await service.stored_answers.previous(QuestionRequest(own, ANN, "Why was it closed?"))
        assert (previous.question.question if previous else "") == ("Elbe bridge" if carried else "")


async def test_a_list_that_cant_be_kept_has_no_button(service: Service) -> None:
    with locked(service):
        found = await listed(service)
    assert (len(ids(found)), found.answer_id) == (ARTICLES_LISTED, "")


async def test_an_address_or_a_headline_is_its_article_and_a_question_is_searched(service: Service) -> None:
    bridge = await find(service, "<http://www.post.example/b/?utm_source=x#top>")
    assert isinstance(bridge, Article)
    assert bridge.id == "post-bridge"
    assert await find(service, "https://post.example/other") == AbsentPage()
    assert await find(service, "<https://post.example/other>") == AbsentPage()
    assert await find(service, "What does https://post.example/b say of the bridge?") is None
    assert await find(service, "Who inspected the cables of the bridge?") is None
