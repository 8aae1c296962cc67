"""Blocks of Slack as HTML, in messages, forms and Homes."""

from collections.abc import Callable, Mapping, Sequence

from tools.preview.html_elements import Html, el, joined, page_address
from tools.preview.slack_text import Payload, Reader, mrkdwn_html, plain_html, rich_html, text_html

SELECTS = frozenset(
    f"{several}{kind}_select"
    for several in ("", "multi_")
    for kind in ("static", "external", "users", "conversations", "channels")
)
PICKERS = {"datepicker": "initial_date", "timepicker": "initial_time", "datetimepicker": "initial_date_time"}
TYPED = frozenset(
    {"plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input"}
)

_ICONS = {
    "down": "M6 9l6 6 6-6",
    "dots": "M5 12h.01M12 12h.01M19 12h.01",
    "eye": "M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6z",
    "calendar": "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4",
    "close": "M6 6l12 12M18 6L6 18",
    "up": "M7 11l4-8a2 2 0 0 1 2 2v4h6l-2 10H7zM7 11v8H4v-8z",
    "under": "M7 13l4 8a2 2 0 0 0 2-2v-4h6L17 5H7zM7 13V5H4v8z",
    "paper": "M6 3h8l5 5v13H6zM14 3v5h5",
}
"""Lines on a field of 24 by 24."""


def icon(name: str, size: int = 16) -> Html:
    """A drawing that says nothing which the words beside it do not say."""
    pen = {"stroke": "currentColor", "stroke_linecap": "round", "stroke_linejoin": "round"}
    width = "3" if name == "dots" else "1.6"
    path = el("path", d=_ICONS[name], fill="none", stroke_width=width, **pen)
    return el("svg", path, viewBox="0 0 24 24", width=str(size), height=str(size), aria_hidden="true")


def blocks_html(blocks: Sequence[Payload], reader: Reader) -> Html:
    """Blocks one after another; one that is not drawn says what it is."""
    return joined([_BLOCKS.get(block["type"], _other)(block, reader) for block in blocks])


def _section(block: Payload, reader: Reader) -> Html:
    said: list[Html] = []
    if "text" in block:
        said.append(el("div", text_html(block["text"], reader), class_="text"))
    if block.get("fields"):
        fields = [el("div", text_html(one, reader), class_="text") for one in block["fields"]]
        said.append(el("div", *fields, class_="fields"))
    accessory = element_html(block["accessory"], reader) if block.get("accessory") else ""
    return el("div", el("div", *said, class_="said"), accessory, class_="block section")


def _header(block: Payload, reader: Reader) -> Html:
    return el("h3", text_html(block["text"], reader), class_="block header")


def _divider(_block: Payload, _reader: Reader) -> Html:
    return el("hr", class_="block")


def _context(block: Payload, reader: Reader) -> Html:
    shown = [
        _picture(one) if one["type"] == "image" else el("span", text_html(one, reader))
        for one in block["elements"]
    ]
    return el("div", *shown, class_="block context")


def _actions(block: Payload, reader: Reader) -> Html:
    return el("div", *(element_html(one, reader) for one in block["elements"]), class_="block actions")


def _image(block: Payload, reader: Reader) -> Html:
    title = el("p", text_html(block["title"], reader), class_="title") if "title" in block else ""
    return el("div", title, _picture(block), class_="block image")


def _rich_text(block: Payload, reader: Reader) -> Html:
    return el("div", *(rich_html(one, reader) for one in block["elements"]), class_="block text")


def _markdown(block: Payload, _reader: Reader) -> Html:
    return el("div", block["text"], class_="block text")


def _input(block: Payload, reader: Reader) -> Html:
    optional = el("small", " (optional)") if block.get("optional") else ""
    hint = el("p", text_html(block["hint"], reader), class_="hint") if "hint" in block else ""
    label = el("b", text_html(block["label"], reader), optional)
    return el("div", label, element_html(block["element"], reader), hint, class_="block input")


def _context_actions(block: Payload, reader: Reader) -> Html:
    return el("div", *(element_html(one, reader) for one in block["elements"]), class_="block quiet")


