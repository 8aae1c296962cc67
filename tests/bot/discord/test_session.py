"""One session from login to a shared answer with a follow-up: every feature at the protocol, in this order.

What was sent is listed in docs/discord-session.txt; NEWSDESK_WRITE_SESSION=1 writes it anew.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from bot.chat.preferences import Answers
from bot.chat.venue import Audience, Venue
from tests.bot.discord.articles import (
    FERRY,
    FERRY_QUESTION,
    HISTORY,
    LIGHTHOUSE,
    LIGHTHOUSE_QUESTION,
    REGATTA,
    REGATTA_QUESTION,
    many,
    upload,
)
from tests.bot.discord.knobs import WRITE_SESSION
from tests.bot.discord.live import FOREIGN, PASSING, LiveBot, acts_of, custom_id, links_of
from tests.bot.discord.session_log import SESSION, SessionLog, read_operations
from tools.local_discord import Message, NotPossible, text_of, walk_components

pytestmark = pytest.mark.asyncio(loop_scope="module")

PUBLIC_BUTTONS = ["read", "read", "read", "more", "context", "why", "thread", "up", "down", "dismiss"]
READ = "What did articles from 16 January 2026 say about the Chosei coal mine?"
"""A question with something to be read out of it."""
PRIVATE_BUTTONS = ["read", "read", "read", "more", "context", "why", "share", "up", "down"]


@pytest.fixture(scope="module")
def log() -> SessionLog:
    """What was sent, test by test."""
    return SessionLog()


@pytest.fixture(autouse=True)
def logged(live: LiveBot, log: SessionLog, request: pytest.FixtureRequest) -> Iterator[None]:
    """Keeps what was sent during the test under its name."""
    yield
    log.add(request.node.name, live.discord.requests)


def menu(message: Message | None, setting: str) -> list[str]:
    """What is chosen in a menu of the settings' panel."""
    assert message
    name = custom_id(message, "set", setting)
    (found,) = (one for _, one in walk_components(message.components) if one.get("custom_id") == name)
    return [option["label"] for option in found["options"] if option.get("default")]


def bold(text: str) -> list[str]:
    """The lines of quotes with something in bold."""
    return [line for line in text.splitlines() if line.startswith(">") and "**" in line]


# Login


async def test_it_logs_in_with_few_intents_and_registers_its_commands_in_three_languages(
    live: LiveBot,
) -> None:
    discord = live.discord
    (identify,) = discord.sessions.identifies
    assert identify["intents"] == (1 << 0) | (1 << 9) | (1 << 12)  # guilds, messages there and direct ones
    commands = {command["name"]: command for command in discord.commands[""]}
    assert list(commands) == [
        *("ask", "latest", "sources", "article", "help"),
        *("corpus", "settings", "Check against the news"),
    ]
    for command in commands.values():
        assert set(command["description_localizations"] or ["ko", "ja"]) == {"ko", "ja"}
        assert set(command["name_localizations"]) == {"ko", "ja"}
    for name in ("corpus", "settings"):
        assert commands[name]["default_member_permissions"] == str(1 << 5)
        assert commands[name]["dm_permission"] is False
    assert len(discord.requests.of("bulk_set_application_commands")) == 1


async def test_an_administrator_lets_people_ask_more_often(live: LiveBot) -> None:
    discord = live.discord
    panel = await live.command(discord.admin, discord.general, "settings server")
    assert panel.message
    assert panel.message.ephemeral
    assert menu(panel.message, "person_limit") == ["10 a minute"]
    for setting in ("person_limit", "channel_limit"):
        chosen = await live.choose(discord.admin, panel.message, setting, ["120"])
        assert menu(chosen.message, setting) == ["120 a minute"]
    preferences = live.service.settings.preferences(Venue("discord", discord.guild.id, discord.general.id))
    assert (preferences.person_limit, preferences.channel_limit) == (120, 120)


# Asking


