"""People using what the app shows: buttons, selects, forms."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from tools.local_slack.api.acknowledgements import take_options, take_submission
from tools.local_slack.delivery.delivery_queue import Delivery
from tools.local_slack.model.entities import Message, Payload, User
from tools.local_slack.people.element_values import (
    BUTTONS,
    EXTERNAL,
    Chosen,
    chosen_value,
    find_element,
    form_state,
    pressed_value,
)
from tools.local_slack.people.exchange import Exchange, UserAction
from tools.local_slack.people.interact import (
    NotPossible,
    begin_action,
    location_of,
    origin_channel,
    send_interaction,
)
from tools.local_slack.people.visibility import require_open_view, require_shown
from tools.local_slack.state.payloads import view_payload
from tools.local_slack.state.state import State
from tools.local_slack.state.views import View


class ElementActions:
    """Messages, modals and Homes, as the person sees them now."""

    _state: State

    async def click(self, user: User, shown: Message | View | None, name: str, nth: int = 0) -> Exchange:
        """Press the `nth` button with this action_id, label or value, as the person sees it now."""
        shown = require_shown(self._state, user, shown)
        block, element = find_element(shown, name, nth)
        if element["type"] not in BUTTONS:
            raise NotPossible(f"{name!r} is no button, but a {element['type']}: choose in it")
        return self._act_on(user, shown, block, element, pressed_value(element, name))

    async def choose(
        self,
        user: User,
        shown: Message | View | None,
        name: str,
        chosen: Chosen | Sequence[Chosen],
        nth: int = 0,
    ) -> Exchange:
        """Choose in the `nth` select, menu, picker or box with this action_id or label.

        What is chosen is an option, its value or its label, a person, a channel, a day or a time, or a list
        where several can be. An external select has the options that were last offered.
        """
        shown = require_shown(self._state, user, shown)
        block, element = find_element(shown, name, nth)
        if element["type"] in BUTTONS:
            raise NotPossible(f"{name!r} is a button: click it")
        where = shown.id if isinstance(shown, View) else shown.ts
        told = chosen_value(element, chosen, self._state.offered.get((where, element["action_id"]), ()))
        if element["type"] != "overflow":
            self._keep_choice(shown, block["block_id"], element["action_id"], told)
        if block["type"] == "input" and not block.get("dispatch_action"):
            return Exchange(self._state, self._act(user, shown, "choice", only_ack=True), [])
        return self._act_on(user, require_shown(self._state, user, shown), block, element, told)

    async def suggest(
        self, user: User, shown: Message | View | None, name: str, typed: str, nth: int = 0
    ) -> Exchange:
        """Type into the external select with this action_id or label; see `options`."""
        shown = require_shown(self._state, user, shown)
        block, element = find_element(shown, name, nth)
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

        def answer(_delivery: Delivery, offered: Payload | None) -> None:
            take_options(self._state, key, offered)

        return send_interaction(
            self._state, action, "block_suggestion", about, handle_ack=answer, trigger=False
        )

    async def submit(
        self, user: User, view: View | None, values: Mapping[str, Any] | None = None
    ) -> Exchange:
        """Send a form with these values, by action_id, block_id or label; what is not given stays."""
        view = require_open_view(self._state, user, view)
        if not view.payload.get("submit"):
            raise NotPossible(f"{view.title!r} has nothing to send")
        offered = {
            action_id: options
            for (where, action_id), options in self._state.offered.items()
            if where == view.id
        }
        view = self._state.views.keep(replace(view, values=form_state(view, values or {}, offered)))
        action = self._act(user, view, f"form {view.callback_id}", only_ack=True)
        shown = view_payload(self._state.world, view)
        # Slack promises no order of the fields: here the last one comes first.
        shown["state"] = {"values": dict(reversed(shown["state"]["values"].items()))}
        about: Payload = {"view": shown, "response_urls": []}

        def answer(delivery: Delivery, given: Payload | None) -> None:
            take_submission(self._state, view, given, delivery.id)

        return send_interaction(self._state, action, "view_submission", about, handle_ack=answer)

    async def close(self, user: User, view: View | None, *, all_of_them: bool = False) -> Exchange:
        """Close a modal, or all that are open."""
        view = require_open_view(self._state, user, view)
        action = self._act(user, view, f"closing {view.callback_id}", only_ack=True)
        self._state.views.close(view, all_of_them=all_of_them)
        if not view.payload.get("notify_on_close"):
            return Exchange(self._state, action, [])
        about: Payload = {"view": view_payload(self._state.world, view), "is_cleared": all_of_them}
        return send_interaction(self._state, action, "view_closed", about, trigger=False)

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
        if isinstance(shown, Message):
            about["state"] = {"values": self._state.chosen.get(shown.ts, {})}
        answerable = isinstance(shown, Message)
        return send_interaction(self._state, action, "block_actions", about, answerable=answerable)

    def _keep_choice(self, shown: Message | View, block_id: str, action_id: str, told: Payload) -> None:
        before = shown.values if isinstance(shown, View) else self._state.chosen.get(shown.ts, {})
        values = {**before, block_id: {**before.get(block_id, {}), action_id: told}}
        if isinstance(shown, View):
            self._state.views.keep(replace(shown, values=values))
        else:
            self._state.chosen[shown.ts] = values
