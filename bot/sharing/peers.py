"""The processes on one database, as one of them sees the others.

A thread listens for changes by others, increments this process's heartbeat counter, and watches the counters
of the others. A killed process is noticed at once, because its connection ends, and one that hangs when its
counter stops; other processes then take over its events. A process that was only slow finds that out before
it sends anything (`bot/chat_store/event_table.py`).
"""

import logging
import os
import secrets
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.chat_store.chat_store import ChatStore
from bot.runtime.backoff import pause
from corpus.errors import NewsdeskError
from corpus.storage.sql.listener import Listener
from corpus.storage.sql.server_address import ServerAddress

BEAT = 0.5
"""Seconds between two heartbeats. Discord's three seconds for an unacknowledged event leave time for two of
them and an answer."""
STILL = 6.0
"""Seconds without a heartbeat after which a process counts as ended although its connection is open: longer
than a process waits on a busy machine; a mistaken take-over only does work twice."""
JOIN = 10.0
"""Seconds that a start waits for the database before it continues without the others."""
NAME = "newsdesk process "
"""The prefix of a process's connection name, before its id."""
CHANGES = frozenset({"settings", "generation", "withdrawn"})
"""What is read again after each reconnection, since notifications may have been missed."""

Changed = Callable[[frozenset[str]], None]
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Peer:
    """Another process: its heartbeat counter, when that changed by this process's clock, and whether its
    connection was seen."""

    beats: int
    at: float
    platforms: str
    connected: bool = False


class Peers:
    """The membership of this process, from `start` to `stop`."""

    def __init__(self, place: ServerAddress, platforms: Iterable[str], changed: Changed) -> None:
        """`platforms` are those that this process answers on; `changed` is called, in the thread, with the
        kinds of what any process changed."""
        self.id = f"{os.getpid()}-{secrets.token_hex(6)}"
        """The id of this process, unique over all machines and shown to nobody."""
        self._place = place
        self._platforms = " ".join(sorted(platforms)).lower()
        self._changed = changed
        self._ended: set[Callable[[], None]] = set()
        self._roles: frozenset[str] = frozenset()
        self._wanted: set[str] = set()
        self._others: dict[str, _Peer] = {}
        self._looked = 0.0
        self._joined = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="peers", daemon=True)

    def start(self) -> None:
        """Start; returns once the others know this process, or after JOIN seconds."""
        self._thread.start()
        self._joined.wait(JOIN)

    def stop(self) -> None:
        """Stop; the others take over unfinished events at once."""
        self._stop.set()
        if self._thread.is_alive():
            self._thread.join(JOIN)

    def want(self, role: str) -> None:
        """Acquire an exclusive role as soon as it is free."""
        self._wanted.add(role)

    def leads(self, role: str) -> bool:
        """Whether this process holds the role now."""
        return role in self._roles

    def others_on(self, platform: str) -> bool:
        """Whether another process answers on a platform."""
        return any(platform.lower() in one.platforms.split() for one in self._others.values())

    def when_one_ends(self, call: Callable[[], None]) -> Callable[[], None]:
        """Register a callback, called in the thread whenever a process has ended; returns its removal."""
        self._ended.add(call)
        return lambda: self._ended.discard(call)

    def _run(self) -> None:
        failures, said = 0, ""
        while not self._stop.is_set():
            began = time.monotonic()
            try:
                with Listener(self._place, NAME + self.id) as listener, ChatStore(self._place) as chat_store:
                    self._join(chat_store, listener)
                    failures, said = 0, ""
                    while not self._stop.is_set():
                        self._heed(chat_store, listener)
                    chat_store.processes.remove(self.id)
                    return
            except NewsdeskError as error:
                if str(error) != said:
                    _log.warning(
                        "the other processes are not heard, answers go on from what is held: %s", error
                    )
                said = str(error)
            except Exception:  # noqa: BLE001 - the next connection may succeed
                _log.exception("the other processes are not heard; trying again")
            finally:
                self._roles, self._others = frozenset(), {}
            failures += 1
            self._stop.wait(pause(failures, time.monotonic() - began))

    def _join(self, chat_store: ChatStore, listener: Listener) -> None:
        chat_store.processes.add(self.id, self._platforms)
        self._look(chat_store, listener)
        self._changed(CHANGES)
        self._tell_of_ends()
        self._joined.set()

    def _heed(self, chat_store: ChatStore, listener: Listener) -> None:
        heard = listener.wait(max(0.0, self._looked + BEAT - time.monotonic()))
        if kinds := frozenset(kind for kind, _ in heard):
            self._changed(kinds)
        if time.monotonic() < self._looked + BEAT:
            return
        if not chat_store.processes.beat(self.id):
            chat_store.processes.add(self.id, self._platforms)  # it was taken for one that had ended
        if self._look(chat_store, listener):
            self._tell_of_ends()

    def _look(self, chat_store: ChatStore, listener: Listener) -> bool:
        """Check the other processes; returns whether any has ended since the last check."""
        now, last = time.monotonic(), self._looked
        known = chat_store.processes.all()
        connected = {name.removeprefix(NAME) for name in listener.connected(NAME)}
        others: dict[str, _Peer] = {}
        # A process that checks late itself can't tell how long the others stood still.
        late = now - last > STILL / 2
        for process, (beats, platforms) in known.items():
            if process == self.id:
                continue
            before, seen = self._others.get(process), process in connected
            at = now if before is None or before.beats != beats or late else before.at
            was_cut = before is not None and before.connected and not seen
            if was_cut or now - at > STILL:
                if chat_store.processes.remove(process, beats):
                    continue
                at = now
            others[process] = _Peer(beats, at, platforms, seen)
        ended = self._others.keys() - others.keys()
        self._others, self._looked = others, now
        self._roles = frozenset(role for role in sorted(self._wanted) if listener.try_lead(role))
        return bool(ended)

    def _tell_of_ends(self) -> None:
        for call in list(self._ended):
            call()
