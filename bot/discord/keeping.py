"""The corpus's administration as Discord shows it."""

import io
from collections.abc import Mapping, Sequence
from typing import Any

import discord
from discord import ButtonStyle, ui

from bot.discord.layout import BAD, FOUND, MISSED, NEUTRAL, TEXT_LIMIT, button, card, fitting, rows, text
from bot.discord.markdown import escaped, length, timestamp
from bot.discord.press import Press
from bot.messages.catalogue import Messages
from bot.reload import ReloadReport
from bot.service.ledger import Act
from corpus.dates import parse_moment
from corpus.plan import ReloadPlan
from corpus.store import Event

TITLES = 5
"""Articles of each kind that a plan names; the others are counted."""
PLACES = 5
"""Sources that the status names."""
PROBLEMS = 3
"""Problems that are said in the message; the file has all."""
BAR = 20
"""Characters of a progress bar."""
FILE = "problems.txt"

Item = ui.Item[ui.LayoutView]


def status_message(row: Mapping[str, Any], say: Messages) -> ui.LayoutView:
    """What is served, from where, and what can be gone back to."""
    items: list[Item] = [text(f"### {say('status-title')}")]
    if not row["collections"]:
        items.append(text(say("status-none")))
    for name, collection in row["collections"].items():
        newest = parse_moment(collection["newest"]) if collection["newest"] else None
        parts = [
            say(
                "status-collection",
                name=escaped(name),
                articles=say("count-articles", count=collection["articles"]),
                date=say.date(newest),
            )
        ]
        places = [source["location"] for source in row["sources"] if source["collection"] == name]
        parts.append(say("status-sources", count=len(places)))
        parts += [f"- {escaped(fitting(_place(place), 100))}" for place in places[:PLACES]]
        if len(places) > PLACES:
            parts.append(f"- {say('plan-rest', count=len(places) - PLACES)}")
        if collection["withdrawn"]:
            parts.append(say("status-withdrawn", count=len(collection["withdrawn"])))
        for known in collection["generations"]:
            key = "status-served" if known["generation"] == collection["current"] else "status-kept"
            when = timestamp(parse_moment(known["created"]), "R")
            articles = say("count-articles", count=known["articles"])
            parts.append(f"-# {known['generation']} · {say(key, when=when)} · {articles}")
        items.append(text("\n".join(parts)))
    return card(NEUTRAL, *_within(items))


def _place(location: str) -> str:
    """An address as it is; of a path its last parts: where it lies on the machine is no chat's business."""
    return location if "://" in location else "/".join(location.rsplit("/", 2)[-2:])


def plan_message(report: ReloadReport, say: Messages) -> ui.LayoutView:
    """What a reload would change, and buttons to do it or not."""
    items: list[Item] = [text(f"### {say('plan-title')}")]
    changing = [plan for plan in report.plans if not plan.changes_nothing]
    items += [text("\n".join([_counts(plan, say), *_titles(report, plan, say)])) for plan in report.plans]
    if not changing:
        items.append(text(say("plan-nothing")))
    objections = [objection for plan in report.plans if (objection := plan.objection())]
    items += _problems(report, say)
    if objections:
        items.append(text(escaped(say("plan-refused", reason="; ".join(objections)))))
    else:
        items.append(text(f"-# {say('plan-confirm')}"))
    go = (
        button(say("button-force"), Press("reload", "", "force"), ButtonStyle.danger)
        if objections
        else button(say("button-confirm"), Press("reload"), ButtonStyle.success)
    )
    return card(
        MISSED if objections else NEUTRAL,
        *_within(items),
        *rows([go, button(say("button-cancel"), Press("cancel"))]),
    )


