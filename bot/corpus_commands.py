"""The commands for those who look after the corpus."""

import json

import click

from bot.compose import make_embedder, make_home
from bot.home import Home
from bot.page import add_pages, drop_pages
from bot.reload import ReloadReport, reload
from bot.rows import Row, report_row
from bot.settings import Settings
from bot.terminal import Terminal
from corpus.article import DEFAULT_COLLECTION, check_collection_name
from corpus.dates import format_moment
from corpus.errors import NewsdeskError, WrongCall
from corpus.sources import absolute
from corpus.store import Source
from retrieval.embedder import Embedder

_collection = click.option(
    "--collection", default=DEFAULT_COLLECTION, show_default=True, help="Which collection."
)
_json = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_force = click.option("--force", is_flag=True, help="Even if most articles are lost, or a source is missing.")


@click.group()
def corpus() -> None:
    """Add, reload, check and take back articles."""


@corpus.command()
@click.argument("places", nargs=-1, required=True, metavar="PATH...")
@_collection
@_json
@click.pass_obj
def add(settings: Settings, places: tuple[str, ...], collection: str, *, as_json: bool) -> None:
    """Register files, folders or patterns as sources, and load them. `sample` is the built-in corpus."""
    home, terminal = make_home(settings), Terminal()
    sources = [Source(_collection_name(collection), absolute(place)) for place in places]
    with home.store() as store:
        added = [source for source in sources if store.add_source(source)]
    try:
        report = _reload(settings, home, terminal)
    except NewsdeskError:
        with home.store() as store:
            for source in added:
                store.remove_source(source)
        raise
    _print_report(report, terminal, as_json=as_json)


@corpus.command("reload")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
@_force
@_json
@click.pass_obj
def reload_(settings: Settings, *, dry_run: bool, force: bool, as_json: bool) -> None:
    """Read every source again and publish what changed."""
    home, terminal = make_home(settings), Terminal()
    report = _reload(settings, home, terminal, dry_run=dry_run, force=force)
    _print_report(report, terminal, as_json=as_json)


@corpus.command()
@click.argument("target")
@_collection
@_force
@_json
@click.pass_obj
def remove(settings: Settings, target: str, collection: str, *, force: bool, as_json: bool) -> None:
    """Take out an article (by its id) or a source (by its place), for good and at once."""
    home, terminal = make_home(settings), Terminal()
    with home.store() as store:
        source = next(
            (
                s
                for s in store.sources()
                if s.collection == collection and s.location in (target, absolute(target))
            ),
            None,
        )
        if source:
            store.remove_source(source)
        elif any(article.id == target for article in home.shelf(collection).served_articles()):
            store.withdraw(collection, target)
        else:
            raise WrongCall(
                f"{target!r} is neither an article nor a source of collection {collection}: "
                "`newsdesk corpus status` lists the sources"
            )
    try:
        report = _reload(settings, home, terminal, force=force)
    except NewsdeskError:
        if source:
            with home.store() as store:
                store.add_source(source)
        raise
    with home.store() as store:
        store.record("remove", collection, report.generations.get(collection), {"target": target})
    _print_report(report, terminal, as_json=as_json)


@corpus.command()
@click.argument("article_id")
@_collection
@_json
@click.pass_obj
def restore(settings: Settings, article_id: str, collection: str, *, as_json: bool) -> None:
    """Take an article back in that was removed by its id."""
    home, terminal = make_home(settings), Terminal()
    with home.store() as store:
        if not store.readmit(collection, article_id):
            raise WrongCall(f"article {article_id!r} was not removed from collection {collection}")
    _print_report(_reload(settings, home, terminal), terminal, as_json=as_json)


