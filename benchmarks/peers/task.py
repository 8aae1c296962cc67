"""Run one task of a system in its own process, which is measured from outside.

    python -m benchmarks.peers.task SYSTEM {build,first,warm,change,embedding,versions} MATERIAL STATE MODEL

MATERIAL is the folder of `benchmarks.peers.material`, STATE the folder of the system's index, MODEL the
model's folder. The last line of output is JSON.
"""

import importlib.metadata
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.peers.engine import AT_ONCE, CHANGE_QUESTION, MARK, Engine, rows_of

SYSTEMS = ("newsdesk", "txtai", "chroma", "script")
WARM_UP_QUESTIONS = 20
"""Warm-up questions, which are not timed."""
PACKAGES = ("bm25s", "chromadb", "faiss-cpu", "onnxruntime", "sentence-transformers", "torch", "txtai")


def engine(system: str, material: Path, state: Path, model: str) -> Engine:
    """The system, before building or opening."""
    if system == "newsdesk":
        from benchmarks.peers.newsdesk_engine import NewsdeskEngine

        return NewsdeskEngine(state, material)
    state.mkdir(parents=True, exist_ok=True)
    if system == "txtai":
        from benchmarks.peers.txtai_engine import TxtaiEngine

        return TxtaiEngine(state, model)
    if system == "chroma":
        from benchmarks.peers.chroma_engine import ChromaEngine

        return ChromaEngine(state, model)
    from benchmarks.peers.script_engine import ScriptEngine

    return ScriptEngine(state, model)


def build(one: Engine, material: Path) -> dict[str, Any]:
    """Build the index. All vectors are known except those of the article that is changed later, so that the
    model is used."""
    rows = rows_of(material / "passages.jsonl")
    vectors = np.load(material / "vectors.npy")
    own = rows_of(material / "changed.jsonl")[0]["article_id"]
    one.embed([row["text"] for row in rows if row["article_id"] == own])
    one.build(rows, vectors)
    return {}


def first(one: Engine, material: Path) -> dict[str, Any]:
    """Answer the first question of the file."""
    one.open()
    assert one.ask(questions_of(material)[0])
    return {}


def warm(one: Engine, material: Path) -> dict[str, Any]:
    """Ask every question alone and then all in parallel. Returns the `seconds` of each alone, and what was
    found."""
    questions = questions_of(material)
    one.open()
    for question in questions[:WARM_UP_QUESTIONS]:
        one.ask(question)
    seconds, found = [], []
    for question in questions:
        started = time.perf_counter()
        found.append(one.ask(question))
        seconds.append(time.perf_counter() - started)
    crowds = [questions[start : start + AT_ONCE] for start in range(0, len(questions), AT_ONCE)]
    one.ask_together(crowds[0])
    started = time.perf_counter()
    for crowd in crowds:
        one.ask_together(crowd)
    return {"seconds": seconds, "together": time.perf_counter() - started, "found": found}


def change(one: Engine, material: Path) -> dict[str, Any]:
    """Measure the time from a changed article until a question is answered with its new text; empty if it is
    not."""
    rows = rows_of(material / "changed.jsonl")
    own = rows[0]["article_id"]
    before = [row["id"] for row in rows_of(material / "passages.jsonl") if row["article_id"] == own]
    one.open()
    assert not any(MARK in row["text"] for row in one.ask(CHANGE_QUESTION))
    started = time.perf_counter()
    one.change(before, rows)
    found = one.ask(CHANGE_QUESTION)
    took = time.perf_counter() - started
    return {"change_s": took} if any(MARK in row["text"] for row in found) else {}


def embedding(one: Engine, material: Path) -> dict[str, Any]:
    """Embed a sample of what the system embeds."""
    texts = json.loads((material / f"{one.embeds}-sample.json").read_text("utf-8"))
    one.embed(texts[:AT_ONCE])
    started = time.perf_counter()
    one.embed(texts)
    return {"per_second": len(texts) / (time.perf_counter() - started)}


TASKS: dict[str, Callable[[Engine, Path], dict[str, Any]]] = {
    "build": build,
    "first": first,
    "warm": warm,
    "change": change,
    "embedding": embedding,
    "versions": lambda _one, _material: versions(),
}


def questions_of(material: Path) -> Sequence[str]:
    """The questions, in order."""
    return [row["question"] for row in rows_of(material / "questions.jsonl")]


def versions() -> dict[str, str]:
    """The versions of the relevant installed packages."""
    there = {one.metadata["Name"].lower(): one.version for one in importlib.metadata.distributions()}
    return {name: there[name] for name in PACKAGES if name in there}


def main() -> None:
    """Run the task, and print its result."""
    system, name, material, state, model = sys.argv[1:]
    one = engine(system, Path(material), Path(state), model)
    print(json.dumps(TASKS[name](one, Path(material))))


if __name__ == "__main__":
    main()
