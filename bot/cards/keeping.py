"""The corpus's administration as a chat shows it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.cards.card import (
    Attached,
    Button,
    Buttons,
    Canvas,
    Card,
    Emphasis,
    Paragraph,
    Part,
    Shape,
    Span,
    Tone,
    fitting,
    joined,
    own,
    plain,
    within,
)
from bot.cards.notices import WORDS
from bot.cards.press import Press
from bot.messages.catalogue import Messages
from bot.reload import ReloadReport
from bot.service.explain import for_chat, place_of
from bot.service.ledger import Act
from bot.wording import newest_words
from corpus.dates import parse_moment
from corpus.plan import ReloadPlan
from corpus.problem import total
from corpus.store import Event

TITLES = 5
"""Articles of each kind that a plan names; the others are counted."""
PLACES = 5
"""Sources that the status names."""
PROBLEMS = 3
"""Problems that are said in the message; the file has more."""
FILE_PROBLEMS = 1000
"""Problems in the file, of at most 300 kB: ten sources of nothing but problems."""
BAR = 20
"""Characters of a progress bar."""
FILE = "problems.txt"


def status_card(row: Mapping[str, Any], say: Messages, canvas: Canvas) -> Card:
    """What is served, from where, and what can be gone back to."""
    made = [own(say("status-title"), Shape.HEADING)]
    if not row["collections"]:
        made.append(own(say("status-none")))
    for name, collection in row["collections"].items():
        made += _collection(name, collection, row["sources"], say)
    return Card(Tone.NEUTRAL, tuple(within(made, canvas.room, canvas)))


def _collection(
    name: str, collection: Mapping[str, Any], sources: Sequence[Mapping[str, str]], say: Messages
) -> Iterator[Paragraph]:
    newest = parse_moment(collection["newest"]) if collection["newest"] else None
    counts = newest_words(collection["articles"], newest, say)
    yield Paragraph((Span(name, bold=True), Span(f": {counts}")))
    places = [source["location"] for source in sources if source["collection"] == name]
    yield own(say("status-sources", count=len(places)), Shape.SMALL)
    for place in places[:PLACES]:
        yield plain(f"– {fitting(_place(place), 100)}", Shape.SMALL)
    if len(places) > PLACES:
        yield own(say("plan-rest", count=len(places) - PLACES), Shape.SMALL)
    if collection["withdrawn"]:
        yield own(say("status-withdrawn", count=len(collection["withdrawn"])), Shape.SMALL)
    for known in collection["generations"]:
        served = known["generation"] == collection["current"]
        made = parse_moment(known["created"])
        yield Paragraph(
            joined(
                (
                    (Span(known["generation"], code=True),),
                    say("status-served" if served else "status-kept"),
                    (Span(say.date(made), moment=made, style="age"),),
                    say("count-articles", count=known["articles"]),
                )
            ),
            Shape.SMALL,
        )


def _place(location: str) -> str:
    """An address as it is; of a path its last parts: where it lies on the machine is no chat's business."""
    return location if "://" in location else "/".join(location.rsplit("/", 2)[-2:])


def plan_card(report: ReloadReport, say: Messages, canvas: Canvas) -> Card:
    """What a reload would change, and buttons to do it or not."""
    made = [own(say("plan-title"), Shape.HEADING)]
    for plan in report.plans:
        made += [_counts(plan, say), *_titles(report, plan, say)]
    if all(plan.changes_nothing for plan in report.plans):
        made.append(own(say("plan-nothing")))
    made += _problems(report, say)
    objections = [objection for plan in report.plans if (objection := plan.objection())]
    if objections:
        made.append(plain(fitting(say("plan-refused", reason="; ".join(objections)), WORDS)))
    else:
        made.append(own(say("plan-confirm"), Shape.SMALL))
    return Card(
        Tone.MISSED if objections else Tone.NEUTRAL,
        (
            *within(made, canvas.room, canvas),
            *_problem_file(report, say),
            _choice(say, force=bool(objections)),
        ),
    )


def _choice(say: Messages, *, force: bool) -> Buttons:
    go = (
        Button(say("button-force"), Press("reload", "", "force"), emphasis=Emphasis.DANGER)
        if force
        else Button(say("button-confirm"), Press("reload"), emphasis=Emphasis.GOOD)
    )
    return Buttons((go, Button(say("button-cancel"), Press("cancel"))))


def refused_card(reason: str, say: Messages) -> Card:
    """That a reload was refused, and a button to do it all the same."""
    words = fitting(say("plan-refused", reason=reason), WORDS)
    return Card(Tone.BAD, (plain(words), _choice(say, force=True)))


