"""A request as the routes receive it: matched to an operation, parsed and validated."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tools.local_discord.model.entities import Upload
from tools.local_discord.state.state import State


@dataclass(frozen=True, slots=True)
class Call:
    """A request. `path` and `query` map parameters to texts; `files` are the uploads by their index in the
    form ("0", "1", …)."""

    path: Mapping[str, str]
    query: Mapping[str, str]
    body: Any
    files: Mapping[str, Upload]


@dataclass(frozen=True, slots=True)
class Reply:
    """A successful response; None is no body."""

    status: int
    body: Any = None


NO_CONTENT = Reply(204)

Handler = Callable[[State, Call], Reply]
"""Executes a call at once, or raises Refused."""
HANDLERS: dict[str, Handler] = {}
"""The handler of each operation, by its id in the API description."""


def operation(operation_id: str) -> Callable[[Handler], Handler]:
    """Registers a function as the handler of an operation."""

    def register(handler: Handler) -> Handler:
        HANDLERS[operation_id] = handler
        return handler

    return register
