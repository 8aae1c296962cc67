"""What communities and channels have chosen for themselves."""

from bot.chat import preferences
from bot.chat.preferences import Changes
from corpus.storage.database import Database


class SettingsTable:
    """Reads and writes choices, by platform, community and channel (empty: the whole community)."""

    def __init__(self, database: Database) -> None:
        """`database` is the opened file of the chats."""
        self._database = database

    def all(self) -> dict[tuple[str, str, str], Changes]:
        """Everything that was chosen."""
        rows = self._database.rows("SELECT platform, community, channel, body FROM settings")
        return {
            (platform, community, channel): preferences.decode(body)
            for platform, community, channel, body in rows
        }

    def put(self, platform: str, community: str, channel: str, changes: Changes) -> None:
        """Keep what a channel, or the community with an empty `channel`, has chosen."""
        self._database.write(
            "INSERT OR REPLACE INTO settings VALUES (?, ?, ?, ?)",
            (platform, community, channel, preferences.encode(changes)),
        )
