"""Converts the markdown of a Discord message to HTML."""

from collections.abc import Sequence
from datetime import UTC, datetime

from corpus.dates import day_in_words
from tools.local_discord import MarkdownNode, parse_markdown
from tools.preview.html_elements import Html, el, joined, page_address

_UNITS = {"year": 31536000, "month": 2592000, "day": 86400, "hour": 3600, "minute": 60}.items()
_TAGS = {
    "strong": "strong",
    "em": "em",
    "underline": "u",
    "strike": "s",
    "spoiler": "mark",
    "quote": "blockquote",
    "list": "ul",
    "item": "li",
    "code": "code",
    "fence": "pre",
}


def text_html(markdown: str, now: datetime) -> Html:
    """A text as HTML, with its timestamps in words."""
    return _shown(parse_markdown(markdown), now)


def _shown(nodes: Sequence[MarkdownNode], now: datetime) -> Html:
    return joined([_node(node, now) for node in nodes])


def _node(node: MarkdownNode, now: datetime) -> str:
    inner = _shown(node.children, now)
    match node.kind:
        case "text":
            return node.text
        case "emoji":
            return f":{node.text}:"
        case "link" | "autolink":
            return el("a", inner or node.text, href=page_address(node.detail), rel="noopener noreferrer")
        case "mention":
            return el("span", node.text, class_="mention")
        case "timestamp":
            moment = datetime.fromtimestamp(int(node.text), UTC)
            return el("time", time_words(moment, node.detail, now), datetime=moment.isoformat())
        case "heading":
            return el(f"h{int(node.detail) + 2}", inner)
        case "subtext":
            return el("small", inner, class_="subtext")
        case kind:
            return el(_TAGS[kind], inner or node.text)


def time_words(moment: datetime, style: str, now: datetime) -> str:
    """A timestamp as shown to a British reader in London in winter."""
    if style == "R":
        return _ago((now - moment).total_seconds())
    day = day_in_words(moment)
    return day if style == "D" else f"{day} at {moment:%H:%M}"


def _ago(seconds: float) -> str:
    for unit, size in _UNITS:
        if abs(seconds) >= 0.9 * size:  # 22 hours are a day, as the client rounds
            count = round(abs(seconds) / size)
            words = f"{count} {unit}s" if count > 1 else f"{'an' if unit == 'hour' else 'a'} {unit}"
            return f"{words} ago" if seconds > 0 else f"in {words}"
    return "a few seconds ago"
