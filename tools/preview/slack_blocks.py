"""Converts the blocks of Slack messages to HTML."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from tools.preview.html_elements import Html, el, joined, page_address
from tools.preview.slack_text import Payload, rich_html, text_html


def _arrow() -> Html:
    """A decorative arrow, hidden from screen readers."""
    pen = {"stroke": "currentColor", "stroke_linecap": "round", "stroke_linejoin": "round"}
    path = el("path", d="M6 9l6 6 6-6", fill="none", stroke_width="1.6", **pen)
    return el("svg", path, viewBox="0 0 24 24", width="16", height="16", aria_hidden="true")


def blocks_html(blocks: Sequence[Payload], now: datetime) -> Html:
    """Blocks as HTML."""
    return joined([_BLOCKS[block["type"]](block, now) for block in blocks])


def _section(block: Payload, now: datetime) -> Html:
    words = el("div", el("div", text_html(block["text"], now), class_="text"), class_="said")
    return el("div", words, _select(block["accessory"]), class_="block section")


def _header(block: Payload, now: datetime) -> Html:
    return el("h3", text_html(block["text"], now), class_="block header")


def _divider(_block: Payload, _now: datetime) -> Html:
    return el("hr", class_="block")


def _context(block: Payload, now: datetime) -> Html:
    shown = [el("span", text_html(one, now)) for one in block["elements"]]
    return el("div", *shown, class_="block context")


def _actions(block: Payload, now: datetime) -> Html:
    return el("div", *(_button(one, now) for one in block["elements"]), class_="block actions")


def _rich_text(block: Payload, now: datetime) -> Html:
    return el("div", *(rich_html(one, now) for one in block["elements"]), class_="block text")


_BLOCKS: Mapping[str, Callable[[Payload, datetime], Html]] = {
    "section": _section,
    "header": _header,
    "divider": _divider,
    "context": _context,
    "actions": _actions,
    "rich_text": _rich_text,
}


def _button(element: Payload, now: datetime) -> Html:
    classes = f"button {element.get('style', '')}".strip()
    label = text_html(element["text"], now)
    if "url" in element:
        return el("a", label, class_=classes, href=page_address(element["url"]), rel="noopener noreferrer")
    return el("button", label, class_=classes, type="button")


def _select(element: Payload) -> Html:
    """A closed menu with its chosen option."""
    chosen = element.get("initial_options", ())
    if "initial_option" in element:
        chosen = [element["initial_option"]]
    words = ", ".join(one["text"]["text"] for one in chosen)
    shown = el("span", words or "Select an item", class_=None if words else "empty")
    return el("button", shown, _arrow(), class_="menu", type="button", aria_haspopup="listbox")
