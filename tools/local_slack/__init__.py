"""A server that speaks Slack's protocol, for tests: see README.md."""

from tools.local_slack.acting import NotPossible
from tools.local_slack.app import App
from tools.local_slack.blocks import text_of
from tools.local_slack.exchange import Exchange
from tools.local_slack.model import Channel, File, Group, Message, Team, User
from tools.local_slack.server import LocalSlack
from tools.local_slack.view import View
from tools.local_slack.writing import Upload

__all__ = [
    "App",
    "Channel",
    "Exchange",
    "File",
    "Group",
    "LocalSlack",
    "Message",
    "NotPossible",
    "Team",
    "Upload",
    "User",
    "View",
    "text_of",
]
