"""Handles the use of buttons, menus and forms on Slack."""

import re
from collections.abc import Sequence
from dataclasses import replace

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.actions.button_table import FIELDS, button_job
from bot.actions.call import ButtonPress
from bot.actions.settings_panel import administrators, choices
from bot.cards.administration.panel import GROUPS
from bot.cards.press import PREFIX, Press, read_press
from bot.chat.venue import Caller, Person
from bot.dispatch.dispatcher import Dispatcher
from bot.permissions.rights import may_administer
from bot.slack.api.interaction import Body, Interaction
from bot.slack.api.send import Sender
from bot.slack.drawing.forms import chosen_of, read_form
from bot.slack.drawing.render import LABEL, OFFERS, is_person, option
from bot.slack.home_tab import HomeTab
from bot.slack.replies import InteractionReply, ReportReply
from bot.slack.requests import Requests

OURS = rf"{PREFIX}:.*"
OPENED = r"(?s:open:.*)"
FORMS = rf"{PREFIX}:(?!asked:).*"
OFFERED = rf"{PREFIX}:set:[^:]*:(?:{GROUPS}|collections|sources)"
"""Patterns of the ids of our buttons, of link buttons, of forms, and of the menus whose options are loaded
while somebody types."""
SETTINGS = frozenset({"set", "reset", "name-sources", "named-sources"})
"""Actions that show the settings, and need the names of the workspace's user groups."""
CHANGES = frozenset({"add", "reload"})
"""Actions that change the corpus, and need the person's user groups to check their rights."""


class ButtonHandlers:
    """Runs presses through the button table of all platforms, with the current rights of the person."""

    def __init__(self, dispatcher: Dispatcher, requests: Requests, sender: Sender, home: HomeTab) -> None:
        """`home` is published again after a press in App Home."""
        self._dispatcher = dispatcher
        self._requests = requests
        self._sender = sender
        self._home = home

    def register(self, app: AsyncApp) -> None:
        """Register the listeners."""
        app.action(re.compile(OURS))(self._pressed)
        app.action(re.compile(OPENED))(self._opened)
        app.view(re.compile(FORMS))(self._sent)
        app.options(re.compile(OFFERED))(self._offer)

    async def _opened(self) -> None:
        """A link button was used: there is nothing to do."""

    async def _pressed(self, body: Body) -> None:
        action, used = body["actions"][0], Interaction.of(body)
        event = f"{used.trigger}/{action.get('action_ts')}"
        await self._run(event, used, read_press(str(action.get("action_id"))), chosen_of(action))

    async def _sent(self, body: Body) -> None:
        """A form was submitted: its result is shown where it was opened."""
        used, fields = Interaction.of_form(body), read_form(body["view"])
        press = read_press(str(body["view"].get("callback_id")))
        values = [fields.get(name, "") for name in FIELDS.get(press.act, ())] if press else []
        await self._run(used.trigger, used, press, values)

    async def _run(self, event: str, used: Interaction, press: Press | None, values: Sequence[str]) -> None:
        if press is None:
            return
        settings = press.act in SETTINGS
        request = await self._requests.of(used, groups=settings or press.act in CHANGES)
        # An ephemeral message can't be changed for as long as a page may take to fetch.
        reply = (
            ReportReply(self._sender, request, used)
            if press.act == "add"
            else InteractionReply(self._sender, request, used, self._home.publish)
        )
        pressed = ButtonPress(
            self._dispatcher.service,
            self._dispatcher.profile,
            request,
            reply,
            press,
            values,
            used.channel_name,
            await self._requests.directory.groups() if settings else None,
            hidden=used.ephemeral,
        )
        if job := button_job(_with_administrators(pressed)):
            await self._dispatcher.run(event, request, reply, job)

    async def _offer(self, ack: AsyncAck, body: Body) -> None:
        """Send the options of a settings menu that contain the typed text, to those who may change the
        setting."""
        used, press, access = (
            Interaction.of(body),
            read_press(str(body.get("action_id"))),
            self._dispatcher.service.access,
        )
        if press is None or not access.offers(Caller(self._requests.venue(""), Person(used.user, ""))):
            await ack(options=[])
            return
        request = await self._requests.of(used, groups=True)
        found: list[tuple[str, str]] = []
        if may_administer(request.person, access.preferences(request.venue)):
            if press.argument == GROUPS:
                found += [(name, one) for one, name in (await self._requests.directory.groups()).items()]
            else:
                names = choices(self._dispatcher.service, press.argument, request.venue)
                found += [(name, name) for name in names]
        wanted = str(body.get("value") or "").casefold().strip()
        fit = [(name, one) for name, one in found if wanted in name.casefold() and len(one) <= LABEL]
        await ack(options=[option(name, one) for name, one in fit[:OFFERS]])


def _with_administrators(pressed: ButtonPress) -> ButtonPress:
    """Merge the two menus for administrators, people and groups, into their one setting: a choice in one menu
    keeps the other's."""
    name = pressed.press.argument
    if pressed.press.act != "set" or name not in (GROUPS, "admin_roles"):
        return pressed
    others = [one for one in administrators(pressed) if is_person(one) == (name == GROUPS)]
    press = Press("set", pressed.press.subject, "admin_roles")
    return replace(pressed, press=press, values=[*others, *pressed.values])
