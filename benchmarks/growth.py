"""Measure how each cost grows with a collection, from 5,000 passages to a million.

    python -m benchmarks.growth ARTICLES.jsonl QUESTIONS.jsonl STORE.sqlite3 FOLDER [--passages N ...]

STORE is a copy of the store of a home in which ARTICLES were embedded; it is written to. FOLDER gets one
collection for each size; existing ones are not built again. Up to the size of ARTICLES, the text is real.
Beyond it, the articles are copied with other letters in every capitalised word, so that names differ; the
vectors of the copies are the originals' with random noise (the cosine is 0.9). Everything is built, opened,
asked and changed by the program's own code, without the reader, each step in its own process. Printed as
JSON, a row for each size: seconds and peak megabytes of building, megabytes on disk, seconds of opening,
milliseconds per question (p50, p99; one at a time), and seconds until one changed article is open.
"""

import argparse
import json
import re
import resource
import string
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np

from bot.corpus_admin.embedding_cache import embed_cached
from corpus.article import Article
from corpus.sources.files import read
from corpus.storage.disk import Disk
from corpus.storage.store import Store
from retrieval.generations.generation_store import GenerationStore
from retrieval.generations.new_generation import kept_of, new_generation
from retrieval.generations.pruning import prune
from retrieval.models.embedder import EncodedTexts, HashEmbedder, VectorSizes
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.models.token_vectors import joined
from retrieval.question.query import make_query
from retrieval.ranking.search import search
from retrieval.understanding.query_understanding import understand

SIZES = (5_000, 20_000, 53_000, 250_000, 1_000_000)
"""The approximate numbers of passages."""
PASSAGES_PER_ARTICLE = 10.67
"""The mean number of passages per article of RealTimeQA: 53,344 of 5,000."""
NOISE_LENGTH = 0.48
"""The length of the noise that is added to a unit vector; their cosine is then 0.9."""
QUESTIONS = 200
Row = dict[str, float]
ASKED_AT = datetime(2026, 11, 1, tzinfo=UTC)


class StoredVectors(HashEmbedder):
    """Vectors from a store, made by a model before; nothing is embedded here."""

    sizes = VectorSizes(vector=384, token=48)

    def __init__(self, model: str) -> None:
        self.model = model

    def embed_passages(self, texts: Sequence[str]) -> EncodedTexts:
        """Random unit vectors for texts that the store does not have, because copies have other words."""
        rng = np.random.default_rng(len(texts))
        rows = rng.standard_normal((len(texts), self.sizes.vector)).astype(np.float32)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        signs = [(np.arange(40, dtype=np.uint16), rng.integers(0, 256, (40, 48), np.uint8)) for _ in texts]
        return EncodedTexts(rows.astype(np.float16), joined(signs, self.sizes.token))


class TurnedVectors:
    """The vectors of the original texts, with random noise for the copies."""

    def __init__(self, store: Store, model: str) -> None:
        self._store, self._embedder = store, StoredVectors(model)
        self._chance = np.random.default_rng(7)
        self.copy = 0

    def embed(self, texts: Sequence[str]) -> EncodedTexts:
        """The vectors for texts of the present copy."""
        originals = [shifted(text, -self.copy) for text in texts]
        found, _ = embed_cached(self._store, self._embedder, originals, lambda *_: None)
        if not self.copy:
            return found
        rows = found.vectors.astype(np.float32)
        noise = self._chance.standard_normal(rows.shape).astype(np.float32)
        rows += NOISE_LENGTH * noise / np.linalg.norm(noise, axis=1, keepdims=True)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        return EncodedTexts(rows.astype(np.float16), found.tokens)


_NAME = re.compile(r"\b[A-Z][a-z]+\b")


def shifted(text: str, steps: int) -> str:
    """The text with the letters of capitalised words shifted in the alphabet; the negative number of steps
    undoes it."""
    upper, lower = string.ascii_uppercase, string.ascii_lowercase
    table = str.maketrans(
        upper + lower, upper[steps % 26 :] + upper[: steps % 26] + lower[steps % 26 :] + lower[: steps % 26]
    )
    return _NAME.sub(lambda found: found[0].translate(table), text)


def copies(articles: Sequence[Article], passages: int, vectors: TurnedVectors) -> Iterator[Article]:
    """Articles with about this many passages in total."""
    for number in range(round(passages / PASSAGES_PER_ARTICLE)):
        copy, row = divmod(number, len(articles))
        if not row:
            vectors.copy = copy
        one = articles[row]
        text, title = shifted(one.text, copy), shifted(one.title, copy)
        yield replace(one, id=f"{copy:03}-{one.id}", text=text, title=title)


