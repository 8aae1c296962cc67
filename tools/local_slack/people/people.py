"""Acting as people in Slack: what their client would send, and what the app is then told."""

from tools.local_slack.model.entities import Channel, Message, Payload, User
from tools.local_slack.people.element_actions import ElementActions
from tools.local_slack.people.exchange import Exchange
from tools.local_slack.people.interact import NotPossible, begin_action, send_command, send_interaction
from tools.local_slack.people.message_actions import MessageActions
from tools.local_slack.people.navigation_actions import NavigationActions
from tools.local_slack.people.typed_text import as_typed
from tools.local_slack.people.visibility import require_member, require_visible
from tools.local_slack.state.payloads import message_payload, short_channel
from tools.local_slack.state.state import State


class People(ElementActions, MessageActions, NavigationActions):
    """Each method does what a person does and returns at once: wait with `settled`.

    It raises NotPossible for what that person's client would not let them do.
    """

    def __init__(self, state: State) -> None:
        self._state = state

    async def command(self, user: User, channel: Channel, name: str, text: str = "") -> Exchange:
        """Send a slash command, such as "/ask", with what follows it as it is typed."""
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
        """Choose a shortcut that is of no message."""
        app = self._state.world.app
        if not app.offers(callback_id, app.global_shortcuts):
            raise NotPossible(f"{callback_id!r} is no global shortcut")
        action = begin_action(self._state, f"shortcut {callback_id}", user)
        about: Payload = {"callback_id": callback_id, "action_ts": action.ts}
        return send_interaction(self._state, action, "shortcut", about)
