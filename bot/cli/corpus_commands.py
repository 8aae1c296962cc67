"""The commands that change the corpus. As in `bot.cli.main`, each imports what it needs when it is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.cli.composition import Parts
from bot.cli.corpus_reports import history, list_, status, verify
from bot.cli.options import collection_name, collection_option, json_option
from corpus.errors import WrongCall

if TYPE_CHECKING:
    from bot.corpus_admin.home import Home
    from bot.corpus_admin.reload import ReloadReport


def _collection_names(
    context: click.Context, parameter: click.Parameter, names: tuple[str, ...]
) -> frozenset[str] | None:
    return frozenset(collection_name(context, parameter, name) for name in names) or None


def _field_names(
    _context: click.Context, _parameter: click.Parameter, pairs: tuple[str, ...]
) -> dict[str, str]:
    from corpus.readers.parsing.reading_options import read_pairs

    try:
        return read_pairs(pairs)
    except ValueError as error:
        raise WrongCall(f"--fields: {error}") from error


_force = click.option("--force", is_flag=True, help="Even if most articles are lost, or a source is missing.")


@click.group()
def corpus() -> None:
    """Add, reload, list, check and remove articles."""


@corpus.command()
@click.argument("places", nargs=-1, required=True, metavar="PATH|URL...")
@collection_option
@click.option("--source", metavar="NAME", help="The outlet of all their articles.")
@click.option("--language", metavar="TAG", help="The language of all their articles: en, de, ja …")
@click.option("--dates", metavar="ORDER", help="How 03/04/2026 is read: day-first or month-first.")
@click.option("--encoding", metavar="NAME", help="The encoding of their text files: cp1252, shift_jis …")
@click.option(
    "--fields",
    multiple=True,
    metavar="OURS=THEIRS",
    callback=_field_names,
    help="Their name of a field, such as title=Headline; repeatable.",
)
@json_option
@click.pass_obj
def add(
    parts: Parts, /, places: tuple[str, ...], collection: str, *, as_json: bool, **said: str | dict[str, str]
) -> None:
    """Register files, folders, patterns or web addresses as sources, and load them.

    An address may be a page, a feed, a page that links to its feed, a sitemap, or a list of feeds (OPML, also
    as a file), each of which becomes a source; `newsdesk run` polls them from then on. `sample` is the
    built-in corpus. The options below are stored with the sources.
    """
    from corpus.readers.parsing.reading_options import ReadingOptions
    from corpus.sources.sources import absolute
    from corpus.storage.store_records import Source

    try:
        options = ReadingOptions.from_row(said).to_row()
    except ValueError as error:
        raise WrongCall(str(error)) from error
    sources = [Source(collection, absolute(place), options) for place in places]
    with parts.home.store():
        pass  # raises for a store of a newer release before anything is changed
    with parts.home.locked():
        _settle_left(parts.home)
        report = parts.add(sources)
    _show(parts, report, as_json=as_json)


@corpus.command("reload")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@click.option(
    "--collection",
    "collections",
    multiple=True,
    metavar="C",
    callback=_collection_names,
    help="Only this collection; repeatable.",
)
@_force
@json_option
@click.pass_obj
def reload_(
    parts: Parts, *, dry_run: bool, collections: frozenset[str] | None, force: bool, as_json: bool
) -> None:
    """Read every source again and publish what changed."""
    from bot.cli.printing.last_reload import LastReload

    last = None if dry_run or force or collections else LastReload(parts.settings)
    if last and last.tell_again(parts.terminal, as_json=as_json):
        return
    from bot.corpus_admin.changes import check_known
    from bot.corpus_admin.corpus_json import report_row
    from corpus.plan import ReloadRequest

    check_known(parts.existing_home, collections or ())
    with parts.home.locked():
        _settle_left(parts.home)
        report = parts.reload(ReloadRequest(collections, force=force, dry_run=dry_run, all_problems=dry_run))
        if last:
            last.keep(report_row(report), parts.home)
    _show(parts, report, as_json=as_json)


@corpus.command()
@click.option("--all", "everything", is_flag=True, help="Also sources that are not due yet.")
@json_option
@click.pass_obj
def poll(parts: Parts, *, everything: bool, as_json: bool) -> int:
    """Poll feeds, other addresses and files, and load what changed.

    `newsdesk run` does so by itself. Exits with 1 if a source failed.
    """
    from bot.cli.printing.corpus_printer import print_poll
    from bot.polling.poll_json import poll_row

    parts.home.check_exists()
    report = parts.poll(everything=everything)
    if as_json:
        parts.terminal.json(poll_row(report))
    else:
        print_poll(parts.terminal, report)
    return 1 if report.failures or report.refused else 0


@corpus.command()
@click.argument("target")
@collection_option
@click.option("--forget", is_flag=True, help="Also erase its text from everything that Newsdesk keeps.")
@_force
@json_option
@click.pass_obj
def remove(parts: Parts, target: str, collection: str, *, forget: bool, force: bool, as_json: bool) -> None:
    """Remove an article (by its id) or a source (by its location)."""
    from bot.corpus_admin import changes

    changes.check_known(parts.existing_home, [collection])
    act = changes.forget if forget else changes.remove
    report = act(parts.existing_home, collection, target, parts.reload, force=force)
    _show(parts, report, as_json=as_json, only_new=True)


@corpus.command()
@click.argument("article_id")
@collection_option
@json_option
@click.pass_obj
def restore(parts: Parts, article_id: str, collection: str, *, as_json: bool) -> None:
    """Restore an article that was removed by its id."""
    from bot.corpus_admin import changes

    changes.check_known(parts.existing_home, [collection])
    report = changes.restore(parts.existing_home, collection, article_id, parts.reload)
    _show(parts, report, as_json=as_json, only_new=True)


@corpus.command()
@collection_option
@json_option
@click.pass_obj
def rollback(parts: Parts, collection: str, *, as_json: bool) -> None:
    """Go back to the corpus before the last change."""
    from bot.corpus_admin import changes
    from corpus.text import counted

    changes.check_known(parts.existing_home, [collection])
    manifest = changes.roll_back(parts.existing_home, collection, parts.terminal.notice)
    if as_json:
        parts.terminal.json({"collection": collection, "generation": manifest.generation})
    else:
        parts.terminal.say(
            f"Collection {collection} is served from generation {manifest.generation} again "
            f"({counted(len(parts.home.current_articles(collection)), 'article')} of {manifest.created})."
        )
        parts.terminal.say(
            "What was rolled back stays so until its source has something else; `newsdesk corpus reload` "
            "reads all sources again."
        )


for _command in (status, list_, history, verify):
    corpus.add_command(_command)


def _settle_left(home: Home) -> None:
    """Settle the names of collections that a crash left reserved, if this home ever served chats."""
    if home.has_chats:
        from bot.permissions.name_reservations import settle_abandoned

        settle_abandoned(home)


def _show(parts: Parts, report: ReloadReport, *, as_json: bool, only_new: bool = False) -> None:
    from bot.cli.printing.corpus_printer import print_report
    from bot.corpus_admin.corpus_json import report_row

    if as_json:
        parts.terminal.json(report_row(report))
    else:
        print_report(parts.terminal, report, only_new=only_new)
