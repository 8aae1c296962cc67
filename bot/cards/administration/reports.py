"""Cards about the corpus for administrators: plans, reports, status, history."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.answers.wording import newest_words
from bot.cards.card import (
    Attached,
    Button,
    Buttons,
    Canvas,
    Card,
    Emphasis,
    Paragraph,
    ParagraphStyle,
    Part,
    Span,
    Tone,
    joined,
    markup,
    plain,
    truncate,
    within,
)
from bot.cards.failures import for_chat, place_of
from bot.cards.notices import WORDS
from bot.cards.press import Press
from bot.chat.audit_entry import AuditEntry
from bot.corpus_admin.reload import ReloadReport
from bot.messages.catalogue import Messages
from corpus.dates import parse_moment, read_moment
from corpus.plan import ReloadPlan
from corpus.problem import grouped, total
from corpus.storage.store_records import Event

TITLES = 5
"""Articles of each kind that a plan names; the others are counted."""
PLACES = 5
"""Sources that the status names."""
PROBLEMS = 3
"""Problems that are said in the message; the file has more."""
FAILING = 3
"""Sources that can't be read and are named; `newsdesk corpus status` lists all."""
FILE_PROBLEMS = 1000
"""Problems in the file, of at most 300 kB: ten sources of nothing but problems."""
BAR = 20
"""Characters of a progress bar."""
FILE = "problems.txt"


def status_card(row: Mapping[str, Any], messages: Messages, canvas: Canvas) -> Card:
    """What is served, from where, and what can be gone back to."""
    made = [markup(messages("status-title"), ParagraphStyle.HEADING)]
    if not row["collections"]:
        made.append(markup(messages("status-none")))
    for name, collection in row["collections"].items():
        made += _collection(name, collection, row["sources"], messages)
    return Card(Tone.NEUTRAL, tuple(within(made, canvas.room, canvas)))


def _collection(
    name: str, collection: Mapping[str, Any], sources: Sequence[Mapping[str, Any]], messages: Messages
) -> Iterator[Paragraph]:
    newest = read_moment(collection["newest"]).moment if collection["newest"] else None
    counts = newest_words(collection["articles"], newest, messages)
    yield Paragraph((Span(name, bold=True), Span(f": {counts}")))
    ours = [source for source in sources if source["collection"] == name]
    places = [source["location"] for source in ours]
    yield markup(messages("status-sources", count=len(places)), ParagraphStyle.SMALL)
    for place in places[:PLACES]:
        yield plain(f"– {truncate(_place(place), 100)}", ParagraphStyle.SMALL)
    if len(places) > PLACES:
        yield markup(messages("plan-rest", count=len(places) - PLACES), ParagraphStyle.SMALL)
    failing = [source for source in ours if source.get("polling", {}).get("failing_since")]
    for source in failing[:FAILING]:
        place, reason = truncate(_place(source["location"]), 100), source["polling"]["error"]
        yield plain(
            truncate(messages("status-failing", place=place, reason=reason), WORDS), ParagraphStyle.SMALL
        )
    if failing:
        yield markup(messages("status-failing-hint"), ParagraphStyle.SMALL)
    if refused := sum(source["problems"]["refused"] for source in ours):
        yield markup(messages("status-refused", count=refused), ParagraphStyle.SMALL)
    if collection["withdrawn"]:
        yield markup(messages("status-withdrawn", count=len(collection["withdrawn"])), ParagraphStyle.SMALL)
    for known in collection["generations"]:
        served = known["generation"] == collection["current"]
        made = parse_moment(known["created"])
        yield Paragraph(
            joined(
                (
                    (Span(known["generation"], code=True),),
                    messages("status-served" if served else "status-kept"),
                    (Span(messages.date(made), moment=made, style="age"),),
                    messages("count-articles", count=known["articles"]),
                )
            ),
            ParagraphStyle.SMALL,
        )


def _place(location: str) -> str:
    """An address as it is; of a path its last parts: where it lies on the machine is no chat's business."""
    return location if "://" in location else "/".join(location.rsplit("/", 2)[-2:])


def plan_card(report: ReloadReport, messages: Messages, canvas: Canvas) -> Card:
    """What a reload would change, and buttons to do it or not."""
    made = [markup(messages("plan-title"), ParagraphStyle.HEADING)]
    for plan in report.plans:
        made += [_counts(plan, messages), *_titles(report, plan, messages)]
    if all(plan.changes_nothing for plan in report.plans):
        made.append(markup(messages("plan-nothing")))
    made += _problems(report, messages)
    objections = for_chat("; ".join(report.objections))
    if objections:
        made.append(plain(truncate(messages("plan-refused", reason=objections), WORDS)))
    else:
        made.append(markup(messages("plan-confirm"), ParagraphStyle.SMALL))
    return Card(
        Tone.MISSED if objections else Tone.NEUTRAL,
        (
            *within(made, canvas.room, canvas),
            *_problem_file(report, messages),
            _choice(messages, force=bool(objections)),
        ),
    )


def _choice(messages: Messages, *, force: bool) -> Buttons:
    go = (
        Button(messages("button-force"), Press("reload", "", "force"), emphasis=Emphasis.DANGER)
        if force
        else Button(messages("button-confirm"), Press("reload"), emphasis=Emphasis.GOOD)
    )
    return Buttons((go, Button(messages("button-cancel"), Press("cancel"))))


