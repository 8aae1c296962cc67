"""The supported methods of the Web API, and a call as its handler receives it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from tools.local_slack.model.entities import Payload, Team
from tools.local_slack.rules.errors import Problem
from tools.local_slack.state.state import State

Token = Literal["xoxb", "xapp", "client"]
Kind = Literal["text", "flag", "number", "json"]
KINDS: Mapping[str, Kind] = {"": "text", "flag": "flag", "number": "number", "json": "json"}


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a method. One of the kind `json` is an object or a list, or a text with JSON."""

    kind: Kind
    required: bool


@dataclass(frozen=True, slots=True)
class Method:
    """A method. One of the `scopes` is needed; `{channel}` in them stands for the kind of the call's channel.

    `token` is the kind of token that it takes: a bot's (xoxb), the app's own (xapp), or none, but the app's
    id and secret (client). `handle` executes a call at once and returns the response without `ok`, or raises
    Refused.
    """

    name: str
    arguments: Mapping[str, Argument]
    scopes: tuple[str, ...]
    token: Token
    handle: "Callable[[State, Call], Payload]"


METHODS: dict[str, Method] = {}


@dataclass(slots=True)
class Call:
    """A call. `arguments` are converted to their kinds; `token_team` is the team of the token, None for the
    app's own token.

    `problems` are the problems that Slack ignores.
    """

    method: Method
    arguments: Mapping[str, Any]
    token_team: Team | None
    problems: list[Problem] = field(default_factory=list)

    @property
    def team(self) -> Team:
        assert self.token_team is not None
        return self.token_team

    def text(self, name: str) -> str:
        """A text argument; empty if it is not given."""
        return str(self.arguments.get(name) or "")


def method(
    name: str, scopes: str = "", arguments: str = "", token: Token = "xoxb"
) -> "Callable[[Callable[[State, Call], Payload]], Callable[[State, Call], Payload]]":
    """Registers a function as the handler of a method.

    `arguments` are those that the bot or slack_sdk uses, each as `name`, `name!` (required), `name:kind` or
    `name!:kind`; any other is recorded as a problem.
    """
    known: dict[str, Argument] = {}
    for word in arguments.split():
        argument, _, kind = word.partition(":")
        known[argument.removesuffix("!")] = Argument(KINDS[kind], argument.endswith("!"))

    def register(handle: Callable[[State, Call], Payload]) -> Callable[[State, Call], Payload]:
        METHODS[name] = Method(name, known, tuple(scopes.split()), token, handle)
        return handle

    return register
