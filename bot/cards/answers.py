"""Cards of answers: a pure function of an answer and the reader's language.

The best quote comes first: its words, its source and its date. The other quotes have a line each until
somebody asks for more.
"""

from collections.abc import Iterator
from dataclasses import replace

from bot.answers.ambiguous_name import ambiguous_name
from bot.answers.answer import Answer, NoAnswer, Quote
from bot.answers.disagreement import disagreement_words
from bot.answers.excerpt import CUT, LINE, at_once, line_of, shortened
from bot.answers.notes import notes
from bot.answers.timing import time_words
from bot.answers.wording import age, filter_words, missing_words, read_words, searched_words, why_words
from bot.cards import source_line
from bot.cards.answer_buttons import AnswerContext, answer_buttons
from bot.cards.card import (
    Canvas,
    Card,
    Divider,
    Paragraph,
    ParagraphStyle,
    Part,
    Tone,
    cut_at_word,
    markup,
    plain,
    truncate,
    within,
)
from bot.cards.quote_body import bold_quote, quote_body
from bot.chat.delivered_answer import DeliveredAnswer
from bot.messages.catalogue import Messages
from retrieval.question.followups.followup import asked_words
from retrieval.question.pronouns import person_in
from retrieval.question.query import Query

QUESTION_SHOWN = 160
"""The most characters about how an answer was searched, above and below it: two lines, four on a phone."""
READ_SHOWN = 120
"""The most characters about what was read from a question: three lines on a phone. It is removed as a
whole."""
ECHO_WHOLE = 100
"""The most characters of a question that is repeated whole above its answer: all measured ones except
MultiHop-RAG's."""
ECHO_SHOWN = 50
"""Characters of a longer question, which its asker knows; it is whole above an opened quote."""
SEEN = 700
"""The most characters that are shown at once: where Slack folds a message. If there are more, the words of
the other quotes are shortened, down to WORDS_LEAST of each."""
ASKED_SHOWN = 600
"""The most characters of a question above an opened quote: the longest measured ones have 400."""
WORDS_LEAST = 25
"""The least characters of a quote's words on a line: four words, below which they are of no use."""


def answer_card(shown: DeliveredAnswer, messages: Messages, context: AnswerContext, canvas: Canvas) -> Card:
    """The card of an answer, or that there is none, with its buttons; any text is fitted to the canvas."""
    answered = isinstance(shown.result, Answer)
    head = list(_head(shown, messages, context))
    foot = list(_foot(shown, messages, context))
    room = canvas.room - sum(canvas.size(part) for part in (*head, *foot))
    parts: list[Part] = [*head]
    said = sum(len(part.text) for part in (*head, *foot))
    for place, group in enumerate(_quotes(shown, messages, room, canvas, said)):
        # The quoted answer is separated from the lines of the others.
        divided = parts and answered and place <= shown.record.in_full
        parts += [Divider(), *group] if divided else group
    parts += foot
    return Card(
        Tone.FOUND if answered else Tone.MISSED,
        (*parts, *answer_buttons(shown, messages, context, canvas)),
    )


def _head(shown: DeliveredAnswer, messages: Messages, context: AnswerContext) -> Iterator[Paragraph]:
    record = shown.record
    if record.checked:
        yield markup(messages("checked"), ParagraphStyle.SMALL)
    if context.shared:
        yield plain(
            messages("shared-by", name=truncate(context.shared, source_line.NAME_SHOWN)), ParagraphStyle.SMALL
        )
    if context.question:
        yield plain(_echo(record.asked, whole=shown.opened > 0), bold=True)
    if record.goes_on:
        carried = truncate(_carried(record.query, record.asked), QUESTION_SHOWN)
        yield plain(messages("understood", question=carried), ParagraphStyle.SMALL)
    if shown.again:
        yield plain(messages("quotes-again"), ParagraphStyle.SMALL)
    for note in notes(shown.result, messages):
        yield plain(note, ParagraphStyle.SMALL)
    if isinstance(shown.result, NoAnswer):
        yield plain(messages("no-answer"), bold=True)
        yield plain(
            searched_words(record.searched, record.query, messages, context.names), ParagraphStyle.SMALL
        )
        if lacking := missing_words(shown.result.missing, messages):
            yield plain(lacking)
        if shown.quotes:
            yield markup(messages("nearest"))


def _echo(asked: str, *, whole: bool) -> str:
    """The question as it is repeated above its answer."""
    if whole or len(asked) <= ECHO_WHOLE:
        return truncate(asked, ASKED_SHOWN)
    return cut_at_word(asked, ECHO_SHOWN)


