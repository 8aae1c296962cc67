"""Prints the report of a reload from its JSON."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from bot.cli.printing.terminal import Terminal
from corpus.text import counted

KINDS = ("new", "changed", "removed")
"""The kinds of changes whose articles are listed."""
NO_TITLES: Mapping[tuple[str, str], str] = MappingProxyType({})


def print_collections(
    terminal: Terminal, row: Mapping[str, Any], titles: Mapping[tuple[str, str], str] = NO_TITLES
) -> None:
    """Print a line for each collection and, of a dry run, the first articles of each kind with their `titles`
    (`ReloadReport.titles`)."""
    for name, told in row["collections"].items():
        counts = (
            f"{len(told['new'])} new, {len(told['changed'])} changed, {len(told['removed'])} removed, "
            f"{told['unchanged']} unchanged"
        )
        withdrawn = f", {len(told['withdrawn'])} withdrawn" if told["withdrawn"] else ""
        outcome = (
            "nothing was changed (dry run)"
            if row["dry_run"]
            else f"generation {told['generation']} is served"
            if told["generation"]
            else "nothing to do"
        )
        terminal.say(f"{name}: {counts}{withdrawn}; {outcome}.")
        for kind in KINDS if row["dry_run"] else ():
            named = [key for key in told[kind] if (name, key) in titles]
            for key in named:
                terminal.say(f"  {kind:<7}  {key}  {titles[name, key]}")
            if more := len(told[kind]) - len(named):
                terminal.say(f"  … and {more:,} more {kind} (--json lists all)")
    if not row["collections"]:
        terminal.say("There is nothing to reload: no source is registered (`newsdesk corpus add PATH`).")


def print_work(terminal: Terminal, row: Mapping[str, Any]) -> None:
    """Print how many texts were embedded, and how long the reload took."""
    if not row["dry_run"]:
        terminal.say(f"{counted(row['embedded'], 'text')} embedded, {row['seconds']:.1f} s.")
