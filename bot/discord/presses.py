"""What happens when a button or a form under an answer is used, weeks later too."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any

import discord
from discord import ui

from bot.discord.answers import Frame, context_message, why_message
from bot.discord.front import Front
from bot.discord.layout import fitting
from bot.discord.notices import failure, notice
from bot.discord.press import Press
from bot.discord.reading import article_message
from bot.discord.reply import InteractionReply
from bot.messages.catalogue import Messages
from bot.service.people import Person, Venue
from bot.service.reception import Shown
from bot.service.refusal import Refusal
from corpus.errors import NewsdeskError

REASONS = ("wrong", "old", "source", "missing", "other")
"""What can be wrong with an answer."""
REASON_LIMIT = 500
"""Characters of what a person writes about it."""
THREAD_NAME = 90
"""Characters of a thread's name, of Discord's 100."""

Act = Callable[[discord.Interaction, Press], Awaitable[None]]


class Presses:
    """The acts of an answer's buttons. Each looks anew at who presses and what they may."""

    def __init__(self, front: Front) -> None:
        """The front has what they work with."""
        self._front = front
        self._reception = front.service.reception
        self.acts: dict[str, Act] = {
            "more": self._more,
            "context": self._context,
            "around": self._around,
            "why": self._why,
            "read": self._read,
            "page": self._page,
            "share": self._share,
            "dismiss": self._dismiss,
            "thread": self._thread,
            "widen": self._widen,
            "up": self._up,
            "down": self._down,
            "reason": self._reason,
        }

    async def _aside(
        self, interaction: discord.Interaction, work: Callable[[], Awaitable[ui.LayoutView | Shown]]
    ) -> None:
        """Answer a press with a message for the person alone."""
        reply = InteractionReply(interaction)
        if await reply.acknowledge(private=True):
            shareable = self._front.venue(interaction).community is not None
            await self._front.attempt(
                reply.show, work, self._front.say(interaction), Frame(shareable=shareable)
            )

    async def _in_place(
        self, interaction: discord.Interaction, work: Callable[[], Awaitable[ui.LayoutView]]
    ) -> None:
        """Answer a press by changing the message that it was on."""
        reply = InteractionReply(interaction)
        if await reply.acknowledge_change():
            await self._front.attempt(reply.show, work, self._front.say(interaction))

    def _parts(self, interaction: discord.Interaction) -> tuple[Venue, Person, Messages]:
        return self._front.venue(interaction), self._front.person(interaction), self._front.say(interaction)

    async def _more(self, interaction: discord.Interaction, press: Press) -> None:
        venue, person, say = self._parts(interaction)

        async def work() -> ui.LayoutView | Shown:
            return await self._reception.more(press.subject, venue, person) or notice(say("nothing-more"))

        await self._aside(interaction, work)

    async def _context(self, interaction: discord.Interaction, press: Press) -> None:
        await self._aside(interaction, lambda: self._surroundings(interaction, press))

    async def _around(self, interaction: discord.Interaction, press: Press) -> None:
        await self._in_place(interaction, lambda: self._surroundings(interaction, press))

    async def _surroundings(self, interaction: discord.Interaction, press: Press) -> ui.LayoutView:
        venue, _, say = self._parts(interaction)
        number = int(press.argument) if press.argument.isdecimal() else 1
        return context_message(await self._reception.context(press.subject, venue, number), say)

    async def _why(self, interaction: discord.Interaction, press: Press) -> None:
        venue, _, say = self._parts(interaction)

        async def work() -> ui.LayoutView:
            shown = await self._reception.open(press.subject, venue)
            if not shown.quotes:
                raise Refusal("quotes-gone")
            return why_message(shown, say)

        await self._aside(interaction, work)

    async def _read(self, interaction: discord.Interaction, press: Press) -> None:
        await self._aside(interaction, lambda: self._article(interaction, press))

    async def _page(self, interaction: discord.Interaction, press: Press) -> None:
        await self._in_place(interaction, lambda: self._article(interaction, press))

    async def _article(self, interaction: discord.Interaction, press: Press) -> ui.LayoutView:
        venue, _, say = self._parts(interaction)
        number = press.argument.partition("-")[0]
        page = int(number) if number.isdecimal() else 1
        return article_message(await self._reception.article_of_key(venue, press.subject), page, say)

    async def _share(self, interaction: discord.Interaction, press: Press) -> None:
        venue, person, say = self._parts(interaction)
        reply = InteractionReply(interaction)
        rights = interaction.permissions
        in_thread = isinstance(interaction.channel, discord.Thread)
        if not (rights.send_messages_in_threads if in_thread else rights.send_messages):
            if await reply.acknowledge(private=True):
                await reply.show(failure(say("cannot-write")))
            return

        async def work() -> Shown:
            return await self._reception.share(press.subject, venue, person)

        if await reply.acknowledge(private=False):
            public = self._front.say_in(venue, str(interaction.guild_locale or interaction.locale))
            await self._front.attempt(
                reply.show, work, public, Frame(shared=person.name, thread=_threads(interaction))
            )

    async def _dismiss(self, interaction: discord.Interaction, press: Press) -> None:
        venue, person, say = self._parts(interaction)
        reply = InteractionReply(interaction)
        if not await reply.acknowledge_change():
            return

        async def work() -> None:
            await self._reception.check_dismiss(press.subject, venue, person)
            await reply.delete()

        await self._front.attempt(reply.aside, work, say)

    async def _thread(self, interaction: discord.Interaction, press: Press) -> None:
        venue, _, say = self._parts(interaction)
        reply = InteractionReply(interaction)
        message = interaction.message
        if not await reply.acknowledge_change() or message is None:
            return

        async def work() -> ui.LayoutView | None:
            shown = await self._reception.open(press.subject, venue)
            name = fitting(say("thread-title", question=shown.record.asked), THREAD_NAME)
            try:
                thread = await message.create_thread(name=name)
            except discord.HTTPException as error:
                raise Refusal("cannot-open-thread") from error
            await self._front.open_thread(shown, thread.id)
            listens = self._front.reads_messages
            await thread.send(view=notice(say("thread-opened" if listens else "thread-opened-mention")))
            return None

        await self._front.attempt(reply.aside, work, say)

    async def _widen(self, interaction: discord.Interaction, press: Press) -> None:
        venue, person, say = self._parts(interaction)
        reply = InteractionReply(interaction)
        message = interaction.message
        if not await reply.acknowledge_change() or message is None:
            return
        private = message.flags.ephemeral
        try:
            opened = await self._reception.open(press.subject, venue)
            own = private or opened.record.person == person.id
        except NewsdeskError:
            own = False  # it is said by the work itself

        async def work() -> Shown:
            return await self._reception.widen(
                press.subject, venue, person, press.argument, private=private or not own
            )

        frame = Frame(
            shareable=(private or not own) and venue.community is not None,
            thread=own and not private and _threads(interaction),
        )
        await self._front.attempt(reply.show if own else reply.aside, work, say, frame, reply.aside)

    async def _up(self, interaction: discord.Interaction, press: Press) -> None:
        venue, person, say = self._parts(interaction)

        async def work() -> ui.LayoutView:
            await self._reception.vote(press.subject, venue, person, helpful=True)
            return notice(say("vote-thanks"))

        await self._aside(interaction, work)

    async def _down(self, interaction: discord.Interaction, press: Press) -> None:
        say = self._front.say(interaction)
        kinds = [discord.SelectOption(label=say(f"reason-{kind}"), value=kind) for kind in REASONS]
        menu: ui.Select[ui.Modal] = ui.Select(custom_id="kind", options=kinds)
        words: ui.TextInput[ui.Modal] = ui.TextInput(
            custom_id="words", style=discord.TextStyle.paragraph, required=False, max_length=REASON_LIMIT
        )
        form = ui.Modal(
            title=say("reason-title"), custom_id=str(Press("reason", press.subject)), timeout=None
        )
        form.add_item(ui.Label(text=say("reason-kind"), component=menu))
        form.add_item(ui.Label(text=say("reason-text"), component=words))
        form.stop()  # as with views: it is understood by its custom id
        await interaction.response.send_modal(form)

    async def _reason(self, interaction: discord.Interaction, press: Press) -> None:
        venue, person, say = self._parts(interaction)
        fields = dict(read_form(interaction.data))
        reason = ": ".join(part for part in (fields.get("kind", ""), fields.get("words", "")) if part)

        async def work() -> ui.LayoutView:
            await self._reception.vote(
                press.subject, venue, person, helpful=False, reason=reason[: 2 * REASON_LIMIT]
            )
            return notice(say("vote-thanks"))

        await self._aside(interaction, work)


def _threads(interaction: discord.Interaction) -> bool:
    """Whether a thread can be opened from a message there."""
    return interaction.guild_id is not None and isinstance(interaction.channel, discord.TextChannel)


def read_form(data: Any) -> Iterator[tuple[str, str]]:
    """The fields of a form that was sent in, by their custom ids, wherever they stand in it."""
    if isinstance(data, list):
        for one in data:
            yield from read_form(one)
    elif isinstance(data, dict):
        if isinstance(data.get("value"), str):
            yield str(data.get("custom_id")), data["value"]
        elif isinstance(data.get("values"), list):
            yield str(data.get("custom_id")), ", ".join(map(str, data["values"]))
        for below in ("components", "component"):
            yield from read_form(data.get(below))
