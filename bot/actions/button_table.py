"""The table of all buttons, menus and forms: what each does, and where its result is shown."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from functools import partial

from bot.actions import button_handlers as handlers
from bot.actions import corpus_handlers as corpus
from bot.actions import lookup_replies
from bot.actions import settings_panel as settings
from bot.actions import standing_handlers as standing
from bot.actions.call import ButtonPress
from bot.dispatch.job import Job, Made
from bot.dispatch.reply import Placement

FIELDS: Mapping[str, tuple[str, ...]] = {"reason": ("kind", "words"), "named-sources": ("names",)}
"""The fields of the forms, by their acts: a press has their values in this order, whatever the order in which
a platform sends them."""


@dataclass(frozen=True, slots=True)
class Button:
    """What a button does.

    `check` refuses before the press is acknowledged. A `counted` press is limited by a rate limit. `long` is
    whether it changes the corpus, which may take long.
    """

    handler: Callable[[ButtonPress], Awaitable[Made]]
    placement: Placement
    check: Callable[[ButtonPress], Awaitable[object]] | None = None
    counted: bool = True
    long: bool = False


BUTTONS: Mapping[str, Button | Callable[[ButtonPress], Job]] = {
    "more": Button(handlers.more, Placement.PRIVATE),
    "list": Button(lookup_replies.next_listed, Placement.PRIVATE),
    "reports": lookup_replies.reports,
    "context": Button(handlers.context, Placement.IN_PLACE),
    "actions": Button(handlers.actions, Placement.IN_PLACE),
    "fewer": Button(handlers.actions, Placement.IN_PLACE),
    "check": Button(handlers.check_again, Placement.PRIVATE),
    "why": Button(handlers.why, Placement.PRIVATE),
    "read": Button(handlers.article, Placement.PRIVATE),
    "page": Button(handlers.article, Placement.IN_PLACE),
    "up": Button(handlers.vote_up, Placement.PRIVATE),
    "down": Button(handlers.reason_form, Placement.FORM, counted=False),
    "reason": Button(handlers.vote_down, Placement.PRIVATE),
    "share": handlers.share,
    "dismiss": Button(handlers.dismiss, Placement.IN_PLACE, counted=False),
    "widen": Button(handlers.widen, Placement.IN_PLACE, counted=False),
    "cancel": Button(handlers.cancel, Placement.IN_PLACE),
    "add": Button(handlers.add, Placement.PRIVATE, counted=False, long=True),
    "corpus-status": Button(corpus.status, Placement.PRIVATE),
    "reload": Button(handlers.reload, Placement.IN_PLACE, counted=False, long=True),
    "follow": Button(standing.follow, Placement.PRIVATE, counted=False),
    "watch-manage": Button(standing.manage, Placement.PRIVATE),
    "watch-choose": Button(standing.choose, Placement.IN_PLACE),
    "watch-list": Button(standing.list_again, Placement.IN_PLACE),
    "watch-pause": Button(standing.pause, Placement.IN_PLACE),
    "watch-resume": Button(standing.resume, Placement.IN_PLACE, counted=False),
    "watch-remove": Button(standing.remove, Placement.IN_PLACE),
    "set": Button(settings.choose, Placement.IN_PLACE),
    "reset": Button(settings.reset, Placement.IN_PLACE),
    "name-sources": Button(settings.names_form, Placement.FORM, settings.check_names, counted=False),
    "named-sources": Button(settings.choose_named_sources, Placement.IN_PLACE),
}


def button_job(press: ButtonPress) -> Job | None:
    """The job of a press; None if its act is unknown."""
    button = BUTTONS.get(press.press.act)
    if not isinstance(button, Button):
        return button(press) if button else None

    async def work() -> Made:
        if button.counted:
            press.service.access.admit_look(press.request.caller)
        return await button.handler(press)

    check = partial(button.check, press) if button.check else None
    return Job(button.placement, work, check, long=button.long)