async def test_a_question_is_answered_for_everybody_with_quotes_and_buttons(live: LiveBot) -> None:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.general)
    assert asked.acked_after is not None
    assert asked.acked_after < 3
    assert asked.ack_type == 5
    assert asked.message
    assert asked.message.v2
    assert not asked.message.ephemeral
    assert asked.text.startswith(f"**{PASSING}**")
    assert "What South Korea and Japan agreed in Nara" in asked.text
    assert "> **The two governments agreed to pursue DNA analysis" in asked.text
    assert "-# Newsdesk sample · Newsdesk · <t:1768478400:D> (<t:1768478400:R>)" in asked.text
    assert "Confidence 9" in asked.text  # ninety and more per cent
    assert acts_of(asked.message) == PUBLIC_BUTTONS


async def test_a_private_answer_is_seen_by_its_asker_alone(live: LiveBot) -> None:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.general, private=True)
    assert asked.message
    assert asked.message.viewer_id == discord.ann.id
    assert acts_of(asked.message) == PRIVATE_BUTTONS
    with pytest.raises(NotPossible, match="does not see"):
        await live.press(discord.kim, asked.message, "more")


async def test_a_question_with_every_option(live: LiveBot) -> None:
    discord = live.discord
    asked = await live.ask(
        discord.ann,
        discord.general,
        source="Newsdesk sample",
        since="January 2026",
        until="2026-01-18",
        collection="news",
        private=True,
    )
    assert "Only from Newsdesk sample, since 1 January 2026, until 18 January 2026." in asked.text
    assert acts_of(asked.message)[:4] == ["widen"] * 4
    assert bold(asked.text)


@pytest.mark.parametrize(
    ("person", "typed", "week", "month"),
    [
        ("ann", "la", "last week", "March 2026"),
        ("kim", "지난", "지난주", "2026년 3월"),
        ("sato", "先", "先週", "2026年3月"),
    ],
    ids=["English", "Korean", "Japanese"],
)
async def test_options_are_completed_in_the_language_of_who_types(
    live: LiveBot, person: str, typed: str, week: str, month: str
) -> None:
    discord = live.discord
    user = getattr(discord, person)
    offered = await live.type(user, discord.general, "ask", "since", typed, question=PASSING)
    assert week in offered
    assert month in await live.type(user, discord.general, "ask", "until", month, question=PASSING)
    sources = await live.type(user, discord.general, "ask", "source", "news", question=PASSING)
    assert sources == ["Newsdesk sample"]
    assert await live.type(user, discord.general, "ask", "collection", "", question=PASSING) == ["news"]
    titles = await live.type(user, discord.general, "article", "article", "CHOSEI")
    assert "The Chosei undersea coal mine and the flood of 1942" in titles


async def test_each_filter_can_be_taken_away(live: LiveBot) -> None:
    discord = live.discord
    narrow = {"source": "Newsdesk sample", "since": "2026-01-14", "until": "2026-01-17"}
    asked = await live.ask(discord.ann, discord.general, **narrow)
    wide = await live.press(discord.ann, asked.message, "widen", "since")
    assert "since" not in wide.text
    assert "until 17 January 2026" in wide.text
    wider = await live.press(discord.ann, wide.message, "widen", "until")
    assert "Only from Newsdesk sample." in wider.text
    widest = await live.press(discord.ann, wider.message, "widen", "sources")
    assert "Only" not in widest.text
    assert widest.message
    assert asked.message
    assert widest.message.id == asked.message.id
    again = await live.ask(discord.ann, discord.general, **narrow)
    assert "Only" not in (await live.press(discord.ann, again.message, "widen", "filters")).text


async def test_what_was_read_out_of_a_question_is_shown_and_taken_back(live: LiveBot) -> None:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.general, READ)
    assert "Read as: only 16 January 2026" in asked.text
    without = await live.press(discord.ann, asked.message, "widen", "read")
    assert "Read as" not in without.text
    assert without.message
    assert asked.message
    assert without.message.id == asked.message.id


async def test_somebody_else_who_takes_a_filter_away_gets_an_answer_of_their_own(live: LiveBot) -> None:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.general, since="2026-01-14")
    before = asked.text
    other = await live.press(discord.kim, asked.message, "widen", "since")
    assert asked.text == before
    (aside,) = other.followups
    assert aside.viewer_id == discord.kim.id
    assert "share" in acts_of(aside)


