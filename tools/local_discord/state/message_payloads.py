"""Messages as JSON in Discord's format."""

from tools.local_discord.model.entities import Attachment, Message, MessageType, Payload
from tools.local_discord.state.payloads import channel_payload, member_payload, stamp, user_payload
from tools.local_discord.state.world import World

SNAPSHOT = (
    *("type", "content", "mentions", "mention_roles", "attachments", "embeds"),
    *("timestamp", "edited_timestamp", "flags", "components"),
)
"""The keys in the snapshot of a forwarded message."""


def attachment_payload(attachment: Attachment) -> Payload:
    said = {"content_type": attachment.content_type, "description": attachment.description}
    return {
        "id": attachment.id,
        "filename": attachment.filename,
        "size": attachment.size,
        "url": attachment.url,
        "proxy_url": attachment.url,
        **{key: value for key, value in said.items() if value is not None},
        **({"ephemeral": True} if attachment.ephemeral else {}),
    }


def message_payload(world: World, message: Message, *, deep: bool = True) -> Payload:
    """A message as in the REST API; `deep` adds the message that it replies to."""
    payload: Payload = {
        "id": message.id,
        "channel_id": message.channel_id,
        "type": int(message.type),
        "author": user_payload(message.author),
        "content": message.content,
        "timestamp": stamp(message.sent),
        "edited_timestamp": stamp(message.edited) if message.edited else None,
        "tts": False,
        "pinned": False,
        "flags": int(message.flags),
        "mention_everyone": message.mentions_everyone,
        "mentions": [user_payload(user) for user in message.mentioned],
        "mention_roles": list(message.mentioned_role_ids),
        "attachments": [attachment_payload(attachment) for attachment in message.attachments],
        "embeds": list(message.embeds),
        "components": list(message.components),
    }
    if message.nonce is not None:
        payload["nonce"] = message.nonce
    if message.author == world.bot:
        payload["application_id"] = world.application_id
    if message.webhook:
        payload["webhook_id"] = world.application_id
    if message.interaction is not None:
        payload["interaction_metadata"] = message.interaction
    if message.reply_to is not None:
        reference = {"type": 0, "message_id": message.reply_to, "channel_id": message.channel_id}
        if message.type is MessageType.THREAD_STARTER:
            reference["channel_id"] = world.channels[message.channel_id].parent_id or message.channel_id
        payload["message_reference"] = {
            **reference,
            **({"guild_id": message.guild_id} if message.guild_id else {}),
        }
        if deep:
            answered = world.messages.get(message.reply_to)
            payload["referenced_message"] = answered and message_payload(world, answered, deep=False)
    if (forwarded := message.forwarded) is not None:
        payload["message_reference"] = {
            "type": 1,
            "message_id": forwarded.id,
            "channel_id": forwarded.channel_id,
            **({"guild_id": forwarded.guild_id} if forwarded.guild_id else {}),
        }
        whole = message_payload(world, forwarded, deep=False)
        payload["message_snapshots"] = [{"message": {key: whole[key] for key in SNAPSHOT}}]
    if (thread := world.channels.get(message.id)) is not None:
        payload["thread"] = channel_payload(world, thread)
    return payload


def gateway_message_payload(world: World, message: Message) -> Payload:
    """A message as in the gateway's events, with the guild and the author's membership."""
    payload = message_payload(world, message)
    if message.guild_id is None:
        return {**payload, "channel_type": int(world.channels[message.channel_id].type)}
    members = world.members[message.guild_id]
    if (author := members.get(message.author.id)) is not None:
        payload["member"] = member_payload(author, with_user=False)
    for mention in payload["mentions"]:
        if (mentioned := members.get(mention["id"])) is not None:
            mention["member"] = member_payload(mentioned, with_user=False)
    return {
        **payload,
        "guild_id": message.guild_id,
        "channel_type": int(world.channels[message.channel_id].type),
    }


def without_content(payload: Payload) -> Payload:
    """A message's payload for a bot that may not read the content."""
    left = {key: value for key, value in payload.items() if key != "message_snapshots"}
    return {**left, "content": "", "embeds": [], "attachments": [], "components": []}
