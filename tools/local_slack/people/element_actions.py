"""Actions of people with what the app shows: buttons, selects and forms."""

from collections.abc import Mapping, Sequence
from typing import Any

from tools.local_slack.model.entities import Message, Payload, User
from tools.local_slack.people.element_values import EXTERNAL, Chosen, chosen_value, find_element, form_state
from tools.local_slack.people.exchange import Exchange, UserAction
from tools.local_slack.people.interact import (
    NotPossible,
    begin_action,
    location_of,
    origin_channel,
    require_open_view,
    require_shown,
    send_interaction,
)
from tools.local_slack.rules.limits import offered_problems
from tools.local_slack.state.payloads import view_payload
from tools.local_slack.state.requests import ACK
from tools.local_slack.state.state import State
from tools.local_slack.state.views import View


class ElementActions:
    """Actions with elements of messages, modals and Homes in their current state."""

    _state: State

    async def click(self, user: User, shown: Message | View | None, name: str) -> Exchange:
        """Press the button with this action_id, label or value."""
        shown = require_shown(self._state, user, shown)
        block, element = find_element(shown, name)
        if element["type"] != "button":
            raise NotPossible(f"{name!r} is no button, but a {element['type']}: choose in it")
        told: Payload = {key: element[key] for key in ("text", "value", "style") if key in element}
        return self._act_on(user, shown, block, element, told)

    async def choose(
        self, user: User, shown: Message | View | None, name: str, chosen: Chosen | Sequence[Chosen]
    ) -> Exchange:
        """Choose in the menu with this action_id or label.

        `chosen` is an option, its value or label, or a person; or a list of these for a multi-select. An
        external select has the options that were last offered.
        """
        shown = require_shown(self._state, user, shown)
        block, element = find_element(shown, name)
        if element["type"] == "button":
            raise NotPossible(f"{name!r} is a button: click it")
        told = chosen_value(element, chosen, self._offered(shown).get(element["action_id"], ()))
        return self._act_on(user, shown, block, element, told)

    async def suggest(self, user: User, shown: Message | View | None, name: str, typed: str) -> Exchange:
        """Type into the external select with this action_id or label; see `options`."""
        shown = require_shown(self._state, user, shown)
        block, element = find_element(shown, name)
        if element["type"] not in EXTERNAL:
            raise NotPossible(f"{name!r} is a {element['type']}, which asks the app nothing")
        if len(typed) < element.get("min_query_length", 3):
            raise NotPossible(f"{name!r} asks from {element.get('min_query_length', 3)} characters on")
        action = self._act(user, shown, f"typing in {name}", only_ack=True)
        key = (shown.id if isinstance(shown, View) else shown.ts, element["action_id"])
        about: Payload = {
            **location_of(self._state, action),
            "action_id": element["action_id"],
            "block_id": block["block_id"],
            "value": typed,
        }

        def answer(offered: Payload | None) -> None:
            self._take_options(key, offered or {})

        return send_interaction(
            self._state, action, "block_suggestion", about, handle_ack=answer, trigger=False
        )

    async def submit(self, user: User, view: View | None, values: Mapping[str, Any]) -> Exchange:
        """Submit a form with these values, by action_id, block_id or label; other fields are unchanged."""
        view = require_open_view(self._state, user, view)
        if not view.payload.get("submit"):
            raise NotPossible(f"{view.title!r} has nothing to send")
        filled = form_state(view, values, self._offered(view))
        action = self._act(user, view, f"form {view.callback_id}", only_ack=True)
        # Slack promises no order of the fields, so here the last one comes first.
        shown = view_payload(self._state.world, view, dict(reversed(filled.items())))

        def close(answer: Payload | None) -> None:
            self._state.record_ack(answer)
            if self._state.views.is_open(view):
                del self._state.views.modals[user.id]

        about: Payload = {"view": shown, "response_urls": []}
        return send_interaction(self._state, action, "view_submission", about, handle_ack=close)

    def _offered(self, shown: Message | View) -> dict[str, list[Payload]]:
        """The options that were last offered in a message or view, by action_id."""
        return {
            action_id: options
            for (where, action_id), options in self._state.offered.items()
            if where == (shown.id if isinstance(shown, View) else shown.ts)
        }

    def _take_options(self, key: tuple[str, str], answer: Payload) -> None:
        """Store the options that a select was offered."""
        options = answer.get("options")
        problems = self._state.description.option_problems(options)
        problems = problems or offered_problems(options or [])
        error = problems[0].message if problems else None
        self._state.record(ACK, answer, error=error, problems=problems)
        self._state.offered[key] = [] if problems else list(options or [])

    def _act(self, user: User, shown: Message | View, what: str, *, only_ack: bool = False) -> UserAction:
        if isinstance(shown, View):
            channel = origin_channel(self._state, shown)
            return begin_action(self._state, what, user, channel, view=shown, only_ack=only_ack)
        channel = self._state.world.channels[shown.channel_id]
        return begin_action(self._state, what, user, channel, source=shown, only_ack=only_ack)

    def _act_on(
        self, user: User, shown: Message | View, block: Payload, element: Payload, told: Payload
    ) -> Exchange:
        action = self._act(user, shown, f"action {element['action_id']}")
        told_action: Payload = {
            "type": element["type"],
            "action_id": element["action_id"],
            "block_id": block["block_id"],
            "action_ts": action.ts,
            **told,
        }
        about = {**location_of(self._state, action), "actions": [told_action]}
        answerable = isinstance(shown, Message)
        return send_interaction(self._state, action, "block_actions", about, answerable=answerable)
