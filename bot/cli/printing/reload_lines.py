"""Prints the report of a reload from its JSON."""

from collections.abc import Mapping
from typing import Any

from bot.cli.printing.terminal import Terminal
from bot.messages.counted import counted


def print_collections(terminal: Terminal, row: Mapping[str, Any]) -> None:
    """Print a line for each collection."""
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
    if not row["collections"]:
        terminal.say("There is nothing to reload: no source is registered (`newsdesk corpus add PATH`).")


def print_work(terminal: Terminal, row: Mapping[str, Any]) -> None:
    """Print how many texts were embedded, and how long the reload took."""
    if not row["dry_run"]:
        terminal.say(f"{counted(row['embedded'], 'text')} embedded, {row['seconds']:.1f} s.")
