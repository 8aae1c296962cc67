"""The command that moves a home. As in `bot.cli.main`, it imports what it needs when it is called."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from bot.cli.composition import Parts
from bot.cli.options import json_option

SERVER = ("postgresql://", "postgres://")
"""The schemes of a database server's address."""


@click.command()
@click.option("--to", "target", required=True, metavar="URL|FOLDER", help="An empty database, or a folder.")
@json_option
@click.pass_obj
def move(parts: Parts, target: str, *, as_json: bool) -> None:
    """Copy this home to a database (postgresql://...), or from one to a folder, and check every row and file.

    Stop the bots first. If it is interrupted, run it again. This home is not changed.
    """
    from bot.moving.move import move as move_home
    from corpus.text import counted

    if target.startswith(SERVER):
        there = parts.like(replace(parts.settings, database=target))
    else:
        there = parts.like(replace(parts.settings, database="", home=Path(target)))
    with parts.terminal.progress() as progress:
        report = move_home(parts.home, there.home, progress)
    if as_json:
        parts.terminal.json(
            {
                "already_there": report.already,
                "tables": dict(report.tables),
                "generations": report.generations,
                "uploads": report.uploads,
            }
        )
        return
    rows = sum(report.tables.values())
    held = ", ".join(
        (
            f"{counted(rows, 'row')} of {counted(len(report.tables), 'table')}",
            counted(report.generations, "generation"),
            counted(report.uploads, "upload"),
        )
    )
    parts.terminal.say(f"Everything is there{' already' if report.already else ''}, and checked: {held}.")
    if target.startswith(SERVER):
        parts.terminal.say("Set NEWSDESK_DATABASE to that address wherever a bot runs, and start them.")
    else:
        parts.terminal.say("Start the bot with --home or NEWSDESK_HOME, and without NEWSDESK_DATABASE.")
