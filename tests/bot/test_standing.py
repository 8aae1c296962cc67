"""Whatever was added, edited, removed, restored, rolled back and reloaded, in whatever order: what status
counts is what is found, and what was removed is never found."""

from contextlib import suppress
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from bot.answers.answer import quotes_of
from bot.corpus_admin.changes import Reload, forget, remove, restore, roll_back
from bot.corpus_admin.corpus_json import status_row
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import reload
from bot.desk.browse import latest, sources
from bot.desk.desk import Desk
from corpus.errors import NewsdeskError, ReloadRefused, WrongCall
from corpus.plan import ReloadRequest
from corpus.storage.store_records import Source
from retrieval.models.embedder import HashEmbedder
from retrieval.question.query import make_query
from tests.fault.newsroom import COLLECTION, QuickDisk, no_progress, open_desk, write_rows

Ids = frozenset[str]


def word(article_id: str) -> str:
    """The one word that this article alone has."""
    return f"zeppelin{article_id}"


def row_of(article_id: str, edition: int) -> dict[str, str]:
    text = f"The {word(article_id)} landed near the river. Edition {edition} of its story."
    return {
        "id": article_id,
        "title": f"Landing {article_id}",
        "text": text,
        "source": f"Outlet {article_id}",
    }


def counted(home: Home) -> int:
    """The articles that `newsdesk corpus status` counts."""
    collections = status_row(home)["collections"]
    assert isinstance(collections, dict)
    return int(collections[COLLECTION]["articles"]) if COLLECTION in collections else 0


def shown(desk: Desk, known: Ids) -> dict[str, Ids]:
    """The articles that each way of looking shows."""
    asking = partial(make_query, collections=(COLLECTION,))
    return {
        "found": frozenset(
            one
            for one in known
            if one in {q.article.id for q in quotes_of(desk.ask(asking(f"Where did the {word(one)} land?")))}
        ),
        "listed": frozenset(quote.article.id for quote in latest(desk, asking("news"), 99, topic=False)),
        "opened": frozenset(one for one in known if desk.article(COLLECTION, one)),
        "by source": frozenset(one.name[-1] for one in sources(desk.held((COLLECTION,)))),
        "named": frozenset(name[-1] for name in desk.collections[COLLECTION].names.sources.values()),
    }


def check(home: Home, desks: list[Desk], known: Ids, removed: Ids) -> None:
    """Raises AssertionError unless every desk shows the same, as many as are counted, and nothing removed."""
    if COLLECTION not in home.collections():
        return
    standing = frozenset[str]()
    for desk in (*desks, open_desk(home)[0]):
        desk.refresh()
        ways = shown(desk, known)
        standing = ways["found"]
        assert ways == dict.fromkeys(ways, standing)
        assert len(standing) == counted(home)
        assert not standing & removed
        searched = desk.ask(make_query("Where did it land?", (COLLECTION,))).searched
        assert (searched.articles, searched.within_filters) == (len(standing), len(standing))
    pages = {path.read_text() for path in home.pages.folder(COLLECTION).glob("*")}
    assert {one for one in known if any(word(one) in page for page in pages)} == standing
    assert len(pages) == len(standing)


def test_an_article_that_was_removed_rolled_back_and_restored_is_found_again(tmp_path: Path) -> None:
    home = Home(tmp_path / "home", QuickDisk())
    write_rows(tmp_path / "news", [row_of("0", 0), row_of("1", 0)])
    with home.store() as store:
        store.add_source(Source(COLLECTION, str(tmp_path / "news")))
    again = partial(reload, home, HashEmbedder, progress=no_progress)
    again()
    desk, _ = open_desk(home)
    remove(home, COLLECTION, "1", again)
    roll_back(home, COLLECTION)
    check(home, [desk], frozenset("01"), frozenset("1"))
    restore(home, COLLECTION, "1", again)
    check(home, [desk], frozenset("01"), frozenset())
    assert counted(home) == 2


