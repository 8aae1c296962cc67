"""Text that is not served any more goes by itself when its time has come."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.corpus_admin.changes import roll_back
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import reload
from bot.corpus_admin.retention import expire
from corpus.errors import NothingToServe
from retrieval.models.embedder import HashEmbedder
from tests.bot.corpus_admin.test_erasure import plain_rows, secret_row, traces
from tests.bot.counting import CountingEmbedder
from tests.fault.newsroom import COLLECTION, QuickDisk, new_home, no_progress, open_desk, served, write_rows

DAY = timedelta(days=1)


@pytest.fixture
def home(tmp_path: Path, sources: Path) -> Home:
    """A home that served an article, and does no more."""
    home = new_home(tmp_path / "home", sources, QuickDisk())
    for rows in ([*plain_rows(), secret_row()], [*plain_rows(), secret_row(edition=1)], plain_rows()):
        write_rows(sources, rows)
        reload(home, HashEmbedder, progress=no_progress)
    return home


def after(home: Home, days: float) -> int:
    """What goes so many days later."""
    with home.locked(), home.store() as store:
        return expire(home, store, datetime.now(UTC) + days * DAY)


def test_what_is_not_served_any_more_is_kept_for_its_time_and_then_goes(home: Home) -> None:
    assert (after(home, 0), after(home, home.keep / DAY - 1)) == (0, 0)
    assert {name.split("/")[0] for name in traces(home.root)} == {"store.sqlite3", "collections"}
    assert after(home, home.keep / DAY + 1) > 2
    assert traces(home.root) == set()
    assert sorted(served(home)) == [row["id"] for row in plain_rows()]
    with pytest.raises(NothingToServe, match="no earlier generation"):
        roll_back(home, COLLECTION)


def test_what_is_served_stays_however_long(home: Home, sources: Path) -> None:
    for days in (100, 200, 300):
        after(home, days)
    write_rows(sources, [*plain_rows(), {"id": "new", "text": "The fair opened."}])
    embedder = CountingEmbedder()
    reload(home, lambda: embedder, progress=no_progress)
    assert embedder.texts == ["The fair opened."], "the vectors of what is served went too"


def test_what_is_served_again_counts_anew(home: Home, sources: Path) -> None:
    write_rows(sources, [*plain_rows(), secret_row(edition=1)])
    reload(home, HashEmbedder, progress=no_progress)
    after(home, home.keep / DAY + 1)
    assert traces(home.root)
    assert "secret" in served(home)
    with home.store() as store:
        [(version, _)] = store.versions(COLLECTION, "secret")
        assert store.article(COLLECTION, "secret", version)


def test_each_home_has_its_own_time_and_a_reload_keeps_it(tmp_path: Path, sources: Path) -> None:
    long_ago = Home(tmp_path / "home", QuickDisk(), keep=-2 * DAY)  # so that all has been there for too long
    new_home(tmp_path / "home", sources)
    for rows in ([*plain_rows(), secret_row()], plain_rows()):
        write_rows(sources, rows)
        reload(long_ago, HashEmbedder, progress=no_progress)
    assert traces(long_ago.root) == set()
    assert open_desk(long_ago)[0].collections
