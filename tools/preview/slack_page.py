"""Draws pictures of messages in Slack from the payloads that the bot sends.

Nothing is loaded from Slack. Texts are parsed by the local server's parser of Slack's mrkdwn, so mistakes in
escaping are visible here too. `tools.preview.browser.capture` makes a PNG of a page.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from tools.preview.html_elements import Html, document, el
from tools.preview.slack_blocks import blocks_html
from tools.preview.slack_text import Payload

STYLE = Path(__file__).with_suffix(".css")
BOT = "Newsdesk"


def page(payloads: Sequence[Payload], now: datetime) -> str:
    """An HTML page with these messages, each the arguments of chat.postMessage with blocks, as a client in
    London shows them at `now`."""
    shown = [_message(payload, now) for payload in payloads]
    return document(f"{BOT} in Slack: preview", STYLE.read_text(encoding="utf-8"), shown)


def _message(payload: Payload, now: datetime) -> Html:
    badge = el("span", "APP", class_="badge", title="App")
    parts = [
        el("span", BOT[:1], class_="avatar", aria_hidden="true"),
        el("header", el("h2", BOT), badge, el("time", f"{now:%H:%M}", datetime=now.isoformat())),
        el("div", blocks_html(payload["blocks"], now), class_="body"),
    ]
    return el("article", *parts, class_="message", aria_label=f"Message from {BOT}")
