"""Fills in a command's options as Discord's client does."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tools.local_discord.model.entities import Channel, Payload, Upload
from tools.local_discord.rules.limits import ATTACHMENT, BOOLEAN, CHANNEL, STRING
from tools.local_discord.state.message_payloads import attachment_payload
from tools.local_discord.state.payloads import channel_payload
from tools.local_discord.state.world import World

_KINDS: Mapping[int, type] = {STRING: str, BOOLEAN: bool, CHANNEL: Channel, ATTACHMENT: Upload}
"""The Python type of each kind of option; the bot's commands have no other kinds."""
_SHOWN_OF_CHANNEL = (
    *("id", "name", "type", "parent_id", "thread_metadata"),
    *("position", "flags", "last_message_id", "guild_id"),
)
"""The keys of a chosen channel that are sent to the bot."""
TEXT_LIMIT = 6_000
"""The most characters of a text option without a limit of its own."""


class NotPossible(Exception):
    """The person's client does not allow an action; the text says which."""


@dataclass(slots=True)
class FilledOptions:
    """The options as they are sent, and the entities that their ids refer to (`resolved`)."""

    world: World
    channel: Channel
    options: list[Payload] = field(default_factory=list)
    resolved: Payload = field(default_factory=dict)


def fill_options(
    world: World,
    channel: Channel,
    defined: Sequence[Payload],
    values: Mapping[str, Any],
    focused: str | None = None,
    typed: str = "",
) -> FilledOptions:
    """The options with these values, in the order of the command's definition.

    `focused` is an option that is still being typed; with it, no option is required. Raises NotPossible.
    """
    filled = FilledOptions(world, channel)
    by_name = {option["name"]: option for option in defined}
    if strange := values.keys() - by_name.keys():
        raise NotPossible(f"there is no option {sorted(strange)[0]!r}")
    for name, option in by_name.items():
        if name == focused:
            filled.options.append({"name": name, "type": option["type"], "value": typed, "focused": True})
        elif values.get(name) is not None:
            value = _checked(option, values[name])
            filled.options.append({"name": name, "type": option["type"], "value": _sent(filled, value)})
        elif option.get("required") and focused is None:
            raise NotPossible(f"the option {name!r} is required")
    return filled


def _checked(option: Payload, value: Any) -> Any:
    name, kind = option["name"], option["type"]
    wanted: Any = _KINDS[kind]
    if not isinstance(value, wanted):
        raise NotPossible(f"the option {name!r} takes no {type(value).__name__}")
    if kind == STRING and not (option.get("min_length") or 0) <= len(value) <= (
        option.get("max_length") or TEXT_LIMIT
    ):
        raise NotPossible(f"the option {name!r} does not take {len(value)} characters")
    return value


def _sent(filled: FilledOptions, value: Any) -> Any:
    """The value as it is sent: the id of an entity, or else the value itself."""
    if isinstance(value, Channel):
        shown = channel_payload(filled.world, value)
        filled.resolved.setdefault("channels", {})[value.id] = {
            **{key: shown[key] for key in _SHOWN_OF_CHANNEL if key in shown},
            "permissions": str(int(filled.world.permissions(filled.world.bot, value))),
        }
        return value.id
    if isinstance(value, Upload):
        attachment = filled.world.add_file(
            filled.channel, value.filename, value.content, value.content_type, ephemeral=True
        )
        filled.resolved.setdefault("attachments", {})[attachment.id] = attachment_payload(attachment)
        return attachment.id
    return value
