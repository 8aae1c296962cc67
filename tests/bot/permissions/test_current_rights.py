"""What was given to others is hidden from its first moment on, and from what is under way at that moment."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

import pytest

import bot.service.service
from bot.chat.delivered_answer import DeliveredAnswer
from bot.chat.question_request import QuestionRequest
from bot.chat.refusal import Refusal
from bot.chat.venue import Venue
from bot.chat_store.chat_store import ChatStore
from bot.community_admin.change_progress import ChangeProgress
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import reload
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.job import Job
from bot.dispatch.platform_profile import PlatformProfile
from bot.dispatch.reply import Placement
from bot.service.service import Service
from bot.slack.drawing.render import CANVAS
from corpus.errors import HomeUnusable, NewsdeskError, UnknownName
from corpus.plan import ReloadRequest
from retrieval.models.onnx_embedder import OnnxEmbedder
from tests.bot.community_admin.test_corpus_editor import STORM, upload
from tests.bot.dispatch.recording_reply import RecordingReply
from tests.bot.searching import held_up
from tests.bot.service.office import ROWS, ask, opened, publish, rows
from tests.bot.service.people import ANN, CITY, CITY_ADMIN, CITY_ANN, DIRECT, TOWN
from tests.fault.newsroom import no_progress

BOARD = {
    "id": "board-1",
    "title": "Zaunkoenig minutes",
    "source": "Zaunkoenig Gazette",
    "author": "Zaunkoenig Writer",
    "text": "The board met about the lantern. It gave the lantern to Zaunkoenig.",
}
QUESTION = "To whom did the board give the lantern?"


def bind(home: Home, venue: Venue, collection: str) -> None:
    """As `newsdesk bind` does, in another process."""
    with ChatStore(home.chats()) as other:
        other.bindings.bind(venue.platform, venue.community or "", collection)


@pytest.fixture
async def open_board(home: Home, minilm: OnnxEmbedder) -> AsyncIterator[Service]:
    """A service on whose desk the board's collection is for all."""
    await asyncio.to_thread(publish, home, "board", [BOARD], minilm)
    async with opened(home, minilm) as service:
        yield service


@asynccontextmanager
async def held(service: Service) -> AsyncIterator[None]:
    """For the time of the block, questions and what is looked through wait."""
    async with held_up(service.search_worker, service.reader):
        yield


async def reads(service: Service, venue: Venue) -> str:
    """Everything that is offered and told in a place without a question, and an answer."""
    browsing = service.browsing
    parts: list[object] = [
        service.access.visible(venue),
        browsing.source_names(venue),
        await browsing.titled(venue, "", 99),
        await browsing.sources(venue),
        await browsing.newest(venue, 9),
        await ask(service, venue, ANN, QUESTION),
    ]
    for look in (browsing.article(venue, "board-1"), browsing.article(venue, "zaunkoenig")):
        try:
            parts.append(await look)
        except NewsdeskError as error:
            parts.append(f"{error!r}".replace("zaunkoenig", ""))
    return repr(parts).casefold()


async def test_what_was_given_away_before_it_was_published_is_never_seen_by_others(
    home: Home, minilm: OnnxEmbedder
) -> None:
    async with opened(home, minilm) as service:
        bind(home, TOWN, "board")
        await asyncio.to_thread(publish, home, "board", [BOARD], minilm)
        service.desk.refresh()  # the first that this process sees of it
        for place in (CITY, DIRECT):
            assert "zaunkoenig" not in await reads(service, place)
        assert "zaunkoenig" in await reads(service, TOWN)


async def test_what_is_given_away_is_hidden_at_once(open_board: Service, home: Home) -> None:
    assert "zaunkoenig" in await reads(open_board, CITY)
    bind(home, TOWN, "board")
    for place in (CITY, DIRECT):
        assert "zaunkoenig" not in await reads(open_board, place)
    with ChatStore(home.chats()) as other:
        other.bindings.unbind("discord", "200", "board")
    assert "zaunkoenig" not in await reads(open_board, TOWN)


async def test_a_question_that_waited_has_nothing_of_what_was_given_away_meanwhile(
    open_board: Service, home: Home
) -> None:
    async with held(open_board):
        waiting = asyncio.create_task(ask(open_board, CITY, ANN, QUESTION))
        listing = asyncio.create_task(open_board.browsing.sources(CITY))
        named = asyncio.create_task(ask(open_board, CITY, ANN, QUESTION, collections=("board",)))
        sourced = asyncio.create_task(ask(open_board, CITY, ANN, QUESTION, sources=("Zaunkoenig Gazette",)))
        await asyncio.sleep(0.05)
        bind(home, TOWN, "board")
    shown = await waiting
    assert shown.record.query.collections == ("news",)
    assert "zaunkoenig" not in f"{shown!r}{await listing!r}".casefold()
    with pytest.raises(Refusal, match="no-collection"):
        await named
    with pytest.raises(UnknownName) as caught:
        await sourced
    assert "zaunkoenig" not in repr(caught.value.near).casefold()


async def test_a_search_under_way_shows_nothing_of_what_is_given_away_during_it(
    open_board: Service, home: Home
) -> None:
    slots = open_board.desk.slots
    with ExitStack() as taken:
        for _ in range(slots.at_once):  # the search has its snapshots, and waits for its turn
            taken.enter_context(slots)
        waiting = asyncio.create_task(ask(open_board, CITY, ANN, QUESTION))
        await asyncio.sleep(0.05)
        bind(home, TOWN, "board")
    assert "zaunkoenig" not in repr(await waiting).casefold()


