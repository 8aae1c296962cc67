"""Where the bot's token goes: to Discord's API and its gateway, and nowhere else."""

import discord
import pytest
from discord.http import Route

from bot.discord.app import NewsdeskClient
from tests.bot.discord.live import LiveBot, upload
from tests.listener import Listener, Redirecting, listening

TOKEN = "MTk4NjIyNDgzNDcxOTI1MjQ4.Cl2FMQ.ZnCjm1XVW7vRze4b7Cq4se7kKWs"


@pytest.mark.parametrize("redirected", [False, True])
async def test_a_file_is_read_without_the_token_wherever_discord_keeps_it(
    fresh: LiveBot, redirected: bool
) -> None:
    local = fresh.discord
    async with (
        listening(Listener("127.0.0.2")) as listener,
        listening(Redirecting("127.0.0.1", listener.url("/kite.jsonl"))) as redirecting,
    ):
        local.world._cdn = (redirecting if redirected else listener).url("")
        file = upload("kite.jsonl", {"title": "A kite", "text": "A kite flew."})
        added = await fresh.command(local.admin, local.general, "corpus add", file=file)
        assert "1 new" in added.text
        heard = b"".join([*listener.heard, *redirecting.heard])
    assert b"kite.jsonl" in heard
    assert local.token.encode() not in heard
    assert b"authorization" not in heard.lower()


async def test_a_call_that_is_redirected_takes_no_token_along(
    fresh: LiveBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with (
        listening(Listener("127.0.0.2")) as listener,
        listening(Redirecting("127.0.0.1", listener.url("/api/v10/users/@me"))) as redirecting,
    ):
        monkeypatch.setattr(Route, "BASE", redirecting.url("/api/v10"))
        async with NewsdeskClient(fresh.client.dispatcher) as client:
            with pytest.raises((discord.HTTPException, TypeError, KeyError)):
                await client.login(TOKEN)
        assert TOKEN.encode() in b"".join(redirecting.heard)
        assert listener.heard
        assert TOKEN.encode() not in b"".join(listener.heard)
