"""Homes that earlier releases made (`tests/old_homes`) open, answer and reload with the code of today."""

import hashlib
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.answers.answer import quotes_of
from bot.cards.answers import why_card
from bot.cards.card import Paragraph
from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Caller, Person, Venue
from bot.chat_store.chat_store import ChatStore
from bot.corpus_admin.changes import restore, roll_back
from bot.corpus_admin.home import Home
from bot.corpus_admin.home_format import FILE, HOME_FORMAT
from bot.corpus_admin.reload import ReloadReport, reload
from bot.desk.desk import Desk
from bot.discord.drawing.render import CANVAS
from bot.messages.catalogue import messages_for
from bot.service.service_factory import make_service
from bot.service.service_options import ServiceOptions
from corpus.web.fetcher import CannedFetcher
from retrieval.models.model import Model
from retrieval.models.onnx_embedder import OnnxEmbedder
from tests.bot.conftest import Call, jsonl
from tests.fault.newsroom import QuickDisk, no_progress
from tests.old_homes.make import ADDRESS, ASKED_AT, PLACE, READER, WITHDRAWN, furnish
from tests.old_homes.packing import RELEASES, OldHome, pack, unpack

EVER = timedelta(days=36500)
"""Kept homes grow old, and what is in them must not go for that."""
ROUNDING = 1e-2
"""What the figures of one model may differ by from machine to machine, and since questions are embedded in 8
bits: the chance of a passage by 0.005 at most here."""


@pytest.fixture(params=RELEASES)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> OldHome:
    """The home of each release, with its sources."""
    return unpack(request.param, tmp_path)


@pytest.fixture
def home(old: OldHome) -> Home:
    """The same, opened."""
    return Home(old.root, QuickDisk(), keep=EVER)


@pytest.fixture
def again(home: Home, minilm: OnnxEmbedder) -> Callable[..., ReloadReport]:
    """Reloads it while the one site that it reads is down."""
    web = CannedFetcher({ADDRESS: "the site is down"})
    return partial(reload, home, lambda: minilm, fetcher=lambda: web, progress=no_progress)


CHANGED = frozenset(
    {"version", "missing", "unanswered", "shown", "answer", "cross", "reading", "sentence", "sentences"}
)
"""Fields of an answer's row that were added or went since a release."""


@pytest.fixture(autouse=True)
def _unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """No release kept here had a reader."""
    monkeypatch.setenv("NEWSDESK_READER", "none")


def without_figures(row: Any) -> Any:
    """The answer's row without what was added to it, and what depends on how a processor rounds."""
    if isinstance(row, dict):
        kept = {key: value for key, value in row.items() if key not in CHANGED}
        return {key: without_figures(value) for key, value in kept.items() if not isinstance(value, float)}
    return [without_figures(value) for value in row] if isinstance(row, list) else row


def ask_all(call: Call, old: OldHome, *questions: str) -> list[Any]:
    """The rows of their answers, at the moment at which the release was asked."""
    asked = jsonl(old.root.parent / "asked.jsonl", *({"id": one, "question": one} for one in questions))
    options = ("--limit", "2", "--asked-at", ASKED_AT, "--json")
    rows = call("--home", str(old.root), "ask", "--questions", str(asked), *options).rows
    assert [row.pop("id") for row in rows] == list(questions)
    return rows


def questions(old: OldHome) -> list[str]:
    """What the release was asked."""
    return [row["question"] for row in old.expected["answers"]]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_a_home_is_kept_of_a_release() -> None:
    assert RELEASES


def test_one_can_be_made_of_the_next_release(tmp_path: Path, minilm: OnnxEmbedder, call: Call) -> None:
    made, kept = tmp_path / "made", tmp_path / "kept"
    for folder in (made, kept):
        folder.mkdir()
    archive = pack("next", made, furnish(made, minilm), kept)
    assert archive.stat().st_size < 100_000
    following = unpack("next", tmp_path / "next", kept)
    assert all(row["answered"] for row in following.expected["answers"][:-1])
    assert (
        call("--home", str(following.root), "corpus", "status", "--json").row == following.expected["status"]
    )


def test_its_answers_are_those_that_the_release_gave(call: Call, old: OldHome) -> None:
    answered = 0
    rows = ask_all(call, old, *questions(old))
    for row, expected in zip(rows, old.expected["answers"], strict=True):
        assert without_figures(row) == without_figures(expected)
        assert row["confidence"] == pytest.approx(expected["confidence"], abs=ROUNDING)
        for passage, was in zip(row["passages"], expected["passages"], strict=True):
            assert passage["score"] == pytest.approx(was["score"], abs=ROUNDING)
            signals, before = (
                {key: value for key, value in one["signals"].items() if key not in CHANGED}
                for one in (passage, was)
            )
            assert signals == pytest.approx(before, abs=ROUNDING)
        answered += row["answered"]
    assert 0 < answered < len(old.expected["answers"])


