"""Slack's short-lived grants: triggers, which open modals, and response URLs."""

from dataclasses import dataclass

from tools.local_slack.model.clock import Clock
from tools.local_slack.model.entities import Channel, Message, Team, User
from tools.local_slack.rules.errors import Refused

TRIGGER_SECONDS = 3.0
RESPONSE_SECONDS = 30 * 60.0
RESPONSE_USES = 5


@dataclass(slots=True)
class Trigger:
    """A trigger opens one modal within a few seconds; `origin` is the id of its delivery."""

    id: str
    user: User
    team: Team
    origin: str
    made: float
    used: bool = False


@dataclass(slots=True)
class Response:
    """A response URL of an interaction; `source` is the message of the interaction."""

    path: str
    user: User
    team: Team
    channel: Channel
    origin: str
    made: float
    source: Message | None = None
    uses: int = 0


class Grants:
    """All triggers and response URLs."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.triggers: dict[str, Trigger] = {}
        self.responses: dict[str, Response] = {}

    def new_trigger(self, user: User, team: Team, origin: str) -> str:
        """Issue a trigger; returns its id."""
        trigger_id = f"{len(self.triggers)}.{self._clock.unix()}.{self._clock.new_secret()}"
        self.triggers[trigger_id] = Trigger(trigger_id, user, team, origin, self._clock.seconds())
        return trigger_id

    def new_response(
        self, user: User, team: Team, channel: Channel, origin: str, source: Message | None = None
    ) -> str:
        """Issue a response URL; returns its path."""
        path = f"{team.id}/{len(self.responses)}/{self._clock.new_secret()}"
        self.responses[path] = Response(path, user, team, channel, origin, self._clock.seconds(), source)
        return path

    def take_trigger(self, trigger_id: str) -> Trigger:
        """Use a trigger, which is then invalid. Raises Refused."""
        trigger = self.triggers.get(trigger_id)
        if trigger is None:
            raise Refused("invalid_trigger_id")
        if trigger.used:
            raise Refused("exchanged_trigger_id")
        if self._clock.seconds() - trigger.made > TRIGGER_SECONDS:
            raise Refused("expired_trigger_id")
        trigger.used = True
        return trigger

    def take_response(self, path: str) -> Response:
        """Use a response URL, which works a limited number of times. Raises Refused."""
        response = self.responses.get(path)
        if response is None:
            raise Refused("invalid_url", status=404)
        if self._clock.seconds() - response.made > RESPONSE_SECONDS:
            raise Refused("expired_url", status=404)
        if response.uses >= RESPONSE_USES:
            raise Refused("used_url", status=404)
        response.uses += 1
        return response
