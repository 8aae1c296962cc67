"""Compare the packaged model in ONNX Runtime with the same model in torch, in one run.

    python -m benchmarks.embedding ARTICLES.jsonl

Printed as JSON: milliseconds per question, passages a second and, in a new process that imports, loads and
embeds one question, seconds and (on Linux) megabytes; each for both, with the ratio of torch to ONNX Runtime.
"""

import argparse
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from retrieval.models.embedder import Embedder
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.models.packaged import packaged_folder
from retrieval.models.sentence_transformer import SentenceTransformerEmbedder

QUESTION = "Which country banned the import of seafood from Japan in 2023?"
PASSAGE = 850
"""Characters of a passage, as in an index."""
PASSAGES, ROUNDS, QUESTIONS, COLD = 256, 5, 60, 3
_MADE = {
    "onnx": "from retrieval.models.onnx_embedder import OnnxEmbedder\nmodel = OnnxEmbedder()",
    "torch": (
        "from retrieval.models.packaged import packaged_folder\n"
        "from retrieval.models.sentence_transformer import SentenceTransformerEmbedder\n"
        "model = SentenceTransformerEmbedder(str(packaged_folder()))"
    ),
}
_COLD = f"""
import re, time
from pathlib import Path
started = time.perf_counter()
{{made}}
model.embed_question({QUESTION!r})
took = time.perf_counter() - started
held = re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())
print(took, int(held[1]) / 1024)
"""


def main() -> None:
    """Measure both in alternation, so that other load on the machine slows both."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    passages = _passages(parser.parse_args().articles)
    models: dict[str, Embedder] = {
        "onnx": OnnxEmbedder(),
        "torch": SentenceTransformerEmbedder(str(packaged_folder())),
    }
    for model in models.values():
        model.embed_question(QUESTION)
        model.embed_passages(passages[:8])
    question: dict[str, list[float]] = {name: [] for name in models}
    passage: dict[str, list[float]] = {name: [] for name in models}
    cold: dict[str, list[float]] = {name: [] for name in models}
    megabytes: dict[str, float] = {}
    for _ in range(ROUNDS):
        for name, model in models.items():
            asked = [_seconds(partial(model.embed_question, QUESTION)) for _ in range(QUESTIONS)]
            question[name].append(statistics.median(asked))
            read = _seconds(partial(model.embed_passages, passages))
            passage[name].append(read / len(passages))
    for _ in range(COLD):
        for name in models:
            took, megabytes[name] = _cold(name)
            cold[name].append(took)
    middle = {
        kind: {name: statistics.median(found) for name, found in by.items()}
        for kind, by in (("question", question), ("passage", passage), ("cold", cold))
    }
    print(
        json.dumps(
            {
                "question_ms": {name: round(1000 * one, 1) for name, one in middle["question"].items()},
                "passages_a_second": {name: round(1 / one, 1) for name, one in middle["passage"].items()},
                "cold_s": {name: round(one, 2) for name, one in middle["cold"].items()},
                "megabytes": {name: round(one) for name, one in megabytes.items()},
                "torch_to_onnx": {kind: round(one["torch"] / one["onnx"], 2) for kind, one in middle.items()},
            }
        )
    )


def _passages(articles: Path) -> list[str]:
    texts = (json.loads(line)["text"] for line in articles.read_text().splitlines())
    cut = (text[start : start + PASSAGE] for text in texts for start in range(0, len(text), PASSAGE))
    return [text for text, _ in zip(cut, range(PASSAGES), strict=False)]


def _seconds(do: Callable[[], object]) -> float:
    started = time.perf_counter()
    do()
    return time.perf_counter() - started


def _cold(name: str) -> tuple[float, float]:
    """The seconds and the peak megabytes."""
    script = _COLD.format(made=_MADE[name])
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    seconds, megabytes = map(float, done.stdout.split())
    return seconds, megabytes


if __name__ == "__main__":
    main()
