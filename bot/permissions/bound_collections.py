"""Lists the bindings of collections to communities, for the operator."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.chat_store.chat_store import ChatStore
from bot.corpus_admin.home import Home
from bot.permissions.rights import Community
from corpus.errors import WrongCall


@dataclass(frozen=True, slots=True)
class BoundCollection:
    """A collection that belongs to some communities (`discord:123`), or to none any more.

    `there` is whether anything is served or registered under the name, and `adding` the community whose first
    addition to it is in progress or was interrupted.
    """

    collection: str
    communities: tuple[str, ...]
    there: bool
    adding: str = ""

    @property
    def words(self) -> str:
        """Who sees it, in words."""
        if self.adding:
            return f"{self.adding} is adding to it for the first time; seen by nobody yet"
        seen = f"seen by {', '.join(self.communities) or 'nobody'} alone"
        return seen if self.there else f"{seen}; there is nothing in it"

    def to_row(self) -> dict[str, object]:
        """The row of `--json`."""
        return {
            "collection": self.collection,
            "communities": list(self.communities),
            "there": self.there,
            "adding": self.adding or None,
        }


def bound_collections(home: Home, chat_store: ChatStore) -> list[BoundCollection]:
    """Every binding of the home, sorted by collection."""
    known, reserved = _known(home), chat_store.reservations.all()
    return [
        BoundCollection(name, communities_of(bound), name in known, ":".join(reserved.get(name, ())))
        for name, bound in sorted(chat_store.bindings.all().items())
    ]


def communities_of(bound: Iterable[Community]) -> tuple[str, ...]:
    """The communities as they are written in commands, sorted."""
    return tuple(sorted(f"{platform}:{community}" for platform, community in bound if community))


def check_known(home: Home, chat_store: ChatStore, collection: str) -> None:
    """Raise WrongCall if nothing is served, registered or bound under the name."""
    known = _known(home) | chat_store.bindings.all().keys()
    if collection not in known:
        listed = f" (there are: {', '.join(sorted(known))})" if known else ""
        raise WrongCall(
            f"there is no collection {collection!r}{listed}: check the name, or give it away before it is "
            "there with --new"
        )


def _known(home: Home) -> frozenset[str]:
    with home.store() as store:
        return frozenset([*home.collections(), *(source.collection for source in store.sources())])
