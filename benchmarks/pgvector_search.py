"""The vectors on a PostgreSQL server, and the exact copies: the same questions to both.

    python -m benchmarks.pgvector_search HOME QUESTIONS.jsonl [--database URL] [--chunks N ...]

HOME is read and not written to. Without --database a server is started for it (`tools.local_postgres`) that
keeps what it acknowledged, with 1 GB of shared buffers. There is no reader: it reads the same hits of both.

Printed as JSON, first for the home: seconds and megabytes of its tables; the share of the 200 nearest chunks
that the server finds, for all articles and for those of some sources, by how many chunks these leave; the
share of questions with the same first passage and with the same three; milliseconds a question (p50, p99) of
both, and of what is near alone; and seconds until the server has the segment of one changed article. Then for
each size N: vectors turned by chance out of the home's (their cosine is 0.9), the same of what is near alone.
"""

import argparse
import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import psycopg
from numpy.typing import NDArray

from benchmarks.growth import TURN
from bot.answers.answer import quotes_of
from bot.answers.question_file import read_questions
from bot.corpus_admin.home import Home
from bot.desk.desk import Desk
from retrieval.index.candidate_search import CHUNK_CANDIDATES
from retrieval.index.nearest import EXACTLY, NearestChunks
from retrieval.index.snapshot import Snapshot
from retrieval.models.embedder import Vectors
from retrieval.models.model import Model
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.pgvector.engine import PgvectorEngine
from retrieval.pgvector.segment_vectors import SegmentVectors, Wanted
from retrieval.pgvector.server_nearest import ServerNearest
from retrieval.question.query import make_query
from retrieval.segments.dense import DenseIndex
from tools.local_postgres.cluster import Cluster

SHARES = (0.3, 0.1, 0.03, 0.01)
"""Of all articles, what a filter leaves."""
EACH = 20
"""Chunks of an article of the made vectors: their filter is by articles, too."""
NEAR_QUESTIONS = 100


