"""A small, changing corpus in real files, and what a home must serve of it."""

import json
from pathlib import Path

from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import ReloadReport, reload
from bot.desk.desk import Desk
from corpus.storage.disk import Disk
from corpus.storage.store_records import Source
from retrieval.models.embedder import HashEmbedder
from retrieval.models.model import hash_model

COLLECTION = "news"
STANDING = 4
"""Articles that no edition changes: enough that no edition loses half."""

Texts = dict[str, str]
"""Article ids and texts."""


class QuickDisk(Disk):
    """The real disk without waiting for it, where a test is about something else."""

    def sync(self, path: Path) -> None:
        """Nothing is lost while the machine runs."""

    def sync_folder(self, path: Path) -> None:
        """Nothing is lost while the machine runs."""


def edition(number: int) -> Texts:
    """The corpus as it is after `number` changes; any two editions differ in texts, and some in articles."""
    texts = {f"standing-{row}": f"Bridge {row} over the river Elbe stays open." for row in range(STANDING)}
    texts["changing"] = f"The council met for the {number}th time. It counted {number * 7} lanterns."
    texts[f"fresh-{number}"] = f"Edition {number} reports a harvest of {number * 13} tons of apples."
    if number % 2:
        texts["odd"] = "The tram runs on odd days alone. Nobody knows why."
    return texts


def write_edition(folder: Path, number: int) -> None:
    """Make the sources hold this edition, in one step."""
    rows = [{"id": key, "text": text, "title": key} for key, text in edition(number).items()]
    write_rows(folder, rows)


def write_rows(folder: Path, rows: list[dict[str, str]]) -> None:
    """Make the sources hold these articles, in one step."""
    folder.mkdir(exist_ok=True)
    aside = folder / ".aside"
    aside.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    aside.replace(folder / "news.jsonl")


def new_home(root: Path, sources: Path, disk: Disk | None = None) -> Home:
    """A home with the folder as its source; nothing is published yet."""
    home = Home(root, disk)
    register(home, Source(COLLECTION, str(sources)))
    return home


def register(home: Home, *sources: Source) -> None:
    """Make them sources of the home; nothing is read yet."""
    with home.store() as store:
        for source in sources:
            store.add_source(source)


def no_progress(_what: str, _done: int, _total: int) -> None:
    """For reloads that nobody watches."""


def publish(home: Home, sources: Path, number: int) -> ReloadReport:
    """Write that edition and reload."""
    write_edition(sources, number)
    return reload(home, HashEmbedder, progress=no_progress)


def served(home: Home, collection: str = COLLECTION) -> Texts:
    """What a process that starts now answers from; empty where nothing was published."""
    if collection not in home.collections():
        return {}
    opened = home.generation_store(collection).open(HashEmbedder.model, frozenset())
    return {article.id: article.text for article in opened.snapshot.articles}


def problems(home: Home) -> list[str]:
    """What `newsdesk corpus verify` would name."""
    found = [str(error) for name in home.collections() for error in home.generation_store(name).problems()]
    with home.store() as store:
        damage = store.check()
    return [*found, *([damage] if damage else [])]


def leftovers(home: Home) -> list[str]:
    """The names of whatever was left half done."""
    return sorted(path.name for path in home.root.glob("collections/**/.staging-*"))


def open_desk(home: Home) -> tuple[Desk, list[str]]:
    """A desk that is open, and the notices it gives."""
    notices: list[str] = []
    desk = Desk(home, hash_model(), notices.append)
    desk.open()
    return desk, notices
