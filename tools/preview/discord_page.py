"""Draws pictures of messages in Discord from the payloads that the bot sends.

Nothing is loaded from Discord. Texts are parsed by the local server's parser of Discord's markdown, so
mistakes in escaping are visible here too.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from tools.preview.discord_text import text_html
from tools.preview.html_elements import Html, document, el, page_address

Payload = Mapping[str, Any]

STYLE = Path(__file__).with_suffix(".css")

BUTTON_STYLES = {1: "primary", 2: "secondary", 3: "success", 4: "danger", 5: "link"}
SELECTED = {"user": "@", "role": "@", "channel": "#"}

_ICONS = {
    "open": "M14 4h6v6M20 4l-9 9M18 14v5H5V6h5",
    "down": "M6 9l6 6 6-6",
    "paper": "M6 3h8l5 5v13H6zM14 3v5h5",
}
"""SVG paths in a box of 24 by 24."""


def icon(name: str, size: int = 16) -> Html:
    """A decorative icon, hidden from screen readers."""
    pen = {
        "stroke": "currentColor",
        "stroke_width": "2",
        "stroke_linecap": "round",
        "stroke_linejoin": "round",
    }
    path = el("path", d=_ICONS[name], fill="none", **pen)
    return el("svg", path, viewBox="0 0 24 24", width=str(size), height=str(size), aria_hidden="true")


def page(payloads: Sequence[Payload], now: datetime, bot: str = "Newsdesk") -> str:
    """An HTML page with the messages of these payloads, as a client in London shows them at `now`."""
    shown = [_message(sent, now, bot) for sent in payloads]
    return document(f"{bot} in Discord: preview", STYLE.read_text(encoding="utf-8"), shown)


def _message(payload: Payload, now: datetime, bot: str) -> Html:
    badge = el("span", "APP", class_="badge", title="App")
    sent = el("time", f"Today at {now:%H:%M}", class_="sent", datetime=now.isoformat())
    parts = [
        el("span", bot[:1].upper(), class_="avatar", aria_hidden="true"),
        el("header", el("h2", bot), badge, sent, class_="author"),
        el("div", *_components(payload["components"], now), class_="parts"),
    ]
    return el("article", *parts, class_="message", aria_label=f"Message from {bot}")


def _components(components: Sequence[Payload], now: datetime) -> list[Html]:
    return [_COMPONENTS[component["type"]](component, now) for component in components]


def _row(row: Payload, now: datetime) -> Html:
    return el("div", *_components(row["components"], now), class_="row")


def _button(button: Payload, _now: datetime) -> Html:
    style, label, emoji = BUTTON_STYLES[button["style"]], button.get("label") or "", button.get("emoji")
    drawn = (
        el("span", emoji.get("name", ""), class_="emoji", aria_hidden="true" if label else None)
        if emoji
        else ""
    )
    classes = f"button {style}{'' if label else ' only'}"
    if style == "link" and not button.get("disabled"):
        href = page_address(button["url"])
        return el("a", drawn, label, icon("open"), class_=classes, href=href, rel="noopener noreferrer")
    return el("button", drawn, label, class_=classes, type="button", disabled=button.get("disabled", False))


def _select(select: Payload, _now: datetime) -> Html:
    """A closed menu with its chosen option or its placeholder."""
    chosen = [option["label"] for option in select.get("options", ()) if option.get("default")]
    chosen += [SELECTED[value["type"]] + str(value["id"]) for value in select.get("default_values", ())]
    asked = select.get("placeholder") or "Make a selection"
    several = select.get("max_values", 1) > 1
    words = [el("span", name, class_="chip" if several else None) for name in chosen]
    shown = el("span", *words) if words else el("span", asked, class_="empty")
    return el(
        "button",
        shown,
        icon("down", 20),
        class_="select",
        type="button",
        aria_haspopup="listbox",
        aria_label=asked,
        disabled=select.get("disabled", False),
    )


def _separator(separator: Payload, _now: datetime) -> Html:
    wide, line = separator.get("spacing", 1) == 2, separator.get("divider", True)
    classes = " ".join(name for name, yes in (("wide", wide), ("bare", not line)) if yes)
    return el("hr", class_=classes or None, aria_hidden=None if line else "true")


def _file(file: Payload, _now: datetime) -> Html:
    name = file.get("name") or file["file"]["url"].removeprefix("attachment://")
    size = f"{file['size'] / 1024:,.1f} KB" if file.get("size") else "attachment"
    return el("div", icon("paper", 28), el("span", el("a", name), el("small", size)), class_="file")


def _container(container: Payload, now: datetime) -> Html:
    colour = container.get("accent_color")
    accent = None if colour is None else f"--accent: #{colour:06x}"
    classes = "container" if colour is None else "container accent"
    return el("section", *_components(container["components"], now), class_=classes, style=accent)


def _text(content: str, now: datetime) -> Html:
    return el("div", text_html(content.strip(), now), class_="text")


_COMPONENTS: Mapping[int, Callable[[Payload, datetime], Html]] = {
    1: _row,
    2: _button,
    **dict.fromkeys((3, 6), _select),
    10: lambda component, now: _text(component["content"], now),
    13: _file,
    14: _separator,
    17: _container,
}