def main() -> None:
    """Load the home's vectors, ask everything of both, then larger collections of vectors alone."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("home", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--database")
    parser.add_argument("--chunks", type=int, nargs="*", default=[])
    call = parser.parse_args()
    model = OnnxEmbedder()
    texts = [one.text for one in read_questions(call.questions)]
    with nullcontext(call.database) if call.database else server() as url:
        snapshots = compare_answers(call.home, Model(model, model.vocabulary), texts, url)
        questions = [model.embed_question(text).vector for text in texts[:NEAR_QUESTIONS]]
        vectors = np.concatenate([one.dense.vectors for held in snapshots for one in held.segments])
        for count in call.chunks:
            show(made_vectors(vectors, questions, count, url))


@contextmanager
def server() -> Iterator[str]:
    """A server of its own."""
    settings = {"shared_buffers": "1GB", "max_wal_size": "4GB"}
    with Cluster(durable=True, settings=settings) as cluster, cluster.database() as url:
        yield url


def compare_answers(home: Path, model: Model, texts: Sequence[str], url: str) -> list[Snapshot]:
    """Every question to a desk of each kind."""
    engine = PgvectorEngine(url, print)
    exact = Desk(Home(home), model, print)
    exact.open()
    held = [one for one in exact.collections.values() if isinstance(one, Snapshot)]
    seconds = clocked(lambda: load(engine.vectors, held))
    asking = Desk(Home(home), model, print, engine=engine)
    asking.open()
    served = [one for one in asking.collections.values() if isinstance(one, Snapshot)]
    assert not any(one.nearest.missing for one in served if isinstance(one.nearest, ServerNearest))
    collections = tuple(exact.collections)
    queries = [make_query(text, collections) for text in texts]
    for query in queries[:20]:
        exact.ask(query)
        asking.ask(query)
    times: dict[str, list[float]] = {"exact": [], "server": []}
    first = three = 0
    for query in queries:
        told = []
        for name, desk in (("exact", exact), ("server", asking)):
            started = time.perf_counter()
            quotes = quotes_of(desk.ask(query))
            times[name].append(time.perf_counter() - started)
            told.append([(one.article.id, one.start) for one in quotes[:3]])
        first, three = first + (told[0][:1] == told[1][:1]), three + (told[0] == told[1])
    [largest] = sorted(served, key=lambda one: one.passage_count)[-1:]
    questions = [model.embedder.embed_question(text).vector for text in texts[:NEAR_QUESTIONS]]
    changed = SegmentVectors(url)
    small = largest.segments[0].dense.vectors[:EACH].copy()
    show(
        {
            "passages": sum(one.passage_count for one in held),
            "chunks": sum(len(one.dense) for snapshot in held for one in snapshot.segments),
            "load_s": round(seconds, 1),
            "megabytes": megabytes(url),
            "changed_s": round(
                clocked(lambda: changed.load("changed", np.zeros(len(small), np.int32), small)), 2
            ),
            "same_first": round(first / len(queries), 4),
            "same_three": round(three / len(queries), 4),
            **figures("exact", times["exact"]),
            **figures("server", times["server"]),
            "near": near_figures(largest, largest.nearest, questions),
        }
    )
    changed.close()
    return held


def near_figures(
    snapshot: Snapshot, nearest: NearestChunks, questions: Sequence[Vectors]
) -> dict[str, dict[str, float]]:
    """What is near alone, of one snapshot: for all its articles, and for shares of them, chosen by chance."""
    segments, found = snapshot.segments, {}
    rng = np.random.default_rng(5)
    for share in (1.0, *SHARES):
        chosen = [rng.random(len(one.articles)) < share for one in segments]
        masks = [
            None if share == 1 else mask[one.tables.chunks[:, 0]]
            for one, mask in zip(segments, chosen, strict=True)
        ]
        recalls, times = list[float](), dict[str, list[float]](exact=[], server=[])
        for question in questions:
            told = []
            for name, one in (("exact", EXACTLY), ("server", nearest)):
                started = time.perf_counter()
                rows = one.near(segments, question, CHUNK_CANDIDATES, masks)
                times[name].append(time.perf_counter() - started)
                told.append(best(rows))
            recalls.append(len(told[0] & told[1]) / len(told[0]))
        left = sum(
            len(one.dense) if mask is None else int(mask.sum())
            for one, mask in zip(segments, masks, strict=True)
        )
        found[f"{left}"] = {
            "recall": round(float(np.mean(recalls)), 4),
            **figures("exact", times["exact"]),
            **figures("server", times["server"]),
        }
    return found


def best(found: Sequence[tuple[NDArray[np.float32], NDArray[np.int64]]]) -> set[tuple[int, int]]:
    """The nearest of all segments, by place and row."""
    every = [
        (-near, place, row)
        for place, (nears, rows) in enumerate(found)
        for near, row in zip(nears.tolist(), rows.tolist(), strict=True)
    ]
    return {(place, row) for _, place, row in sorted(every)[:CHUNK_CANDIDATES]}


def made_vectors(
    vectors: NDArray[np.float16], questions: Sequence[Vectors], count: int, url: str
) -> dict[str, Any]:
    """So many vectors made of these, in one table."""
    rng = np.random.default_rng(3)
    rows = [vectors[rng.permutation(len(vectors))[: count % len(vectors)]]]
    for _ in range(count // len(vectors)):
        noise = rng.normal(size=vectors.shape).astype(np.float32)
        turned = vectors + TURN * noise / np.linalg.norm(noise, axis=1, keepdims=True)
        rows.append((turned / np.linalg.norm(turned, axis=1, keepdims=True)).astype(np.float16))
    every = np.concatenate(rows)
    articles = np.asarray(np.arange(count) // EACH, np.int32)
    dense, held, name = DenseIndex.of(every), SegmentVectors(url), f"made {count}"
    seconds = clocked(lambda: held.load(name, articles, every))
    number = held.ready([name])[name]
    told: dict[str, Any] = {"made": count, "load_s": round(seconds, 1), "megabytes": megabytes(url)}
    for share in (1.0, *SHARES):
        chosen = np.flatnonzero(rng.random(int(articles[-1]) + 1) < share).astype(np.int32)
        mask = None if share == 1 else np.isin(articles, chosen)
        wanted = Wanted(number, round(1.25 * CHUNK_CANDIDATES), among=None if mask is None else chosen)
        recalls, times = list[float](), dict[str, list[float]](exact=[], server=[])
        for question in questions:
            started = time.perf_counter()
            _, right = dense.search(question, CHUNK_CANDIDATES, mask)
            between = time.perf_counter()
            [rows_found] = held.near(question, [wanted])
            near = dense.similarity(question, rows_found)
            times["exact"].append(between - started)
            times["server"].append(time.perf_counter() - between)
            kept = rows_found[np.argsort(-near)][:CHUNK_CANDIDATES]
            recalls.append(len(set(right.tolist()) & set(kept.tolist())) / len(right))
        told[f"{share:.0%}"] = {
            "recall": round(float(np.mean(recalls)), 4),
            **figures("exact", times["exact"]),
            **figures("server", times["server"]),
        }
    held.close()
    return told


def load(vectors: SegmentVectors, held: Sequence[Snapshot]) -> None:
    """Fill the tables of snapshots."""
    for one in (one for snapshot in held for one in snapshot.standing):
        assert vectors.load(one.name, one.segment.tables.chunks[:, 0], one.segment.dense.vectors)


def megabytes(url: str) -> int:
    """Of all tables and indexes of vectors."""
    tables = "FROM pg_class WHERE relname LIKE 'segment_vectors%' AND relkind = 'r'"
    asked = f"SELECT sum(pg_total_relation_size(oid)) {tables}"
    with psycopg.connect(url) as connection:
        row = connection.execute(asked).fetchone()
    return round(int(row[0]) / 2**20) if row else 0


def clocked(work: Callable[[], object]) -> float:
    """Seconds that it takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def figures(name: str, times: Sequence[float]) -> dict[str, float]:
    """p50 and p99 in milliseconds."""
    return {f"{name}_p{p}_ms": round(float(np.percentile(times, p)) * 1000, 2) for p in (50, 99)}


def show(figures: dict[str, Any]) -> None:
    """As JSON."""
    print(json.dumps(figures, indent=1), flush=True)


if __name__ == "__main__":
    main()