class Newsroom(RuleBasedStateMachine):
    """A home with two sources; two desks that run all the time, one of which does the work at times."""

    articles = Bundle("articles")

    def __init__(self) -> None:
        super().__init__()
        self.folder = TemporaryDirectory()
        root = Path(self.folder.name)
        self.places = {name: root / name for name in "ab"}
        self.rows: dict[str, dict[str, int]] = {"a": {"0": 0, "1": 0, "2": 0}, "b": {"3": 0}}
        self.known, self.removed = frozenset("0123"), frozenset[str]()
        self.home = Home(root / "home", QuickDisk())
        for name in self.places:
            self.write(name)
            self.register(name)
        reload(self.home, HashEmbedder, progress=no_progress)
        self.desks = [open_desk(self.home)[0] for _ in range(2)]

    def write(self, name: str) -> None:
        rows = [row_of(*one) for one in self.rows[name].items()]
        # One that stays, so that no source is ever empty.
        write_rows(self.places[name], [*rows, row_of(name, 0)])
        self.known |= {name}

    def register(self, name: str) -> None:
        with self.home.store() as store:
            store.add_source(Source(COLLECTION, str(self.places[name])))

    def again(self, mine: bool) -> Reload:
        """A reload by the running process, or by another."""
        if mine:
            return partial(self.desks[0].reload, progress=no_progress)
        return partial(reload, self.home, HashEmbedder, progress=no_progress)

    @rule(target=articles, number=st.integers(0, 6), name=st.sampled_from("ab"), edition=st.integers(0, 2))
    def write_article(self, number: int, name: str, edition: int) -> str:
        """Add or edit one in its source."""
        self.known |= {str(number)}
        self.rows[name][str(number)] = edition
        self.write(name)
        return str(number)

    @rule(article=consumes(articles))
    def take_from_sources(self, article: str) -> None:
        for name, rows in self.rows.items():
            rows.pop(article, None)
            self.write(name)

    @rule(number=st.integers(0, 6), mine=st.booleans())
    def remove_article(self, number: int, mine: bool) -> None:
        with suppress(WrongCall):
            remove(self.home, COLLECTION, str(number), self.again(mine), force=True)
            self.removed |= {str(number)}

    @rule(number=st.integers(0, 6), mine=st.booleans())
    def forget_article(self, number: int, mine: bool) -> None:
        with suppress(WrongCall):
            forget(self.home, COLLECTION, str(number), self.again(mine))
            self.removed |= {str(number)}

    @rule(number=st.integers(0, 6), mine=st.booleans())
    def restore_article(self, number: int, mine: bool) -> None:
        if str(number) in self.removed:
            try:
                restore(self.home, COLLECTION, str(number), self.again(mine))
            except ReloadRefused:
                return
            self.removed -= {str(number)}

    @rule(name=st.sampled_from("ab"), mine=st.booleans())
    def remove_source(self, name: str, mine: bool) -> None:
        with suppress(WrongCall):
            remove(self.home, COLLECTION, str(self.places[name]), self.again(mine), force=True)

    @rule(name=st.sampled_from("ab"))
    def add_source(self, name: str) -> None:
        self.register(name)

    @rule()
    def go_back(self) -> None:
        with suppress(NewsdeskError):  # there may be no generation to go back to
            roll_back(self.home, COLLECTION)

    @rule(mine=st.booleans(), dry_run=st.booleans(), force=st.booleans())
    def read_again(self, mine: bool, dry_run: bool, force: bool) -> None:
        with suppress(ReloadRefused):
            self.again(mine)(ReloadRequest(dry_run=dry_run, force=force))

    @rule(number=st.integers(0, 6), name=st.sampled_from("ab"))
    def fail(self, number: int, name: str) -> None:
        """Remove and restore while a source is missing, so that no reload goes through."""
        self.register(name)
        aside = self.places[name].rename(self.places[name].with_suffix(".aside"))
        act = restore if str(number) in self.removed else remove
        try:
            act(self.home, COLLECTION, str(number), self.again(mine=True))
        except ReloadRefused:
            self.removed |= {str(number)}
        except WrongCall:
            assert str(number) not in self.removed
        finally:
            aside.rename(self.places[name])

    @rule()
    def lose_the_store(self) -> None:
        for path in self.home.root.glob("store.sqlite3*"):
            path.unlink()
        for name in self.places:
            self.register(name)

    @invariant()
    def what_is_counted_is_what_is_found(self) -> None:
        check(self.home, self.desks, self.known, self.removed)

    def teardown(self) -> None:
        self.folder.cleanup()


TestNewsroom = Newsroom.TestCase
TestNewsroom.settings = settings(
    max_examples=12,
    stateful_step_count=10,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
