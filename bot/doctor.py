"""What is set up, what is missing, and what to do about it."""

import platform
import shutil
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version

from bot.compose import make_embedder, make_home
from bot.home import Home
from bot.settings import Settings
from corpus.errors import NewsdeskError, NothingToServe
from retrieval.words import Words

LOW_DISK = 1_000_000_000
"""Bytes free below which a reload may not fit: three generations of 64,000 passages take about this."""
PARTS = (
    "faiss-cpu",
    "sentence-transformers",
    "torch",
    "bm25s",
    "sentencex",
    "trafilatura",
    "discord.py",
    "slack-bolt",
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at: whether it is sound, and what to do where it is not."""

    what: str
    sound: bool
    detail: str

    def to_row(self) -> dict[str, object]:
        """As JSON."""
        return asdict(self)


def diagnose(settings: Settings) -> list[Finding]:
    """Look at everything an answer needs; nothing is changed."""
    return list(_findings(settings))


def _findings(settings: Settings) -> Iterator[Finding]:
    yield Finding("Python", True, platform.python_version())
    yield from _packages()
    home = make_home(settings)
    yield _home(home)
    model = ""
    try:
        embedder = make_embedder(settings)
        model = embedder.model
        yield Finding("model", True, f"{model}, {embedder.dimension} dimensions")
    except NewsdeskError as error:
        yield Finding("model", False, str(error))
    yield from _collections(home, model)
    yield Finding("Discord", True, "this version has no adapter for it yet")
    yield Finding("Slack", True, "this version has no adapter for it yet")


def _packages() -> Iterator[Finding]:
    found, missing = [], []
    for name in PARTS:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    yield Finding(
        "packages",
        not missing,
        f"missing: {', '.join(missing)}; run `make run`" if missing else ", ".join(found),
    )


def _home(home: Home) -> Finding:
    try:
        with home.store() as store:
            sources = len(store.sources())
    except NewsdeskError as error:
        return Finding("home", False, str(error))
    free = shutil.disk_usage(home.root).free
    if free < LOW_DISK:
        return Finding("home", False, f"{home.root}: only {free // 1_000_000} MB free; a reload may not fit")
    return Finding("home", True, f"{home.root}, {sources} sources, {free // 1_000_000_000} GB free")


def _collections(home: Home, model: str) -> Iterator[Finding]:
    names = home.collections()
    if not names:
        yield Finding(
            "corpus", False, "there is none yet: `newsdesk corpus add PATH`, or `newsdesk run` for the sample"
        )
    for name in names if model else ():
        try:
            opened = home.shelf(name).open(model, Words(), frozenset())
        except NothingToServe as error:
            yield Finding(f"collection {name}", False, str(error))
            continue
        snapshot = opened.snapshot
        detail = f"{len(snapshot.articles)} articles, {len(snapshot.tables.passages)} passages"
        for refused in opened.refused:
            detail += f"; {refused}"
        yield Finding(f"collection {name}", not opened.refused, detail)