async def test_where_there_is_no_answer_it_says_what_was_searched_and_offers_a_way_on(live: LiveBot) -> None:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.general, FOREIGN, since="2026-01-16", private=True)
    assert "### No answer in the corpus." in asked.text
    assert "(since 16 January 2026), the newest from 20 January 2026. Try wider dates." in asked.text
    assert "The nearest passages, which may not answer" in asked.text
    wide = await live.press(discord.ann, asked.message, "widen", "since")
    assert "Searched 16 articles, the newest from 20 January 2026." in wide.text


async def test_a_mention_is_answered_by_a_reply(live: LiveBot) -> None:
    discord = live.discord
    said = await live.say(discord.ann, discord.general, f"{discord.mention()} {PASSING}")
    assert said.message
    assert said.message.reply_to == said.said.id
    assert not said.text.startswith(f"**{PASSING}**")  # it stands right above
    assert bold(said.text)
    assert acts_of(said.message) == PUBLIC_BUTTONS


async def test_a_mention_without_a_question_gets_help(live: LiveBot) -> None:
    discord = live.discord
    said = await live.say(discord.ann, discord.general, discord.mention())
    assert "exact words of news articles" in said.text


async def test_a_reply_to_an_answer_is_understood_with_what_was_asked_before(live: LiveBot) -> None:
    discord = live.discord
    first = await live.say(discord.ann, discord.general, f"{discord.mention()} {PASSING}")
    then = await live.say(
        discord.kim, discord.general, "And how many people died there?", reply_to=first.message
    )
    assert then.message
    assert then.message.reply_to == then.said.id
    assert "understood together with the question before" in then.text
    assert "183" in then.text


async def test_a_direct_message_is_answered_and_followed_up(live: LiveBot) -> None:
    discord = live.discord
    room = discord.world.dm(discord.ann)
    first = await live.say(discord.ann, room, PASSING)
    assert bold(first.text)
    assert "thread" not in acts_of(first.message)
    then = await live.say(discord.ann, room, "And how many people died there?")
    assert "183" in then.text
    commanded = await live.ask(discord.ann, room)
    assert bold(commanded.text)


async def test_somebodys_message_is_checked_against_the_news(live: LiveBot) -> None:
    discord = live.discord
    claim = "They say the Chosei mine flood killed 183 people in 1942."
    said = await discord.say(discord.kim, discord.general, claim)
    checked = await live.check(discord.ann, said.said)
    assert checked.message
    assert checked.message.viewer_id == discord.ann.id
    assert checked.text.startswith("-# Checked against the news\n**They say the Chosei mine flood")
    assert "**The flood killed 183 people.**" in checked.text
    assert said.message is None


# Looking around


async def test_the_latest_articles(live: LiveBot) -> None:
    discord = live.discord
    latest = await live.command(discord.ann, discord.general, "latest")
    assert latest.text.startswith("### The latest\n")
    assert latest.text.count("-# Newsdesk sample · Newsdesk · <t:") == 5
    about = await live.command(discord.ann, discord.general, "latest", topic="the Chosei coal mine")
    assert about.text.startswith("### The latest about the Chosei coal mine\n")
    assert "The Chosei undersea coal mine and the flood of 1942" in about.text


async def test_the_sources(live: LiveBot) -> None:
    discord = live.discord
    sources = await live.command(discord.ann, discord.general, "sources")
    assert sources.text == ("### Sources\n**Newsdesk sample** · 16 articles, the newest from 20 January 2026")


async def test_help_names_administering_only_to_those_who_may(live: LiveBot) -> None:
    discord = live.discord
    assert "/corpus" not in (await live.command(discord.ann, discord.general, "help")).text
    assert "/corpus" in (await live.command(discord.admin, discord.general, "help")).text


# Under an answer


async def test_more_context_and_why(live: LiveBot) -> None:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.general)
    more = await live.press(discord.kim, asked.message, "more")
    assert more.message
    assert more.message.viewer_id == discord.kim.id
    assert "**4 · " in more.text
    assert "**1 · " not in more.text
    context = await live.press(discord.ann, asked.message, "context")
    assert context.text.startswith("### Around quote 1")
    assert acts_of(context.message) == ["around"] * 3
    third = await live.press(discord.ann, context.message, "around", "3")
    assert third.text.startswith("### Around quote 3")
    why = await live.press(discord.ann, asked.message, "why")
    assert "similarity in meaning" in why.text


