"""One session from login to a shared answer with a follow-up: every feature at the protocol, in this order.

What was sent is listed in docs/discord-session.txt and docs/slack-session.txt; NEWSDESK_WRITE_SESSION=1
writes them anew.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.chat.preferences import AnswerPolicy
from tests.bot.knobs import WRITE_SESSION
from tests.bot.platforms.platform import FURTHER, Outcome, Platform, Seen, flat
from tests.bot.platforms.session_log import LOGS, SessionLog
from tests.bot.running_bot import FOREIGN, PASSING
from tests.bot.samples.articles import (
    FERRY,
    FERRY_QUESTION,
    HISTORY,
    LIGHTHOUSE,
    LIGHTHOUSE_QUESTION,
    REGATTA,
    REGATTA_QUESTION,
    jsonl,
    many,
)
from tools.local_discord import NotPossible as NotPossibleOnDiscord
from tools.local_slack import NotPossible as NotPossibleInSlack

pytestmark = pytest.mark.asyncio(loop_scope="module")

NOT_POSSIBLE = (NotPossibleOnDiscord, NotPossibleInSlack)
PUBLIC_BUTTONS = ["more", "context", "read", "actions"]
PRIVATE_BUTTONS = ["share", "more", "context", "read", "actions"]
READ = "What did articles from 16 January 2026 say about the Chosei coal mine?"
"""A question with something to be read out of it."""
CLAIM = "They say the Chosei mine flood killed 183 people in 1942."
NARROW: dict[str, Any] = {"source": "Newsdesk sample", "since": "2026-01-14", "until": "2026-01-17"}


@pytest.fixture(scope="module")
def log(platform: Platform, request: pytest.FixtureRequest) -> Iterator[SessionLog]:
    """What was sent, test by test, is what is written where all of them were run."""
    log = LOGS[platform.name]()
    yield log
    platform.assert_well_mannered()
    log.check_all(request.node.obj, write=WRITE_SESSION)


@pytest.fixture(autouse=True)
def logged(platform: Platform, log: SessionLog, request: pytest.FixtureRequest) -> Iterator[None]:
    """Keeps what was sent during the test under its name."""
    yield
    log.add(request.node, platform.server.requests)


# Login


async def test_an_administrator_lets_people_ask_more_often(platform: Platform) -> None:
    panel = await platform.settings(platform.admin, platform.general)
    panel.assert_told_alone("Settings of this ")
    assert panel.answer.chosen("person_limit") == ["10 a minute"]
    for setting in ("person_limit", "channel_limit"):
        chosen = await platform.choose(platform.admin, panel.answer, setting, "120")
        assert chosen.answer.chosen(setting) == ["120 a minute"]
    preferences = platform.preferences(platform.general)
    assert (preferences.person_limit, preferences.channel_limit) == (120, 120)


# Asking


async def test_a_question_is_answered_for_everybody_with_quotes_and_buttons(platform: Platform) -> None:
    asked = await platform.ask(platform.ann, platform.general)
    assert asked.acknowledged
    (answer,) = asked.messages
    assert answer.alone is None
    assert answer.answers is None
    assert answer.text.startswith(f"{PASSING}\n")
    assert "What South Korea and Japan agreed in Nara" in answer.text
    assert answer.bold[0].startswith("The two governments agreed to pursue DNA analysis")
    assert "Newsdesk sample · Newsdesk · 15 January 2026 (15 January 2026)" in flat(answer.text)
    assert "Confidence 8" in answer.text  # eighty and more per cent
    assert answer.acts == PUBLIC_BUTTONS


async def test_a_private_answer_is_seen_by_its_asker_alone(platform: Platform) -> None:
    asked = await platform.ask(platform.ann, platform.general, private=True)
    asked.assert_told_alone(PASSING)
    assert asked.answer.acts == PRIVATE_BUTTONS
    with pytest.raises(NOT_POSSIBLE, match="does not see"):
        await platform.press(platform.kim, asked.answer, "More")


async def test_a_question_with_every_option(platform: Platform) -> None:
    asked = await platform.ask(
        platform.ann,
        platform.general,
        source="Newsdesk sample",
        since="January 2026",
        until="2026-01-18",
        collection="news",
        private=True,
    )
    assert "Only from Newsdesk sample, since 1 January 2026, until 18 January 2026." in asked.text
    assert asked.answer.acts == ["share", "widen", "more", "context", "actions"]
    assert asked.answer.bold


async def test_sources_are_offered_while_they_are_typed(platform: Platform) -> None:
    for typed, offered in (("zzz", []), ("NEWS", ["Newsdesk sample"])):
        assert list(await platform.typed(platform.ann, platform.general, "source", typed)) == offered


async def test_each_filter_can_be_taken_away(platform: Platform) -> None:
    asked = await platform.ask(platform.ann, platform.general, **NARROW)
    wide = await platform.press(platform.ann, asked.answer, "widen", "since")
    assert "since" not in wide.text
    assert "until 17 January 2026" in wide.text
    wider = await platform.press(platform.ann, wide.answer, "widen", "until")
    assert "Only from Newsdesk sample." in wider.text
    widest = await platform.press(platform.ann, wider.answer, "widen", "sources")
    assert "Only" not in widest.text
    assert widest.answer == asked.answer
    again = await platform.ask(platform.ann, platform.general, private=True, **NARROW)
    without = await platform.press(platform.ann, again.answer, "widen", "filters")
    assert "Only" not in without.text
    assert without.answer.alone == platform.ann.id


async def test_what_was_read_out_of_a_question_is_shown_and_taken_back(platform: Platform) -> None:
    asked = await platform.ask(platform.ann, platform.general, READ)
    assert "Only articles from 16 January 2026" in asked.text
    without = await platform.press(platform.ann, asked.answer, "widen", "read")
    assert "Only articles" not in without.text
    assert without.answer == asked.answer


async def test_somebody_else_who_takes_a_filter_away_gets_an_answer_of_their_own(platform: Platform) -> None:
    asked = await platform.ask(platform.ann, platform.general, since="2026-01-14")
    before = asked.text
    other = await platform.press(platform.kim, asked.answer, "widen", "since")
    assert asked.text == before
    (aside,) = other.messages
    assert aside.alone == platform.kim.id
    assert "share" in aside.acts


async def test_where_there_is_no_answer_it_says_what_was_searched_and_offers_a_way_on(
    platform: Platform,
) -> None:
    asked = await platform.ask(platform.ann, platform.general, FOREIGN, since="2026-01-16", private=True)
    assert "I found no answer in these articles." in asked.text
    assert "(since 16 January 2026), the newest from 20 January 2026. Try wider dates." in asked.text
    assert "Closest matches (they may not answer this)" in asked.text
    wide = await platform.press(platform.ann, asked.answer, "widen", "since")
    assert "Searched 16 articles, the newest from 20 January 2026." in wide.text


async def test_a_mention_is_answered_beneath_it(platform: Platform) -> None:
    """By a reply, or in a thread."""
    asked = await platform.call(platform.ann, platform.general)
    (answer,) = asked.messages
    assert answer.answers == asked.said.id
    assert not answer.text.startswith(PASSING)  # it stands right above
    assert answer.bold
    assert answer.acts == PUBLIC_BUTTONS


async def test_a_mention_without_a_question_gets_help(platform: Platform) -> None:
    said = await platform.call(platform.ann, platform.general, "")
    assert "exact words of news articles" in said.text
    assert "/corpus" not in said.text


async def test_what_goes_on_from_an_answer_is_understood_with_what_was_asked_before(
    platform: Platform,
) -> None:
    """Whoever asks it, and also where the first question was a command."""
    for first in (
        await platform.call(platform.ann, platform.general),
        await platform.ask(platform.ann, platform.general),
    ):
        then = await platform.say(platform.kim, platform.general, FURTHER, to=first.answer)
        (answer,) = then.messages
        assert answer.answers is not None
        assert "183" in answer.text


async def test_people_who_talk_to_one_another_are_left_alone(platform: Platform) -> None:
    said = await platform.say(platform.ann, platform.general, "Shall we have lunch?", wait=False)
    await platform.let_be(platform.kim, platform.general, "Who is coming?", to=said.said)
    await platform.let_be(platform.kim, platform.general, f"{platform.mention(platform.ann)} where are you?")


async def test_a_direct_message_is_answered_and_followed_up(platform: Platform) -> None:
    room = platform.direct(platform.ann)
    first = await platform.say(platform.ann, room, PASSING)
    assert first.answer.bold
    assert "thread" not in first.answer.acts
    assert "183" in (await platform.say(platform.ann, room, FURTHER)).text
    assert "183" in (await platform.say(platform.ann, room, FURTHER, to=first.answer)).text
    assert (await platform.ask(platform.ann, room)).answer.bold


async def test_somebodys_message_is_checked_against_the_news(platform: Platform) -> None:
    said = await platform.say(platform.kim, platform.general, CLAIM, wait=False)
    checked = await platform.check(platform.ann, said.said)
    checked.assert_told_alone("Checked against the news\nThey say the Chosei mine flood")
    assert any("183 people" in words for words in checked.answer.bold)
    assert "Confidence" not in checked.text  # it would read as how true the claim is
    assert said.messages == []


async def test_the_language_is_the_readers(platform: Platform) -> None:
    for person, words in ((platform.kim, "신뢰도"), (platform.sato, "信頼度")):
        assert words in (await platform.ask(person, platform.general)).text
    korean = await platform.call(platform.ann, platform.general, "나라에서 무엇을 합의했나요?")
    assert "No answer" not in korean.text
    assert "Confidence" not in korean.text


# Looking around


async def test_the_latest_articles(platform: Platform) -> None:
    latest = await platform.look(platform.ann, platform.general, "latest")
    assert latest.text.startswith("The latest\n")
    assert flat(latest.text).count("Newsdesk sample · Newsdesk ·") == 5
    about = await platform.look(platform.ann, platform.general, "latest", "the Chosei coal mine")
    assert about.text.startswith("The latest about the Chosei coal mine\n")
    assert "The Chosei undersea coal mine and the flood of 1942" in about.text


async def test_the_sources(platform: Platform) -> None:
    sources = await platform.look(platform.ann, platform.general, "sources")
    sources.assert_told_alone("Sources\nNewsdesk sample · 16 articles, the newest from 20 January 2026")


async def test_help_names_administering_only_to_those_who_may(platform: Platform) -> None:
    assert "/corpus" not in (await platform.look(platform.ann, platform.general, "help")).text
    assert "/corpus" in (await platform.look(platform.admin, platform.general, "help")).text


# Under an answer


async def test_more_context_and_why(platform: Platform) -> None:
    asked = await platform.ask(platform.ann, platform.general)
    more = await platform.press(platform.kim, asked.answer, "More")
    more.assert_told_alone("\n2 · ")
    assert "\n4 · " in more.text
    assert "\n1 · " not in more.text
    before = asked.text
    context = await platform.press(platform.ann, asked.answer, "Context")
    assert context.answer == asked.answer
    assert context.answer.acts[:2] == ["context", "context"]  # closes it, and opens the next one
    assert len(context.text) > len(before)
    second = await platform.press(platform.ann, context.answer, "context", "2")
    assert second.answer == asked.answer
    closed = await platform.press(platform.ann, second.answer, "context", "0")
    assert (closed.answer, closed.text) == (asked.answer, before)
    aside = await platform.press(platform.kim, asked.answer, "Context")
    assert (aside.answer.alone, asked.text) == (platform.kim.id, before)
    why = await platform.press(platform.ann, asked.answer, "Why")
    assert "Matched: " in why.text


async def test_an_article_without_an_address_is_read_here(platform: Platform) -> None:
    asked = await platform.ask(platform.ann, platform.general)
    read = await platform.press(platform.kim, asked.answer, "Read 1")
    read.assert_told_alone("What South Korea and Japan agreed in Nara\n")


async def test_votes_are_private_and_no_needs_a_reason(platform: Platform) -> None:
    asked = await platform.ask(platform.ann, platform.general)
    (await platform.press(platform.kim, asked.answer, "up")).assert_told_alone("")
    down = await platform.press(platform.ann, asked.answer, "down")
    with pytest.raises(NOT_POSSIBLE):
        await platform.submit(platform.ann, down.form, words="Bad")
    sent = await platform.submit(platform.ann, down.form, kind="old", words="Last year's news")
    sent.assert_told_alone("")
    votes = {vote.person: vote for vote in await platform.votes(asked.answer)}
    assert votes[platform.kim.id].helpful
    assert votes[platform.ann.id].reason == "old: Last year's news"


async def test_an_answer_is_dismissed_by_its_asker_or_a_moderator_alone(platform: Platform) -> None:
    for who in (platform.ann, platform.moderator):
        asked = await platform.ask(platform.ann, platform.general)
        refused = await platform.press(platform.editor, asked.answer, "Dismiss")
        refused.assert_told_alone("Only the person who asked, or a moderator")
        await platform.dismiss(who, asked.answer)
        assert asked.messages == []


async def test_who_mentions_it_where_it_may_not_write_is_told_directly(platform: Platform) -> None:
    said = await platform.call(platform.ann, platform.sealed, wait=False)
    before = len(platform.told(platform.ann))
    await platform.until(lambda: len(platform.told(platform.ann)) > before)
    assert "I am not allowed to write in the channel where you asked" in platform.told(platform.ann)[-1].text
    assert not [one for one in said.messages if one.room.id == platform.sealed.id]
    await platform.idle()


# Administering


async def test_the_status(platform: Platform) -> None:
    status = await platform.administer(platform.admin, platform.general, "status")
    status.assert_told_alone("news: 16 articles, the newest from 20 January 2026")


async def test_a_file_is_added_and_its_bad_lines_come_back_as_a_file(platform: Platform) -> None:
    file = jsonl("gazette.jsonl", LIGHTHOUSE, FERRY, HISTORY, '{"id": "nothing"}', "not JSON")
    added = await platform.add(platform.admin, platform.general, file)
    assert "news: 3 new, 0 changed, 0 removed, 16 unchanged" in added.text
    assert "2 problems, in the attached file" in added.text
    (report,) = [one for message in added.messages for one in message.files.items()]
    assert report[0] == "problems.txt"
    lines = report[1].splitlines()
    assert len(lines) == 2
    assert all("gazette.jsonl" in line for line in lines)
    asked = await platform.ask(platform.ann, platform.general, LIGHTHOUSE_QUESTION)
    assert "was switched on again on 3 March 2026" in asked.text
    assert "https://gazette.example/2026/lighthouse#:~:text=" in asked.answer.source


async def test_a_community_has_a_collection_of_its_own(platform: Platform) -> None:
    added = await platform.add(
        platform.admin, platform.general, jsonl("regatta.jsonl", REGATTA), collection="port"
    )
    assert "port: 1 new, 0 changed, 0 removed, 0 unchanged" in added.text
    assert "Sixty boats" in (await platform.ask(platform.ann, platform.general, REGATTA_QUESTION)).text
    news = await platform.ask(platform.ann, platform.general, REGATTA_QUESTION, collection="news")
    assert "Sixty boats" not in news.text
    planned = await platform.administer(platform.admin, platform.general, "reload")
    assert "port: 0 new, 0 changed, 0 removed, 1 unchanged" in planned.text


async def test_an_article_page_by_page(platform: Platform) -> None:
    first = await platform.look(platform.ann, platform.general, "article", "the QUAYS of")
    assert first.text.startswith("The quays of Port Ellery, year by year\n")
    assert "Page 1 of " in first.text
    assert first.answer.acts == ["page"]
    second = await platform.press(platform.ann, first.answer, "page")
    assert "Page 2 of " in second.text
    back = await platform.press(platform.ann, second.answer, "page", "1")
    assert "Page 1 of " in back.text
    nothing = await platform.look(platform.ann, platform.general, "article", "no such thing")
    assert nothing.text == "There is no article “no such thing” here."


async def test_an_address_on_this_machine_is_refused(platform: Platform) -> None:
    added = await platform.administer(
        platform.admin, platform.general, "add", url="http://127.0.0.1/news.html"
    )
    assert "127.0.0.1" in added.text
    assert "could not be done" in added.text
    assert (await platform.audit())[0].result.startswith("failed: ")


async def test_a_reload_is_shown_first_then_confirmed_with_progress_and_outcome(
    platform: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert platform.dispatcher
    often = replace(platform.dispatcher.profile, progress_every=0.05)
    monkeypatch.setattr(platform.dispatcher, "profile", often)
    added = await platform.add(platform.admin, platform.general, jsonl("log.jsonl", *many(1)))
    assert "1 new" in added.text
    (kept,) = (platform.home / "uploads" / "news").glob("log.jsonl")
    kept.write_bytes(jsonl("log.jsonl", *many(15, sentences=30)).content)
    planned = await platform.administer(platform.admin, platform.general, "reload")
    assert "What a reload would change" in planned.text
    assert "news: 14 new, 1 changed, 0 removed, 19 unchanged" in planned.text
    assert "new: Harbour log 1" in planned.text
    assert planned.answer.acts == ["reload", "cancel"]
    before = len(platform.server.requests)
    reloading = await platform.press(platform.admin, planned.answer, "reload", wait=False)
    meanwhile = await platform.ask(platform.ann, platform.random, wait=False)
    await meanwhile.settled()
    assert meanwhile.answer.bold  # no question fails while it is reloaded
    await platform.until(lambda: reloading.text.startswith("Done\n"), 60)
    assert "14 new" in reloading.text
    assert reloading.answer == planned.answer
    assert any("Indexing articles: " in str(request) for request in shown(platform, before))
    await platform.idle()
    assert (await platform.audit())[0].act == "reload"


def shown(platform: Platform, since: int) -> list[Any]:
    """What was sent in requests since then."""
    return [
        getattr(one, "body", None) or getattr(one, "arguments", None)
        for one in platform.server.requests[since:]
    ]


async def test_a_reload_can_be_called_off(platform: Platform) -> None:
    planned = await platform.administer(platform.admin, platform.general, "reload")
    assert "Nothing would change." in planned.text
    called_off = await platform.press(platform.admin, planned.answer, "cancel")
    assert called_off.text == "Nothing was changed."


async def test_a_source_and_an_article_are_removed_and_the_article_is_restored(platform: Platform) -> None:
    gone = await platform.administer(platform.admin, platform.general, "remove", target="log.jsonl")
    assert "15 removed" in gone.text
    removed = await platform.administer(
        platform.admin, platform.general, "remove", target="lighthouse", collection="news"
    )
    assert "1 removed" in removed.text
    asked = await platform.ask(platform.ann, platform.general, LIGHTHOUSE_QUESTION)
    assert "3 March 2026" not in asked.text
    back = await platform.administer(platform.admin, platform.general, "restore", article="lighthouse")
    assert "1 new" in back.text
    asked = await platform.ask(platform.ann, platform.general, LIGHTHOUSE_QUESTION)
    assert "3 March 2026" in asked.text


async def test_the_corpus_goes_back_to_what_it_was(platform: Platform) -> None:
    back = await platform.administer(platform.admin, platform.general, "rollback", collection="news")
    assert back.text.startswith("news is served from generation ")
    planned = await platform.administer(platform.admin, platform.general, "reload")
    done = await platform.press(platform.admin, planned.answer, "reload")
    await platform.until(lambda: done.text.startswith("Done"), 60)
    await platform.idle()


async def test_the_history_and_the_audit_log(platform: Platform) -> None:
    history = await platform.administer(platform.admin, platform.general, "history")
    assert "reload news" in history.text
    assert "rollback news" in history.text
    audit = await platform.administer(platform.admin, platform.general, "audit")
    assert f"{platform.admin.name} ({platform.admin.id}): rollback collection news → done" in audit.text


# Settings


async def choose(platform: Platform, setting: str, *values: str, channel: bool = False) -> Seen:
    """What an administrator chooses, in a panel of its own; the panel after it."""
    panel = await platform.settings(platform.admin, platform.general, whole=not channel)
    return (await platform.choose(platform.admin, panel.answer, setting, *values)).answer


async def asked(platform: Platform, question: str = PASSING, **options: Any) -> str:
    """What Ann is answered in #general."""
    return (await platform.ask(platform.ann, platform.general, question, **options)).text


