"""The card of an answer's rechecked quotes, with both wordings if one changed."""

from collections import Counter
from collections.abc import Iterator, Sequence

from bot.answers.rechecking import QuoteCheck, QuoteStatus, differences
from bot.cards import source_line
from bot.cards.card import (
    Canvas,
    Card,
    Paragraph,
    ParagraphStyle,
    Span,
    Tone,
    markup,
    plain,
    truncate,
    usable,
    within,
)
from bot.messages.catalogue import Messages
from bot.messages.readable import readable
from retrieval.text.sentences import Span as Extent
from retrieval.text.sentences import sentence_spans

WORDING_SHOWN = 600
"""The most characters of a wording: an answer shows 700 of all its quotes at once."""


def recheck_card(checks: Sequence[QuoteCheck], first: int, messages: Messages, canvas: Canvas) -> Card:
    """The result for each quote; the first quote has the number `first`."""
    counts = Counter(check.status for check in checks)
    summary = " · ".join(
        messages(f"check-count-{status.value}", count=counts[status])
        for status in QuoteStatus
        if counts[status]
    )
    head = [markup(messages("check-title"), ParagraphStyle.HEADING), plain(summary, ParagraphStyle.SMALL)]
    room = canvas.room - sum(canvas.size(part) for part in head)
    made = [
        part for number, check in enumerate(checks, first) for part in _check(check, number, messages, canvas)
    ]
    stays = counts[QuoteStatus.CHANGED] + counts[QuoteStatus.WITHDRAWN] == 0
    return Card(Tone.FOUND if stays else Tone.MISSED, (*head, *within(made, room, canvas)))


def _check(check: QuoteCheck, number: int, messages: Messages, canvas: Canvas) -> Iterator[Paragraph]:
    title = truncate(check.title, source_line.TITLE_SHOWN)
    source = f" · {truncate(check.source, source_line.NAME_SHOWN)}" if check.source else ""
    link = usable(canvas, check.article.url) if check.article else None
    yield Paragraph((Span(f"{number} · "), Span(title, bold=True, link=link), Span(source)))
    yield plain(messages(f"check-{check.status.value}"))
    if check.status is QuoteStatus.MOVED and check.article:
        yield source_line.byline(check.article, messages)
    if check.status is QuoteStatus.CHANGED and check.was:
        old, new = differences(check.was, check.words) if check.words else ([], [])
        yield plain(messages("check-was"), ParagraphStyle.SMALL)
        yield _wording(check.was, old)
        yield plain(messages("check-now" if check.words else "check-nothing-like-it"), ParagraphStyle.SMALL)
        if check.words:
            yield _wording(check.words, new)


def _wording(text: str, changed: Sequence[Extent]) -> Paragraph:
    """The changed sentences of a text, with the changes in bold; the whole text if nothing changed."""
    begin, stop = _changed_sentences(text, changed)
    pieces: list[tuple[str, bool]] = []
    at = begin
    for start, end in changed:
        pieces += [(text[at:start], False), (text[start:end], True)]
        at = end
    pieces.append((text[at:stop], False))
    spans, room = [], WORDING_SHOWN
    for piece, bold in readable([piece for piece in pieces if piece[0]]):
        if piece and room > 0:
            spans.append(Span(piece if len(piece) <= room else f"{piece[: room - 1]}…", bold=bold))
            room -= len(piece)
    return Paragraph(tuple(spans), ParagraphStyle.QUOTE)


def _changed_sentences(text: str, changed: Sequence[Extent]) -> Extent:
    """The span from the first changed sentence to the last."""
    touched = [
        (start, end)
        for start, end in sentence_spans(text, "und")
        if any(first < end and start < last for first, last in changed)
    ]
    if not touched:
        return 0, len(text)
    return min(touched[0][0], changed[0][0]), max(touched[-1][1], changed[-1][1])
