"""Simulates people in Slack: what their client would send, and the events that the app then gets."""

from tools.local_slack.model.entities import Channel, Message, Payload, Team, User
from tools.local_slack.people.element_actions import ElementActions
from tools.local_slack.people.exchange import Exchange, UserAction
from tools.local_slack.people.interact import (
    NotPossible,
    begin_action,
    installation_of,
    require_member,
    require_visible,
    send_command,
    send_interaction,
)
from tools.local_slack.people.message_actions import MessageActions
from tools.local_slack.people.typed_text import as_typed
from tools.local_slack.state.events import send_event
from tools.local_slack.state.payloads import message_payload, short_channel, view_payload
from tools.local_slack.state.state import Pane, State


class People(ElementActions, MessageActions):
    """The actions of people: commands, shortcuts, the app's Home, the assistant's pane, and uninstalling.

    Each method returns at once; `settled` of its result waits for the bot. All raise NotPossible for an
    action that the person's client does not allow.
    """

    def __init__(self, state: State) -> None:
        self._state = state

    async def command(self, user: User, channel: Channel, name: str, text: str = "") -> Exchange:
        """Send a slash command, such as "/ask", with the text that follows it."""
        channel = require_member(self._state, user, channel)
        app = self._state.world.app
        if not app.offers(name, app.commands):
            raise NotPossible(f"{name} is no command")
        if self._state.world.teams[user.team_id].bot_user_id is None:
            raise NotPossible(f"the app is not installed where {user.real_name} is from")
        action = begin_action(self._state, f"command {name}", user, channel)
        return send_command(self._state, action, name, as_typed(self._state.world, text, plain=True))

    async def shortcut(self, user: User, callback_id: str, message: Message) -> Exchange:
        """Choose a shortcut from a message's menu."""
        message = require_visible(self._state, user, message)
        app = self._state.world.app
        if not app.offers(callback_id, app.message_shortcuts):
            raise NotPossible(f"{callback_id!r} is no shortcut of messages")
        if message.ephemeral:
            raise NotPossible("an ephemeral message has no shortcuts")
        channel = self._state.world.channels[message.channel_id]
        action = begin_action(self._state, f"shortcut {callback_id}", user, channel, source=message)
        about: Payload = {
            "callback_id": callback_id,
            "action_ts": action.ts,
            "channel": short_channel(channel),
            "message_ts": message.ts,
            "message": message_payload(self._state.world, self._state.base, message),
        }
        return send_interaction(self._state, action, "message_action", about, answerable=True)

    async def global_shortcut(self, user: User, callback_id: str) -> Exchange:
        """Choose a global shortcut, which does not belong to a message."""
        app = self._state.world.app
        if not app.offers(callback_id, app.global_shortcuts):
            raise NotPossible(f"{callback_id!r} is no global shortcut")
        action = begin_action(self._state, f"shortcut {callback_id}", user)
        about: Payload = {"callback_id": callback_id, "action_ts": action.ts}
        return send_interaction(self._state, action, "shortcut", about)

    async def open_home(self, user: User, tab: str = "home") -> Exchange:
        """Open the app's Home, or another `tab`: "messages"."""
        team = installation_of(self._state, user)
        action = begin_action(self._state, "opening Home", user, only_ack=tab != "home")
        event: Payload = {
            "type": "app_home_opened",
            "user": user.id,
            "channel": self._state.world.dm(user).id,
            "tab": tab,
            "event_ts": action.ts,
        }
        if tab == "home" and (home := self._state.views.home(user)):
            event["view"] = view_payload(self._state.world, home)
        return self._send(action, event, team)

    async def open_assistant(self, user: User, context: Channel | None = None) -> Exchange:
        """Open the assistant's pane, next to a channel if `context` is given. A new thread begins
        (`thread_ts`)."""
        if not self._state.world.app.assistant:
            raise NotPossible("the app is no assistant")
        direct = self._state.world.dm(user)
        thread_ts = self._state.clock.new_ts()
        self._state.panes[direct.id, thread_ts] = Pane()
        action = begin_action(self._state, "opening the pane", user, direct, thread_ts=thread_ts)
        return self._send_pane(action, "assistant_thread_started", context)

    async def change_context(self, user: User, thread_ts: str, context: Channel) -> Exchange:
        """Switch to another channel while the pane is open."""
        direct = self._state.world.dm(user)
        if (direct.id, thread_ts) not in self._state.panes:
            raise NotPossible("the pane is not open")
        action = begin_action(
            self._state, "looking elsewhere", user, direct, thread_ts=thread_ts, only_ack=True
        )
        return self._send_pane(action, "assistant_thread_context_changed", context)

    async def uninstall(self, user: User) -> Exchange:
        """Remove the app from the team of an administrator; its token becomes invalid."""
        if not user.admin:
            raise NotPossible(f"{user.real_name} may not remove apps")
        team = installation_of(self._state, user)
        org_wide = self._state.is_org_wide(team)
        for token, owner in self._state.tokens.items():
            if owner.id == team.id:
                self._state.revoked[token] = "account_inactive"
        for token, enterprise in self._state.enterprise_tokens.items():
            if org_wide and enterprise == team.enterprise_id:
                self._state.revoked[token] = "account_inactive"
        action = begin_action(self._state, "uninstalling", user, only_ack=True)
        revoked: Payload = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [team.bot_user_id]}}
        told = [send_event(self._state, event, team) for event in (revoked, {"type": "app_uninstalled"})]
        return Exchange(self._state, action, [one for one in told if one is not None])

    def _send(self, action: UserAction, event: Payload, team: Team) -> Exchange:
        """Send the app an event of a team."""
        told = send_event(self._state, event, team, channel=action.channel)
        return Exchange(self._state, action, [told] if told else [])

    def _send_pane(self, action: UserAction, kind: str, context: Channel | None) -> Exchange:
        assert action.channel is not None
        beside: Payload = {}
        if context is not None:
            beside = {"channel_id": context.id, "team_id": context.team_id, "enterprise_id": None}
        event: Payload = {
            "type": kind,
            "assistant_thread": {
                "user_id": action.user.id,
                "context": beside,
                "channel_id": action.channel.id,
                "thread_ts": action.thread_ts,
            },
            "event_ts": action.ts,
        }
        return self._send(action, event, self._state.world.seen_team(action.channel))
