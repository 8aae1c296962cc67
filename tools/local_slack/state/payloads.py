"""Entities as JSON in Slack's format."""

from tools.local_slack.model.entities import Channel, File, Message, Payload, Team, User
from tools.local_slack.state.views import View
from tools.local_slack.state.world import World


def user_payload(world: World, user: User, asked_by: Team) -> Payload:
    """A user as in users.info; for another team, as a stranger."""
    payload: Payload = {
        "id": user.id,
        "team_id": user.team_id,
        "name": user.name,
        "deleted": user.deleted,
        "real_name": user.real_name,
        "tz": user.zone,
        "profile": {
            "real_name": user.real_name,
            "display_name": user.name,
            **({"bot_id": user.bot_id, "api_app_id": world.app_id} if user.bot else {}),
        },
        "is_bot": user.bot,
    }
    if asked_by.id != user.team_id:
        return {**payload, "is_stranger": True}
    return {
        **payload,
        "is_admin": user.admin,
        "is_owner": user.owner,
    }


def short_user(user: User) -> Payload:
    """A user as in interactions."""
    return {"id": user.id, "username": user.name, "name": user.name, "team_id": user.team_id}


def team_payload(team: Team) -> Payload:
    """A team as in interactions."""
    enterprise = {"enterprise_id": team.enterprise_id, "enterprise_name": "The Company"}
    return {"id": team.id, "domain": team.domain, **(enterprise if team.enterprise_id else {})}


def enterprise_payload(team: Team) -> Payload | None:
    return {"id": team.enterprise_id, "name": "The Company"} if team.enterprise_id else None


def short_channel(channel: Channel) -> Payload:
    """A channel as in interactions."""
    return {"id": channel.id, "name": channel_name(channel)}


def channel_name(channel: Channel) -> str:
    """A channel's name in commands and interactions."""
    return "directmessage" if channel.direct else "privategroup" if channel.private else channel.name


def file_payload(base: str, file: File, *, info: bool = False) -> Payload:
    """A file as in messages or files.info; its content is at `url_private`, for requests with a token."""
    url = f"{base}/files-pri/{file.team_id}-{file.id}/{file.name}"
    payload = {
        "id": file.id,
        "name": file.name,
        "title": file.title,
        "mimetype": file.mimetype,
        "filetype": file.name.rpartition(".")[2].lower() or "binary",
        "user": file.user_id,
        "size": file.size,
        "mode": "hosted",
        "is_external": False,
        "url_private": url,
        "url_private_download": f"{url}?download=1",
        "file_access": "visible",
        **(file.info if info else file.told),
    }
    return {key: value for key, value in payload.items() if value is not ...}


def message_payload(world: World, base: str, message: Message) -> Payload:
    """A message as in events, without keys for what it does not have."""
    payload: Payload = {
        "type": "message",
        "subtype": message.subtype,
        "user": message.user_id,
        "ts": message.ts,
        "text": message.text,
        "team": message.team_id,
        "thread_ts": message.thread_ts,
        "blocks": list(message.blocks),
        "attachments": list(message.attachments),
        "files": [file_payload(base, file) for file in message.files],
    }
    if message.bot_id:
        payload |= {"bot_id": message.bot_id, "app_id": world.app_id}
    if message.edited_ts:
        payload["edited"] = {"user": message.user_id, "ts": message.edited_ts}
    return {key: value for key, value in payload.items() if value not in (None, [])}


def view_payload(world: World, view: View, values: Payload | None = None) -> Payload:
    """A view as Slack sends it; `values` are the filled-in values, by block_id and action_id."""
    return {
        **view.payload,
        "id": view.id,
        "team_id": view.user.team_id,
        "state": {"values": values or {}},
        "app_id": world.app_id,
        "app_installed_team_id": view.team.id,
        "bot_id": view.team.bot_id,
    }
