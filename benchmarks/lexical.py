"""Compare four lexical engines on the same passages, terms and questions.

    python -m benchmarks.lexical ARTICLES.jsonl.gz QUESTIONS.jsonl [--passages 60000]

Each engine runs in its own process, gets the terms of `retrieval.text.analyzer` (so that only the engines
differ) and returns its best 100. Printed, a row for each engine: build seconds, megabytes on disk, megabytes
of memory added by opening it, milliseconds per question (p50, p99), hit@1/3/10 and MRR.
"""

import argparse
import json
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from corpus.sources.files import read
from retrieval.collection.passage import context_of, split_article
from retrieval.index.collection_bm25 import K1, B, CollectionBm25
from retrieval.segments.postings import Postings, PostingsBuilder
from retrieval.segments.term_list import TermList
from retrieval.text.analyzer import Analyzer

TOP = 100
Passage = tuple[str, int, int]
Search = Callable[[list[str]], list[int]]


def our_engine(terms: Sequence[list[str]], folder: Path) -> Callable[[], Search]:
    """Newsdesk's: the postings of a segment, with BM25."""
    builder = PostingsBuilder()
    for words in terms:
        builder.add(words)
    postings = builder.finish()[0]
    (folder / "terms.txt").write_bytes(postings.terms.text)
    for name, array in (
        ("letters", postings.terms.starts),
        ("starts", postings.starts),
        ("rows", postings.rows),
        ("counts", postings.counts),
        ("lengths", postings.lengths),
    ):
        np.save(folder / f"{name}.npy", array)

    def opened() -> Search:
        names = ("letters", "starts", "rows", "counts", "lengths")
        letters, *arrays = (np.load(folder / f"{name}.npy", mmap_mode="r") for name in names)
        text = memoryview((folder / "terms.txt").read_bytes())
        held = Postings(TermList(text, letters), *(np.asarray(array) for array in arrays))
        words = CollectionBm25([_Held(held)])  # type: ignore[list-item]

        def search(question: list[str]) -> list[int]:
            rows = words.top_passages(question, TOP, [None])
            scores = words.scores(question, rows)
            return [int(row) for row in rows[np.argsort(-scores, kind="stable")[:TOP]]]

        return search

    return opened


class _Held:
    """A segment with only its postings."""

    passages = None

    def __init__(self, postings: Postings) -> None:
        self.postings, self.passage_count = postings, len(postings.lengths)

    @property
    def segment(self) -> "_Held":
        return self


def _best(scores: NDArray[np.float32]) -> list[int]:
    best = np.argpartition(-scores, TOP)[:TOP]
    return [int(row) for row in best[np.argsort(-scores[best])] if scores[row] > 0]


def bm25s_engine(terms: Sequence[list[str]], folder: Path) -> Callable[[], Search]:
    """bm25s, a library that stores a score for each term of each passage."""
    import bm25s

    made = bm25s.BM25(k1=K1, b=B, method="lucene")
    made.index(terms, create_empty_token=False, show_progress=False)
    made.save(folder, show_progress=False)

    def opened() -> Search:
        index = bm25s.BM25.load(folder)

        def search(question: list[str]) -> list[int]:
            rows = [row for term in question if (row := index.vocab_dict.get(term)) is not None]
            return _best(np.asarray(index.get_scores(rows), np.float32)) if rows else []

        return search

    return opened


def tantivy_engine(terms: Sequence[list[str]], folder: Path) -> Callable[[], Search]:
    """tantivy, in Rust, with a memory-mapped index on disk."""
    import tantivy

    schema = (
        tantivy.SchemaBuilder()
        .add_text_field("body", tokenizer_name="whitespace")
        .add_integer_field("row", stored=True, fast=True)
        .build()
    )
    index = tantivy.Index(schema, path=str(folder))
    writer = index.writer(256_000_000, 1)
    for row, words in enumerate(terms):
        writer.add_document(tantivy.Document(body=" ".join(words), row=row))
    writer.commit()
    writer.wait_merging_threads()

    def opened() -> Search:
        found = tantivy.Index.open(str(folder))
        searcher = found.searcher()

        def search(question: list[str]) -> list[int]:
            clauses = [
                (tantivy.Occur.Should, tantivy.Query.term_query(found.schema, "body", term))
                for term in question
            ]
            hits = searcher.search(tantivy.Query.boolean_query(clauses), TOP).hits
            return [searcher.doc(address)["row"][0] for _, address in hits]

        return search

    return opened


