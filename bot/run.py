"""`newsdesk run`: the bots where they are set up, else a first answer and a conversation in the terminal."""

import os
from typing import TextIO

from bot.chat import chat_with
from bot.compose import Parts
from bot.corpus_commands import registered
from bot.terminal import Terminal
from corpus.sources import SAMPLE
from corpus.store import Source
from retrieval.query import make_query

FIRST_QUESTION = "What did Lee and Takaichi agree about the remains at the Chosei coal mine?"
"""Asked of the sample corpus to show what an answer is."""
SAMPLE_NAME = "Newsdesk sample"
"""The source that the sample's articles name."""
TOKENS = ("DISCORD_TOKEN", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")


def run_bots(parts: Parts, lines: TextIO) -> None:
    """Answer in the terminal; a home without a corpus gets the sample first."""
    _mention_tokens(parts.terminal)
    if not parts.home.collections():
        _load_sample(parts)
    desk = parts.desk()
    served = desk.snapshots.get("news")
    if served and any(article.source == SAMPLE_NAME for article in served.articles):
        parts.terminal.say(f"\nFor example: {FIRST_QUESTION}")
        parts.terminal.answer(desk.ask(make_query(FIRST_QUESTION, ("news",))))
        parts.terminal.say("")
    chat_with(desk, parts.settings.collections, parts.terminal, lines)


def _mention_tokens(terminal: Terminal) -> None:
    for name in TOKENS:
        if os.environ.get(name):
            terminal.notice(
                f"{name} is set, but this version has no adapter for it yet; answering here instead"
            )


def _load_sample(parts: Parts) -> None:
    parts.terminal.say(
        "There is no corpus yet: loading the sample, news around the Nara summit of January 2026."
    )
    with registered(parts, [Source("news", SAMPLE)]):
        parts.reload()
