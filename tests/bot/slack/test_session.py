"""One session from connection to a shared answer with a follow-up: every feature at the protocol, in this
order.

What was sent is listed in docs/slack-session.txt; NEWSDESK_WRITE_SESSION=1 writes it anew.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from bot.chat.preferences import Answers
from tests.bot.discord.articles import (
    FERRY,
    FERRY_QUESTION,
    HISTORY,
    LIGHTHOUSE,
    LIGHTHOUSE_QUESTION,
    REGATTA,
    REGATTA_QUESTION,
    many,
)
from tests.bot.discord.knobs import WRITE_SESSION
from tests.bot.slack.live import (
    FOREIGN,
    PASSING,
    LiveBot,
    action_id,
    acts_of,
    added,
    bold_of,
    links_of,
    upload,
)
from tests.bot.slack.session_log import SESSION, SessionLog, read_operations
from tools.local_slack import Chosen, Message, NotPossible, User, View, find_element, initial_value, text_of

pytestmark = pytest.mark.asyncio(loop_scope="module")

PUBLIC_BUTTONS = ["read", "read", "read", "more", "context", "why", "up", "down", "dismiss"]
PRIVATE_BUTTONS = ["read", "read", "read", "more", "context", "why", "share", "up", "down"]
READ = "What did articles from 16 January 2026 say about the Chosei coal mine?"
"""A question with something to be read out of it."""
FURTHER = "And how many people died there?"


@pytest.fixture(scope="module")
def log() -> SessionLog:
    """What was sent, test by test."""
    return SessionLog()


@pytest.fixture(autouse=True)
def logged(live: LiveBot, log: SessionLog, request: pytest.FixtureRequest) -> Iterator[None]:
    """Keeps what was sent during the test under its name."""
    yield
    log.add(request.node.name, live.slack.requests)


def menu(shown: Message | View | None, setting: str) -> list[str]:
    """What is chosen in a menu of the settings' panel."""
    assert shown
    _, element = find_element(shown, action_id(shown, "set", setting))
    value = initial_value(element)
    options = value.get("selected_options") or [value.get("selected_option")]
    return [str(one["text"]["text"]) for one in options if one] or list(value.get("selected_users") or ())


# Connection


async def test_it_connects_with_the_manifests_scopes_and_asks_who_it_is_once(live: LiveBot) -> None:
    slack = live.slack
    assert len(slack.requests.of("auth.test")) == 1
    assert len(slack.requests.of("apps.connections.open")) == 1
    assert live.app.team == slack.team.id
    assert live.app.bot == slack.bot.id


async def test_an_administrator_lets_people_ask_more_often(live: LiveBot) -> None:
    slack = live.slack
    panel = await live.command(slack.admin, slack.general, "/newsdesk", "settings")
    assert panel.message
    assert panel.message.viewer_id == slack.admin.id
    assert panel.text.startswith("Settings of this workspace")
    assert menu(panel.message, "person_limit") == ["10 a minute"]
    for setting in ("person_limit", "channel_limit"):
        chosen = await live.choose(slack.admin, panel.message, setting, "120")
        assert menu(chosen.message, setting) == ["120 a minute"]
    preferences = live.service.settings.preferences(live.venue(slack.general))
    assert (preferences.person_limit, preferences.channel_limit) == (120, 120)


# Asking


async def test_a_question_is_answered_for_everybody_with_quotes_and_buttons(live: LiveBot) -> None:
    slack = live.slack
    asked = await live.ask(slack.ann, slack.general)
    assert asked.acked_after is not None
    assert asked.acked_after < 3
    assert asked.ack is None
    assert asked.message
    assert not asked.message.ephemeral
    assert asked.message.thread_ts is None
    assert asked.message.text.startswith(PASSING)
    assert asked.text.startswith(f"{PASSING}\n")
    assert "What South Korea and Japan agreed in Nara" in asked.text
    assert bold_of(asked.message)[0].startswith("The two governments agreed to pursue DNA analysis")
    assert "Newsdesk sample · Newsdesk ·\n15 January 2026 (15 January 2026)" in asked.text
    assert "Confidence 9" in asked.text  # ninety and more per cent
    assert acts_of(asked.message) == PUBLIC_BUTTONS


async def test_a_private_answer_is_seen_by_its_asker_alone(live: LiveBot) -> None:
    slack = live.slack
    asked = await live.ask(slack.ann, slack.general, f"{PASSING} private:yes")
    assert asked.message
    assert asked.message.viewer_id == slack.ann.id
    assert asked.text.startswith(f"{PASSING}\n")
    assert acts_of(asked.message) == PRIVATE_BUTTONS
    with pytest.raises(NotPossible, match="does not see"):
        await live.press(slack.kim, asked.message, "more")


@pytest.mark.parametrize(
    "options",
    [
        "source:newsdesk-sample since:January-2026 until:2026-01-18 collection:news",
        'source:"Newsdesk sample" since:"January 2026" until:2026-01-18',
        "source:“newsdesk SAMPLE” since:2026-01 until:2026-01-18",
    ],
    ids=["hyphens", "quotes", "typographic"],
)
async def test_a_question_with_every_option(live: LiveBot, options: str) -> None:
    slack = live.slack
    asked = await live.ask(slack.ann, slack.general, f"{options} private:yes {PASSING}")
    assert "Only from Newsdesk sample, since 1 January 2026, until 18 January 2026." in asked.text
    assert acts_of(asked.message)[:4] == ["widen"] * 4
    assert bold_of(asked.message)


