"""What happens on Discord when a button, a menu or a form is used, weeks later too."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import discord
from discord import ui

from bot.cards.card import Card, truncate
from bot.cards.notices import failure, notice
from bot.cards.press import Press
from bot.chat.question_request import DeliveredAnswer
from bot.chat.refusal import Refusal
from bot.discord.api.permissions import Rights, rights_at_interaction
from bot.discord.api.send import MESSAGE_LIFE, InteractionReply, persist
from bot.discord.dispatch import Dispatch, frame_at
from bot.discord.drawing.render import CANVAS, draw
from bot.service.actions import FIELDS, NAMES_LIMIT, REASON_LIMIT, REASONS, Actions, ButtonPress, Way
from bot.service.dispatcher import undone
from corpus.errors import NewsdeskError

THREAD_NAME = 90
"""Characters of a thread's name, of Discord's 100."""
THREAD_THERE = 160004
"""Discord's code for a message that has a thread already."""
TITLE_MODERATED = frozenset({200000, 200001, 240000})
"""Its codes where a server's moderation does not take what a thread would be called."""
LOOK = 0.5
"""Seconds that a look at what is kept may hold up the acknowledgement, which has three; it takes a few ms."""
TOO_MANY_THREADS = 160006
"""Its code for a server that has as many open threads as it may."""
FORM_TITLE = 45
"""Characters of a form's title."""

Act = Callable[[discord.Interaction, Press], Awaitable[None]]


class ButtonHandlers:
    """Carries out presses. Each looks anew at who presses and what they may."""

    def __init__(self, front: Dispatch, acts: Actions) -> None:
        """The front and the acts have what they work with."""
        self._front = front
        self._questions = front.service.questions
        self._acts = acts
        self._own: dict[str, Act] = {
            "share": self._share,
            "dismiss": self._dismiss,
            "thread": self._thread,
            "widen": self._widen,
            "down": self._down,
            "name-sources": self._ask_names,
        }

    def act(self, press: Press) -> Act | None:
        """What a press does, None where it is not known here."""
        return self._own.get(press.act) or (self._shown if press.act in self._acts.ways else None)

    def turn(self, interaction: discord.Interaction, press: Press) -> ButtonPress:
        """The press as all platforms know it."""
        front = self._front
        fields = dict(read_form(interaction.data))
        values = [fields.get(name, "") for name in FIELDS.get(press.act, ())] or _chosen(interaction.data)
        return ButtonPress(
            press,
            front.venue(interaction),
            front.person(interaction),
            front.say(interaction),
            CANVAS,
            values,
            _channel_name(interaction, press.subject),
        )

    async def _shown(self, interaction: discord.Interaction, press: Press) -> None:
        way, work = self._acts.ways[press.act]
        turn = self.turn(interaction, press)
        reply = InteractionReply(interaction)
        frame = frame_at(turn.venue, rights_at_interaction(interaction), private=True)
        if way is Way.IN_PLACE:
            if await reply.acknowledge_change():
                await self._front.attempt(reply.show, lambda: work(turn), turn.messages, frame, reply.aside)
        elif await reply.acknowledge(private=True):
            await self._front.attempt(reply.show, lambda: work(turn), turn.messages, frame)

    async def _share(self, interaction: discord.Interaction, press: Press) -> None:
        turn = self.turn(interaction, press)
        reply = InteractionReply(interaction)
        rights = rights_at_interaction(interaction)
        if refused := await self._share_refused(rights, turn):
            await reply.refuse(refused)
            return

        async def work() -> DeliveredAnswer:
            return await self._questions.share(press.subject, turn.venue, turn.person)

        if await reply.acknowledge(private=False):
            public = self._front.say_in(turn.venue, str(interaction.guild_locale or interaction.locale))
            frame = replace(frame_at(turn.venue, rights, private=False), shared=turn.person.name)
            show = undone(reply.show, lambda: self._questions.unshare(press.subject, turn.venue))
            await self._front.attempt(show, work, public, frame, reply.instead)

    async def _share_refused(self, rights: Rights, turn: ButtonPress) -> Card | None:
        """What is said where an answer may not be shown to all."""
        if not rights.may_write:
            return failure(turn.messages("cannot-write"))
        try:
            async with asyncio.timeout(LOOK):
                await self._questions.check_share(turn.press.subject, turn.venue, turn.person)
        except TimeoutError:
            return None  # it is looked at again, and what was promised is taken back then
        except NewsdeskError as error:
            return failure(self._front.excuse(error, turn.messages))
        return None

    async def _dismiss(self, interaction: discord.Interaction, press: Press) -> None:
        turn = self.turn(interaction, press)
        reply = InteractionReply(interaction)
        if not await reply.acknowledge_change():
            return

        async def work() -> None:
            await self._questions.check_dismiss(press.subject, turn.venue, turn.person)
            await reply.delete()

        await self._front.attempt(reply.aside, work, turn.messages)

    async def _thread(self, interaction: discord.Interaction, press: Press) -> None:
        turn = self.turn(interaction, press)
        reply = InteractionReply(interaction)
        message = interaction.message
        if not await reply.acknowledge_change() or message is None:
            return
        # Everybody reads it: in the server's language, like what is shared.
        messages = self._front.say_in(turn.venue, str(interaction.guild_locale or interaction.locale))

        rights = rights_at_interaction(interaction)

        async def work() -> Card | None:
            self._front.service.scope.check(turn.venue)
            if not rights.may_open_thread:
                raise Refusal("may-not-open-thread")
            if lacking := rights.lacking_for_thread:
                names = ", ".join(turn.messages(f"permission-{name.replace('_', '-')}") for name in lacking)
                raise Refusal("cannot-open-thread-without", permissions=names)
            shown = await self._questions.open(press.subject, turn.venue)
            name = truncate(messages("thread-title", question=shown.record.asked), THREAD_NAME)
            thread = await _opened(message, name)
            await self._front.open_thread(shown, thread.id)
            listens = self._front.reads_messages
            await _greet(thread, notice(messages("thread-opened" if listens else "thread-opened-mention")))
            return None

        await self._front.attempt(reply.aside, work, turn.messages)

    async def _widen(self, interaction: discord.Interaction, press: Press) -> None:
        turn = self.turn(interaction, press)
        reply = InteractionReply(interaction)
        message = interaction.message
        if not await reply.acknowledge_change() or message is None:
            return
        hidden = message.flags.ephemeral
        own = hidden or await self._questions.is_asker(press.subject, turn.venue, turn.person)
        private = hidden or not own

        async def work() -> DeliveredAnswer:
            return await self._questions.widen(
                press.subject, turn.venue, turn.person, press.argument, private=private
            )

        frame = frame_at(turn.venue, rights_at_interaction(interaction), private=private)
        await self._front.attempt(reply.show if own else reply.aside, work, turn.messages, frame, reply.aside)

    # Forms

    async def _down(self, interaction: discord.Interaction, press: Press) -> None:
        messages = self._front.say(interaction)
        kinds = [discord.SelectOption(label=messages(f"reason-{kind}"), value=kind) for kind in REASONS]
        menu: ui.Select[ui.Modal] = ui.Select(custom_id="kind", options=kinds)
        words: ui.TextInput[ui.Modal] = ui.TextInput(
            custom_id="words", style=discord.TextStyle.paragraph, required=False, max_length=REASON_LIMIT
        )
        await _open(
            interaction,
            messages("reason-title"),
            Press("reason", press.subject),
            {messages("reason-kind"): menu, messages("reason-text"): words},
        )

    async def _ask_names(self, interaction: discord.Interaction, press: Press) -> None:
        turn = self.turn(interaction, press)
        try:
            chosen = await self._acts.chosen_sources(turn)
        except NewsdeskError as error:
            await InteractionReply(interaction).refuse(failure(self._front.excuse(error, turn.messages)))
            return
        field: ui.TextInput[ui.Modal] = ui.TextInput(
            custom_id="names",
            style=discord.TextStyle.paragraph,
            required=False,
            max_length=NAMES_LIMIT,
            default=", ".join(chosen)[:NAMES_LIMIT],
        )
        await _open(
            interaction,
            turn.messages("sources-title"),
            Press("named-sources", press.subject),
            {turn.messages("setting-sources-names"): field},
        )


