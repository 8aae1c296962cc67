"""`newsdesk run`: the bots where they are set up, else a first answer and a conversation in the terminal."""

import asyncio
import os
from typing import TextIO

from bot.chat import chat_with
from bot.compose import Parts
from bot.keeping import registered
from bot.service.logs import log_to_stderr
from corpus.sources import SAMPLE
from corpus.store import Source
from retrieval.query import make_query

FIRST_QUESTION = "What did Lee and Takaichi agree about the remains at the Chosei coal mine?"
"""Asked of the sample corpus to show what an answer is."""
SAMPLE_NAME = "Newsdesk sample"
"""The source that the sample's articles name."""
NOT_YET = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")


def run_bots(parts: Parts, lines: TextIO) -> None:
    """Answer on the platforms whose tokens are set, without any in the terminal; a home without a corpus
    gets the sample first. Raises PlatformRefused."""
    for name in NOT_YET:
        if os.environ.get(name):
            parts.terminal.notice(f"{name} is set, but this version has no adapter for it yet")
    if not parts.home.collections():
        _load_sample(parts)
    if parts.settings.discord_token:
        log_to_stderr(parts.settings.secrets)
        asyncio.run(_serve(parts))
        return
    desk = parts.desk()
    served = desk.snapshots.get("news")
    if served and any(article.source == SAMPLE_NAME for article in served.articles):
        parts.terminal.say(f"\nFor example: {FIRST_QUESTION}")
        parts.terminal.answer(desk.ask(make_query(FIRST_QUESTION, ("news",))))
        parts.terminal.say("")
    chat_with(desk, parts.settings.collections, parts.terminal, lines)


async def _serve(parts: Parts) -> None:
    from bot.discord.run import run_discord

    async with parts.service() as service:
        await run_discord(parts.settings, service)


def _load_sample(parts: Parts) -> None:
    parts.terminal.say(
        "There is no corpus yet: loading the sample, news around the Nara summit of January 2026."
    )
    with registered(parts.home, [Source("news", SAMPLE)]):
        parts.reload()
