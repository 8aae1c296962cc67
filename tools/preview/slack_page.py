"""Pictures of messages, forms and Homes in Slack, drawn from the payloads that the bot sends.

Nothing of Slack's is loaded. What a text becomes is read by the local server's parser of Slack's mrkdwn, so
that an escape that went wrong shows here too. `tools.preview.browser.capture` makes a PNG of a page.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from tools.preview.html_elements import Html, document, el
from tools.preview.slack_blocks import attachment_html, blocks_html, icon
from tools.preview.slack_text import Payload, Reader, mrkdwn_html, plain_html, text_html

STYLE = Path(__file__).with_suffix(".css")
BOT = "Newsdesk"


def page(payloads: Sequence[Payload], now: datetime, names: Mapping[str, str] | None = None) -> str:
    """An HTML page with these messages, forms and Homes, as a client in London shows them at `now`.

    A payload is the arguments of chat.postMessage or chat.postEphemeral, a body for a response's address, a
    message as Slack gives it back, or a view. `names` are those of people and channels, by id. Messages one
    after another are of one conversation.
    """
    reader = Reader(now, names or {})
    shown: list[Html] = []
    before: Payload | None = None
    for payload in payloads:
        shown.append(_drawn(payload, before, reader))
        before = payload
    return document(f"{BOT} in Slack: preview", STYLE.read_text(encoding="utf-8"), shown)


def _drawn(payload: Payload, before: Payload | None, reader: Reader) -> Html:
    match payload.get("type"):
        case "modal":
            return _modal(payload, reader)
        case "home":
            return _home(payload, reader)
        case _:
            return _message(payload, before, reader)


def _message(payload: Payload, before: Payload | None, reader: Reader) -> Html:
    person = "ts" in payload and "user" in payload and "bot_id" not in payload
    name = reader.names.get(payload["user"], "Somebody") if person else BOT
    private = _is_ephemeral(payload)
    sent = datetime.fromtimestamp(float(payload["ts"]), UTC) if "ts" in payload else reader.now
    in_thread = bool(payload.get("thread_ts")) and payload.get("thread_ts") != payload.get("ts")
    begins = in_thread and not (before or {}).get("thread_ts")
    badge = "" if person else el("span", "APP", class_="badge", title="App")
    body = blocks_html(payload["blocks"], reader) if payload.get("blocks") else _words(payload, reader)
    attached = [attachment_html(one, reader) for one in payload.get("attachments", ())]
    files = [_file(one) for one in payload.get("files", ())]
    parts = [
        el("p", icon("eye"), "Only visible to you", class_="visible") if private else "",
        el("span", name[:1].upper(), class_="avatar", aria_hidden="true"),
        el("header", el("h2", name), badge, el("time", f"{sent:%H:%M}", datetime=sent.isoformat())),
        el("div", body, *attached, *files, class_="body"),
    ]
    kinds = {"private": private, "person": person, "reply": in_thread, "begins": begins}
    classes = " ".join(["message", *(kind for kind, yes in kinds.items() if yes)])
    return el("article", *parts, class_=classes, aria_label=f"Message from {name}")


def _is_ephemeral(payload: Payload) -> bool:
    """Whether it is for one: the arguments of chat.postEphemeral, or an answer that is not for everyone."""
    to_one = "user" in payload and "ts" not in payload
    answer = "response_type" in payload or "replace_original" in payload
    return (
        to_one
        or bool(payload.get("is_ephemeral"))
        or (answer and payload.get("response_type") != "in_channel")
    )


def _words(payload: Payload, reader: Reader) -> Html:
    return el("div", mrkdwn_html(payload.get("text", ""), reader), class_="block text")


def _file(file: Payload) -> Html:
    size = f"{file['size'] / 1024:,.1f} kB" if "size" in file else "file"
    return el("div", icon("paper", 28), el("span", el("b", file["name"]), el("small", size)), class_="file")


def _modal(view: Payload, reader: Reader) -> Html:
    close = view.get("close", {"type": "plain_text", "text": "Cancel"})
    buttons = [el("button", text_html(close, reader), class_="button", type="button")]
    if "submit" in view:
        buttons.append(
            el("button", text_html(view["submit"], reader), class_="button primary", type="button")
        )
    title = text_html(view["title"], reader)
    return el(
        "form",
        el("header", el("span", BOT[:1], class_="avatar"), el("h2", title), icon("close", 20)),
        el("div", blocks_html(view["blocks"], reader), class_="body"),
        el("footer", *buttons),
        class_="modal",
        aria_label=view["title"]["text"],
    )


def _home(view: Payload, reader: Reader) -> Html:
    tabs = el("nav", el("b", "Home"), el("span", "Messages"), el("span", "About"))
    head = el("header", el("span", BOT[:1], class_="avatar"), el("h2", plain_html(BOT)))
    return el(
        "section", head, tabs, el("div", blocks_html(view["blocks"], reader), class_="body"), class_="home"
    )
