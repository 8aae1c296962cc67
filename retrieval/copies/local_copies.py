"""Keeps the local copies of generations in step with the register."""

from collections.abc import Mapping
from pathlib import Path

from corpus.errors import FileLost, HomeUnusable, NewsdeskError
from corpus.storage.copies.generation_register import CollectionState, GenerationRegister
from retrieval.copies.shared_store import FETCHING, Shared, SharedGenerationStore
from retrieval.generations.generation_folder import GENERATIONS, POINTER

LOOKS = 3
"""How often the register is read again if a generation disappears during its download: each time, a reload
was published in between."""


class LocalCopies:
    """The local copies of all collections."""

    def __init__(self, root: Path, shared: Shared) -> None:
        self._root = root
        self._shared = shared

    def store(self, collection: str) -> SharedGenerationStore:
        """The generation store of the collection."""
        return SharedGenerationStore(self._root / collection, collection, self._shared)

    def names(self) -> list[str]:
        """The collections with a local generation, sorted."""
        try:
            return sorted(path.name for path in self._root.iterdir() if self.store(path.name).published)
        except (FileNotFoundError, NotADirectoryError):
            return []
        except OSError as error:
            raise _unusable(self._root, error) from error

    def synchronize(self) -> None:
        """Download what is served now, and delete what is gone; quick if nothing changed.

        A collection that can't be downloaded stays as it was, and the others are updated all the same; then
        it raises HomeUnusable, BlobStoreUnusable or FileLost.
        """
        failed: NewsdeskError | None = None
        with self._shared.register() as register:
            for _ in range(LOOKS):
                states = register.states()
                if all(self._is_taken_on(name, state) for name, state in self._wanted(states).items()):
                    return
                with self._shared.copying():
                    failed = self._synchronize_all(register, self._wanted(states))
                if not isinstance(failed, FileLost):
                    break
        if failed:
            raise failed

    def _wanted(self, states: Mapping[str, CollectionState]) -> dict[str, CollectionState]:
        nothing = CollectionState(None, frozenset())
        return {name: states.get(name, nothing) for name in sorted({*states, *self.names()})}

    def _is_taken_on(self, name: str, state: CollectionState) -> bool:
        store = self.store(name)
        here = {folder.name for folder in store.folders()}
        return store.pointer() == state.pointer and here == state.generations

    def _synchronize_all(
        self, register: GenerationRegister, states: Mapping[str, CollectionState]
    ) -> NewsdeskError | None:
        failed: NewsdeskError | None = None
        for name, state in states.items():
            try:
                self._synchronize_one(register, self.store(name), state)
            except NewsdeskError as error:
                failed = error
            except OSError as error:
                failed = _unusable(self._root, error)
        return failed

    def _synchronize_one(
        self, register: GenerationRegister, store: SharedGenerationStore, state: CollectionState
    ) -> None:
        try:
            if state.pointer and store.pointer() != state.pointer:
                store.fetch(register, state.pointer)
                store.point_to(state.pointer)
            for generation in sorted(state.generations):
                store.fetch_manifest(register, generation)
        finally:
            # Even if the download fails: what was removed may be text that had to be forgotten.
            for folder in store.folders():
                if folder.name not in state.generations and folder.name != store.pointer():
                    store.drop_copy(folder.name)
        if not state.generations:
            self._forget(store)
        generations = store.path / GENERATIONS
        if generations.is_dir():
            for left in generations.glob(f"{FETCHING}*"):
                self._shared.disk.remove(left)
            self._shared.disk.sync_folder(generations)

    def _forget(self, store: SharedGenerationStore) -> None:
        """Delete the copies of a collection that is no longer served."""
        self._shared.disk.remove(store.path / POINTER)
        for folder in store.folders():
            store.drop_copy(folder.name)


def _unusable(folder: Path, error: OSError) -> HomeUnusable:
    return HomeUnusable(
        f"the copies of what is served in {folder} can't be written ({error.strerror or error}): make space "
        "or check the folder; what is here is served meanwhile"
    )