def fts5_engine(terms: Sequence[list[str]], folder: Path) -> Callable[[], Search]:
    """SQLite's FTS5."""
    path = folder / "words.sqlite3"
    database = sqlite3.connect(path)
    database.execute("CREATE VIRTUAL TABLE words USING fts5(body, content='', tokenize='unicode61')")
    rows = ((row, " ".join(words)) for row, words in enumerate(terms))
    with database:
        database.executemany("INSERT INTO words(rowid, body) VALUES (?, ?)", rows)
        database.execute("INSERT INTO words(words) VALUES ('optimize')")
    database.close()

    def opened() -> Search:
        found = sqlite3.connect(path)

        def search(question: list[str]) -> list[int]:
            query = " OR ".join(f'"{term}"' for term in question)
            ask = f"SELECT rowid FROM words WHERE words MATCH ? ORDER BY rank LIMIT {TOP}"
            return [row for (row,) in found.execute(ask, (query,))]

        return search

    return opened


ENGINES = {"ours": our_engine, "bm25s": bm25s_engine, "tantivy": tantivy_engine, "fts5": fts5_engine}


def passages_of(path: str, most: int) -> tuple[list[Article], list[Passage], list[list[str]]]:
    """The first passages of the corpus, and the terms of each."""
    articles = [item for item in read(path, "news") if isinstance(item, Article)]
    words, passages, terms = Analyzer(), [], []
    for article in articles:
        split = split_article(article)
        passages += [(article.id, *span) for span in split.passages]
        shared = words.terms(context_of(article))
        terms += [shared + words.terms(article.text[start:end]) for start, end in split.passages]
        if len(passages) >= most:
            break
    return articles, passages[:most], terms[:most]


def gold(question: dict[str, Any], texts: dict[str, str]) -> list[Passage]:
    """The spans of the answer in the question's evidence."""
    spans = []
    for piece in question["evidence"]:
        text = texts.get(piece["article_id"], "")
        at = text.find(piece["quote"])
        answer = question["answers"][0] if question.get("answers") else ""
        inside = piece["quote"].find(answer) if answer else -1
        if at >= 0:
            span = (at + inside, at + inside + len(answer)) if inside >= 0 else (at, at + len(piece["quote"]))
            spans.append((piece["article_id"], *span))
    return spans


def holds(passage: Passage, span: Passage) -> bool:
    """Whether a passage has at least half of the span's characters."""
    if passage[0] != span[0]:
        return False
    return 2 * (min(passage[2], span[2]) - max(passage[1], span[1])) >= span[2] - span[1]


def memory() -> float:
    """The resident megabytes of this process (Linux), otherwise the peak."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000
    found = re.search(r"VmRSS:\s+(\d+)", status)
    return int(found[1]) / 1000 if found else 0.0


def measure(engine: str, articles_path: str, questions_path: str, most: int) -> dict[str, object]:
    """The row of one engine."""
    articles, passages, terms = passages_of(articles_path, most)
    texts = {article.id: article.text for article in articles}
    words = Analyzer()
    questions = [json.loads(line) for line in Path(questions_path).read_text().splitlines()]
    asked = [(words.terms(q["question"]), spans) for q in questions if (spans := gold(q, texts))]
    asked = [
        (terms_, spans) for terms_, spans in asked if any(s[0] in {p[0] for p in passages} for s in spans)
    ]
    with tempfile.TemporaryDirectory() as name:
        started = time.perf_counter()
        opened = ENGINES[engine](terms, Path(name))
        build = time.perf_counter() - started
        size = sum(path.stat().st_size for path in Path(name).rglob("*") if path.is_file())
        before = memory()
        search = opened()
        for question, _ in asked[:20]:
            search(question)
        grown = memory() - before
        times, ranks = [], []
        for question, spans in asked:
            started = time.perf_counter()
            rows = search(question)
            times.append(time.perf_counter() - started)
            ranks.append(
                next(
                    (k for k, row in enumerate(rows[:10], 1) if any(holds(passages[row], s) for s in spans)),
                    None,
                )
            )
    count = len(ranks)
    return {
        "engine": engine,
        "passages": len(passages),
        "questions": count,
        "build_s": round(build, 1),
        "disk_mb": round(size / 1e6, 1),
        "memory_mb": round(grown, 1),
        "p50_ms": round(float(np.percentile(times, 50)) * 1000, 2),
        "p99_ms": round(float(np.percentile(times, 99)) * 1000, 2),
        **{f"hit@{k}": round(sum(r is not None and r <= k for r in ranks) / count, 3) for k in (1, 3, 10)},
        "mrr": round(sum(1 / r for r in ranks if r) / count, 3),
    }


def main() -> None:
    """Run all engines, one after the other, each in its own process."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles")
    parser.add_argument("questions")
    parser.add_argument("--passages", type=int, default=60_000)
    parser.add_argument("--engine", choices=ENGINES)
    call = parser.parse_args()
    if call.engine:
        print(json.dumps(measure(call.engine, call.articles, call.questions, call.passages)))
        return
    for engine in ENGINES:
        command = [sys.executable, "-m", "benchmarks.lexical", call.articles, call.questions]
        subprocess.run([*command, "--passages", str(call.passages), "--engine", engine], check=True)


if __name__ == "__main__":
    main()
