"""The composition root: the only place where the parts are put together."""

from pathlib import Path

from bot.desk import Desk, Notice
from bot.home import Home
from bot.settings import Settings
from retrieval.embedder import Embedder


def make_home(settings: Settings) -> Home:
    """The home of these settings."""
    return Home(Path(settings.home))


def make_embedder(settings: Settings) -> Embedder:
    """The model of these settings, loaded: seconds. Raises ModelUnavailable."""
    from retrieval.minilm import MiniLM

    return MiniLM(settings.model)


def make_desk(settings: Settings, notice: Notice, embedder: Embedder | None = None) -> Desk:
    """A desk that is open. Raises ModelUnavailable, NothingToServe, HomeUnusable."""
    desk = Desk(make_home(settings), embedder or make_embedder(settings), notice)
    desk.open()
    return desk
