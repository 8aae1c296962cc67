"""Compare follow-up questions with the same questions in full.

    python -m benchmarks.followups DATA --home FOLDER [--corpus NAME ...]

DATA has a folder for each corpus named in `conversations.jsonl`, with its `articles.jsonl.gz`; FOLDER gets a
home for each, as `newsdesk corpus add` makes it, unless it exists. Each conversation is held as in a chat: a
question is asked together with the last answered turn before it. Printed: hit@1, hit@3 and hit@10 of the last
question and of the same one in full, the difference at 3 with its interval, by half and by corpus; then how
often words were carried over when none should be, or none when some should be. A hit is a passage that holds
at least half of the answer.
"""

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from bot.answers.answer import Answer, NoAnswer, quotes_of, with_quotes
from bot.answers.question_file import asked_moment
from bot.corpus_admin.home import Home
from bot.desk.desk import Desk
from bot.desk.follow_ups import ask_following, previous_of
from retrieval.models.model import Model
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.question.followups.previous_question import PreviousQuestion
from retrieval.question.query import make_query
from retrieval.ranking.diversity import PAGE
from retrieval.reading.packaged_reader import packaged_reader

CONVERSATIONS = Path(__file__).with_name("conversations.jsonl")
"""Rows of our own writing: `turns`, the last of them in `full`, and the article and place of the answer.
`leans` is false if the last turn is a new topic. Only `split` "tune" was looked at while the rules were
made."""
DEPTH = 10
"""The number of passages that are looked at."""
SAMPLES = 10_000
"""The resamples for the interval."""

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of one conversation: the rank of the answer for the last turn and for the full question
    (None if it is not among the first ten), and whether any words were carried over."""

    row: Row
    follow: int | None
    full: int | None
    carried: bool


def hold(desk: Desk, row: Row) -> Outcome:
    """Ask the turns one after the other, then the full question."""
    before: PreviousQuestion | None = None
    result = None
    for question in row["turns"]:
        result = ask(desk, row, question, before)
        if isinstance(result, Answer) or not (before and before.answered):
            before = previous_of(with_quotes(result, quotes_of(result)[:PAGE]))
    assert result is not None
    carried = result.query.text != row["turns"][-1]
    return Outcome(row, rank(result, row), rank(ask(desk, row, row["full"]), row), carried)


def ask(desk: Desk, row: Row, question: str, before: PreviousQuestion | None = None) -> Answer | NoAnswer:
    """The answer, asked at the time of the conversation."""
    asked_at = asked_moment(row["asked_at"]) if "asked_at" in row else None
    query = make_query(question, tuple(desk.collections), asked_at=asked_at)
    return ask_following(desk, query, before, DEPTH)


def rank(result: Answer | NoAnswer, row: Row) -> int | None:
    """The rank of the first passage with at least half of the answer, from 1."""
    for place, quote in enumerate(quotes_of(result), 1):
        shared = min(quote.end, row["end"]) - max(quote.start, row["start"])
        if quote.article.id == row["article_id"] and 2 * shared >= row["end"] - row["start"]:
            return place
    return None


def figures(name: str, outcomes: Sequence[Outcome]) -> str:
    """One line of the table."""

    def shares(ranks: Sequence[int | None]) -> str:
        return "  ".join(
            f"{np.mean([rank is not None and rank <= k for rank in ranks]):.3f}" for k in (1, 3, 10)
        )

    gaps = [float(within(one.full) - within(one.follow)) for one in outcomes]
    low, high = interval(gaps)
    follow, full = shares([one.follow for one in outcomes]), shares([one.full for one in outcomes])
    return (
        f"{name:22}{len(outcomes):4}   {follow}   {full}   {np.mean(gaps):+.3f} ({low:+.3f} to {high:+.3f})"
    )


def within(place: int | None) -> int:
    """Whether the answer is on the first page, as 0 or 1."""
    return int(place is not None and place <= 3)


def interval(values: Sequence[float]) -> tuple[float, float]:
    """The 95% bootstrap interval of the mean."""
    drawn = np.random.default_rng(0).choice(values, (SAMPLES, len(values))).mean(axis=1)
    low, high = np.percentile(drawn, (2.5, 97.5))
    return float(low), float(high)


def lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """The lines of the table."""
    yield f"{'':22}{'of':>4}   {'as a follow-up':21}   {'in full':21}   full minus follow-up, hit@3"
    yield f"{'':26}   {'@1     @3     @10':21}   {'@1     @3     @10':21}"
    for half in ("tune", "held"):
        yield figures(half, [one for one in outcomes if one.row["split"] == half])
    for corpus in dict.fromkeys(one.row["corpus"] for one in outcomes):
        for half in ("tune", "held"):
            found = [one for one in outcomes if (one.row["corpus"], one.row["split"]) == (corpus, half)]
            if found:
                yield figures(f"{corpus} {half}", found)
    for half in ("tune", "held"):
        leaning = [one for one in outcomes if one.row["leans"] and one.row["split"] == half]
        anew = [one for one in outcomes if not one.row["leans"] and one.row["split"] == half]
        yield (
            f"{half}: nothing carried by {sum(not one.carried for one in leaning)} of {len(leaning)} "
            f"follow-ups, something by {sum(one.carried for one in anew)} of {len(anew)} new topics"
        )


def opened(home: Path, articles: Path, model: OnnxEmbedder) -> Desk:
    """A desk on the home, which is created if it does not exist."""
    if not (home / "collections").exists():
        print(f"building {home} ...", file=sys.stderr, flush=True)
        subprocess.run(
            [sys.executable, "-m", "bot", "--home", str(home), "corpus", "add", str(articles)],
            check=True,
            stdout=sys.stderr,
        )
    desk = Desk(Home(home), Model(model, model.vocabulary), print, packaged_reader())
    desk.open()
    return desk


def main() -> None:
    """Hold every conversation."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--corpus", action="append", help="only this one; may be given again")
    call = parser.parse_args()
    rows = [json.loads(line) for line in CONVERSATIONS.read_text(encoding="utf-8").splitlines()]
    model = OnnxEmbedder()
    outcomes = []
    for corpus in call.corpus or dict.fromkeys(row["corpus"] for row in rows):
        desk = opened(call.home / corpus, call.data / corpus / "articles.jsonl.gz", model)
        outcomes += [hold(desk, row) for row in rows if row["corpus"] == corpus]
    print("\n".join(lines(outcomes)))


if __name__ == "__main__":
    main()
