"""Converts texts of Slack messages to HTML: mrkdwn, plain text and rich text."""

import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from tools.local_slack import MrkdwnNode, parse_mrkdwn
from tools.preview.html_elements import Html, el, joined, page_address

Payload = Mapping[str, Any]

_TAGS = {
    "bold": "strong",
    "italic": "em",
    "strike": "s",
    "quote": "blockquote",
    "code": "code",
    "fence": "pre",
}


def text_html(text: Payload, now: datetime) -> Html:
    """A text object as HTML."""
    if text["type"] == "mrkdwn":
        return _shown(parse_mrkdwn(text["text"], verbatim=bool(text.get("verbatim"))), now)
    return joined([text["text"]])


def rich_html(element: Payload, now: datetime) -> Html:
    """A part of a rich text as HTML."""
    inner = [_rich(one, now) for one in element["elements"]]
    if element["type"] == "rich_text_quote":
        return el("blockquote", *inner)
    return el("div", *inner, class_="said")


def _shown(nodes: Sequence[MrkdwnNode], now: datetime) -> Html:
    return joined([_node(node, now) for node in nodes])


def _node(node: MrkdwnNode, now: datetime) -> str:
    match node.kind:
        case "text" | "emoji":
            return node.text
        case "link" | "autolink":
            return _link(node.detail, node.text)
        case "mention":
            return el("span", node.text, class_="mention")
        case "date":
            seconds, _, pattern = node.detail.partition("^")
            return _date(int(seconds), pattern, now)
        case kind:
            return el(_TAGS[kind], _shown(node.children, now) if node.children else node.text)


def _rich(element: Payload, now: datetime) -> str:
    shown: str
    match element["type"]:
        case "link":
            shown = _link(element["url"], element["text"])
        case "date":
            shown = _date(element["timestamp"], element["format"], now)
        case _:
            shown = element["text"]
    for style, tag in (("bold", "strong"), ("code", "code")):
        if element.get("style", {}).get(style):
            shown = el(tag, shown)
    return shown


def _link(url: str, label: str) -> Html:
    return el("a", label, href=page_address(url), rel="noopener noreferrer")


def _date(seconds: int, pattern: str, now: datetime) -> Html:
    """A date as shown to a reader in London in winter."""
    moment = datetime.fromtimestamp(seconds, UTC)
    days = (now.date() - moment.date()).days
    near = {0: "today", 1: "yesterday", -1: "tomorrow"}.get(days)
    short = f"{moment.day} {moment:%b} {moment.year}"
    parts = {
        "date_short": short,
        "date_short_pretty": near or short,
        "time": f"{moment:%H:%M}",
        "ago": f"{days} days ago" if days > 1 else near or "later",
    }
    words = re.sub(r"\{(\w+)\}", lambda match: parts.get(match[1], match[0]), pattern)
    return el("time", words, datetime=moment.isoformat())
