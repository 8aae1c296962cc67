"""What the buttons under an answer show: the words around a quote, and why each was chosen."""

from dataclasses import replace

from bot.answers.excerpt import shortened
from bot.answers.wording import age, why_words
from bot.cards import source_line
from bot.cards.card import (
    Button,
    Buttons,
    Canvas,
    Card,
    Emphasis,
    Paragraph,
    Part,
    Shape,
    Span,
    Tone,
    markup,
    plain,
    truncate,
    within,
)
from bot.cards.press import Press
from bot.cards.quote_body import bold_quote, quote_body
from bot.chat.question_request import DeliveredAnswer, Surroundings
from bot.messages.catalogue import Messages
from bot.messages.headings import begins_line, unmarked


def context_card(around: Surroundings, messages: Messages, canvas: Canvas) -> Card:
    """A quote in bold among the sentences around it, and buttons for the other quotes' surroundings."""
    quote, record = around.quote, around.shown.record
    place = record.first + around.number - 1
    head = [markup(messages("context-title", number=place), Shape.HEADING), source_line.title(quote, canvas)]
    foot = source_line.source(quote, messages, record.query)
    room = canvas.room - sum(canvas.size(part) for part in (*head, foot))
    begins = begins_line(quote.article.text, quote.start - len(around.before))
    pieces = unmarked([(around.before, False), (quote.text, True), (around.after, False)], begins=begins)
    body = Paragraph(tuple(Span(piece, bold=bold) for piece, bold in pieces), Shape.QUOTE)
    if canvas.size(body) > room:
        fit = shortened(quote, room, lambda text: canvas.size(bold_quote(text)))
        body = quote_body(replace(fit, highlights=((fit.start, fit.end),)))
    parts: list[Part] = [*head, body, foot]
    if len(around.shown.quotes) > 1:
        parts.append(
            Buttons(
                tuple(
                    Button(
                        str(record.first + number - 1),
                        Press("around", record.id, str(number)),
                        emphasis=Emphasis.PRIMARY if number == around.number else Emphasis.PLAIN,
                    )
                    for number in range(1, len(around.shown.quotes) + 1)
                )
            )
        )
    return Card(Tone.NEUTRAL, tuple(parts))


def why_card(shown: DeliveredAnswer, messages: Messages, canvas: Canvas) -> Card:
    """Why each quote was chosen."""
    head = markup(messages("why-title"), Shape.HEADING)
    made = []
    for number, quote in enumerate(shown.quotes, shown.record.first):
        words = [why_words(quote, messages)]
        if quote.citation.published:
            query = shown.record.query
            old = age(quote.citation.published, query.asked_at, messages, query.zone)
            words.append(messages("why-age", age=old))
        if quote.also_in:
            words.append(messages("why-copies", count=len(quote.also_in)))
        name = truncate(quote.citation.title, source_line.TITLE_SHOWN)
        made += [plain(f"{number} · {name}", bold=True), plain(" ".join(words))]
    return Card(Tone.NEUTRAL, (head, *within(made, canvas.room - canvas.size(head), canvas)))
