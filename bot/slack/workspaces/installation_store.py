"""The installations of all workspaces, in the chat store.

slack_sdk's own stores keep tokens as they are and open connections of their own; ours are encrypted, and go
through the one worker that has the chat store.
"""

import logging
import time
from collections.abc import Iterator

import msgspec

from bot.chat_store.note_table import NoteTable
from bot.service.service import Service
from bot.slack.workspaces.stored_installation import StoredInstallation
from bot.slack.workspaces.token_cipher import NAME, TokenCipher, Undecipherable
from corpus.errors import PlatformRefused

UNDER = "slack-installation/"
MET = "slack-met/"
"""Prefix of the notes on the workspaces in which an org-wide installation was used, whose data is deleted
when it ends."""
BOT = "slack-bot/"
"""Prefix of the notes on which workspace a bot's user id belongs to."""
REFRESHING = "slack-refreshing/"
REFRESH_TURN = 30.0
"""Seconds for which one process has the sole right to refresh a token."""

_log = logging.getLogger(__name__)


class InstallationStore:
    """Stores the installations, encrypted, in the chat database, so all processes of a home share them."""

    def __init__(self, service: Service, cipher: TokenCipher) -> None:
        """The service must be open."""
        self._service = service
        self._cipher = cipher
        self._notes: NoteTable = service.chat_store.notes

    async def find(self, enterprise: str, team: str) -> StoredInstallation | None:
        """The installation for a workspace: its own, or else that of its enterprise, which need not be given
        if the workspace was noted.

        Raises StoreUnusable or a subclass if the database is away, and Undecipherable.
        """
        found = await self._service.db_worker.run(self._found, enterprise, team, tenant=f"slack:{team}")
        return None if found is None else self._read(found)

    def _found(self, enterprise: str, team: str) -> str | None:
        if team and (own := self._notes.get(UNDER + team)):
            return own
        enterprise = enterprise or self._notes.get(MET + team) or ""
        return self._notes.get(UNDER + enterprise) if enterprise else None

    async def team_of(self, bot: str) -> str | None:
        """The workspace that a bot's user id belongs to; None for other users, and for the bot of an org-wide
        installation, which all workspaces of the enterprise have. Raises StoreUnusable or a subclass."""
        return await self._service.db_worker.run(self._notes.get, BOT + bot)

    async def all(self) -> list[StoredInstallation]:
        """All installations that can be decrypted; the others are logged."""
        kept = await self._service.db_worker.run(self._notes.under, UNDER)
        return list(self._readable(kept))

    def _readable(self, kept: dict[str, str]) -> Iterator[StoredInstallation]:
        for name, value in kept.items():
            try:
                yield self._read(value)
            except Undecipherable:
                _log.error("what is kept of %s can't be read with %s", name.removeprefix(UNDER), NAME)

    async def check(self) -> int:
        """Encrypt all installations with the first key; returns how many there are. Raises PlatformRefused if
        some can't be decrypted with any key."""
        kept = await self._service.db_worker.run(self._notes.under, UNDER)
        if lost := unreadable(kept, self._cipher):
            raise PlatformRefused(lost)
        for name, value in kept.items():
            # Replaced only if it is unchanged, so that a token which another process refreshed meanwhile is
            # kept.
            made = self._cipher.renewed(value)
            await self._service.db_worker.run(self._notes.replace, name, value, made)
            await self._note_bot(self._read(value))
        return len(kept)

    async def save(self, kept: StoredInstallation) -> None:
        """Store an installation, in place of an earlier one of the same workspace or enterprise."""
        value = self._cipher.encrypt(msgspec.json.encode(kept).decode())
        await self._service.db_worker.run(self._notes.put, UNDER + kept.key, value)
        await self._note_bot(kept)

    async def _note_bot(self, kept: StoredInstallation) -> None:
        if not kept.whole_enterprise:
            await self._service.db_worker.run(self._notes.add, BOT + kept.bot, kept.team)

    async def remove(self, kept: StoredInstallation) -> None:
        """Delete an installation."""
        await self._service.db_worker.run(self._notes.remove, UNDER + kept.key)
        await self._service.db_worker.run(self._notes.remove, BOT + kept.bot)

    async def may_refresh(self, kept: StoredInstallation) -> bool:
        """Whether this process may refresh the token now, as no other does: a refresh token can be used
        once."""
        turn = REFRESHING + kept.key
        return await self._service.db_worker.run(self._notes.take_turn, turn, time.time(), REFRESH_TURN)

    async def note_workspace(self, enterprise: str, team: str) -> None:
        """Note that an org-wide installation is used in a workspace."""
        await self._service.db_worker.run(self._notes.put, MET + team, enterprise)

    async def noted_workspaces(self, enterprise: str) -> list[str]:
        """The workspaces in which the org-wide installation of an enterprise was used."""
        found = await self._service.db_worker.run(self._notes.under, MET)
        return [name.removeprefix(MET) for name, value in found.items() if value == enterprise]

    async def forget_workspace(self, team: str) -> None:
        """Delete the note on a workspace."""
        await self._service.db_worker.run(self._notes.remove, MET + team)

    def _read(self, value: str) -> StoredInstallation:
        return msgspec.json.decode(self._cipher.decrypt(value), type=StoredInstallation)


def unreadable(kept: dict[str, str], cipher: TokenCipher) -> str:
    """What to do about stored installations that can't be decrypted with any key; empty if there are none."""
    lost = [name for name, value in kept.items() if not _fits(value, cipher)]
    if not lost:
        return ""
    return (
        f"the tokens of {len(lost)} of {len(kept)} Slack workspaces can't be read with the keys in {NAME}: "
        "add the key that they were kept with, after a comma"
    )


def _fits(value: str, cipher: TokenCipher) -> bool:
    try:
        cipher.decrypt(value)
    except Undecipherable:
        return False
    return True
