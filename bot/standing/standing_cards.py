"""Cards of standing questions: one, a person's list, and a digest."""

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

LISTED = 25
"""Standing questions in a list: what a menu of Discord's holds."""
NAME_LISTED = 80
"""Characters of a question in a list: two lines of a phone."""
NAME_SHOWN = 300
"""Characters of a question by itself."""
NAME_CHOSEN = 75
"""Characters of a choice of a menu: Slack's."""


def name_words(standing: StandingQuestion, messages: Messages, limit: int = NAME_SHOWN) -> str:
    """What is waited for: “the question”, or everything new by a source."""
    if standing.kind is StandingKind.SOURCE:
        return messages("standing-source", name=truncate(standing.source, limit))
    if standing.kind is StandingKind.STORY:
        return messages("standing-story", question=truncate(standing.text, limit))
    return messages("standing-question", question=truncate(standing.text, limit))


def details(standing: StandingQuestion, messages: Messages, place: Venue) -> str:
    """Where and when it is posted, seen from that place."""
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
    """One standing question with its buttons, below the key of what is `said`; from a list there is a way
    back to it."""
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
    """Those that somebody sees from a place, numbered, with a menu to choose one."""
    head = markup(messages("standing-title"), ParagraphStyle.HEADING)
    how = markup(messages("standing-how"), ParagraphStyle.SMALL)
    if not found:
        return Card(Tone.MISSED, (head, markup(messages("standing-none")), how))
    room = canvas.room - canvas.size(head) - canvas.size(how)
    lines = within(
        (_line(number, one, messages, place) for number, one in enumerate(found[:LISTED], 1)), room, canvas
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
    """Below each posting, with its mark."""
    return Buttons((Button(messages("button-standing"), Press("watch-manage", standing.id, mark)),))


def posted_head(standing: StandingQuestion, messages: Messages) -> Paragraph:
    """What stands above an answer that nobody has just asked for."""
    key = "standing-new-story" if standing.kind is StandingKind.STORY else "standing-new"
    return markup(messages(key), ParagraphStyle.SMALL)


def digest_card(
    standing: StandingQuestion, cited: Sequence[Citation], mark: str, messages: Messages, canvas: Canvas
) -> Card:
    """The titles of all that is new for it, with links."""
    head: list[Part] = [
        markup(messages("standing-digest-title"), ParagraphStyle.SMALL),
        plain(name_words(standing, messages), bold=True),
    ]
    room = canvas.room - sum(canvas.size(part) for part in head if isinstance(part, Paragraph))
    lines = within((listed(one, "• ", messages, canvas) for one in cited), room, canvas)
    rest = len(cited) - len(lines)
    more = [markup(messages("standing-rest-articles", count=rest), ParagraphStyle.SMALL)] if rest else []
    return Card(Tone.FOUND, (*head, *lines, *more, manage_buttons(standing, mark, messages)))
