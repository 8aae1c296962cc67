"""Makes events in the format of the Events API, and sends them to the app."""

from tools.local_slack.delivery.delivery_queue import Delivery
from tools.local_slack.model.app import CHANNEL_SCOPES
from tools.local_slack.model.entities import Channel, Payload, Team
from tools.local_slack.state.state import State

VERIFICATION_TOKEN = "local-verification-token"


def send_event(
    state: State, event: Payload, team: Team, *, channel: Channel | None = None, from_team: Team | None = None
) -> Delivery | None:
    """Send the app an event of a team; nothing if the app has not subscribed to it or lacks the scope.

    `from_team` is the team of the acting person if that is another one, in a shared channel.
    """
    name = event["type"]
    if name == "message":
        name = f"message.{CHANNEL_SCOPES[event['channel_type']]}"
    if not state.world.app.hears(name):
        return None
    delivery = state.delivery_queue.new("events_api")
    delivery.payload = event_body(state, event, team, channel=channel, from_team=from_team)
    return state.delivery_queue.send(delivery)


def event_body(
    state: State, event: Payload, team: Team, *, channel: Channel | None = None, from_team: Team | None = None
) -> Payload:
    """An event in its envelope. `team` is the installation that gets it, which is in `authorizations`."""
    outer, org_wide = from_team or team, state.is_org_wide(team)
    body: Payload = {
        "token": VERIFICATION_TOKEN,
        "team_id": outer.id,
        "context_team_id": team.id,
        "context_enterprise_id": team.enterprise_id,
        "api_app_id": state.world.app_id,
        "event": event,
        "type": "event_callback",
        "event_id": state.clock.new_id("Ev"),
        "event_time": state.clock.unix(),
        "authorizations": [
            {
                "enterprise_id": team.enterprise_id,
                "team_id": None if org_wide else team.id,
                "user_id": team.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": org_wide,
            }
        ],
        "is_ext_shared_channel": bool(channel and channel.shared_with),
        "event_context": state.clock.new_secret(),
    }
    return {**body, "enterprise_id": outer.enterprise_id} if outer.enterprise_id else body
