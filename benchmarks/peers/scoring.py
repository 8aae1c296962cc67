"""Score what a system found by hit@3: the share of the questions with at least half of a gold span in one of
the first three passages.

    python -m benchmarks.peers.scoring MATERIAL HOME FOUND.json …

FOUND is the output of `benchmarks.peers.task … warm`. Printed as JSON, a number for each.
"""

import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.cases import Corpus
from benchmarks.peers.engine import BEST, Row
from bot.evaluation.evidence import SHOWN_LIMIT, EvidenceSpan, Gold, without_white_space
from bot.evaluation.judged_questions import read_judged
from retrieval.models.onnx_embedder import OnnxEmbedder


def main() -> None:
    """Score each file."""
    material, home, *found = map(Path, sys.argv[1:])
    corpus = Corpus.open(home, OnnxEmbedder())
    texts = {one.id: without_white_space(one.text) for one in corpus.snapshot.articles}
    names = (corpus.snapshot.name,)
    asked = [
        corpus.library.gold(one.evidence, one.answer, names)
        for one in read_judged(material / "questions.jsonl")
    ]
    scores = []
    for path in found:
        answers: Sequence[Sequence[Row]] = json.loads(path.read_text("utf-8"))["found"]
        hits = [
            any(holds(row, gold, names[0], texts) for row in rows[:BEST])
            for rows, gold in zip(answers, asked, strict=True)
        ]
        scores.append(sum(hits) / len(hits))
    print(json.dumps(scores))


def holds(row: Row, gold: Gold, collection: str, texts: dict[str, str]) -> bool:
    """Whether a passage, which is a piece of its article, covers one of the gold spans."""
    words = without_white_space(row["text"][:SHOWN_LIMIT])
    at = texts.get(row["article_id"], "").find(words)
    shown = EvidenceSpan(collection, row["article_id"], at, at + len(words))
    return at >= 0 and any(shown.covers(place) for places in gold for place in places)


if __name__ == "__main__":
    main()
