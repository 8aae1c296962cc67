"""The application's routes: itself, its commands, its guilds and the people in them."""

from collections.abc import Mapping

from tools.local_discord.api.call import NO_CONTENT, Call, Handler, Reply
from tools.local_discord.model.entities import Payload
from tools.local_discord.model.permissions import Permission
from tools.local_discord.rules.command_limits import command_problems, registry_problems
from tools.local_discord.rules.errors import (
    UNKNOWN_APPLICATION,
    UNKNOWN_COMMAND,
    UNKNOWN_MEMBER,
    UNKNOWN_USER,
    Problem,
    Refused,
    invalid_form,
    missing_access,
    unknown,
)
from tools.local_discord.state.payloads import (
    application_payload,
    channel_payload,
    command_payload,
    guild_payload,
    member_payload,
    own_user_payload,
    role_payload,
    user_payload,
)
from tools.local_discord.state.state import GLOBAL, State


def get_gateway(state: State, call: Call) -> Reply:
    return Reply(200, {"url": state.gateway.url})


def get_bot_gateway(state: State, call: Call) -> Reply:
    return Reply(200, state.gateway.bot_gateway_payload())


def get_my_user(state: State, call: Call) -> Reply:
    return Reply(200, own_user_payload(state.world.bot))


def get_user(state: State, call: Call) -> Reply:
    if (user := state.world.users.get(call.path["user_id"])) is None:
        raise unknown(UNKNOWN_USER)
    return Reply(200, user_payload(user))


def get_application(state: State, call: Call) -> Reply:
    return Reply(200, application_payload(state.world))


def create_dm(state: State, call: Call) -> Reply:
    user = state.world.users.get(str(call.body.get("recipient_id")))
    if user is None or user == state.world.bot:
        raise Refused(400, 50033, "Invalid Recipient(s)")
    return Reply(200, channel_payload(state.world, state.world.dm(user)))


def list_my_guilds(state: State, call: Call) -> Reply:
    guilds = [guild for guild in state.world.guilds.values() if guild.bot_inside]
    shown: list[Payload] = [
        {
            "id": guild.id,
            "name": guild.name,
            "icon": None,
            "banner": None,
            "owner": False,
            "permissions": str(int(Permission.VIEW_CHANNEL | Permission.SEND_MESSAGES)),
            "features": [],
        }
        for guild in guilds
    ]
    return Reply(200, shown)


def leave_guild(state: State, call: Call) -> Reply:
    state.leave(state.world.guild(call.path["guild_id"]))
    return NO_CONTENT


def get_guild(state: State, call: Call) -> Reply:
    return Reply(200, guild_payload(state.world, state.world.guild(call.path["guild_id"])))


def list_guild_channels(state: State, call: Call) -> Reply:
    guild = state.world.guild(call.path["guild_id"])
    return Reply(
        200, [channel_payload(state.world, channel) for channel in state.world.channels_of(guild.id)]
    )


def list_guild_roles(state: State, call: Call) -> Reply:
    guild = state.world.guild(call.path["guild_id"])
    return Reply(200, [role_payload(role) for role in state.world.roles[guild.id].values()])


def get_guild_member(state: State, call: Call) -> Reply:
    guild = state.world.guild(call.path["guild_id"])
    member = state.world.members[guild.id].get(call.path["user_id"])
    if member is None:
        raise unknown(UNKNOWN_MEMBER if call.path["user_id"] in state.world.users else UNKNOWN_USER)
    return Reply(200, member_payload(member))


def get_active_threads(state: State, call: Call) -> Reply:
    guild = state.world.guild(call.path["guild_id"])
    open_ones = [thread for thread in state.world.threads_of(guild.id) if not thread.archived]
    threads = [channel_payload(state.world, thread) for thread in open_ones]
    return Reply(200, {"threads": threads, "members": [], "has_more": False})


def list_commands(state: State, call: Call) -> Reply:
    return Reply(200, _commands(state, call))