@pytest.mark.parametrize(
    ("kept", "arguments"),
    [
        ("status", ("corpus", "status")),
        ("bindings", ("bindings",)),
        ("audit", ("audit", "discord:100")),
        ("history", ("corpus", "history")),
    ],
)
def test_what_it_says_of_itself_is_what_it_said(
    call: Call, old: OldHome, kept: str, arguments: tuple[str, ...]
) -> None:
    rows = call("--home", str(old.root), *arguments, "--json").rows
    if kept == "status":  # which tells more of a source than it did
        named = ("collection", "location")
        sources = [{name: source[name] for name in named} for source in rows[0]["sources"]]
        assert {"database": None, **old.expected[kept]} == {**rows[0], "sources": sources}
    else:
        assert rows == old.expected[kept]


def test_it_is_sound(call: Call, old: OldHome) -> None:
    assert call("--home", str(old.root), "corpus", "verify", "--json").row["problems"] == []


def test_a_reload_finds_every_source_unchanged_and_asks_the_model_for_nothing(
    call: Call, old: OldHome, again: Callable[..., ReloadReport]
) -> None:
    report = again()
    assert {plan.collection: len(plan.unchanged) for plan in report.plans} == {"board": 1, "news": 4}
    assert [(*plan.new, *plan.changed, *plan.removed) for plan in report.plans] == [(), ()]
    assert [problem.where for problem in report.problems] == [ADDRESS]
    assert (dict(report.generations), report.embedded) == ({}, 0)
    rows = ask_all(call, old, *questions(old))
    assert without_figures(rows) == without_figures(old.expected["answers"])


def test_what_is_new_in_a_source_is_embedded_and_the_rest_is_not(
    call: Call, old: OldHome, again: Callable[..., ReloadReport]
) -> None:
    edit(old.root.parent / "articles.jsonl", "nine weeks", "eleven weeks")
    report = again()
    assert [plan.changed for plan in report.plans] == [(), ("rust",)]
    assert (list(report.generations), report.embedded) == (["news"], 1)
    [row] = ask_all(call, old, "What will repairs of the cables take?")
    assert row["passages"][0]["text"].endswith("Repairs will take eleven weeks.")


def test_it_goes_back_to_its_generations_and_what_was_taken_out_stays_out_until_it_is_restored(
    home: Home, old: OldHome, again: Callable[..., ReloadReport], call: Call
) -> None:
    before = {row["generation"] for row in old.expected["status"]["collections"]["news"]["generations"]}
    assert roll_back(home, "news").generation in before
    assert WITHDRAWN not in {article.id for article in home.current_articles("news")}
    restore(home, "news", WITHDRAWN, again)
    assert WITHDRAWN in {article.id for article in home.current_articles("news")}
    assert call("--home", str(old.root), "corpus", "verify", "--json").row["problems"] == []


def test_what_it_was_told_to_forget_is_forgotten(
    home: Home, old: OldHome, again: Callable[..., ReloadReport]
) -> None:
    noted = [{"collection": "news", "article_id": "rust", "location": None}]
    (old.root / "forgetting.json").write_text(json.dumps(noted))
    again()
    assert not (old.root / "forgetting.json").exists()
    assert not home.generation_store("news").holds("rust")
    assert b"found rust" not in b"".join(path.read_bytes() for path in old.root.rglob("*") if path.is_file())


