"""HTML with everything escaped, and the markdown of a message in it."""

import html
import re
from collections.abc import Sequence
from datetime import UTC, datetime

from corpus.dates import day_in_words
from tools.local_discord.markdown import Node, parse

_VOID = frozenset({"hr", "img", "input", "meta"})
_UNITS = {"year": 31536000, "month": 2592000, "day": 86400, "hour": 3600, "minute": 60}.items()
_TAGS = {"strong": "strong", "em": "em", "underline": "u", "strike": "s", "quote": "blockquote", "item": "li"}


class Html(str):
    """Markup, in which everything that is not is escaped."""

    __slots__ = ()


def el(tag: str, /, *children: str, **attributes: str | bool | None) -> Html:
    """An element. Text among the children is escaped; `class_` and `aria_label` are the attributes they look
    like, and one that is false or None is left out."""
    given = "".join(
        f" {key.rstrip('_').replace('_', '-')}" + ("" if value is True else f'="{html.escape(str(value))}"')
        for key, value in attributes.items()
        if value is not None and value is not False
    )
    if tag in _VOID:
        return Html(f"<{tag}{given}>")
    return Html(f"<{tag}{given}>{joined(children)}</{tag}>")


def joined(children: Sequence[str]) -> Html:
    """Elements and texts after one another."""
    return Html("".join(child if isinstance(child, Html) else html.escape(child) for child in children))


def text_html(markdown: str, now: datetime) -> Html:
    """What a text looks like, with its timestamps in words."""
    return _shown(parse(markdown), now)


def _shown(nodes: Sequence[Node], now: datetime) -> Html:
    return joined([_node(node, now) for node in nodes])


def _node(node: Node, now: datetime) -> str:
    inner = _shown(node.children, now)
    match node.kind:
        case "text":
            return node.text
        case "link" | "autolink":
            return el("a", inner or node.text, href=page_address(node.detail), rel="noopener noreferrer")
        case "mention":
            return el("span", node.text, class_="mention")
        case "timestamp":
            moment = datetime.fromtimestamp(int(node.text), UTC)
            return el("time", time_words(moment, node.detail, now), datetime=moment.isoformat())
        case "emoji":
            return f":{node.text}:"
        case "code":
            return el("code", node.text)
        case "fence":
            return el("pre", node.text.strip("\n"))
        case "heading":
            return el(f"h{int(node.detail) + 2}", inner)
        case "subtext":
            return el("small", inner, class_="subtext")
        case "spoiler":
            return el("span", inner, class_="spoiler", tabindex="0", aria_label="Spoiler")
        case "list":
            return el("ol", inner, start=node.detail) if node.detail else el("ul", inner)
        case kind:
            return el(_TAGS[kind], inner)


def page_address(url: str) -> str | None:
    """The address if it is that of a page; a preview links nothing else."""
    return url if re.match(r"https?://", url) else None


def time_words(moment: datetime, style: str, now: datetime) -> str:
    """A timestamp as a British reader in London's winter sees it."""
    if style == "R":
        return _ago((now - moment).total_seconds())
    day, clock = day_in_words(moment), f"{moment:%H:%M}"
    return {
        "t": clock,
        "T": f"{moment:%H:%M:%S}",
        "d": f"{moment:%d/%m/%Y}",
        "D": day,
        "F": f"{moment:%A}, {day} at {clock}",
    }.get(style, f"{day} at {clock}")


def _ago(seconds: float) -> str:
    for unit, size in _UNITS:
        if abs(seconds) >= 0.9 * size:  # 22 hours are a day, as the client's own words are rounded
            count = round(abs(seconds) / size)
            words = f"{count} {unit}s" if count > 1 else f"{'an' if unit == 'hour' else 'a'} {unit}"
            return f"{words} ago" if seconds > 0 else f"in {words}"
    return "a few seconds ago"
