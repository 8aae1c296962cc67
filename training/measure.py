"""Measure a reader on our own questions that were not trained on.

    python -m training.measure DATA READER.onnx

Prints how well the rating tells answered from unanswered questions (the area under the curve), and how many
of each kind are refused where 0.9 of the answered ones are not.
"""

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from corpus.article import Article
from retrieval.collection.passage import Passage
from retrieval.models.packaged import packaged_file
from retrieval.reading.onnx_reader import OnnxReader
from training.sources import rows
from training.written import WrittenQuestion, written

ANSWERED = 0.9
"""The share of the answered questions that the threshold lets through."""


def ratings(reader: OnnxReader, questions: Sequence[WrittenQuestion]) -> list[float]:
    """How likely the reader thinks that each window answers its question, in log-odds."""
    rated = []
    for one in questions:
        text = Article(one.place, "", one.window, "", language="en")
        [reading] = reader.read(one.question, [Passage(text, 0, len(one.window))])
        rated.append(reading.score)
    return rated


def report(questions: Sequence[WrittenQuestion], rated: Sequence[float]) -> str:
    """The area under the curve, and the share that is refused of each kind of near miss and of question."""
    answered = np.array([one.answer is not None for one in questions])
    values = np.array(rated)
    threshold = np.quantile(values[answered], 1 - ANSWERED)
    refused: dict[tuple[str, str], list[bool]] = defaultdict(list)
    for one, value in zip(questions, values, strict=True):
        refused[("answered" if one.answer else "near miss", one.kind)].append(bool(value < threshold))
    lines = [
        f"{len(questions)} questions, area under the curve {roc_auc_score(answered, values):.3f}, "
        f"near misses refused at {ANSWERED} answered {np.mean(values[~answered] < threshold):.3f}"
    ]
    for (group, kind), which in sorted(refused.items()):
        lines.append(f"{group}, {kind}: {np.mean(which):.2f} of {len(which)} refused")
    return "\n".join(lines)


def main() -> None:
    """Read the arguments and print the report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("reader", type=Path)
    args = parser.parse_args()
    qamr, squad = (list(rows(args.data / f"{name}.jsonl.gz")) for name in ("qamr", "squad2"))
    held = [one for one in written(qamr, squad) if one.held]
    reader = OnnxReader(args.reader.read_bytes(), packaged_file("tokenizer.json"))
    print(report(held, ratings(reader, held)))


if __name__ == "__main__":
    main()