async def test_an_article_without_an_address_is_read_here(live: LiveBot) -> None:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.general)
    read = await live.press(discord.kim, asked.message, "read", "1-1")
    assert read.message
    assert read.message.viewer_id == discord.kim.id
    assert read.text.startswith("### **What South Korea and Japan agreed in Nara**\n")


async def test_votes_are_private_and_no_needs_a_reason(live: LiveBot) -> None:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.general)
    up = await live.press(discord.kim, asked.message, "up")
    assert up.message
    assert up.message.viewer_id == discord.kim.id
    down = await live.press(discord.ann, asked.message, "down")
    assert down.ack_type == 9
    assert down.modal
    sent = await live.submit(discord.ann, down.modal, {"kind": ["old"], "words": "Last year's news"})
    assert sent.message
    assert sent.message.viewer_id == discord.ann.id
    record = await live.record(asked.message, Venue("discord", discord.guild.id, discord.general.id))
    votes = {vote.person: vote for vote in live.service.chat_store.votes.of(record.id)}
    assert votes[discord.kim.id].helpful
    assert votes[discord.ann.id].reason == "old: Last year's news"


async def test_an_answer_is_dismissed_by_its_asker_or_a_moderator_alone(live: LiveBot) -> None:
    discord = live.discord
    for who in (discord.ann, discord.moderator):
        asked = await live.ask(discord.ann, discord.general)
        refused = await live.press(discord.editor, asked.message, "dismiss")
        assert "Only the person who asked, or a moderator" in text_of(refused.followups[0])
        await live.dismiss(who, asked.message)
        assert asked.message is None


async def test_people_ask_on_in_a_thread_and_are_otherwise_left_alone(live: LiveBot) -> None:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.general)
    thread = await live.open_thread(discord.kim, asked.message)
    assert thread.name.startswith("News: What did Lee and Takaichi agree")
    welcome = discord.world.messages_in(thread.id)[-1]
    assert "mention me each time" in text_of(welcome)
    # Without the message content intent, the words of what does not name the bot never reach it.
    await live.say_unheard(discord.kim, thread, "And how many people died there?")
    followed = await live.say(discord.kim, thread, f"{discord.mention()} And how many people died there?")
    assert "understood together with the question before" in followed.text
    assert "183" in followed.text


# Brought along by a person


async def test_a_person_brings_it_to_a_server_that_it_is_not_in_and_to_private_channels(
    live: LiveBot,
) -> None:
    discord = live.discord
    world = discord.world
    world.installed_by.add(discord.ann.id)
    guild = world.add_guild("Elsewhere entirely", owner=discord.kim, bot_inside=False)
    world.join(guild, discord.ann)
    square = world.add_channel(guild, "square")
    asked = await live.ask(discord.ann, square)
    assert bold(asked.text)
    more = await live.press(discord.ann, asked.message, "more")
    assert "**4 · " in more.text
    room = world.private_channel(discord.ann, discord.sato)
    between = await live.ask(discord.ann, room, private=True)
    assert bold(between.text)
    for shown, place in ((asked, square), (more, square), (between, room)):
        kept = await live.record(shown.message, Venue("discord", None, place.id))
        assert kept.venue.audience is Audience.GROUP
    # A private question of hers must not show through an answer that the other one sees.
    further = await live.ask(discord.ann, room, "And how many people died there?")
    assert "understood together with" not in further.text
    direct = world.dm(discord.ann)
    alone = await live.ask(discord.ann, direct)
    assert (await live.record(alone.message, Venue("discord", None, direct.id))).venue.alone
    with pytest.raises(NotPossible):
        await live.command(discord.ann, square, "corpus status")
    world.installed_by.discard(discord.ann.id)


# Administering


async def test_the_status(live: LiveBot) -> None:
    discord = live.discord
    status = await live.command(discord.admin, discord.general, "corpus status")
    assert "**news**: 16 articles, the newest from 20 January 2026" in status.text
    assert status.message
    assert status.message.viewer_id == discord.admin.id


