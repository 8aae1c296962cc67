"""Measure how long a warm question takes in one process: alone, in parallel, with and without the reader, and
with a narrow filter.

    python -m benchmarks.answering HOME QUESTIONS.jsonl

Printed as JSON: milliseconds (p50, p99) with the packaged reader ("read"), without it ("plain"), and without
it but with a filter to the source with the fewest articles; the ratios to "plain"; the part that embedding
the question takes; and the process's megabytes before and after the reader is loaded. Then questions a
second, and processor milliseconds per question, one at a time and from 32 threads at once.
"""

import argparse
import json
import os
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np

from bot.answers.question_file import read_questions
from bot.corpus_admin.home import Home
from bot.desk.desk import Desk
from retrieval.models.model import Model
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.question.query import Query, make_query
from retrieval.reading.packaged_reader import packaged_reader


def main() -> None:
    """Ask every question once to warm up, then once without and once with the filter."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("home", type=Path)
    parser.add_argument("questions", type=Path)
    call = parser.parse_args()
    model = OnnxEmbedder()
    desk = Desk(Home(call.home), Model(model, model.vocabulary), print)
    desk.open()
    collections = tuple(desk.collections)
    held = desk.collections.values()
    counts = Counter(article.source for collection in held for article in collection.articles)
    narrow = frozenset([min(counts, key=lambda source: counts[source])])
    questions = [question.text for question in read_questions(call.questions)]
    for text in questions[:20]:
        desk.ask(make_query(text, collections))
    before = resident()
    reader = packaged_reader()
    after = resident()
    reading = Desk(Home(call.home), Model(model, model.vocabulary), print, reader)
    reading.open()
    for text in questions[:20]:
        reading.ask(make_query(text, collections))
    plain, read = [], []
    for text in questions:
        query = make_query(text, collections)
        plain += timed(desk, [query])
        read += timed(reading, [query])
    many = [make_query(text, collections) for text in questions]
    filtered = timed(desk, [make_query(text, collections, sources=narrow) for text in questions])
    embedding = []
    for text in questions:
        started = time.perf_counter()
        model.embed_question(text)
        embedding.append(time.perf_counter() - started)
    print(
        json.dumps(
            {
                "questions": len(questions),
                "passages": sum(collection.passage_count for collection in held),
                **figures("plain", plain),
                **figures("read", read),
                "read_to_plain": round(float(np.median(read) / np.median(plain)), 2),
                "megabytes": [before, after],
                **figures("filtered", filtered),
                "filtered_to_plain": round(float(np.median(filtered) / np.median(plain)), 2),
                **figures("embedding", embedding),
                **{
                    f"{name}_{threads}_at_once": pace(asked, many, threads)
                    for name, asked in (("plain", desk), ("read", reading))
                    for threads in (1, 32)
                },
            }
        )
    )


def resident() -> int:
    """The resident memory of this process in megabytes."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20)


def timed(desk: Desk, queries: Sequence[Query]) -> list[float]:
    """The seconds that each question takes."""
    times = []
    for query in queries:
        started = time.perf_counter()
        desk.ask(query)
        times.append(time.perf_counter() - started)
    return times


def pace(desk: Desk, queries: Sequence[Query], threads: int) -> dict[str, float]:
    """Questions a second, and the processor time per question."""
    started, worked = time.perf_counter(), time.process_time()
    with ThreadPoolExecutor(threads) as asking:
        list(asking.map(desk.ask, queries))
    seconds, work = time.perf_counter() - started, time.process_time() - worked
    return {"a_second": round(len(queries) / seconds, 1), "cpu_ms": round(work / len(queries) * 1000, 1)}


def figures(name: str, times: Sequence[float]) -> dict[str, float]:
    """p50 and p99 in milliseconds."""
    return {f"{name}_p{p}_ms": round(float(np.percentile(times, p)) * 1000, 1) for p in (50, 99)}


if __name__ == "__main__":
    main()
