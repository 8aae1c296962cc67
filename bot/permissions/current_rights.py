"""The current rights, whichever process changed them."""

import threading
from collections.abc import Callable

from bot.chat.refusal import Refusal
from bot.chat_store.chat_store import ChatStore
from bot.permissions.rights import Bindings, Community, Rights


class CurrentRights:
    """Reads the bindings again whenever the database file was changed; thread-safe. With a server, `read` is
    called when they change, since asking it for each use would delay every answer.

    A caller that takes the snapshots first and asks for the rights then is never shown what was given away
    before it was published: its binding was written before, and is read after. A wider binding only takes
    effect after the desk's next look: until then the desk may hold articles that were removed before the
    binding was widened, even if it was narrow only between two looks.
    """

    def __init__(
        self, chat_store: ChatStore, named: tuple[str, ...], custodians: frozenset[Community]
    ) -> None:
        """`chat_store` is a connection of its own; `named` and `custodians` are as in `Rights`.

        If the operator named no `custodians`, those that were stored at the first start hold.
        """
        self._chat_store = chat_store
        self._lock = threading.Lock()
        self._reading = threading.Lock()
        """Held by the one thread that uses the connection; `now` does not wait for it if it need not read."""
        self._version: int | None = None
        self._closed = False
        self.chosen = custodians
        self._rights = Rights({}, named, custodians)
        self._fresh: Bindings = {}
        self._narrowest: Bindings = {}
        """For each collection, the communities that had it at the last look and at every reading since."""

    def now(self) -> Rights:
        """The current rights. Raises HomeUnusable, StoreUnusable or ReloadBusy if they can't be read, and
        Refusal after `close`."""
        if self._version is None or not self._chat_store.is_shared:
            self.read()
        with self._lock:
            if self._closed:
                raise Refusal("stopping")
            return self._rights

    def look(self, refresh: Callable[[], bool]) -> None:
        """Let the desk open what is published now; bindings that were widened before then take effect."""
        self.read()
        before = self._fresh
        if refresh():
            with self._lock:
                self._narrowest = before
                self._decide(self._rights.custodians)

    def read(self) -> None:
        """Read the bindings if they may have changed. Raises as `now`."""
        with self._reading:
            if self._closed:
                raise Refusal("stopping")
            # Read before the bindings, so that a change in between is read again.
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
        """Close the connection."""
        with self._reading, self._lock:
            self._closed = True
            self._chat_store.close()