async def test_a_form_offers_sources_while_they_are_typed_and_days_to_pick(live: LiveBot) -> None:
    slack = live.slack
    opened = await live.ask(slack.ann, slack.general, "")
    form = opened.view
    assert form
    assert form.title == "Ask the news"
    assert (await (await slack.suggest(slack.ann, form, "source", "zzz")).settled()).options == []
    offered = await (await slack.suggest(slack.ann, form, "source", "NEWS")).settled()
    assert [one["value"] for one in offered.options] == ["Newsdesk sample"]
    values = {
        "question": PASSING,
        "source": "Newsdesk sample",
        "since": "2026-01-14",
        "until": "2026-01-18",
        "private": ["yes"],
    }
    sent = await live.submit(slack.ann, form, values)
    assert sent.viewer_id == slack.ann.id
    assert "Only from Newsdesk sample, since 14 January 2026, until 18 January 2026." in text_of(sent)


@pytest.mark.parametrize(
    ("person", "title"), [("kim", "뉴스에 묻기"), ("sato", "ニュースに質問する")], ids=["Korean", "Japanese"]
)
async def test_the_form_is_in_the_language_of_its_reader(live: LiveBot, person: str, title: str) -> None:
    slack = live.slack
    opened = await live.ask(getattr(slack, person), slack.general, "since:2026-01")
    assert opened.view
    assert opened.view.title == title
    await slack.close(getattr(slack, person), opened.view)


async def test_the_form_opens_from_the_global_shortcut_and_answers_directly(live: LiveBot) -> None:
    slack = live.slack
    opened = await (await slack.global_shortcut(slack.ann, "ask_news")).settled()
    sent = await live.submit(slack.ann, opened.view, {"question": PASSING, "private": ["yes"]})
    assert sent.channel_id == slack.world.dm(slack.ann).id
    assert bold_of(sent)


async def test_each_filter_can_be_taken_away(live: LiveBot) -> None:
    slack = live.slack
    narrow = f"{PASSING} source:newsdesk-sample since:2026-01-14 until:2026-01-17"
    asked = await live.ask(slack.ann, slack.general, narrow)
    wide = await live.press(slack.ann, asked.message, "widen", "since")
    assert "since" not in wide.text
    assert "until 17 January 2026" in wide.text
    wider = await live.press(slack.ann, wide.message, "widen", "until")
    assert "Only from Newsdesk sample." in wider.text
    widest = await live.press(slack.ann, wider.message, "widen", "sources")
    assert "Only" not in widest.text
    assert widest.message
    assert asked.message
    assert widest.message.ts == asked.message.ts
    again = await live.ask(slack.ann, slack.general, f"{narrow} private:yes")
    without = await live.press(slack.ann, again.message, "widen", "filters")
    assert "Only" not in without.text
    assert without.message
    assert without.message.viewer_id == slack.ann.id


async def test_what_was_read_out_of_a_question_is_shown_and_taken_back(live: LiveBot) -> None:
    slack = live.slack
    asked = await live.ask(slack.ann, slack.general, READ)
    assert "Read as: only 16 January 2026" in asked.text
    without = await live.press(slack.ann, asked.message, "widen", "read")
    assert "Read as" not in without.text
    assert without.message
    assert asked.message
    assert without.message.ts == asked.message.ts


async def test_somebody_else_who_takes_a_filter_away_gets_an_answer_of_their_own(live: LiveBot) -> None:
    slack = live.slack
    asked = await live.ask(slack.ann, slack.general, f"{PASSING} since:2026-01-14")
    before = asked.text
    other = await live.press(slack.kim, asked.message, "widen", "since")
    assert asked.text == before
    assert other.messages == []
    assert other.message
    assert other.message.viewer_id == slack.kim.id
    assert "share" in acts_of(other.message)


async def test_where_there_is_no_answer_it_says_what_was_searched_and_offers_a_way_on(live: LiveBot) -> None:
    slack = live.slack
    asked = await live.ask(slack.ann, slack.general, f"{FOREIGN} since:2026-01-16 private:yes")
    assert "No answer in the corpus." in asked.text
    assert "(since 16 January 2026), the newest from 20 January 2026. Try wider dates." in asked.text
    assert "The nearest passages, which may not answer" in asked.text
    wide = await live.press(slack.ann, asked.message, "widen", "since")
    assert "Searched 16 articles, the newest from 20 January 2026." in wide.text


async def test_a_mention_is_answered_in_a_thread(live: LiveBot) -> None:
    slack = live.slack
    said = await live.say(slack.ann, slack.general, f"{slack.mention()} {PASSING}")
    assert said.said
    (answer,) = said.messages
    assert answer.thread_ts == said.said.ts
    assert not answer.broadcast
    assert not said.text.startswith(PASSING)  # it stands right above
    assert bold_of(answer)
    assert acts_of(answer) == PUBLIC_BUTTONS


