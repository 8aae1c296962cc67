"""A request as the routes see it: matched to an operation, read and checked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tools.local_discord.model.entities import Upload
from tools.local_discord.state.state import State


@dataclass(frozen=True, slots=True)
class Call:
    """`path` and `query` hold texts; `files` are the uploads by their place in the form ("0", "1", …)."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    files: Mapping[str, Upload]


@dataclass(frozen=True, slots=True)
class Reply:
    """A good answer; None is no body."""

    status: int
    body: Any = None


NO_CONTENT = Reply(204)

Handler = Callable[[State, Call], Reply]
"""Carries a call out at once, or raises Refused."""
HANDLERS: dict[str, Handler] = {}
"""What carries out each operation, by its id in the description."""


def operation(operation_id: str) -> Callable[[Handler], Handler]:
    """Says which operation a function carries out."""

    def register(handler: Handler) -> Handler:
        HANDLERS[operation_id] = handler
        return handler

    return register
