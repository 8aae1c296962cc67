"""Reserving a collection's name for one community while it adds to it for the first time.

Whoever reserves a name holds the home's lock from before until the reservation is settled. So a reservation
that is found by somebody else who has the lock was left by a crash, and is settled by what there is of it.
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
    """The name is the community's alone to add to for the block, and after it if there is anything of it.

    Nobody sees the collection meanwhile. Raises Refusal if the name is taken, ReloadBusy.
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
    """Settle what crashes left reserved; nothing if another changes the corpus now.

    Whoever adds to a collection that may be reserved calls it first, with the home's lock.
    """
    if not home.has_chats:
        return
    with suppress(ReloadBusy), home.locked(), ChatStore(home.chats()) as chat_store:
        for collection in chat_store.reservations.all():
            _settle(home, chat_store, collection)


def _settle(home: Home, chat_store: ChatStore, collection: str) -> None:
    """Also where the add failed: what was registered or published before stays hidden from all others."""
    with home.store() as store:
        chat_store.reservations.settle(collection, keep=is_there(home, store, collection))


def is_there(home: Home, store: Store, collection: str) -> bool:
    """Whether the collection has anything that is served or registered."""
    return collection in home.collections() or any(
        source.collection == collection for source in store.sources()
    )