async def test_a_mention_without_a_question_gets_help(live: LiveBot) -> None:
    slack = live.slack
    said = await live.say(slack.ann, slack.general, slack.mention())
    assert "exact words of news articles" in said.text
    assert "/corpus" not in said.text


async def test_in_the_thread_of_an_answer_questions_need_no_mention_and_talk_is_left_alone(
    live: LiveBot,
) -> None:
    slack = live.slack
    asked = await live.ask(slack.ann, slack.general)
    assert asked.message
    thread = asked.message.ts
    followed = await live.say(slack.editor, slack.general, FURTHER, thread_ts=thread)
    (answer,) = followed.messages
    assert answer.thread_ts == thread
    assert "understood together with the question before" in followed.text
    assert "183" in followed.text
    for aside in ("I see.", f"{slack.mention(slack.sato)} did you know that?", "Interesting, thanks Ann"):
        await live.say_unheard(slack.kim, slack.general, aside, thread_ts=thread)
    more = await live.press(slack.sato, answer, "more")
    assert more.message
    assert more.message.thread_ts == thread  # where it was pressed, not in the channel


async def test_talk_outside_its_threads_is_left_alone(live: LiveBot) -> None:
    slack = live.slack
    said = await slack.say(slack.ann, slack.general, "Shall we have lunch?")
    assert said.said
    await live.say_unheard(slack.kim, slack.general, "Who is coming?", thread_ts=said.said.ts)
    await live.say_unheard(slack.kim, slack.general, f"{slack.mention(slack.ann)} where are you?")


async def test_a_mention_in_peoples_thread_makes_it_one_of_the_bots(live: LiveBot) -> None:
    slack = live.slack
    said = await slack.say(slack.ann, slack.random, "About that mine …")
    assert said.said
    asked = await live.say(slack.kim, slack.random, f"{slack.mention()} {PASSING}", thread_ts=said.said.ts)
    assert asked.message
    assert asked.message.thread_ts == said.said.ts
    assert "183" in (await live.say(slack.ann, slack.random, FURTHER, thread_ts=said.said.ts)).text


async def test_a_direct_message_is_answered_and_followed_up(live: LiveBot) -> None:
    slack = live.slack
    room = slack.world.dm(slack.ann)
    first = await live.say(slack.ann, room, PASSING)
    assert first.message
    assert first.message.thread_ts is None
    assert bold_of(first.message)
    assert "183" in (await live.say(slack.ann, room, FURTHER)).text
    threaded = await live.say(slack.ann, room, FURTHER, thread_ts=first.message.ts)
    assert threaded.message
    assert threaded.message.thread_ts == first.message.ts
    assert "183" in threaded.text
    assert bold_of((await live.ask(slack.ann, room)).message)


async def test_the_language_is_the_readers(live: LiveBot) -> None:
    slack = live.slack
    for user, words in ((slack.kim, "신뢰도"), (slack.sato, "信頼度")):
        assert words in (await live.ask(user, slack.general)).text
    korean = await live.say(slack.ann, slack.general, f"{slack.mention()} 나라에서 무엇을 합의했나요?")
    assert "No answer" not in korean.text
    assert "Confidence" not in korean.text


async def test_the_assistants_pane_has_prompts_a_status_and_a_title(live: LiveBot) -> None:
    slack = live.slack
    opened = await (await slack.open_assistant(slack.ann, context=slack.general)).settled()
    await slack.until(lambda: opened.pane and opened.pane.prompts)
    assert opened.pane
    assert "exact words of news articles" in opened.text
    assert opened.pane.prompts_title == "The latest"
    assert len(opened.pane.prompts) == 4
    room = slack.world.dm(slack.ann)
    asked = await live.say(slack.ann, room, PASSING, thread_ts=opened.thread_ts)
    assert asked.message
    assert asked.message.thread_ts == opened.thread_ts
    assert asked.pane
    assert asked.pane.statuses[0] == "Working …"
    assert asked.pane.status == ""  # an answer takes it away
    assert asked.pane.title.startswith("What did Lee and Takaichi agree")
    assert "183" in (await live.say(slack.ann, room, FURTHER, thread_ts=opened.thread_ts)).text
    prompt = opened.pane.prompts[0]["message"]
    assert (await live.say(slack.ann, room, prompt, thread_ts=opened.thread_ts)).message
    looked = await slack.change_context(slack.ann, opened.thread_ts or "", slack.random)
    await looked.acknowledged()


async def test_somebodys_message_is_checked_against_the_news(live: LiveBot) -> None:
    slack = live.slack
    claim = "They say the Chosei mine flood killed 183 people in 1942."
    said = await slack.say(slack.kim, slack.general, claim)
    checked = await live.check(slack.ann, said.said)
    assert checked.message
    assert checked.message.viewer_id == slack.ann.id
    assert checked.text.startswith("Checked against the news\nThey say the Chosei mine flood")
    assert "The flood killed 183 people." in bold_of(checked.message)
    assert said.messages == []


# Looking around


async def test_the_latest_articles(live: LiveBot) -> None:
    slack = live.slack
    latest = await live.command(slack.ann, slack.general, "/latest")
    assert latest.text.startswith("The latest\n")
    assert latest.text.count("Newsdesk sample · Newsdesk ·") == 5
    about = await live.command(slack.ann, slack.general, "/latest", "the Chosei coal mine")
    assert about.text.startswith("The latest about the Chosei coal mine\n")
    assert "The Chosei undersea coal mine and the flood of 1942" in about.text


