"""The settings of communities and channels."""

from collections.abc import Callable

from sqlalchemy import select

from bot.chat import preferences
from bot.chat.preferences import EMPTY, PreferenceChanges
from bot.chat_store.binding_table import CHANGED
from bot.chat_store.tables.chat_tables import settings
from corpus.storage.database import Database
from corpus.storage.sql.upserting import put

_OF = settings.c


class SettingsTable:
    """Reads and writes choices, by platform, community and channel (empty: the whole community)."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened one of the chats."""
        self._database = database

    def all(self) -> dict[tuple[str, str, str], PreferenceChanges]:
        """Everything that was chosen."""
        rows = self._database.rows(select(_OF.platform, _OF.community, _OF.channel, _OF.body))
        return {
            (platform, community, channel): preferences.decode(body)
            for platform, community, channel, body in rows
        }

    def put(self, platform: str, community: str, channel: str, changes: PreferenceChanges) -> None:
        """Keep what a channel, or the community with an empty `channel`, has chosen."""
        self.change(platform, community, channel, lambda _before: changes)

    def change(
        self,
        platform: str,
        community: str,
        channel: str,
        make: Callable[[PreferenceChanges], PreferenceChanges],
    ) -> PreferenceChanges:
        """Keep what `make` gives for what was chosen before; that. Of two processes that change the same
        place each adds its own."""
        where = {"platform": platform, "community": community, "channel": channel}
        kept = select(_OF.body).where(*(_OF[name] == value for name, value in where.items()))
        with self._database.transaction():
            rows = self._database.rows(kept)
            made = make(preferences.decode(rows[0][0]) if rows else EMPTY)
            self._database.write(put(settings, {**where, "body": preferences.encode(made)}))
            self._database.notify(CHANGED, "")
        return made
