"""The collections that are served, and switching to new generations."""

import threading
from collections.abc import Callable, Mapping, Sequence

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
    ) -> None:
        """Nothing is read before `open`. Generations must have been built with the model of that name;
        `on_new_generation` is called for each generation that begins to be served."""
        self._on_new_generation = on_new_generation
        self._home = home
        self._model = model
        self._notice = notice
        self._engine = engine
        self._collections: Mapping[str, Collection] = {}
        self._snapshots: dict[str, Snapshot] = {}
        self._published: Mapping[str, tuple[str | None, frozenset[str]]] | None = None
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

    def open(self) -> None:
        """Open what is published now. What can't be opened is reported, and its old generation stays served.

        Raises NothingToServe if no collection can be served at all.
        """
        with self._opening:
            self._open()

    def refresh(self) -> bool:
        """Open what another process has published; quick if nothing was, or if another thread is doing so
        already. Whether everything that was published before the call is served now."""
        if not self._opening.acquire(blocking=False):
            return False
        try:
            self._open()
        except NewsdeskError as error:
            self._notice(str(error))
            return False
        finally:
            self._opening.release()
        return True

    def earlier(self, name: str, generation: str) -> Collection | None:
        """An earlier generation of a served collection; None if it is no longer kept."""
        held = self._snapshots.get(name)
        if held is None:
            return None
        found = self._home.generation_store(name).earlier(generation, self._model, held)
        return self._engine(found) if found else None

    def _open(self) -> None:
        self._synchronize()
        # Read first, so that what is published meanwhile is seen the next time.
        withdrawn = self._withdrawn()
        published = {
            name: (self._home.generation_store(name).pointer(), withdrawn.get(name, frozenset()))
            for name in self._home.collections()
        }
        if published == self._published:
            return
        collections = dict(self._collections)
        failed: NewsdeskError | None = None
        for name, (pointer, taken_out) in published.items():
            held = collections.get(name)
            if held and held.generation == pointer:
                collections[name] = held.without(taken_out) if held.withdrawn != taken_out else held
                self._renew_pages(self._snapshots[name], taken_out)
                continue
            try:
                store = self._home.generation_store(name)
                opened = store.open(self._model, taken_out, self._snapshots.get(name))
            except NothingToServe as error:
                failed = error
                self._notice(str(error))
                continue
            for refused in opened.refused:
                self._notice(f"{refused}; generation {opened.snapshot.generation} answers instead")
            self._snapshots[name] = opened.snapshot
            collections[name] = self._engine(opened.snapshot)
            self._renew_pages(opened.snapshot, taken_out)
            self._on_new_generation()
        if not collections:
            raise failed or NothingToServe(
                f"there is nothing to answer from in {self._home.root}: run `newsdesk corpus add PATH`"
            )
        self.before_serving()
        self._collections, self._published = collections, published

    def _synchronize(self) -> None:
        """Download what other machines published. If that fails, what is here stays served."""
        try:
            self._home.copies.synchronize()
        except NewsdeskError as error:
            if str(error) != self._missed:
                self._notice(f"{error}; what is here is served meanwhile")
            self._missed = str(error)
        else:
            self._missed = ""

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
            held = {name: collection.withdrawn for name, collection in self._collections.items()}
            return {**self._home.remembered_withdrawn(), **held}
        self._said = ""
        return known
