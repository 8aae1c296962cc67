"""The gateway's protocol: opcodes, close codes and intents."""

from enum import IntEnum, IntFlag


class Op(IntEnum):
    DISPATCH = 0
    HEARTBEAT = 1
    IDENTIFY = 2
    PRESENCE = 3
    VOICE_STATE = 4
    RESUME = 6
    RECONNECT = 7
    INVALID_SESSION = 9
    HELLO = 10
    HEARTBEAT_ACK = 11


class Close(IntEnum):
    """Discord's close codes."""

    UNKNOWN_ERROR = 4000
    UNKNOWN_OPCODE = 4001
    DECODE_ERROR = 4002
    NOT_AUTHENTICATED = 4003
    AUTHENTICATION_FAILED = 4004
    ALREADY_AUTHENTICATED = 4005
    INVALID_SEQUENCE = 4007
    RATE_LIMITED = 4008
    INVALID_SHARD = 4010
    SHARDING_REQUIRED = 4011
    INVALID_VERSION = 4012
    INVALID_INTENTS = 4013
    DISALLOWED_INTENTS = 4014


FATAL = frozenset({4004, 4010, 4011, 4012, 4013, 4014})
"""The codes after which a client must not reconnect."""


class Intent(IntFlag):
    GUILDS = 1 << 0
    GUILD_MEMBERS = 1 << 1
    GUILD_PRESENCES = 1 << 8
    GUILD_MESSAGES = 1 << 9
    DIRECT_MESSAGES = 1 << 12
    MESSAGE_CONTENT = 1 << 15


PRIVILEGED = Intent.GUILD_MEMBERS | Intent.GUILD_PRESENCES | Intent.MESSAGE_CONTENT
KNOWN_INTENTS = (1 << 26) - 1
"""All documented bits, including those of events that this server does not have."""

_GUILD_AND_DIRECT = {
    "MESSAGE_": (Intent.GUILD_MESSAGES, Intent.DIRECT_MESSAGES),
    "GUILD_": (Intent.GUILDS, Intent(0)),
    "CHANNEL_": (Intent.GUILDS, Intent(0)),
    "THREAD_": (Intent.GUILDS, Intent(0)),
}


def needed_intent(event: str, *, in_guild: bool) -> Intent:
    """The intent that an event needs; none for interactions."""
    for prefix, intents in _GUILD_AND_DIRECT.items():
        if event.startswith(prefix):
            return intents[0 if in_guild else 1]
    return Intent(0)
