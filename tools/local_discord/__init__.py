"""A server that speaks Discord's protocol, for tests: see README.md."""

from tools.local_discord.discord_py import pointed_at
from tools.local_discord.model.entities import (
    Channel,
    ChannelType,
    Guild,
    InteractionType,
    Message,
    MessageFlag,
    MessageType,
    Payload,
    Upload,
    User,
)
from tools.local_discord.model.permissions import NOTHING, Permission
from tools.local_discord.people.exchange import Conversation, Exchange
from tools.local_discord.people.options import NotPossible
from tools.local_discord.rules.components import (
    BUTTON,
    LINK_STYLE,
    TEXT_DISPLAY,
    component_texts,
    text_of,
    walk_components,
)
from tools.local_discord.rules.limits import check_layout_bytes, message_problems
from tools.local_discord.server import LocalDiscord
from tools.local_discord.state.faults import Faults
from tools.local_discord.state.gateway_protocol import Close, Intent
from tools.local_discord.state.interaction import MESSAGE_RESPONSE, Interaction, Modal
from tools.local_discord.text.markdown import MarkdownNode, parse_markdown, plain_text, walk_markdown

__all__ = [
    "BUTTON",
    "LINK_STYLE",
    "MESSAGE_RESPONSE",
    "NOTHING",
    "TEXT_DISPLAY",
    "Channel",
    "ChannelType",
    "Close",
    "Conversation",
    "Exchange",
    "Faults",
    "Guild",
    "Intent",
    "Interaction",
    "InteractionType",
    "LocalDiscord",
    "MarkdownNode",
    "Message",
    "MessageFlag",
    "MessageType",
    "Modal",
    "NotPossible",
    "Payload",
    "Permission",
    "Upload",
    "User",
    "check_layout_bytes",
    "component_texts",
    "message_problems",
    "parse_markdown",
    "plain_text",
    "pointed_at",
    "text_of",
    "walk_components",
    "walk_markdown",
]
