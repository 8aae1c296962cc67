"""A server that speaks Discord's protocol, for tests: see README.md."""

from tests.local_discord.components import text_of
from tests.local_discord.exchange import Exchange, Saying
from tests.local_discord.interaction import Modal
from tests.local_discord.model import Channel, Guild, Message, User
from tests.local_discord.options import NotPossible
from tests.local_discord.permissions import Permission
from tests.local_discord.record import Upload
from tests.local_discord.server import LocalDiscord

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
