"""The settings panel of a community or a channel, and the choices made in it."""

from collections.abc import Sequence

from bot.actions.call import ButtonPress
from bot.cards.administration.panel import Panel, panel_card, read_choice
from bot.cards.card import Card
from bot.cards.form import Field, Form
from bot.cards.press import Press
from bot.chat.preferences import AnswerPolicy, PreferenceChanges
from bot.chat.refusal import Refusal
from bot.chat.venue import Venue
from bot.community_admin.audit_log import AdminAction
from bot.service.service import Service
from corpus.lazy_pattern import lazy_pattern

NAMES_LIMIT = 2000
"""The most characters of typed names of sources."""

_COMMA = lazy_pattern(r"[,，、]")
"""Separators between names, in each writing system."""


async def show_panel(press: ButtonPress) -> Card:
    """The panel of the channel in the press's subject, or of the community if that is empty."""
    await _check(press)
    return _panel(press)


async def choose(press: ButtonPress) -> Card:
    """Store the choice in a menu of the panel."""
    name, _, value = press.press.argument.partition("=")
    try:
        chosen = read_choice(name, [value] if value else press.values)
    except ValueError as error:
        raise Refusal("bad-choice") from error
    return await _choose(press, chosen)


async def reset(press: ButtonPress) -> Card:
    """Reset all choices to the defaults."""
    return await _choose(press, dict.fromkeys(PreferenceChanges.__dataclass_fields__, None))


async def check_names(press: ButtonPress) -> None:
    """Raise Refusal if the person may not change the sources: anybody who sees the button may press it."""
    await _check(press)


async def names_form(press: ButtonPress) -> Form:
    """The form for the names of sources, with the current ones filled in."""
    messages, subject = press.request.messages, press.press.subject
    chosen = press.service.settings.chosen(press.settled_venue, whole=not subject).sources or ()
    field = Field(
        "names",
        messages("setting-sources-names"),
        value=", ".join(chosen)[:NAMES_LIMIT],
        limit=NAMES_LIMIT,
    )
    return Form(messages("sources-title"), Press("named-sources", subject), (field,))


async def choose_named_sources(press: ButtonPress) -> Card:
    """Store the sources whose names were typed into the form; all if there are none."""
    wanted = [name.strip() for name in _COMMA.split(",".join(press.values)) if name.strip()]
    known = {name.casefold(): name for name in sources(press.service, press.settled_venue)}
    for name in wanted:
        if name.casefold() not in known:
            raise Refusal("unknown-source", name=name, near=", ".join(sorted(known.values())[:5]))
    names = tuple(known[name.casefold()] for name in wanted)
    return await _choose(press, {"sources": names or None})


async def _choose(press: ButtonPress, chosen: dict[str, object]) -> Card:
    request, channel, service = press.request, press.press.subject, press.service
    detail = {"channel": channel, **chosen}
    await service.admin_rights.check(AdminAction(request.caller, "settings", detail))
    if chosen.get("answers") is AnswerPolicy.EVERYTHING and not press.profile.reads_messages:
        raise Refusal("everything-unavailable")
    try:
        await service.settings.choose(press.settled_venue, chosen, whole=not channel)
    except ValueError as error:
        raise Refusal("bad-choice") from error
    await service.audit_log.record(AdminAction(request.caller, "settings", detail), "done")
    return _panel(press)


async def _check(press: ButtonPress) -> None:
    request, detail = press.request, {"channel": press.press.subject}
    await press.service.admin_rights.check(AdminAction(request.caller, "settings", detail))


def _panel(press: ButtonPress) -> Card:
    channel, venue, service = press.press.subject, press.settled_venue, press.service
    panel = Panel(
        changes=service.settings.chosen(venue, whole=not channel),
        collections=service.access.visible(venue),
        sources=sources(service, venue),
        channel=channel,
        name=press.channel,
        groups=press.groups,
    )
    return panel_card(panel, press.request.messages)


def sources(service: Service, venue: Venue) -> list[str]:
    """The sources that can be chosen for a venue."""
    scope, desk = service.access, service.desk
    names = scope.within(venue, scope.visible(venue), desk.source_names)
    return sorted(names.values(), key=str.casefold)


def choices(service: Service, setting: str, venue: Venue) -> Sequence[str]:
    """The choices for the setting `sources` or `collections` in a venue."""
    return sources(service, venue) if setting == "sources" else service.access.visible(venue)


def administrators(press: ButtonPress) -> tuple[str, ...]:
    """The roles, groups or people that were chosen as administrators."""
    return press.service.settings.chosen(press.settled_venue, whole=True).admin_roles or ()
