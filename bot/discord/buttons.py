"""Handles the use of buttons, menus and forms on Discord."""

import time
from contextlib import suppress
from dataclasses import replace

import discord

from bot.actions.button_table import FIELDS, button_job
from bot.actions.call import ButtonPress
from bot.cards.card import Card, truncate
from bot.cards.notices import notice
from bot.cards.press import read_press
from bot.chat.refusal import Refusal
from bot.discord.api.permissions import permissions_at_interaction
from bot.discord.api.send import MESSAGE_LIFE, persist
from bot.discord.drawing.forms import chosen_of, read_form
from bot.discord.drawing.render import draw
from bot.discord.replies import InteractionReply
from bot.discord.requests import channel_name, request_of
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.job import Job
from bot.dispatch.reply import Placement

THREAD_NAME = 90
"""The most characters of a thread's name, of Discord's 100."""
THREAD_THERE = 160004
"""Discord's error code for a message that already has a thread."""
TITLE_MODERATED = frozenset({200000, 200001, 240000})
"""Discord's error codes for a thread title that the server's moderation refuses."""
TOO_MANY_THREADS = 160006
"""Discord's error code for a server with the maximum number of open threads."""


class ButtonHandlers:
    """Passes presses to the dispatcher by their custom ids alone, since discord.py's own views do not survive
    a restart."""

    def __init__(self, dispatcher: Dispatcher) -> None:
        """`dispatcher` runs the presses."""
        self._dispatcher = dispatcher

    async def on_interaction(self, interaction: discord.Interaction) -> None:
        """Handle the use of a button, a menu or a form."""
        if interaction.type not in (discord.InteractionType.component, discord.InteractionType.modal_submit):
            return
        press = read_press(str(dict(interaction.data or {}).get("custom_id", "")))
        if press is None:
            return
        request = request_of(self._dispatcher, interaction)
        reply = InteractionReply(interaction)
        fields = dict(read_form(interaction.data))
        values = [fields.get(name, "") for name in FIELDS.get(press.act, ())] or chosen_of(interaction.data)
        used = ButtonPress(
            self._dispatcher.service,
            self._dispatcher.profile,
            request,
            reply,
            press,
            values,
            channel_name(interaction, press.subject),
            hidden=interaction.message is not None and interaction.message.flags.ephemeral,
            may_write=permissions_at_interaction(interaction).may_write,
        )
        job = self._thread_job(interaction, used) if press.act == "thread" else button_job(used)
        if job:
            await self._dispatcher.run(str(interaction.id), request, reply, job)

    def _thread_job(self, interaction: discord.Interaction, press: ButtonPress) -> Job:
        """The job that opens a thread under an answer for follow-up questions, as every answer on Slack has
        one. It is public, so its title and greeting are in the server's language."""
        request, dispatcher = press.request, self._dispatcher
        permissions = permissions_at_interaction(interaction)

        async def work() -> None:
            message = interaction.message
            if message is None:
                return
            dispatcher.service.access.check(request.venue)
            if not permissions.may_open_thread:
                raise Refusal("may-not-open-thread")
            if lacking := permissions.lacking_for_thread:
                keys = (f"permission-{name.replace('_', '-')}" for name in lacking)
                names = ", ".join(request.messages(key) for key in keys)
                raise Refusal("cannot-open-thread-without", permissions=names)
            answer = await dispatcher.service.stored_answers.open(press.press.subject, request.venue)
            title = truncate(request.public("thread-title", question=answer.record.asked), THREAD_NAME)
            thread = await _open_thread(message, title)
            venue = replace(answer.record.venue, thread=str(thread.id), own=True)
            await dispatcher.continue_in(answer, venue)
            listens = dispatcher.profile.reads_messages
            await _greet(
                thread, notice(request.public("thread-opened" if listens else "thread-opened-mention"))
            )

        return Job(Placement.IN_PLACE, work)


async def _open_thread(message: discord.Message, name: str) -> discord.Thread:
    """Open a thread under a message. Raises Refusal if Discord does not allow it."""
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
    """Post the greeting in a new thread; if the bot may not write in it, the thread is removed again."""
    view, _ = draw(card)
    try:
        until = time.monotonic() + MESSAGE_LIFE
        await persist(lambda: thread.send(view=view, nonce=str(thread.id)), until)
    except discord.Forbidden as error:
        with suppress(discord.HTTPException):
            try:
                await thread.delete()
            except discord.Forbidden:  # the bot may archive its own thread; deleting it needs a permission
                await thread.edit(archived=True)
        raise Refusal("cannot-write-in-thread") from error
