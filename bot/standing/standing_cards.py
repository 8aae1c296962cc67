"""Cards of standing questions: one question, a person's list, and a digest."""

from collections.abc import Sequence

from bot.answers.answer import Citation
from bot.cards.card import (
    Button,
    Buttons,
    Canvas,
    Card,
    Emphasis,
    Menu,
    Paragraph,
    ParagraphStyle,
    Part,
    Span,
    Tone,
    markup,
    plain,
    truncate,
    within,
)
from bot.cards.press import Press
from bot.cards.source_line import listed
from bot.chat.posting_pace import quiet_words
from bot.chat.standing_question import StandingKind, StandingQuestion
from bot.chat.venue import Venue
from bot.messages.catalogue import Messages

QUESTIONS_LISTED = 25
"""The most standing questions in a list, as many as a menu of Discord has options."""
NAME_LISTED = 80
"""Characters of a question in a list: two lines on a phone."""
NAME_SHOWN = 300
"""Characters of a question in a card of its own."""
NAME_CHOSEN = 75
"""Characters of a menu option: Slack's limit."""


def name_words(standing: StandingQuestion, messages: Messages, limit: int = NAME_SHOWN) -> str:
    """What a standing question waits for: the question in quotation marks, or everything new from a
    source."""
    if standing.kind is StandingKind.SOURCE:
        return messages("standing-source", name=truncate(standing.source, limit))
    if standing.kind is StandingKind.STORY:
        return messages("standing-story", question=truncate(standing.text, limit))
    return messages("standing-question", question=truncate(standing.text, limit))


def details(standing: StandingQuestion, messages: Messages, place: Venue) -> str:
    """Where and when a standing question is posted, as shown in `place`."""
    pace = standing.pace
    said = []
    if standing.directly:
        said.append(messages("standing-directly"))
    elif standing.venue.room != place.room:
        said.append(messages("standing-elsewhere"))
    said.append(messages("standing-digest") if pace.digest else messages("standing-daily", count=pace.daily))
    if pace.quiet:
        said.append(messages("standing-quiet", hours=quiet_words(pace.quiet), zone=pace.zone))
    if standing.paused:
        said.append(messages(f"standing-paused-{standing.paused}"))
    return " · ".join(said)


def standing_card(
    standing: StandingQuestion, messages: Messages, place: Venue, *, said: str = "", listed: bool = False
) -> Card:
    """One standing question with its buttons, below the message with the key `said`; if it was opened from a
    list, with a button back to it."""
    buttons = [
        Button(messages("button-resume"), Press("watch-resume", standing.id), emphasis=Emphasis.PRIMARY)
        if standing.paused
        else Button(messages("button-pause"), Press("watch-pause", standing.id)),
        Button(messages("button-unwatch"), Press("watch-remove", standing.id), emphasis=Emphasis.DANGER),
    ]
    if listed:
        buttons.append(Button(messages("button-watched"), Press("watch-list")))
    head = [plain(messages(said))] if said else []
    return Card(
        Tone.NEUTRAL,
        (
            *head,
            plain(name_words(standing, messages), bold=True),
            plain(details(standing, messages, place), ParagraphStyle.SMALL),
            Buttons(tuple(buttons)),
        ),
    )


def standing_list_card(
    found: Sequence[StandingQuestion], messages: Messages, canvas: Canvas, place: Venue
) -> Card:
    """The standing questions that a person sees in a place, numbered, with a menu to choose one."""
    head = markup(messages("standing-title"), ParagraphStyle.HEADING)
    how = markup(messages("standing-how"), ParagraphStyle.SMALL)
    if not found:
        return Card(Tone.MISSED, (head, markup(messages("standing-none")), how))
    room = canvas.room - canvas.size(head) - canvas.size(how)
    lines = within(
        (_line(number, one, messages, place) for number, one in enumerate(found[:QUESTIONS_LISTED], 1)),
        room,
        canvas,
    )
    options = tuple(
        (one.id, truncate(f"{number} · {one.name}", NAME_CHOSEN))
        for number, one in enumerate(found[: len(lines)], 1)
    )
    rest = len(found) - len(lines)
    more = [markup(messages("standing-rest", count=rest), ParagraphStyle.SMALL)] if rest else []
    menu = Menu(messages("standing-choose"), Press("watch-choose"), options)
    return Card(Tone.NEUTRAL, (head, *lines, *more, menu, how))


def _line(number: int, one: StandingQuestion, messages: Messages, place: Venue) -> Paragraph:
    name = name_words(one, messages, NAME_LISTED)
    return Paragraph((Span(f"{number} · {name}", bold=True), Span(f" · {details(one, messages, place)}")))


def manage_buttons(standing: StandingQuestion, mark: str, messages: Messages) -> Buttons:
    """The button below each posting, with its mark."""
    return Buttons((Button(messages("button-standing"), Press("watch-manage", standing.id, mark)),))


def posted_head(standing: StandingQuestion, messages: Messages) -> Paragraph:
    """The line above an answer that is posted for a standing question."""
    key = "standing-new-story" if standing.kind is StandingKind.STORY else "standing-new"
    return markup(messages(key), ParagraphStyle.SMALL)


def digest_card(
    standing: StandingQuestion, cited: Sequence[Citation], mark: str, messages: Messages, canvas: Canvas
) -> Card:
    """The titles of all new articles for a standing question, with links."""
    head: list[Part] = [
        markup(messages("standing-digest-title"), ParagraphStyle.SMALL),
        plain(name_words(standing, messages), bold=True),
    ]
    room = canvas.room - sum(canvas.size(part) for part in head if isinstance(part, Paragraph))
    lines = within((listed(one, "• ", messages, canvas) for one in cited), room, canvas)
    rest = len(cited) - len(lines)
    more = [markup(messages("standing-rest-articles", count=rest), ParagraphStyle.SMALL)] if rest else []
    return Card(Tone.FOUND, (*head, *lines, *more, manage_buttons(standing, mark, messages)))
