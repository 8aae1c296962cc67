"""The ways in which one community has made others wait.

This file is run as a script with the code of any checkout, so it uses from `bot` and `tests` only what has
always existed. A scenario is an asynchronous function that gets an empty folder and returns waits.
"""

import asyncio
import contextlib
import gzip
import json
import logging
import shutil
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Caller, Person, Venue
from bot.cli.composition import Parts
from bot.community_admin.change_progress import ChangeProgress
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import ReloadReport, reload
from bot.polling.adding import add
from bot.service.service import Service
from bot.settings import Settings
from corpus.errors import NewsdeskError
from corpus.storage.store_records import Source
from corpus.web.web_fetcher import Timeouts
from retrieval.models.embedder import HashEmbedder
from retrieval.models.model import hash_model
from tests.bot.platforms.process import QUICKLY, Process
from tests.corpus.site import Site, answer
from tools.local_discord import LocalDiscord
from tools.local_slack import LocalSlack

ACTION_TIMEOUT_SECONDS = 40.0
"""Seconds after which an action is no longer waited for."""
ASKED = 5
"""Questions of the waiting community; the longest wait counts."""
ARTICLES = 20_000
"""Articles in the common collection, so that scanning it takes noticeable time."""
QUESTION = "Who counted the ships of the harbour office in 1950?"
HEAD_START_SECONDS = 0.5
"""Seconds for the misbehaving community's action to begin."""
RETRY_SECONDS = 1.5
"""Seconds after which the waiting community tries again while another change is running."""

ONE = Venue("discord", "100", "10")
OTHER = Venue("discord", "200", "20")


@dataclass(frozen=True, slots=True)
class Wait:
    """Seconds that an action of the waiting community took. `disturbed` is whether the other one misbehaved
    meanwhile; `refused` is the bot's reply if it refused the action."""

    act: str
    seconds: float
    disturbed: bool
    refused: str = ""