def _other(block: Payload, _reader: Reader) -> Html:
    return el("div", f"[{block['type']}]", class_="block context")


_BLOCKS: Mapping[str, Callable[[Payload, Reader], Html]] = {
    "section": _section,
    "header": _header,
    "divider": _divider,
    "context": _context,
    "actions": _actions,
    "image": _image,
    "rich_text": _rich_text,
    "markdown": _markdown,
    "input": _input,
    "context_actions": _context_actions,
}


def element_html(element: Payload, reader: Reader) -> Html:
    """A button, a select, a picker, an input."""
    kind = element["type"]
    if kind == "button":
        return _button(element, reader)
    if kind == "image":
        return _picture(element)
    if kind == "overflow":
        return el("button", icon("dots"), class_="button dots", type="button", aria_label="More actions")
    if kind in SELECTS:
        return _select(element, reader)
    if kind in PICKERS:
        chosen = element.get(PICKERS[kind])
        words = (
            str(chosen)
            if chosen
            else _asked(element, "Pick a date" if kind == "datepicker" else "Pick a time")
        )
        return _menu(icon("calendar") if kind == "datepicker" else "", words, empty=not chosen)
    if kind in TYPED:
        tag = "textarea" if element.get("multiline") else "input"
        given = str(element.get("initial_value") or "")
        shared = {
            "class_": "typed",
            "placeholder": _asked(element, ""),
            "aria_label": _asked(element, "Text"),
        }
        return el("textarea", given, **shared) if tag == "textarea" else el("input", value=given, **shared)
    if kind in ("checkboxes", "radio_buttons"):
        return _choices(element, reader)
    if kind == "feedback_buttons":
        return joined(
            [el("button", icon(name, 18), class_="bare", type="button") for name in ("up", "under")]
        )
    if kind == "file_input":
        return el("div", "Upload files", class_="typed")
    return el("span", f"[{kind}]")


def _button(element: Payload, reader: Reader) -> Html:
    classes = f"button {element.get('style', '')}".strip()
    label = text_html(element["text"], reader)
    if "url" in element:
        return el("a", label, class_=classes, href=page_address(element["url"]), rel="noopener noreferrer")
    return el("button", label, class_=classes, type="button")


def _select(element: Payload, _reader: Reader) -> Html:
    chosen = (
        [element["initial_option"]] if element.get("initial_option") else element.get("initial_options", [])
    )
    words = ", ".join(one["text"]["text"] for one in chosen)
    return _menu("", words or _asked(element, "Select an item"), empty=not words)


def _menu(drawn: Html | str, words: str, *, empty: bool) -> Html:
    shown = el("span", plain_html(words), class_="empty" if empty else None)
    return el("button", drawn, shown, icon("down"), class_="menu", type="button", aria_haspopup="listbox")


def _choices(element: Payload, reader: Reader) -> Html:
    radio = element["type"] == "radio_buttons"
    initial = element.get("initial_options", []) or [element.get("initial_option")]
    lines = []
    for option in element["options"]:
        box = el("input", type="radio" if radio else "checkbox", checked=option in initial)
        told = el("small", text_html(option["description"], reader)) if "description" in option else ""
        lines.append(el("label", box, el("span", text_html(option["text"], reader), told)))
    return el("div", *lines, class_="choices")


def _asked(element: Payload, otherwise: str) -> str:
    placeholder: Payload = element.get("placeholder", {})
    return str(placeholder.get("text", otherwise))


def _picture(image: Payload) -> Html:
    url, words = str(image.get("image_url", "")), str(image.get("alt_text", "image"))
    if url.startswith("data:image/"):
        return el("img", class_="picture", src=url, alt=words)
    return el("span", words, class_="picture", role="img", aria_label=words)


def attachment_html(attachment: Payload, reader: Reader) -> Html:
    """An attachment of the older kind, with its bar."""
    said = [
        mrkdwn_html(attachment[key], reader) for key in ("pretext", "title", "text") if attachment.get(key)
    ]
    shown = [el("div", one, class_="text") for one in said]
    return el("div", *shown, blocks_html(attachment.get("blocks", []), reader), class_="attachment")
