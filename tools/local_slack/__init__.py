"""A server that speaks Slack's protocol, for tests: see README.md."""

from tools.local_slack.api.methods import METHODS
from tools.local_slack.delivery.delivery_queue import RETRY_SECONDS, Delivery
from tools.local_slack.delivery.http_mode import HttpMode
from tools.local_slack.model.app import CHANNEL_SCOPES, EVENT_SCOPES, App
from tools.local_slack.model.entities import Channel, Message, Payload, Team, User
from tools.local_slack.people.element_values import EXTERNAL, Chosen, find_element, initial_value
from tools.local_slack.people.exchange import Exchange
from tools.local_slack.people.interact import NotPossible
from tools.local_slack.people.message_actions import Upload
from tools.local_slack.rules.blocks import block_elements, text_of, walk_blocks
from tools.local_slack.rules.description import load_description
from tools.local_slack.rules.limits import TITLE_LIMIT, blocks_total, message_problems
from tools.local_slack.rules.message_checks import check_said, check_view
from tools.local_slack.server import LocalSlack
from tools.local_slack.state.views import View
from tools.local_slack.text.mrkdwn import MrkdwnNode, parse_mrkdwn, walk_mrkdwn

__all__ = [
    "CHANNEL_SCOPES",
    "EVENT_SCOPES",
    "EXTERNAL",
    "METHODS",
    "RETRY_SECONDS",
    "TITLE_LIMIT",
    "App",
    "Channel",
    "Chosen",
    "Delivery",
    "Exchange",
    "HttpMode",
    "LocalSlack",
    "Message",
    "MrkdwnNode",
    "NotPossible",
    "Payload",
    "Team",
    "Upload",
    "User",
    "View",
    "block_elements",
    "blocks_total",
    "check_said",
    "check_view",
    "find_element",
    "initial_value",
    "load_description",
    "message_problems",
    "parse_mrkdwn",
    "text_of",
    "walk_blocks",
    "walk_mrkdwn",
]
