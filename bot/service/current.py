"""The rights as they are at the moment of use, whichever process changed them."""

import threading

from bot.service.ledger import Ledger
from bot.service.refusal import Refusal
from bot.service.rights import Community, Rights


class CurrentRights:
    """Reads the ledger's bindings again whenever something was written to it; from any thread.

    Who takes the snapshots first and asks for the rights then is never shown what was given away before it
    was published: its binding was written before, and is read after.
    """

    def __init__(self, ledger: Ledger, named: tuple[str, ...], keepers: frozenset[Community]) -> None:
        """`ledger` is a connection that nobody else uses; `named` and `keepers` are as in `Rights`.

        Where the operator named no `keepers`, what the ledger has settled holds.
        """
        self._ledger = ledger
        self._lock = threading.Lock()
        self._version: int | None = None
        self._closed = False
        self.chosen = keepers
        self._rights = Rights({}, named, keepers)

    def now(self) -> Rights:
        """What holds now. Raises HomeUnusable, StoreUnusable, ReloadBusy where that can't be known, and
        Refusal once it is closed."""
        with self._lock:
            if self._closed:
                raise Refusal("stopping")
            version = self._ledger.version()  # before what it stands for: what comes between is read again
            if version != self._version:
                keepers = self.chosen or self._ledger.custodians() or frozenset()
                self._rights = Rights(self._ledger.bindings(), self._rights.named, keepers)
                self._version = version
            return self._rights

    def close(self) -> None:
        """Let go of the ledger."""
        with self._lock:
            self._closed = True
            self._ledger.close()
