"""Every kind of message that a platform is sent, put together without a model."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from bot.answers.answer import Missing
from bot.answers.rechecking import recheck
from bot.cards.administration.panel import Panel, panel_card
from bot.cards.administration.reports import (
    audit_card,
    history_card,
    plan_card,
    progress_card,
    refused_card,
    report_card,
    status_card,
)
from bot.cards.administration.source_notice_card import TroubledSource, source_notice_card
from bot.cards.answer_buttons import AnswerContext
from bot.cards.answers import answer_card, why_card
from bot.cards.articles import article_card, help_card, latest_card, sources_card
from bot.cards.card import Canvas, Card
from bot.cards.listing_card import absent_page_card, listing_card
from bot.cards.notices import failure, notice
from bot.cards.quote_source_card import quote_source_card
from bot.cards.recheck_card import recheck_card
from bot.chat.audit_entry import AuditEntry
from bot.chat.delivered_answer import DeliveredAnswer
from bot.chat.posting_pace import PostingPace
from bot.chat.preferences import AnswerPolicy, PreferenceChanges
from bot.chat.standing_question import Pause, StandingKind, StandingQuestion
from bot.chat.venue import Person, Venue
from bot.corpus_admin.reload import ReloadReport
from bot.desk.examples import Example, example_words
from bot.messages.catalogue import Messages
from bot.standing.standing_cards import digest_card, standing_card, standing_list_card
from corpus.plan import plan_reload
from corpus.problem import Problem
from corpus.storage.store_records import Event
from retrieval.collection.source_counts import SourceCount
from retrieval.question.anchors import AnchorKind
from retrieval.question.parsed_question import ParsedQuestion
from tests.bot.samples.answers import (
    ASKED_AT,
    LIGHT,
    LONG,
    NIGHT_FERRY,
    UNDATED,
    article_of,
    listing_of,
    query_of,
    quote_of,
    read_query,
    shown_of,
)
from tests.bot.samples.articles import INES, PAUL

HERE = Venue("discord", "100", "10")
STANDING = StandingQuestion(
    "QuEsTiOn_123",
    HERE,
    Person("1", ""),
    StandingKind.QUESTION,
    "Will the *night ferry* <sail> again?",
    ASKED_AT,
    pace=PostingPace(daily=3, quiet=(22 * 60, 7 * 60 + 30), zone="Asia/Seoul"),
)
_SOURCE = replace(
    STANDING,
    id="SoUrCe_12345",
    kind=StandingKind.SOURCE,
    text="",
    source="Harbour *Gazette*",
    pace=PostingPace(digest=True),
)
_STORY = replace(
    STANDING,
    id="StOrY_123456",
    kind=StandingKind.STORY,
    paused=Pause.CLOSED,
    venue=Venue("discord", "100", "11"),
)
NAMES = {"harbour gazette": "Harbour Gazette"}
_ANSWER = LIGHT.text.index("3 March 2026")
_READ = replace(
    quote_of(LIGHT, copies=[UNDATED, NIGHT_FERRY]),
    shown=(0, LIGHT.text.index("\n")),
    answer=(_ANSWER, _ANSWER + len("3 March 2026")),
)
SEVERAL = replace(
    query_of("When was the lamp lit, which ferry sank and who built it?"),
    parsed=ParsedQuestion(parts=("When was the lamp lit", "which ferry sank", "who built it? lamp lit")),
)
NAMESAKES = [quote_of(article_of(INES)), quote_of(article_of(PAUL))]
QUOTES = (_READ, quote_of(NIGHT_FERRY), quote_of(UNDATED))
_SAID = LIGHT.text[: LIGHT.text.index("\n")]
_CORRECTED = replace(LIGHT, text=LIGHT.text.replace("3 March", "4 *March*").replace("nine", "eleven"))
_FORMER = ("Port Ellery lights its *old* lamp", "Skarvik Post", "former version")
CHECKS = (
    recheck(LIGHT.title, LIGHT.source, LIGHT.version(), _SAID, LIGHT, ()),
    recheck(*_FORMER, _SAID, LIGHT, ()),
    recheck(*_FORMER, _SAID, _CORRECTED, ()),
    recheck(*_FORMER, _SAID, NIGHT_FERRY, ()),
    recheck(*_FORMER, "", NIGHT_FERRY, ()),
    recheck(*_FORMER, _SAID, None, [UNDATED]),
    recheck(*_FORMER, _SAID, None, ()),
)
"""A quote of which each of those things became that can."""
MISSING = (
    Missing(AnchorKind.YEAR, "2021"),
    Missing(AnchorKind.NAME, "Travis Kelce"),
    Missing(AnchorKind.QUOTED, "“The <@1> *Lamp*”"),
)
PROBLEMS = (
    Problem("/srv/news/gazette.jsonl", "it has no text", 3),
    Problem("/srv/news/<!channel>.md", "its date is no date"),
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
    ("news", "quay"): "A quay for *cruise ships* (Harbour Gazette)",
    ("news", "lighthouse-0"): "Port Ellery lights its old lighthouse again (Harbour Gazette)",
}
GROUPS = {"S04EDITORS": "@editors", "S05NIGHT": "@night-desk"}

Make = Callable[[Messages, Canvas], Card]


def _report(*, dry_run: bool = False) -> ReloadReport:
    generations = {} if dry_run else {"news": "20260310T120000-0123abcd"}
    return ReloadReport((PLAN,), generations, 0 if dry_run else 41, 2.345, dry_run, TITLES)


def _around(messages: Messages, canvas: Canvas) -> Card:
    start, end = LONG.text.index("In 1890"), LONG.text.index("In 1891")
    shown = shown_of([quote_of(LIGHT), quote_of(LONG, (start, end - 2))])
    return answer_card(replace(shown, opened=2), messages, AnswerContext(), canvas)


def _more() -> DeliveredAnswer:
    shown = shown_of(QUOTES[1:], private=True)
    return replace(shown, record=replace(shown.record, before=(("news", LIGHT.id, 0),)))


def _status(messages: Messages, canvas: Canvas) -> Card:
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
            {
                "collection": "news",
                "location": "/home/somebody/private/gazette.jsonl",
                "problems": {"refused": 2, "remarks": 1},
            },
            {
                "collection": "news",
                "location": "https://gazette.example/feed",
                "problems": {"refused": 0, "remarks": 0},
            },
        ],
    }
    return status_card(row, messages, canvas)


def _history(messages: Messages, canvas: Canvas) -> Card:
    counts: dict[str, object] = {"new": 7, "changed": 1, "removed": 1}
    events = [
        Event(ASKED_AT, "rollback", "news", "20260309T120000-4567cdef", {"articles": 8}),
        Event(ASKED_AT, "reload", "news", "20260310T120000-0123abcd", counts),
    ]
    return history_card(events, messages, canvas)


def _audit(messages: Messages, canvas: Canvas) -> Card:
    detail: dict[str, object] = {"what": "gazette.jsonl", "collection": "news"}
    acts = [
        AuditEntry(ASKED_AT, "U03ANN", "Ann", "reload", {}, "refused"),
        AuditEntry(ASKED_AT, "U01ADA", "<@U01> *Ada*", "add", detail, "done"),
    ]
    return audit_card(acts, messages, canvas)


def _whole_panel(messages: Messages, _canvas: Canvas) -> Card:
    chosen = PreferenceChanges(
        answers=AnswerPolicy.EVERYTHING, sources=("Source 7",), admin_roles=("U03ANN", "S04EDITORS")
    )
    sources = [f"Source {number}" for number in range(30)]
    return panel_card(Panel(chosen, ("news", "port"), sources, groups=GROUPS), messages)


def _channel_panel(messages: Messages, _canvas: Canvas) -> Card:
    changes = PreferenceChanges(passages=1, language="")
    return panel_card(Panel(changes, ("news", "port"), ["Skarvik Post"], "C02", "#general", GROUPS), messages)


def _sources(messages: Messages, canvas: Canvas) -> Card:
    counts = [
        SourceCount("Harbour Gazette", 53, datetime(2026, 3, 9, tzinfo=UTC)),
        SourceCount("The <https://evil.example|Tide>", 1, None),
    ]
    return sources_card(counts, messages, canvas)


CARDS: dict[str, Make] = {
    "answer": lambda messages, canvas: answer_card(shown_of(QUOTES), messages, AnswerContext(), canvas),
    "answer-private": lambda messages, canvas: answer_card(
        shown_of(QUOTES, query_of(filtered=True), private=True),
        messages,
        AnswerContext(shareable=True, names=NAMES),
        canvas,
    ),
    "answer-shared": lambda messages, canvas: answer_card(
        shown_of(QUOTES), messages, AnswerContext(shared="_Ann_"), canvas
    ),
    "answer-understood": lambda messages, canvas: answer_card(
        shown_of(QUOTES[:1], asked="And when again?", gone=2), messages, AnswerContext(question=False), canvas
    ),
    "answer-read": lambda messages, canvas: answer_card(
        shown_of(QUOTES[:1], read_query()), messages, AnswerContext(names=NAMES), canvas
    ),
    "no-answer-read": lambda messages, canvas: answer_card(
        shown_of(QUOTES[:1], read_query(), answered=False), messages, AnswerContext(names=NAMES), canvas
    ),
    "answer-several": lambda messages, canvas: answer_card(
        shown_of(QUOTES, SEVERAL, unanswered=("Who *built* it?",)), messages, AnswerContext(), canvas
    ),
    "answer-namesakes": lambda messages, canvas: answer_card(
        shown_of(NAMESAKES, query_of("What did Varga do?")), messages, AnswerContext(), canvas
    ),
    "answer-checked": lambda messages, canvas: answer_card(
        shown_of(QUOTES[:1], checked=True, private=True), messages, AnswerContext(shareable=True), canvas
    ),
    "no-answer": lambda messages, canvas: answer_card(
        shown_of(QUOTES, query_of(filtered=True), answered=False),
        messages,
        AnswerContext(names=NAMES),
        canvas,
    ),
    "no-answer-missing": lambda messages, canvas: answer_card(
        shown_of(QUOTES, answered=False, missing=MISSING), messages, AnswerContext(names=NAMES), canvas
    ),
    "answer-more": lambda messages, canvas: answer_card(_more(), messages, AnswerContext(), canvas),
    "answer-actions": lambda messages, canvas: answer_card(
        replace(shown_of(QUOTES), all_buttons=True), messages, AnswerContext(thread=True), canvas
    ),
    "context": _around,
    "recheck": lambda messages, canvas: recheck_card(CHECKS, 1, messages, canvas),
    "recheck-stands": lambda messages, canvas: recheck_card(CHECKS[:1], 4, messages, canvas),
    "why": lambda messages, canvas: why_card(shown_of(QUOTES), messages, canvas),
    "quote-source": lambda messages, canvas: quote_source_card(shown_of(QUOTES), "source?", messages, canvas),
    "latest": lambda messages, canvas: latest_card(
        [quote_of(LIGHT), quote_of(NIGHT_FERRY, marks=[])], "", messages, canvas
    ),
    "latest-events": lambda messages, canvas: latest_card(
        [replace(quote_of(LIGHT), reported_by=(quote_of(UNDATED).citation,) * 5)], "", messages, canvas
    ),
    "latest-each": lambda messages, canvas: latest_card(
        [quote_of(LIGHT), quote_of(UNDATED)], "Harbour", messages, canvas, each=True
    ),
    "latest-none": lambda messages, canvas: latest_card([], "a *topic*", messages, canvas),
    "listing": lambda messages, canvas: listing_card(
        listing_of(QUOTES, 23), "AbC-dEf_123", messages, canvas, NAMES
    ),
    "listing-none": lambda messages, canvas: listing_card(
        replace(listing_of([], 0), otherwise=4, newest=ASKED_AT), "AbC-dEf_123", messages, canvas, NAMES
    ),
    "standing": lambda messages, _: standing_card(STANDING, messages, HERE, said="standing-set"),
    "standing-paused": lambda messages, _: standing_card(
        replace(STANDING, paused=Pause.LEFT, private=True), messages, HERE, listed=True
    ),
    "standing-list": lambda messages, canvas: standing_list_card(
        [STANDING, _SOURCE, _STORY],
        messages,
        canvas,
        HERE,
    ),
    "standing-none": lambda messages, canvas: standing_list_card([], messages, canvas, HERE),
    "standing-digest": lambda messages, canvas: digest_card(
        _SOURCE, [quote.citation for quote in QUOTES], "AbC-dEf_123", messages, canvas
    ),
    "page-absent": lambda messages, _: absent_page_card(messages, "AbC-dEf_123", administers=True),
    "article": lambda messages, canvas: article_card(LONG, 2, messages, canvas),
    "sources": _sources,
    "help": lambda messages, _: help_card(
        messages, example_words(Example("Skarvik *North*", "Harbour <Gazette>"), messages), administers=True
    ),
    "notice": lambda messages, _: notice(messages("vote-thanks")),
    "failure": lambda messages, _: failure(messages("broken", incident="0a1b2c3d")),
    "status": _status,
    "plan": lambda messages, canvas: plan_card(_report(dry_run=True), messages, canvas),
    "plan-loss": lambda messages, canvas: plan_card(
        ReloadReport((LOSS,), {}, 0, 0.1, True, TITLES, (LOSS.objection() or "",)), messages, canvas
    ),
    "refused": lambda messages, _: refused_card(LOSS.objection() or "", messages),
    "progress": lambda messages, _: progress_card(("embedding", 41, 146), messages),
    "report": lambda messages, canvas: report_card(_report(), messages, canvas),
    "history": _history,
    "audit": _audit,
    "source-notice": lambda messages, canvas: source_notice_card(
        [
            TroubledSource(
                f"https://feeds.example/{number}/{'long' * 40}.xml", ASKED_AT, "the *server* says `500`"
            )
            for number in range(7)
        ],
        [TroubledSource("/srv/articles/new.jsonl")],
        "AbC-dEf_123",
        messages,
        canvas,
    ),
    "panel-server": _whole_panel,
    "panel-channel": _channel_panel,
}
GOLDEN = [
    *(("answer", language) for language in ("en", "ko", "ja")),
    ("no-answer", "en"),
    ("listing", "en"),
    ("plan", "en"),
    ("status", "en"),
    ("panel-server", "en"),
]
"""The cards, and their languages, of which each platform keeps a drawing that was found good."""
