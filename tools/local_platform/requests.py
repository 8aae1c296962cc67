"""The requests that a server got, kept for tests to look at."""

from collections.abc import Sequence
from typing import Protocol, TypeVar


class Recorded(Protocol):
    """A request: `name` is the operation's or method's, `label` what a line about it begins with."""

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
        """Those of one operation or method."""
        return [request for request in self if request.name == name]

    @property
    def problems(self) -> list[str]:
        """Everything that was wrong with any request, a line each."""
        return [f"{request.label}: {problem}" for request in self for problem in request.problems]

    def __str__(self) -> str:
        return "\n".join(str(request) for request in self)
