"""Creates a person's action, and sends it to the app as Slack does; checks what the person can see."""

import json
from collections.abc import Callable
from typing import Any

from tools.local_slack.delivery.delivery_queue import Delivery
from tools.local_slack.model.entities import Channel, Message, Payload, Team, User
from tools.local_slack.people.exchange import Exchange, UserAction
from tools.local_slack.state.action_log import NO_THREAD
from tools.local_slack.state.events import VERIFICATION_TOKEN
from tools.local_slack.state.payloads import (
    enterprise_payload,
    message_payload,
    short_channel,
    short_user,
    team_payload,
    view_payload,
)
from tools.local_slack.state.state import State
from tools.local_slack.state.views import View


class NotPossible(Exception):
    """The person's client does not allow an action; the text says which."""


def begin_action(
    state: State, what: str, user: User, channel: Channel | None = None, **about: Any
) -> UserAction:
    """Begin an action; from now on, what the bot writes where it was done counts as its result."""
    said: Message | None = about.get("said")
    source: Message | None = about.get("source")
    ts = said.ts if said else state.clock.new_ts()
    action = UserAction(what, user, ts, state.clock.seconds(), channel, **about)
    if channel is not None:
        if said is not None:
            threads = (said.thread_ts,) if said.thread_ts else (said.ts, NO_THREAD)
        elif action.thread_ts is not None:
            threads = (action.thread_ts,)
        elif source is not None:
            threads = (source.root_ts, NO_THREAD)
        else:
            threads = (NO_THREAD,)
        state.action_log.begin(ts, user.id, channel.id, *threads)
    if (channel is None or not channel.direct) and state.world.teams[user.team_id].bot_user_id:
        state.action_log.begin(ts, user.id, state.world.dm(user).id, NO_THREAD)
    return action


def installation_of(state: State, user: User, channel: Channel | None = None) -> Team:
    """The team whose installation of the app a person uses: the person's own, if its bot is there."""
    own = state.world.teams[user.team_id]
    if channel is not None and not state.world.is_inside(channel, own):
        team = state.world.seen_team(channel)
        if state.world.is_inside(channel, team):
            return team
    return own


def send_interaction(
    state: State,
    action: UserAction,
    kind: str,
    about: Payload,
    *,
    handle_ack: Callable[[Payload | None], None] | None = None,
    trigger: bool = True,
    answerable: bool = False,
) -> Exchange:
    """Send the app an interaction; with `answerable` it has a response URL."""
    delivery = state.delivery_queue.new("interactive")
    team = installation_of(state, action.user, action.channel)
    if action.source is not None and action.source.bot_id:
        team = state.world.teams[action.source.team_id]  # the team of the message's bot
    sender = state.world.teams[action.user.team_id]
    payload: Payload = {
        "type": kind,
        "token": VERIFICATION_TOKEN,
        "api_app_id": state.world.app_id,
        "team": team_payload(sender),
        "enterprise": enterprise_payload(sender),
        "is_enterprise_install": state.is_org_wide(team),
        "user": short_user(action.user),
        **about,
    }
    if trigger:
        payload["trigger_id"] = state.grants.new_trigger(action.user, team, delivery.id)
    if answerable and action.channel is not None:
        path = state.grants.new_response(action.user, team, action.channel, delivery.id, action.source)
        payload["response_url"] = f"{state.base}/actions/{path}"
    return _send(state, action, delivery, payload, handle_ack)


def send_command(state: State, action: UserAction, name: str, text: str) -> Exchange:
    """Send the app a slash command."""
    assert action.channel is not None
    delivery = state.delivery_queue.new("slash_commands")
    team = installation_of(state, action.user, action.channel)
    path = state.grants.new_response(action.user, team, action.channel, delivery.id)
    payload: Payload = {
        "token": VERIFICATION_TOKEN,
        "team_id": team.id,
        "team_domain": team.domain,
        "channel_id": action.channel.id,
        "channel_name": short_channel(action.channel)["name"],
        "user_id": action.user.id,
        "user_name": action.user.name,
        "command": name,
        "text": text,
        "api_app_id": state.world.app_id,
        "is_enterprise_install": str(state.is_org_wide(team)).lower(),
        "response_url": f"{state.base}/commands/{path}",
        "trigger_id": state.grants.new_trigger(action.user, team, delivery.id),
    }
    if team.enterprise_id:
        payload |= {"enterprise_id": team.enterprise_id, "enterprise_name": "The Company"}
    return _send(state, action, delivery, payload)


def location_of(state: State, action: UserAction) -> Payload:
    """The keys of an interaction about its place, a message or a view."""
    if action.view is not None:
        return {
            "container": {"type": "view", "view_id": action.view.id},
            "view": view_payload(state.world, state.views.views[action.view.id]),
        }
    assert action.source is not None
    assert action.channel is not None
    message = state.world.messages[action.source.ts]
    container: Payload = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel_id,
        "is_ephemeral": message.ephemeral,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    place: Payload = {"container": container, "channel": short_channel(action.channel)}
    # The payload has no ephemeral message, since Slack does not store it.
    if not message.ephemeral:
        place["message"] = message_payload(state.world, state.base, message)
    return place


def origin_channel(state: State, view: View) -> Channel | None:
    """The channel in which a modal was opened."""
    return state.places.get(view.origin or "")


def _send(
    state: State,
    action: UserAction,
    delivery: Delivery,
    payload: Payload,
    handle_ack: Callable[[Payload | None], None] | None = None,
) -> Exchange:
    # A copy, as it is sent: later changes must not affect it.
    delivery.payload = json.loads(json.dumps(payload))
    delivery.handle_ack = handle_ack or state.record_ack
    if action.channel is not None:
        state.places[delivery.id] = action.channel
    return Exchange(state, action, [state.delivery_queue.send(delivery)])


def require_member(state: State, user: User, channel: Channel) -> Channel:
    """The current state of the channel. Raises NotPossible if the person is not in it."""
    channel = state.world.channels[channel.id]
    if user.id not in channel.member_ids:
        raise NotPossible(f"{user.real_name} is not in {channel.name or 'those direct messages'}")
    return channel


def require_visible(state: State, user: User, message: Message) -> Message:
    """The current state of the message. Raises NotPossible if the person does not see it."""
    current = state.world.messages.get(message.ts)
    if current is None:
        raise NotPossible("the message is there no more")
    require_member(state, user, state.world.channels[current.channel_id])
    if current.ephemeral and current.viewer_id != user.id:
        raise NotPossible(f"{user.real_name} does not see somebody else's message")
    return current


def require_open_view(state: State, user: User, view: View | None) -> View:
    """The current state of the view. Raises NotPossible if it is not the open modal or the Home."""
    current = view and state.views.views.get(view.id)
    if current is None or current.user.id != user.id or not state.views.is_open(current):
        raise NotPossible(f"that view is not open for {user.real_name}")
    return current


def require_shown(state: State, user: User, shown: Message | View | None) -> Message | View:
    """The current state of a message or view. Raises NotPossible if the person does not see it."""
    if shown is None:
        raise NotPossible("there is nothing to look at")
    return (
        require_visible(state, user, shown)
        if isinstance(shown, Message)
        else require_open_view(state, user, shown)
    )
