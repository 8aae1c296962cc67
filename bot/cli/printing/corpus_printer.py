"""What a reload did and what is served, printed."""

from collections.abc import Mapping
from typing import Any

from bot.answers.wording import counted
from bot.cli.printing.terminal import Terminal
from bot.corpus_admin.reload import ReloadReport
from corpus.problem import KEPT, total

PROBLEMS_SHOWN = 20


def print_report(terminal: Terminal, report: ReloadReport) -> None:
    """What a reload did, and its first problems."""
    for plan in report.plans:
        counts = (
            f"{len(plan.new)} new, {len(plan.changed)} changed, {len(plan.removed)} removed, "
            f"{len(plan.unchanged)} unchanged"
        )
        withdrawn = f", {len(plan.withdrawn)} withdrawn" if plan.withdrawn else ""
        generation = report.generations.get(plan.collection)
        outcome = (
            "nothing was changed (dry run)"
            if report.dry_run
            else f"generation {generation} is served"
            if generation
            else "nothing to do"
        )
        terminal.say(f"{plan.collection}: {counts}{withdrawn}; {outcome}.")
    refused = total(problem for problem in report.problems if problem.refused)
    problems = total(report.problems)
    for problem in report.problems[:PROBLEMS_SHOWN]:
        terminal.say(f"  {problem}")
    if len(report.problems) > PROBLEMS_SHOWN:
        listed = f"--json lists the first {KEPT} of each source"
        terminal.say(f"  … and {problems - PROBLEMS_SHOWN:,} more problems ({listed})")
    if refused:
        terminal.say(f"{counted(refused, 'article')} could not be taken.")
    if not report.dry_run:
        terminal.say(f"{counted(report.embedded, 'text')} embedded, {report.seconds:.1f} s.")


def print_status(terminal: Terminal, row: Mapping[str, Any]) -> None:
    """What is served, from where, and what can be gone back to."""
    terminal.say(f"Home {row['home']}")
    if not row["collections"]:
        terminal.say("Nothing is served yet: `newsdesk corpus add PATH`.")
    for name, collection in row["collections"].items():
        newest = f", the newest from {collection['newest']}" if collection["newest"] else ""
        terminal.say(f"\nCollection {name}: {counted(collection['articles'], 'article')}{newest}")
        for source in row["sources"]:
            if source["collection"] == name:
                terminal.say(f"  source     {source['location']}")
        for article_id in collection["withdrawn"]:
            terminal.say(f"  withdrawn  {article_id}")
        for known in collection["generations"]:
            served = "served    " if known["generation"] == collection["current"] else "kept      "
            terminal.say(
                f"  {served} {known['generation']}  {counted(known['articles'], 'article')}, "
                f"{counted(known['passages'], 'passage')}"
            )
    for source in row["sources"]:
        if source["collection"] not in row["collections"]:
            terminal.say(
                f"\nCollection {source['collection']}: not loaded yet\n  source     {source['location']}"
            )
