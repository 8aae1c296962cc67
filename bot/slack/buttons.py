"""What happens when a button or a menu of a message is used, or a form is sent in."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.cards.answers import Frame
from bot.cards.notices import failure
from bot.cards.panel import GROUPS
from bot.cards.press import PREFIX, Press, read_press
from bot.chat.request import DeliveredAnswer
from bot.chat.venue import Venue
from bot.permissions.rights import may_administer
from bot.service.actions import FIELDS, Actions, ButtonPress, Way
from bot.service.dispatcher import undone
from bot.slack.admin import AdminHandlers
from bot.slack.dispatch import Dispatch, ReplyTarget, channel_name, user_of
from bot.slack.drawing.forms import chosen_of, names_form, read_form, read_note, reason_form
from bot.slack.drawing.render import CANVAS, LABEL, OFFERS, is_person, option
from corpus.errors import NewsdeskError

Body = dict[str, Any]
OURS = re.compile(rf"{PREFIX}:.*")
OFFERED = re.compile(rf"{PREFIX}:set:[^:]*:(?:{GROUPS}|collections|sources)")
"""The menus whose choices come while somebody types."""
SETTINGS = frozenset({"set", "reset", "name-sources", "named-sources"})
"""Acts for which it matters which groups somebody is in."""


class ButtonHandlers:
    """Carries out presses. Each looks anew at who presses and what they may."""

    def __init__(self, front: Dispatch, acts: Actions, keeping: AdminHandlers) -> None:
        """The front and the acts have what they work with."""
        self._front = front
        self._acts = acts
        self._keeping = keeping
        self._questions = front.service.questions
        self._own = {
            "share": self._share,
            "dismiss": self._dismiss,
            "widen": self._widen,
            "down": self._down,
            "name-sources": self._ask_names,
            "reload": self._reload,
        }

    def register(self, app: AsyncApp) -> None:
        """Listen for them."""
        app.action(OURS)(self._pressed)
        app.options(OFFERED)(self._offer)
        app.action(re.compile(r"open:.*", re.DOTALL))(self._opened)
        app.view(re.compile(rf"{PREFIX}:(?!asked:).*"))(self._sent)

    async def _opened(self, ack: AsyncAck) -> None:
        """An address was opened: nothing more is to be done."""
        await ack()

    async def _pressed(self, ack: AsyncAck, body: Body) -> None:
        await ack()
        action = body["actions"][0]
        press = read_press(str(action.get("action_id")))
        event = f"{body.get('trigger_id')}/{action.get('action_ts')}"
        if press is None or not await self._front.take(event):
            return
        turn = self._with_administrators(await self._turn(body, press, chosen_of(action)))
        if act := self._own.get(press.act):
            await act(body, turn)
            return
        way, work = self._acts.ways[press.act]
        frame = Frame(shareable=not turn.venue.alone)
        await self._front.pressed(
            body, lambda: work(turn), turn.messages, in_place=way is Way.IN_PLACE, frame=frame
        )

    async def _turn(self, body: Body, press: Press, values: list[str]) -> ButtonPress:
        groups = press.act in SETTINGS or press.act == "reload"
        person = await self._front.directory.person(str(body["user"]["id"]), groups=groups)
        venue = await self._venue(body)
        return ButtonPress(
            press,
            venue,
            person,
            self._front.say_in(venue, person.locale),
            CANVAS,
            values,
            channel_name(body.get("channel") or {}, "name"),
            await self._front.directory.groups() if press.act in SETTINGS else None,
        )

    def _with_administrators(self, turn: ButtonPress) -> ButtonPress:
        """People and groups that may administer are chosen in two menus, and kept in one setting: what is
        chosen in one leaves the other's."""
        name = turn.press.argument
        if turn.press.act != "set" or name not in (GROUPS, "admin_roles"):
            return turn
        others = [one for one in self._acts.administrators(turn) if is_person(one) == (name == GROUPS)]
        press = Press("set", turn.press.subject, "admin_roles")
        return replace(turn, press=press, values=[*others, *turn.values])

    async def _offer(self, ack: AsyncAck, body: Body) -> None:
        """What can be chosen in a menu of the settings, as far as it holds what was typed: for those who may
        choose."""
        if not self._front.offers(body):
            await ack(options=[])
            return
        wanted = str(body.get("value") or "").casefold().strip()
        press, venue = read_press(str(body.get("action_id"))), await self._venue(body)
        person = await self._front.directory.person(str(body["user"]["id"]), groups=True)
        found: list[tuple[str, str]] = []
        if not press or not may_administer(person, self._front.service.scope.preferences(venue)):
            pass
        elif press.argument == GROUPS:
            found += [(name, one) for one, name in (await self._front.directory.groups()).items()]
        else:
            found += [(name, name) for name in self._acts.names(press.argument, venue)]
        fit = [(name, one) for name, one in found if wanted in name.casefold() and len(one) <= LABEL]
        await ack(options=[option(name, one) for name, one in fit[:OFFERS]])

    async def _venue(self, body: Body) -> Venue:
        container = body.get("container") or {}
        channel = body.get("channel") or {"id": container.get("channel_id")}
        thread = container.get("thread_ts")
        return await self._front.venue_of(channel, user_of(body), str(thread) if thread else None)

    async def _share(self, body: Body, turn: ButtonPress) -> None:
        container = body.get("container") or {}
        where = ReplyTarget(
            turn.venue.channel,
            thread=str(container.get("thread_ts") or ""),
            address=str(body.get("response_url") or ""),
        )
        given: list[DeliveredAnswer] = []
        roots: list[str] = []

        async def undo() -> None:
            await self._questions.unshare(turn.press.subject, turn.venue)

        show = undone(self._front.show_in(where, turn.person.id, private=False), undo)
        show = self._front.listening(turn.venue, where, show, roots)

        async def work() -> DeliveredAnswer:
            given.append(await self._questions.share(turn.press.subject, turn.venue, turn.person))
            return given[0]

        frame = Frame(shared=turn.person.name)
        with self._front.under_way():
            await self._front.attempt(show, work, turn.messages, frame, self._front.aside(body))
            await self._front.go_on(turn.venue, given, roots)

    async def _dismiss(self, body: Body, turn: ButtonPress) -> None:
        async def work() -> None:
            await self._questions.check_dismiss(turn.press.subject, turn.venue, turn.person)
            await self._front.take_away(body)

        await self._front.pressed(body, work, turn.messages, in_place=False)

    async def _widen(self, body: Body, turn: ButtonPress) -> None:
        private = bool((body.get("container") or {}).get("is_ephemeral"))
        own = private or await self._questions.is_asker(turn.press.subject, turn.venue, turn.person)

        async def work() -> DeliveredAnswer:
            return await self._questions.widen(
                turn.press.subject, turn.venue, turn.person, turn.press.argument, private=private or not own
            )

        frame = Frame(shareable=(private or not own) and not turn.venue.alone)
        await self._front.pressed(body, work, turn.messages, in_place=own, frame=frame)

    async def _down(self, body: Body, turn: ButtonPress) -> None:
        form = reason_form(turn.messages, Press("reason", turn.press.subject), self._note(body))
        await self._front.client.views_open(trigger_id=str(body["trigger_id"]), view=form)

    async def _ask_names(self, body: Body, turn: ButtonPress) -> None:
        try:
            chosen = await self._acts.chosen_sources(turn)
        except NewsdeskError as error:
            await self._front.aside(body)(failure(self._front.excuse(error, turn.messages)))
            return
        form = names_form(
            turn.messages, Press("named-sources", turn.press.subject), self._note(body), ", ".join(chosen)
        )
        await self._front.client.views_open(trigger_id=str(body["trigger_id"]), view=form)

    async def _reload(self, body: Body, turn: ButtonPress) -> None:
        await self._keeping.confirmed(body, turn)

    def _note(self, body: Body) -> dict[str, str]:
        """What a form needs to answer where it was opened from."""
        container = body.get("container") or {}
        return {
            "channel": str(container.get("channel_id") or ""),
            "name": channel_name(body.get("channel") or {}, "name"),
            "place": str((body.get("channel") or {}).get("name") or ""),
            "thread": str(container.get("thread_ts") or ""),
            "message": str(container.get("message_ts") or ""),
            "ephemeral": "1" if container.get("is_ephemeral") else "",
            "address": str(body.get("response_url") or ""),
        }

    async def _sent(self, ack: AsyncAck, body: Body) -> None:
        await ack()
        view: Mapping[str, Any] = body["view"]
        press, note = read_press(str(view.get("callback_id"))), read_note(view)
        event = f"view/{view.get('id')}"
        if press is None or press.act not in self._acts.ways:
            return
        if not await self._front.take(event):
            return
        fields = read_form(view)
        person = await self._front.directory.person(str(body["user"]["id"]), groups=True)
        place = {"id": note.get("channel"), "name": note.get("place")}
        venue = await self._front.venue_of(place, person.id, note.get("thread") or None)
        turn = ButtonPress(
            press,
            venue,
            person,
            self._front.say_in(venue, person.locale),
            CANVAS,
            [fields.get(name, "") for name in FIELDS.get(press.act, ())],
            note.get("name", ""),
            await self._front.directory.groups(),
        )
        way, work = self._acts.ways[press.act]
        origin = {
            "user": body["user"],
            "response_url": note.get("address", ""),
            "container": {
                "type": "message" if note.get("message") else "view",
                "channel_id": note.get("channel", ""),
                "message_ts": note.get("message", ""),
                "is_ephemeral": bool(note.get("ephemeral")),
            },
        }
        await self._front.pressed(origin, lambda: work(turn), turn.messages, in_place=way is Way.IN_PLACE)
