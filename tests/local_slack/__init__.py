"""A server that speaks Slack's protocol, for tests: see README.md."""

from tests.local_slack.acting import NotPossible
from tests.local_slack.app import App
from tests.local_slack.blocks import text_of
from tests.local_slack.exchange import Exchange
from tests.local_slack.model import Channel, File, Group, Message, Team, User
from tests.local_slack.server import LocalSlack
from tests.local_slack.view import View
from tests.local_slack.writing import Upload

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
