"""Counts, lists, what is new, and pasted addresses and headlines."""

import pytest
import pytest_asyncio

from bot.answers.listing import ARTICLES_LISTED
from bot.chat.preferences import AnswerPolicy
from corpus.web import web_fetcher
from corpus.web.fetcher import CannedFetcher, Fetched
from tests.bot.platforms.platform import Platform, Room
from tests.bot.samples.articles import FIRE, FIRE_ELSEWHERE, INES, LIGHTHOUSE, PAUL, jsonl

pytestmark = pytest.mark.asyncio(loop_scope="module")

HEADLINE = "What South Korea and Japan agreed in Nara"
PAGE = LIGHTHOUSE["url"]


@pytest_asyncio.fixture(loop_scope="module")
async def room(platform: Platform) -> Room:
    """A channel that nothing was said in, of a bot that has an article with an address."""
    if platform.service.desk.article("news", LIGHTHOUSE["id"]) is None:
        added = jsonl("l.jsonl", LIGHTHOUSE, FIRE, FIRE_ELSEWHERE)
        await platform.add(platform.admin, platform.general, added)
    return platform.new_room("lists")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("How many articles mention Takaichi?", "articles mention “Takaichi”"),
        ("all articles by Newsdesk since 2026", "by Newsdesk"),
        ("how many articles mention Zorblatt", "No article mentions “Zorblatt”."),
        ("all articles by Nobody Known", "I have no article by “Nobody Known”."),
        ("articles from Newsdesk sample in 1999", "Nothing from then."),
        ("what's new", "The latest"),
        ("any news about Takaichi?", "The latest about Takaichi"),
        ("any news about Zorblatt?", "No article mentions “Zorblatt”."),
        (HEADLINE.upper() + " - Newsdesk", HEADLINE),
        (PAGE.replace("https", "http") + "/?utm_source=x", LIGHTHOUSE["title"]),
        (f"who wrote {PAGE}?", LIGHTHOUSE["title"]),
        (f"Is [this]({PAGE}) true?", LIGHTHOUSE["title"]),
        ("why was it closed? https://harbour.example/other", "That page is not in the corpus."),
        ("https://harbour.example/other", "That page is not in the corpus."),
    ],
)
async def test_what_the_corpus_knows_exactly_is_said_by_command_in_messages_and_directly(
    platform: Platform, room: Room, text: str, words: str
) -> None:
    platform.rest()
    outcomes = (
        await platform.ask(platform.ann, room, text),
        await platform.call(platform.ann, room, text),
        await platform.say(platform.ann, platform.direct(platform.ann), text),
    )
    for outcome in outcomes:
        assert words in outcome.text
        assert not outcome.answer.has_button("add")


async def test_a_list_in_a_direct_message_can_be_changed_and_asked_about(platform: Platform) -> None:
    platform.rest()
    direct = platform.direct(platform.ann)
    for text, words in (
        ("articles about Takaichi", "articles mention “Takaichi”"),
        ("and about the lighthouse?", LIGHTHOUSE["title"]),
        ("who wrote it?", LIGHTHOUSE["title"]),
        ("open the first one", LIGHTHOUSE["title"]),
        ("who told you that?", LIGHTHOUSE["title"]),
        ("what about Zorblatt?", "No article mentions “Zorblatt”."),
    ):
        told = await platform.say(platform.ann, direct, text)
        assert words in told.text


async def test_a_question_with_the_address_of_an_article_is_answered_from_it(
    platform: Platform, room: Room
) -> None:
    platform.rest()
    told = await platform.ask(platform.ann, room, f"How much did the repairs cost? {PAGE}")
    assert "4.2 million euros" in told.text
    assert "Only articles at that address" in told.text
    missed = await platform.ask(platform.ann, room, f"Who met in Nara according to [this]({PAGE})?")
    assert "I found no answer" in missed.text
    assert "Takaichi" not in missed.text


