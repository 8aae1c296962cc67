"""A call as its handler sees it: read and checked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tools.local_platform.schemas import ProblemPath
from tools.local_slack.api.methods import Method
from tools.local_slack.model.entities import Payload, Team
from tools.local_slack.rules.errors import Problem
from tools.local_slack.state.state import State


@dataclass(slots=True)
class Call:
    """`arguments` have their kinds; `team` is that of the token, None for the app's own token.

    `problems` are what is wrong though Slack lets it pass.
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
        """An argument that is a text, "" where it is not given."""
        return str(self.arguments.get(name) or "")

    def flag(self, name: str) -> bool:
        """A switch, off where it is not given."""
        return bool(self.arguments.get(name))

    def warn(self, path: ProblemPath, message: str) -> None:
        """Record something that Slack lets pass."""
        self.problems.append(Problem(path, message))


Handler = Callable[[State, Call], Payload]
"""Carries a call out at once and returns the answer without its `ok`, or raises Refused."""
