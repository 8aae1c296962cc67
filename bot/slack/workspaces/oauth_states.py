"""The OAuth state of an installation in progress, which prevents somebody from completing it in another
person's browser (CSRF).

A state is encrypted random data, so nothing is stored for people who only open the page, and any process can
read a state of another. A used state is stored until it expires.
"""

import hashlib
import logging
import secrets
import time
from logging import Logger

from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from bot.chat_store.note_table import NoteTable
from bot.service.service import Service
from bot.slack.workspaces.token_cipher import TokenCipher, Undecipherable

EXPIRES = 600
"""Seconds for which a state is valid: slack_sdk's own value."""
USED = "slack-oauth-used/"
PURPOSE = "slack-oauth-state:"
"""Prefix of a decrypted state, which tells it from everything else that is encrypted with the key."""

_log = logging.getLogger(__name__)


class OAuthStates(AsyncOAuthStateStore):
    """Issues states, and accepts each once."""

    def __init__(self, service: Service, cipher: TokenCipher) -> None:
        """The service must be open."""
        self._service = service
        self._cipher = cipher
        self._notes: NoteTable = service.chat_store.notes

    @property
    def logger(self) -> Logger:
        """Part of slack_sdk's interface."""
        return _log

    async def async_issue(self, *_args: object, **_more: object) -> str:
        """A new state, without Base64's padding, since it is stored in a cookie."""
        return self._cipher.encrypt(PURPOSE + secrets.token_urlsafe(16)).rstrip("=")

    async def async_consume(self, state: str) -> bool:
        """Whether a state was issued here, at most EXPIRES seconds ago, and is used for the first time."""
        try:
            said = self._cipher.decrypt(state + "=" * (-len(state) % 4), EXPIRES)
        except Undecipherable:
            return False
        if not said.startswith(PURPOSE):
            return False
        digest = hashlib.sha256(said.encode()).hexdigest()
        return await self._service.db_worker.run(self._use, digest)

    def _use(self, digest: str) -> bool:
        now = time.time()
        for name, at in self._notes.under(USED).items():
            if float(at) < now - 2 * EXPIRES:
                self._notes.remove(name)
        return self._notes.add(USED + digest, str(now))
