"""`newsdesk run`: the bots where they are set up, else a first answer and a conversation in the terminal."""

import os
from typing import TextIO

from bot.chat import chat_with
from bot.compose import make_desk, make_embedder, make_home
from bot.reload import reload
from bot.settings import Settings
from bot.terminal import Terminal
from corpus.sources import SAMPLE
from corpus.store import Source
from retrieval.query import make_query

FIRST_QUESTION = "What did Lee and Takaichi agree about the remains at the Chosei coal mine?"
"""Asked of the sample corpus to show what an answer is."""
TOKENS = ("DISCORD_TOKEN", "SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")


def run_bots(settings: Settings, terminal: Terminal, lines: TextIO) -> None:
    """Answer in the terminal; a home without a corpus gets the sample first."""
    for name in TOKENS:
        if os.environ.get(name):
            terminal.notice(
                f"{name} is set, but this version has no adapter for it yet; answering here instead"
            )
    home = make_home(settings)
    embedder = None
    if not home.collections():
        terminal.say(
            "There is no corpus yet: loading the sample, news around the Nara summit of January 2026."
        )
        with home.store() as store:
            store.add_source(Source("news", SAMPLE))
        with terminal.doing("loading the model"):
            embedder = make_embedder(settings)
        maker = embedder
        with terminal.progress() as stage:
            reload(home, lambda: maker, stage=stage)
    with terminal.doing("opening the corpus and loading the model"):
        desk = make_desk(settings, terminal.notice, embedder)
    if "news" in desk.snapshots and any(
        a.source == "Newsdesk sample" for a in desk.snapshots["news"].articles
    ):
        terminal.say(f"\nFor example: {FIRST_QUESTION}")
        terminal.answer(desk.ask(make_query(FIRST_QUESTION, ("news",))))
    chat_with(desk, settings.collections, terminal, lines)