async def test_a_community_chooses_how_many_quotes_an_answer_has(platform: Platform) -> None:
    assert (await choose(platform, "passages", "1")).chosen("passages") == ["1 quote"]
    answer = await asked(platform)
    assert "\n2 · " not in answer
    panel = await choose(platform, "passages", "-", channel=True)
    assert panel.chosen("passages")[0].startswith("Same as ")
    assert "Settings of #general" in panel.text
    await choose(platform, "passages", "2", channel=True)
    assert "\n2 · " in await asked(platform)
    assert "\n2 · " not in (await platform.ask(platform.ann, platform.random)).text


async def test_a_community_chooses_what_is_searched(platform: Platform) -> None:
    await choose(platform, "collections", "news")
    assert "Sixty boats" not in await asked(platform, REGATTA_QUESTION)
    await choose(platform, "collections")
    assert "Sixty boats" in await asked(platform, REGATTA_QUESTION)
    await choose(platform, "sources", "Harbour Gazette")
    offered = await platform.typed(platform.ann, platform.general, "source", "")
    assert list(offered) == ["Harbour Gazette"]
    found = await platform.ask(platform.ann, platform.general)
    assert "Nara" not in found.text
    assert "widen" not in found.answer.acts  # it is no choice of the reader's
    sources = await platform.look(platform.ann, platform.general, "sources")
    assert "Harbour Gazette · 3 articles" in sources.text
    assert "3 March" in await asked(platform, LIGHTHOUSE_QUESTION)
    await choose(platform, "sources")
    assert "Nara" in await asked(platform)