def refused_card(reason: str, messages: Messages) -> Card:
    """That a reload was refused, and a button to do it all the same."""
    words = truncate(messages("plan-refused", reason=reason), WORDS)
    return Card(Tone.BAD, (plain(words), _choice(messages, force=True)))


def progress_card(progress: tuple[str, int, int] | None, messages: Messages) -> Card:
    """How far a reload is."""
    if progress is None:
        return Card(Tone.NEUTRAL, (markup(messages("working")),))
    what, done, total = progress
    key = f"stage-{what.replace(' ', '-')}"
    stage = messages(key) if messages.has(key) else what
    if not total:
        return Card(Tone.NEUTRAL, (plain(f"{stage} … {done:,}" if done else f"{stage} …"),))
    full = round(BAR * done / total)
    bar = Span("█" * full + "░" * (BAR - full), code=True)
    words = messages("progress", stage=stage, done=done, total=total)
    return Card(Tone.NEUTRAL, (plain(words), Paragraph((bar,))))


def report_card(report: ReloadReport, messages: Messages, canvas: Canvas) -> Card:
    """What a change of the corpus did, with every problem in a file."""
    made = [markup(messages("report-title"), ParagraphStyle.HEADING)]
    made += [_counts(plan, messages) for plan in report.plans]
    if not report.generations:
        made.append(markup(messages("report-nothing")))
    seconds = f"{report.seconds:.1f}"
    made.append(
        markup(messages("report-time", embedded=report.embedded, seconds=seconds), ParagraphStyle.SMALL)
    )
    made += _problems(report, messages)
    tone = Tone.MISSED if report.problems else Tone.FOUND
    return Card(tone, (*within(made, canvas.room, canvas), *_problem_file(report, messages)))


def history_card(events: Sequence[Event], messages: Messages, canvas: Canvas) -> Card:
    """What was done to the corpus, newest first."""
    head = markup(messages("history-title"), ParagraphStyle.HEADING)
    made = [
        Paragraph(
            (
                Span(f"{event.at:%Y-%m-%d %H:%M} UTC", moment=event.at, style="minute"),
                Span(" "),
                Span(event.act, bold=True),
                Span(f" {event.collection}: {_detail(event.detail)}"),
            )
        )
        for event in events
    ]
    body = within(made, canvas.room - canvas.size(head), canvas) or [markup(messages("history-none"))]
    return Card(Tone.NEUTRAL, (head, *body))


def audit_card(
    acts: Sequence[AuditEntry], messages: Messages, canvas: Canvas, *, refused: bool = False
) -> Card:
    """Who did what here, newest first; or with `refused`, who tried what."""
    head = markup(messages("audit-refused-title" if refused else "audit-title"), ParagraphStyle.HEADING)
    made = [
        Paragraph(
            (
                Span(f"{act.at:%Y-%m-%d %H:%M} UTC", moment=act.at, style="minute"),
                Span(f" {truncate(act.name, 40)} ({act.person}): "),
                Span(act.act, bold=True),
                Span(f" {_detail(act.detail)} → {truncate(for_chat(act.result), 120)}"),
            )
        )
        for act in acts
    ]
    body = within(made, canvas.room - canvas.size(head), canvas) or [markup(messages("audit-none"))]
    return Card(Tone.NEUTRAL, (head, *body))


def _detail(detail: Mapping[str, object]) -> str:
    words = ", ".join(f"{name} {value}" for name, value in detail.items() if value not in ("", None))
    return truncate(for_chat(words), 150)


def _counts(plan: ReloadPlan, messages: Messages) -> Paragraph:
    return markup(
        messages(
            "plan-counts",
            name=plan.collection,
            new=len(plan.new),
            changed=len(plan.changed),
            removed=len(plan.removed),
            unchanged=len(plan.unchanged),
        )
    )


def _titles(report: ReloadReport, plan: ReloadPlan, messages: Messages) -> Iterator[Paragraph]:
    for key, ids in (("plan-new", plan.new), ("plan-changed", plan.changed), ("plan-removed", plan.removed)):
        for article_id in ids[:TITLES]:
            words = report.titles.get((plan.collection, article_id), article_id)
            yield plain(f"{messages(key)}: {truncate(words, 100)}", ParagraphStyle.SMALL)
        if len(ids) > TITLES:
            yield markup(messages("plan-rest", count=len(ids) - TITLES), ParagraphStyle.SMALL)


def _problems(report: ReloadReport, messages: Messages) -> Iterator[Paragraph]:
    if report.problems:
        yield markup(messages("report-problems", count=total(report.problems)))
        for group in grouped(report.problems)[:PROBLEMS]:
            others = f" (+{group.count - group.first.count:,})" if group.others else ""
            yield plain(f"– {truncate(_short(str(group.first)), 200)}{others}", ParagraphStyle.SMALL)


def _problem_file(report: ReloadReport, messages: Messages) -> tuple[Part, ...]:
    if not report.problems:
        return ()
    listed = [f"{_short(str(problem))}\n" for problem in report.problems[:FILE_PROBLEMS]]
    if rest := total(report.problems[FILE_PROBLEMS:]):
        listed.append(f"{messages('plan-rest', count=rest)}\n")
    return (Attached(FILE, "".join(listed), messages("file-sent-directly")),)


def _short(problem: str) -> str:
    """The problem with the file's name alone in the place of its path."""
    where, colon, rest = problem.partition(": ")
    return f"{place_of(where)}{colon}{for_chat(rest)}"
