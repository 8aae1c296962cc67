"""The requests that a server received, recorded for tests."""

from collections.abc import Sequence
from typing import Protocol, TypeVar


class Recorded(Protocol):
    """A request: `name` is that of its operation or method, and `label` the beginning of a line about it."""

    @property
    def name(self) -> str: ...
    @property
    def label(self) -> str: ...
    @property
    def problems(self) -> Sequence[object]: ...


RecordedT = TypeVar("RecordedT", bound=Recorded)


class Requests(list[RecordedT]):
    """All requests, in the order in which they were answered."""

    def of(self, name: str) -> list[RecordedT]:
        """The requests of one operation or method."""
        return [request for request in self if request.name == name]

    @property
    def problems(self) -> list[str]:
        """The problems of all requests, a line for each."""
        return [f"{request.label}: {problem}" for request in self for problem in request.problems]

    def __str__(self) -> str:
        return "\n".join(str(request) for request in self)
