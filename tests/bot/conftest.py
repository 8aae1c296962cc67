"""The command as people call it and the service, in this process, with the one real model of the session."""

import io
import json
import logging
import shutil
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractAsyncContextManager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

import corpus
import retrieval.reading.packaged_reader
from bot.__main__ import main
from bot.cli.composition import LoadModel, load_model
from bot.corpus_admin.home import Home
from bot.service.service import Service
from retrieval.models.model import Model
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.models.packaged import PACKAGED
from tests.bot import knobs  # noqa: F401 - before anything reads the environment
from tests.bot.log_watch import LogWatch
from tests.bot.remembering_reader import remembering_reader
from tests.bot.running_bot import RunningBot
from tests.bot.service.office import copied, furnish, opened
from tests.fault.newsroom import new_home, publish

SETTINGS = ("NEWSDESK_HOME", "NEWSDESK_MODEL", "NEWSDESK_COLLECTIONS")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a call printed and ended with."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[Any]:
        """The JSON of each line of output."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def row(self) -> Any:
        """The one line's JSON."""
        (row,) = self.rows
        return row

    @property
    def error(self) -> str:
        """The one line of an error, and that there was nothing else."""
        assert self.out == ""
        assert self.err.startswith("newsdesk: ")
        assert self.err.count("\n") == 1
        return self.err.removeprefix("newsdesk: ").rstrip("\n")


MakeHome = Callable[[], Path]
"""`make_home()` is a new home with the sample corpus."""
RunBot = Callable[..., AbstractAsyncContextManager[RunningBot]]
"""`run_bot(load, home, **settings)` is a bot on a server of its platform's for the time of the block."""
Call = Callable[..., Outcome]
"""`call(*arguments, stdin="")` runs the command."""


@pytest.fixture(scope="module", autouse=True)
def log_watch() -> Iterator[LogWatch]:
    """Looks through all that is logged, also while what a module's tests share begins and ends."""
    watch = LogWatch()
    with watch.watching():
        yield watch
    assert not watch.taken()


@pytest.fixture(autouse=True)
def logs_are_clean(log_watch: LogWatch) -> Iterator[None]:
    """No line of any log holds a secret, and what others wrote begins no line and steers no terminal."""
    yield
    assert not log_watch.taken()


@pytest.fixture(scope="module", autouse=True)
def reading_once() -> Iterator[None]:
    """Where a module has the packaged reader loaded, it is the one of the session, which reads all once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(retrieval.reading.packaged_reader, "packaged_reader", remembering_reader)
        yield


@pytest.fixture(scope="session")
def load(minilm: OnnxEmbedder) -> LoadModel:
    """Loads models as Newsdesk does, but the packaged one only once."""

    def loaded(name: str) -> Model:
        return Model(minilm, minilm.vocabulary) if name == PACKAGED else load_model(name)

    return loaded


@pytest.fixture(scope="session")
def loaded_sample(load: LoadModel, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with the sample corpus, for copying."""
    home = tmp_path_factory.mktemp("sample") / "home"
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        assert main(["--home", str(home), "corpus", "add", "sample"], load) == 0
    return home


@pytest.fixture(scope="session")
def make_home(loaded_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> MakeHome:
    """Makes homes with the sample corpus."""
    return lambda: Path(shutil.copytree(loaded_sample, tmp_path_factory.mktemp("with-sample") / "home"))


@pytest.fixture
def sample_home(make_home: MakeHome) -> Path:
    """A home with the sample corpus, for one test."""
    return make_home()


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def live(run_bot: RunBot, load: LoadModel, make_home: MakeHome) -> AsyncIterator[RunningBot]:
    """A bot on the platform of the folder, which a module shares; its tests run in the module's loop."""
    async with run_bot(load, make_home()) as bot:
        yield bot


@pytest_asyncio.fixture
async def fresh(run_bot: RunBot, load: LoadModel, sample_home: Path) -> AsyncIterator[RunningBot]:
    """The same for one test alone."""
    async with run_bot(load, sample_home) as bot:
        yield bot


@pytest.fixture(autouse=True)
def rested(request: pytest.FixtureRequest) -> None:
    """A bot that tests share begins each as if nobody had done anything lately: the limits are a minute's,
    and a fast machine does a whole module in one."""
    for name in ("live", "listening"):
        bot = request.getfixturevalue(name) if name in request.fixturenames else None
        if isinstance(bot, RunningBot):
            bot.rest()


@pytest.fixture
def incidents(caplog: pytest.LogCaptureFixture) -> Callable[[], int]:
    """How many there were in the test so far."""
    caplog.set_level(logging.WARNING)
    return lambda: sum(record.getMessage().startswith("incident ") for record in caplog.records)


@pytest.fixture
def quick_home(tmp_path: Path) -> Path:
    """A small corpus, for the deterministic embedder."""
    publish(new_home(tmp_path / "quick", tmp_path / "sources"), tmp_path / "sources", 0)
    return tmp_path / "quick"


@pytest.fixture
def call(
    load: LoadModel, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Runs the command in an empty folder with an empty home."""
    for name in SETTINGS:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, stdin: str = "") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        status = main(list(arguments), load)
        printed = capsys.readouterr()
        return Outcome(status, printed.out, printed.err)

    return run


@pytest.fixture
def ask_sample(call: Call, loaded_sample: Path, tmp_path: Path) -> Call:
    """The same with the sample corpus."""
    shutil.copytree(loaded_sample, tmp_path / ".newsdesk")
    return call


@pytest.fixture(scope="session")
def furnished(loaded_sample: Path, minilm: OnnxEmbedder, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a home of the sample corpus and two outlets and its sources, for copying."""
    folder = tmp_path_factory.mktemp("furnished")
    shutil.copytree(loaded_sample, folder / "home")  # what was embedded is not embedded again
    furnish(Home(folder / "home"), Path(corpus.__file__).with_name("sample"), minilm)
    return folder


@pytest.fixture
def home(furnished: Path, tmp_path: Path) -> Home:
    """A home of the test's own."""
    return copied(furnished, tmp_path)


@pytest_asyncio.fixture
async def service(home: Home, minilm: OnnxEmbedder) -> AsyncIterator[Service]:
    """The service on that home, for as many communities as ask."""
    async with opened(home, minilm) as found:
        yield found


def jsonl(path: Path, *rows: object) -> Path:
    """A JSON Lines file of these rows."""
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return path
