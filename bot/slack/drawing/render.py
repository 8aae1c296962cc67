"""Renders a card as Slack's blocks. Untrusted text is in rich and plain text, which are not parsed."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, takewhile
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
    ParagraphStyle,
    Part,
    Span,
    Tone,
    truncate,
)
from bot.slack.drawing.markup import escaped, label, link
from corpus.dates import is_day
from corpus.lazy_pattern import lazy_pattern
from corpus.text import visible

Block = dict[str, Any]

BLOCKS = 50
"""The most blocks of a message."""
TEXT = 3000
"""The most characters of a text object."""
HEADER = 150
"""The most characters of a header."""
LABEL = 75
"""The most characters of a button's or an option's text."""
OFFERS = 100
"""The most options of a menu that is filled while somebody types."""
ROW = 5
"""Buttons side by side in one block, before Slack would wrap them by itself."""
ELEMENTS = 10
"""The most elements of a context block."""
SUMMARY = 300
"""The most characters of a notification."""
STYLES = {Emphasis.PRIMARY: "primary", Emphasis.GOOD: "primary", Emphasis.DANGER: "danger"}
DATES = {"day": "{date_short}", "age": "{ago}", "minute": "{date_short_pretty} {time}"}
_SIGNS = lazy_pattern(r"[ (),·]*")
"""Text that has no meaning in mrkdwn."""


@dataclass(frozen=True, slots=True)
class SlackCanvas:
    """The capacity of a Slack message; see `bot.cards.card.Canvas`."""

    room: int = 6500
    """Characters of all paragraphs together. A message fails near 13,200 characters in all its blocks,
    although each is legal, and Slack does not document which count; here all of the JSON counts. The dividers
    and buttons of an answer take up to 3,300 more, so a message stays under 10,000."""
    link: int = 1000
    """The most characters of an address, of the 3,000 that a button accepts: three of them, each in a title
    and a button, take most of a message."""

    def size(self, paragraph: Paragraph) -> int:
        """Characters of the paragraph's block in UTF-16, and those of its links once more, as buttons have
        them too."""
        links = sum(len(span.link) for span in paragraph.spans if span.link)
        drawn = json.dumps(blocks(Card(Tone.NEUTRAL, (paragraph,))), ensure_ascii=False)
        return len(drawn.encode("utf-16-le", "surrogatepass")) // 2 + links


CANVAS = SlackCanvas()


def blocks(card: Card, most: int = BLOCKS) -> list[Block]:
    """The card's blocks, cut to `most`, with the buttons at its end kept. Attached files are not included."""
    made: list[Block] = []
    for kind, group in groupby(card.parts, _kind):
        parts = list(group)
        if kind == "rich":
            rich = [one for part in parts if isinstance(part, Paragraph) for one in _rich(part)]
            made += [{"type": "rich_text", "elements": rich}] if rich else []
            continue
        drawn = [block for part in parts for block in _blocks(part)]
        made += _gathered(drawn) if kind == ParagraphStyle.SMALL else drawn
    end = [*takewhile(lambda block: block["type"] == "actions", reversed(made))][::-1]
    return made if len(made) <= most else made[: most - len(end)] + end


def _gathered(small: Iterable[Block]) -> list[Block]:
    """Merge context blocks of plain text into one with a line for each, as far as they fit."""
    made: list[Block] = []
    for block in small:
        last = made[-1]["elements"] if made else []
        kinds = [one["type"] for one in (*last, *block["elements"])]
        if kinds == ["plain_text", "plain_text"]:
            words = f"{last[0]['text']}\n{block['elements'][0]['text']}"
            if len(words) <= TEXT:
                made[-1] = {"type": "context", "elements": [plain(words)]}
                continue
        made.append(block)
    return made


def summary(card: Card) -> str:
    """The text of a notification, escaped as mrkdwn."""
    return escaped(truncate(card.summary, SUMMARY))


def files(card: Card) -> list[Attached]:
    """The attached files of the card."""
    return [part for part in card.parts if isinstance(part, Attached)]


def _kind(part: Part) -> str:
    """The kind of a part; consecutive paragraphs of kind `rich` share one rich text block."""
    if isinstance(part, Paragraph):
        return "rich" if part.shape in (ParagraphStyle.TEXT, ParagraphStyle.QUOTE) else part.shape.value
    return type(part).__name__


def _blocks(part: Part) -> Iterator[Block]:
    match part:
        case Paragraph(shape=ParagraphStyle.HEADING):
            if any(span.link for span in part.spans):
                yield {"type": "rich_text", "elements": [*_rich(part)]}
            else:
                yield {"type": "header", "text": plain(truncate(visible(part.text), HEADER))}
        case Paragraph():
            yield {"type": "context", "elements": list(_small(part))[:ELEMENTS]}
        case Divider():
            yield {"type": "divider"}
        case Buttons(buttons):
            drawn = [_button(one, place) for place, one in enumerate(buttons)]
            for start in range(0, len(drawn), ROW):
                yield {"type": "actions", "elements": drawn[start : start + ROW]}
        case Menu():
            yield _menu(part)


