"""A queue that serves tenants in turn (round robin)."""

from collections import OrderedDict, deque
from typing import Generic, TypeVar

T = TypeVar("T")


class FullError(Exception):
    """There is no room for another item of that tenant."""


class FairQueue(Generic[T]):
    """Round robin over tenants, first in first out within a tenant, with a limit; not thread-safe.

    Between two waiting items of a tenant, each other tenant gets at most one turn.
    """

    def __init__(self, limit: int) -> None:
        """`limit` is how many items may wait, of all tenants together."""
        self._limit = limit
        self._size = 0
        self._lines: OrderedDict[str, deque[T]] = OrderedDict()
        """The next tenant comes first; a tenant without items is not in it."""

    def __len__(self) -> int:
        return self._size

    def fits(self, tenant: str) -> bool:
        """Whether another item of the tenant may wait, perhaps by dropping one of another tenant."""
        return self._size < self._limit or self._waiting(self._longest(tenant)) > self._waiting(tenant) + 1

    def put(self, tenant: str, item: T) -> T | None:
        """Add an item. If there is no room, the last item of the tenant with the most is dropped and
        returned. Raises FullError if the tenant itself would then have the most, or as many."""
        if not self.fits(tenant):
            raise FullError
        dropped = None
        if self._size >= self._limit:
            dropped = self._lines[self._longest(tenant)].pop()
            self._size -= 1
        self._lines.setdefault(tenant, deque()).append(item)
        self._size += 1
        return dropped

    def take(self) -> T | None:
        """The next item; None if the queue is empty."""
        if not self._lines:
            return None
        tenant, line = next(iter(self._lines.items()))
        item = line.popleft()
        self._size -= 1
        if line:
            self._lines.move_to_end(tenant)
        else:
            del self._lines[tenant]
        return item

    def discard(self, tenant: str, item: T) -> None:
        """Remove an item, if it is in the queue."""
        line = self._lines.get(tenant)
        if line and item in line:
            line.remove(item)
            self._size -= 1
            if not line:
                del self._lines[tenant]

    def ahead(self, tenant: str) -> int:
        """The most items that come before the next one that the tenant would add."""
        own = self._waiting(tenant)
        others = (len(line) for name, line in self._lines.items() if name != tenant)
        return own + sum(min(own + 1, other) for other in others)

    def _longest(self, tenant: str) -> str:
        return max(self._lines, key=self._waiting, default=tenant)

    def _waiting(self, tenant: str) -> int:
        return len(self._lines.get(tenant, ()))
