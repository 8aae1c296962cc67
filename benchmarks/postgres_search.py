"""Compare a desk with exact copies and one that searches vectors on a PostgreSQL server, on the same
questions.

    python -m benchmarks.postgres_search HOME QUESTIONS.jsonl [--database URL] [--graphs] [--no-reload]

HOME has one collection and is only read. Without --database, a server is started (`tools.local_postgres`)
that is durable, with 1 GB of shared buffers. There is no reader, because it would read the same passages for
both. With --graphs every table has a graph index, even one so small that the server would scan it, and no
filter is narrow enough to be computed in this process: this shows what the graphs alone would lose.

Printed as JSON: seconds and megabytes of the server's tables; hit@1, hit@3 and MRR of both, and the shares of
questions with the same first passage and the same three; milliseconds per question (p50, p99; both in
alternation, in one process) and processor milliseconds, which include the server's if it is on this machine;
and seconds until one changed article is published and open, and then until the server has it.
"""

import argparse
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import psycopg

from bot.answers.answer import Quote, quotes_of
from bot.corpus_admin.home import Home
from bot.desk.desk import Desk
from bot.evaluation.evidence import ServedArticles
from bot.evaluation.judged_questions import JudgedQuestion, read_judged
from bot.evaluation.outcome import DEEP, FIRST, find_evidence, within
from corpus.storage.disk import Disk
from corpus.storage.sql.server_address import ServerAddress
from retrieval.generations.generation_store import GenerationStore
from retrieval.generations.new_generation import kept_of, new_generation
from retrieval.index.snapshot import Snapshot
from retrieval.models.model import Model
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.pgvector import segment_vectors
from retrieval.pgvector.engine import PgvectorEngine
from retrieval.pgvector.server_nearest import EXACT_CHUNKS, ServerNearest
from tools.local_postgres.cluster import Cluster

WARM_UP_QUESTIONS = 20
"""Warm-up questions, which are not timed."""


class Stopwatch:
    """Times questions one by one: the wall time, and the processor time on this machine."""

    def __init__(self, url: str | None = None) -> None:
        """`url` is the database that takes part in answering, if any."""
        self._url, self._busy = url, busy(url) if url else 0.0
        self._times: list[float] = []
        self._here = 0.0

    @contextmanager
    def running(self) -> Iterator[None]:
        """Time one question."""
        started, busy_before = time.perf_counter(), time.process_time()
        yield
        self._times.append(time.perf_counter() - started)
        self._here += time.process_time() - busy_before

    def figures(self) -> dict[str, float]:
        """Milliseconds per question."""
        there = busy(self._url) - self._busy if self._url else 0.0
        p50, p99 = np.percentile(self._times, [50, 99]) * 1000
        spent = 1000 * (self._here + there) / len(self._times)
        return {"p50_ms": round(p50, 2), "p99_ms": round(p99, 2), "cpu_ms": round(spent, 2)}


def busy(url: str) -> float:
    """Processor seconds that the other connections to a database on this machine have used."""
    others = "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    with psycopg.connect(url) as connection:
        pids = [row[0] for row in connection.execute(others)]
    found = [Path(f"/proc/{pid}/stat") for pid in pids]
    # After the name in brackets come the state, ten other fields, and the ticks in user and in system mode.
    fields = [one.read_text("utf-8").rpartition(")")[2].split() for one in found if one.exists()]
    return sum(int(one[11]) + int(one[12]) for one in fields) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Asked:
    """The result of a question: the rank of the first right passage, and what was quoted."""

    rank: int | None
    quoted: tuple[tuple[str, int], ...]