def build(articles: Sequence[Article], passages: int, store: Store, folder: Path, model: str) -> Row:
    """Build a collection with about this many passages."""
    vectors = TurnedVectors(store, model)
    started = time.perf_counter()
    made = new_generation(
        copies(articles, passages, vectors), "news", model, vectors.embed, progress=lambda *_: None
    )
    manifest = GenerationStore(folder, "news", Disk()).publish(made)
    seconds = time.perf_counter() - started
    disk = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    return {
        "passages": manifest.passages,
        "chunks": manifest.chunks,
        "segments": len(manifest.segments),
        "build_s": round(seconds, 1),
        "build_mb": peak(),
        "disk_mb": round(disk / 1e6),
    }


def ask(questions: Sequence[str], folder: Path, model: str) -> Row:
    """Open the collection and ask one question at a time."""
    embedder = OnnxEmbedder()
    started = time.perf_counter()
    opened = GenerationStore(folder, "news", Disk()).open(model, frozenset()).snapshot
    open_s = time.perf_counter() - started
    took = []
    for question in (*questions[:5], *questions):
        begun = time.perf_counter()
        query = make_query(question, ("news",), asked_at=ASKED_AT)
        query = understand(query, [opened], embedder.vocabulary.is_word)
        search([opened], query, embedder.embed_question(query.wording), 3)
        took.append(1000 * (time.perf_counter() - begun))
    p50, p99 = np.percentile(took[5:], [50, 99])
    return {
        "open_s": round(open_s, 2),
        "p50_ms": round(float(p50), 1),
        "p99_ms": round(float(p99), 1),
        "ask_mb": peak(),
    }


def change(store: Store, folder: Path, model: str) -> Row:
    """Change one article, publish it, and open the new generation beside the old one."""
    generations = GenerationStore(folder, "news", Disk())
    held = generations.open(model, frozenset()).snapshot
    started = time.perf_counter()
    served = generations.served()
    assert served is not None
    one = served.snapshot.articles[0]
    changed = replace(one, text=f"{one.text}\n\nThis was added at {time.time()}.")
    vectors = TurnedVectors(store, model)
    made = new_generation(
        [changed],
        "news",
        model,
        vectors.embed,
        progress=lambda *_: None,
        kept=kept_of(served, [one.id]),
    )
    generations.publish(made)
    prune(generations)
    generations.open(model, frozenset(), held)
    return {"change_s": round(time.perf_counter() - started, 2), "change_mb": peak()}


def peak() -> int:
    """The peak memory of this process in megabytes, including the mapped files that it read."""
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)


def main() -> None:
    """Build, ask and change each size, each in its own process."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles")
    parser.add_argument("questions", type=Path)
    parser.add_argument("store", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--passages", type=int, nargs="*", default=SIZES)
    parser.add_argument("--step", choices=("build", "ask", "change"))
    call = parser.parse_args()
    if call.step:
        print(json.dumps(step(call)))
        return
    for size in call.passages:
        row: Row = {}
        for name in ("build", "ask", "change"):
            paths = (call.articles, *map(str, (call.questions, call.store, call.folder)))
            command = [sys.executable, "-m", "benchmarks.growth", *paths, "--passages", str(size)]
            done = subprocess.run([*command, "--step", name], stdout=subprocess.PIPE, check=True)
            row |= json.loads(done.stdout)
        print(json.dumps(row), flush=True)


def step(call: argparse.Namespace) -> Row:
    """One step for one size."""
    [size] = call.passages
    folder = call.folder / f"{size}"
    folder.mkdir(parents=True, exist_ok=True)
    with Store(call.store) as store:
        [[model]] = store.rows("SELECT model FROM vectors LIMIT 1")
        if call.step == "build":
            if (folder / "CURRENT").exists():
                return {}
            found = read(str(Path(call.articles).absolute()), "news")
            articles = [one for one in found if isinstance(one, Article)]
            articles.sort(key=lambda one: one.id)
            return build(articles, size, store, folder, model)
        if call.step == "change":
            return change(store, folder, model)
    lines = call.questions.read_text("utf-8").splitlines()
    return ask([json.loads(line)["question"] for line in lines][:QUESTIONS], folder, model)


if __name__ == "__main__":
    main()
