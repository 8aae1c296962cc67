"""Responses to interactions: the callback, and the webhook for edits and follow-ups."""

from typing import Any

from tools.local_discord.api.call import NO_CONTENT, Call, Reply, operation
from tools.local_discord.model.entities import InteractionType, Message, MessageFlag, MessageType, Payload
from tools.local_discord.model.permissions import Permission
from tools.local_discord.rules.errors import (
    Refused,
    invalid_form,
    missing_permissions,
    problem,
    unknown,
)
from tools.local_discord.rules.limits import modal_problems
from tools.local_discord.state.interaction import (
    CHOICES,
    DEFERRED,
    DEFERRED_UPDATE,
    MESSAGE_RESPONSE,
    MODAL,
    UPDATE,
    Interaction,
    Modal,
)
from tools.local_discord.state.message_payloads import message_payload
from tools.local_discord.state.posting import Origin, delete, edit, send, send_loading
from tools.local_discord.state.state import State

ATTACH = Permission.ATTACH_FILES
USER_INSTALL_FOLLOWUPS = 5
"""The most follow-ups to an interaction in a guild that has not installed the application."""


@operation("create_interaction_response")
def create_interaction_response(state: State, call: Call) -> Reply:
    found = state.interactions.get(call.path["interaction_token"])
    now = state.clock.seconds()
    if found is None or found.id != call.path["interaction_id"] or found.too_late(now):
        raise unknown("interaction")
    if found.acked is not None:
        raise Refused(400, 40060, "Interaction has already been acknowledged.")
    kind: int = call.body["type"]
    if kind not in _possible(found):
        raise invalid_form([problem("BASE_TYPE_CHOICES", "type")])
    data: Payload = call.body.get("data") or {}
    message = _carry_out(state, found, kind, data, call)
    found.acked, found.ack_type = now, kind
    if message is not None:
        found.original_id = message.id
    state.changes.announce()
    if call.query.get("with_response", "").lower() not in ("1", "true"):
        return NO_CONTENT
    return Reply(200, _callback_payload(state, found, kind, message))


@operation("get_original_webhook_message")
def get_response(state: State, call: Call) -> Reply:
    return Reply(200, message_payload(state.world, _own_message(state, call)))


@operation("update_original_webhook_message")
def update_response(state: State, call: Call) -> Reply:
    if call.files and not state.world.app_permissions(_interaction(state, call).channel) & ATTACH:
        raise missing_permissions()
    message = _own_message(state, call)
    changed = edit(state, message, call.body, call.files)
    _interaction(state, call).edits += 1
    state.changes.announce()
    return Reply(200, message_payload(state.world, changed))


@operation("delete_original_webhook_message")
def delete_response(state: State, call: Call) -> Reply:
    delete(state, _own_message(state, call))
    return NO_CONTENT


@operation("execute_webhook")
def follow_up(state: State, call: Call) -> Reply:
    """Send a follow-up message; while the bot is still thinking, it replaces the loading message."""
    found = _interaction(state, call)
    original = state.world.messages.get(found.original_id or "")
    if original is not None and original.loading:
        message = edit(state, original, call.body, call.files)
    else:
        if "0" not in found.owners and len(found.followup_ids) >= USER_INSTALL_FOLLOWUPS:
            raise Refused(400, 40094, "Maximum number of follow-up messages reached")
        metadata = {**found.metadata, **({"original_response_message_id": original.id} if original else {})}
        kind = MessageType.REPLY if original else MessageType.DEFAULT
        origin = Origin(kind, original, metadata, webhook=True, viewer=_viewer(found, call.body))
        message = send(state, found.channel, call.body, call.files, origin)
        found.followup_ids.append(message.id)
    state.changes.announce()
    return Reply(200, message_payload(state.world, message))


def _possible(interaction: Interaction) -> set[int]:
    if interaction.type is InteractionType.AUTOCOMPLETE:
        return {CHOICES}
    possible = {MESSAGE_RESPONSE, DEFERRED}
    if interaction.source_id is not None:
        possible |= {DEFERRED_UPDATE, UPDATE}
    if interaction.type is not InteractionType.MODAL:
        possible.add(MODAL)
    return possible


def _carry_out(state: State, found: Interaction, kind: int, data: Payload, call: Call) -> Message | None:
    """Execute a callback; returns the message that `@original` then means."""
    if kind == CHOICES:
        found.choices = data.get("choices") or []
    elif kind == MODAL:
        if problems := modal_problems(data):
            raise invalid_form(problems)
        found.modal = Modal(data["custom_id"], data["title"], tuple(data["components"]), found)
    elif kind in (MESSAGE_RESPONSE, DEFERRED):
        origin = _origin(state, found, data)
        if kind == DEFERRED:
            return send_loading(state, found.channel, origin)
        return send(state, found.channel, data, call.files, origin, ("data",))
    else:
        source = state.world.messages.get(found.source_id or "")
        if source is None:
            raise unknown("Message")
        return edit(state, source, data, call.files, ("data",)) if kind == UPDATE else source
    return None


def _origin(state: State, found: Interaction, data: Payload) -> Origin:
    source = state.world.messages.get(found.source_id or "")
    kind = MessageType.REPLY if source else MessageType.COMMAND
    if "target_message_id" in found.metadata:
        kind = MessageType.CONTEXT_COMMAND
    return Origin(kind, source, found.metadata, webhook=True, viewer=_viewer(found, data))


def _viewer(found: Interaction, data: Payload) -> Any:
    return found.user if MessageFlag(data.get("flags") or 0) & MessageFlag.EPHEMERAL else None


def _callback_payload(state: State, found: Interaction, kind: int, message: Message | None) -> Payload:
    about: Payload = {"id": found.id, "type": int(found.type)}
    if message is None:
        return {"interaction": about}
    about |= {
        "response_message_id": message.id,
        "response_message_loading": message.loading,
        "response_message_ephemeral": message.ephemeral,
    }
    shown = {"type": kind, "message": message_payload(state.world, message)}
    # In the API description only messages and updates have a resource, and deferred responses have none.
    return {"interaction": about, **({"resource": shown} if kind in (MESSAGE_RESPONSE, UPDATE) else {})}


def _interaction(state: State, call: Call) -> Interaction:
    """The interaction that a webhook's address belongs to. Raises Refused if it has expired."""
    if call.path["webhook_id"] != state.world.application_id:
        raise unknown("Webhook")
    found = state.interactions.get(call.path["webhook_token"])
    if found is None or found.token_expired(state.clock.seconds()):
        raise Refused(401, 50027, "Invalid Webhook Token")
    if found.acked is None or found.ack_type == CHOICES:
        raise unknown("Webhook")
    return found


def _own_message(state: State, call: Call) -> Message:
    """The message that `@original` means. Raises Refused if there is none."""
    message = state.world.messages.get(_interaction(state, call).original_id or "")
    if message is None:
        raise unknown("Message")
    return message
