"""Sends, edits and deletes the bot's messages, for all routes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tools.local_discord.model.entities import (
    NO_FLAGS,
    Attachment,
    Channel,
    Message,
    MessageFlag,
    MessageType,
    Payload,
    Upload,
    User,
)
from tools.local_discord.rules.components import component_texts, stored_components
from tools.local_discord.rules.errors import Problem, Refused, invalid, invalid_form
from tools.local_discord.rules.limits import check_layout_bytes, message_problems
from tools.local_discord.state.mentions import Mentioned, audible, mentioned
from tools.local_discord.state.state import State
from tools.local_platform.schemas import ProblemPath


@dataclass(frozen=True, slots=True)
class Origin:
    """What a message results from: a command, a component or a reply; all optional."""

    type: MessageType = MessageType.DEFAULT
    reply_to: Message | None = None
    interaction: Payload | None = None
    webhook: bool = False
    viewer: User | None = None
    """The only person who sees it, if it is ephemeral."""


def send(
    state: State,
    channel: Channel,
    body: Payload,
    files: Mapping[str, Upload],
    origin: Origin,
    at: ProblemPath = (),
) -> Message:
    """Send a message of the bot; `at` is the message's path in the request. Raises Refused."""
    flags = MessageFlag(body.get("flags") or 0) & MessageFlag.COMPONENTS_V2
    flags |= MessageFlag.EPHEMERAL if origin.viewer else NO_FLAGS
    attachments = _attachments(state, channel, body, files, (), at, ephemeral=origin.viewer is not None)
    components = _checked(body, None, attachments, at)
    message = _of_bot(
        state,
        channel,
        origin,
        components=components,
        attachments=attachments,
        flags=flags,
        nonce=body.get("nonce"),
    )
    message = _keep_mentions(state, channel, message, body, pings=True)
    publish(state, "MESSAGE_CREATE", message)
    return message


def send_loading(state: State, channel: Channel, origin: Origin) -> Message:
    """Send the message that shows that the bot is thinking, which is edited later."""
    flags = MessageFlag.LOADING | (MessageFlag.EPHEMERAL if origin.viewer else NO_FLAGS)
    message = state.world.keep_message(_of_bot(state, channel, replace(origin, webhook=True), flags=flags))
    publish(state, "MESSAGE_CREATE", message)
    return message


def _of_bot(state: State, channel: Channel, origin: Origin, **content: Any) -> Message:
    return state.new_message(
        channel,
        state.world.bot,
        origin.type,
        reply_to=origin.reply_to.id if origin.reply_to else None,
        interaction=origin.interaction,
        viewer_id=origin.viewer.id if origin.viewer else None,
        webhook=origin.webhook,
        **content,
    )


def edit(
    state: State, message: Message, body: Payload, files: Mapping[str, Upload], at: ProblemPath = ()
) -> Message:
    """Edit a message of the bot. Raises Refused."""
    channel = state.world.channels[message.channel_id]
    stay = message.attachments
    if body.get("attachments") is not None:
        listed = {str(one["id"]) for one in body["attachments"]}
        stay = tuple(attachment for attachment in stay if attachment.id in listed)
    attachments = _attachments(state, channel, body, files, stay, at, ephemeral=message.ephemeral)
    changed = replace(
        message,
        components=_checked(body, message, attachments, at) if "components" in body else message.components,
        attachments=attachments,
        flags=message.flags & ~MessageFlag.LOADING
        | MessageFlag(body.get("flags") or 0) & MessageFlag.COMPONENTS_V2,
        # A loading message that gets its content does not count as edited.
        edited=None if message.loading else state.clock.now(),
    )
    changed = _keep_mentions(state, channel, changed, body, pings=message.loading)
    publish(state, "MESSAGE_UPDATE", changed)
    return changed


def delete(state: State, message: Message) -> None:
    """Delete a message."""
    del state.world.messages[message.id]
    if not message.ephemeral:
        state.gateway.dispatch("MESSAGE_DELETE", {"id": message.id, **_place(message)}, message.guild_id)
    state.changes.announce()


def delete_all(state: State, messages: Sequence[Message]) -> None:
    """Delete several messages of one channel at once."""
    for message in messages:
        del state.world.messages[message.id]
    if messages:
        data = {"ids": [message.id for message in messages], **_place(messages[0])}
        state.gateway.dispatch("MESSAGE_DELETE_BULK", data, messages[0].guild_id)
    state.changes.announce()


def _place(message: Message) -> Payload:
    guild = {"guild_id": message.guild_id} if message.guild_id else {}
    return {"channel_id": message.channel_id, **guild}


def publish(state: State, event: str, message: Message) -> None:
    """Send the bot an event about a message, unless it is ephemeral."""
    if not message.ephemeral:
        channel = state.world.channels[message.channel_id]
        if state.world.permissions(state.world.bot, channel):
            state.gateway.dispatch_message(event, message)
    state.changes.announce()


def _checked(
    body: Payload, current: Message | None, attachments: Sequence[Attachment], at: ProblemPath
) -> tuple[Payload, ...]:
    """The components of a body as they are stored. Raises Refused."""
    components = body.get("components") or []
    if problems := message_problems(body, current, {attachment.filename for attachment in attachments}):
        raise invalid_form([Problem((*at, *one.path), one.code, one.message) for one in problems])
    check_layout_bytes(components)
    if not components:
        raise Refused(400, 50006, "Cannot send an empty message")
    return stored_components(components, attachments)


def _attachments(
    state: State,
    channel: Channel,
    body: Payload,
    files: Mapping[str, Upload],
    stay: Sequence[Attachment],
    at: ProblemPath,
    *,
    ephemeral: bool,
) -> tuple[Attachment, ...]:
    """The attachments that stay and the files of the request, with the data from its `attachments`."""
    known = {attachment.id for attachment in stay}
    said: dict[str, Payload] = {}
    for index, one in enumerate(body.get("attachments") or []):
        if str(one["id"]) in files:
            said[str(one["id"])] = one
        elif str(one["id"]) not in known:
            path = (*at, "attachments", index, "id")
            raise invalid(path, "ATTACHMENT_NOT_FOUND", f"There is no attachment {one['id']}")
    added = []
    for place, upload in files.items():
        one = said.get(place, {})
        name = (one.get("filename") or upload.filename).replace(" ", "_")
        content_type = upload.content_type
        added.append(
            state.world.add_file(
                channel, name, upload.content, content_type, one.get("description"), ephemeral=ephemeral
            )
        )
    return (*stay, *added)


def _keep_mentions(
    state: State, channel: Channel, message: Message, body: Payload, *, pings: bool
) -> Message:
    """Store the message with its mentions, and record whom it notified. Of edits, only the first one of a
    loading message notifies."""
    named = mentioned(state.world, channel, component_texts(message.components))
    answered = state.world.messages.get(message.reply_to or "")
    pinged = named
    if body.get("allowed_mentions") is not None:
        # By the description, the bot's `allowed_mentions` can only allow nothing.
        pinged = Mentioned()
    elif answered is not None:
        pinged = replace(named, users=(*named.users, answered.author))
    pinged = audible(state.world, channel, pinged)
    message = replace(
        message,
        mentioned=named.users,
        mentioned_role_ids=named.role_ids,
        mentions_everyone=pinged.everyone,
    )
    if pings and not message.ephemeral and pinged != Mentioned():
        state.pings.append(pinged)
    return state.world.keep_message(message)