async def test_who_may_administer_adds_an_absent_page_by_a_press(
    platform: Platform, room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = f"https://harbour.example/{platform.name}-tunnel"
    text = b"The tunnel below Skarvik harbour was opened to cyclists by Ida Holm on Monday."
    web = CannedFetcher({address: Fetched(address, text, "text/plain")})
    monkeypatch.setattr(web_fetcher, "WebFetcher", lambda: web)
    told = await platform.ask(platform.ann, room, address.removeprefix("https://"))
    assert told.text.startswith("That page is not in the corpus.")
    assert not told.answer.has_button("Add it")
    asked = await platform.ask(platform.admin, room, address.removeprefix("https://"))
    assert asked.answer.has_button("Add it")
    refused = await platform.press(platform.ann, asked.answer, "add")
    refused.assert_told_alone("that they chose in")
    assert web.asked == []
    added = await platform.press(platform.admin, asked.answer, "add")
    assert {one.alone for one in added.messages} <= {platform.admin.id, None}
    assert "Done" in "".join(added.texts)
    assert asked.answer.has_button("Add it")  # everybody's message stays as it was
    entry = (await platform.audit())[0]
    assert (entry.act, entry.result, entry.detail["what"]) == ("add", "done", address)
    found = await platform.ask(platform.ann, room, address)
    assert "Ida Holm" in found.text


async def test_an_address_that_may_not_be_fetched_is_not_by_a_press_either(
    platform: Platform, room: Room
) -> None:
    asked = await platform.ask(platform.admin, room, "http://127.0.0.1/minutes")
    pressed = await platform.press(platform.admin, asked.answer, "add")
    assert "127.0.0.1" in "".join(pressed.texts)
    assert (await platform.audit())[0].result.startswith("failed: ")


async def test_the_list_is_the_newest_first_and_goes_on_page_by_page(platform: Platform, room: Room) -> None:
    desk = platform.service.desk
    held = [
        one for one in desk.collections["news"].articles if "korea" in f"{one.title} {one.text}".casefold()
    ]
    count = len(held)
    assert count > ARTICLES_LISTED
    listed = await platform.ask(platform.ann, room, "list all articles about Korea")
    assert f"{count} articles mention “Korea”" in listed.text
    assert f"1–{ARTICLES_LISTED} of {count}, newest first" in listed.text
    pages, page = [listed.text], listed.answer
    for first in range(ARTICLES_LISTED, count, ARTICLES_LISTED):
        following = await platform.press(platform.kim, page, "list", str(first))
        page = following.asides[0]
        assert page.alone == platform.kim.id
        pages.append(page.text)
    assert "list" not in page.acts
    shown = [[one.id for one in held if one.title[:45] in text] for text in pages]
    assert len(shown[0]) == ARTICLES_LISTED
    assert sorted(one for ids in shown for one in ids) == sorted(one.id for one in held)


@pytest.mark.parametrize("about", ["", "fish market"])
async def test_a_switch_shows_each_report_of_an_event_and_one_for_each_again(
    platform: Platform, room: Room, about: str
) -> None:
    titles = [FIRE["title"], FIRE_ELSEWHERE["title"]]
    question = f"any news about {about}?" if about else "what's new?"
    told = await platform.look(platform.ann, room, "latest", about)
    for outcome in (told, await platform.call(platform.ann, room, question)):
        assert "also reported by Harbour Gazette" in outcome.text
        assert [title in outcome.text for title in titles] == [False, True]
        pressed = await platform.press(platform.editor, outcome.answer, "All reports")
        (shown,) = pressed.asides
        assert shown.alone == platform.editor.id
        assert [title in shown.text for title in titles] == [True, True]
        again = await platform.press(platform.editor, shown, "One for each event")
        (joined,) = again.asides
        assert [title in joined.text for title in titles] == [False, True]
        assert outcome.answer.has_button("All reports")  # everybody's message stays as it was
    platform.rest()
    every = await platform.look(platform.ann, room, "latest", about, every=True)
    assert [title in every.text for title in titles] == [True, True]
    assert every.answer.has_button("One for each event")


async def test_a_switch_is_counted_as_a_question_and_searches_what_may_be_seen_alone(
    platform: Platform, room: Room
) -> None:
    told = await platform.look(platform.ann, room, "latest", every=True)
    await platform.prefer(room, person_limit=1)
    fine = await platform.press(platform.editor, told.answer, "reports")
    assert fine.asides[0].has_button("All reports")
    refused = await platform.press(platform.editor, told.answer, "reports")
    refused.assert_told_alone("You ask faster than is allowed here")


async def test_where_a_list_was_narrowed_or_its_topic_is_long_there_is_no_switch(
    platform: Platform, room: Room
) -> None:
    narrowed = await platform.ask(platform.ann, room, "what's new?", collection="news")
    assert "also reported by" in narrowed.text
    assert not narrowed.answer.has_button("reports")
    topic = "fish market of Skarvik destroyed by a fire in the night, the fish market that a fire destroyed"
    long = await platform.look(platform.ann, room, "latest", topic)
    assert "also reported by" in long.text
    assert not long.answer.has_button("reports")


async def test_who_wanted_an_answer_gets_one_by_a_press(platform: Platform, room: Room) -> None:
    listed = await platform.ask(platform.ann, room, "any articles about the Chosei coal mine remains")
    pressed = await platform.press(platform.ann, listed.answer, "widen", "read")
    assert "undersea mine" in pressed.text


async def test_two_people_of_one_family_name_are_told_apart_by_a_press(
    platform: Platform, room: Room
) -> None:
    await platform.add(platform.admin, platform.general, jsonl("v.jsonl", INES, PAUL))
    platform.rest()
    asked = await platform.ask(platform.ann, room, "What did Varga do?")
    assert "Different people are named Varga here" in asked.text
    for person, words, other in (
        ("Paul Varga", "fish kitchen", "stepped down"),
        ("Ines Varga", "stepped down", "fish kitchen"),
    ):
        again = await platform.ask(platform.ann, room, "What did Varga do?")
        assert again.answer.has_button(person)
        pressed = await platform.press(platform.ann, again.answer, "widen", f"meant-{person}")
        first = pressed.text.partition("2 · ")[0]
        assert f"What did {person} do?" in first
        assert words in first
        assert other not in first
        assert not pressed.answer.has_button(person)


async def test_where_it_was_not_put_to_the_bot_nothing_is_listed(listening: Platform) -> None:
    room = listening.new_room()
    await listening.prefer(room, answers=AnswerPolicy.EVERYTHING)
    for text in ("How many articles mention Takaichi?", "what's new?", HEADLINE):
        said = await listening.say(listening.ann, room, text, wait=False)
        await listening.catch_up()
        assert not any(words in "".join(said.texts) for words in ("mention “", "The latest", "\nPage 1"))
