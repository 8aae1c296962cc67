"""Reserves a collection's name for one community during its first addition to it.

Whoever reserves a name holds the home's lock until the reservation is settled. So a reservation that somebody
else with the lock finds was left by a crash, and is settled by what exists of the collection.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from bot.chat.refusal import Refusal
from bot.chat_store.chat_store import ChatStore
from bot.corpus_admin.home import Home
from bot.permissions.rights import Community
from corpus.errors import ReloadBusy
from corpus.storage.store import Store


@contextmanager
def reserved(home: Home, community: Community, collection: str) -> Iterator[None]:
    """Reserve the name for the community while the context is open, and bind it afterwards if anything was
    added.

    Nobody sees the collection meanwhile. Raises Refusal if the name is taken, and ReloadBusy.
    """
    with home.locked(), ChatStore(home.chats()) as chat_store:
        settle_abandoned(home)
        with home.store() as store:
            taken = is_there(home, store, collection) or not chat_store.reservations.reserve(
                *community, collection
            )
        if taken:
            raise Refusal("not-yours", name=collection)
        try:
            yield
        finally:
            _settle(home, chat_store, collection)


def settle_abandoned(home: Home) -> None:
    """Settle reservations that crashes left; does nothing if another process changes the corpus now.

    Whoever adds to a collection that may be reserved calls it first, with the home's lock.
    """
    if not home.has_chats:
        return
    with suppress(ReloadBusy), home.locked(), ChatStore(home.chats()) as chat_store:
        for collection in chat_store.reservations.all():
            _settle(home, chat_store, collection)


def _settle(home: Home, chat_store: ChatStore, collection: str) -> None:
    """Settle a reservation, also after a failed addition: what was registered or published stays hidden from
    all others."""
    with home.store() as store:
        chat_store.reservations.settle(collection, keep=is_there(home, store, collection))


def is_there(home: Home, store: Store, collection: str) -> bool:
    """Whether anything of the collection is served or registered."""
    return collection in home.collections() or any(
        source.collection == collection for source in store.sources()
    )
