"""The commands for those who look after the corpus. As in `bot.cli`, what one works with is imported when
it is called."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from bot.compose import Parts
from corpus.article import DEFAULT_COLLECTION, check_collection_name
from corpus.errors import NewsdeskError, WrongCall

if TYPE_CHECKING:
    from bot.reload import ReloadReport
    from corpus.store import Source


def _collection_name(_context: click.Context, _parameter: click.Parameter, name: str) -> str:
    try:
        return check_collection_name(name)
    except ValueError as error:
        raise WrongCall(str(error)) from error


collection_option = click.option(
    "--collection",
    default=DEFAULT_COLLECTION,
    show_default=True,
    callback=_collection_name,
    help="Which collection.",
)
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_force = click.option("--force", is_flag=True, help="Even if most articles are lost, or a source is missing.")


@click.group()
def corpus() -> None:
    """Add, reload, check and take back articles."""


@corpus.command()
@click.argument("places", nargs=-1, required=True, metavar="PATH...")
@collection_option
@_json
@click.pass_obj
def add(parts: Parts, places: tuple[str, ...], collection: str, *, as_json: bool) -> None:
    """Register files, folders or patterns as sources, and load them.

    `sample` is the built-in corpus.
    """
    from corpus.sources import absolute, read
    from corpus.store import Source

    sources = [Source(collection, absolute(place)) for place in places]
    for source in sources:
        next(read(source.location, collection), None)  # a place that can't be read is said before all else
    with registered(parts, sources):
        _reload(parts, as_json=as_json)


@corpus.command("reload")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@_force
@_json
@click.pass_obj
def reload_(parts: Parts, *, dry_run: bool, force: bool, as_json: bool) -> None:
    """Read every source again and publish what changed."""
    _reload(parts, as_json=as_json, dry_run=dry_run, force=force)


@corpus.command()
@click.argument("target")
@collection_option
@_force
@_json
@click.pass_obj
def remove(parts: Parts, target: str, collection: str, *, force: bool, as_json: bool) -> None:
    """Take out an article (by its id) or a source (by its place), for good and at once."""
    source = _source(parts, target, collection)
    with parts.home.store() as store:
        if source:
            store.remove_source(source)
        elif any(article.id == target for article in parts.home.shelf(collection).served_articles()):
            store.withdraw(collection, target)
        else:
            raise WrongCall(
                f"{target!r} is neither an article nor a source of collection {collection}: "
                "`newsdesk corpus status` lists the sources"
            )
    try:
        report = _reload(parts, as_json=as_json, force=force)
    except BaseException:
        if source:
            with parts.home.store() as store:
                store.add_source(source)
        raise
    with parts.home.store() as store:
        store.record("remove", collection, report.generations.get(collection), {"target": target})


@corpus.command()
@click.argument("article_id")
@collection_option
@_json
@click.pass_obj
def restore(parts: Parts, article_id: str, collection: str, *, as_json: bool) -> None:
    """Take an article back in that was removed by its id."""
    with parts.home.store() as store:
        if not store.readmit(collection, article_id):
            raise WrongCall(f"article {article_id!r} was not removed from collection {collection}")
    try:
        _reload(parts, as_json=as_json)
    except BaseException:
        with parts.home.store() as store:
            store.withdraw(collection, article_id)
        raise


@corpus.command()
@_json
@click.pass_obj
def status(parts: Parts, *, as_json: bool) -> None:
    """What is served, from which sources, and what can be gone back to."""
    from bot.rows import status_row

    row = status_row(parts.home)
    if as_json:
        parts.terminal.json(row)
    else:
        parts.terminal.status(row)


@corpus.command()
@collection_option
@_json
@click.pass_obj
def rollback(parts: Parts, collection: str, *, as_json: bool) -> None:
    """Serve the generation before the current one again."""
    from bot.page import add_pages, drop_pages

    with parts.home.locked(), parts.home.store() as store:
        manifest = parts.home.shelf(collection).roll_back()
        store.record("rollback", collection, manifest.generation, {"articles": manifest.articles})
        articles = parts.home.shelf(collection).served_articles()
        try:
            add_pages(parts.home.pages(collection), articles)
            drop_pages(parts.home.pages(collection), articles)
        except OSError as error:
            # The answers are right already; only links to our own pages are not.
            parts.terminal.notice(f"some pages of articles could not be written ({error.strerror})")
    if as_json:
        parts.terminal.json({"collection": collection, "generation": manifest.generation})
    else:
        parts.terminal.say(
            f"Collection {collection} is served from generation {manifest.generation} again "
            f"({manifest.articles} articles of {manifest.created})."
        )


@corpus.command()
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Most acts shown.")
@_json
@click.pass_obj
def history(parts: Parts, limit: int, *, as_json: bool) -> None:
    """What was done to the corpus, newest first."""
    from bot.rows import event_row

    with parts.home.store() as store:
        events = store.history(limit)
    for event in events:
        if as_json:
            parts.terminal.json(event_row(event))
        else:
            detail = ", ".join(f"{name} {value}" for name, value in event.detail.items())
            parts.terminal.say(f"{event.at:%Y-%m-%d %H:%M:%S}  {event.act} {event.collection}: {detail}")
    if not events and not as_json:
        parts.terminal.say("Nothing was done yet.")


@corpus.command()
@_json
@click.pass_obj
def verify(parts: Parts, *, as_json: bool) -> int:
    """Check every byte of every generation, and the store.

    Ends with 1 where anything is damaged.
    """
    from bot.wording import counted

    shelves = {name: parts.home.shelf(name) for name in parts.home.collections()}
    problems = [
        f"collection {name}: {error}" for name, shelf in shelves.items() for error in shelf.problems()
    ]
    try:
        with parts.home.store() as store:
            damage = store.check()
    except NewsdeskError as error:
        damage = str(error)
    if damage:
        problems.append(f"store: {damage}")
    count = sum(len(shelf.generations()) for shelf in shelves.values())
    if as_json:
        parts.terminal.json({"generations": count, "problems": problems})
    else:
        for problem in problems:
            parts.terminal.say(problem)
        parts.terminal.say(f"{counted(count, 'generation')} checked, {counted(len(problems), 'problem')}.")
    return 1 if problems else 0


@contextmanager
def registered(parts: Parts, sources: Sequence[Source]) -> Iterator[None]:
    """Register sources for the block, and for good where it ends well; otherwise no new one stays."""
    with parts.home.store() as store:
        added = [source for source in sources if store.add_source(source)]
    try:
        yield
    except BaseException:
        with parts.home.store() as store:
            for source in added:
                store.remove_source(source)
        raise


def _source(parts: Parts, target: str, collection: str) -> Source | None:
    """The registered source that is meant by a place, as it was given or as it is kept."""
    from corpus.sources import absolute

    places = (target, target if "://" in target else absolute(target))
    with parts.home.store() as store:
        known = store.sources()
    return next((s for s in known if s.collection == collection and s.location in places), None)


def _reload(parts: Parts, *, as_json: bool, dry_run: bool = False, force: bool = False) -> ReloadReport:
    from bot.rows import report_row

    report = parts.reload(dry_run=dry_run, force=force)
    if as_json:
        parts.terminal.json(report_row(report))
    else:
        parts.terminal.report(report)
    return report
