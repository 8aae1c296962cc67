"""Asking, asking on, and what people do with answers: the real desk, model and index on the sample corpus."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.answers.answer import Answer, NoAnswer
from bot.chat.button_key import button_key
from bot.chat.delivered_answer import DeliveredAnswer
from bot.chat.question_request import QuestionRequest
from bot.chat.refusal import Refusal
from bot.chat.venue import Caller, Venue
from bot.corpus_admin.home import Home
from bot.service.service import Service
from bot.service.stored_answers import FOLLOW_UP_TIME
from corpus.errors import BadQuestion
from retrieval.models.onnx_embedder import OnnxEmbedder
from tests.bot.service.office import ask, message_of, opened, publish, rows, sources_of, words
from tests.bot.service.people import (
    ANN,
    BOB,
    CITY,
    CITY_ANN,
    CITY_BOB,
    CITY_MODERATOR,
    CITY_OTHER,
    CITY_THREAD,
    DIRECT,
    DIRECT_ANN,
    TOWN,
    somebody,
)
from tests.fault.newsroom import no_progress

SUMMIT = "Who met in Nara?"
BRIDGE = "Why was the Elbe bridge closed?"
OLD = FOLLOW_UP_TIME + timedelta(minutes=1)


def articles(shown: DeliveredAnswer) -> set[str]:
    return {quote.article.id for quote in shown.quotes}


# Asking


async def test_a_question_is_answered_with_words_of_articles_and_kept(service: Service) -> None:
    shown = await ask(service, CITY, ANN, SUMMIT)
    assert isinstance(shown.result, Answer)
    assert len(words(shown)) == 3
    assert "nara-summit" in articles(shown)
    kept = await service.stored_answers.open(shown.record.id, CITY)
    assert kept == shown
    assert (kept.record.venue, kept.record.person, kept.record.asked) == (CITY, ANN.id, SUMMIT)
    assert not kept.record.private


async def test_a_question_without_an_answer_is_kept_with_what_was_searched(service: Service) -> None:
    shown = await ask(service, CITY, ANN, "Who won the football world cup?")
    assert isinstance(shown.result, NoAnswer)
    assert shown.result.searched.articles == 19
    assert await service.stored_answers.open(shown.record.id, CITY) == shown


async def test_a_message_is_looked_up_by_its_beginning_and_nothing_is_read_out_of_it(
    service: Service,
) -> None:
    text = f"The Times reports that the bridge is safe {'x' * 3000}"
    shown = await ask(service, CITY, ANN, text, checked=True)
    assert shown.record.checked
    assert len(shown.record.query.text) == 1000
    assert shown.record.query.parsed.hints == ()
    with pytest.raises(BadQuestion) as caught:
        await ask(service, CITY, ANN, text)
    assert caught.value.fault == "long"


@pytest.mark.parametrize(
    "text", ["Who met in Nara \ud83d?", "\x00Who met\x1b[2J in Nara?", "‮Who met in Nara?"]
)
async def test_a_question_with_broken_signs_is_answered_and_kept(service: Service, text: str) -> None:
    shown = await ask(service, CITY, ANN, text)
    assert "nara-summit" in articles(shown)
    assert await service.stored_answers.open(shown.record.id, CITY) == shown


@pytest.mark.parametrize(
    ("options", "key", "values"),
    [
        ({"since": "soon"}, "bad-date", {"text": "soon"}),
        ({"until": "9" * 90}, "bad-date", {"text": "9" * 60}),
        ({"since": "2026-03", "until": "2026-02"}, "dates-swapped", {}),
        ({"collections": ("bored",)}, "unknown-collection", {"name": "bored", "near": "news"}),
    ],
)
async def test_what_a_person_narrowed_wrongly_is_said(
    service: Service, options: dict[str, object], key: str, values: dict[str, object]
) -> None:
    with pytest.raises(Refusal) as caught:
        await ask(service, CITY, ANN, SUMMIT, **options)
    assert (caught.value.key, caught.value.values) == (key, values)


async def test_a_person_and_a_channel_ask_no_faster_than_is_allowed(service: Service) -> None:
    await service.settings.choose(CITY, {"person_limit": 2, "channel_limit": 3}, whole=True)
    for _ in range(2):
        await ask(service, CITY, ANN, SUMMIT)
    with pytest.raises(Refusal) as caught:
        await ask(service, CITY, ANN, SUMMIT)
    assert caught.value.key == "too-fast"
    seconds = caught.value.values["seconds"]
    assert isinstance(seconds, int)
    assert 0 < seconds <= 61
    await ask(service, CITY, BOB, SUMMIT)  # the channel's third
    with pytest.raises(Refusal, match="too-fast"):
        await service.browsing.latest(Caller(CITY, somebody(1)))
    with pytest.raises(Refusal, match="too-fast"):
        await ask(service, CITY_OTHER, ANN, SUMMIT)  # a person's limit is that of all channels
    await ask(service, CITY_OTHER, BOB, SUMMIT)
    await ask(service, TOWN, ANN, SUMMIT)


async def test_every_press_that_searches_counts(service: Service) -> None:
    shown = await ask(service, CITY, ANN, BRIDGE, sources=("The Post",))
    await service.settings.choose(CITY, {"person_limit": 1}, whole=True)
    with pytest.raises(Refusal, match="too-fast"):
        await service.questions.more(shown.record.id, CITY_ANN)
    with pytest.raises(Refusal, match="too-fast"):
        await service.questions.widen(shown.record.id, CITY_ANN, "sources", private=False)
    await service.stored_answers.opened(shown.record.id, CITY, 1)


# Asking on


async def test_a_reply_to_an_answer_goes_on_from_it_with_its_filters(service: Service) -> None:
    first = await ask(service, CITY, ANN, BRIDGE, sources=("The Post",), since="2026-02-01")
    await ask(service, CITY, BOB, SUMMIT)
    shown = await ask(service, CITY, BOB, "And what about the mayor?", replied=message_of(first))
    assert shown.record.query.text.startswith("And what about the mayor?")
    assert "bridge" in shown.record.query.text
    assert shown.record.asked == "And what about the mayor?"
    assert shown.record.query.since == first.record.query.since
    assert shown.record.query.sources == frozenset({"the post"})
    assert shown.record.sources == frozenset({"The Post"})
    assert articles(shown) <= {"post-bridge", "post-ferry"}
    third = await ask(service, CITY, ANN, "Why?", replied=message_of(shown))
    assert third.record.query.sources == frozenset({"the post"})


async def test_a_follow_up_goes_by_its_own_filters_and_a_question_of_its_own_takes_nothing_over(
    service: Service,
) -> None:
    first = await ask(service, CITY, ANN, BRIDGE, sources=("The Post",), since="2026-02-01")
    shown = await ask(service, CITY, ANN, "And why?", replied=message_of(first), sources=("The Times",))
    assert shown.record.query.sources == frozenset({"the times"})
    assert shown.record.query.since is None
    shown = await ask(
        service, CITY, ANN, "Which leaders held a summit in the city of Nara?", replied=message_of(first)
    )
    assert shown.record.query.text == shown.record.asked
    assert not shown.record.query.filtered


@pytest.mark.parametrize(
    ("question", "carried"), [("who found rust?", True), ("who directed watchmen?", False)]
)
async def test_a_doubtful_question_goes_on_where_the_articles_shown_are_about_it(
    service: Service, question: str, carried: bool
) -> None:
    await ask(service, DIRECT, ANN, BRIDGE)
    shown = await ask(service, DIRECT, ANN, question)
    assert ("Elbe" in shown.record.query.text) is carried


@pytest.mark.parametrize(
    ("place", "ago", "searched"),
    [
        (CITY, timedelta(0), "And when?"),
        (CITY_THREAD, timedelta(0), "And when? met Nara"),
        (CITY_THREAD, OLD, "And when? met Nara"),
        (DIRECT, timedelta(0), "And when? met Nara"),
        (DIRECT, OLD, "And when?"),
    ],
)
async def test_a_thread_goes_on_for_ever_a_direct_message_for_an_hour_and_a_channel_by_replies_alone(
    service: Service, place: Venue, ago: timedelta, searched: str
) -> None:
    await ask(service, place, ANN, SUMMIT)
    asked = f"{datetime.now(UTC) - ago:%Y-%m-%dT%H:%M:%SZ}"
    service.chat_store.write("UPDATE answers SET created = ?", (asked,))
    assert (await ask(service, place, ANN, "And when?")).record.query.text == searched


REFUSED = "Who won the football world cup?"
UNKNOWN = "When was Ada Oro born?"


@pytest.mark.parametrize(
    ("asked", "following", "searched"),
    [
        ((SUMMIT, REFUSED), "And when?", "And when? met Nara"),
        ((SUMMIT, REFUSED), "no", "no"),
        ((SUMMIT, UNKNOWN), "and where?", "and where? Ada Oro born"),
        ((SUMMIT, UNKNOWN), "no", "no"),
        ((UNKNOWN, SUMMIT), "And when?", "And when? met Nara"),
        ((SUMMIT, "And when?", UNKNOWN, "and where?"), "And why?", "And why? Ada Oro born"),
        ((REFUSED,), "And when?", "And when? won football world cup"),
        ((REFUSED,), "who owns the football?", "who owns the football?"),
        ((SUMMIT,), "Why?", "Why? met Nara"),
        ((SUMMIT,), "who is the president of Iran", "who is the president of Iran"),
    ],
)
async def test_words_come_from_the_last_question_that_was_answered(
    service: Service, asked: tuple[str, ...], following: str, searched: str
) -> None:
    for question in asked:
        await ask(service, DIRECT, ANN, question)
    assert (await ask(service, DIRECT, ANN, following)).record.query.text == searched


async def test_one_person_is_the_one_whom_the_last_answer_showed(service: Service) -> None:
    record = (await ask(service, DIRECT, ANN, "Who met in Nara?")).record
    [kept, *_] = record.kept
    article = service.desk.article(kept.collection, kept.article_id)
    assert article
    start = article.text.index("Takaichi")
    shown = replace(kept, answer=(start, start + len("Takaichi")))
    service.chat_store.answers.add(replace(record, id="named", kept=(shown,)))
    following = (await ask(service, DIRECT, ANN, "was she here before?")).record
    assert following.query.reading == "was Takaichi here before?"
    after = await service.stored_answers.previous(QuestionRequest(DIRECT, ANN, "is she ill?"))
    assert after
    assert after.question.person == "Takaichi"


async def test_somebody_elses_message_is_looked_up_without_what_was_asked_before(service: Service) -> None:
    await ask(service, DIRECT, ANN, SUMMIT)
    assert (await ask(service, DIRECT, ANN, "And when?", checked=True)).record.query.text == "And when?"


async def test_what_was_taken_over_is_taken_back_by_one_press(service: Service) -> None:
    await ask(service, DIRECT, ANN, SUMMIT)
    following = await ask(service, DIRECT, ANN, "And when?")
    shown = await service.questions.widen(following.record.id, DIRECT_ANN, "read", private=False)
    assert shown.record.query.text == shown.record.asked == "And when?"


async def test_a_thread_goes_on_from_the_answer_it_was_opened_for(service: Service) -> None:
    first = await ask(service, CITY, ANN, BRIDGE, sources=("The Post",))
    await service.stored_answers.copy_to(first, CITY_THREAD)
    shown = await ask(service, CITY_THREAD, BOB, "And when?")
    assert "bridge" in shown.record.query.text
    assert shown.record.query.sources == frozenset({"the post"})
    assert service.chat_store.threads.all() == {(CITY.tenant, "15")}


async def test_a_private_question_does_not_show_through_what_others_ask_on(service: Service) -> None:
    await ask(service, CITY_THREAD, ANN, SUMMIT)
    await ask(service, CITY_THREAD, ANN, BRIDGE, private=True)
    public = await ask(service, CITY_THREAD, BOB, "And when?")
    assert "bridge" not in public.record.query.text
    assert "Nara" in public.record.query.text
    # Nor through what its own asker asks before all; but in private it goes on.
    await ask(service, CITY_THREAD, ANN, BRIDGE, private=True)
    assert "bridge" not in (await ask(service, CITY_THREAD, ANN, "And where?")).record.query.text
    await ask(service, CITY_THREAD, ANN, BRIDGE, private=True)
    own = await ask(service, CITY_THREAD, ANN, "And when?", private=True)
    assert "bridge" in own.record.query.text


async def test_a_reply_to_an_answer_of_another_place_sees_nothing_of_it(service: Service) -> None:
    first = await ask(service, CITY, ANN, BRIDGE, sources=("The Post",))
    for place in (TOWN, CITY_OTHER, replace(DIRECT, own=False)):
        shown = await ask(service, place, ANN, "And when?", replied=message_of(first))
        assert shown.record.query.text == "And when?"
        assert not shown.record.query.filtered


# Widening and more


@pytest.mark.parametrize(
    ("name", "left"),
    [
        ("since", {"until", "sources"}),
        ("until", {"since", "sources"}),
        ("sources", {"since", "until"}),
        ("filters", set()),
    ],
)
async def test_a_filter_is_taken_away_and_the_question_asked_anew(
    service: Service, name: str, left: set[str]
) -> None:
    first = await ask(
        service, CITY, ANN, BRIDGE, sources=("The Post",), since="2026-02", until="2026-02", checked=True
    )
    shown = await service.questions.widen(first.record.id, CITY_BOB, name, private=True)
    query = shown.record.query
    assert {name for name in ("since", "until", "sources") if getattr(query, name)} == left
    assert query.text == first.record.query.text
    assert query.asked_at > first.record.query.asked_at
    assert (shown.record.person, shown.record.private, shown.record.checked) == (BOB.id, True, True)
    assert bool(shown.record.sources) is ("sources" in left)
    assert await service.stored_answers.open(shown.record.id, CITY) == shown
    assert await service.stored_answers.open(first.record.id, CITY) == first


@pytest.mark.parametrize("name", ["read", "filters"])
async def test_what_was_read_is_taken_back_and_stays_so(service: Service, name: str) -> None:
    first = await ask(service, CITY, ANN, "What is wrong with the Elbe bridge, according to The Times?")
    assert [hint.name for hint in first.record.query.parsed.hints] == ["The Times"]
    assert articles(first) <= {"times-bridge"}
    shown = await service.questions.widen(first.record.id, CITY_BOB, name, private=True)
    assert (shown.record.query.parsed.hints, shown.record.query.as_asked) == ((), True)
    assert "post-bridge" in articles(shown)
    again = await service.stored_answers.open(shown.record.id, CITY)
    assert again.record.query.as_asked


async def test_another_filter_that_is_taken_away_leaves_what_was_read_as_it_was_read(
    service: Service,
) -> None:
    first = await ask(
        service, CITY, ANN, "What happened yesterday, according to The Times?", since="2026-02-01"
    )
    shown = await service.questions.widen(first.record.id, CITY_ANN, "since", private=True)
    assert shown.record.query.parsed.hints == first.record.query.parsed.hints


async def test_what_the_community_chose_stays_where_a_person_widens(service: Service) -> None:
    await service.settings.choose(CITY, {"sources": ("The Post", "The Times")}, whole=True)
    first = await ask(service, CITY, ANN, BRIDGE, sources=("The Post",))
    assert articles(first) <= {"post-bridge", "post-ferry"}
    shown = await service.questions.widen(first.record.id, CITY_ANN, "sources", private=False)
    assert shown.record.query.sources == frozenset({"the post", "the times"})
    assert "times-bridge" in articles(shown)
    assert shown.record.sources == frozenset()


@pytest.mark.parametrize("question", [SUMMIT, BRIDGE, "Who won the football world cup?"])
async def test_more_goes_on_until_there_is_nothing_more_and_repeats_nothing(
    service: Service, question: str
) -> None:
    shown: DeliveredAnswer | None = await ask(service, CITY, ANN, question)
    seen: list[tuple[str, int]] = []
    first = 1
    for turn in range(100):
        if shown is None:
            break
        await service.settings.choose(CITY, {"person_limit": 120, "channel_limit": 120}, whole=True)
        assert shown.record.first == first
        assert shown.record.private is (turn > 0)
        lines = turn == 0 and shown.record.answered
        told = shown.quotes[:1] if lines else shown.quotes  # of the first answer the others have a line
        seen += [(quote.article.id, quote.start) for quote in told]
        first += len(told)
        shown = await service.questions.more(shown.record.id, CITY_BOB)
    assert shown is None
    assert len(seen) > 10
    assert len(set(seen)) == len(seen)


# Answers that were given


async def test_a_quote_whose_article_was_changed_or_withdrawn_is_gone_and_an_answer_of_none_says_so(
    service: Service, home: Home
) -> None:
    shown = await ask(service, CITY, ANN, BRIDGE, sources=("The Post", "The Times"), private=True)
    assert articles(shown) == {"post-bridge", "post-ferry", "times-bridge"}
    outlets = sources_of(home) / "outlets.jsonl"
    outlets.write_text(rows().replace("after the storm", "before the storm"))
    service.desk.reload(progress=no_progress)
    changed = await service.stored_answers.open(shown.record.id, CITY)
    assert changed.gone == 1
    assert articles(changed) == {"post-ferry", "times-bridge"}
    home.withdrawn.add("news", "times-bridge")
    service.desk.reload(progress=no_progress)
    withdrawn = await service.stored_answers.open(shown.record.id, CITY)
    assert withdrawn.gone == 2
    assert articles(withdrawn) == {"post-ferry"}
    opened = await service.stored_answers.opened(shown.record.id, CITY, 3)
    assert opened.opened == 1  # of those that are left
    home.withdrawn.add("news", "post-ferry")
    service.desk.reload(progress=no_progress)
    nothing = await service.stored_answers.open(shown.record.id, CITY)
    assert (nothing.quotes, nothing.gone) == ((), 3)
    for attempt in (
        service.stored_answers.opened(shown.record.id, CITY, 1),
        service.stored_answers.share(shown.record.id, CITY_ANN),
    ):
        with pytest.raises(Refusal, match="quotes-gone"):
            await attempt
    outlets.write_text(rows())
    for row in ("times-bridge", "post-ferry"):
        home.withdrawn.drop("news", row)
    service.desk.reload(progress=no_progress)
    assert await service.stored_answers.open(shown.record.id, CITY) == shown


async def test_nobody_elses_tenant_can_use_an_answer(service: Service) -> None:
    shown = await ask(service, CITY, ANN, SUMMIT, private=True)
    answer_id = shown.record.id
    questions, stored_answers = service.questions, service.stored_answers
    for place in (TOWN, DIRECT, replace(CITY, platform="slack")):
        for attempt in (
            stored_answers.open(answer_id, place),
            questions.more(answer_id, Caller(place, ANN)),
            questions.widen(answer_id, Caller(place, ANN), "filters", private=True),
            stored_answers.opened(answer_id, place, 1),
            stored_answers.share(answer_id, Caller(place, ANN)),
            stored_answers.vote(answer_id, Caller(place, ANN), helpful=True),
        ):
            with pytest.raises(Refusal, match="answer-gone"):
                await attempt
        with pytest.raises(Refusal, match="not-the-asker"):
            await stored_answers.check_dismiss(answer_id, Caller(place, ANN))
        assert not await stored_answers.is_asker(answer_id, Caller(place, ANN))
    assert service.chat_store.votes.of(answer_id) == []


async def test_only_who_asked_shares_a_private_answer(service: Service) -> None:
    shown = await ask(service, CITY, ANN, SUMMIT, private=True)
    with pytest.raises(Refusal, match="not-the-asker"):
        await service.stored_answers.share(shown.record.id, CITY_BOB)
    public = await service.stored_answers.share(shown.record.id, CITY_ANN)
    assert public.record == replace(shown.record, id=public.record.id, private=False)
    assert public.record.id != shown.record.id
    assert words(public) == words(shown)
    await service.stored_answers.set_message(public, "shared")
    following = await ask(service, CITY, BOB, "And when?", replied="shared")
    assert "Nara" in following.record.query.text


async def test_who_asked_and_moderators_take_an_answer_away(service: Service) -> None:
    shown = await ask(service, CITY, ANN, SUMMIT)
    await service.stored_answers.check_dismiss(shown.record.id, CITY_ANN)
    await service.stored_answers.check_dismiss(shown.record.id, CITY_MODERATOR)
    await service.stored_answers.check_dismiss("gone", CITY_MODERATOR)
    for answer_id, person in ((shown.record.id, BOB), ("gone", ANN)):
        with pytest.raises(Refusal, match="not-the-asker"):
            await service.stored_answers.check_dismiss(answer_id, Caller(CITY, person))
    assert await service.stored_answers.is_asker(shown.record.id, CITY_ANN)
    assert not await service.stored_answers.is_asker(shown.record.id, CITY_MODERATOR)


# What the community chose


async def test_chosen_sources_narrow_everything(service: Service) -> None:
    await service.settings.choose(CITY, {"sources": ("The Post", "Gone Gazette")}, whole=True)
    assert articles(await ask(service, CITY, ANN, BRIDGE)) <= {"post-bridge", "post-ferry"}
    assert {quote.article.source for quote in await service.browsing.latest(CITY_ANN)} == {"The Post"}
    assert [count.name for count in await service.browsing.sources(CITY)] == ["The Post"]
    assert service.browsing.source_names(CITY) == ["The Post"]
    with pytest.raises(Refusal) as caught:
        await ask(service, CITY, ANN, BRIDGE, sources=("The Times",))
    assert (caught.value.key, caught.value.values["near"]) == ("unknown-source", "The Post")
    assert len(service.browsing.source_names(TOWN)) == 3


async def test_chosen_sources_that_vanished_open_nothing_else(service: Service) -> None:
    await service.settings.choose(CITY, {"sources": ("Gone Gazette",)}, whole=True)
    for attempt in (
        service.questions.ask(QuestionRequest(CITY, ANN, BRIDGE)),
        service.browsing.latest(CITY_ANN),
        service.browsing.sources(CITY),
    ):
        with pytest.raises(Refusal) as caught:
            await attempt
        assert (caught.value.key, caught.value.values) == ("no-source", {"names": "Gone Gazette"})
    with pytest.raises(Refusal, match="no-source"):
        service.browsing.source_names(CITY)


async def test_chosen_collections_narrow_everything(home: Home, minilm: OnnxEmbedder) -> None:
    board = [{"id": "b", "title": "Board", "source": "Board", "text": "The board met on Monday in Nara."}]
    publish(home, "board", board, minilm)
    async with opened(home, minilm) as service:
        assert service.access.collections(CITY) == ("board", "news")
        await service.settings.choose(CITY, {"collections": ("board", "vanished")}, whole=True)
        assert service.access.collections(CITY) == ("board",)
        assert articles(await ask(service, CITY, ANN, SUMMIT)) == {"b"}
        assert set(await service.browsing.titled(CITY, "", 99)) == {"board:b"}
        with pytest.raises(Refusal, match="unknown-collection"):
            await ask(service, CITY, ANN, SUMMIT, collections=("news",))
        both = await ask(service, TOWN, ANN, "Who met on Monday in Nara?")
        assert {quote.article.collection for quote in both.quotes} == {"board", "news"}
        one = await ask(service, TOWN, ANN, SUMMIT, collections=("board",))
        assert articles(one) == {"b"}
        await service.settings.choose(CITY, {"collections": ("vanished",)}, whole=True)
        with pytest.raises(Refusal, match="no-collection"):
            await ask(service, CITY, ANN, SUMMIT)


# Looking through the corpus


async def test_the_newest_articles_and_the_sources_are_those_that_may_be_seen(service: Service) -> None:
    browsing = service.browsing
    found = await browsing.latest(CITY_ANN)
    assert [quote.article.id for quote in found[:2]] == ["post-ferry", "post-bridge"]
    assert (len(found), len(await browsing.newest(CITY, 2))) == (5, 2)
    found = await browsing.latest(CITY_ANN, "Elbe bridge")
    assert [quote.article.id for quote in found] == ["post-ferry", "post-bridge", "times-bridge"]
    with pytest.raises(BadQuestion):
        await browsing.latest(CITY_ANN, "?!")
    sources = [(count.name, count.articles) for count in await browsing.sources(CITY)]
    assert sources == [("Newsdesk sample", 16), ("The Post", 2), ("The Times", 1)]
    assert browsing.source_names(CITY) == ["Newsdesk sample", "The Post", "The Times"]


async def test_an_article_is_found_by_its_id_its_key_or_its_title(service: Service) -> None:
    article = await service.browsing.article(CITY, "post-bridge")
    assert article.title == "Bridge closed"
    for name in ("news:post-bridge", "bridge closed", " BRIDGE  closed ", "ridge clos"):
        assert await service.browsing.article(CITY, name) == article
    assert (await service.browsing.article(CITY, "rust")).id == "times-bridge"
    assert await service.browsing.article_of_key(CITY, button_key(article)) == article
    assert await service.browsing.titled(CITY, "GE clos", 9) == {"news:post-bridge": "Bridge closed"}
    assert list(await service.browsing.titled(CITY, "news:POST", 9)) == [
        "news:post-bridge",
        "news:post-ferry",
    ]
    assert len(await service.browsing.titled(CITY, "", 2)) == 2


async def test_an_article_that_may_not_be_seen_is_not_there(service: Service, home: Home) -> None:
    article = await service.browsing.article(CITY, "post-bridge")
    home.withdrawn.add("news", "post-bridge")
    service.desk.reload(progress=no_progress)
    for name in ("post-bridge", "news:post-bridge", "Bridge closed", "nothing", "", "../x"):
        with pytest.raises(Refusal) as caught:
            await service.browsing.article(CITY, name)
        assert (caught.value.key, caught.value.values) == ("no-article", {"name": name})
    assert "news:post-bridge" not in await service.browsing.titled(CITY, "", 99)
    for key in (button_key(article), "nonsense", ""):
        with pytest.raises(Refusal, match="article-gone"):
            await service.browsing.article_of_key(CITY, key)
