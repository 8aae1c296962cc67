"""Prints the report of a reload and the status of the corpus."""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.cli.printing.article_list import ArticleList
from bot.cli.printing.reload_lines import print_collections, print_work
from bot.cli.printing.terminal import Terminal
from bot.corpus_admin.corpus_json import report_row
from bot.corpus_admin.reload import ReloadReport
from bot.polling.poll_report import PollReport
from corpus.problem import NOT_LISTED, Problem, ProblemGroup, by_kind, grouped, total
from corpus.text import counted

PROBLEMS_SHOWN = 20
"""The most kinds of problems that are printed, each with its first places; a dry run prints all problems."""


def print_report(terminal: Terminal, report: ReloadReport, *, only_new: bool = False) -> None:
    """Print what a reload did, and its first problems, or all problems of a dry run; with `only_new`, those
    that were not known before."""
    row = report_row(report)
    print_collections(terminal, row, report.titles)
    for objection in report.objections:
        terminal.say(f"A reload would be refused without --force: {objection}.")
    problems = [problem for problem in report.problems if not (only_new and problem.known)]
    refused = total(problem for problem in problems if problem.refused)
    if report.dry_run:
        for problem in (one for kind in by_kind(problems) for one in kind):
            terminal.say(f"  {problem}")
        _print_advice(terminal, problems)
    else:
        _print_problems(terminal, problems)
    if refused:
        terminal.say(f"{counted(refused, 'article')} could not be taken.")
    print_work(terminal, row)


def _print_problems(terminal: Terminal, problems: Sequence[Problem]) -> None:
    groups = grouped(problems)
    for group in groups[:PROBLEMS_SHOWN]:
        terminal.say(f"  {group.first}")
        if group.others:
            places = ", ".join(group.others)
            more = ", …" if group.count > len(group.others) + 1 else ""
            terminal.say(f"    and {group.count - group.first.count:,} like this: {places}{more}")
    _print_advice(terminal, problems)
    if rest := sum(group.count for group in groups[PROBLEMS_SHOWN:]):
        terminal.say(f"  … and {rest:,} more problems of other kinds")
    if rest or any(_is_cut(group) for group in groups):
        terminal.say("  (`newsdesk corpus reload --dry-run` lists all problems)")


def _is_cut(group: ProblemGroup) -> bool:
    """Whether there are problems in the group that are only counted."""
    first = group.first
    return group.count - first.count > len(group.others) or first.reason.endswith(NOT_LISTED)


def _print_advice(terminal: Terminal, problems: Sequence[Problem]) -> None:
    if any("its fields are" in problem.reason or "its columns" in problem.reason for problem in problems):
        terminal.say("  (add it again with --fields text=NAME to say which field holds the text)")


def print_status(terminal: Terminal, row: Mapping[str, Any]) -> None:
    """Print what is served, its sources, and the generations for rollback."""
    terminal.say(f"Home {row['home']}")
    if shared := row["database"]:
        by = shared["changed_by"]
        now = f"changed by {by['process']} since {by['since']}" if by else "nobody changes it now"
        terminal.say(f"Shared by all that name {shared['name']}; {now}")
        for name, generation in shared["served"].items():
            terminal.say(f"  serves {name} from {generation}")
    if not row["collections"]:
        terminal.say("Nothing is served yet: `newsdesk corpus add PATH`.")
    for name, collection in row["collections"].items():
        newest = f", the newest from {collection['newest']}" if collection["newest"] else ""
        terminal.say(f"\nCollection {name}: {counted(collection['articles'], 'article')}{newest}")
        for source in row["sources"]:
            if source["collection"] == name:
                terminal.say(f"  source     {source['location']}{_polled(source)}{_problems(source)}")
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
                f"\nCollection {source['collection']}: not loaded yet\n"
                f"  source     {source['location']}{_polled(source)}{_problems(source)}"
            )


def _polled(source: Mapping[str, Any]) -> str:
    """Since when a polled source fails, and why; empty if it does not fail."""
    state = source["polling"]
    if not state["error"]:
        return ""
    if not state["failing_since"]:
        return f"\n             {state['error']}"
    rests = "; it is now polled only once a week" if state["resting"] else ""
    return f"\n             can't be read since {state['failing_since']}: {state['error']}{rests}"


def _problems(source: Mapping[str, Any]) -> str:
    """How many problems a source had when it was last read, and the command that lists them; empty if it had
    none."""
    refused, remarks = source["problems"]["refused"], source["problems"]["remarks"]
    if not (refused or remarks):
        return ""
    not_taken = f"{counted(refused, 'article')} could not be taken" if refused else ""
    said = counted(remarks, "remark") + " on those that were" * bool(refused) if remarks else ""
    listed = "`newsdesk corpus reload --dry-run` lists them"
    return f"\n             {', '.join(filter(None, (not_taken, said)))} ({listed})"


def print_articles(terminal: Terminal, found: ArticleList) -> None:
    """Print a line for each article of the list, and how many are not shown."""
    for one in found.newest:
        date = f"{one.published:%Y-%m-%d}" if one.published else "no date   "
        terminal.say(f"{one.id}  {date}  {one.source}  {one.title}")
    if more := found.count - len(found.newest):
        terminal.say(f"… and {more:,} more (--limit {found.count} lists all)")
    if not found.count:
        terminal.say("There is no such article.")


def print_poll(terminal: Terminal, report: PollReport) -> None:
    """Print the report of a round of polling."""
    if not report.sources:
        terminal.say("There is nothing to poll: no source is registered (`newsdesk corpus add PATH`).")
        return
    if not (report.asked or report.reloads or report.refused):
        terminal.say(
            f"No source is due yet, of {counted(report.sources, 'source')}: "
            "`newsdesk corpus poll --all` polls all of them anyway."
        )
        return
    new, changed, removed = report.counts()
    terminal.say(
        f"{report.asked} of {counted(report.sources, 'source')} polled, {len(report.changed)} changed: "
        f"{counted(new, 'new article')}, {changed} changed, {removed} removed."
    )
    for one in report.failures:
        often = f" ({one.count} times in a row)" if one.count > 1 else ""
        terminal.say(f"  {one.source.location}: {one.reason}{often}")
    for source, address in report.moved:
        terminal.say(
            f"  {source.location} has moved permanently to {address}, and is polled there from now on."
        )
    for source, reason in report.refused.items():
        terminal.say(f"  {source.location}: its new content was not loaded: {reason}")
    _print_problems(terminal, [problem for one in report.reloads for problem in one.problems])
    terminal.say(f"{counted(report.embedded, 'text')} embedded, {report.seconds:.1f} s.")
