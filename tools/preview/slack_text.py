"""Texts of Slack as HTML: its mrkdwn, plain texts and rich text."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from corpus.dates import day_in_words
from tools.local_slack import MrkdwnNode, parse_mrkdwn
from tools.preview.html_elements import Html, el, joined, page_address

Payload = Mapping[str, Any]

_TAGS = {"bold": "strong", "italic": "em", "strike": "s", "quote": "blockquote"}
_STYLES = (("bold", "strong"), ("italic", "em"), ("strike", "s"), ("code", "code"))
EMOJI = {
    "+1": "👍",
    "thumbsup": "👍",
    "-1": "👎",
    "thumbsdown": "👎",
    "arrow_right": "➡️",
    "bar_chart": "📊",
    "bulb": "💡",
    "calendar": "📆",
    "eyes": "👀",
    "gear": "⚙️",
    "globe_with_meridians": "🌐",
    "hourglass_flowing_sand": "⏳",
    "information_source": "ℹ️",
    "lock": "🔒",
    "mag": "🔍",
    "newspaper": "📰",
    "no_entry": "⛔",
    "pushpin": "📌",
    "speech_balloon": "💬",
    "warning": "⚠️",
    "white_check_mark": "✅",
    "x": "❌",
}
"""The names that a client is likely to be sent; it shows others as they are written."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks, in London: when, and what they call the people and channels with these ids."""

    now: datetime
    names: Mapping[str, str] = field(default_factory=dict)

    def name(self, sign: str, one_id: str) -> str:
        """What a mention shows."""
        return f"{sign}{self.names.get(one_id, one_id)}"


def text_html(text: Payload, reader: Reader) -> Html:
    """What a text object looks like."""
    if text["type"] == "mrkdwn":
        return mrkdwn_html(text["text"], reader, verbatim=bool(text.get("verbatim")))
    return plain_html(text["text"], emoji=text.get("emoji", True))


def plain_html(text: str, *, emoji: bool = True) -> Html:
    """What a plain text looks like: only emoji are read in it."""
    return joined([re.sub(r":([a-z0-9_+-]+):", _emoji, text) if emoji else text])


def mrkdwn_html(text: str, reader: Reader, *, verbatim: bool = False) -> Html:
    """What a text in mrkdwn looks like."""
    return _shown(parse_mrkdwn(text, verbatim=verbatim), reader)


def rich_html(element: Payload, reader: Reader) -> Html:
    """What a part of a rich text looks like."""
    inner = element["elements"]
    match element["type"]:
        case "rich_text_list":
            items = [el("li", rich_html(item, reader)) for item in inner]
            return el("ol" if element["style"] == "ordered" else "ul", *items)
        case "rich_text_quote":
            return el("blockquote", *(_rich(one, reader) for one in inner))
        case "rich_text_preformatted":
            return el("pre", *(_rich(one, reader) for one in inner))
        case _:
            return el("div", *(_rich(one, reader) for one in inner), class_="said")


def _shown(nodes: Sequence[MrkdwnNode], reader: Reader) -> Html:
    return joined([_node(node, reader) for node in nodes])


def _node(node: MrkdwnNode, reader: Reader) -> str:
    match node.kind:
        case "text":
            return node.text
        case "link" | "autolink":
            return _link(node.detail, node.text)
        case "mention":
            sign, one_id = node.text[:1], node.text[1:]
            return el("span", reader.name(sign, one_id), class_="mention")
        case "date":
            seconds, _, pattern = node.detail.partition("^")
            pattern, _, url = pattern.partition("^")
            return _date(seconds, pattern, url, node.text, reader)
        case "emoji":
            return re.sub(r":([a-z0-9_+-]+):(?:.*)", _emoji, node.text)
        case "code":
            return el("code", node.text)
        case "fence":
            return el("pre", node.text.strip("\n"))
        case kind:
            return el(_TAGS[kind], _shown(node.children, reader))


def _rich(element: Payload, reader: Reader) -> Html:
    shown = _rich_plain(element, reader)
    for style, tag in _STYLES:
        if element.get("style", {}).get(style):
            shown = el(tag, shown)
    return shown if isinstance(shown, Html) else joined([shown])


def _rich_plain(element: Payload, reader: Reader) -> str:
    match element["type"]:
        case "text":
            return str(element["text"])
        case "link":
            return _link(element["url"], element.get("text") or element["url"])
        case "emoji":
            return EMOJI.get(element["name"], f":{element['name']}:")
        case "user" | "usergroup":
            return el("span", reader.name("@", element[f"{element['type']}_id"]), class_="mention")
        case "channel":
            return el("span", reader.name("#", element["channel_id"]), class_="mention")
        case "broadcast":
            return el("span", f"@{element['range']}", class_="mention")
        case "date":
            return _date(
                str(element["timestamp"]),
                element["format"],
                element.get("url", ""),
                element.get("fallback", ""),
                reader,
            )
        case _:
            return ""


def _link(url: str, label: str) -> Html:
    return el("a", label, href=page_address(url), rel="noopener noreferrer")


def _emoji(match: re.Match[str]) -> str:
    return EMOJI.get(match[1], match[0])


def _date(seconds: str, pattern: str, url: str, fallback: str, reader: Reader) -> Html:
    """A date as a reader in London's winter sees it."""
    if not seconds.isdecimal():
        return joined([fallback])
    moment = datetime.fromtimestamp(int(seconds), UTC)
    words = re.sub(r"\{(\w+)\}", lambda match: _part(match[1], moment, reader), pattern)
    return _link(url, words) if url else el("time", words, datetime=moment.isoformat())


def _part(name: str, moment: datetime, reader: Reader) -> str:
    days = (reader.now.date() - moment.date()).days
    near = {0: "today", 1: "yesterday", -1: "tomorrow"}.get(days)
    long = f"{moment:%A}, {day_in_words(moment)}"
    short = f"{moment.day} {moment:%b} {moment.year}"
    parts: Mapping[str, Callable[[], str]] = {
        "date_num": lambda: f"{moment:%Y-%m-%d}",
        "date_slash": lambda: f"{moment:%d/%m/%Y}",
        "date": lambda: day_in_words(moment),
        "date_long": lambda: long,
        "date_short": lambda: short,
        "date_pretty": lambda: near or day_in_words(moment),
        "date_short_pretty": lambda: near or short,
        "date_long_pretty": lambda: near or long,
        "time": lambda: f"{moment:%H:%M}",
        "time_secs": lambda: f"{moment:%H:%M:%S}",
        "ago": lambda: f"{days} days ago" if days > 1 else near or "later",
    }
    return parts[name]() if name in parts else f"{{{name}}}"
