"""Add the words to questions whose evidence has only positions, for use in other programs.

    python -m benchmarks.places ARTICLES.jsonl QUESTIONS.jsonl [--corpus NAME] > FILE

The questions in `benchmarks/questions` on the shared corpora name article, start and end, because the
articles' text is not in this repository. With --corpus, only those of this name.
"""

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any


def with_words(rows: Iterator[dict[str, Any]], texts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The rows, with a `quote` in each piece of evidence. Raises KeyError for a missing article."""
    for row in rows:
        for piece in row["evidence"]:
            piece["quote"] = texts[piece["article_id"]][piece["start"] : piece.pop("end")]
        yield row


def main() -> None:
    """Read both files and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--corpus")
    arguments = parser.parse_args()
    with arguments.articles.open(encoding="utf-8") as file:
        texts = {row["id"]: row["text"] for row in map(json.loads, file)}
    rows = map(json.loads, arguments.questions.read_text("utf-8").splitlines())
    chosen = (row for row in rows if arguments.corpus in (None, row["corpus"]))
    for row in with_words(chosen, texts):
        print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
