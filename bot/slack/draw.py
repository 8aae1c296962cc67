"""Drawing a card as Slack's blocks. Words of others stand in rich and plain text, which parse nothing."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from bot.cards.card import (
    Attached,
    Button,
    Buttons,
    Card,
    Divider,
    Emphasis,
    Menu,
    Paragraph,
    Part,
    Shape,
    Span,
    fitting,
)
from bot.slack.text import cleaned, escaped, link

Block = dict[str, Any]

HEADER = 150
"""Characters of a header."""
LABEL = 75
"""Characters of a button's or an option's text."""
ROW = 5
"""Buttons side by side before Slack wraps them by itself."""
ELEMENTS = 10
"""Elements of a context block."""
SUMMARY = 300
"""Characters of what a notification shows."""
STYLES = {Emphasis.PRIMARY: "primary", Emphasis.GOOD: "primary", Emphasis.DANGER: "danger"}
DATES = {"day": "{date_long}", "age": "{ago}", "minute": "{date_short_pretty} {time}"}
TOLD = "{ago}"


@dataclass(frozen=True, slots=True)
class SlackCanvas:
    """What a message of Slack holds; see `bot.cards.card.Canvas`."""

    room: int = 7500
    """Characters of all paragraphs together. A message fails near 13,200 characters of all its blocks, though
    each is legal; with links and buttons this stays under 10,000."""
    link: int = 1000
    """Characters of an address, of the 3,000 that a button takes: three of them are a third of a message."""

    def size(self, paragraph: Paragraph) -> int:
        """Characters with those of its links, and what a block costs."""
        links = sum(len(span.link) for span in paragraph.spans if span.link)
        return len(paragraph.text) + links + 10


CANVAS = SlackCanvas()


def blocks(card: Card) -> list[Block]:
    """The card's blocks; files are sent apart."""
    made: list[Block] = []
    for kind, group in groupby(card.parts, _kind):
        parts = list(group)
        if kind == "rich":
            made.append(
                {
                    "type": "rich_text",
                    "elements": [_rich(part) for part in parts if isinstance(part, Paragraph)],
                }
            )
            continue
        for part in parts:
            made += _blocks(part)
    return made


def summary(card: Card) -> str:
    """What a notification shows of it, as mrkdwn in which nothing does anything."""
    return escaped(fitting(card.summary, SUMMARY))


def files(card: Card) -> list[Attached]:
    """The files that go with it."""
    return [part for part in card.parts if isinstance(part, Attached)]


def _kind(part: Part) -> str:
    """Paragraphs that can stand in one block of rich text are drawn together."""
    if isinstance(part, Paragraph):
        return "rich" if part.shape in (Shape.TEXT, Shape.QUOTE) else part.shape.value
    return type(part).__name__


def _blocks(part: Part) -> Iterator[Block]:
    match part:
        case Paragraph(shape=Shape.HEADING):
            if any(span.link for span in part.spans):
                yield {"type": "rich_text", "elements": [_rich(part)]}
            else:
                yield {"type": "header", "text": plain(fitting(cleaned(part.text), HEADER))}
        case Paragraph():
            yield {"type": "context", "elements": list(_small(part))[:ELEMENTS]}
        case Divider():
            yield {"type": "divider"}
        case Buttons(buttons):
            for start in range(0, len(buttons), ROW):
                yield {"type": "actions", "elements": [_button(one) for one in buttons[start : start + ROW]]}
        case Menu():
            yield from _menu(part)


def plain(words: str) -> Block:
    """Text in which nothing is parsed."""
    return {"type": "plain_text", "text": words or " ", "emoji": False}


def _rich(paragraph: Paragraph) -> Block:
    quote = paragraph.shape is Shape.QUOTE
    elements = [element for span in paragraph.spans for element in _element(span)]
    if quote:
        elements = _stripped(elements)
    return {
        "type": "rich_text_quote" if quote else "rich_text_section",
        "elements": elements or [{"type": "text", "text": " "}],
    }


def _element(span: Span) -> Iterator[Block]:
    words = cleaned(span.text)
    if span.moment:
        stamp = int(span.moment.timestamp())
        yield {
            "type": "date",
            "timestamp": _noon(stamp),
            "format": DATES[span.style],
            "fallback": words or " ",
        }
        return
    if not words:
        return
    style = {name: True for name, there in (("bold", span.bold), ("code", span.code)) if there}
    made: Block = (
        {"type": "link", "url": span.link, "text": words} if span.link else {"type": "text", "text": words}
    )
    yield made | ({"style": style} if style else {})


def _noon(stamp: int) -> int:
    """Midnight UTC stands for a day without a time: its noon is on that day in all zones from -12 to +11."""
    return stamp + 12 * 3600 if stamp % 86400 == 0 else stamp


def _stripped(elements: Sequence[Block]) -> list[Block]:
    """A quote without the white space around it."""
    made = list(elements)
    while made and made[0]["type"] == "text" and not made[0]["text"].strip():
        made = made[1:]
    while made and made[-1]["type"] == "text" and not made[-1]["text"].strip():
        made = made[:-1]
    if made and made[0]["type"] == "text":
        made[0] = made[0] | {"text": made[0]["text"].lstrip()}
    if made and made[-1]["type"] == "text":
        made[-1] = made[-1] | {"text": made[-1]["text"].rstrip()}
    return made


def _small(paragraph: Paragraph) -> Iterator[Block]:
    """Runs of plain words in plain text, and links and dates in mrkdwn, which has nothing else in it."""
    for marked, run in groupby(paragraph.spans, lambda span: bool(span.moment or span.link)):
        if marked:
            yield {"type": "mrkdwn", "text": "".join(_marked(span) for span in run), "verbatim": True}
        elif words := cleaned("".join(span.text for span in run)).strip(" "):
            yield plain(words)


def _marked(span: Span) -> str:
    if span.moment:
        stamp = _noon(int(span.moment.timestamp()))
        return f"<!date^{stamp}^{DATES[span.style]}|{escaped(span.text).replace('|', ' ')}>"
    return link(span.text, span.link or "")


def _button(button: Button) -> Block:
    words = fitting(" ".join(part for part in (button.emoji, button.label) if part), LABEL)
    made: Block = {"type": "button", "text": plain(words) | {"emoji": True}}
    if button.url:
        # An address that is opened is told to the app as well, under this id.
        return made | {"url": button.url, "action_id": f"open:{button.url}"[:255]}
    made["action_id"] = str(button.press)
    if button.emphasis in STYLES:
        made["style"] = STYLES[button.emphasis]
    if button.hint:
        made["accessibility_label"] = fitting(button.hint, LABEL)
    return made


def _menu(menu: Menu) -> Iterator[Block]:
    label = {"type": "section", "text": plain(fitting(menu.label, 3000))}
    options = [{"text": plain(fitting(text, LABEL)), "value": value} for value, text in menu.options]
    chosen = [option for option in options if option["value"] in menu.chosen]
    action = str(menu.press)
    if menu.administrators:
        people = [one for one in menu.chosen if one[:1] in ("U", "W")]
        element: Block = {"type": "multi_users_select", "action_id": action, "max_selected_items": menu.most}
        if people:
            element["initial_users"] = people
        yield label | {"accessory": element}
        return
    if menu.most == 1:
        element = {"type": "static_select", "action_id": action, "options": options}
        if chosen:
            element["initial_option"] = chosen[0]
    else:
        element = {"type": "multi_static_select", "action_id": action, "options": options}
        if chosen:
            element["initial_options"] = chosen
    yield label | {"accessory": element}