async def test_a_community_chooses_the_language_of_the_bots_words(platform: Platform) -> None:
    async def last_line(outcome: Outcome) -> str:
        (line,) = (one for one in outcome.text.splitlines() if "%" in one)
        return line

    people = (platform.kim, platform.sato)
    korean, japanese = [await last_line(await platform.ask(one, platform.general)) for one in people]
    await choose(platform, "language", "en")
    for one in people:
        assert "Confidence" in (await platform.ask(one, platform.general)).text
    for language, words in (("ko", korean), ("ja", japanese)):
        await choose(platform, "language", language)
        assert await last_line(await platform.ask(platform.ann, platform.general)) == words
    await choose(platform, "language", "auto")
    assert "Confidence" in await asked(platform)


async def test_a_community_answers_in_private_unless_asked_otherwise(platform: Platform) -> None:
    async def is_private(**options: Any) -> bool:
        return (await platform.ask(platform.ann, platform.general, **options)).answer.alone is not None

    await choose(platform, "private", "yes")
    assert await is_private()
    assert not await is_private(private=False)
    assert (await platform.look(platform.ann, platform.general, "latest")).answer.alone == platform.ann.id
    await choose(platform, "private", "no", channel=True)
    assert not await is_private()
    await choose(platform, "private", "-", channel=True)
    assert await is_private()
    await choose(platform, "private", "no")
    assert not await is_private()


