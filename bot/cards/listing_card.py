"""Cards of counts and lists of articles, and of a page that is not in the corpus."""

from collections.abc import Mapping

from bot.answers.listing import Listing
from bot.answers.listing_wording import detail_words, title_words
from bot.cards import source_line
from bot.cards.card import (
    Button,
    Buttons,
    Canvas,
    Card,
    Paragraph,
    ParagraphStyle,
    Part,
    Tone,
    markup,
    plain,
    truncate,
    within,
)
from bot.cards.press import Press
from bot.messages.catalogue import Messages

DETAIL_SHOWN = 400
"""The most characters about the filters of a list."""


def listing_card(
    listing: Listing,
    answer_id: str,
    messages: Messages,
    canvas: Canvas,
    names: Mapping[str, str] | None = None,
) -> Card:
    """The count of articles, and a line for each listed one. `answer_id` is the stored list, empty if it
    could not be stored. `names` maps casefolded names of sources to the names as they are written."""
    head: list[Paragraph] = [plain(title_words(listing, messages), ParagraphStyle.HEADING)]
    if details := detail_words(listing, messages, names):
        head.append(plain(truncate(details, DETAIL_SHOWN), ParagraphStyle.SMALL))
    room = canvas.room - sum(canvas.size(part) for part in head)
    lines = within(
        (
            source_line.listed(cited, f"{number} · ", messages, canvas)
            for number, cited in enumerate(listing.cited, listing.first + 1)
        ),
        room,
        canvas,
    )
    buttons = []
    after = listing.first + len(lines)
    if answer_id and lines and after < listing.count:
        buttons.append(Button(messages("button-more"), Press("list", answer_id, str(after))))
    if answer_id and not listing.first:
        buttons.append(Button(messages("button-search"), Press("widen", answer_id, "read")))
    parts: list[Part] = [*head, *lines, *([Buttons(tuple(buttons))] if buttons else [])]
    return Card(Tone.FOUND if listing.count else Tone.MISSED, tuple(parts))


def absent_page_card(messages: Messages, answer_id: str, *, administers: bool) -> Card:
    """The message that a pasted address is not in the corpus; for administrators with a button that adds it,
    or with the command if nothing is stored for a button (`answer_id` is empty)."""
    parts: list[Part] = [markup(messages("page-absent"))]
    if administers and answer_id:
        parts.append(Buttons((Button(messages("button-add"), Press("add", answer_id)),)))
    elif administers:
        parts.append(markup(messages("page-add"), ParagraphStyle.SMALL))
    return Card(Tone.MISSED, tuple(parts))
