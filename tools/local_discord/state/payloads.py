"""Entities as JSON in Discord's format."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from tools.local_discord.model.entities import (
    VOICES,
    Channel,
    ChannelType,
    Guild,
    Member,
    Payload,
    Role,
    User,
)
from tools.local_discord.model.permissions import Permission
from tools.local_discord.rules.description import load_description
from tools.local_discord.state.world import World

VERIFY_KEY = "0" * 64


def stamp(moment: datetime) -> str:
    """A time in Discord's format."""
    return moment.isoformat(timespec="microseconds")


def _completed(schema: str, given: Payload) -> Payload:
    return load_description().completed(schema, given)


def my_guild_payload(guild: Guild) -> Payload:
    """A guild in the list of the bot's guilds."""
    granted = str(int(Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES))
    return _completed("MyGuildResponse", {"id": guild.id, "name": guild.name, "permissions": granted})


def user_payload(user: User) -> Payload:
    shown: Payload = {
        "id": user.id,
        "username": user.name.lower().replace(" ", "."),
        "global_name": None if user.bot else user.name,
        "discriminator": "0000" if user.bot else "0",
        **({"bot": True} if user.bot else {}),
    }
    return _completed("UserResponse", shown)


def own_user_payload(user: User) -> Payload:
    """The bot's user as the bot itself gets it."""
    return _completed("UserPIIResponse", {**user_payload(user), "locale": "en-US", "verified": True})


def member_payload(
    member: Member, permissions: Permission | None = None, *, with_user: bool = True
) -> Payload:
    """A member: in interactions with permissions, in messages without the user."""
    own: Payload = {"roles": list(member.role_ids), "joined_at": stamp(member.joined)}
    payload = _completed("GuildMemberResponse", own)
    payload["user"] = user_payload(member.user)
    if not with_user:
        del payload["user"]
    return payload if permissions is None else {**payload, "permissions": str(int(permissions))}


def role_payload(role: Role) -> Payload:
    shown: Payload = {
        "id": role.id,
        "name": role.name,
        "permissions": str(int(role.permissions)),
        "position": role.position,
        "colors": {"primary_color": 0, "secondary_color": None, "tertiary_color": None},
        "managed": role.bot_id is not None,
        **({"tags": {"bot_id": role.bot_id}} if role.bot_id else {}),
        "mentionable": role.mentionable,
    }
    return _completed("GuildRoleResponse", shown)


def channel_payload(world: World, channel: Channel) -> Payload:
    """A channel of a guild, a thread or a direct message."""
    last = max((int(message.id) for message in world.messages_in(channel.id)), default=None)
    common: Payload = {
        "id": channel.id,
        "type": int(channel.type),
        "flags": 0,
        "last_message_id": None if last is None else str(last),
    }
    if channel.guild_id is None:
        # The bot itself is not among the recipients.
        others = [user_payload(user) for user in channel.recipients if user != world.bot]
        group = {"name": None, "icon": None, "owner_id": channel.recipients[0].id}
        return {**common, "recipients": others, **(group if channel.type is ChannelType.GROUP_DM else {})}
    common |= {"guild_id": channel.guild_id, "name": channel.name, "parent_id": channel.parent_id}
    if channel.is_thread:
        return {**common, **_thread(world, channel)}
    voice = {"bitrate": 64_000, "user_limit": 0, "rtc_region": None} if channel.type in VOICES else {}
    return {
        **common,
        **voice,
        "position": channel.position,
        "topic": None,
        "nsfw": False,
        "rate_limit_per_user": 0,
        "permission_overwrites": [
            {
                "id": overwrite.id,
                "type": 0 if overwrite.is_role else 1,
                "allow": str(int(overwrite.allow)),
                "deny": str(int(overwrite.deny)),
            }
            for overwrite in channel.overwrites
        ],
    }


def _thread(world: World, thread: Channel) -> Payload:
    count = len(world.messages_in(thread.id))
    created = stamp(thread.created or world.clock.now())
    return {
        "owner_id": thread.owner_id,
        "rate_limit_per_user": 0,
        "message_count": count,
        "total_message_sent": count,
        "member_count": 1,
        "thread_metadata": {
            "archived": thread.archived,
            "archive_timestamp": created,
            "create_timestamp": created,
            "auto_archive_duration": thread.auto_archive_minutes,
            "locked": thread.locked,
        },
    }


def thread_member_payload(thread: Channel, user: User, joined: datetime) -> Payload:
    return {"id": thread.id, "user_id": user.id, "join_timestamp": stamp(joined), "flags": 1}


def guild_payload(world: World, guild: Guild) -> Payload:
    """A guild as in the REST API, without channels and members."""
    shown: Payload = {
        "id": guild.id,
        "name": guild.name,
        "owner_id": guild.owner_id,
        "preferred_locale": guild.locale,
        "roles": [role_payload(role) for role in world.roles[guild.id].values()],
        "afk_timeout": 300,
        "max_members": 25_000_000,
    }
    return _completed("GuildWithCountsResponse", shown)


def guild_create_payload(world: World, guild: Guild, members: Iterable[Member]) -> Payload:
    """A guild as in the gateway's events, with the members that the session may know."""
    own = world.members[guild.id][world.bot.id]
    inside = [channel for channel in world.channels.values() if channel.guild_id == guild.id]
    return {
        **guild_payload(world, guild),
        "joined_at": stamp(own.joined),
        "large": False,
        "unavailable": False,
        "member_count": len(world.members[guild.id]),
        "members": [member_payload(member) for member in members],
        "channels": [channel_payload(world, channel) for channel in inside if not channel.is_thread],
        "threads": [
            channel_payload(world, channel)
            for channel in inside
            if channel.is_thread and world.permissions(world.bot, channel) & Permission.VIEW_CHANNEL
        ],
        "voice_states": [],
        "presences": [],
        "stage_instances": [],
        "guild_scheduled_events": [],
        "soundboard_sounds": [],
    }


def application_payload(world: World) -> Payload:
    """The application as it gets itself."""
    owner = next((user for user in world.users.values() if not user.bot), world.bot)
    inside = sum(guild.bot_inside for guild in world.guilds.values())
    shown: Payload = {
        "id": world.application_id,
        "name": world.bot.name,
        "bot": user_payload(world.bot),
        "verify_key": VERIFY_KEY,
        "owner": user_payload(owner),
        "approximate_guild_count": inside + world.more_guilds,
        "approximate_user_install_count": len(world.installed_by),
        "bot_public": True,
        "bot_require_code_grant": False,
        "integration_types_config": {"0": {}, "1": {}},
    }
    return _completed("PrivateApplicationResponse", shown)


def command_payload(
    body: Mapping[str, object], command_id: str, application_id: str, version: str
) -> Payload:
    """A registered command as Discord returns it, with default values for keys that the body leaves out."""
    permissions = body.get("default_member_permissions")
    defaults: Payload = {
        "type": 1,
        "description": "",
        "name_localizations": None,
        "description_localizations": None,
        "dm_permission": True,
        "contexts": None,
        "integration_types": [0],
        "nsfw": False,
    }
    given = {key: value for key, value in body.items() if value is not None and key not in ("id", "guild_id")}
    return {
        **defaults,
        **given,
        "id": command_id,
        "application_id": application_id,
        "version": version,
        "default_member_permissions": None if permissions is None else str(permissions),
    }