async def test_editors_may_administer_once_they_are_chosen(platform: Platform) -> None:
    """A role, or a group."""

    async def may() -> bool:
        words = (await platform.administer(platform.editor, platform.general, "status")).text
        assert "The corpus" in words or "Only " in words
        return "The corpus" in words

    platform.let_try(platform.editor)
    assert not await may()
    assert (await platform.audit())[0].result == "refused"
    await choose(platform, *platform.editors)
    assert await may()
    await choose(platform, platform.editors[0])
    assert not await may()


async def test_a_limit_says_how_long_to_wait(platform: Platform) -> None:
    await choose(platform, "person_limit", "1", channel=True)
    await platform.ask(platform.sato, platform.general)
    waiting = await platform.ask(platform.sato, platform.general)
    (seconds,) = re.findall(r"\d+", waiting.text)
    assert 30 < int(seconds) <= 60
    await choose(platform, "person_limit", "-", channel=True)
    await choose(platform, "channel_limit", "1", channel=True)
    assert "Please wait" in await asked(platform)
    await choose(platform, "channel_limit", "-", channel=True)
    assert (await platform.ask(platform.sato, platform.general)).answer.bold


async def test_a_channel_chooses_where_it_is_answered(platform: Platform) -> None:
    ann, general = platform.ann, platform.general
    await choose(platform, "answers", "nowhere", channel=True)
    assert await asked(platform) == "Answers are switched off in this channel."
    await platform.let_be(ann, general, f"{platform.mention()} {PASSING}")
    await choose(platform, "answers", "commands", channel=True)
    assert (await platform.ask(ann, general)).answer.bold
    assert (await platform.call(ann, general)).text == "I answer only commands here: use /ask."
    await choose(platform, "answers", "mentions", channel=True)
    assert (await platform.call(ann, general)).answer.bold


