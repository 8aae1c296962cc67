"""The commands of `newsdesk corpus` that only read. As in `bot.cli.main`, each imports what it needs when it
is called."""

from __future__ import annotations

import click

from bot.cli.composition import Parts
from bot.cli.options import collection_name, json_option
from corpus.errors import NewsdeskError, WrongCall


def _collection_name(context: click.Context, parameter: click.Parameter, name: str | None) -> str | None:
    return None if name is None else collection_name(context, parameter, name)


@click.command()
@json_option
@click.pass_obj
def status(parts: Parts, *, as_json: bool) -> None:
    """Show what is served, its sources, and the generations for rollback."""
    from bot.cli.printing.corpus_printer import print_status
    from bot.corpus_admin.corpus_json import status_row

    row = status_row(parts.existing_home)
    if as_json:
        parts.terminal.json(row)
    else:
        print_status(parts.terminal, row)


@click.command("list")
@click.argument("collection", required=False, callback=_collection_name)
@click.option("--source", "outlet", metavar="NAME", help="Only articles of this outlet.")
@click.option("--since", metavar="DATE", help="Published on or after: 2026, 2026-01 or 2026-01-14.")
@click.option("--limit", type=click.IntRange(1), default=20, show_default=True, help="Maximum articles.")
@json_option
@click.pass_obj
def list_(
    parts: Parts,
    *,
    collection: str | None,
    outlet: str | None,
    since: str | None,
    limit: int,
    as_json: bool,
) -> None:
    """List the articles with their ids, dates, outlets and titles, newest first.

    Without COLLECTION, it lists those of all collections.
    """
    from bot.cli.printing.article_list import heading_row, newest_articles
    from bot.cli.printing.corpus_printer import print_articles
    from bot.standing.terminal_watch import check_names
    from corpus.dates import parse_period

    try:
        begin = parse_period(since)[0] if since else None
    except ValueError as error:
        raise WrongCall(f"--since: {error}") from error
    home = parts.existing_home
    check_names(home, outlet, collection)
    collections = (collection,) if collection else home.collections()
    found = newest_articles(home, collections, outlet=outlet, since=begin, limit=limit)
    if as_json:
        for heading in found.newest:
            parts.terminal.json(heading_row(heading))
    else:
        print_articles(parts.terminal, found)


@click.command()
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Maximum entries.")
@json_option
@click.pass_obj
def history(parts: Parts, limit: int, *, as_json: bool) -> None:
    """Show changes of the corpus, newest first."""
    from bot.corpus_admin.corpus_json import event_row

    with parts.existing_home.store() as store:
        events = store.history(limit)
    for event in events:
        if as_json:
            parts.terminal.json(event_row(event))
        else:
            detail = ", ".join(f"{name} {value}" for name, value in event.detail.items())
            parts.terminal.say(f"{event.at:%Y-%m-%d %H:%M:%S} UTC  {event.act} {event.collection}: {detail}")
    if not events and not as_json:
        parts.terminal.say("There were no changes yet.")


@click.command()
@json_option
@click.pass_obj
def verify(parts: Parts, *, as_json: bool) -> int:
    """Check every byte of the corpus against its checksums.

    Exits with 1 if anything is damaged.
    """
    from corpus.text import counted

    home = parts.existing_home
    shelves = {name: home.generation_store(name) for name in home.collections()}
    problems = [
        f"collection {name}: {error}"
        for name, generation_store in shelves.items()
        for error in generation_store.problems()
    ]
    try:
        with home.store() as store:
            damage = store.check()
    except NewsdeskError as error:
        damage = str(error)
    if damage:
        problems.append(f"store: {damage}")
    try:
        home.withdrawn.all()
    except NewsdeskError as error:
        problems.append(f"withdrawn articles: {error}")
    count = sum(len(generation_store.generations()) for generation_store in shelves.values())
    if as_json:
        parts.terminal.json({"generations": count, "problems": problems})
    else:
        for problem in problems:
            parts.terminal.say(problem)
        parts.terminal.say(f"{counted(count, 'generation')} checked, {counted(len(problems), 'problem')}.")
    return 1 if problems else 0
