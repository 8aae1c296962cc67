"""Answers as a chat shows them. Pure: from an answer and a reader's language to a card."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.answers.answer import Answer, NoAnswer, Quote
from bot.answers.excerpt import shortened
from bot.answers.timing import time_words
from bot.answers.wording import filter_words, missing_words, read_words, searched_words
from bot.cards import source_line
from bot.cards.articles import page_of
from bot.cards.card import (
    Button,
    Buttons,
    Canvas,
    Card,
    Divider,
    Emphasis,
    Paragraph,
    Part,
    Shape,
    Tone,
    markup,
    plain,
    truncate,
    usable,
)
from bot.cards.press import Press
from bot.cards.quote_body import bold_quote, quote_body
from bot.chat.article_key import article_key
from bot.chat.question_request import DeliveredAnswer
from bot.messages.catalogue import Messages
from corpus.text import host

QUESTION_SHOWN = 300
"""Characters of a question above its answer: three lines. It is no quote, so it may be cut."""
LEAST = 80
"""Characters of a quote that must at least fit for it to be shown: shorter, it says too little, and More
shows it."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Where an answer is shown: what is said above it and which buttons make sense under it.

    `question` is whether the question can't be seen otherwise; `shared` names who shows a private answer to
    all. `thread` offers to go on in a thread, `shareable` to show a private answer to all. `names` maps
    sources to how they are written.
    """

    question: bool = True
    shared: str = ""
    thread: bool = False
    shareable: bool = False
    names: Mapping[str, str] | None = None


def answer_card(shown: DeliveredAnswer, messages: Messages, frame: Frame, canvas: Canvas) -> Card:
    """An answer, or that there is none, with all its buttons; of any text within the canvas."""
    record, answered = shown.record, isinstance(shown.result, Answer)
    head = _head(shown, messages, frame)
    foot = _foot(shown, messages, frame)
    room = canvas.room - sum(canvas.size(part) for part in (*head, *foot))
    body = (
        _quotes(shown.quotes, record.first, messages, shown, room, canvas)
        if answered
        else _nearest(shown.quotes, messages, room, canvas)
    )
    parts: list[Part] = [*head]
    for group in body:
        parts += [Divider(), *group] if parts else group
    if foot:
        parts += [Divider(), *foot] if parts else foot
    opens = _opens(shown.quotes[: len(body)], record.first, messages, canvas)
    # Of an answer that could not be kept, nothing but its articles can be opened.
    done = (_acts(shown, messages, frame), _votes(shown, messages))
    for buttons in (_filters(shown, messages, frame), opens, *done) if shown.kept else (opens,):
        parts += [Buttons(tuple(buttons))] if buttons else []
    return Card(Tone.FOUND if answered else Tone.MISSED, tuple(parts))


def _head(shown: DeliveredAnswer, messages: Messages, frame: Frame) -> list[Paragraph]:
    record = shown.record
    parts = []
    if record.checked:
        parts.append(markup(messages("checked"), Shape.SMALL))
    if frame.shared:
        parts.append(
            plain(messages("shared-by", name=truncate(frame.shared, source_line.NAME_SHOWN)), Shape.SMALL)
        )
    if frame.question:
        parts.append(plain(truncate(record.asked, QUESTION_SHOWN), bold=True))
    if not record.checked and _words(record.query.text) != _words(record.asked):
        parts.append(
            plain(messages("understood", question=truncate(record.query.text, QUESTION_SHOWN)), Shape.SMALL)
        )
    if isinstance(shown.result, NoAnswer):
        parts.append(markup(messages("no-answer"), Shape.HEADING))
        parts.append(plain(searched_words(record.searched, record.query, messages, frame.names)))
        if lacking := missing_words(shown.result.missing, messages):
            parts.append(plain(lacking))
        if shown.quotes:
            parts.append(markup(messages("nearest"), Shape.SMALL))
    return parts


def _words(question: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in question).split()


def _foot(shown: DeliveredAnswer, messages: Messages, frame: Frame) -> list[Paragraph]:
    parts = []
    if shown.gone:
        parts.append(messages("gone", count=shown.gone))
    if isinstance(shown.result, Answer):
        if words := ", ".join(filter_words(shown.record.query, messages, frame.names).values()):
            parts.append(messages("only", filters=truncate(words, 2 * QUESTION_SHOWN)))
        parts.append(messages("confidence", percent=round(100 * shown.result.confidence)))
    parts += time_words(shown.result, messages)
    if reading := read_words(shown.record.query, messages):
        parts.append(messages("read-as", reading=truncate(reading, QUESTION_SHOWN)))
    return [plain(" · ".join(parts), Shape.SMALL)] if parts else []


def _quotes(
    quotes: Sequence[Quote], first: int, messages: Messages, shown: DeliveredAnswer, room: int, canvas: Canvas
) -> list[list[Paragraph]]:
    """Each quote with its citation, best first, shortened and then left out at the end for want of room."""
    query = shown.record.query
    around = [
        (source_line.title(quote, canvas, number), source_line.source(quote, messages, query, cut=True))
        for number, quote in enumerate(quotes, first)
    ]
    least = canvas.size(bold_quote("m" * LEAST))
    for count in range(len(quotes), 0, -1):
        left = room - sum(canvas.size(part) for pair in around[:count] for part in pair)
        if left < count * least and count > 1:
            continue
        made = []
        for place, (quote, (title, source)) in enumerate(zip(quotes[:count], around, strict=False)):
            fit = _fitted(quote, left // (count - place), canvas)
            group = [title]
            if fit.text:
                body = quote_body(fit)
                left -= canvas.size(body)
                group.append(body)
            group.append(source if fit.text != quote.text else source_line.source(quote, messages, query))
            made.append(group)
        return made
    return []


def _fitted(quote: Quote, room: int, canvas: Canvas) -> Quote:
    """As much of the quote as fits, drawn with its marks."""

    def measure(text: str) -> int:
        return canvas.size(bold_quote(text))

    fit = shortened(quote, room, measure)
    over = canvas.size(quote_body(fit)) - room  # each mark may cost what no text does
    shorter = shortened(quote, room - over, measure) if over > 0 else fit
    return shorter if shorter.text else fit


def _nearest(quotes: Sequence[Quote], messages: Messages, room: int, canvas: Canvas) -> list[list[Paragraph]]:
    made = []
    for number, quote in enumerate(quotes, 1):
        group = [source_line.title(quote, canvas, number), source_line.source(quote, messages)]
        room -= sum(canvas.size(part) for part in group)
        if room < 0:
            break
        made.append(group)
    return made


def _opens(quotes: Sequence[Quote], first: int, messages: Messages, canvas: Canvas) -> list[Button]:
    made = []
    for number, quote in enumerate(quotes, first):
        if address := usable(canvas, quote.citation.link, quote.citation.url):
            made.append(Button(messages("button-open", number=number, host=host(address)), url=address))
        else:
            # With the number, or two quotes of one page would give two buttons of one id.
            at = f"{page_of(quote, canvas)}-{number}"
            press = Press("read", article_key(quote.article), at)
            made.append(Button(messages("button-read", number=number), press))
    return made


def _filters(shown: DeliveredAnswer, messages: Messages, frame: Frame) -> list[Button]:
    words = filter_words(shown.record.query, messages, frame.names)
    if not shown.record.sources:
        words.pop("sources", None)  # the community's choice, which is not the reader's to take away
    made = [
        Button(
            messages("button-without", filter=truncate(filtered, 50)),
            Press("widen", shown.record.id, name),
            emoji="✖️",
        )
        for name, filtered in words.items()
    ]
    if read_words(shown.record.query, messages):
        made.append(Button(messages("button-as-asked"), Press("widen", shown.record.id, "read"), emoji="✖️"))
    if len(made) > 1:
        made.append(Button(messages("button-all"), Press("widen", shown.record.id, "filters")))
    return made


def _acts(shown: DeliveredAnswer, messages: Messages, frame: Frame) -> list[Button]:
    answer_id = shown.record.id
    made = []
    if shown.quotes:
        if isinstance(shown.result, Answer):
            made.append(Button(messages("button-more"), Press("more", answer_id)))
        made.append(Button(messages("button-context"), Press("context", answer_id, "1")))
        made.append(Button(messages("button-why"), Press("why", answer_id)))
    if frame.shareable:
        made.append(Button(messages("button-share"), Press("share", answer_id), emphasis=Emphasis.PRIMARY))
    if frame.thread:
        made.append(Button(messages("button-thread"), Press("thread", answer_id)))
    return made


def _votes(shown: DeliveredAnswer, messages: Messages) -> list[Button]:
    answer_id = shown.record.id
    made = [
        Button("", Press("up", answer_id), emoji="👍", hint=messages("helpful")),
        Button("", Press("down", answer_id), emoji="👎", hint=messages("not-helpful")),
    ]
    if not shown.record.private:
        made.append(Button(messages("button-dismiss"), Press("dismiss", answer_id)))
    return made