async def test_settings_go_back_to_what_they_were(platform: Platform) -> None:
    channel = await platform.settings(platform.admin, platform.general, whole=False)
    done = await platform.press(platform.admin, channel.answer, "reset")
    assert done.answer.chosen("passages")[0].startswith("Same as ")
    whole = await platform.settings(platform.admin, platform.general)
    done = await platform.press(platform.admin, whole.answer, "reset")
    assert done.answer.chosen("passages") == ["3 quotes"]
    for setting in ("person_limit", "channel_limit"):
        await platform.choose(platform.admin, done.answer, setting, "120")


# After a restart, as one that reads all messages


async def test_it_comes_back_with_all_that_it_was_told(platform: Platform) -> None:
    before = await platform.ask(platform.ann, platform.random)
    await platform.restart(reads_all=True)
    followed = await platform.say(platform.kim, platform.random, FURTHER, to=before.answer)
    assert "183" in followed.text
    assert platform.preferences(platform.random).person_limit == 120


async def test_in_a_thread_of_its_own_questions_need_no_mention(platform: Platform) -> None:
    thread = await platform.new_thread(platform.ann, platform.random)
    followed = await platform.say(platform.editor, thread, FURTHER)
    assert "Follow-up to: “" in followed.text
    assert "183" in followed.text
    named = f"{platform.mention(platform.sato)} did you know that?"
    for aside in ("I see.", named, "Interesting, thanks Ann"):
        await platform.let_be(platform.kim, thread, aside)
    more = await platform.press(platform.sato, followed.answer, "more")
    assert more.answer.room == followed.answer.room  # where it was pressed, not in the channel