async def gzip_of_nothing(folder: Path) -> list[Wait]:
    """An upload of ten megabytes of gzip members without content."""
    data = gzip.compress(b"") * (10_000_000 // len(gzip.compress(b"")))
    return await _added(folder, lambda service: _upload(service, ONE, "one", "nothing.jsonl.gz", data))


async def many_problems(folder: Path) -> list[Wait]:
    """An upload in which every line is invalid, each for another reason."""
    lines = "".join(f'{{"id": "{number}", "body": "x"}}\n' for number in range(300_000))
    data = lines.encode()[:10_000_000]
    return await _added(folder, lambda service: _upload(service, ONE, "one", "wrong.jsonl", data))


async def completions(folder: Path) -> list[Wait]:
    """Endless completions, requested by 20 people."""
    home = _home(folder, ARTICLES)
    async with LocalDiscord() as discord:
        typists = [discord.world.add_user(f"Typist {number}") for number in range(20)]
        for user in typists:
            discord.world.join(discord.guild, user)
        guild = discord.world.add_guild("Town", owner=discord.kim)
        square = discord.world.add_channel(guild, "square")
        async with Process(home.root, discord, module=QUICKLY) as bot:
            await bot.up()

            async def ask() -> None:
                asked = await discord.command(discord.kim, square, "ask", question=QUESTION)
                await discord.until(
                    lambda: asked.message and not asked.message.loading, ACTION_TIMEOUT_SECONDS
                )
                if "too long" in asked.text or "Busy" in asked.text:
                    raise NewsdeskError("too late")

            waits = [await _timed("question", ask, disturbed=False)]

            async def type_on() -> None:
                number = 0
                while True:
                    for user in typists:
                        number += 1
                        words = f"no title has {number}"
                        await discord.autocomplete(user, discord.general, "article", "article", words)
                    await asyncio.sleep(0.05)

            typing = asyncio.create_task(type_on())
            await asyncio.sleep(10)
            waits += [await _timed("question", ask, disturbed=True) for _ in range(ASKED)]
            typing.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await typing
    return waits


async def missing_folder(folder: Path) -> list[Wait]:
    """A folder of the misbehaving community's collection is no longer mounted."""
    home = _home(folder, 100)
    away = folder / "away"
    away.mkdir()
    (away / "a.jsonl").write_text(_articles("one", 3))
    with home.store() as store:
        store.add_source(Source("one", str(away)))
    _reload(home)
    async with _service(home) as service:
        waits = [await _timed("add", lambda: _add(service, "first"), disturbed=False)]
        shutil.rmtree(away)
        waits.append(await _timed("add", lambda: _add(service, "second"), disturbed=True))
    return waits


async def robots_without_end(folder: Path) -> list[Wait]:
    """An address whose robots.txt trickles and never ends."""
    return await _fetched(folder, {"/robots.txt": _drip(answer(b"x", content_length="1000000")[:-1])})


async def header_without_end(folder: Path) -> list[Wait]:
    """An address with a header that never ends."""
    return await _fetched(folder, {"/robots.txt": answer(status="404 Not Found"), "/a": _drip(_HEAD)})


async def media_type(folder: Path) -> list[Wait]:
    """An address with a media type of 95 kB that is slow to parse."""
    slow = answer(b"x", content_type='text/html; a="' + ";" * 95_000)
    return await _fetched(folder, {"/robots.txt": answer(status="404 Not Found"), "/a": slow})


async def robots_of_many_rules(folder: Path) -> list[Wait]:
    """An address whose robots.txt has thousands of rules for each of thousands of agents."""
    agents = "".join(f"User-agent: a{number}\n" for number in range(3000))
    rules = "".join(f"Disallow: /{number}\n" for number in range(3000))
    return await _fetched(folder, {"/robots.txt": answer((agents + rules).encode()), "/a": answer(b"x")})


_HEAD = b"HTTP/1.1 200 OK\r\nX-Long: "


async def revoked_token(folder: Path) -> list[Wait]:
    """Slack no longer accepts the bot's token; the waiting community is on Discord."""
    home = _home(folder, 100)
    async with (
        LocalSlack() as slack,
        LocalDiscord() as discord,
        Process(home.root, slack, discord, module=QUICKLY) as bot,
    ):
        await bot.up()

        async def ask() -> None:
            asked = await discord.command(discord.kim, discord.general, "ask", question=QUESTION)
            await discord.until(lambda: asked.message and not asked.message.loading, ACTION_TIMEOUT_SECONDS)

        waits = [await _timed("question", ask, disturbed=False)]
        slack.revoke_token()
        for _ in range(3):
            with contextlib.suppress(Exception):
                await slack.command(slack.ann, slack.general, "/ask", QUESTION)
            await asyncio.sleep(1)
        waits.append(await _timed("question", ask, disturbed=True))
    return waits


async def slow_question(folder: Path) -> list[Wait]:
    """Questions that are slow to parse, by ten people."""
    home = _home(folder, 1000)
    async with _service(home) as service:
        waits = [await _timed("question", lambda: _ask(service, 0), disturbed=False)]
        hard = [
            asyncio.create_task(_asked(service, ONE, Person(f"hard-{number}", "A"), "3월 " * 660))
            for number in range(10)
        ]
        await asyncio.sleep(0)
        waits += [
            await _timed("question", lambda n=n: _ask(service, n + 1), disturbed=True)  # type: ignore[misc]
            for n in range(ASKED)
        ]
        for task in hard:
            task.cancel()
        await asyncio.gather(*hard, return_exceptions=True)
    return waits


# Parts of the scenarios


async def _added(folder: Path, act: Callable[[Service], Awaitable[object]]) -> list[Wait]:
    """How long the waiting community's questions and its upload take while the other one adds something."""
    home = _home(folder, 1000)
    async with _service(home) as service:
        waits = [
            await _timed("question", lambda: _ask(service, 0), disturbed=False),
            await _timed("add", lambda: _add(service, "first"), disturbed=False),
        ]
        adding = asyncio.ensure_future(act(service))
        await asyncio.sleep(HEAD_START_SECONDS)
        second = asyncio.create_task(_timed("add", lambda: _add(service, "second"), disturbed=True))
        waits += [
            await _timed("question", lambda n=n: _ask(service, n + 1), disturbed=True)  # type: ignore[misc]
            for n in range(ASKED)
        ]
        waits.append(await second)
        adding.cancel()
        await asyncio.gather(adding, return_exceptions=True)
    return waits


async def _fetched(folder: Path, pages: dict[str, object]) -> list[Wait]:
    """The same while the other one adds an address of a site with these pages."""
    with Site(pages) as site:  # type: ignore[arg-type]
        source = Source("one", "http://news.example/a")

        async def act(_service: Service) -> None:
            home = Home(folder / "home")
            fetcher = site.fetcher(timeouts=Timeouts())  # the production timeouts
            with contextlib.suppress(NewsdeskError):
                await asyncio.to_thread(
                    lambda: add(home, [source], lambda **_: _reload(home), fetcher=lambda: fetcher)
                )

        return await _added(folder, act)


def _drip(begin: bytes) -> Callable[[object], None]:
    """Sends `begin`, and then ten bytes a second for three minutes, or until the connection is closed."""

    def play(connection: object) -> None:
        send = connection.sendall  # type: ignore[attr-defined]
        with contextlib.suppress(OSError):
            send(begin)
            for _ in range(1800):
                send(b"x")
                time.sleep(0.1)

    return play


async def _timed(act: str, work: Callable[[], Awaitable[object]], *, disturbed: bool) -> Wait:
    began = time.monotonic()
    refused = ""
    try:
        async with asyncio.timeout(ACTION_TIMEOUT_SECONDS):
            await work()
    except TimeoutError:
        return Wait(act, ACTION_TIMEOUT_SECONDS, disturbed)
    except NewsdeskError as error:
        refused = f"refused: {str(error)[:60]}"
    except AssertionError:
        return Wait(act, ACTION_TIMEOUT_SECONDS, disturbed)
    return Wait(act, time.monotonic() - began, disturbed, refused)


async def _ask(service: Service, number: int) -> None:
    await _asked(service, OTHER, Person(f"reader-{number}", "B"), QUESTION)


async def _asked(service: Service, venue: Venue, person: Person, text: str) -> None:
    await service.questions.ask(QuestionRequest(venue, person, text))


async def _upload(service: Service, venue: Venue, collection: str, name: str, data: bytes) -> None:
    admin = Person("1", "Admin", manages=True)
    await service.corpus_editor.add_upload(Caller(venue, admin), collection, name, data, ChangeProgress())


async def _add(service: Service, name: str) -> None:
    """An upload of the waiting community, repeated while another change is running, as a person would."""
    data = _articles(name, 3).encode()
    while True:
        try:
            await _upload(service, OTHER, "other", f"{name}.jsonl", data)
        except NewsdeskError as error:
            if "busy" not in str(error) and "under way" not in str(error):
                raise
            await asyncio.sleep(RETRY_SECONDS)
        else:
            return


def _articles(name: str, count: int) -> str:
    rows = (
        {
            "id": f"{name}-{number}",
            "title": f"The {name} quays of Port Ellery in {1000 + number}",
            "source": "Harbour Gazette",
            "text": f"In {1000 + number} the harbour office counted {number * 3 % 977} ships of {name}.",
        }
        for number in range(count)
    )
    return "".join(f"{json.dumps(row)}\n" for row in rows)


def _home(folder: Path, articles: int) -> Home:
    made = Home(folder / "home")
    (folder / "news.jsonl").write_text(_articles("news", articles))
    with made.store() as store:
        store.add_source(Source("news", str(folder / "news.jsonl")))
    _reload(made)
    return made


def _reload(home: Home) -> ReloadReport:
    return reload(home, HashEmbedder, progress=lambda _what, _done, _total: None)


@asynccontextmanager
async def _service(home: Home) -> AsyncIterator[Service]:
    async with Parts(Settings(home=home.root), lambda _name: hash_model()).service() as service:
        yield service


@dataclass(frozen=True, slots=True)
class Scenario:
    """What the misbehaving community does, and the scenario's function."""

    about: str
    run: Callable[[Path], Coroutine[None, None, list[Wait]]]


SCENARIOS = {
    "10": Scenario("adds 10 MB of empty gzip members", gzip_of_nothing),
    "11": Scenario("adds a file of 300,000 wrong lines", many_problems),
    "12": Scenario("asks for completions without end", completions),
    "13": Scenario("has a folder that is not mounted", missing_folder),
    "14 header": Scenario("adds an address whose header never ends", header_without_end),
    "14 robots": Scenario("adds an address whose robots.txt never ends", robots_without_end),
    "14 media type": Scenario("adds an address with a media type of 95 kB", media_type),
    "14 rules": Scenario("adds an address whose robots.txt has rules for thousands", robots_of_many_rules),
    "15": Scenario("is on Slack, which revokes the token", revoked_token),
    "16": Scenario("asks “3월 ” × 660, ten times", slow_question),
}


def main() -> None:
    """Run one scenario in a folder, and print its waits as JSON."""
    logging.disable(logging.CRITICAL)
    waits = asyncio.run(SCENARIOS[sys.argv[1]].run(Path(sys.argv[2])))
    print(json.dumps([asdict(wait) for wait in waits]), flush=True)


if __name__ == "__main__":
    main()