async def test_a_file_is_added_and_its_bad_lines_come_back_as_a_file(live: LiveBot) -> None:
    discord = live.discord
    file = upload("gazette.jsonl", LIGHTHOUSE, FERRY, HISTORY, '{"id": "nothing"}', "not JSON")
    added = await live.command(discord.admin, discord.general, "corpus add", file=file)
    assert "**news**: 3 new, 0 changed, 0 removed, 16 unchanged" in added.text
    assert "2 problems, in the attached file" in added.text
    assert added.message
    (attached,) = added.message.attachments
    assert attached.filename == "problems.txt"
    lines = discord.world.files[attached.id].decode().splitlines()
    assert len(lines) == 2
    assert all("gazette.jsonl" in line for line in lines)
    asked = await live.ask(discord.ann, discord.general, LIGHTHOUSE_QUESTION)
    assert "was switched on again on 3 March 2026" in asked.text
    assert (
        "[Port Ellery lights its old lighthouse again](<https://gazette.example/2026/lighthouse" in asked.text
    )
    assert links_of(asked.message)[0].startswith("https://gazette.example/2026/lighthouse#:~:text=")


async def test_a_server_has_a_collection_of_its_own(live: LiveBot) -> None:
    discord = live.discord
    file = upload("regatta.jsonl", REGATTA)
    added = await live.command(discord.admin, discord.general, "corpus add", file=file, collection="port")
    assert "**port**: 1 new, 0 changed, 0 removed, 0 unchanged" in added.text
    asked = await live.ask(discord.ann, discord.general, REGATTA_QUESTION)
    assert "Sixty boats" in asked.text
    other = await live.ask(discord.ann, discord.elsewhere, REGATTA_QUESTION)
    assert "Sixty" not in other.text


async def test_an_article_page_by_page(live: LiveBot) -> None:
    discord = live.discord
    typed = await discord.autocomplete(discord.ann, discord.general, "article", "article", "the QUAYS of")
    (choice,) = (await typed.settled()).choices
    first = await live.command(discord.ann, discord.general, "article", article=choice["value"])
    title = "[The quays of Port Ellery, year by year](<https://gazette.example/2026/history>)"
    assert first.text.startswith(f"### **{title}**\n")
    assert "-# Page 1 of 3" in first.text
    assert acts_of(first.message) == ["page"]
    second = await live.press(discord.ann, first.message, "page")
    assert "-# Page 2 of 3" in second.text
    back = await live.press(discord.ann, second.message, "page", "1")
    assert "-# Page 1 of 3" in back.text


async def test_an_address_on_this_machine_is_refused(live: LiveBot) -> None:
    discord = live.discord
    added = await live.command(discord.admin, discord.general, "corpus add", url="http://127.0.0.1/news.html")
    assert "127.0.0.1" in added.text
    assert "could not be done" in added.text
    assert (await live.acts(discord.guild))[0].result.startswith("failed: ")


