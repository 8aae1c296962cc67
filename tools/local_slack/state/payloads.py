"""What there is, as JSON the way Slack sends it."""

from collections.abc import Mapping
from typing import Any

from tools.local_slack.model.entities import Channel, File, Group, Message, Payload, Team, User
from tools.local_slack.state.views import View
from tools.local_slack.state.world import World


def user_payload(world: World, user: User, *, locale: bool = False, asked_by: Team | None = None) -> Payload:
    """A user, as users.info gives it; to another team they are a stranger."""
    offset = user.utc_offset(world.clock.now())
    payload: Payload = {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "deleted": False,
        "real_name": user.real_name,
        "tz": user.zone,
        "tz_label": user.zone.rpartition("/")[2].replace("_", " "),
        "tz_offset": offset,
        "profile": {
            "real_name": user.real_name,
            "display_name": user.name,
            "team": user.team_id,
            **({"bot_id": user.bot_id, "api_app_id": world.app_id} if user.bot else {}),
        },
        "is_bot": user.bot,
        "is_app_user": False,
        "updated": world.clock.unix(),
    }
    if asked_by is None or asked_by.id == user.team_id:
        payload |= {
            "is_admin": user.admin,
            "is_owner": user.owner,
            "is_primary_owner": False,
            "is_restricted": user.restricted,
            "is_ultra_restricted": False,
        }
    else:
        payload["is_stranger"] = True
    return {**payload, "locale": user.locale} if locale else payload


def short_user(user: User) -> Payload:
    """A user, as interactions name them."""
    return {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id}


def team_payload(team: Team) -> Payload:
    """A team, as interactions name it."""
    enterprise = {"enterprise_id": team.enterprise_id, "enterprise_name": "The Company"}
    return {"id": team.id, "domain": team.domain, **(enterprise if team.enterprise_id else {})}


def enterprise_payload(team: Team) -> Payload | None:
    return {"id": team.enterprise_id, "name": "The Company"} if team.enterprise_id else None


def short_channel(channel: Channel) -> Payload:
    """A channel, as interactions name it."""
    return {"id": channel.id, "name": channel_name(channel)}


def channel_name(channel: Channel) -> str:
    """A channel's name, in commands and interactions."""
    return "directmessage" if channel.direct else "privategroup" if channel.private else channel.name


def group_payload(group: Group, *, users: bool) -> Payload:
    payload: Payload = {
        "id": group.id,
        "team_id": group.team_id,
        "is_usergroup": True,
        "name": group.name,
        "handle": group.handle,
        "user_count": len(group.user_ids),
    }
    return {**payload, "users": list(group.user_ids)} if users else payload


def file_payload(base: str, file: File, *, info: bool = False) -> Payload:
    """A file, as messages or files.info show it; its content is under `url_private`, for those
    who send a token."""
    url = f"{base}/files-pri/{file.team_id}-{file.id}/{file.name}"
    payload = {
        "id": file.id,
        "created": file.created,
        "timestamp": file.created,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": file.name.rpartition(".")[2].lower() or "binary",
        "user": file.user_id,
        "user_team": file.team_id,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "is_public": bool(file.shared_in),
        "channels": list(file.shared_in),
        "url_private": url,
        "url_private_download": f"{url}?download=1",
        "permalink": f"{base}/files/{file.user_id}/{file.id}/{file.name}",
        "file_access": "visible",
        **(file.info if info else file.told),
    }
    return {key: value for key, value in payload.items() if value is not ...}


def message_payload(world: World, base: str, message: Message) -> Payload:
    """A message, as the app is told of it; nothing that it does not have is there."""
    replies = [one for one in world.thread(message) if one.thread_ts] if not message.thread_ts else []
    payload: Payload = {
        "type": "message",
        "subtype": message.subtype,
        "user": message.user_id,
        "ts": message.ts,
        "text": message.text,
        "team": message.team_id,
        "client_msg_id": message.client_msg_id,
        "thread_ts": message.thread_ts,
        "blocks": list(message.blocks),
        "attachments": list(message.attachments),
        "files": [file_payload(base, file) for file in message.files],
        "metadata": _event_metadata(message.metadata),
    }
    if message.thread_ts and (root := world.messages.get(message.thread_ts)):
        payload["parent_user_id"] = root.user_id
    if message.bot_id:
        payload |= {"bot_id": message.bot_id, "app_id": world.app_id}
        payload["bot_profile"] = {
            "id": message.bot_id,
            "app_id": world.app_id,
            "name": world.app_name,
            "deleted": False,
            "team_id": message.team_id,
        }
    if message.edited_ts:
        payload["edited"] = {"user": message.user_id, "ts": message.edited_ts}
    if replies:
        payload |= {
            "thread_ts": message.ts,
            "reply_count": len(replies),
            "reply_users": list(dict.fromkeys(one.user_id for one in replies)),
            "latest_reply": replies[-1].ts,
        }
    return {key: value for key, value in payload.items() if value not in (None, [])}


def _event_metadata(metadata: Mapping[str, Any] | None) -> Payload | None:
    return dict(metadata) if metadata and "event_type" in metadata else None


def view_payload(world: World, view: View) -> Payload:
    """A view, as Slack sends it."""
    given = view.payload
    payload: Payload = {
        "id": view.id,
        "team_id": view.user.team_id,
        "type": view.type,
        "blocks": given["blocks"],
        "private_metadata": given["private_metadata"],
        "callback_id": given["callback_id"],
        "external_id": given["external_id"],
        "state": {"values": view.values},
        "hash": view.hash,
        "clear_on_close": given.get("clear_on_close", False),
        "notify_on_close": given.get("notify_on_close", False),
        "close": given.get("close"),
        "submit": given.get("submit"),
        "previous_view_id": view.previous,
        "root_view_id": view.root,
        "app_id": world.app_id,
        "app_installed_team_id": view.team.id,
        "bot_id": view.team.bot_id,
    }
    empty = {"type": "plain_text", "text": "View Title", "emoji": True}
    return {**payload, "title": given.get("title", empty)}
