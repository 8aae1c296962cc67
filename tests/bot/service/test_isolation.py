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
from bot.chat.venue import Venue
from bot.corpus_admin.home import Home
from bot.desk.desk import Desk
from bot.service.service import Service
from bot.service.service_factory import make_service
from bot.service.service_options import ServiceOptions
from bot.slack.app import make_app
from bot.slack.home_tab import HomeTab
from retrieval.models.embedder import Embedder, HashEmbedder
from retrieval.models.model import Model
from retrieval.models.vocabulary import AnyVocabulary
from tests.bot.service.office import publish
from tests.bot.service.operating import Operator
from tests.bot.service.people import DIRECT
from tests.bot.service.rivals import Community, Deed, Rivals
from tests.bot.slack.live import local_slack
from tests.fault.newsroom import QuickDisk
from tests.retrieval.snapshots import model_of
from tools.local_slack import LocalSlack

STEPS = int(os.environ.pop("NEWSDESK_ISOLATION_STEPS", "400"))
"""Taken out of the environment, for Newsdesk refuses settings that it does not know."""
SEED = int(os.environ.pop("NEWSDESK_ISOLATION_SEED", "1"))
TOGETHER = 6
"""Acts at the same time: a change of the corpus, and some that look on."""
OPERATES = 0.3
"""How likely the operator acts meanwhile."""
LOOKS = 0.2
"""How likely the service looks at what another process did: some twenty acts come between two looks."""
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
        Community(Venue("discord", "100", "10"), "quartzbeak", "quartzbeek", "gannetsong"),
        Community(Venue("discord", "200", "20"), "velvetfin", "velvetfen", "lobsterhum"),
        Community(Venue("slack", slack.team.id, slack.general.id), "umberclaw", "umberclew", "badgerchant"),
        Community(Venue("slack", "100", "10"), "cindermoth", "cindermath", "ravencroon"),
        Community(DIRECT, "nobodyword", "nobodyward", "strangertune", administers=False),
    ]


async def home_page(deed: Deed, pages: HomeTab, slack: LocalSlack) -> object:
    """The App Home of an administrator and of anybody, of the one workspace that has one here."""
    if deed.by.venue.community != slack.team.id:
        return ()
    return await pages.card(deed.chance.choice((slack.admin, slack.ann)).id)


class PlainWords(AnyVocabulary):
    """Was taught all words but those that are communities' own, so that slips of these are put right."""

    def __init__(self, own: frozenset[str]) -> None:
        self._own = own

    def is_word(self, word: str) -> bool:
        """As a real model says it of a word that it has only in parts."""
        return word not in self._own


@pytest.mark.parametrize(
    ("real", "steps"), [(False, STEPS), (True, STEPS // 10)], ids=["words", "real model"]
)
async def test_nothing_of_another_community_is_ever_seen(
    tmp_path: Path,
    slack: LocalSlack,
    real: bool,
    steps: int,
    request: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    # Looks are acts here, so that what comes between two of them does not hang on how fast the machine is.
    monkeypatch.setattr(bot.service.service, "LOOK_AGAIN", 3600.0)
    chance = random.Random(SEED)
    everybody = communities(slack)
    own = frozenset(word for one in everybody for word in (one.word, one.slip, one.said))
    embedder: Embedder = request.getfixturevalue("minilm") if real else HashEmbedder()
    model = model_of(embedder) if real else Model(embedder, PlainWords(own))
    home = Home(tmp_path / "home", QuickDisk())
    publish(home, "news", [NEWS], embedder)
    operator = Operator(home.root, tmp_path / "operator", embedder, everybody, random.Random(SEED + 1))
    desk = Desk(home, model, lambda _line: None)
    desk.open()
    # Of both platforms: nobody looks after what all see, or their words would stand there.
    async with make_service(home, desk, ServiceOptions(platforms=frozenset({"discord", "slack"}))) as service:
        app = await make_app(service, slack.bot_token, slack.api)
        rivals = Rivals(
            service,
            everybody,
            chance,
            lambda: operator.holding,
            {"home page": lambda deed: home_page(deed, app.home, slack)},
        )
        await act_together(rivals, operator, steps)
        told = await asyncio.to_thread(kept, service, everybody)
    # With `--log-file-level=INFO --log-file=FILE`, how many outcomes of each path were looked through.
    looked = json.dumps({"all": rivals.reads.total(), **dict(rivals.reads.most_common())})
    _log.info("looked through %s; the operator's acts %s", looked, json.dumps(operator.done))
    _log.info("saw their own %s", json.dumps({one.word: one.seen.total() for one in everybody}))
    _log.info("had slips put right %s", json.dumps({one.word: one.corrected for one in everybody}))
    assert told == []
    assert "incident" not in caplog.text
    if steps < 100:
        return
    # They saw their own, so that there was something to see; in a short run one may have had nothing.
    assert not any(one.seen.total() for one in everybody if not one.administers)
    assert any(one.seen.total() for one in everybody)
    assert any(one.corrected for one in everybody)
    if steps >= 1000:
        assert all(one.seen.total() for one in everybody if one.administers)
        assert rivals.reads.keys() == rivals.paths.keys()


async def look_again(service: Service) -> None:
    """As the service does every few seconds."""
    await asyncio.to_thread(service.current_rights.look, service.desk.refresh)
    await service.settings.load()


async def act_together(rivals: Rivals, operator: Operator, steps: int) -> None:
    """Some acts at a time, of the operator in a thread meanwhile. Raises what the first of them raises."""
    done = 0
    while done < steps:
        rivals.service.access._pace._taken.clear()  # as if a minute had gone by
        several = [rivals.act() for _ in range(rivals.chance.randint(1, TOGETHER))]
        done += len(several)
        if rivals.chance.random() < OPERATES:
            several.append(asyncio.to_thread(operator.act))
            done += 1
        if rivals.chance.random() < LOOKS:
            several.append(look_again(rivals.service))
        for outcome in await asyncio.gather(*several, return_exceptions=True):
            if isinstance(outcome, BaseException):
                raise outcome


def kept(service: Service, everybody: list[Community]) -> list[str]:
    """What is kept for one community, and exported of its votes, that has another's word in it."""
    found = []
    tables = {"answers": "tenant", "audit": "platform || ':' || community"}
    for table, tenant in tables.items():
        query = f"SELECT {tenant}, CAST(json_array(*) AS TEXT) FROM {table}"
        names = [name for _, name, *_ in service.chat_store.rows(f"PRAGMA table_info({table})")]
        query = query.replace("*)", f"{', '.join(names)})", 1)
        for whose, row in service.chat_store.rows(query):
            for one in everybody:
                if one.venue.tenant == whose:
                    continue
                owner = next(other for other in everybody if other.venue.tenant == whose)
                text = str(row).casefold()
                for typed in sorted(owner.typed, key=len, reverse=True):
                    text = text.replace(typed.casefold(), "")
                if any(word in text for word in one.secrets):
                    found.append(f"{table} of {whose}: {json.dumps(text)[:500]}")
    return found
