"""Reads which claimed events are not answered yet."""

from typing import NamedTuple

from sqlalchemy import select

from bot.chat_store.chat_store import ChatStore
from bot.chat_store.tables.chat_tables import events


class Unsettled(NamedTuple):
    """A claimed event that is not answered, with what is needed to answer it."""

    event: str
    at: str
    pending: str


def unsettled(chat_store: ChatStore, platform: str) -> list[Unsettled]:
    """The claimed events of a platform that are not answered, oldest first."""
    its = events.c
    rows = select(its.event, its.at, its.pending).where(its.platform == platform, its.pending.is_not(None))
    return [Unsettled(*row) for row in chat_store.rows(rows.order_by(its.at))]