async def test_its_chats_go_on(home: Home, old: OldHome, minilm: OnnxEmbedder) -> None:
    kept, notices = old.expected["kept"], list[str]()
    desk = Desk(home, Model(minilm, minilm.vocabulary), notices.append)
    desk.open()
    async with make_service(home, desk, ServiceOptions(keep=EVER)) as service:
        shown = await service.stored_answers.open(kept["answer"], PLACE)
        assert shown.record.asked == kept["question"]
        assert [quote.text for quote in shown.quotes] == kept["quotes"]
        assert (shown.gone, shown.record.question) == (0, "m1")

        card = why_card(shown, messages_for("en", "discord"), CANVAS)
        told = [part.text for part in card.parts if isinstance(part, Paragraph)]
        assert "Lee and Takaichi hold two-day summit in Nara" in told[1]
        assert len(told) == 1 + 2 * len(kept["quotes"])

        [vote] = await service.db_worker.run(service.chat_store.votes.of, kept["answer"])
        assert (vote.person, vote.helpful, vote.reason) == (READER.id, False, "old: of January")
        assert service.settings.preferences(PLACE).passages == 1
        assert service.settings.preferences(PLACE).sources == ("The Post", "Newsdesk sample")
        assert service.access.collections(PLACE) == ("board", "news")
        assert service.access.collections(Venue("discord", "200", "20")) == ("news",)

        following = await service.questions.ask(
            QuestionRequest(PLACE, READER, "And when?", message="m3", replied="m2")
        )
        assert "Nara" in following.record.query.text
        more = await service.questions.more(kept["answer"], Caller(PLACE, Person("2", "Bob")))
        assert more
        assert not {quote.text for quote in quotes_of(more.result)} & set(kept["quotes"])
    assert notices == []


# What is newer


def digest(root: Path) -> dict[str, str]:
    """What a home holds; the locks, and what SQLite puts beside a database that it only reads, left out."""
    return {
        str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in root.rglob("*")
        if path.is_file() and not path.name.endswith((".lock", "-wal", "-shm"))
    }


COMMANDS = (
    "ask Nara",
    "chat",
    "run",
    "article bridge",
    "doctor",
    "votes out.jsonl",
    "audit discord:100",
    "bindings",
    "bind news discord:1",
    "unbind board --open",
    "corpus add sample",
    "corpus reload",
    "corpus reload --dry-run",
    "corpus poll",
    "corpus remove bridge",
    "corpus remove bridge --forget",
    f"corpus restore {WITHDRAWN}",
    "corpus rollback",
    "corpus status",
    "corpus history",
    "corpus verify",
)
"""Every command that touches a home."""


def newer_home(root: Path) -> None:
    (root / FILE).write_text(json.dumps({"format": HOME_FORMAT.number + 1}))


def newer_store(root: Path) -> None:
    _newer_database(root / "store.sqlite3")


def newer_chats(root: Path) -> None:
    _newer_database(root / "chats.sqlite3")


def _newer_database(path: Path) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute("PRAGMA user_version = 99")


@pytest.mark.parametrize(
    ("newer", "arguments"),
    [
        *((newer_home, tuple(command.split())) for command in COMMANDS),
        (newer_store, ("corpus", "reload")),
        (newer_store, ("corpus", "add", "sample")),
        (newer_store, ("corpus", "status")),
        (newer_chats, ("bindings",)),
        (newer_chats, ("bind", "news", "discord:1")),
    ],
)
def test_what_a_newer_release_wrote_is_refused_and_left_as_it_is(
    call: Call, old: OldHome, newer: Callable[[Path], None], arguments: tuple[str, ...]
) -> None:
    with Home(old.root).locked():
        pass  # it was used once, and says its format
    newer(old.root)
    before = digest(old.root)
    outcome = call("--home", str(old.root), *arguments)
    assert outcome.status == 1
    said = outcome.out if arguments == ("doctor",) else outcome.error
    assert "was written by a newer Newsdesk" in said
    assert "update Newsdesk" in said
    assert digest(old.root) == before


# These tests can fail


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        ("UPDATE answers SET body = json_remove(body, '$.kept')", "kept"),
        ("UPDATE answers SET body = json_replace(body, '$.query.asked_at', 'lately')", "asked_at"),
        ("UPDATE settings SET body = json_replace(body, '$.passages', 'many')", "passages"),
    ],
)
def test_a_field_that_is_read_otherwise_than_it_was_written_is_found_out(
    old: OldHome, damage: str, said: str
) -> None:
    with closing(sqlite3.connect(old.root / "chats.sqlite3", isolation_level=None)) as database:
        assert database.execute(damage).rowcount > 0

    def read(chat_store: ChatStore) -> None:
        chat_store.settings.all()
        chat_store.answers.get(old.expected["kept"]["answer"], PLACE.tenant)

    with ChatStore(old.root / "chats.sqlite3") as chat_store, pytest.raises(ValueError, match=said):
        read(chat_store)


def test_a_generation_that_is_read_otherwise_than_it_was_written_is_found_out(
    call: Call, old: OldHome
) -> None:
    for path in old.root.glob("collections/news/generations/*/manifest.json"):
        body = json.loads(path.read_bytes())
        path.write_text(json.dumps(body | {"format": body["format"] - 1}))
    [row] = ask_all(call, old, "Who met in Nara?")
    assert row["filters"] == {"collections": ["board"]}
