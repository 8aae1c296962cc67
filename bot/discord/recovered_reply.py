"""The reply to an interaction that another process had started to handle when it ended."""

import logging

import discord
from discord.http import Route

from bot.cards.card import Card
from bot.discord.api.send import MESSAGE_LIFE, UNREACHABLE
from bot.discord.replies import VOID, ReplyTarget, TokenReply
from bot.dispatch.reply import Placement

PROMISED = 5
"""Discord's number for the first response that promises a message."""
FOR_ONE = 64
"""Discord's flag for an ephemeral message."""

_log = logging.getLogger(__name__)


class RecoveredReply(TokenReply):
    """A reply with the interaction's token.

    It is not known whether that process had promised a reply, so it is promised again; if that is too late,
    the answer is sent as a direct message.
    """

    def __init__(self, client: discord.Client, person: int, target: ReplyTarget) -> None:
        """Nothing is sent yet."""
        webhook = discord.Webhook.partial(target.application, target.token, client=client)
        webhook.type = discord.WebhookType.application  # otherwise discord.py refuses ephemeral messages
        super().__init__(client, person, target.interaction, webhook, MESSAGE_LIFE)
        self._left = target

    async def acknowledge(self, placement: Placement) -> bool:
        """Promise a reply if that was not done and Discord still accepts it; always True."""
        if self._left.interaction:
            address = "/interactions/{webhook_id}/{webhook_token}/callback"
            route = Route("POST", address, webhook_id=self._left.interaction, webhook_token=self._left.token)
            data = {"flags": FOR_ONE} if placement is Placement.PRIVATE else {}
            try:
                await self._client.http.request(route, json={"type": PROMISED, "data": data})
            except (*UNREACHABLE, discord.HTTPException) as error:
                code = getattr(error, "code", type(error).__name__)
                _log.debug("what a process had left is not promised once more (%s)", code)
        return await super().acknowledge(placement)

    async def show(self, card: Card) -> str:
        """Edit the promised message; if there is none, send a direct message."""
        try:
            return await super().show(card)
        except discord.HTTPException as error:
            if error.code not in VOID or not self._left.interaction:
                raise
            await self._directly(card)
            return ""