def set_commands(state: State, call: Call) -> Reply:
    """Register these commands and no others; one that was there under its name keeps its id."""
    bodies: list[Payload] = call.body or []
    if problems := registry_problems(bodies, state.description.locales):
        raise invalid_form(problems)
    before = {(one["type"], one["name"]): one["id"] for one in _commands(state, call)}
    made = [_made(state, call, body, before.get((body.get("type") or 1, body["name"]))) for body in bodies]
    state.commands[_scope(state, call)] = made
    state.changes.announce()
    return Reply(200, made)


def create_command(state: State, call: Call) -> Reply:
    """Register one command, in place of another of its name."""
    before = _commands(state, call)
    key = (call.body.get("type") or 1, call.body["name"])
    same = [one for one in before if (one["type"], one["name"]) == key]
    others = [one for one in before if one not in same]
    if problems := registry_problems([*others, call.body], state.description.locales):
        index = len(others)
        raise invalid_form(
            [
                Problem(one.path[1:] if one.path[:1] == (index,) else one.path, one.code, one.message)
                for one in problems
            ]
        )
    made = _made(state, call, call.body, same[0]["id"] if same else None)
    state.commands[_scope(state, call)] = [*others, made]
    state.changes.announce()
    return Reply(200 if same else 201, made)


def get_command(state: State, call: Call) -> Reply:
    return Reply(200, _command(state, call))


def update_command(state: State, call: Call) -> Reply:
    found = _command(state, call)
    merged = {**found, **call.body}
    if problems := command_problems(merged, state.description.locales):
        raise invalid_form(problems)
    made = _made(state, call, merged, found["id"])
    scope = _scope(state, call)
    state.commands[scope] = [made if one is found else one for one in state.commands[scope]]
    state.changes.announce()
    return Reply(200, made)


def delete_command(state: State, call: Call) -> Reply:
    found = _command(state, call)
    state.commands[_scope(state, call)].remove(found)
    state.changes.announce()
    return NO_CONTENT


HANDLERS: Mapping[str, Handler] = {
    "get_gateway": get_gateway,
    "get_bot_gateway": get_bot_gateway,
    "get_my_user": get_my_user,
    "get_user": get_user,
    "get_my_application": get_application,
    "get_my_oauth2_application": get_application,
    "create_dm": create_dm,
    "list_my_guilds": list_my_guilds,
    "leave_guild": leave_guild,
    "get_guild": get_guild,
    "list_guild_channels": list_guild_channels,
    "list_guild_roles": list_guild_roles,
    "get_guild_member": get_guild_member,
    "get_active_guild_threads": get_active_threads,
    "list_application_commands": list_commands,
    "list_guild_application_commands": list_commands,
    "bulk_set_application_commands": set_commands,
    "bulk_set_guild_application_commands": set_commands,
    "create_application_command": create_command,
    "create_guild_application_command": create_command,
    "get_application_command": get_command,
    "get_guild_application_command": get_command,
    "update_application_command": update_command,
    "update_guild_application_command": update_command,
    "delete_application_command": delete_command,
    "delete_guild_application_command": delete_command,
}


def _scope(state: State, call: Call) -> str:
    """Where the call's commands are registered: in a guild or nowhere in particular."""
    if call.path["application_id"] != state.world.application_id:
        raise unknown(UNKNOWN_APPLICATION)
    scope = call.path.get("guild_id", GLOBAL)
    if scope != GLOBAL and (scope not in state.world.guilds or not state.world.guilds[scope].bot_inside):
        raise missing_access()
    return scope


def _commands(state: State, call: Call) -> list[Payload]:
    return state.commands.setdefault(_scope(state, call), [])


def _command(state: State, call: Call) -> Payload:
    for command in _commands(state, call):
        if command["id"] == call.path["command_id"]:
            return command
    raise unknown(UNKNOWN_COMMAND)


def _made(state: State, call: Call, body: Payload, command_id: str | None) -> Payload:
    scope = _scope(state, call)
    new_id = state.clock.new_id()
    made = command_payload(body, command_id or new_id, state.world.application_id, new_id)
    return made if scope == GLOBAL else {**made, "guild_id": scope}
