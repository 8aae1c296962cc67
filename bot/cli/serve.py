"""`newsdesk run`: runs the bots that are set up, or else a conversation in the terminal after an example."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TextIO

from bot.cli.composition import Parts
from bot.cli.conversation import chat_with
from bot.cli.printing.answer_printer import print_answer
from bot.corpus_admin.changes import registered
from bot.incomplete_settings import absent_collections, incomplete_settings
from bot.measuring.presence import Presence
from bot.polling.poll_loop import PollLoop
from bot.runtime.logs import log_to_stderr
from bot.runtime.process_lock import only_process
from bot.runtime.start_retry import ignore, retry_start
from bot.runtime.supervisor import Platform, serve
from bot.service.outages import noting_refusal
from bot.settings import exposed_secrets
from corpus.sources.files import SAMPLE
from corpus.storage.store_records import Source
from retrieval.question.query import make_query

if TYPE_CHECKING:
    from bot.operation.monitoring import Monitoring
    from bot.service.service import Service

FIRST_QUESTION = "What did Lee and Takaichi agree about the remains at the Chosei coal mine?"
"""The example question, which the sample corpus answers."""
SAMPLE_NAME = "Newsdesk sample"
"""The source of the sample's articles."""


def run_bots(parts: Parts, lines: TextIO) -> None:
    """Answer on the platforms whose tokens are set, or else in the terminal. A home without a corpus loads
    the sample first. Platforms wait for a database that is unavailable. Raises PlatformRefused."""
    settings = parts.settings
    if exposed := exposed_secrets():
        parts.terminal.notice(exposed)
    for advice in incomplete_settings(settings):
        parts.terminal.notice(advice)
    if settings.discord_token or settings.slack:
        log_to_stderr(settings.secrets, as_json=settings.log_format == "json")
        asyncio.run(_serve(parts))
        return
    _load_sample(parts)
    desk = parts.desk()
    served = desk.collections.get("news")
    if served and any(article.source == SAMPLE_NAME for article in served.articles):
        parts.terminal.say(f"\nFor example: {FIRST_QUESTION}")
        print_answer(parts.terminal, desk.ask(make_query(FIRST_QUESTION, ("news",))))
        parts.terminal.say("")
    loop = PollLoop(parts.poller, desk.reload) if parts.settings.poll_minutes else None
    if loop:
        loop.start()
    try:
        chat_with(desk, parts.settings.collections, parts.terminal, lines)
    finally:
        if loop:
            loop.stop()


async def _serve(parts: Parts) -> None:
    """Run the platforms and, if the settings have an address for it, monitoring from the very start."""
    presence = Presence(parts.settings.platforms)
    if parts.settings.metrics is None:
        await _answer(parts, presence)
        return
    from bot.operation.monitoring import monitored

    database = "postgresql" if parts.settings.database else "sqlite"
    async with monitored(parts.settings.metrics, presence, database) as watched:
        await _answer(parts, presence, watched)


async def _answer(parts: Parts, presence: Presence, watched: Monitoring | None = None) -> None:
    settings = parts.settings

    def opened() -> Service:
        _load_sample(parts)
        return parts.service(watched.meter if watched else None, presence)

    # Opened in a thread, so that health checks meanwhile are told that it is starting.
    async with await retry_start(opened, watched.waits if watched else ignore) as service:
        if watched:
            watched.opened(service)
        platforms: dict[str, Platform] = {}
        if settings.discord_token:
            from bot.discord.run import run_discord

            platforms["Discord"] = _alone(
                parts,
                "Discord",
                f"{settings.discord_token}{settings.discord_shards or ''}",
                noting_refusal("Discord", lambda stop: run_discord(settings, service, stop), service),
            )
        if settings.slack:
            if settings.slack_oauth:
                from bot.slack.workspaces.served_workspaces import run_workspaces as run_slack
            else:
                from bot.slack.run import run_slack

            platforms["Slack"] = _alone(
                parts,
                "Slack",
                settings.slack_client_id if settings.slack_oauth else settings.slack_bot_token,
                noting_refusal("Slack", lambda stop: run_slack(settings, service, stop), service),
            )
        await serve(platforms, presence.drain)


def _alone(parts: Parts, name: str, token: str, platform: Platform) -> Platform:
    """The platform, but refused if another process already serves it with this token and home. Processes on
    one database may be many."""
    if parts.settings.database:
        return platform

    async def answer(stop: asyncio.Event) -> None:
        with only_process(parts.home.root, name, token):
            await platform(stop)

    return answer


def _load_sample(parts: Parts) -> None:
    """Load the sample if there is no corpus yet. Collections in the settings that are not there are
    reported."""
    if not parts.home.collections():
        _add_sample(parts)
    for advice in absent_collections(parts.settings, parts.home.collections()):
        parts.terminal.notice(advice)


def _add_sample(parts: Parts) -> None:
    parts.terminal.say(
        "There is no corpus yet: loading the sample, news around the Nara summit of January 2026."
    )
    # Locked for both: of two processes that start at once, the one that has to wait would otherwise take back
    # the source that the other is about to read.
    with parts.home.locked(), registered(parts.home, [Source("news", SAMPLE)]):
        parts.reload()
