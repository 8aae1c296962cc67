"""What happens when a button under an answer is pressed, weeks later too, on every platform."""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.cards.answers import context_card, why_card
from bot.cards.articles import article_card
from bot.cards.card import Canvas, Card
from bot.cards.notices import notice
from bot.cards.panel import Panel, panel_card, read_choice
from bot.cards.press import Press
from bot.chat.preferences import Answers, Changes
from bot.chat.question_request import DeliveredAnswer
from bot.chat.refusal import Refusal
from bot.chat.venue import Person, Venue
from bot.community_admin.audit_log import AdminAction
from bot.desk import browse
from bot.messages.catalogue import Messages
from bot.service.service import Service

REASONS = ("wrong", "old", "source", "missing", "other")
"""What can be wrong with an answer."""
REASON_LIMIT = 500
"""Characters of what a person writes about it."""
NAMES_LIMIT = 2000
"""Characters of the sources' names that are typed."""
FIELDS: Mapping[str, tuple[str, ...]] = {"reason": ("kind", "words"), "named-sources": ("names",)}
"""The fields of the forms that are sent in, by their acts: a turn has their values in this order, whatever
the order in which a platform sends them."""

_COMMA = re.compile(r"[,，、]")
"""What stands between names, in a reader's own writing."""


class Way(StrEnum):
    """Where what comes of a press is shown."""

    ASIDE = "aside"
    """In a new message for who pressed, alone."""
    IN_PLACE = "in place"
    """In the place of the message that was pressed; failures in a new one, as with ASIDE."""


@dataclass(frozen=True, slots=True)
class ButtonPress:
    """A press: where, by whom, in which words, and on what. `values` are what was chosen or typed."""

    press: Press
    venue: Venue
    person: Person
    messages: Messages
    canvas: Canvas
    values: Sequence[str] = ()
    channel: str = ""
    """How the channel that it is about is called, where it is about one."""
    groups: Mapping[str, str] | None = None
    """The names, by id, of the community's groups of people, where the platform has any beside roles."""


Work = Callable[[ButtonPress], Awaitable[Card | DeliveredAnswer]]