async def test_a_channel_where_every_question_is_answered(platform: Platform) -> None:
    await platform.let_be(platform.ann, platform.general, PASSING)  # off until it is switched on
    await choose(platform, "answers", "everything", channel=True)
    said = await platform.say(platform.ann, platform.general, PASSING)
    assert said.answer.bold
    assert said.answer.answers == said.said.id
    await platform.let_be(platform.ann, platform.general, "Good morning everybody.")
    await platform.let_be(platform.kim, platform.general, f"{platform.mention(platform.ann)} where are you?")
    await choose(platform, "answers", "-", channel=True)
    assert platform.preferences(platform.general).answers is AnswerPolicy.MENTIONS


async def test_a_private_answer_is_shared_and_followed_up(platform: Platform) -> None:
    private = await platform.ask(platform.ann, platform.general, FERRY_QUESTION, private=True)
    assert private.answer.alone == platform.ann.id
    (shared,) = (await platform.press(platform.ann, private.answer, "share")).public
    assert shared.text.startswith(f"Shared by {platform.ann.name}\n")
    assert "10 February 2026" in shared.text
    assert "actions" in shared.acts
    words = "And how many passengers were on board?"
    followed = await platform.say(platform.editor, platform.general, words, to=shared)
    assert "Follow-up to: “" in followed.text
    assert "40 passengers" in followed.text