def progress_card(progress: tuple[str, int, int] | None, say: Messages) -> Card:
    """How far a reload is."""
    if progress is None:
        return Card(Tone.NEUTRAL, (own(say("working")),))
    what, done, total = progress
    key = f"stage-{what.replace(' ', '-')}"
    stage = say(key) if say.has(key) else what
    if not total:
        return Card(Tone.NEUTRAL, (plain(f"{stage} … {done:,}"),))
    full = round(BAR * done / total)
    bar = Span("█" * full + "░" * (BAR - full), code=True)
    words = say("progress", stage=stage, done=done, total=total)
    return Card(Tone.NEUTRAL, (plain(words), Paragraph((bar,))))


def report_card(report: ReloadReport, say: Messages, canvas: Canvas) -> Card:
    """What a change of the corpus did, with every problem in a file."""
    made = [own(say("report-title"), Shape.HEADING)]
    made += [_counts(plan, say) for plan in report.plans]
    if not report.generations:
        made.append(own(say("report-nothing")))
    seconds = f"{report.seconds:.1f}"
    made.append(own(say("report-time", embedded=report.embedded, seconds=seconds), Shape.SMALL))
    made += _problems(report, say)
    return Card(Tone.FOUND, (*within(made, canvas.room, canvas), *_problem_file(report, say)))


def history_card(events: Sequence[Event], say: Messages, canvas: Canvas) -> Card:
    """What was done to the corpus, newest first."""
    head = own(say("history-title"), Shape.HEADING)
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
    body = within(made, canvas.room - canvas.size(head), canvas) or [own(say("history-none"))]
    return Card(Tone.NEUTRAL, (head, *body))


def audit_card(acts: Sequence[Act], say: Messages, canvas: Canvas, *, refused: bool = False) -> Card:
    """Who did what here, newest first; or with `refused`, who tried what."""
    head = own(say("audit-refused-title" if refused else "audit-title"), Shape.HEADING)
    made = [
        Paragraph(
            (
                Span(f"{act.at:%Y-%m-%d %H:%M} UTC", moment=act.at, style="minute"),
                Span(f" {fitting(act.name, 40)} ({act.person}): "),
                Span(act.act, bold=True),
                Span(f" {_detail(act.detail)} → {fitting(for_chat(act.result), 120)}"),
            )
        )
        for act in acts
    ]
    body = within(made, canvas.room - canvas.size(head), canvas) or [own(say("audit-none"))]
    return Card(Tone.NEUTRAL, (head, *body))


def _detail(detail: Mapping[str, object]) -> str:
    words = ", ".join(f"{name} {value}" for name, value in detail.items() if value not in ("", None))
    return fitting(for_chat(words), 150)


def _counts(plan: ReloadPlan, say: Messages) -> Paragraph:
    return own(
        say(
            "plan-counts",
            name=plan.collection,
            new=len(plan.new),
            changed=len(plan.changed),
            removed=len(plan.removed),
            unchanged=len(plan.unchanged),
        )
    )


def _titles(report: ReloadReport, plan: ReloadPlan, say: Messages) -> Iterator[Paragraph]:
    for key, ids in (("plan-new", plan.new), ("plan-changed", plan.changed), ("plan-removed", plan.removed)):
        for article_id in ids[:TITLES]:
            words = report.titles.get((plan.collection, article_id), article_id)
            yield plain(f"{say(key)}: {fitting(words, 100)}", Shape.SMALL)
        if len(ids) > TITLES:
            yield own(say("plan-rest", count=len(ids) - TITLES), Shape.SMALL)


def _problems(report: ReloadReport, say: Messages) -> Iterator[Paragraph]:
    if report.problems:
        yield own(say("report-problems", count=total(report.problems)))
        for problem in report.problems[:PROBLEMS]:
            yield plain(f"– {fitting(_short(str(problem)), 200)}", Shape.SMALL)


def _problem_file(report: ReloadReport, say: Messages) -> tuple[Part, ...]:
    if not report.problems:
        return ()
    listed = [f"{_short(str(problem))}\n" for problem in report.problems[:FILE_PROBLEMS]]
    if rest := total(report.problems[FILE_PROBLEMS:]):
        listed.append(f"{say('plan-rest', count=rest)}\n")
    return (Attached(FILE, "".join(listed), say("file-sent-directly")),)


def _short(problem: str) -> str:
    """The problem with the file's name alone in the place of its path."""
    where, colon, rest = problem.partition(": ")
    return f"{place_of(where)}{colon}{for_chat(rest)}"
