"""The routes about the application, its commands, its guilds and their members."""

from tools.local_discord.api.call import Call, Reply, operation
from tools.local_discord.model.entities import Payload
from tools.local_discord.rules.errors import (
    Refused,
    invalid_form,
    unknown,
)
from tools.local_discord.rules.limits import registry_problems
from tools.local_discord.state.payloads import (
    application_payload,
    channel_payload,
    command_payload,
    guild_payload,
    member_payload,
    my_guild_payload,
    own_user_payload,
)
from tools.local_discord.state.state import GLOBAL, State


@operation("get_bot_gateway")
def get_bot_gateway(state: State, call: Call) -> Reply:
    return Reply(200, state.gateway.bot_gateway_payload())


@operation("get_my_user")
def get_my_user(state: State, call: Call) -> Reply:
    return Reply(200, own_user_payload(state.world.bot))


@operation("get_my_oauth2_application")
def get_application(state: State, call: Call) -> Reply:
    return Reply(200, application_payload(state.world))


@operation("create_dm")
def create_dm(state: State, call: Call) -> Reply:
    user = state.world.users.get(str(call.body.get("recipient_id")))
    if user is None or user == state.world.bot:
        raise Refused(400, 50033, "Invalid Recipient(s)")
    return Reply(200, channel_payload(state.world, state.world.dm(user)))


@operation("list_my_guilds")
def list_my_guilds(state: State, call: Call) -> Reply:
    return Reply(200, [my_guild_payload(guild) for guild in state.world.guilds.values() if guild.bot_inside])


@operation("get_guild")
def get_guild(state: State, call: Call) -> Reply:
    return Reply(200, guild_payload(state.world, state.world.guild(call.path["guild_id"])))


@operation("get_guild_member")
def get_member(state: State, call: Call) -> Reply:
    guild = state.world.guild(call.path["guild_id"])
    if call.path["user_id"] not in state.world.users:
        raise unknown("User")
    member = state.world.members[guild.id].get(call.path["user_id"])
    if member is None:
        raise unknown("Member")
    return Reply(200, member_payload(member))


@operation("list_application_commands")
def list_commands(state: State, call: Call) -> Reply:
    return Reply(200, _commands(state, call))


@operation("bulk_set_application_commands")
def set_commands(state: State, call: Call) -> Reply:
    """Replace all registered commands by these; a command whose name was registered keeps its id."""
    bodies: list[Payload] = call.body or []
    if problems := registry_problems(bodies, state.description.locales):
        raise invalid_form(problems)
    before = {(one["type"], one["name"]): one["id"] for one in _commands(state, call)}
    state.commands[GLOBAL] = made = []
    for body in bodies:
        version = state.clock.new_id()
        command_id = before.get((body.get("type") or 1, body["name"]), version)
        made.append(command_payload(body, command_id, state.world.application_id, version))
    state.changes.announce()
    return Reply(200, made)


def _commands(state: State, call: Call) -> list[Payload]:
    if call.path["application_id"] != state.world.application_id:
        raise unknown("Application")
    return state.commands[GLOBAL]
