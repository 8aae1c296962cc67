"""Messages of the bot: sent, changed and deleted, whatever route it took."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from tools.local_discord.model.entities import (
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
from tools.local_discord.rules.message_limits import check_layout_bytes, message_problems
from tools.local_discord.state.mentions import Ping, mentioned, pinged
from tools.local_discord.state.state import State
from tools.local_platform.schemas import ProblemPath

SETTABLE = (
    MessageFlag.SUPPRESS_EMBEDS
    | MessageFlag.EPHEMERAL
    | MessageFlag.SUPPRESS_NOTIFICATIONS
    | MessageFlag.COMPONENTS_V2
)
"""The flags that a request may set; the others are Discord's own."""

NOT_EMPTY = ("embeds", "components", "sticker_ids", "poll")
"""What makes a message one without text."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a message comes of: a command, a component, a reply; all of it optional."""

    type: MessageType = MessageType.DEFAULT
    reply_to: Message | None = None
    interaction: Payload | None = None
    webhook: bool = False
    viewer: User | None = None
    """Who alone may see it."""


def send(
    state: State,
    channel: Channel,
    body: Payload,
    files: Mapping[str, Upload],
    origin: Origin,
    at: ProblemPath = (),
) -> Message:
    """Send a message of the bot; `at` is where the message stands in the request. Raises Refused."""
    flags = MessageFlag(body.get("flags") or 0) & SETTABLE
    flags = flags | MessageFlag.EPHEMERAL if origin.viewer else flags & ~MessageFlag.EPHEMERAL
    attachments = _attachments(state, channel, body, files, (), at, ephemeral=origin.viewer is not None)
    _check(body, None, attachments, at)
    said = (body.get("content") or "").strip()
    if not (said or attachments or any(body.get(key) for key in NOT_EMPTY)):
        raise Refused(400, 50006, "Cannot send an empty message")
    message = _of_bot(
        state,
        channel,
        origin,
        content=said,
        embeds=_embeds(body),
        attachments=attachments,
        flags=flags,
        nonce=body.get("nonce"),
    )
    message = replace(
        message, components=stored_components(body.get("components") or [], attachments, message.id)
    )
    message = _keep_mentions(state, channel, message, body, pings=True)
    publish(state, "MESSAGE_CREATE", message)
    return message


def send_loading(state: State, channel: Channel, origin: Origin) -> Message:
    """The message that says that the bot is thinking, to be edited."""
    flags = MessageFlag.LOADING | (MessageFlag.EPHEMERAL if origin.viewer else MessageFlag(0))
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
    """Change a message of the bot. Raises Refused."""
    channel = state.world.channels[message.channel_id]
    stay = message.attachments
    if body.get("attachments") is not None:
        listed = {str(one["id"]) for one in body["attachments"]}
        stay = tuple(attachment for attachment in stay if attachment.id in listed)
    attachments = _attachments(state, channel, body, files, stay, at, ephemeral=message.ephemeral)
    _check(body, message, attachments, at)
    asked = MessageFlag(body.get("flags") or 0)
    flags = message.flags & ~MessageFlag.LOADING | asked & MessageFlag.COMPONENTS_V2
    if body.get("flags") is not None:
        flags = flags & ~MessageFlag.SUPPRESS_EMBEDS | asked & MessageFlag.SUPPRESS_EMBEDS
    changed = replace(
        message,
        content=(body.get("content") or "").strip() if "content" in body else message.content,
        embeds=_embeds(body) if "embeds" in body else message.embeds,
        components=(
            stored_components(body.get("components") or [], attachments, message.id)
            if "components" in body
            else message.components
        ),
        attachments=attachments,
        flags=flags,
        # What was thinking becomes a message: nobody sees that it was edited.
        edited=None if message.loading else state.clock.now(),
    )
    if not (changed.content or changed.embeds or changed.components or changed.attachments):
        raise Refused(400, 50006, "Cannot send an empty message")
    changed = _keep_mentions(state, channel, changed, body, pings=message.loading)
    publish(state, "MESSAGE_UPDATE", changed)
    return changed


def delete(state: State, message: Message) -> None:
    """Take a message away."""
    del state.world.messages[message.id]
    if not message.ephemeral:
        state.gateway.dispatch("MESSAGE_DELETE", {"id": message.id, **_place(message)}, message.guild_id)
    state.changes.announce()


def delete_all(state: State, messages: Sequence[Message]) -> None:
    """Take several messages of one channel away at once."""
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
    """Tell the bot of a message, unless it is ephemeral: those are not dispatched."""
    if not message.ephemeral:
        channel = state.world.channels[message.channel_id]
        if state.world.permissions(state.world.bot, channel):
            state.gateway.dispatch_message(event, message)
    state.changes.announce()


def _check(
    body: Payload, current: Message | None, attachments: Sequence[Attachment], at: ProblemPath
) -> None:
    filenames = {attachment.filename for attachment in attachments}
    if problems := message_problems(body, current, filenames):
        raise invalid_form([Problem((*at, *one.path), one.code, one.message) for one in problems])
    check_layout_bytes(body.get("components") or [])


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
    """Those that stay and the request's files, with what its `attachments` say of them."""
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


def _embeds(body: Payload) -> tuple[Payload, ...]:
    """Embeds as Discord keeps them: of type rich, without what is null."""
    return tuple(
        {
            "type": "rich",
            **{key: value for key, value in embed.items() if value is not None and key != "flags"},
        }
        for embed in body.get("embeds") or []
    )


def _keep_mentions(
    state: State, channel: Channel, message: Message, body: Payload, *, pings: bool
) -> Message:
    """Keep the message with what it mentions, and note whom it pinged: of edits, only the first of a message
    that was thinking may ping."""
    named = mentioned(state.world, channel, [message.content, *component_texts(message.components)])
    answered = state.world.messages.get(message.reply_to or "")
    granted = state.world.app_permissions(channel)
    users, role_ids, everyone = pinged(
        state.world,
        channel,
        named,
        body.get("allowed_mentions"),
        granted,
        answered.author if answered else None,
    )
    message = replace(
        message, mentioned=named.users, mentioned_role_ids=named.role_ids, mentions_everyone=everyone
    )
    if pings and not message.ephemeral and (users or role_ids or everyone):
        state.pings.append(Ping(message.id, users, role_ids, everyone))
    return state.world.keep_message(message)
