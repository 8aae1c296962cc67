"""The operator's commands for chats: bindings of collections, and the audit log."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from bot.cli.composition import Parts
from bot.cli.options import collection_name, json_option
from corpus.dates import format_moment
from corpus.errors import WrongCall
from corpus.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from bot.chat.audit_entry import AuditEntry

PLATFORMS = ("discord", "slack")

_COMMUNITY = lazy_pattern(rf"({'|'.join(PLATFORMS)}):([A-Za-z0-9]{{1,40}})")


def _community(
    _context: click.Context, _parameter: click.Parameter, value: str | None
) -> tuple[str, str] | None:
    if value is None:
        return None
    found = _COMMUNITY.fullmatch(value)
    if not found:
        raise WrongCall(f"{value!r} names no community: write discord:SERVER-ID or slack:WORKSPACE-ID")
    return found[1], found[2]


_to = click.argument("community", callback=_community, metavar="PLATFORM:ID")


@click.command()
@click.argument("collection", callback=collection_name)
@_to
@click.option("--new", is_flag=True, help="Also if the collection does not exist yet.")
@click.pass_obj
def bind(parts: Parts, collection: str, community: tuple[str, str], *, new: bool) -> None:
    """Bind a collection to a server or workspace, which hides it from others.

    PLATFORM:ID is discord:123456789 or slack:T0123456. With --new before anything is added, others
    never see it.
    """
    from bot.chat_store.chat_store import ChatStore
    from bot.permissions.bound_collections import check_known, communities_of
    from bot.permissions.name_reservations import settle_abandoned

    home = parts.home if new else parts.existing_home
    settle_abandoned(home)
    with ChatStore(home.chats()) as chat_store:
        if not new:
            check_known(home, chat_store, collection)
        had = communities_of(chat_store.bindings.all().get(collection, ()))
        if not chat_store.bindings.bind(*community, collection):
            raise WrongCall(
                f"somebody is adding to collection {collection} for the first time: wait until it is done, "
                "then see `newsdesk bindings`"
            )
    name = ":".join(community)
    parts.terminal.say(f"Collection {collection} is seen by {name}, and by nobody it was not given to.")
    if others := [one for one in had if one != name]:
        parts.terminal.say(
            f"It is {', '.join(others)}'s as well: `newsdesk unbind {collection} {others[0]}` takes it away."
        )


@click.command()
@json_option
@click.pass_obj
def bindings(parts: Parts, *, as_json: bool) -> None:
    """List the bound collections, and the servers and workspaces that see them."""
    from bot.chat_store.chat_store import ChatStore
    from bot.permissions.bound_collections import bound_collections

    with ChatStore(parts.existing_home.chats()) as chat_store:
        found = bound_collections(parts.home, chat_store)
    for one in found:
        if as_json:
            parts.terminal.json(one.to_row())
        else:
            parts.terminal.say(f"{one.collection}: {one.words}")
    if not found and not as_json:
        parts.terminal.say("Everybody sees every collection.")


@click.command()
@click.argument("collection", callback=collection_name)
@click.argument("community", callback=_community, metavar="[PLATFORM:ID]", required=False)
@click.option("--open", "open_", is_flag=True, help="Let every server and workspace see it again.")
@click.pass_obj
def unbind(parts: Parts, collection: str, community: tuple[str, str] | None, *, open_: bool) -> None:
    """Unbind a collection from a server or workspace; it stays hidden from others.

    With --open instead of PLATFORM:ID, everybody sees it.
    """
    from bot.chat_store.chat_store import ChatStore

    if (community is None) != open_:
        raise WrongCall("name a community, or give --open")
    with ChatStore(parts.existing_home.chats()) as chat_store:
        done = (
            chat_store.bindings.share(collection)
            if community is None
            else chat_store.bindings.unbind(*community, collection)
        )
    if not done:
        raise WrongCall(
            f"collection {collection} was not given to {':'.join(community) if community else 'anybody'}"
        )
    parts.terminal.say(
        f"Collection {collection} is seen by all."
        if community is None
        else f"Collection {collection} is not seen by {':'.join(community)} any more."
    )


@click.command()
@click.argument("community", callback=_community, metavar="PLATFORM:ID")
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="Maximum entries.")
@click.option("--refused", is_flag=True, help="Show refused actions instead.")
@json_option
@click.pass_obj
def audit(parts: Parts, community: tuple[str, str], limit: int, *, refused: bool, as_json: bool) -> None:
    """Show who changed the corpus or settings from a server or workspace, newest first."""
    from bot.chat_store.chat_store import ChatStore

    with ChatStore(parts.existing_home.chats()) as chat_store:
        acts = chat_store.audit.entries(*community, limit, refused=refused)
    for act in acts:
        if as_json:
            parts.terminal.json(_audit_row(act))
        else:
            detail = ", ".join(f"{name} {value}" for name, value in act.detail.items() if value)
            parts.terminal.say(
                f"{act.at:%Y-%m-%d %H:%M:%S} UTC  {act.name} ({act.person})  {act.act}"
                f"{f' ({detail})' if detail else ''}: {act.result}"
            )
    if not acts and not as_json:
        parts.terminal.say(f"Nothing was {'refused' if refused else 'done'} from there yet.")


def _audit_row(entry: AuditEntry) -> dict[str, object]:
    return {
        "at": format_moment(entry.at),
        "person": entry.person,
        "name": entry.name,
        "act": entry.act,
        "detail": dict(entry.detail),
        "result": entry.result,
    }