@corpus.command()
@_json
@click.pass_obj
def status(settings: Settings, *, as_json: bool) -> None:
    """What is served, from which sources, and what can be gone back to."""
    home, terminal = make_home(settings), Terminal()
    row: Row = {"home": str(home.root), "collections": {}, "sources": []}
    collections: Row = {}
    for name in home.collections():
        shelf = home.shelf(name)
        articles = shelf.served_articles()
        dated = [article.published for article in articles if article.published]
        collections[name] = {
            "articles": len(articles),
            "sources": sorted({article.source for article in articles}),
            "newest": format_moment(max(dated)) if dated else None,
            "current": shelf.pointer(),
            "generations": [
                {
                    "generation": known.generation,
                    "created": known.created,
                    "articles": known.articles,
                    "passages": known.passages,
                    "chunks": known.chunks,
                    "model": known.model,
                }
                for known in shelf.generations()
            ],
        }
    row["collections"] = collections
    with home.store() as store:
        row["sources"] = [{"collection": s.collection, "location": s.location} for s in store.sources()]
    if as_json:
        terminal.line(json.dumps(row, ensure_ascii=False))
    else:
        terminal.status(row)


@corpus.command()
@_collection
@_json
@click.pass_obj
def rollback(settings: Settings, collection: str, *, as_json: bool) -> None:
    """Serve the generation before the current one again."""
    home, terminal = make_home(settings), Terminal()
    with home.locked(), home.store() as store:
        manifest = home.shelf(collection).roll_back()
        articles = home.shelf(collection).served_articles()
        add_pages(home.pages(collection), articles)
        drop_pages(home.pages(collection), articles)
        store.record("rollback", collection, manifest.generation, {"articles": manifest.articles})
    if as_json:
        terminal.line(json.dumps({"collection": collection, "generation": manifest.generation}))
    else:
        terminal.say(
            f"Collection {collection} is served from generation {manifest.generation} again "
            f"({manifest.articles} articles of {manifest.created})."
        )


@corpus.command()
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Most acts shown.")
@_json
@click.pass_obj
def history(settings: Settings, limit: int, *, as_json: bool) -> None:
    """What was done to the corpus, newest first."""
    terminal = Terminal()
    with make_home(settings).store() as store:
        events = store.history(limit)
    for event in events:
        if as_json:
            row = {
                "at": format_moment(event.at),
                "act": event.act,
                "collection": event.collection,
                "generation": event.generation,
            }
            terminal.line(json.dumps(row | {"detail": event.detail}, ensure_ascii=False))
        else:
            detail = ", ".join(f"{name} {value}" for name, value in event.detail.items())
            terminal.say(f"{event.at:%Y-%m-%d %H:%M:%S}  {event.act} {event.collection}: {detail}")
    if not events and not as_json:
        terminal.say("Nothing was done yet.")


@corpus.command()
@_json
@click.pass_obj
def verify(settings: Settings, *, as_json: bool) -> int:
    """Check every byte of every generation, and the store. Ends with 1 where anything is damaged."""
    home, terminal = make_home(settings), Terminal()
    problems = [
        f"collection {name}: {error}" for name in home.collections() for error in home.shelf(name).problems()
    ]
    with home.store() as store:
        damage = store.check()
    if damage:
        problems.append(f"store: {damage}")
    count = sum(len(home.shelf(name).generations()) for name in home.collections())
    if as_json:
        terminal.line(json.dumps({"generations": count, "problems": problems}, ensure_ascii=False))
    else:
        for problem in problems:
            terminal.say(problem)
        terminal.say(f"{count} generations checked, {len(problems)} problems.")
    return 1 if problems else 0


def _reload(
    settings: Settings, home: Home, terminal: Terminal, *, dry_run: bool = False, force: bool = False
) -> ReloadReport:
    held: list[Embedder] = []

    def embedder() -> Embedder:
        if not held:
            held.append(make_embedder(settings))
        return held[0]

    with terminal.progress() as stage:
        return reload(home, embedder, dry_run=dry_run, force=force, stage=stage)


def _print_report(report: ReloadReport, terminal: Terminal, *, as_json: bool) -> None:
    if as_json:
        terminal.line(json.dumps(report_row(report), ensure_ascii=False))
    else:
        terminal.report(report)


def _collection_name(name: str) -> str:
    try:
        return check_collection_name(name)
    except ValueError as error:
        raise WrongCall(str(error)) from error