def refused_message(reason: str, say: Messages) -> ui.LayoutView:
    """That a reload was refused, and a button to do it all the same."""
    return card(
        BAD,
        text(escaped(fitting(say("plan-refused", reason=reason), TEXT_LIMIT // 2))),
        *rows(
            [
                button(say("button-force"), Press("reload", "", "force"), ButtonStyle.danger),
                button(say("button-cancel"), Press("cancel")),
            ]
        ),
    )


def progress_message(progress: tuple[str, int, int] | None, say: Messages) -> ui.LayoutView:
    """How far a reload is."""
    if progress is None:
        return card(NEUTRAL, text(say("working")))
    what, done, total = progress
    key = f"stage-{what.replace(' ', '-')}"
    stage = say(key) if say.has(key) else escaped(what)
    if not total:
        return card(NEUTRAL, text(f"{stage} … {done:,}"))
    full = round(BAR * done / total)
    return card(
        NEUTRAL,
        text(f"{say('progress', stage=stage, done=done, total=total)}\n`{'█' * full}{'░' * (BAR - full)}`"),
    )


def report_message(report: ReloadReport, say: Messages) -> tuple[ui.LayoutView, list[discord.File]]:
    """What a change of the corpus did, with every problem in a file."""
    items: list[Item] = [text(f"### {say('report-title')}")]
    items += [text(_counts(plan, say)) for plan in report.plans]
    if not report.generations:
        items.append(text(say("report-nothing")))
    items.append(text(f"-# {say('report-time', embedded=report.embedded, seconds=f'{report.seconds:.1f}')}"))
    items += _problems(report, say)
    files = problem_files(report)
    items = _within(items)
    if files:
        items.append(ui.File(f"attachment://{FILE}"))
    return card(FOUND, *items), files


def problem_files(report: ReloadReport) -> list[discord.File]:
    """Every problem of a reload, a line each, as a file to be attached; none where there is none."""
    if not report.problems:
        return []
    lines = "".join(f"{problem}\n" for problem in report.problems)
    return [discord.File(io.BytesIO(lines.encode()), FILE)]


def history_message(events: Sequence[Event], say: Messages) -> ui.LayoutView:
    """What was done to the corpus, newest first."""
    lines = [
        f"{timestamp(event.at, 'f')} **{escaped(event.act)}** {escaped(event.collection)}: "
        + escaped(fitting(", ".join(f"{name} {value}" for name, value in event.detail.items()), 200))
        for event in events
    ]
    return _list(say("history-title"), lines, say("history-none"))


def audit_message(acts: Sequence[Act], say: Messages) -> ui.LayoutView:
    """Who did what here, newest first."""
    lines = [
        f"{timestamp(act.at, 'f')} {escaped(fitting(act.name, 40))} (`{act.person}`): **{escaped(act.act)}** "
        + escaped(fitting(", ".join(f"{name} {value}" for name, value in act.detail.items()), 120))
        + f" → {escaped(fitting(act.result, 120))}"
        for act in acts
    ]
    return _list(say("audit-title"), lines, say("audit-none"))


def _list(title: str, lines: Sequence[str], none: str) -> ui.LayoutView:
    room = TEXT_LIMIT - length(title) - 10
    fit: list[str] = []
    for one in lines:
        room -= length(one) + 1
        if room < 0:
            break
        fit.append(one)
    return card(NEUTRAL, text(f"### {title}"), text("\n".join(fit) or none))


def _counts(plan: ReloadPlan, say: Messages) -> str:
    return say(
        "plan-counts",
        name=escaped(plan.collection),
        new=len(plan.new),
        changed=len(plan.changed),
        removed=len(plan.removed),
        unchanged=len(plan.unchanged),
    )


def _titles(report: ReloadReport, plan: ReloadPlan, say: Messages) -> list[str]:
    made = []
    for key, ids in (("plan-new", plan.new), ("plan-changed", plan.changed), ("plan-removed", plan.removed)):
        for article_id in ids[:TITLES]:
            title = report.titles.get((plan.collection, article_id), article_id)
            made.append(f"-# {say(key)}: {escaped(fitting(title, 100))}")
        if rest := len(ids) - TITLES:
            made += [f"-# {say('plan-rest', count=rest)}"] if rest > 0 else []
    return made


def _problems(report: ReloadReport, say: Messages) -> list[Item]:
    if not report.problems:
        return []
    lines = [f"- {escaped(fitting(_short(str(problem)), 200))}" for problem in report.problems[:PROBLEMS]]
    return [text("\n".join([say("report-problems", count=len(report.problems)), *lines]))]


def _short(problem: str) -> str:
    """The problem with the file's name alone in the place of its path."""
    where, colon, rest = problem.partition(": ")
    return f"{where.rsplit('/', 1)[-1]}{colon}{rest}"


def _within(items: Sequence[Item]) -> list[Item]:
    """The first items whose texts fit a message together."""
    room = TEXT_LIMIT
    fit: list[Item] = []
    for item in items:
        if isinstance(item, ui.TextDisplay):
            room -= length(item.content)
            if room < 0:
                break
        fit.append(item)
    return fit
