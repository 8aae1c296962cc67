"""Measure how long it takes until a generation published by one process is served by two others, and how many
bytes are transferred.

    python -m benchmarks.copies [--articles 5000] [--reloads 12]

Starts a durable PostgreSQL server of the tests, and two processes that listen to it, each with its own
folder. Then one article is changed in each reload, with the files in the database and in a folder. Printed as
JSON for each: bytes of the whole generation and of one reload, and the milliseconds from the commit that
moves the pointer until both others answer from it (median and the longest). Vectors are hashed words, without
a model.
"""

import argparse
import json
import multiprocessing
import time
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import psycopg

from bot.corpus_admin.reload import reload
from bot.corpus_admin.shared_home.database_home import DatabaseHome
from bot.desk.desk import Desk
from corpus.storage.copies.generation_register import GenerationRegister
from corpus.storage.sql.server_address import ServerAddress
from corpus.storage.store_records import Source
from retrieval.models.embedder import HashEmbedder
from retrieval.models.model import hash_model
from tools.local_postgres.cluster import Cluster

SENTENCES = 40
"""Of each article: about 300 words."""


def serve(say: Connection, root: str, address: str, files: str) -> None:
    """Serve, and report when each generation is served."""
    home = DatabaseHome(Path(root), ServerAddress(address), files=files)
    desk = Desk(home, hash_model(), print)
    with psycopg.connect(address, autocommit=True) as listening:
        listening.execute("LISTEN newsdesk")
        desk.open()
        say.send((desk.collections["news"].generation, time.monotonic()))
        for _ in listening.notifies():
            desk.refresh()
            say.send((desk.collections["news"].generation, time.monotonic()))


def write(path: Path, articles: int, reload_number: int) -> None:
    """Write the corpus after this many reloads; each reload changes one other article."""
    with path.open("w") as file:
        for row in range(articles):
            changed = f" It was changed {reload_number} times." if row == reload_number else ""
            text = " ".join(f"Harbour {row} took in {row * n} ships at hour {n}." for n in range(SENTENCES))
            file.write(
                json.dumps({"id": f"a{row}", "title": f"Harbour {row}", "text": text + changed}) + "\n"
            )


@contextmanager
def commits() -> Iterator[list[float]]:
    """Record the time of each generation's commit."""
    moments = list[float]()
    publish = GenerationRegister.publish

    def timed(self: GenerationRegister, *arguments: Any) -> None:
        publish(self, *arguments)
        moments.append(time.monotonic())

    GenerationRegister.publish = timed  # type: ignore[method-assign, assignment]
    try:
        yield moments
    finally:
        GenerationRegister.publish = publish  # type: ignore[method-assign]


def measured(folder: Path, address: str, files: str, articles: int, reloads: int) -> dict[str, object]:
    """The figures for one place of files."""
    builder = DatabaseHome(folder / "builder", ServerAddress(address), files=files)
    source = folder / "articles.jsonl"
    write(source, articles, 0)
    with builder.store() as store:
        store.add_source(Source("news", str(source)))
    context = multiprocessing.get_context("spawn")
    with commits() as committed:
        reload(builder, HashEmbedder, progress=lambda *_: None)
        others = []
        for name in ("one", "other"):
            heard, say = context.Pipe(duplex=False)
            arguments = (say, str(folder / name), address, files)
            process = context.Process(target=serve, args=arguments, daemon=True)
            process.start()
            others.append((process, heard))
            heard.recv()
        whole, waits, travelled = size(folder / "one"), list[float](), list[int]()
        for number in range(1, reloads + 1):
            write(source, articles, number)
            before = numbers(folder / "one")
            report = reload(builder, HashEmbedder, progress=lambda *_: None)
            for _, heard in others:
                while (answer := heard.recv())[0] != report.generations["news"]:
                    pass
                waits.append(answer[1] - committed[-1])
            travelled.append(
                sum(bytes_ for key, bytes_ in numbers(folder / "one").items() if key not in before)
            )
    for process, _ in others:
        process.kill()
    return {
        "files": files or "database",
        "articles": articles,
        "generation_bytes": whole,
        "reload_bytes": median(travelled),
        "taken_on_ms": {"median": round(median(waits) * 1000), "longest": round(max(waits) * 1000)},
    }


def numbers(folder: Path) -> dict[int, int]:
    """The size of each file in a process's generations, by inode; hard links count once."""
    found = (path.stat() for path in folder.rglob("generations/*/*/*") if path.is_file())
    return {one.st_ino: one.st_size for one in found}


def size(folder: Path) -> int:
    """The total size of the generations in bytes."""
    return sum(numbers(folder).values())


def main() -> None:
    """Measure with each place of files."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--reloads", type=int, default=12)
    call = parser.parse_args()
    with Cluster(durable=True) as cluster:
        for place in ("", "folder"):
            with TemporaryDirectory() as name, cluster.database() as address:
                folder = Path(name)
                files = str(folder / "mounted") if place else ""
                (folder / "mounted").mkdir()
                row = measured(folder, address, files, call.articles, call.reloads)
                print(json.dumps(row | {"files": place or "database"}, indent=1), flush=True)


if __name__ == "__main__":
    main()
