"""The current permissions, whichever process changed them."""

import threading
from collections.abc import Callable

from bot.chat.refusal import Refusal
from bot.chat_store.chat_store import ChatStore
from bot.permissions.rights import Bindings, Community, Rights


class CurrentRights:
    """Reads the bindings again whenever something was written to the chats' file; from any thread. Of those
    on a server it is told when they change (`read`), as to ask it at each use would hold up every answer.

    Who takes the snapshots first and asks for the rights then is never shown what was given away before it
    was published: its binding was written before, and is read after. What is opened to more holds only once
    the desk has looked since: it may still hold what was taken out before it was opened, also where it was
    somebody's between two looks alone.
    """

    def __init__(
        self, chat_store: ChatStore, named: tuple[str, ...], custodians: frozenset[Community]
    ) -> None:
        """`chat_store` is a connection that nobody else uses; `named` and `custodians` are as in `Rights`.

        Where the operator named no `custodians`, what was settled at the first start holds.
        """
        self._chat_store = chat_store
        self._lock = threading.Lock()
        self._reading = threading.Lock()
        """Held by the one thread that uses the connection; nobody waits for it who only wants to know."""
        self._version: int | None = None
        self._closed = False
        self.chosen = custodians
        self._rights = Rights({}, named, custodians)
        self._fresh: Bindings = {}
        self._narrowest: Bindings = {}
        """Of each collection, who had it at the last look and at every reading since."""

    def now(self) -> Rights:
        """What holds now. Raises HomeUnusable, StoreUnusable, ReloadBusy if that can't be known, and
        Refusal once it is closed."""
        if self._version is None or not self._chat_store.is_shared:
            self.read()
        with self._lock:
            if self._closed:
                raise Refusal("stopping")
            return self._rights

    def look(self, refresh: Callable[[], bool]) -> None:
        """Let the desk take on what is published now; what was opened before then holds from now on."""
        self.read()
        before = self._fresh
        if refresh():
            with self._lock:
                self._narrowest = before
                self._decide(self._rights.custodians)

    def read(self) -> None:
        """Take on who has what now, if that may have changed. Raises as `now`."""
        with self._reading:
            if self._closed:
                raise Refusal("stopping")
            # Before what it stands for: what comes between is read again.
            version = 0 if self._chat_store.is_shared else self._chat_store.data_version()
            if version == self._version and not self._chat_store.is_shared:
                return
            fresh = self._chat_store.bindings.all()
            custodians = self.chosen or self._chat_store.custodians.get() or frozenset()
            with self._lock:
                self._fresh = fresh
                self._decide(custodians)
                self._version = version

    def _decide(self, custodians: frozenset[Community]) -> None:
        had = self._narrowest
        now = {name: bound & had.get(name, bound) for name, bound in self._fresh.items()}
        self._narrowest = {**had, **now}
        self._rights = Rights(self._narrowest, self._rights.named, custodians)

    def close(self) -> None:
        """Let go of the file."""
        with self._reading, self._lock:
            self._closed = True
            self._chat_store.close()