async def test_the_sources(live: LiveBot) -> None:
    slack = live.slack
    sources = await live.command(slack.ann, slack.general, "/sources")
    assert sources.text == "Sources\nNewsdesk sample · 16 articles, the newest from 20 January 2026"
    assert sources.message
    assert sources.message.viewer_id == slack.ann.id


async def test_help_names_administering_only_to_those_who_may(live: LiveBot) -> None:
    slack = live.slack
    assert "/corpus" not in (await live.command(slack.ann, slack.general, "/newsdesk")).text
    assert "/corpus" in (await live.command(slack.admin, slack.general, "/newsdesk", "help")).text


# Under an answer


async def test_more_context_and_why(live: LiveBot) -> None:
    slack = live.slack
    asked = await live.ask(slack.ann, slack.general)
    more = await live.press(slack.kim, asked.message, "more")
    assert more.message
    assert more.message.viewer_id == slack.kim.id
    assert "\n4 · " in more.text
    assert "\n1 · " not in more.text
    context = await live.press(slack.ann, asked.message, "context")
    assert context.text.startswith("Around quote 1")
    assert acts_of(context.message) == ["around"] * 3
    third = await live.press(slack.ann, context.message, "around", "3")
    assert third.text.startswith("Around quote 3")
    assert third.message
    assert context.message
    assert third.message.ts == context.message.ts
    why = await live.press(slack.ann, asked.message, "why")
    assert "similarity in meaning" in why.text


async def test_an_article_without_an_address_is_read_here(live: LiveBot) -> None:
    slack = live.slack
    asked = await live.ask(slack.ann, slack.general)
    read = await live.press(slack.kim, asked.message, "read", "1-1")
    assert read.message
    assert read.message.viewer_id == slack.kim.id
    assert read.text.startswith("What South Korea and Japan agreed in Nara\n")


async def test_votes_are_private_and_no_needs_a_reason(live: LiveBot) -> None:
    slack = live.slack
    asked = await live.ask(slack.ann, slack.general)
    up = await live.press(slack.kim, asked.message, "up")
    assert up.message
    assert up.message.viewer_id == slack.kim.id
    down = await live.press(slack.ann, asked.message, "down")
    with pytest.raises(NotPossible, match="must be filled in"):
        await slack.submit(slack.ann, down.view, {"words": "Bad"})
    sent = await live.submit(slack.ann, down.view, {"kind": "old", "words": "Last year's news"})
    assert sent.viewer_id == slack.ann.id
    record = await live.record(asked.message)
    votes = {vote.person: vote for vote in live.service.chat_store.votes.of(record.id)}
    assert votes[slack.kim.id].helpful
    assert votes[slack.ann.id].reason == "old: Last year's news"


async def test_an_answer_is_dismissed_by_its_asker_or_an_administrator_alone(live: LiveBot) -> None:
    slack = live.slack
    for who in (slack.ann, slack.admin):
        asked = await live.ask(slack.ann, slack.general)
        refused = await live.press(slack.editor, asked.message, "dismiss")
        assert "Only the person who asked, or a moderator" in refused.text
        assert refused.message
        assert refused.message.viewer_id == slack.editor.id
        await live.dismiss(who, asked.message)
        assert asked.message is None


# Where the bot is not, or may not write


async def test_a_command_is_answered_in_a_channel_that_the_bot_has_not_joined(live: LiveBot) -> None:
    slack = live.slack
    asked = await live.ask(slack.ann, slack.outside)
    assert asked.message
    assert asked.message.source == "chat.postMessage"
    assert bold_of(asked.message)


async def test_a_command_is_answered_where_the_bot_may_not_write(live: LiveBot) -> None:
    slack = live.slack
    asked = await live.ask(slack.ann, slack.sealed)
    assert asked.message
    assert asked.message.source == "response_url"
    assert not asked.message.ephemeral
    assert "\n4 · " in (await live.press(slack.ann, asked.message, "more")).text


async def test_who_mentions_it_where_it_may_not_write_is_told_directly(live: LiveBot) -> None:
    slack = live.slack
    said = await live.say(slack.ann, slack.sealed, f"{slack.mention()} {PASSING}")
    assert said.message
    assert said.message.channel_id == slack.world.dm(slack.ann).id
    assert "I am not allowed to write in the channel where you asked" in said.text


async def test_a_private_channel_is_like_any_other(live: LiveBot) -> None:
    slack = live.slack
    said = await live.say(slack.owner, slack.cabinet, f"{slack.mention()} {PASSING}")
    assert said.said
    followed = await live.say(slack.admin, slack.cabinet, FURTHER, thread_ts=said.said.ts)
    assert "183" in followed.text
    panel = await live.command(slack.owner, slack.cabinet, "/newsdesk", "settings channel")
    assert panel.text.startswith("Settings of this channel\n")


