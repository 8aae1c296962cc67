"""What stands behind the methods and the connections: one Slack, without its network."""

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
    """A thread with the assistant: what it shows besides messages."""

    title: str = ""
    status: str = ""
    prompts: tuple[Payload, ...] = ()
    prompts_title: str = ""
    statuses: tuple[str, ...] = ()
    """Every status that it ever had."""


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
        """The teams by the tokens of the app's bots in them."""
        self.enterprise_tokens: dict[str, str] = {}
        """The enterprises by the tokens of org-wide installations."""
        self.oauth = OAuth(self.clock)
        self.app_token = ""
        self.revoked: dict[str, str] = {}
        """The tokens that are good for nothing any more, and the error that says so."""
        self.mentions: list[Ping] = []
        self.panes: dict[tuple[str, str], Pane] = {}
        """Threads with the assistant, by channel and timestamp."""
        self.uploads: dict[str, str] = {}
        """The files that are being uploaded, by the secret of their address."""
        self.action_log = ActionLog()
        self.places: dict[str, Channel] = {}
        """The channels in which deliveries began, by their ids."""
        self.offered: dict[tuple[str, str], list[Payload]] = {}
        """The options last offered while somebody typed, by their id and the element's action_id."""

    def is_org_wide(self, team: Team) -> bool:
        """Whether the app is in a team by an installation in its whole enterprise."""
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
        """Keep a call, or something that was no call, for tests to look at."""
        self.requests.append(Request(method, arguments, self.clock.seconds(), status, error, tuple(problems)))
        self.changes.announce()

    def record_problem(self, method: str, arguments: Payload, problem: Problem) -> None:
        """Keep something that is wrong though it was no call."""
        self.record(method, arguments, error=problem.message, problems=[problem])

    def record_ack(self, answer: Payload | None) -> None:
        """Keep what came with an acknowledgement that should bring nothing."""
        if answer:
            self.record_problem(ACK, answer, Problem((), "the bot answers by calls, and not with this"))
