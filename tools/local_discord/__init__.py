"""A server that speaks Discord's protocol, for tests: see README.md."""

from tools.local_discord.components import text_of
from tools.local_discord.exchange import Exchange, Saying
from tools.local_discord.interaction import Modal
from tools.local_discord.model import Channel, Guild, Message, User
from tools.local_discord.options import NotPossible
from tools.local_discord.permissions import Permission
from tools.local_discord.record import Upload
from tools.local_discord.server import LocalDiscord

__all__ = [
    "Channel",
    "Exchange",
    "Guild",
    "LocalDiscord",
    "Message",
    "Modal",
    "NotPossible",
    "Permission",
    "Saying",
    "Upload",
    "User",
    "text_of",
]