async def test_people_of_another_workspace_ask_in_a_shared_channel_and_administer_nothing(
    live: LiveBot,
) -> None:
    slack = live.slack
    said = await live.say(slack.stranger, slack.shared, f"{slack.mention()} {PASSING}")
    assert bold_of(said.message)
    asked = await live.ask(slack.stranger, slack.shared)
    assert bold_of(asked.message)
    other = await live.ask(slack.ann, slack.shared)
    refused = await live.press(slack.stranger, other.message, "dismiss")
    assert "Only the person who asked, or a moderator" in refused.text
    for name, text in (("/corpus", "status"), ("/corpus", "reload"), ("/newsdesk", "settings")):
        refused = await live.command(slack.stranger, slack.shared, name, text)
        assert "Only admins and owners" in refused.text
    acts = await live.acts()
    assert [act.result for act in acts[:3]] == ["refused"] * 3
    assert {act.person for act in acts[:3]} == {slack.stranger.id}


# Administering


async def test_the_status(live: LiveBot) -> None:
    slack = live.slack
    status = await live.command(slack.admin, slack.general, "/corpus", "status")
    assert "news: 16 articles, the newest from 20 January 2026" in status.text
    assert status.message
    assert status.message.viewer_id == slack.admin.id


async def test_what_corpus_takes_is_said_where_it_was_not_understood(live: LiveBot) -> None:
    slack = live.slack
    for text in ("", "help", "add", "remove", "restore"):
        usage = await live.command(slack.admin, slack.general, "/corpus", text)
        assert usage.text.startswith("Write /corpus status, reload, rollback")


async def test_a_file_is_added_and_its_bad_lines_come_back_as_a_file(live: LiveBot) -> None:
    slack = live.slack
    file = upload("gazette.jsonl", LIGHTHOUSE, FERRY, HISTORY, '{"id": "nothing"}', "not JSON")
    words = await added(live, file)
    assert "news: 3 new, 0 changed, 0 removed, 16 unchanged" in words
    assert "2 problems, in the attached file" in words
    (attached,) = [one for one in slack.world.files.values() if one.name == "problems.txt"]
    lines = slack.world.contents[attached.id].decode().splitlines()
    assert len(lines) == 2
    assert all("gazette.jsonl" in line for line in lines)
    assert attached.shared_in == (slack.world.dm(slack.admin).id,)
    asked = await live.ask(slack.ann, slack.general, LIGHTHOUSE_QUESTION)
    assert "was switched on again on 3 March 2026" in asked.text
    assert links_of(asked.message)[0].startswith("https://gazette.example/2026/lighthouse#:~:text=")
    opened = await slack.click(slack.ann, asked.message, f"1 · {'gazette.example'}")
    await opened.acknowledged()


async def test_a_workspace_has_a_collection_of_its_own(live: LiveBot) -> None:
    slack = live.slack
    words = await added(live, upload("regatta.jsonl", REGATTA), words="The boats, in:port please")
    assert "port: 1 new, 0 changed, 0 removed, 0 unchanged" in words
    assert "Sixty boats" in (await live.ask(slack.ann, slack.general, REGATTA_QUESTION)).text
    narrowed = await live.ask(slack.ann, slack.general, f"{REGATTA_QUESTION} collection:news")
    assert "Sixty boats" not in narrowed.text
    planned = await live.command(slack.admin, slack.world.dm(slack.admin), "/corpus", "reload")
    assert "port: 0 new, 0 changed, 0 removed, 1 unchanged" in planned.text


async def test_a_message_has_to_have_one_file(live: LiveBot) -> None:
    slack = live.slack
    said = await slack.say(slack.admin, slack.general, "No file here.")
    assert said.said
    taken = await live.done(await slack.shortcut(slack.admin, "add_file", said.said))
    assert taken.text == "The message must have exactly one file."
    two = await added(live, upload("a.jsonl", REGATTA), upload("b.jsonl", REGATTA))
    assert two == "The message must have exactly one file."


async def test_an_article_page_by_page(live: LiveBot) -> None:
    slack = live.slack
    first = await live.command(slack.ann, slack.general, "/article", "the QUAYS of")
    assert first.text.startswith("The quays of Port Ellery, year by year\n")
    assert "Page 1 of " in first.text
    assert acts_of(first.message) == ["page"]
    second = await live.press(slack.ann, first.message, "page")
    assert "Page 2 of " in second.text
    back = await live.press(slack.ann, second.message, "page", "1")
    assert "Page 1 of " in back.text
    nothing = await live.command(slack.ann, slack.general, "/article", "no such thing")
    assert nothing.text == "There is no article “no such thing” here."


async def test_an_address_on_this_machine_is_refused(live: LiveBot) -> None:
    slack = live.slack
    refused = await live.command(slack.admin, slack.general, "/corpus", "add http://127.0.0.1/news.html")
    assert "127.0.0.1" in refused.text
    assert "could not be done" in refused.text
    assert (await live.acts())[0].result.startswith("failed: ")


