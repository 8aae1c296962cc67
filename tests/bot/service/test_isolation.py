"""Communities that act at random and at the same time: nothing of another's text or names is ever seen.

NEWSDESK_ISOLATION_STEPS sets how many acts there are, and NEWSDESK_ISOLATION_SEED which.
"""

import asyncio
import json
import logging
import os
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

import bot.service.service
from bot.desk import Desk
from bot.home import Home
from bot.service.people import Venue
from bot.service.service import Service, make_service
from bot.slack.app import make_app
from bot.slack.home import Pages
from retrieval.embedder import Embedder, HashEmbedder
from retrieval.minilm import MiniLM
from tests.bot.service.office import publish
from tests.bot.service.operating import Operator
from tests.bot.service.rivals import Community, Deed, Rivals
from tests.bot.slack.live import local_slack
from tests.fault.newsroom import QuickDisk
from tests.local_slack import LocalSlack

STEPS = int(os.environ.pop("NEWSDESK_ISOLATION_STEPS", "300"))
"""Taken out of the environment, for Newsdesk refuses settings that it does not know."""
SEED = int(os.environ.pop("NEWSDESK_ISOLATION_SEED", "1"))
TOGETHER = 6
"""Acts at the same time: a change of the corpus, and some that look on."""
NEWS = {
    "id": "minutes-1",
    "title": "Summit",
    "source": "The Post",
    "text": "Lee met Takaichi in Nara in January.",
}

_log = logging.getLogger(__name__)


@pytest_asyncio.fixture
async def slack() -> AsyncIterator[LocalSlack]:
    """A Slack, for its App Home."""
    async with local_slack() as place:
        yield place


def communities(slack: LocalSlack) -> list[Community]:
    """Two of Discord and two of Slack, of the same numbers, and a direct message."""
    return [
        Community(Venue("discord", "100", "10"), "quartzbeak", "quartzbeek"),
        Community(Venue("discord", "200", "20"), "velvetfin", "velvetfen"),
        Community(Venue("slack", slack.team.id, slack.general.id), "umberclaw", "umberclew"),
        Community(Venue("slack", "100", "10"), "cindermoth", "cindermath"),
        Community(Venue("discord", None, "77", own=True), "nobodyword", "nobodyward", administers=False),
    ]


async def home_page(deed: Deed, pages: Pages, slack: LocalSlack) -> object:
    """The App Home of an administrator and of anybody, of the one workspace that has one here."""
    if deed.by.venue.community != slack.team.id:
        return ()
    return await pages.card(deed.chance.choice((slack.admin, slack.ann)).id)


@pytest.mark.parametrize(
    ("embedder", "steps"),
    [(HashEmbedder, STEPS), (None, STEPS // 10)],
    ids=["words", "the real model"],
)
async def test_nothing_of_another_community_is_ever_seen(
    tmp_path: Path,
    minilm: MiniLM,
    slack: LocalSlack,
    embedder: type[HashEmbedder] | None,
    steps: int,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setattr(bot.service.service, "LOOK_AGAIN", 0.05)
    chance = random.Random(SEED)
    model: Embedder = embedder() if embedder else minilm
    home = Home(tmp_path / "home", QuickDisk())
    publish(home, "news", [NEWS], model)
    everybody = communities(slack)
    operator = Operator(home.root, tmp_path / "operator", model, everybody, random.Random(SEED + 1))
    desk = Desk(home, model, lambda _line: None)
    desk.open()
    # Of both platforms: nobody looks after what all see, or their words would stand there.
    async with make_service(home, desk, platforms=frozenset({"discord", "slack"})) as service:
        _, front = await make_app(service, slack.bot_token, slack.api)
        publish_home = front.publish_home
        pages = publish_home.__self__  # type: ignore[attr-defined]
        rivals = Rivals(service, everybody, chance, {"home page": lambda deed: home_page(deed, pages, slack)})
        await act_together(rivals, operator, steps)
        told = await asyncio.to_thread(kept, service, everybody)
    # With `--log-file-level=INFO --log-file=FILE`, how many outcomes of each path were looked through.
    looked = json.dumps({"all": rivals.reads.total(), **dict(rivals.reads.most_common())})
    _log.info("looked through %s; the operator's acts %s", looked, json.dumps(operator.done))
    _log.info("saw their own %s", json.dumps({one.word: one.seen.total() for one in everybody}))
    assert told == []
    assert "incident" not in caplog.text
    if steps < 100:
        return
    for community in everybody:
        # They saw their own, so that there was something to see.
        assert (community.seen.total() > 0) == community.administers, (community.word, community.seen)
    if steps >= 1000:
        assert rivals.reads.keys() == rivals.paths.keys()


async def act_together(rivals: Rivals, operator: Operator, steps: int) -> None:
    """Some acts at a time, of the operator in a thread meanwhile. Raises what the first of them raises."""
    done = 0
    while done < steps:
        rivals.service.scope._pace._taken.clear()  # as if a minute had gone by
        several = [rivals.act() for _ in range(rivals.chance.randint(1, TOGETHER))]
        done += len(several)
        if rivals.chance.random() < 0.3:
            several.append(asyncio.to_thread(operator.act))
            done += 1
        for outcome in await asyncio.gather(*several, return_exceptions=True):
            if isinstance(outcome, BaseException):
                raise outcome


def kept(service: Service, everybody: list[Community]) -> list[str]:
    """What is kept for one community, and exported of its votes, that has another's word in it."""
    found = []
    tables = {"answers": "tenant", "audit": "platform || ':' || community"}
    for table, tenant in tables.items():
        query = f"SELECT {tenant}, CAST(json_array(*) AS TEXT) FROM {table}"
        names = [name for _, name, *_ in service.ledger._all(f"PRAGMA table_info({table})")]
        query = query.replace("*)", f"{', '.join(names)})", 1)
        for whose, row in service.ledger._all(query):
            for one in everybody:
                if one.venue.tenant == whose:
                    continue
                owner = next(other for other in everybody if other.venue.tenant == whose)
                text = str(row).casefold()
                for typed in sorted(owner.typed, key=len, reverse=True):
                    text = text.replace(typed.casefold(), "")
                if one.word in text:
                    found.append(f"{table} of {whose}: {json.dumps(text)[:500]}")
    return found