async def test_an_answer_that_is_not_out_yet_is_not_shown_once_it_is_of_others(
    open_board: Service, home: Home
) -> None:
    question = QuestionRequest(CITY, ANN, QUESTION)

    async def given_away() -> DeliveredAnswer:
        found = await open_board.questions.ask(question)
        assert "Zaunkoenig" in repr(found)
        bind(home, TOWN, "board")
        return found

    dispatcher = Dispatcher(open_board, PlatformProfile("discord", CANVAS, 1, reads_messages=True))
    reply, job = RecordingReply(), Job(Placement.PUBLIC, given_away, question=question)
    await dispatcher.run("1", dispatcher.request(CITY, ANN), reply, job)
    [card] = reply.cards
    assert "zaunkoenig" not in repr(card).casefold()
    assert "ask again" in repr(card)


async def test_a_follow_up_leans_on_nothing_that_is_of_others_now(open_board: Service, home: Home) -> None:
    first = await ask(open_board, DIRECT, ANN, QUESTION)
    assert "Zaunkoenig" in repr(first.quotes)
    bind(home, TOWN, "board")
    shown = await ask(open_board, DIRECT, ANN, "And why?")
    assert "zaunkoenig" not in repr(shown).casefold()
    assert "lantern" not in shown.record.query.text


async def test_an_answer_given_before_opens_no_more_once_it_is_of_others(
    open_board: Service, home: Home
) -> None:
    first = await ask(open_board, CITY, ANN, QUESTION)
    bind(home, TOWN, "board")
    for attempt in (
        open_board.stored_answers.open(first.record.id, CITY),
        open_board.stored_answers.opened(first.record.id, CITY, 1),
        open_board.stored_answers.share(first.record.id, CITY_ANN),
        open_board.questions.widen(first.record.id, CITY_ANN, "read", private=True),
        open_board.questions.more(first.record.id, CITY_ANN),
    ):
        with pytest.raises(Refusal, match="answer-gone"):
            await attempt


async def test_who_governed_a_collection_does_so_no_more_once_it_is_of_others(
    open_board: Service, home: Home
) -> None:
    bind(home, CITY, "board")
    bind(home, TOWN, "board")
    assert "board" in open_board.admin_rights.governed(CITY)
    with ChatStore(home.chats()) as other:
        other.bindings.unbind("discord", "100", "board")
    assert "board" not in open_board.admin_rights.governed(CITY)
    for attempt in (
        open_board.corpus_editor.add_upload(CITY_ADMIN, "board", "a.jsonl", upload(STORM), ChangeProgress()),
        open_board.corpus_editor.remove(CITY_ADMIN, "board", "board-1", ChangeProgress()),
        open_board.corpus_editor.roll_back(CITY_ADMIN, "board"),
    ):
        with pytest.raises(Refusal, match="not-yours"):
            await attempt


async def test_where_the_rights_cant_be_read_nothing_is_shown(open_board: Service, home: Home) -> None:
    rename = open_board.chat_store.write
    await open_board.db_worker.run(rename, "ALTER TABLE bindings RENAME TO elsewhere")
    try:
        with pytest.raises(HomeUnusable, match="bindings"):
            await ask(open_board, CITY, ANN, QUESTION)
    finally:
        await open_board.db_worker.run(rename, "ALTER TABLE elsewhere RENAME TO bindings")
    assert (await ask(open_board, CITY, ANN, QUESTION)).quotes


async def test_what_is_opened_is_shown_as_it_is_then_and_not_as_it_was_when_it_was_somebodys(
    home: Home, minilm: OnnxEmbedder
) -> None:
    """The desk looks every few seconds, and still holds what was taken out before it was opened."""
    bind(home, TOWN, "board")
    await asyncio.to_thread(publish, home, "board", [BOARD], minilm)
    async with opened(home, minilm) as service:
        assert "zaunkoenig" in await reads(service, TOWN)
        await asyncio.to_thread(_empty, home, minilm)
        with ChatStore(home.chats()) as other:
            assert other.bindings.share("board")
        for place in (CITY, DIRECT):
            assert "zaunkoenig" not in await reads(service, place)
        service.settings.look(service.desk.refresh)
        assert "board" in service.access.visible(CITY)
        assert "zaunkoenig" not in await reads(service, CITY)


async def test_what_was_somebodys_between_two_looks_alone_is_not_shown_when_it_is_opened(
    home: Home, minilm: OnnxEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.service.service, "LOOK_AGAIN", 3600.0)
    await asyncio.to_thread(publish, home, "board", ROWS[:1], minilm)
    async with opened(home, minilm) as service:
        await service.corpus_editor.add_upload(
            CITY_ADMIN, "archive", "a.jsonl", upload(STORM), ChangeProgress()
        )
        bind(home, TOWN, "board")
        await asyncio.to_thread(_fill, home, minilm, json.dumps(BOARD))
        # A change of something else takes on what is published.
        await service.corpus_editor.remove(CITY_ADMIN, "archive", "storm", ChangeProgress())
        assert service.desk.article("board", "board-1")
        await asyncio.to_thread(_empty, home, minilm)
        with ChatStore(home.chats()) as other:
            assert other.bindings.share("board")
        for place in (CITY, DIRECT):
            assert "zaunkoenig" not in await reads(service, place)


def _empty(home: Home, minilm: OnnxEmbedder) -> None:
    """Another process takes the text out."""
    _fill(home, minilm, rows().splitlines()[0])


def _fill(home: Home, minilm: OnnxEmbedder, text: str) -> None:
    """Another process publishes something else."""
    (home.root.parent / "board" / "a.jsonl").write_text(text)
    reload(
        home,
        lambda: minilm,
        ReloadRequest(collections=frozenset({"board"}), force=True),
        progress=no_progress,
    )
