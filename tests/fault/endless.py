"""A process that reloads for ever, to be killed: `python -m tests.fault.endless`.

For each line `HOME SOURCES NUMBER` on standard input it forks a child, whose process id is its first line
of output. The child then writes edition after edition from NUMBER on and reloads each, and says what it is
about to do before it does it: `begin N`, `stage NAME` and, once the reload has returned, `done N`. When the
child is gone, `gone` is said. Forking spares each trial a second of imports.
"""

import os
import sys
from pathlib import Path

import bot.corpus_admin.embedding_cache
import bot.corpus_admin.reload
from bot.corpus_admin.home import Home
from retrieval.models.embedder import HashEmbedder
from tests.fault.newsroom import write_edition

bot.corpus_admin.embedding_cache.EMBED_SLICE = (
    2  # several saves a reload, so that kills fall between them too
)


def reload_for_ever(home: Home, sources: Path, number: int) -> None:
    """Publish edition after edition, saying so."""
    while True:
        say(f"begin {number}")
        write_edition(sources, number)
        bot.corpus_admin.reload.reload(
            home, HashEmbedder, progress=lambda what, _done, _total: say(f"stage {what}")
        )
        say(f"done {number}")
        number += 1


def say(line: str) -> None:
    """One line in one write, so that a kill leaves it whole or out."""
    os.write(1, f"{line}\n".encode())


def main() -> None:
    """One child for each line."""
    for line in sys.stdin:
        home, sources, number = line.split("\t")
        child = os.fork()
        if not child:
            say(f"child {os.getpid()}")
            reload_for_ever(Home(Path(home)), Path(sources), int(number))
        os.waitpid(child, 0)
        say("gone")


if __name__ == "__main__":
    main()
