"""The state of an installation under way: what stops somebody from installing the app for another's browser.

A state is encrypted with the operator's key and says nothing, so that nothing is kept of those who only look
at the page, and any process can read what another one made; that it was used is kept until it expires.
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
"""Seconds from the page to the consent: slack_sdk's own value."""
USED = "slack-oauth-used/"
PURPOSE = "slack-oauth-state:"
"""What a state begins with once it is decrypted: nothing else that is encrypted with the key is one."""

_log = logging.getLogger(__name__)


class OAuthStates(AsyncOAuthStateStore):
    """Issues states, and takes each once."""

    def __init__(self, service: Service, cipher: TokenCipher) -> None:
        """The service must be open."""
        self._service = service
        self._cipher = cipher
        self._notes: NoteTable = service.chat_store.notes

    @property
    def logger(self) -> Logger:
        """As slack_sdk asks for it."""
        return _log

    async def async_issue(self, *_args: object, **_more: object) -> str:
        """A new state. Base64's padding is left out: cookies do without."""
        return self._cipher.encrypt(PURPOSE + secrets.token_urlsafe(16)).rstrip("=")

    async def async_consume(self, state: str) -> bool:
        """Whether it is one of ours, not older than EXPIRES, and was not used before."""
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
