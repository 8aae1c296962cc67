"""Fit the weights of `retrieval/confidence.py`.

    python -m benchmarks.confidence --set HOME OWN.jsonl FOREIGN.jsonl [--set ...]

Each set is a home with one corpus, its own questions (with evidence) and questions of other corpora (whose
answers it can't hold). Printed: the weights fitted on all sets; then, for each set left out, what a model
fitted on the others refuses of its foreign questions while it answers nine in ten of its own.
"""

import argparse
import math
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from bot.answer import quotes_of
from bot.desk import Desk
from bot.evaluation import gold_spans, holds
from bot.home import Home
from bot.questions import Question, read_questions
from corpus.errors import WrongCall
from retrieval.confidence import FIRST
from retrieval.minilm import MiniLM
from retrieval.query import make_query


@dataclass(frozen=True, slots=True)
class Row:
    """One question asked of one set: its figures, whether it was the set's own, whether it was right."""

    figures: tuple[float, float, float]
    own: bool
    right: bool


def rows_of(home: Path, own: Path, foreign: Path, model: MiniLM) -> list[Row]:
    """Ask both files of questions."""
    desk = Desk(Home(home), model, print)
    desk.open()
    rows = []
    for path, is_own in ((own, True), (foreign, False)):
        for question in read_questions(path):
            row = row_of(desk, question, own=is_own)
            if row and (not is_own or question.row.get("answerable", True)):
                rows.append(row)
    return rows


def row_of(desk: Desk, question: Question, *, own: bool) -> Row | None:
    """One question's figures; None where it can't be asked or words alone were searched."""
    collections = tuple(desk.snapshots)
    try:
        result = desk.ask(make_query(question.text, collections, asked_at=question.asked_at), FIRST)
    except WrongCall:
        return None
    quotes = quotes_of(result)
    if not quotes or all(quote.signals.meaning is None for quote in quotes):
        return None
    passages = sum(len(snapshot.tables.passages) for snapshot in desk.snapshots.values())
    articles = {article.id: article for name in collections for article in desk.snapshots[name].articles}
    gold = list(gold_spans(question, articles)) if own else []
    figures = (
        max(quote.score for quote in quotes),
        max(quote.signals.coverage for quote in quotes),
        math.log(passages),
    )
    return Row(figures, own, any(holds(quote, gold) for quote in quotes))


def fit(sets: list[list[Row]]) -> tuple[NDArray[np.float64], float]:
    """Weights and offset, each set's own and foreign questions weighing the same."""
    rows = [row for one in sets for row in one]
    weights = [1 / sum(other.own == row.own for other in one) for one in sets for row in one]
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    figures = np.array([row.figures for row in rows])
    scaled = np.array(weights) * len(weights) / sum(weights)
    model.fit(figures, [row.right for row in rows], logisticregression__sample_weight=scaled)
    scaler, regression = model[0], model[1]
    slopes = regression.coef_[0] / scaler.scale_
    return slopes, float(regression.intercept_[0] - slopes @ scaler.mean_)


def main() -> None:
    """Fit on all, then leave each out in turn."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--set", nargs=3, type=Path, action="append", required=True, dest="sets")
    model = MiniLM()
    sets = [rows_of(home, own, foreign, model) for home, own, foreign in parser.parse_args().sets]
    slopes, offset = fit(sets)
    print(f"all: score {slopes[0]:.2f}, coverage {slopes[1]:.2f}, size {slopes[2]:.2f}, offset {offset:.2f}")
    for left in range(len(sets)):
        others = [one for place, one in enumerate(sets) if place != left]
        if not others:
            continue
        slopes, offset = fit(others)
        values = [(slopes @ np.array(row.figures) + offset, row.own) for row in sets[left]]
        threshold = np.quantile([value for value, own in values if own], 0.1)
        refused = np.mean([value < threshold for value, own in values if not own])
        print(f"set {left + 1} left out: {refused:.3f} of the foreign refused at nine in ten answered")


if __name__ == "__main__":
    main()
