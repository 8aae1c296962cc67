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
    """Reads and writes preferences, by platform, community and channel (empty for the whole community)."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened chat database."""
        self._database = database

    def all(self) -> dict[tuple[str, str, str], PreferenceChanges]:
        """All stored preferences."""
        rows = self._database.rows(select(_OF.platform, _OF.community, _OF.channel, _OF.body))
        return {
            (platform, community, channel): preferences.decode(body)
            for platform, community, channel, body in rows
        }

    def put(self, platform: str, community: str, channel: str, changes: PreferenceChanges) -> None:
        """Store the preferences of a channel, or of the community if `channel` is empty."""
        self.change(platform, community, channel, lambda _before: changes)

    def change(
        self,
        platform: str,
        community: str,
        channel: str,
        make: Callable[[PreferenceChanges], PreferenceChanges],
    ) -> PreferenceChanges:
        """Store the result of `make` for the current preferences, and return it. Concurrent changes by two
        processes are both kept."""
        where = {"platform": platform, "community": community, "channel": channel}
        kept = select(_OF.body).where(*(_OF[name] == value for name, value in where.items()))
        with self._database.transaction():
            rows = self._database.rows(kept)
            made = make(preferences.decode(rows[0][0]) if rows else EMPTY)
            self._database.write(put(settings, {**where, "body": preferences.encode(made)}))
            self._database.notify(CHANGED, "")
        return made