def plain(words: str) -> Block:
    """A plain text object, in which nothing is parsed."""
    return {"type": "plain_text", "text": visible(words) or " ", "emoji": False}


def _rich(paragraph: Paragraph) -> Iterator[Block]:
    """The rich text element of a paragraph; none for an invisible quote."""
    elements = [element for span in paragraph.spans for element in _element(span)]
    if paragraph.shape is not ParagraphStyle.QUOTE:
        yield {"type": "rich_text_section", "elements": elements or [{"type": "text", "text": " "}]}
    elif elements := _stripped(elements):
        yield {"type": "rich_text_quote", "elements": elements}


def _element(span: Span) -> Iterator[Block]:
    stamp = _stamp(span)
    if stamp is not None:
        yield {
            "type": "date",
            "timestamp": stamp,
            "format": DATES[span.style],
            "fallback": visible(span.text) or " ",
        }
        return
    words = label(span.text, span.link) if span.link else visible(span.text)
    if not words:
        return
    style = {name: True for name, there in (("bold", span.bold), ("code", span.code)) if there}
    made: Block = (
        {"type": "link", "url": span.link, "text": words} if span.link else {"type": "text", "text": words}
    )
    yield made | ({"style": style} if style else {})


def _stamp(span: Span) -> int | None:
    """The span's time in seconds since 1970; None if it has none, or one before 1970, which Slack can't show.

    Midnight UTC stands for a day without a time; its noon is on the same day in all zones from -12 to +11.
    """
    if span.moment is None or (stamp := int(span.moment.timestamp())) < 0:
        return None
    return stamp + 12 * 3600 if is_day(span.moment) and span.style != "minute" else stamp


def _stripped(elements: Sequence[Block]) -> list[Block]:
    """The elements of a quote without the white space around it."""
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
    """The context elements of a paragraph: plain text for words, and mrkdwn for links and dates with the
    punctuation after them."""
    for marked, run in groupby(_told_apart(paragraph.spans), lambda pair: pair[0]):
        spans = [span for _, span in run]
        if marked:
            words = "".join(_marked(span) for span in spans).strip()
            yield {"type": "mrkdwn", "text": words, "verbatim": True}
        elif words := visible("".join(span.text for span in spans)).strip():
            yield plain(words)


def _told_apart(spans: Sequence[Span]) -> Iterator[tuple[bool, Span]]:
    """Each span with whether it is rendered as mrkdwn."""
    marked = False
    for span in spans:
        marked = bool(_stamp(span) or span.link) or (marked and bool(_SIGNS.fullmatch(span.text)))
        yield marked, span


def _marked(span: Span) -> str:
    if stamp := _stamp(span):
        return f"<!date^{stamp}^{DATES[span.style]}|{escaped(span.text).replace('|', ' ')}>"
    return link(span.text, span.link) if span.link else span.text


def _button(button: Button, place: int) -> Block:
    words = truncate(" ".join(part for part in (button.emoji, button.label) if part), LABEL)
    # Emoji names are only resolved in buttons without a label, as a label may contain untrusted text.
    made: Block = {"type": "button", "text": plain(words) | {"emoji": not button.label}}
    if button.url:
        # Slack also sends an event with this id when a link is opened.
        return made | {"url": button.url, "action_id": f"open:{place}"}
    made["action_id"] = str(button.press)
    if button.emphasis in STYLES:
        made["style"] = STYLES[button.emphasis]
    if button.hint:
        made["accessibility_label"] = truncate(button.hint, LABEL)
    return made


def option(text: str, value: str) -> Block:
    """An option of a menu."""
    return {"text": plain(truncate(text, LABEL)), "value": value}


def is_person(chosen: str) -> bool:
    """Whether a chosen id is a user's and not a user group's."""
    return chosen[:1] in ("U", "W")


def _menu(menu: Menu) -> Block:
    options = [option(text, value) for value, text in menu.options]
    chosen = [option for option in options if option["value"] in menu.chosen]
    element: Block = {"action_id": str(menu.press)}
    if menu.administrators:
        people = [one for one in menu.chosen if is_person(one)]
        element |= {"type": "multi_users_select", "max_selected_items": menu.most}
        element |= {"initial_users": people} if people else {}
    elif menu.most > 1:
        # Options are loaded while somebody types, as a list of long names would fill the message.
        element |= {"type": "multi_external_select", "min_query_length": 0, "max_selected_items": menu.most}
        element |= {"initial_options": chosen} if chosen else {}
    else:
        element |= {"type": "static_select", "options": options}
        element |= {"initial_option": chosen[0]} if chosen else {}
    return {"type": "section", "text": plain(truncate(menu.label, TEXT)), "accessory": element}