class Actions:
    """The acts that need nothing of a platform but showing a card. Each looks anew at who may see what."""

    def __init__(self, service: Service, *, hears_everything: bool) -> None:
        """The service must be open; `hears_everything` is whether the platform tells the bot of messages that
        do not name it."""
        self._service = service
        self._questions = service.questions
        self._hears_everything = hears_everything
        ways: dict[str, tuple[Way, Work]] = {
            "more": (Way.ASIDE, self._more),
            "context": (Way.ASIDE, self._context),
            "around": (Way.IN_PLACE, self._context),
            "why": (Way.ASIDE, self._why),
            "read": (Way.ASIDE, self._article),
            "page": (Way.IN_PLACE, self._article),
            "up": (Way.ASIDE, self._up),
            "reason": (Way.ASIDE, self._reason),
            "cancel": (Way.IN_PLACE, self._cancel),
            "set": (Way.IN_PLACE, self._set),
            "reset": (Way.IN_PLACE, self._reset),
            "named-sources": (Way.IN_PLACE, self._named_sources),
        }
        self.ways = {act: (way, self._paced(work)) for act, (way, work) in ways.items()}

    def _paced(self, work: Work) -> Work:
        async def counted(turn: ButtonPress) -> Card | DeliveredAnswer:
            self._service.access.admit_look(turn.venue, turn.person)
            return await work(turn)

        return counted

    async def _more(self, turn: ButtonPress) -> Card | DeliveredAnswer:
        found = await self._questions.more(turn.press.subject, turn.venue, turn.person)
        return found or notice(turn.messages("nothing-more"))

    async def _context(self, turn: ButtonPress) -> Card:
        number = turn.press.argument
        around = await self._service.stored_answers.context(
            turn.press.subject, turn.venue, int(number) if number.isdecimal() else 1
        )
        return context_card(around, turn.messages, turn.canvas)

    async def _why(self, turn: ButtonPress) -> Card:
        shown = await self._service.stored_answers.open(turn.press.subject, turn.venue)
        if not shown.quotes:
            raise Refusal("quotes-gone")
        return why_card(shown, turn.messages, turn.canvas)

    async def _article(self, turn: ButtonPress) -> Card:
        number = turn.press.argument.partition("-")[0]
        article = await self._service.browsing.article_of_key(turn.venue, turn.press.subject)
        return article_card(article, int(number) if number.isdecimal() else 1, turn.messages, turn.canvas)

    async def _up(self, turn: ButtonPress) -> Card:
        await self._service.stored_answers.vote(turn.press.subject, turn.venue, turn.person, helpful=True)
        return notice(turn.messages("vote-thanks"))

    async def _reason(self, turn: ButtonPress) -> Card:
        reason = ": ".join(part for part in turn.values if part)[: 2 * REASON_LIMIT]
        await self._service.stored_answers.vote(
            turn.press.subject, turn.venue, turn.person, helpful=False, reason=reason
        )
        return notice(turn.messages("vote-thanks"))

    async def _cancel(self, turn: ButtonPress) -> Card:
        return notice(turn.messages("cancelled"))

    # Settings

    async def panel(self, turn: ButtonPress) -> Card:
        """The panel of the channel that is the press's subject, or of the community where it is empty."""
        channel = turn.press.subject
        await self._service.admin_rights.check(
            AdminAction(turn.venue, turn.person, "settings", {"channel": channel})
        )
        return self._panel(turn)

    def _panel(self, turn: ButtonPress) -> Card:
        channel = turn.press.subject
        venue = self.settled_venue(turn)
        panel = Panel(
            changes=self._service.settings.chosen(venue, whole=not channel),
            collections=self._service.access.visible(venue),
            sources=self.sources(venue),
            channel=channel,
            name=turn.channel,
            groups=turn.groups,
        )
        return panel_card(panel, turn.messages)

    def settled_venue(self, turn: ButtonPress) -> Venue:
        """The venue whose settings the press is about."""
        return Venue(turn.venue.platform, turn.venue.community, turn.press.subject or turn.venue.channel)

    def sources(self, venue: Venue) -> list[str]:
        """The sources that may be chosen for a venue, whatever is chosen now."""
        scope, desk = self._service.access, self._service.desk
        names = scope.within(
            venue, scope.visible(venue), lambda names: browse.source_names(desk.held(names)).values()
        )
        return sorted(names, key=str.casefold)

    def names(self, setting: str, venue: Venue) -> Sequence[str]:
        """What may be chosen for a venue as `sources` or `collections`."""
        if setting == "sources":
            return self.sources(venue)
        return self._service.access.visible(venue)

    def administrators(self, turn: ButtonPress) -> tuple[str, ...]:
        """The roles, groups or people that were chosen to administer."""
        return self._service.settings.chosen(self.settled_venue(turn), whole=True).admin_roles or ()

    async def chosen_sources(self, turn: ButtonPress) -> tuple[str, ...]:
        """The sources that were chosen where the press is about, for a form to change them.

        Raises Refusal where the person may not change them: a press may be of anybody, whoever the button was
        shown to.
        """
        detail = {"channel": turn.press.subject}
        await self._service.admin_rights.check(AdminAction(turn.venue, turn.person, "settings", detail))
        chosen = self._service.settings.chosen(self.settled_venue(turn), whole=not turn.press.subject)
        return chosen.sources or ()

    async def _set(self, turn: ButtonPress) -> Card:
        name, _, value = turn.press.argument.partition("=")
        try:
            chosen = read_choice(name, [value] if value else turn.values)
        except ValueError as error:
            raise Refusal("bad-choice") from error
        return await self._choose(turn, chosen)

    async def _reset(self, turn: ButtonPress) -> Card:
        return await self._choose(turn, dict.fromkeys(Changes.__dataclass_fields__, None))

    async def _named_sources(self, turn: ButtonPress) -> Card:
        wanted = [name.strip() for name in _COMMA.split(",".join(turn.values)) if name.strip()]
        known = {name.casefold(): name for name in self.sources(self.settled_venue(turn))}
        for name in wanted:
            if name.casefold() not in known:
                raise Refusal("unknown-source", name=name, near=", ".join(sorted(known.values())[:5]))
        names = tuple(known[name.casefold()] for name in wanted)
        return await self._choose(turn, {"sources": names or None})

    async def _choose(self, turn: ButtonPress, chosen: dict[str, object]) -> Card:
        channel = turn.press.subject
        detail = {"channel": channel, **chosen}
        await self._service.admin_rights.check(AdminAction(turn.venue, turn.person, "settings", detail))
        if chosen.get("answers") is Answers.EVERYTHING and not self._hears_everything:
            raise Refusal("everything-unavailable")
        try:
            await self._service.settings.choose(self.settled_venue(turn), chosen, whole=not channel)
        except ValueError as error:
            raise Refusal("bad-choice") from error
        await self._service.audit_log.record(AdminAction(turn.venue, turn.person, "settings", detail), "done")
        return self._panel(turn)