async def _opened(message: discord.Message, name: str) -> discord.Thread:
    """A thread under a message. Raises Refusal where Discord lets the bot open none there."""
    try:
        return await message.create_thread(name=name)
    except discord.HTTPException as error:
        if error.code == THREAD_THERE:
            raise Refusal("thread-there") from error
        if error.code == TOO_MANY_THREADS:
            raise Refusal("too-many-threads") from error
        if error.code in TITLE_MODERATED:
            raise Refusal("title-moderated") from error
        if isinstance(error, discord.Forbidden):
            raise Refusal("cannot-open-thread") from error
        raise


async def _greet(thread: discord.Thread, card: Card) -> None:
    """Say the first word in a thread; one in which the bot may not write is taken away again."""
    view, _ = draw(card)
    try:
        until = time.monotonic() + MESSAGE_LIFE
        await persist(lambda: thread.send(view=view, nonce=str(thread.id)), until)
    except discord.Forbidden as error:
        with suppress(discord.HTTPException):
            try:
                await thread.delete()
            except discord.Forbidden:  # its opener may close it, and needs a permission to delete it
                await thread.edit(archived=True)
        raise Refusal("cannot-write-in-thread") from error


async def _open(
    interaction: discord.Interaction, title: str, press: Press, fields: dict[str, ui.Item[ui.Modal]]
) -> None:
    form = ui.Modal(title=truncate(title, FORM_TITLE), custom_id=str(press), timeout=None)
    for label, field in fields.items():
        form.add_item(ui.Label(text=truncate(label, FORM_TITLE), component=field))
    form.stop()  # as with views: it is understood by its custom id
    await interaction.response.send_modal(form)


def _channel_name(interaction: discord.Interaction, channel: str) -> str:
    found = interaction.guild.get_channel(int(channel)) if interaction.guild and channel.isdecimal() else None
    return f"#{found.name}" if found else ""


def _chosen(data: Any) -> list[str]:
    """What was chosen in the menu that an interaction comes from."""
    values = dict(data or {}).get("values")
    return [str(one) for one in values] if isinstance(values, list) else []


def read_form(data: Any) -> Iterator[tuple[str, str]]:
    """The fields of a form that was sent in, by their custom ids, wherever they stand in it."""
    if isinstance(data, list):
        for one in data:
            yield from read_form(one)
    elif isinstance(data, dict):
        for below in ("components", "component"):
            yield from read_form(data.get(below))
        if "components" in data:
            return
        if isinstance(data.get("value"), str):
            yield str(data.get("custom_id")), data["value"]
        elif isinstance(data.get("values"), list) and "component_type" not in data:
            yield str(data.get("custom_id")), ", ".join(map(str, data["values"]))
