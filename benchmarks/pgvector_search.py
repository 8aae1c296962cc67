"""Compare the nearest chunks of a question from a PostgreSQL server with pgvector and from the exact copies.

    python -m benchmarks.pgvector_search HOME QUESTIONS.jsonl [--database URL] [--chunks N ...]

HOME is only read. Without --database, a server is started as by `benchmarks.postgres_search`, which asks
whole questions.

Printed as JSON, first for the home's largest collection, then for each size N with the home's vectors plus
random noise (the cosine is 0.9): seconds and megabytes of the tables; then, for all articles and for random
shares of them, with the number of chunks that these leave, the share of the 200 nearest chunks that the
server finds, and the milliseconds of both (p50, p99, and processor time, which includes the server's if it is
on this machine).
"""

import argparse
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.growth import NOISE_LENGTH
from benchmarks.postgres_search import Stopwatch, clocked, fail, load, megabytes, server, show
from bot.answers.question_file import read_questions
from bot.corpus_admin.home import Home
from bot.desk.desk import Desk
from corpus.storage.sql.server_address import ServerAddress
from retrieval.index.candidate_search import CHUNK_CANDIDATES
from retrieval.index.nearest import EXACT_SEARCH, Near, NearestChunks
from retrieval.index.snapshot import Snapshot
from retrieval.models.embedder import Vectors
from retrieval.models.model import Model
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.pgvector.engine import PgvectorEngine
from retrieval.pgvector.segment_vectors import SegmentVectors, Wanted
from retrieval.pgvector.server_nearest import SPARE
from retrieval.segments.dense import DenseIndex

SHARES = (0.3, 0.1, 0.03, 0.01)
"""The shares of all articles that a filter leaves."""
CHUNKS_PER_ARTICLE = 20
"""Chunks per article of the generated vectors, whose filter is also by article."""
NEAR_QUESTIONS = 100
"""The number of questions from the file, evenly spaced."""


def main() -> None:
    """Measure the home's vectors, then each number of vectors generated from them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("home", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--database")
    parser.add_argument("--chunks", type=int, nargs="*", default=[])
    call = parser.parse_args()
    embedder = OnnxEmbedder()
    exact = Desk(Home(call.home), Model(embedder, embedder.vocabulary), print)
    exact.open()
    snapshots = [one for one in exact.collections.values() if isinstance(one, Snapshot)]
    held = max(snapshots, key=lambda one: one.passage_count)
    texts = [one.text for one in read_questions(call.questions)]
    asked = texts[:: max(len(texts) // NEAR_QUESTIONS, 1)]
    questions = [embedder.embed_question(text).vector for text in asked]
    with nullcontext(call.database) if call.database else server() as url:
        engine = PgvectorEngine(ServerAddress(url), fail)
        show(
            {
                "chunks": sum(len(one.dense) for one in held.segments),
                "load_s": clocked(lambda: load(engine, held)),
                "megabytes": megabytes(url),
                **near_figures(held, load(engine, held), questions, url),
            }
        )
        vectors = np.concatenate([one.dense.vectors for one in held.segments])
        for count in call.chunks:
            show(made_vectors(vectors, questions, count, url))


def near_figures(
    snapshot: Snapshot, nearest: NearestChunks, questions: Sequence[Vectors], url: str
) -> dict[str, Any]:
    """The figures of the nearest-chunk search alone, for all articles of a snapshot and for random shares of
    them."""
    segments, found = snapshot.segments, dict[str, Any]()
    rng = np.random.default_rng(5)
    for share in (1.0, *SHARES):
        chosen = [rng.random(len(one.articles)) < share for one in segments]
        masks = [
            None if share == 1 else mask[one.tables.chunks[:, 0]]
            for one, mask in zip(segments, chosen, strict=True)
        ]
        recalls, here, there = list[float](), Stopwatch(), Stopwatch(url)
        for question in questions:
            told = []
            for clock, one in ((here, EXACT_SEARCH), (there, nearest)):
                with clock.running():
                    rows = one.near(segments, question, CHUNK_CANDIDATES, masks)
                told.append(best(rows))
            recalls.append(len(told[0] & told[1]) / len(told[0]))
        left = sum(
            len(one.dense) if mask is None else int(mask.sum())
            for one, mask in zip(segments, masks, strict=True)
        )
        found[f"{left}"] = {
            "recall": round(float(np.mean(recalls)), 4),
            "exact": here.figures(),
            "server": there.figures(),
        }
    return found


def best(found: Sequence[Near]) -> set[tuple[int, int]]:
    """The nearest chunks over all segments, as segment number and row."""
    every = [
        (-near, place, row)
        for place, (nears, rows) in enumerate(found)
        for near, row in zip(nears.tolist(), rows.tolist(), strict=True)
    ]
    return {(place, row) for _, place, row in sorted(every)[:CHUNK_CANDIDATES]}


def made_vectors(
    vectors: NDArray[np.float16], questions: Sequence[Vectors], count: int, url: str
) -> dict[str, Any]:
    """The figures for `count` vectors generated from these, in one table."""
    rng = np.random.default_rng(3)
    rows = [vectors[rng.permutation(len(vectors))[: count % len(vectors)]]]
    for _ in range(count // len(vectors)):
        noise = rng.normal(size=vectors.shape).astype(np.float32)
        turned = vectors + NOISE_LENGTH * noise / np.linalg.norm(noise, axis=1, keepdims=True)
        rows.append((turned / np.linalg.norm(turned, axis=1, keepdims=True)).astype(np.float16))
    every = np.concatenate(rows)
    articles = np.asarray(np.arange(count) // CHUNKS_PER_ARTICLE, np.int32)
    dense, held, name = DenseIndex.of(every), SegmentVectors(ServerAddress(url)), f"made {count}"
    seconds = clocked(lambda: held.load(name, articles, every))
    number = held.ready([name])[name]
    told: dict[str, Any] = {"made": count, "load_s": seconds, "megabytes": megabytes(url)}
    for share in (1.0, *SHARES):
        chosen = np.flatnonzero(rng.random(int(articles[-1]) + 1) < share).astype(np.int32)
        mask = None if share == 1 else np.isin(articles, chosen)
        wanted = Wanted(number, int(SPARE * CHUNK_CANDIDATES), among=None if mask is None else chosen)
        recalls, here, there = list[float](), Stopwatch(), Stopwatch(url)
        for question in questions:
            with here.running():
                _, right = dense.search(question, CHUNK_CANDIDATES, mask)
            with there.running():
                [rows_found] = held.near(question, [wanted])
                near = dense.similarity(question, rows_found)
            kept = rows_found[np.argsort(-near)][:CHUNK_CANDIDATES]
            recalls.append(len(set(right.tolist()) & set(kept.tolist())) / len(right))
        told[f"{share:.0%}"] = {
            "recall": round(float(np.mean(recalls)), 4),
            "exact": here.figures(),
            "server": there.figures(),
        }
    held.close()
    return told


if __name__ == "__main__":
    main()