async def test_a_reload_is_shown_first_then_confirmed_with_progress_and_outcome(
    live: LiveBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    discord = live.discord
    dispatcher = live.client.dispatcher
    monkeypatch.setattr(dispatcher, "profile", replace(dispatcher.profile, progress_every=0.05))
    added = await live.command(
        discord.admin, discord.general, "corpus add", file=upload("log.jsonl", *many(1))
    )
    assert "1 new" in added.text
    (kept,) = (live.home / "uploads" / "news").glob("log.jsonl")
    kept.write_bytes(upload("log.jsonl", *many(15, dispatcher=150)).content)
    planned = await live.command(discord.admin, discord.general, "corpus reload")
    assert "### What a reload would change" in planned.text
    assert "**news**: 14 new, 1 changed, 0 removed, 19 unchanged" in planned.text
    assert "-# new: Harbour log 1" in planned.text
    assert acts_of(planned.message) == ["reload", "cancel"]
    edits = len(discord.requests.of("update_original_webhook_message"))
    asking = await discord.click(discord.admin, planned.message, custom_id(planned.message, "reload"))
    meanwhile = await live.ask(discord.ann, discord.general)
    assert bold(meanwhile.text)  # no question fails while it is reloaded
    await discord.until(lambda: "### Done" in asking.text, 60)
    assert "14 new" in asking.text
    sent = discord.requests.of("update_original_webhook_message")[edits:]
    assert any("Embedding: " in str(request.body) for request in sent)
    assert (await live.acts(discord.guild))[0].act == "reload"


async def test_a_reload_can_be_called_off(live: LiveBot) -> None:
    discord = live.discord
    planned = await live.command(discord.admin, discord.general, "corpus reload")
    assert "Nothing would change." in planned.text
    called_off = await live.press(discord.admin, planned.message, "cancel")
    assert called_off.text == "Nothing was changed."


async def test_a_source_and_an_article_are_removed_and_the_article_is_restored(live: LiveBot) -> None:
    discord = live.discord
    gone = await live.command(discord.admin, discord.general, "corpus remove", target="log.jsonl")
    assert "15 removed" in gone.text
    offered = await discord.autocomplete(discord.admin, discord.general, "corpus remove", "target", "Ellery")
    (choice,) = [one for one in (await offered.settled()).choices if one["value"] == "news:lighthouse"]
    removed = await live.command(discord.admin, discord.general, "corpus remove", target=choice["value"])
    assert "1 removed" in removed.text
    asked = await live.ask(discord.ann, discord.general, LIGHTHOUSE_QUESTION)
    assert "3 March 2026" not in asked.text
    back = await live.command(discord.admin, discord.general, "corpus restore", article="lighthouse")
    assert "1 new" in back.text
    asked = await live.ask(discord.ann, discord.general, LIGHTHOUSE_QUESTION)
    assert "3 March 2026" in asked.text


async def test_the_corpus_goes_back_to_what_it_was(live: LiveBot) -> None:
    discord = live.discord
    collections = await live.type(discord.admin, discord.general, "corpus rollback", "collection", "")
    assert collections == ["news", "port"]
    back = await live.command(discord.admin, discord.general, "corpus rollback", collection="news")
    assert back.text.startswith("news is served from generation ")
    planned = await live.command(discord.admin, discord.general, "corpus reload")
    done = await live.press(discord.admin, planned.message, "reload")
    await discord.until(lambda: "### Done" in done.text, 60)


async def test_the_history_and_the_audit_log(live: LiveBot) -> None:
    discord = live.discord
    history = await live.command(discord.admin, discord.general, "corpus history")
    assert "**reload** news" in history.text
    assert "**rollback** news" in history.text
    audit = await live.command(discord.admin, discord.general, "corpus audit")
    assert f"Ada Admin ({discord.admin.id}): **rollback** collection news → done" in audit.text


# Settings


async def choose(live: LiveBot, setting: str, values: Sequence[str], *, channel: bool = False) -> Message:
    """What an administrator chooses, in a panel of its own; the panel after it."""
    discord = live.discord
    name = "settings channel" if channel else "settings server"
    panel = await live.command(discord.admin, discord.general, name)
    message = (await live.choose(discord.admin, panel.message, setting, values)).message
    assert message
    return message


async def test_a_server_chooses_how_many_quotes_an_answer_has(live: LiveBot) -> None:
    discord = live.discord
    assert menu(await choose(live, "passages", ["1"]), "passages") == ["1 quote"]
    asked = await live.ask(discord.ann, discord.general)
    assert "**1 · " in asked.text
    assert "**2 · " not in asked.text
    assert menu(await choose(live, "passages", ["-"], channel=True), "passages") == [
        "the same as for the server"
    ]
    await choose(live, "passages", ["2"], channel=True)
    assert "**2 · " in (await live.ask(discord.ann, discord.general)).text
    assert "**2 · " not in (await live.ask(discord.ann, discord.random)).text


async def test_a_server_chooses_what_is_searched(live: LiveBot) -> None:
    discord = live.discord
    await choose(live, "collections", ["news"])
    assert "Sixty boats" not in (await live.ask(discord.ann, discord.general, REGATTA_QUESTION)).text
    assert await live.type(discord.ann, discord.general, "ask", "collection", "", question=PASSING) == [
        "news"
    ]
    await choose(live, "collections", [])
    assert "Sixty boats" in (await live.ask(discord.ann, discord.general, REGATTA_QUESTION)).text
    await choose(live, "sources", ["Harbour Gazette"])
    assert (await live.type(discord.ann, discord.general, "ask", "source", "", question=PASSING)) == [
        "Harbour Gazette"
    ]
    asked = await live.ask(discord.ann, discord.general)
    assert "Nara" not in asked.text
    assert "widen" not in acts_of(asked.message)  # it is no choice of the reader's
    assert (
        "**Harbour Gazette** · 3 articles"
        in (await live.command(discord.ann, discord.general, "sources")).text
    )
    assert "3 March" in (await live.ask(discord.ann, discord.general, LIGHTHOUSE_QUESTION)).text
    await choose(live, "sources", [])
    assert "Nara" in (await live.ask(discord.ann, discord.general)).text


async def test_a_server_chooses_the_language_of_the_bots_words(live: LiveBot) -> None:
    discord = live.discord
    korean, japanese = [
        (await live.ask(user, discord.general)).text.splitlines()[-1] for user in (discord.kim, discord.sato)
    ]
    await choose(live, "language", ["en"])
    for user in (discord.kim, discord.sato):
        assert "Confidence" in (await live.ask(user, discord.general)).text
    panel = await choose(live, "language", ["ko"])
    assert (await live.ask(discord.ann, discord.general)).text.splitlines()[-1] == korean
    await live.choose(discord.admin, panel, "language", ["ja"])
    assert (await live.ask(discord.ann, discord.general)).text.splitlines()[-1] == japanese
    await live.choose(discord.admin, panel, "language", ["auto"])
    assert "Confidence" in (await live.ask(discord.ann, discord.general)).text


async def test_a_server_answers_in_private_unless_asked_otherwise(live: LiveBot) -> None:
    discord = live.discord

    async def is_private(**options: Any) -> bool:
        message = (await live.ask(discord.ann, discord.general, **options)).message
        assert message
        return message.ephemeral

    await choose(live, "private", ["yes"])
    assert await is_private()
    assert not await is_private(private=False)
    await choose(live, "private", ["no"], channel=True)
    assert not await is_private()
    await choose(live, "private", ["-"], channel=True)
    assert await is_private()
    await choose(live, "private", ["no"])
    assert not await is_private()


async def test_a_role_may_administer_once_it_is_chosen(live: LiveBot) -> None:
    discord = live.discord
    discord.granted.add((discord.editor.id, "corpus"))  # what a server's own integration settings do
    refused = await live.command(discord.editor, discord.general, "corpus status")
    assert "Only those who manage this server" in refused.text
    assert (await live.acts(discord.guild))[0].result == "refused"
    await choose(live, "admin_roles", [discord.editor_role.id])
    allowed = await live.command(discord.editor, discord.general, "corpus status")
    assert "### The corpus" in allowed.text
    await choose(live, "admin_roles", [])
    assert (
        "Only those who manage" in (await live.command(discord.editor, discord.general, "corpus status")).text
    )


async def test_a_limit_says_how_long_to_wait(live: LiveBot) -> None:
    discord = live.discord
    await choose(live, "person_limit", ["1"], channel=True)
    await live.ask(discord.sato, discord.general)
    waiting = await live.ask(discord.sato, discord.general)
    (seconds,) = re.findall(r"\d+", waiting.text)
    assert 30 < int(seconds) <= 60
    await choose(live, "person_limit", ["-"], channel=True)
    await choose(live, "channel_limit", ["1"], channel=True)
    assert "Please wait" in (await live.ask(discord.ann, discord.general)).text
    await choose(live, "channel_limit", ["-"], channel=True)
    assert bold((await live.ask(discord.sato, discord.general)).text)


async def test_a_channel_chooses_where_it_is_answered(live: LiveBot) -> None:
    discord = live.discord
    await choose(live, "answers", ["nowhere"], channel=True)
    off = await live.ask(discord.ann, discord.general)
    assert off.text == "Answers are switched off in this channel."
    await live.say_unheard(discord.ann, discord.general, f"{discord.mention()} {PASSING}")
    await choose(live, "answers", ["commands"], channel=True)
    assert bold((await live.ask(discord.ann, discord.general)).text)
    said = await live.say(discord.ann, discord.general, f"{discord.mention()} {PASSING}")
    assert said.text == "I answer only commands here: use /ask."
    panel = await choose(live, "answers", ["mentions"], channel=True)
    assert bold((await live.say(discord.ann, discord.general, f"{discord.mention()} {PASSING}")).text)
    every = await live.choose(discord.admin, panel, "answers", ["everything"])
    assert "NEWSDESK\\_DISCORD\\_MESSAGE\\_CONTENT" in text_of(every.followups[0])


async def test_settings_go_back_to_what_they_were(live: LiveBot) -> None:
    discord = live.discord
    channel = await live.command(discord.admin, discord.general, "settings channel", channel=discord.general)
    done = await live.press(discord.admin, channel.message, "reset")
    assert menu(done.message, "passages") == ["the same as for the server"]
    server = await live.command(discord.admin, discord.general, "settings server")
    done = await live.press(discord.admin, server.message, "reset")
    assert menu(done.message, "passages") == ["3 quotes"]
    for setting in ("person_limit", "channel_limit"):
        await live.choose(discord.admin, done.message, setting, ["120"])


# With the message content intent, after a restart


async def test_it_comes_back_with_the_message_content_intent(live: LiveBot) -> None:
    discord = live.discord
    await live.restart(reads_messages=True)
    assert discord.sessions.identifies[-1]["intents"] & (1 << 15)
    assert len(discord.requests.of("bulk_set_application_commands")) == 1  # they had not changed


async def test_in_a_thread_of_its_own_questions_need_no_mention(live: LiveBot) -> None:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.random)
    thread = await live.open_thread(discord.ann, asked.message)
    assert "no mention is needed" in text_of(discord.world.messages_in(thread.id)[-1])
    followed = await live.say(discord.kim, thread, "And how many people died there?")
    assert "183" in followed.text
    for aside in ("I see.", f"{discord.mention(discord.sato)} did you know that?", "Interesting, thanks Ann"):
        await live.say_unheard(discord.kim, thread, aside)
    said = await discord.say(discord.ann, thread, "A sad story.")
    await live.say_unheard(discord.kim, thread, "Isn't it?", reply_to=said.said)


