"""Measure on conversations in lower case that change their topic how many turns wrongly carry words over, or
wrongly carry none.

    python -m benchmarks.topic_changes --home FOLDER [--split tune] [--corpus NAME ...]

FOLDER has a home for each corpus named in `topic_changes.jsonl`, as `benchmarks.followups` makes them.
Printed: each turn that was not understood as its row says, with what was searched for; then their number, and
how often one of the three passages is of the article with the answer, by half.
"""

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.followups import opened
from bot.answers.answer import Answer, quotes_of
from bot.desk.desk import Desk
from bot.desk.follow_ups import ask_following, previous_of
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.question.followups.previous_question import PreviousQuestion
from retrieval.question.query import make_query

CONVERSATIONS = Path(__file__).with_name("topic_changes.jsonl")
"""Rows of our own writing: the `question` of each turn, whether it `leans` on the one before, and the article
with the answer if it was written for one. Only `split` "tune" was looked at while the rules were made."""


def hold(desk: Desk, row: Mapping[str, Any], counts: Counter[str]) -> Iterator[str]:
    """Ask the turns one after the other. Returns those that were not understood as intended."""
    before: PreviousQuestion | None = None
    for turn in row["turns"]:
        question = turn["question"]
        result = ask_following(desk, make_query(question, tuple(desk.collections)), before)
        carried = result.query.text != question
        counts["turns"] += 1
        if carried != turn["leans"]:
            kind = "wrongly" if carried else "not"
            counts[kind] += 1
            yield f"{row['split']} {row['id']}: carried {kind}: {result.query.text}"
        if "article_id" in turn:
            counts["articles"] += 1
            counts["found"] += turn["article_id"] in {quote.article.id for quote in quotes_of(result)}
        if isinstance(result, Answer) or not (before and before.answered):
            before = previous_of(result)


def main() -> None:
    """Hold every conversation."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--corpus", action="append", help="only this one; may be given again")
    parser.add_argument("--split", action="append", help="only this half")
    call = parser.parse_args()
    rows = [json.loads(line) for line in CONVERSATIONS.read_text(encoding="utf-8").splitlines()]
    model = OnnxEmbedder()
    counts: dict[str, Counter[str]] = {split: Counter() for split in call.split or ("tune", "test")}
    for corpus in call.corpus or dict.fromkeys(row["corpus"] for row in rows):
        desk = opened(call.home / corpus, Path(), model)
        for row in rows:
            if row["corpus"] == corpus and row["split"] in counts:
                for line in hold(desk, row, counts[row["split"]]):
                    print(line, flush=True)
    for split, found in counts.items():
        print(
            f"{split}: of {found['turns']} turns {found['wrongly']} carried wrongly and {found['not']} not "
            f"carried; the article is among the three of {found['found']} of {found['articles']}"
        )


if __name__ == "__main__":
    main()