def main() -> None:
    """Load the home's vectors, ask both desks every question, and change an article."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("home", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--database")
    parser.add_argument("--graphs", action="store_true")
    parser.add_argument("--no-reload", action="store_true")
    call = parser.parse_args()
    if call.graphs:
        segment_vectors.INDEXED_ROWS = 0
    embedder = OnnxEmbedder()
    model = Model(embedder, embedder.vocabulary)
    with nullcontext(call.database) if call.database else server() as url:
        engine = PgvectorEngine(ServerAddress(url), fail, exact_chunks=0 if call.graphs else EXACT_CHUNKS)
        exact = Desk(Home(call.home), model, print)
        exact.open()
        [held] = (one for one in exact.collections.values() if isinstance(one, Snapshot))
        show(
            {
                "articles": len(held.articles),
                "passages": held.passage_count,
                "chunks": sum(len(one.dense) for one in held.segments),
                "load_s": clocked(lambda: load(engine, held)),
                "megabytes": megabytes(url),
            }
        )
        served = Desk(Home(call.home), model, print, engine=engine)
        served.open()
        compare(exact, served, read_judged(call.questions), url)
        if not call.no_reload:
            change(call.home, held, model, engine)


@contextmanager
def server() -> Iterator[str]:
    """The address of a database on a new server."""
    settings = {"shared_buffers": "1GB", "max_wal_size": "4GB"}
    with Cluster(durable=True, settings=settings) as cluster, cluster.database() as url:
        yield url


def compare(exact: Desk, served: Desk, questions: Sequence[JudgedQuestion], url: str) -> None:
    """Ask both desks every question in alternation, and print how they differ."""
    collections = tuple(exact.collections)
    library = ServedArticles(exact.collections.values())
    for one in questions[:WARM_UP_QUESTIONS]:
        exact.ask(one.query(collections), DEEP)
        served.ask(one.query(collections), DEEP)
    clocks = Stopwatch(), Stopwatch(url)
    both: list[tuple[Asked, Asked]] = []
    known: list[bool] = []
    for one in questions:
        both.append((ask(exact, one, library, clocks[0]), ask(served, one, library, clocks[1])))
        known.append(one.answerable and bool(library.gold(one.evidence, one.answer, collections)))
    same = {places: np.mean([a.quoted[:places] == b.quoted[:places] for a, b in both]) for places in (1, 3)}
    show(
        {
            "questions": len(both),
            "judged": sum(known),
            "same_first": round(float(same[1]), 4),
            "same_three": round(float(same[FIRST]), 4),
        }
    )
    for place, name in enumerate(("exact", "server")):
        asked = [pair[place] for pair in both]
        ranks = [one.rank for one, judged in zip(asked, known, strict=True) if judged]
        show(
            {
                "way": name,
                **{
                    f"hit_{k}": round(float(np.mean([within(rank, k) for rank in ranks])), 4)
                    for k in (1, FIRST)
                },
                "mrr_10": round(float(np.mean([1 / rank if rank else 0 for rank in ranks])), 4),
                **clocks[place].figures(),
            }
        )


def ask(desk: Desk, judged: JudgedQuestion, library: ServedArticles, clock: Stopwatch) -> Asked:
    """Ask one desk one question."""
    query = judged.query(tuple(desk.collections))
    with clock.running():
        result = desk.ask(query, DEEP)
    found = find_evidence(result, library.gold(judged.evidence, judged.answer, query.collections))
    return Asked(found.rank, tuple(map(place_of, quotes_of(result))))


def place_of(quote: Quote) -> tuple[str, int]:
    """The article of a quote, and the quote's start."""
    return quote.article.id, quote.start


def change(home: Path, held: Snapshot, model: Model, engine: PgvectorEngine) -> None:
    """Publish a changed article in a copy of the collection, and load it into the server."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / held.name
        shutil.copytree(home / "collections" / held.name, copy)
        store = GenerationStore(copy, held.name, Disk())
        started = time.perf_counter()
        current = store.served()
        assert current is not None
        one = current.snapshot.articles[0]
        changed = replace(one, text=f"{one.text}\n\nThis sentence was added to see what a reload does.")
        store.publish(
            new_generation(
                [changed],
                held.name,
                model.embedder.model,
                model.embedder.embed_passages,
                progress=lambda *_: None,
                kept=kept_of(current, [one.id]),
            )
        )
        opened = store.open(model.embedder.model, frozenset(), held).snapshot
        between = time.perf_counter()
        nearest = load(engine, opened)
        seconds = time.perf_counter() - between
        assert not nearest.missing
        show({"changed_open_s": round(between - started, 2), "changed_on_server_s": round(seconds, 2)})


def load(engine: PgvectorEngine, snapshot: Snapshot) -> ServerNearest:
    """Fill the server's missing tables of a snapshot, as a serving process does."""
    nearest = ServerNearest(engine.vectors, [one.name for one in snapshot.live], fail)
    engine.load(snapshot, nearest)
    assert not nearest.missing
    return nearest


def megabytes(url: str) -> int:
    """The megabytes of all tables and indexes of vectors."""
    tables = "FROM pg_class WHERE relname LIKE 'segment_vectors%' AND relkind = 'r'"
    with psycopg.connect(url) as connection:
        row = connection.execute(f"SELECT sum(pg_total_relation_size(oid)) {tables}").fetchone()
    return round(int(row[0]) / 2**20) if row else 0


def clocked(work: Callable[[], object]) -> float:
    """The seconds that the work takes."""
    started = time.perf_counter()
    work()
    return round(time.perf_counter() - started, 2)


def fail(notice: str) -> None:
    """Called when the exact copy answers instead of the server, which would make the comparison void."""
    raise AssertionError(notice)


def show(row: dict[str, object]) -> None:
    """Print the row as a line of JSON."""
    print(json.dumps(row), flush=True)


if __name__ == "__main__":
    main()