async def test_a_channel_where_every_question_is_answered(live: LiveBot) -> None:
    discord = live.discord
    await live.say_unheard(discord.ann, discord.general, PASSING)  # off until it is switched on
    await choose(live, "answers", ["everything"], channel=True)
    said = await live.say(discord.ann, discord.general, PASSING)
    assert bold(said.text)
    await live.say_unheard(discord.ann, discord.general, "Good morning everybody.")
    await live.say_unheard(discord.kim, discord.general, f"{discord.mention(discord.ann)} where are you?")
    await choose(live, "answers", ["-"], channel=True)
    preferences = live.service.settings.preferences(Venue("discord", discord.guild.id, discord.general.id))
    assert preferences.answers is Answers.MENTIONS


async def test_a_private_answer_is_shared_and_followed_up(live: LiveBot) -> None:
    discord = live.discord
    asked = await live.ask(discord.ann, discord.general, FERRY_QUESTION, private=True)
    assert asked.message
    assert asked.message.ephemeral
    shared = await live.press(discord.ann, asked.message, "share")
    assert shared.message
    assert not shared.message.ephemeral
    assert shared.text.startswith("-# Shared by Ann\n")
    assert "10 February 2026" in shared.text
    assert "dismiss" in acts_of(shared.message)
    followed = await live.say(
        discord.kim, discord.general, "And how many passengers were on board?", reply_to=shared.message
    )
    assert "understood together with the question before" in followed.text
    assert "40 passengers" in followed.text


async def test_the_written_session_is_this_one(
    live: LiveBot, log: SessionLog, request: pytest.FixtureRequest
) -> None:
    live.discord.assert_valid()
    assert not live.discord.pings
    written = set(re.findall(r"^async def (test_\w+)", Path(__file__).read_text(), re.MULTILINE))
    if {name.partition("[")[0] for name in log.names} != written - {request.node.name}:
        pytest.skip("only a part of the session was run")
    if WRITE_SESSION:
        SESSION.write_text(log.written())
    assert read_operations(SESSION.read_text()) == log.operations()
