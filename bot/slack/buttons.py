"""What happens when a button or a menu of a message is used, or a form is sent in."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncApp

from bot.cards.answers import Frame
from bot.cards.card import Card
from bot.cards.notices import failure
from bot.cards.panel import GROUPS
from bot.cards.press import PREFIX, Press, read_press
from bot.chat.question_request import DeliveredAnswer
from bot.permissions.rights import may_administer
from bot.service.actions import FIELDS, Actions, ButtonPress, Way
from bot.service.dispatcher import Show, undone
from bot.slack.admin import AdminHandlers
from bot.slack.api.interaction import Body, Interaction
from bot.slack.api.send import InteractionReply
from bot.slack.dispatch import Dispatch, ReplyTarget
from bot.slack.drawing.forms import chosen_of, names_form, read_form, reason_form
from bot.slack.drawing.render import CANVAS, LABEL, OFFERS, is_person, option
from bot.slack.home_tab import HomeTab
from corpus.errors import NewsdeskError

OURS = re.compile(rf"{PREFIX}:.*")
OFFERED = re.compile(rf"{PREFIX}:set:[^:]*:(?:{GROUPS}|collections|sources)")
"""The menus whose choices come while somebody types."""
SETTINGS = frozenset({"set", "reset", "name-sources", "named-sources"})
"""Actions for which it matters which groups somebody is in."""

Act = Callable[[Interaction, ButtonPress], Awaitable[None]]


class ButtonHandlers:
    """Carries out presses. Each looks anew at who presses and what they may."""

    def __init__(self, dispatch: Dispatch, actions: Actions, admin: AdminHandlers, home: HomeTab) -> None:
        """`actions` are carried out as on every platform, `admin` reloads, and `home` is drawn anew where
        something was pressed there."""
        self._dispatch = dispatch
        self._actions = actions
        self._admin = admin
        self._home = home
        self._questions = dispatch.service.questions
        self._own: dict[str, Act] = {
            "share": self._share,
            "dismiss": self._dismiss,
            "widen": self._widen,
            "down": self._down,
            "name-sources": self._ask_names,
            "reload": admin.confirmed,
        }

    def register(self, app: AsyncApp) -> None:
        """Listen for them."""
        app.action(OURS)(self._pressed)
        app.options(OFFERED)(self._offer)
        app.action(re.compile(r"open:.*", re.DOTALL))(self._opened)
        app.view(re.compile(rf"{PREFIX}:(?!asked:).*"))(self._sent)

    async def _opened(self) -> None:
        """An address was opened: nothing more is to be done."""

    async def _pressed(self, body: Body) -> None:
        action = body["actions"][0]
        used, press = Interaction.of(body), read_press(str(action.get("action_id")))
        if press is None or not await self._dispatch.take(f"{used.trigger}/{action.get('action_ts')}"):
            return
        turn = self._with_administrators(await self._turn(used, press, chosen_of(action)))
        if act := self._own.get(press.act):
            await act(used, turn)
        else:
            await self._shown(used, turn, Frame(shareable=not turn.venue.alone))

    async def _sent(self, body: Body) -> None:
        """A form was sent in: what comes of it is shown where it was opened from."""
        view: dict[str, Any] = body["view"]
        used, press = Interaction.of_form(body), read_press(str(view.get("callback_id")))
        if press is None or press.act not in self._actions.ways:
            return
        if not await self._dispatch.take(f"view/{view.get('id')}"):
            return
        fields = read_form(view)
        turn = await self._turn(used, press, [fields.get(name, "") for name in FIELDS.get(press.act, ())])
        # Slack shows it in the channel, also where the message stands in a thread.
        await self._shown(replace(used, thread=""), turn)

    async def _turn(self, used: Interaction, press: Press, values: list[str]) -> ButtonPress:
        settings = press.act in SETTINGS
        request = await self._dispatch.request(used, groups=settings or press.act == "reload")
        return ButtonPress(
            press,
            request.venue,
            request.person,
            request.messages,
            CANVAS,
            values,
            used.channel_name,
            await self._dispatch.directory.groups() if settings else None,
        )

    async def _shown(self, used: Interaction, turn: ButtonPress, frame: Frame | None = None) -> None:
        """Show what comes of an action that is the same on every platform."""
        way, work = self._actions.ways[turn.press.act]
        aside = InteractionReply(self._dispatch.sender, used).aside
        show = self._in_place(used) if way is Way.IN_PLACE else aside
        await self._dispatch.attempt(show, lambda: work(turn), turn.messages, frame, aside)

    def _in_place(self, used: Interaction) -> Show:
        """Shows a card in the place of the message that was pressed; App Home is drawn anew as a whole."""
        if not used.in_home:
            return InteractionReply(self._dispatch.sender, used).replace

        async def redrawn(_card: Card) -> None:
            await self._home.publish(used.user)

        return redrawn

    def _with_administrators(self, turn: ButtonPress) -> ButtonPress:
        """People and groups that may administer are chosen in two menus, and kept in one setting: what is
        chosen in one leaves the other's."""
        name = turn.press.argument
        if turn.press.act != "set" or name not in (GROUPS, "admin_roles"):
            return turn
        others = [one for one in self._actions.administrators(turn) if is_person(one) == (name == GROUPS)]
        press = Press("set", turn.press.subject, "admin_roles")
        return replace(turn, press=press, values=[*others, *turn.values])

    async def _offer(self, ack: AsyncAck, body: Body) -> None:
        """What can be chosen in a menu of the settings, as far as it holds what was typed: for those who may
        choose."""
        used, press = Interaction.of(body), read_press(str(body.get("action_id")))
        if not self._dispatch.offers(used):
            await ack(options=[])
            return
        wanted = str(body.get("value") or "").casefold().strip()
        request = await self._dispatch.request(used, groups=True)
        found: list[tuple[str, str]] = []
        if not press or not may_administer(
            request.person, self._dispatch.service.scope.preferences(request.venue)
        ):
            pass
        elif press.argument == GROUPS:
            found += [(name, one) for one, name in (await self._dispatch.directory.groups()).items()]
        else:
            found += [(name, name) for name in self._actions.names(press.argument, request.venue)]
        fit = [(name, one) for name, one in found if wanted in name.casefold() and len(one) <= LABEL]
        await ack(options=[option(name, one) for name, one in fit[:OFFERS]])

    async def _share(self, used: Interaction, turn: ButtonPress) -> None:
        where = ReplyTarget(turn.venue.channel, thread=used.thread, address=used.address)
        given: list[DeliveredAnswer] = []
        roots: list[str] = []

        async def undo() -> None:
            await self._questions.unshare(turn.press.subject, turn.venue)

        show = undone(self._dispatch.show_in(where, turn.person.id, private=False), undo)
        show = self._dispatch.listening(turn.venue, where, show, roots)

        async def work() -> DeliveredAnswer:
            given.append(await self._questions.share(turn.press.subject, turn.venue, turn.person))
            return given[0]

        frame = Frame(shared=turn.person.name)
        with self._dispatch.under_way():
            aside = InteractionReply(self._dispatch.sender, used).aside
            await self._dispatch.attempt(show, work, turn.messages, frame, aside)
            await self._dispatch.go_on(turn.venue, given, roots)

    async def _dismiss(self, used: Interaction, turn: ButtonPress) -> None:
        reply = InteractionReply(self._dispatch.sender, used)

        async def work() -> None:
            await self._questions.check_dismiss(turn.press.subject, turn.venue, turn.person)
            await reply.delete()

        await self._dispatch.attempt(reply.aside, work, turn.messages)

    async def _widen(self, used: Interaction, turn: ButtonPress) -> None:
        private = used.ephemeral
        own = private or await self._questions.is_asker(turn.press.subject, turn.venue, turn.person)

        async def work() -> DeliveredAnswer:
            return await self._questions.widen(
                turn.press.subject, turn.venue, turn.person, turn.press.argument, private=private or not own
            )

        frame = Frame(shareable=(private or not own) and not turn.venue.alone)
        reply = InteractionReply(self._dispatch.sender, used)
        show = self._in_place(used) if own else reply.aside
        await self._dispatch.attempt(show, work, turn.messages, frame, reply.aside)

    async def _down(self, used: Interaction, turn: ButtonPress) -> None:
        form = reason_form(turn.messages, Press("reason", turn.press.subject), used.note)
        await self._dispatch.client.views_open(trigger_id=used.trigger, view=form)

    async def _ask_names(self, used: Interaction, turn: ButtonPress) -> None:
        try:
            chosen = await self._actions.chosen_sources(turn)
        except NewsdeskError as error:
            words = self._dispatch.excuse(error, turn.messages)
            await InteractionReply(self._dispatch.sender, used).aside(failure(words))
            return
        press = Press("named-sources", turn.press.subject)
        form = names_form(turn.messages, press, used.note, ", ".join(chosen))
        await self._dispatch.client.views_open(trigger_id=used.trigger, view=form)
