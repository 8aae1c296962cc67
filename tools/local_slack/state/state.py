"""The state behind the methods and connections."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tools.local_platform.changes import Changes
from tools.local_platform.requests import Requests
from tools.local_slack.delivery.delivery_queue import DeliveryQueue
from tools.local_slack.delivery.socket_mode import Sockets
from tools.local_slack.model.app import App
from tools.local_slack.model.clock import Clock
from tools.local_slack.model.entities import Channel, Payload, Team
from tools.local_slack.rules.description import Description
from tools.local_slack.rules.errors import Problem
from tools.local_slack.state.action_log import ActionLog
from tools.local_slack.state.grants import Grants
from tools.local_slack.state.mentions import Ping
from tools.local_slack.state.oauth import OAuth
from tools.local_slack.state.requests import ACK, Request
from tools.local_slack.state.views import Views
from tools.local_slack.state.world import World


@dataclass(slots=True)
class Pane:
    """What a thread with the assistant shows besides messages."""

    title: str = ""
    status: str = ""
    prompts: tuple[Payload, ...] = ()
    prompts_title: str = ""
    statuses: tuple[str, ...] = ()
    """All statuses so far."""


class State:
    """The state that all parts share."""

    def __init__(self, description: Description, app: App, base: str) -> None:
        """`base` is the address of the server."""
        self.description = description
        self.base = base
        self.clock = Clock()
        self.changes = Changes()
        self.world = World(self.clock, app)
        self.views = Views(self.clock)
        self.grants = Grants(self.clock)
        self.delivery_queue = DeliveryQueue(self.clock, self.changes)
        self.requests: Requests[Request] = Requests()
        self.sockets = Sockets(self.clock, self.changes, self.delivery_queue, self.record_problem)
        self.tokens: dict[str, Team] = {}
        """The team of each bot token."""
        self.enterprise_tokens: dict[str, str] = {}
        """The enterprise of each org-wide token."""
        self.oauth = OAuth(self.clock)
        self.app_token = ""
        self.revoked: dict[str, str] = {}
        """The error for each invalid token."""
        self.mentions: list[Ping] = []
        self.panes: dict[tuple[str, str], Pane] = {}
        """The panes of the assistant's threads, by channel and timestamp."""
        self.uploads: dict[str, str] = {}
        """The files that are being uploaded, by the secret in their address."""
        self.action_log = ActionLog()
        self.places: dict[str, Channel] = {}
        """The channel of each delivery's action, by the delivery's id."""
        self.offered: dict[tuple[str, str], list[Payload]] = {}
        """The options that were last offered, by the person's id and the element's action_id."""

    def is_org_wide(self, team: Team) -> bool:
        """Whether the app is installed in the team's whole enterprise."""
        good = {one for token, one in self.enterprise_tokens.items() if token not in self.revoked}
        own = any(one.id == team.id and token not in self.revoked for token, one in self.tokens.items())
        return team.enterprise_id in good and not own

    def record(
        self,
        method: str,
        arguments: Mapping[str, Any],
        status: int = 200,
        error: str | None = None,
        problems: Sequence[Problem] = (),
    ) -> None:
        """Record a call, or something that is not a call, for tests."""
        self.requests.append(Request(method, arguments, self.clock.seconds(), status, error, tuple(problems)))
        self.changes.announce()

    def record_problem(self, method: str, arguments: Payload, problem: Problem) -> None:
        """Record a problem of something that is not a call."""
        self.record(method, arguments, error=problem.message, problems=[problem])

    def record_ack(self, answer: Payload | None) -> None:
        """Record the payload of an acknowledgement that should have none."""
        if answer:
            self.record_problem(ACK, answer, Problem((), "the bot answers by calls, and not with this"))
