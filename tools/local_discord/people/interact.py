"""Creates an interaction, and sends it to the bot as Discord sends it."""

from tools.local_discord.api.rest_api import FILE_LIMIT
from tools.local_discord.model.entities import Channel, InteractionType, Message, Payload, User
from tools.local_discord.people.exchange import Exchange
from tools.local_discord.people.options import FilledOptions
from tools.local_discord.people.visibility import GUILD_INSTALL, USER_INSTALL, context_of, owners_of
from tools.local_discord.state.interaction import Interaction
from tools.local_discord.state.message_payloads import message_payload
from tools.local_discord.state.payloads import channel_payload, member_payload, user_payload
from tools.local_discord.state.state import State


def begin_interaction(
    state: State,
    user: User,
    channel: Channel,
    kind: InteractionType,
    data: Payload,
    *,
    owners: dict[str, str],
    about: Payload | None = None,
    message: Message | None = None,
) -> Exchange:
    """Begin an interaction. `about` is added to the interaction metadata of the resulting messages, and
    `message` is the message of its component."""
    interaction = Interaction(
        state.clock.new_id(),
        kind,
        user,
        state.world.channels[channel.id],
        owners,
        state.clock.seconds(),
        source_id=message.id if message else None,
    )
    interaction.metadata = {
        "id": interaction.id,
        "type": int(kind),
        "user": user_payload(user),
        "authorizing_integration_owners": owners,
        **(about or {}),
    }
    state.interactions[interaction.token] = interaction
    payload = _payload(state, interaction, data)
    if message is not None:
        payload["message"] = message_payload(state.world, message)
    state.gateway.dispatch("INTERACTION_CREATE", payload, channel.guild_id)
    return Exchange(state, interaction)


def use_component(state: State, user: User, message: Message, component: Payload, extra: Payload) -> Exchange:
    """Use a component of a message; `extra` has the chosen values."""
    data = {
        "custom_id": component["custom_id"],
        "component_type": component["type"],
        "id": component["id"],
        **extra,
    }
    channel = state.world.channels[message.channel_id]
    # The component's owners are those of the interaction that the message came from.
    came_of = message.interaction or {}
    owners = came_of.get("authorizing_integration_owners") or owners_of(
        state.world, user, channel, [GUILD_INSTALL, USER_INSTALL]
    )
    return begin_interaction(
        state,
        user,
        channel,
        InteractionType.COMPONENT,
        data,
        owners=owners,
        about={"interacted_message_id": message.id},
        message=state.world.messages[message.id],
    )


def command_data(command: Payload, steps: list[Payload], filled: FilledOptions) -> Payload:
    """The data of a command interaction, with the options inside the subcommand if there is one."""
    options = filled.options
    for step in reversed(steps):
        options = [{"name": step["name"], "type": step["type"], "options": options}]
    data: Payload = {"id": command["id"], "name": command["name"], "type": command["type"]}
    if options:
        data["options"] = options
    if filled.resolved:
        data["resolved"] = filled.resolved
    return data


def _payload(state: State, interaction: Interaction, data: Payload) -> Payload:
    world, user, channel = state.world, interaction.user, interaction.channel
    permissions = world.permissions(user, channel)
    shown = channel_payload(world, channel)
    # In interactions, direct message channels have no recipients.
    shown.pop("recipients", None)
    payload: Payload = {
        "id": interaction.id,
        "application_id": world.application_id,
        "type": int(interaction.type),
        "token": interaction.token,
        "version": 1,
        "data": data,
        "channel_id": channel.id,
        "channel": {**shown, "permissions": str(int(permissions))},
        "locale": user.locale,
        "app_permissions": str(int(world.app_permissions(channel))),
        "entitlements": [],
        "entitlement_sku_ids": [],
        "authorizing_integration_owners": interaction.owners,
        "context": context_of(world, channel),
        "attachment_size_limit": FILE_LIMIT,
    }
    if channel.guild_id is None:
        return {**payload, "user": user_payload(user)}
    guild = world.guilds[channel.guild_id]
    return {
        **payload,
        "guild_id": guild.id,
        "guild": {"id": guild.id, "locale": guild.locale, "features": []},
        "guild_locale": guild.locale,
        "member": member_payload(world.members[guild.id][user.id], permissions),
    }
