"""The collections that are served, and switching to new generations."""

import threading
import time
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass

from bot.corpus_admin.home import Home
from bot.desk.unknown_name import unknown_name
from corpus.errors import NewsdeskError, NothingToServe
from corpus.storage.withdrawn import Ids
from retrieval.collection.collection import Collection
from retrieval.index.snapshot import Snapshot

Notice = Callable[[str], None]
"""Called with a line for the operator."""
Engine = Callable[[Snapshot], Collection]
"""Builds the searched collection from an opened generation; the extension point for another search engine."""


REOPEN_SECONDS = 60.0
"""Seconds until a generation that could not be opened is tried again: opening reads every byte of it."""


@dataclass(frozen=True, slots=True)
class _Refused:
    """A published generation that could not be opened: the pointer to it, the notices that say so, and the
    time (monotonic) from which it is tried again."""

    pointer: str | None
    notices: tuple[str, ...]
    again: float


def local_engine(snapshot: Snapshot) -> Collection:
    """The opened generation itself, with its own index."""
    return snapshot


class ServedCollections:
    """Serves one generation of each collection, and replaces it by newer ones. Thread-safe."""

    def __init__(
        self,
        home: Home,
        model: str,
        notice: Notice,
        engine: Engine = local_engine,
        on_new_generation: Callable[[], None] = lambda: None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Nothing is read before `open`. Generations must have been built with the model of that name;
        `on_new_generation` is called for each generation that begins to be served; `clock` is monotonic, in
        seconds."""
        self._clock = clock
        self._on_new_generation = on_new_generation
        self._home = home
        self._model = model
        self._notice = notice
        self._engine = engine
        self._collections: Mapping[str, Collection] = {}
        self._snapshots: dict[str, Snapshot] = {}
        self._opened: Mapping[str, str | None] = {}
        """For each collection whose published generation was opened, the pointer to it."""
        self._refused: Mapping[str, _Refused] = {}
        self._said = ""
        self._missed = ""
        self._opening = threading.Lock()
        self.before_serving: Callable[[], None] = lambda: None
        """Called before a new generation is served."""

    @property
    def all(self) -> Mapping[str, Collection]:
        """The served collections by name: an immutable mapping, which is replaced as a whole."""
        return self._collections

    def named(self, names: Sequence[str]) -> list[Collection]:
        """The collections of these names. Raises UnknownName if one is not served."""
        held = self._collections
        for name in names:
            if name not in held:
                raise unknown_name("collection", name, {known: known for known in held})
        return [held[name] for name in names]

    def open(self) -> bool:
        """Open what is published now. What can't be opened is reported, and its old generation stays served.
        Whether nothing is served that is older than what is published.

        Raises NothingToServe if no collection can be served at all.
        """
        with self._opening:
            return self._open()

    def refresh(self) -> bool:
        """Open what another process has published; quick if nothing was, or if another thread is doing so
        already. Whether nothing is served that is older than what was published before the call."""
        if not self._opening.acquire(blocking=False):
            return False
        try:
            return self._open()
        except NewsdeskError as error:
            self._notice(str(error))
            return False
        finally:
            self._opening.release()

    def earlier(self, name: str, generation: str) -> Collection | None:
        """An earlier generation of a served collection; None if it is no longer kept."""
        held = self._snapshots.get(name)
        if held is None:
            return None
        found = self._home.generation_store(name).earlier(generation, self._model, held)
        return self._engine(found) if found else None

    def _open(self) -> bool:
        synchronized = self._synchronize()
        # Read first, so that what is published meanwhile is seen the next time.
        withdrawn = self._withdrawn()
        pointers = {name: self._home.generation_store(name).pointer() for name in self._home.collections()}
        collections = self._without(withdrawn, pointers)
        opened: dict[str, str | None] = {}
        refused: dict[str, _Refused] = {}
        for name, pointer in pointers.items():
            held, before = collections.get(name), self._refused.get(name)
            if self._opened.get(name, "") == pointer or (held and held.generation == pointer):
                opened[name] = pointer
            elif before and before.pointer == pointer and self._clock() < before.again:
                refused[name] = before
            elif notices := self._open_one(name, withdrawn.get(name, frozenset()), collections):
                for line in notices:
                    if not before or line not in before.notices:
                        self._notice(line)
                refused[name] = _Refused(pointer, notices, self._clock() + REOPEN_SECONDS)
            else:
                opened[name] = pointer
        if not collections:
            reasons = [line for one in refused.values() for line in one.notices]
            raise NothingToServe(
                reasons[-1]
                if reasons
                else f"there is nothing to answer from in {self._home.root}: run `newsdesk corpus add PATH`"
            )
        if any(one is not self._collections.get(name) for name, one in collections.items()):
            self.before_serving()
            self._collections = collections
        self._opened, self._refused = opened, refused
        # What is not served at all can't show anything outdated.
        return synchronized and collections.keys().isdisjoint(refused)

    def _without(self, withdrawn: Ids, published: Container[str]) -> dict[str, Collection]:
        """The served collections without what is withdrawn now. Those that are no longer `published` may have
        lost the record of what was withdrawn from them, which stays so."""
        collections = dict(self._collections)
        for name, held in self._collections.items():
            taken_out = withdrawn.get(name, frozenset() if name in published else held.withdrawn)
            if held.withdrawn != taken_out:
                collections[name] = held.without(taken_out)
                self._renew_pages(self._snapshots[name], taken_out)
        return collections

    def _open_one(
        self, name: str, withdrawn: frozenset[str], collections: dict[str, Collection]
    ) -> tuple[str, ...]:
        """Put the generation to serve into `collections`; the notices if it is not the published one."""
        held = collections.get(name)
        try:
            found = self._home.generation_store(name).open(self._model, withdrawn, self._snapshots.get(name))
        except NothingToServe as error:
            return (str(error),)
        snapshot = found.snapshot
        if not held or held.generation != snapshot.generation:
            self._snapshots[name] = snapshot
            collections[name] = self._engine(snapshot)
            self._renew_pages(snapshot, withdrawn)
            self._on_new_generation()
        return tuple(f"{one}; generation {snapshot.generation} answers instead" for one in found.refused)

    def _synchronize(self) -> bool:
        """Download what other machines published. If that fails, what is here stays served, and it returns
        False."""
        try:
            self._home.copies.synchronize()
        except NewsdeskError as error:
            if str(error) != self._missed:
                self._notice(f"{error}; what is here is served meanwhile")
            self._missed = str(error)
            return False
        self._missed = ""
        return True

    def _renew_pages(self, snapshot: Snapshot, withdrawn: frozenset[str]) -> None:
        """Write the pages of articles that were published on another machine, and remove those that are no
        longer needed."""
        if not self._home.copies.shared:
            return
        pages, name = self._home.pages, snapshot.name
        standing = [one for one in enumerate(snapshot.headings) if one[1].id not in withdrawn]
        missing = (
            snapshot.articles[row]
            for row, one in standing
            if one.url is None and pages.is_missing(name, one.version)
        )
        try:
            pages.add(name, missing)
            pages.drop_others(name, [one.version for _, one in standing])
        except OSError as error:
            self._notice(f"some pages of articles could not be written ({error.strerror})")

    def _withdrawn(self) -> Ids:
        """The withdrawn articles of each collection, which must not be found in any generation.

        If they can't be read, those that are remembered are used, so that answers continue and nothing comes
        back; only withdrawals since then without a reload are missing.
        """
        withdrawn = self._home.withdrawn  # raises if the home can't be used at all
        try:
            known = withdrawn.all()
        except NewsdeskError as error:
            if str(error) != self._said:
                self._notice(str(error))
            self._said = str(error)
            remembered = dict(self._home.remembered_withdrawn())
            for name, held in self._collections.items():
                remembered[name] = remembered.get(name, frozenset()) | held.withdrawn
            return remembered
        self._said = ""
        return known
