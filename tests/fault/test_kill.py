"""`kill -9` at random moments of reloads: the next start serves the old or the new corpus, whole.

NEWSDESK_KILLS sets how many kills there are; each has a seed of its own, so that one that fails can be
repeated alone.
"""

import os
import random
from collections import Counter
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

import bot.corpus_admin.embedding_cache
from bot.cli.composition import load_model
from bot.cli.main import cli
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import reload
from retrieval.models.embedder import HashEmbedder
from tests.fault.forked import killed_after
from tests.fault.newsroom import (
    edition,
    leftovers,
    new_home,
    open_desk,
    problems,
    publish,
    served,
    write_edition,
)

KILLS = int(os.environ.pop("NEWSDESK_KILLS", "25"))
"""Taken out of the environment, for Newsdesk refuses settings that it does not know."""
LONGEST = 0.35
"""Seconds until the kill at the most: two to three reloads."""


def reload_for_ever(say: Connection, root: Path, sources: Path, number: int) -> None:
    """Publish edition after edition, and say of each what is about to be done, and when it is done."""
    bot.corpus_admin.embedding_cache.EMBED_SLICE = 2  # several saves a reload: kills fall between them too
    while True:
        say.send(f"begin {number}")
        write_edition(sources, number)
        reload(Home(root), HashEmbedder, progress=lambda what, _done, _total: say.send(f"stage {what}"))
        say.send(f"done {number}")
        number += 1


@pytest.fixture(scope="module")
def last_words() -> Counter[str]:
    """How often the last thing that was said was of this kind."""
    return Counter()


@pytest.mark.parametrize("seed", range(KILLS))
def test_a_kill_leaves_the_old_corpus_or_the_new_one_whole(
    tmp_path: Path, last_words: Counter[str], seed: int
) -> None:
    chance = random.Random(seed)
    sources = tmp_path / "sources"
    home = new_home(tmp_path / "home", sources)
    before = -1  # every third kill falls into or shortly after the very first reload
    if seed % 3:
        before = chance.randrange(3)
        for number in range(before + 1):
            publish(home, sources, number)
    seconds = chance.uniform(0, LONGEST if seed % 3 else LONGEST / 2)
    # On a busy machine nothing but the beginning would fall into so few seconds.
    things = chance.randint(1, 8 if seed % 3 else 4)
    said = killed_after(seconds, reload_for_ever, home.root, sources, before + 1, things=things)
    last_words[" ".join(word for word in said[-1].split() if word.isalpha())] += 1

    done = max((int(line.split()[1]) for line in said if line.startswith("done")), default=before)
    begun = max(int(line.split()[1]) for line in said if line.startswith("begin"))
    allowed = [edition(number) if number >= 0 else {} for number in range(done, begun + 1)]
    assert len(allowed) <= 2
    verify = ["--home", str(home.root), "corpus", "verify"]
    # A fresh start, in another process than the one that was killed.
    found = served(home)
    assert found in allowed, said
    assert problems(home) == []
    assert cli.main(verify, standalone_mode=False, obj=load_model) == 0
    if found:
        desk, notices = open_desk(home)
        assert {a.id: a.text for a in desk.collections["news"].articles} == found
        assert notices == []

    # The lock is free, and what was left half done is cleared away.
    publish(home, sources, begun + 1)
    assert served(home) == edition(begun + 1)
    assert leftovers(home) == []
    assert problems(home) == []


def test_the_kills_fell_into_different_parts_of_a_reload(last_words: Counter[str]) -> None:
    if last_words.total() < 25:
        pytest.skip("only a few kills were asked for")
    assert len(last_words) >= 3, last_words
