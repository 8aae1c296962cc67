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
"""Characters of what narrowed a list."""


def listing_card(
    listing: Listing,
    answer_id: str,
    messages: Messages,
    canvas: Canvas,
    names: Mapping[str, str] | None = None,
) -> Card:
    """How many articles there are, and a line for each of those listed; `answer_id` is what is kept of it,
    empty if nothing could be. `names` maps the sources it was narrowed to to how they are written."""
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
    """That a page whose address was pasted is not in the corpus; for who may add it, with a button that does,
    or the command where nothing is kept (`answer_id` is empty) that the button could go by."""
    parts: list[Part] = [markup(messages("page-absent"))]
    if administers and answer_id:
        parts.append(Buttons((Button(messages("button-add"), Press("add", answer_id)),)))
    elif administers:
        parts.append(markup(messages("page-add"), ParagraphStyle.SMALL))
    return Card(Tone.MISSED, tuple(parts))
