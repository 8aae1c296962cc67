"""The buttons under an answer: one row of the most used, and the others behind one of them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.answers.ambiguous_name import MEANT, ambiguous_name
from bot.answers.answer import Answer
from bot.answers.wording import filter_words, read_words
from bot.cards.articles import page_of
from bot.cards.card import Button, Buttons, Canvas, Emphasis, usable
from bot.cards.press import Press
from bot.chat.button_key import button_key
from bot.chat.delivered_answer import DeliveredAnswer
from bot.messages.catalogue import Messages

ROW = 5
"""The most buttons in a row, on Discord."""


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """Where an answer is shown, which determines what is above it and the buttons under it.

    `question` is whether the question can't be seen otherwise, and `shared` the name of the person who shares
    a private answer. `thread` offers a thread for follow-up questions, and `shareable` sharing a private
    answer. `names` maps casefolded names of sources to the names as they are written.
    """

    question: bool = True
    shared: str = ""
    thread: bool = False
    shareable: bool = False
    names: Mapping[str, str] | None = None


def answer_buttons(
    shown: DeliveredAnswer, messages: Messages, context: AnswerContext, canvas: Canvas
) -> list[Buttons]:
    """One row of at most ROW buttons, and a second part with all others if they were requested."""
    reads = list(_reads(shown, messages, canvas))
    if not shown.kept:  # only its articles can be opened
        return [Buttons(tuple(reads[:ROW]))] if reads else []
    row = list(_row(shown, messages, context, reads))
    rest = [
        one for one in _all(shown, messages, context, reads) if one.press not in {had.press for had in row}
    ]
    if rest:
        press = Press("fewer" if shown.all_buttons else "actions", shown.record.id)
        words = "button-fewer" if shown.all_buttons else "button-actions"
        row.append(Button("⋯", press, hint=messages(words)))
    made = [Buttons(tuple(row))] if row else []
    return [*made, Buttons(tuple(rest))] if shown.all_buttons and rest else made


def _row(
    shown: DeliveredAnswer, messages: Messages, context: AnswerContext, reads: list[Button]
) -> Iterator[Button]:
    """The buttons of the first row, with one place left for the button that shows the others."""
    wanted = [
        *_share(shown, messages, context),
        *_back(shown, messages, context)[-1:],
        *_people(shown),
        *([_check(shown, messages)] if shown.gone else ()),
        *_opening(shown, messages),
        *(one for one in reads[:1] if one.label == messages("button-read", number=shown.record.first)),
    ]
    wanted = wanted[: ROW - 1]
    votes = _votes(shown, messages)
    yield from wanted
    if len(wanted) + len(votes) < ROW:
        yield from votes


def _all(
    shown: DeliveredAnswer, messages: Messages, context: AnswerContext, reads: list[Button]
) -> Iterator[Button]:
    """All buttons in reading order."""
    yield from _share(shown, messages, context)
    yield from _back(shown, messages, context)
    yield from _people(shown)
    yield from _opening(shown, messages)
    yield from reads
    answer_id = shown.record.id
    if shown.quotes:
        yield Button(messages("button-why"), Press("why", answer_id))
    if shown.record.kept:
        yield _check(shown, messages)
    if not shown.record.checked and shown.record.subject is None:
        yield Button(messages("button-follow"), Press("follow", answer_id))
    if context.thread:
        yield Button(messages("button-thread"), Press("thread", answer_id))
    yield from _votes(shown, messages)
    if not shown.record.private:
        yield Button(messages("button-dismiss"), Press("dismiss", answer_id))


def _share(shown: DeliveredAnswer, messages: Messages, context: AnswerContext) -> Iterator[Button]:
    if context.shareable:
        press = Press("share", shown.record.id)
        yield Button(messages("button-share"), press, emphasis=Emphasis.PRIMARY)


def _back(shown: DeliveredAnswer, messages: Messages, context: AnswerContext) -> list[Button]:
    """Buttons that remove each filter, what was read from the question or added from the one before, and,
    last, all of these at once."""
    record = shown.record
    words = filter_words(record.query, messages, context.names)
    if not record.sources:
        words.pop("sources", None)  # the community's choice can't be removed by the reader
    made = [Button(messages(f"button-without-{name}"), Press("widen", record.id, name)) for name in words]
    if record.goes_on or read_words(record.query, messages):
        made.append(Button(messages("button-as-asked"), Press("widen", record.id, "read")))
    if len(made) > 1:
        made.append(Button(messages("button-all"), Press("widen", record.id, "filters")))
    return made


def _people(shown: DeliveredAnswer) -> Iterator[Button]:
    """Buttons that ask again about one of the people whom a family name may mean."""
    if not shown.record.checked and (named := ambiguous_name(shown.result)):
        for person in named.people:
            yield Button(person, Press("widen", shown.record.id, f"{MEANT}{person}"))


def _opening(shown: DeliveredAnswer, messages: Messages) -> Iterator[Button]:
    """Buttons for more quotes, and for the whole passage of one, or of the next one while one is open."""
    answer_id, count = shown.record.id, len(shown.quotes)
    if not count:
        return
    if shown.opened:
        yield Button(messages("button-close"), Press("context", answer_id, "0"), emphasis=Emphasis.PRIMARY)
        following = shown.opened % count + 1
        if following != shown.opened:
            words = messages("button-context-of", number=shown.record.first + following - 1)
            yield Button(words, Press("context", answer_id, str(following)))
    else:
        if isinstance(shown.result, Answer):
            yield Button(messages("button-more"), Press("more", answer_id))
        yield Button(messages("button-context"), Press("context", answer_id, "1"))


def _check(shown: DeliveredAnswer, messages: Messages) -> Button:
    """The button that checks whether the quoted words are still in their articles."""
    return Button(messages("button-check"), Press("check", shown.record.id))


def _reads(shown: DeliveredAnswer, messages: Messages, canvas: Canvas) -> Iterator[Button]:
    """Buttons that open the articles whose titles have no link."""
    for number, quote in enumerate(shown.quotes, shown.record.first):
        if not usable(canvas, quote.citation.link, quote.citation.url):
            # With the number, since two quotes of one page would otherwise have buttons with the same id.
            press = Press("read", button_key(quote.article), f"{page_of(quote, canvas)}-{number}")
            yield Button(messages("button-read", number=number), press)


def _votes(shown: DeliveredAnswer, messages: Messages) -> list[Button]:
    answer_id = shown.record.id
    return [
        Button("", Press("up", answer_id), emoji="👍", hint=messages("helpful")),
        Button("", Press("down", answer_id), emoji="👎", hint=messages("not-helpful")),
    ]