def _carried(query: Query, asked: str) -> str:
    """The words added to a question from the one before it and its answer."""
    own = asked_words(" ".join(asked.split())).strip()
    if person := person_in(own, query.reading):
        return ", ".join(filter(None, (person, query.text.removeprefix(query.reading).strip(" ,"))))
    return query.text.removeprefix(own).strip() or query.text


def _foot(shown: DeliveredAnswer, messages: Messages, context: AnswerContext) -> Iterator[Paragraph]:
    for words in disagreement_words(shown.result, messages):
        yield plain(truncate(words, QUESTION_SHOWN))
    if not shown.record.checked and (named := ambiguous_name(shown.result)):
        yield plain(messages("which-person", name=named.name, people=", ".join(named.people)))
    said = []
    if shown.gone:
        said.append(messages("gone", count=shown.gone))
    if isinstance(shown.result, Answer):
        if words := ", ".join(filter_words(shown.record.query, messages, context.names).values()):
            said.append(messages("only", filters=truncate(words, 2 * QUESTION_SHOWN)))
        # For a claim it would look like a probability that it is true.
        if not (shown.record.checked or shown.record.query.asks_yes_or_no):
            said.append(messages("confidence", percent=round(100 * shown.result.confidence)))
    said += time_words(shown.result, messages)
    if reading := read_words(shown.record.query, messages):
        said.append(cut_at_word(reading, READ_SHOWN))
    if said:
        yield plain(" · ".join(said), ParagraphStyle.SMALL)


def _quotes(
    shown: DeliveredAnswer, messages: Messages, room: int, canvas: Canvas, said: int
) -> Iterator[list[Paragraph]]:
    """Each quote with its citation, best first, as far as the room goes. The first quote of an answer, quotes
    that were requested with *More*, and the opened one have their words; the others have a line each. If
    several questions were asked, the first quote of each has its words. `said` is the number of characters of
    everything else."""
    answered, opened = isinstance(shown.result, Answer), shown.opened
    for place, quote in enumerate(shown.quotes):
        number = shown.record.first + place
        whole = opened == place + 1
        if whole or (answered and (shown.record.before or (place < shown.record.in_full and not opened))):
            group = _in_full(quote, shown, messages, room, canvas, number=number, whole=whole)
        else:
            bare = source_line.line(quote, messages, canvas, number, shown.record.query, CUT)
            share = (SEEN - said) // (len(shown.quotes) - place) - len(bare.text)
            limit = LINE if opened else min(max(share, WORDS_LEAST), LINE)
            words = line_of(quote, limit) if answered else ""
            group = [source_line.line(quote, messages, canvas, number, shown.record.query, words)]
        said += sum(len(part.text) for part in group)
        room -= sum(canvas.size(part) for part in group)
        if room < 0 and place:
            return
        yield group


def _in_full(
    quote: Quote,
    shown: DeliveredAnswer,
    messages: Messages,
    room: int,
    canvas: Canvas,
    *,
    number: int,
    whole: bool,
) -> list[Paragraph]:
    """A quote's words, title and source: the words that are shown at once, or the whole passage."""
    alone = number == 1 and not shown.opened
    around = [
        source_line.title(
            quote,
            canvas,
            None if alone else number,
            source_line.TITLE_FIRST if alone else source_line.TITLE_SHOWN,
        ),
        source_line.source(quote, messages, shown.record.query),
    ]
    room -= sum(canvas.size(part) for part in around)
    seen = at_once(quote)
    fit = _fitted(replace(quote, highlights=seen.highlights) if whole else seen, room, canvas)
    return [quote_body(fit), *around] if fit.text else around


def _fitted(quote: Quote, room: int, canvas: Canvas) -> Quote:
    """As much of the quote as fits when it is rendered with its highlights."""

    def measure(text: str) -> int:
        return canvas.size(bold_quote(text))

    fit = shortened(quote, room, measure)
    over = canvas.size(quote_body(fit)) - room  # each highlight takes extra room
    shorter = shortened(quote, room - over, measure) if over > 0 else fit
    return shorter if shorter.text else fit


def why_card(shown: DeliveredAnswer, messages: Messages, canvas: Canvas) -> Card:
    """Why each quote was chosen."""
    head = markup(messages("why-title"), ParagraphStyle.HEADING)
    made = []
    for number, quote in enumerate(shown.quotes, shown.record.first):
        query = shown.record.query
        words = [why_words(quote, query, messages)]
        if quote.citation.published:
            old = age(quote.citation.published, query.asked_at, messages, query.zone)
            words.append(messages("why-age", age=old))
        if quote.also_in:
            words.append(messages("why-copies", count=len(quote.also_in)))
        name = truncate(quote.citation.title, source_line.TITLE_SHOWN)
        made += [plain(f"{number} · {name}", bold=True), plain(" ".join(words))]
    return Card(Tone.NEUTRAL, (head, *within(made, canvas.room - canvas.size(head), canvas)))
