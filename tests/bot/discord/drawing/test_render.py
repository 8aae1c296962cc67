"""What Discord is sent, as files that people can look at; NEWSDESK_WRITE_GOLDEN=1 writes them anew."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import discord
import pytest

from bot.answers.excerpt import surroundings
from bot.cards.answer_details import context_card, why_card
from bot.cards.answers import Frame, answer_card
from bot.cards.articles import article_card, help_card, latest_card, sources_card
from bot.cards.card import Card, Paragraph, Span, Tone
from bot.cards.notices import failure, notice
from bot.cards.panel import Panel, panel_card
from bot.cards.reports import (
    audit_card,
    history_card,
    plan_card,
    progress_card,
    refused_card,
    report_card,
    status_card,
)
from bot.chat.audit_entry import AuditEntry
from bot.chat.preferences import Answers, Changes
from bot.chat.question_request import Surroundings
from bot.corpus_admin.reload import ReloadReport
from bot.discord.drawing.render import CANVAS, draw, drawn
from bot.messages.catalogue import Messages, messages_for
from corpus.plan import plan_reload
from corpus.problem import Problem
from corpus.storage.store import Event
from retrieval.collection.source_counts import SourceCount
from tests.bot.discord.reader import components_of
from tests.bot.knobs import WRITE_GOLDEN
from tests.bot.samples.answers import (
    ASKED_AT,
    LIGHT,
    LONG,
    NIGHT_FERRY,
    UNDATED,
    query_of,
    quote_of,
    read_query,
    shown_of,
)

GOLDEN = Path(__file__).parent / "golden"
NAMES = {"harbour gazette": "Harbour Gazette"}

QUOTES = (quote_of(LIGHT, copies=[UNDATED]), quote_of(NIGHT_FERRY), quote_of(UNDATED))
PROBLEMS = (
    Problem("/srv/news/gazette.jsonl", "it has no text", 3),
    Problem("/srv/news/@everyone.md", "its date is no date"),
)
PLAN = plan_reload(
    "news",
    {"ferry": "1", "quay": "1", "tide": "1"},
    {"ferry": "2", "tide": "1", **{f"lighthouse-{number}": "1" for number in range(7)}},
    problems=PROBLEMS,
)
LOSS = plan_reload("news", {str(number): "1" for number in range(10)}, {"1": "1"})
TITLES = {
    ("news", "ferry"): "The night ferry to Skarvik stops for good (Harbour Gazette)",
    ("news", "quay"): "A quay for **cruise ships** (Harbour Gazette)",
    ("news", "lighthouse-0"): "Port Ellery lights its old lighthouse again (Harbour Gazette)",
}


def report(*, dry_run: bool = False) -> ReloadReport:
    generations = {} if dry_run else {"news": "20260310T120000-0123abcd"}
    return ReloadReport((PLAN,), generations, 0 if dry_run else 41, 2.345, dry_run, TITLES)


def around(messages: Messages) -> Card:
    start, end = LONG.text.index("In 1890"), LONG.text.index("In 1891")
    shown = shown_of([quote_of(LIGHT), quote_of(LONG, (start, end - 2))])
    quote = shown.quotes[1]
    return context_card(Surroundings(shown, 2, quote, *surroundings(quote)), messages, CANVAS)


def status(messages: Messages) -> Card:
    generation = {"generation": "20260310T120000-0123abcd", "created": "2026-03-10T12:00:00Z", "articles": 9}
    older = {"generation": "20260309T120000-4567cdef", "created": "2026-03-09T12:00:00Z", "articles": 8}
    row = {
        "collections": {
            "news": {
                "articles": 9,
                "newest": "2026-03-09T00:00:00Z",
                "withdrawn": ["tide"],
                "current": "20260310T120000-0123abcd",
                "generations": [generation, older],
            }
        },
        "sources": [
            {"collection": "news", "location": "/home/somebody/private/gazette.jsonl"},
            {"collection": "news", "location": "https://gazette.example/feed"},
        ],
    }
    return status_card(row, messages, CANVAS)


def history(messages: Messages) -> Card:
    counts: dict[str, object] = {"new": 7, "changed": 1, "removed": 1}
    events = [
        Event(ASKED_AT, "rollback", "news", "20260309T120000-4567cdef", {"articles": 8}),
        Event(ASKED_AT, "reload", "news", "20260310T120000-0123abcd", counts),
    ]
    return history_card(events, messages, CANVAS)


def audit(messages: Messages) -> Card:
    acts = [
        AuditEntry(ASKED_AT, "3003", "Ann", "reload", {}, "refused"),
        AuditEntry(
            ASKED_AT, "1001", "<@1> *Ada*", "add", {"what": "gazette.jsonl", "collection": "news"}, "done"
        ),
    ]
    return audit_card(acts, messages, CANVAS)


def server_panel(messages: Messages) -> Card:
    chosen = Changes(answers=Answers.EVERYTHING, sources=("Harbour Gazette",), admin_roles=("4004",))
    panel = Panel(chosen, ("news", "port"), [f"Source {number}" for number in range(30)])
    return panel_card(panel, messages)


def channel_panel(messages: Messages) -> Card:
    panel = Panel(Changes(passages=1, language=""), ("news", "port"), ["Skarvik Post"], "2002", "#general")
    return panel_card(panel, messages)


CARDS: dict[str, Callable[[Messages], Card]] = {
    "answer": lambda messages: answer_card(shown_of(QUOTES), messages, Frame(thread=True), CANVAS),
    "answer-private": lambda messages: answer_card(
        shown_of(QUOTES, query_of(filtered=True), private=True),
        messages,
        Frame(shareable=True, names=NAMES),
        CANVAS,
    ),
    "answer-shared": lambda messages: answer_card(shown_of(QUOTES), messages, Frame(shared="_Ann_"), CANVAS),
    "answer-understood": lambda messages: answer_card(
        shown_of(QUOTES[:1], asked="And when again?", gone=2), messages, Frame(question=False), CANVAS
    ),
    "answer-read": lambda messages: answer_card(
        shown_of(QUOTES[:1], read_query()), messages, Frame(names=NAMES), CANVAS
    ),
    "no-answer-read": lambda messages: answer_card(
        shown_of(QUOTES[:1], read_query(), answered=False), messages, Frame(names=NAMES), CANVAS
    ),
    "answer-checked": lambda messages: answer_card(
        shown_of(QUOTES[:1], checked=True, private=True), messages, Frame(shareable=True), CANVAS
    ),
    "no-answer": lambda messages: answer_card(
        shown_of(QUOTES, query_of(filtered=True), answered=False), messages, Frame(names=NAMES), CANVAS
    ),
    "context": around,
    "why": lambda messages: why_card(shown_of(QUOTES), messages, CANVAS),
    "latest": lambda messages: latest_card(
        [quote_of(LIGHT), quote_of(NIGHT_FERRY, marks=[])], "", messages, CANVAS
    ),
    "latest-none": lambda messages: latest_card([], "a *topic*", messages, CANVAS),
    "article": lambda messages: article_card(LONG, 2, messages, CANVAS),
    "sources": lambda messages: sources_card(
        [
            SourceCount("Harbour Gazette", 53, datetime(2026, 3, 9, tzinfo=UTC)),
            SourceCount("The [Tide](https://evil.example)", 1, None),
        ],
        messages,
        CANVAS,
    ),
    "help": lambda messages: help_card(messages, administers=True),
    "notice": lambda messages: notice(messages("vote-thanks")),
    "failure": lambda messages: failure(messages("broken", incident="0a1b2c3d")),
    "status": status,
    "plan": lambda messages: plan_card(report(dry_run=True), messages, CANVAS),
    "plan-loss": lambda messages: plan_card(
        ReloadReport((LOSS,), {}, 0, 0.1, True, TITLES), messages, CANVAS
    ),
    "refused": lambda messages: refused_card(LOSS.objection() or "", messages),
    "progress": lambda messages: progress_card(("embedding", 41, 146), messages),
    "report": lambda messages: report_card(report(), messages, CANVAS),
    "history": history,
    "audit": audit,
    "panel-server": server_panel,
    "panel-channel": channel_panel,
}
OTHER_LANGUAGES = [
    ("answer", "ko"),
    ("answer", "ja"),
    ("no-answer", "ko"),
    ("answer-read", "ko"),
    ("answer-read", "ja"),
    ("plan", "ja"),
]


@pytest.mark.parametrize(("name", "language"), [*((name, "en") for name in CARDS), *OTHER_LANGUAGES])
def test_a_message_looks_as_it_was_found_good(name: str, language: str) -> None:
    view, _ = draw(CARDS[name](messages_for(language)))
    made = json.dumps(components_of(view), ensure_ascii=False, indent=1) + "\n"
    path = GOLDEN / f"{name}.{language}.json"
    if WRITE_GOLDEN:
        path.write_text(made)
    assert path.read_text() == made


def test_no_golden_file_is_left_over() -> None:
    wanted = {*((name, "en") for name in CARDS), *OTHER_LANGUAGES}
    assert {path.name for path in GOLDEN.iterdir()} == {
        f"{name}.{language}.json" for name, language in wanted
    }


@pytest.mark.parametrize("language", ["en", "ko", "ja"])
@pytest.mark.parametrize("name", CARDS)
def test_every_message_is_drawn_in_every_language_within_the_limits(name: str, language: str) -> None:
    view, _ = draw(CARDS[name](messages_for(language)))
    assert view.content_length() <= CANVAS.room
    assert sum(1 for _ in view.walk_children()) <= 40


async def test_a_view_is_not_kept_waiting_for_presses() -> None:
    view, _ = draw(CARDS["answer"](messages_for("en")))
    assert view.is_finished()


def test_problems_go_along_as_a_file_with_all_of_them_and_none_of_their_folders() -> None:
    view, files = draw(CARDS["report"](messages_for("en")))
    (file,) = files
    assert file.filename == "problems.txt"
    assert file.fp.read().decode().splitlines() == [
        str(problem).removeprefix("/srv/news/") for problem in PROBLEMS
    ]
    assert any(isinstance(item, discord.ui.File) for item in view.walk_children())


def test_bold_spans_side_by_side_are_bold_together() -> None:
    paragraph = Paragraph((Span("one", bold=True), Span(" two", bold=True), Span(" three")))
    assert drawn(paragraph) == "**one two** three"
    assert drawn(Paragraph((Span(" ", bold=True),))) == " "


def test_a_card_without_parts_that_show_anything_is_a_message_all_the_same() -> None:
    view, files = draw(Card(Tone.NEUTRAL, (Paragraph((Span("…"),)),)))
    assert components_of(view)
    assert files == []
