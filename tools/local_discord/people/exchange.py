"""A person's interaction or message, and the bot's reactions to it."""

from typing import Self

from tools.local_discord.model.entities import Channel, Message, Payload
from tools.local_discord.rules.components import text_of
from tools.local_discord.state.interaction import (
    CHOICES,
    DEFERRED,
    DEFERRED_UPDATE,
    MESSAGE_RESPONSE,
    MODAL,
    UPDATE,
    Interaction,
    Modal,
)
from tools.local_discord.state.state import State
from tools.local_platform.local_server import SETTLE_SECONDS


class Exchange:
    """An interaction and the bot's reactions; the properties give the current state."""

    def __init__(self, state: State, interaction: Interaction) -> None:
        self._state = state
        self.interaction = interaction

    @property
    def acked(self) -> bool:
        return self.interaction.acked is not None

    @property
    def acked_after(self) -> float | None:
        """Seconds until the first response."""
        acked = self.interaction.acked
        return None if acked is None else acked - self.interaction.created

    @property
    def ack_type(self) -> int | None:
        """The type of the first response: 4 message, 5 deferred, 6 deferred update, 7 update, 8 choices, 9
        modal."""
        return self.interaction.ack_type

    @property
    def choices(self) -> list[Payload]:
        """The choices of an autocompletion."""
        return list(self.interaction.choices or [])

    @property
    def modal(self) -> Modal | None:
        return self.interaction.modal

    @property
    def message(self) -> Message | None:
        """The message that `@original` means; None if there is none, or it was deleted."""
        return self._state.world.messages.get(self.interaction.original_id or "")

    @property
    def followups(self) -> list[Message]:
        """The follow-up messages that were not deleted, in order."""
        messages = self._state.world.messages
        return [messages[one] for one in self.interaction.followup_ids if one in messages]

    @property
    def text(self) -> str:
        """The whole text of the message."""
        return text_of(self.message) if self.message else ""

    def _is_settled(self) -> bool:
        kind = self.ack_type
        if kind in (MESSAGE_RESPONSE, UPDATE, CHOICES, MODAL):
            return True
        if kind == DEFERRED:
            return self.message is None or not self.message.loading
        return kind == DEFERRED_UPDATE and bool(self.interaction.edits or self.interaction.followup_ids)

    async def settled(self, timeout: float = SETTLE_SECONDS) -> Self:
        """Wait until the bot has answered; a deferred response counts when its message is there."""
        await self._state.changes.until(self._is_settled, timeout, lambda: f"answered ({self!r})")
        return self

    def __repr__(self) -> str:
        who, kind = self.interaction.user.name, self.interaction.type.name.lower()
        ack = f"ack {self.ack_type} after {self.acked_after} s"
        return f"<{kind} of {who}: {ack}, {len(self.followups)} follow-ups, {self.text[:80]!r}>"


class Conversation:
    """A person's message and the bot's replies; the properties give the current state."""

    def __init__(self, state: State, said: Message) -> None:
        self._state = state
        self._said = said

    @property
    def said(self) -> Message:
        """The person's message."""
        return self._state.world.messages.get(self._said.id, self._said)

    @property
    def thread(self) -> Channel | None:
        """The thread that was opened on the message."""
        return self._state.world.channels.get(self._said.id)

    @property
    def replies(self) -> list[Message]:
        """The bot's answers, in order: messages that reply to the person's message, and messages that reply
        to nothing and follow it, in the channel or in its thread, before anyone else writes there."""
        bot = self._state.world.bot
        found = [
            message
            for message in self._state.world.messages_in(self._said.channel_id)
            if message.author == bot and message.reply_to == self._said.id
        ]
        for channel_id in (self._said.channel_id, self._said.id):
            for message in self._after(channel_id):
                if message.author != bot:
                    break
                if message.reply_to is None and message.interaction is None:
                    found.append(message)
        return sorted(found, key=lambda message: int(message.id))

    @property
    def message(self) -> Message | None:
        """The first of the replies."""
        return next(iter(self.replies), None)

    @property
    def followups(self) -> list[Message]:
        """The other replies."""
        return self.replies[1:]

    @property
    def text(self) -> str:
        """The whole text of the first reply."""
        return text_of(self.message) if self.message else ""

    async def settled(self, timeout: float = SETTLE_SECONDS) -> Self:
        """Wait for the first reply."""
        await self._state.changes.until(
            lambda: self.message, timeout, lambda: f"a reply to {self.said.content!r}"
        )
        return self

    def _after(self, channel_id: str) -> list[Message]:
        messages = self._state.world.messages_in(channel_id)
        return [message for message in messages if int(message.id) > int(self._said.id)]
