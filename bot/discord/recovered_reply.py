"""The reply to an interaction that another process had begun to answer when it ended."""

import logging

import discord
from discord.http import Route

from bot.cards.card import Card
from bot.discord.api.send import MESSAGE_LIFE, UNREACHABLE
from bot.discord.replies import VOID, ReplyTarget, TokenReply
from bot.dispatch.reply import Placement

PROMISED = 5
"""Discord's number for a first response that promises a message."""
FOR_ONE = 64
"""Its flag for one that the person alone sees."""

_log = logging.getLogger(__name__)


class RecoveredReply(TokenReply):
    """By the interaction's token. Nobody knows whether that process has promised a reply: so it is promised
    once more, and where no promise was taken in time, the answer is a direct message."""

    def __init__(self, client: discord.Client, person: int, target: ReplyTarget) -> None:
        """Nothing is sent yet."""
        webhook = discord.Webhook.partial(target.application, target.token, client=client)
        webhook.type = discord.WebhookType.application  # or discord.py takes no message for one alone
        super().__init__(client, person, target.interaction, webhook, MESSAGE_LIFE)
        self._left = target

    async def acknowledge(self, placement: Placement) -> bool:
        """Promise a reply, where that was not done and Discord takes it still; true in any case."""
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
        """Fill in the message; directly where there is none."""
        try:
            return await super().show(card)
        except discord.HTTPException as error:
            if error.code not in VOID or not self._left.interaction:
                raise
            await self._directly(card)
            return ""