async def test_a_reload_is_shown_first_then_confirmed_with_progress_and_outcome(
    live: LiveBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    slack = live.slack
    quick = replace(live.app.dispatcher.profile, progress_every=0.05)
    monkeypatch.setattr(live.app.dispatcher, "profile", quick)
    assert "1 new" in await added(live, upload("log.jsonl", *many(1)))
    (kept,) = (live.home / "uploads" / "news").glob("log.jsonl")
    kept.write_bytes(upload("log.jsonl", *many(15, dispatcher=150)).content)
    asked = await live.command(slack.admin, slack.general, "/corpus", "reload")
    assert text_of(asked.ephemerals[0]) == "You can follow the progress in our direct messages."
    (planned,) = asked.messages
    assert planned.channel_id == slack.world.dm(slack.admin).id
    words = text_of(planned)
    assert words.startswith("What a reload would change\n")
    assert "news: 14 new, 1 changed, 0 removed, 19 unchanged" in words
    assert "new: Harbour log 1" in words
    assert acts_of(planned) == ["reload", "cancel"]
    before = len(slack.requests.of("chat.update"))
    reloading = await slack.click(slack.admin, planned, action_id(planned, "reload"))
    meanwhile = await live.ask(slack.ann, slack.general)
    assert bold_of(meanwhile.message)  # no question fails while it is reloaded
    await slack.until(lambda: reloading.text.startswith("Done\n"), 60)
    assert "14 new" in reloading.text
    assert reloading.message
    assert reloading.message.ts == planned.ts
    updates = slack.requests.of("chat.update")[before:]
    assert any("Embedding: " in text_of(one.arguments["blocks"]) for one in updates)
    gaps = [later.at - earlier.at for earlier, later in pairwise(updates[:-1])]  # the last is the outcome
    assert all(gap >= 0.05 for gap in gaps)
    await live.idle()
    assert (await live.acts())[0].act == "reload"


async def test_a_reload_can_be_called_off(live: LiveBot) -> None:
    slack = live.slack
    room = slack.world.dm(slack.admin)
    planned = await live.command(slack.admin, room, "/corpus", "reload")
    assert "Nothing would change." in planned.text
    called_off = await live.press(slack.admin, planned.message, "cancel")
    assert called_off.text == "Nothing was changed."


async def test_a_source_and_an_article_are_removed_and_the_article_is_restored(live: LiveBot) -> None:
    slack = live.slack
    gone = await live.command(slack.admin, slack.general, "/corpus", "remove log.jsonl")
    assert "15 removed" in gone.text
    removed = await live.command(slack.admin, slack.general, "/corpus", "remove lighthouse in:news")
    assert "1 removed" in removed.text
    asked = await live.ask(slack.ann, slack.general, LIGHTHOUSE_QUESTION)
    assert "3 March 2026" not in asked.text
    back = await live.command(slack.admin, slack.general, "/corpus", "restore lighthouse")
    assert "1 new" in back.text
    asked = await live.ask(slack.ann, slack.general, LIGHTHOUSE_QUESTION)
    assert "3 March 2026" in asked.text


async def test_the_corpus_goes_back_to_what_it_was(live: LiveBot) -> None:
    slack = live.slack
    back = await live.command(slack.admin, slack.general, "/corpus", "rollback")
    assert back.text.startswith("news is served from generation ")
    room = slack.world.dm(slack.admin)
    planned = await live.command(slack.admin, room, "/corpus", "reload")
    done = await live.press(slack.admin, planned.message, "reload")
    await slack.until(lambda: done.text.startswith("Done"), 60)
    await live.idle()


async def test_the_history_and_the_audit_log(live: LiveBot) -> None:
    slack = live.slack
    history = await live.command(slack.admin, slack.general, "/corpus", "history")
    assert "reload news" in history.text
    assert "rollback news" in history.text
    audit = await live.command(slack.admin, slack.general, "/corpus", "audit")
    assert f"ada.admin ({slack.admin.id}): rollback collection news → done" in audit.text


# Settings


async def choose(
    live: LiveBot, setting: str, chosen: Chosen | Sequence[Chosen], *, channel: bool = False
) -> Message:
    """What an administrator chooses, in a panel of its own; the panel after it."""
    slack = live.slack
    panel = await live.command(
        slack.admin, slack.general, "/newsdesk", "settings channel" if channel else "settings"
    )
    message = (await live.choose(slack.admin, panel.message, setting, chosen)).message
    assert message
    return message


async def test_a_workspace_chooses_how_many_quotes_an_answer_has(live: LiveBot) -> None:
    slack = live.slack
    assert menu(await choose(live, "passages", "1"), "passages") == ["1 quote"]
    asked = await live.ask(slack.ann, slack.general)
    assert "\n1 · " in asked.text
    assert "\n2 · " not in asked.text
    panel = await choose(live, "passages", "-", channel=True)
    assert menu(panel, "passages") == ["the same as for the workspace"]
    assert text_of(panel).startswith("Settings of #general\n")
    await choose(live, "passages", "2", channel=True)
    assert "\n2 · " in (await live.ask(slack.ann, slack.general)).text
    assert "\n2 · " not in (await live.ask(slack.ann, slack.random)).text


async def test_a_workspace_chooses_what_is_searched(live: LiveBot) -> None:
    slack = live.slack
    await choose(live, "collections", ["news"])
    assert "Sixty boats" not in (await live.ask(slack.ann, slack.general, REGATTA_QUESTION)).text
    await choose(live, "collections", [])
    assert "Sixty boats" in (await live.ask(slack.ann, slack.general, REGATTA_QUESTION)).text
    await choose(live, "sources", ["Harbour Gazette"])
    form = (await live.ask(slack.ann, slack.general, "")).view
    offered = await (await slack.suggest(slack.ann, form, "source", "")).settled()
    assert [one["value"] for one in offered.options] == ["Harbour Gazette"]
    asked = await live.ask(slack.ann, slack.general)
    assert "Nara" not in asked.text
    assert "widen" not in acts_of(asked.message)  # it is no choice of the reader's
    sources = await live.command(slack.ann, slack.general, "/sources")
    assert "Harbour Gazette · 3 articles" in sources.text
    assert "3 March" in (await live.ask(slack.ann, slack.general, LIGHTHOUSE_QUESTION)).text
    await choose(live, "sources", [])
    assert "Nara" in (await live.ask(slack.ann, slack.general)).text


async def test_a_workspace_chooses_the_language_of_the_bots_words(live: LiveBot) -> None:
    slack = live.slack

    async def said(user: User) -> str:
        return (await live.ask(user, slack.general)).text

    korean, japanese = await said(slack.kim), await said(slack.sato)
    await choose(live, "language", "en")
    for user in (slack.kim, slack.sato):
        assert "Confidence" in await said(user)
    await choose(live, "language", "ko")
    assert await said(slack.ann) == korean
    await choose(live, "language", "ja")
    assert await said(slack.ann) == japanese
    await choose(live, "language", "auto")
    assert "Confidence" in await said(slack.ann)


async def test_a_workspace_answers_in_private_unless_asked_otherwise(live: LiveBot) -> None:
    slack = live.slack

    async def is_private(options: str = "") -> bool:
        message = (await live.ask(slack.ann, slack.general, f"{PASSING} {options}")).message
        assert message
        return message.ephemeral

    await choose(live, "private", "yes")
    assert await is_private()
    assert not await is_private("private:no")
    latest = await live.command(slack.ann, slack.general, "/latest")
    assert latest.message
    assert latest.message.ephemeral
    await choose(live, "private", "no", channel=True)
    assert not await is_private()
    await choose(live, "private", "-", channel=True)
    assert await is_private()
    await choose(live, "private", "no")
    assert not await is_private()


async def test_a_person_and_a_group_may_administer_once_they_are_chosen(live: LiveBot) -> None:
    slack = live.slack

    async def may(user: User) -> bool:
        words = (await live.command(user, slack.general, "/corpus", "status")).text
        assert "The corpus" in words or "Only admins and owners" in words
        return "The corpus" in words

    assert not await may(slack.editor)
    assert (await live.acts())[0].result == "refused"
    panel = (await live.command(slack.admin, slack.general, "/newsdesk", "settings")).message
    groups = action_id(panel, "set", "admin_groups")
    offered = await (await slack.suggest(slack.admin, panel, groups, "edit")).settled()
    assert [one["text"]["text"] for one in offered.options] == ["@editors"]
    await live.choose(slack.admin, panel, "admin_groups", [slack.editors.id])
    assert await may(slack.editor)
    assert not await may(slack.ann)
    chosen = (await live.choose(slack.admin, panel, "admin_roles", [slack.ann])).message
    assert menu(chosen, "admin_roles") == [slack.ann.id]
    assert menu(chosen, "admin_groups") == ["@editors"]
    assert await may(slack.ann)
    assert await may(slack.editor)
    await live.choose(slack.admin, panel, "admin_groups", [])
    assert await may(slack.ann)
    assert not await may(slack.editor)
    await live.choose(slack.admin, panel, "admin_roles", [])
    assert not await may(slack.ann)


async def test_a_limit_says_how_long_to_wait(live: LiveBot) -> None:
    slack = live.slack
    await choose(live, "person_limit", "1", channel=True)
    await live.ask(slack.sato, slack.general)
    waiting = await live.ask(slack.sato, slack.general)
    assert re.search(r"5\d|60", waiting.text)
    await choose(live, "person_limit", "-", channel=True)
    await choose(live, "channel_limit", "1", channel=True)
    assert "Please wait" in (await live.ask(slack.ann, slack.general)).text
    await choose(live, "channel_limit", "-", channel=True)
    assert bold_of((await live.ask(slack.sato, slack.general)).message)


async def test_a_channel_chooses_where_it_is_answered(live: LiveBot) -> None:
    slack = live.slack
    mention = f"{slack.mention()} {PASSING}"
    await choose(live, "answers", "nowhere", channel=True)
    off = await live.ask(slack.ann, slack.general)
    assert off.text == "Answers are switched off in this channel."
    await live.say_unheard(slack.ann, slack.general, mention)
    await choose(live, "answers", "commands", channel=True)
    assert bold_of((await live.ask(slack.ann, slack.general)).message)
    said = await live.say(slack.ann, slack.general, mention)
    assert said.text == "I answer only commands here: use /ask."
    await choose(live, "answers", "mentions", channel=True)
    assert bold_of((await live.say(slack.ann, slack.general, mention)).message)
    await live.say_unheard(slack.ann, slack.general, PASSING)  # off until it is switched on
    await choose(live, "answers", "everything", channel=True)
    every = await live.say(slack.ann, slack.general, PASSING)
    assert every.said
    (answer,) = every.messages
    assert answer.thread_ts == every.said.ts
    await live.say_unheard(slack.ann, slack.general, "Good morning everybody.")
    await live.say_unheard(slack.kim, slack.general, f"{slack.mention(slack.ann)} where are you?")
    await choose(live, "answers", "-", channel=True)
    preferences = live.service.settings.preferences(live.venue(slack.general))
    assert preferences.answers is Answers.MENTIONS


async def test_settings_go_back_to_what_they_were(live: LiveBot) -> None:
    slack = live.slack
    channel = await live.command(slack.admin, slack.general, "/newsdesk", "settings channel")
    done = await live.press(slack.admin, channel.message, "reset")
    assert menu(done.message, "passages") == ["the same as for the workspace"]
    whole = await live.command(slack.admin, slack.general, "/newsdesk", "settings")
    done = await live.press(slack.admin, whole.message, "reset")
    assert menu(done.message, "passages") == ["3 quotes"]
    for setting in ("person_limit", "channel_limit"):
        await live.choose(slack.admin, done.message, setting, "120")


# App Home


async def test_home_shows_what_is_searched_and_what_one_asked_and_no_settings_to_most(live: LiveBot) -> None:
    slack = live.slack
    await live.ask(slack.kim, slack.random, f"{LIGHTHOUSE_QUESTION} private:yes")
    opened = await (await slack.open_home(slack.ann)).settled()
    assert opened.view
    words = text_of(opened.view.blocks)
    assert "20 articles, the newest from 4 March 2026" in words
    assert "Newsdesk sample, Harbour Gazette, Skarvik Post" in words
    assert PASSING in words
    assert LIGHTHOUSE_QUESTION not in words  # another's
    assert acts_of(opened.view) == []
    told = await slack.open_home(slack.ann, tab="messages")
    await told.acknowledged()


async def test_an_administrator_changes_settings_in_home(live: LiveBot) -> None:
    slack = live.slack
    home = (await (await slack.open_home(slack.admin)).settled()).view
    assert "Settings of this workspace" in text_of(home.blocks if home else [])
    changed = await live.choose(slack.admin, home, "passages", "5")
    assert menu(changed.view, "passages") == ["5 quotes"]
    assert "\n5 · " in (await live.ask(slack.ann, slack.general)).text
    offered = await slack.suggest(
        slack.admin, changed.view, action_id(changed.view, "set", "admin_groups"), ""
    )
    assert len((await offered.settled()).options) == 1
    grouped = await live.choose(slack.admin, changed.view, "admin_groups", [slack.editors.id])
    assert menu(grouped.view, "admin_groups") == ["@editors"]
    reset = await live.press(slack.admin, grouped.view, "reset")
    assert menu(reset.view, "passages") == ["3 quotes"]
    assert menu(reset.view, "admin_groups") == []
    for setting in ("person_limit", "channel_limit"):
        await live.choose(slack.admin, reset.view, setting, "120")


async def test_who_lost_the_right_is_told_so_when_using_settings_in_home(live: LiveBot) -> None:
    slack = live.slack
    home = (await (await slack.open_home(slack.owner)).settled()).view
    slack.world.users[slack.owner.id] = replace(slack.owner, owner=False, admin=False)
    live.app.requests.directory._users.clear()  # a minute passes
    refused = await live.choose(slack.owner, home, "passages", "1")
    assert refused.message
    assert refused.message.channel_id == slack.world.dm(slack.owner).id
    assert "Only admins and owners" in refused.text
    slack.world.users[slack.owner.id] = slack.owner
    live.app.requests.directory._users.clear()


# After a restart


async def test_it_comes_back_with_all_that_it_was_told(live: LiveBot) -> None:
    slack = live.slack
    asked = await live.ask(slack.ann, slack.random)
    await live.restart()
    assert asked.message
    followed = await live.say(slack.kim, slack.random, FURTHER, thread_ts=asked.message.ts)
    assert "183" in followed.text
    assert live.service.settings.preferences(live.venue(slack.random)).person_limit == 120


async def test_a_private_answer_is_shared_and_followed_up(live: LiveBot) -> None:
    slack = live.slack
    asked = await live.ask(slack.ann, slack.general, f"{FERRY_QUESTION} private:yes")
    assert asked.message
    assert asked.message.ephemeral
    shared = await live.press(slack.ann, asked.message, "share")
    (message,) = shared.messages
    assert not message.ephemeral
    assert text_of(message).startswith("Shared by ann\n")
    assert "10 February 2026" in text_of(message)
    assert "dismiss" in acts_of(message)
    followed = await live.say(
        slack.editor, slack.general, "And how many passengers were on board?", thread_ts=message.ts
    )
    assert "understood together with the question before" in followed.text
    assert "40 passengers" in followed.text


async def test_the_written_session_is_this_one(live: LiveBot, log: SessionLog) -> None:
    live.assert_well_mannered()
    assert not live.slack.pings
    module = Path(__file__).read_text(encoding="utf-8")
    if len({name.partition("[")[0] for name in log.names}) < module.count("\nasync def test_") - 1:
        pytest.skip("only a part of the session was run")
    if WRITE_SESSION:
        SESSION.write_text(log.written(), encoding="utf-8")
    assert read_operations(SESSION.read_text(encoding="utf-8")) == log.operations()
