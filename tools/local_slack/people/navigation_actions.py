"""People going to the app's own places, and taking it out of the workspace."""

from tools.local_slack.model.entities import Channel, Payload, Team, User
from tools.local_slack.people.exchange import Exchange, UserAction
from tools.local_slack.people.interact import NotPossible, begin_action, installation_of
from tools.local_slack.state.events import send_event
from tools.local_slack.state.payloads import view_payload
from tools.local_slack.state.state import Pane, State


class NavigationActions:
    """Home, the assistant's pane, and the app's end."""

    _state: State

    async def open_home(self, user: User, tab: str = "home") -> Exchange:
        """Open the app's Home, or its tab "messages"."""
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
        """Open the assistant's pane, beside a channel or not: a new thread begins, see `thread_ts`."""
        if not self._state.world.app.assistant:
            raise NotPossible("the app is no assistant")
        direct = self._state.world.dm(user)
        thread_ts = self._state.clock.new_ts()
        self._state.panes[direct.id, thread_ts] = Pane()
        action = begin_action(self._state, "opening the pane", user, direct, thread_ts=thread_ts)
        return self._send_pane(action, "assistant_thread_started", context)

    async def change_context(self, user: User, thread_ts: str, context: Channel) -> Exchange:
        """With the pane open, look at another channel."""
        direct = self._state.world.dm(user)
        if (direct.id, thread_ts) not in self._state.panes:
            raise NotPossible("the pane is not open")
        action = begin_action(
            self._state, "looking elsewhere", user, direct, thread_ts=thread_ts, only_ack=True
        )
        return self._send_pane(action, "assistant_thread_context_changed", context)

    async def uninstall(self, user: User) -> Exchange:
        """An administrator removes the app from their team: its token is good for nothing any more."""
        if not user.admin:
            raise NotPossible(f"{user.real_name} may not remove apps")
        team = installation_of(self._state, user)
        for token, owner in self._state.tokens.items():
            if owner.id == team.id:
                self._state.revoked[token] = "account_inactive"
        action = begin_action(self._state, "uninstalling", user, only_ack=True)
        revoked: Payload = {"type": "tokens_revoked", "tokens": {"oauth": [], "bot": [team.bot_user_id]}}
        told = [send_event(self._state, event, team) for event in (revoked, {"type": "app_uninstalled"})]
        return Exchange(self._state, action, [one for one in told if one is not None])

    def _send(self, action: UserAction, event: Payload, team: Team) -> Exchange:
        """Tell the app of an event in a team."""
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
