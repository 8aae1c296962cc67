"""Whether the first quote names who holds the office or role that is asked for.

    python -m benchmarks.places ARTICLES.jsonl QUESTIONS.jsonl --corpus NAME > FILE
    newsdesk ask --questions FILE --json > ANSWERS
    python -m benchmarks.holders FILE ANSWERS

Prints, of the questions with a holder, how many the first quote answers with the right name (by its last
word: in the bold words, or in the highlighted sentences if no words of them are bold), how many with
another name in bold, and how many are refused; of the questions without one, how many are refused, and how
many have a name in bold. With `--list`, also each question that is not right.
"""

import argparse
import json
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

RIGHT, REFUSED = "right first", "refused"
WRONG_WORDS, WRONG_SENTENCE = "other words in bold", "other sentence"


def judged(question: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    """What the answer makes of a question: RIGHT, REFUSED, or what it has in bold instead of the name."""
    if not answer["answered"]:
        return REFUSED
    first = answer["passages"][0]
    names = {re.findall(r"\w+", piece["quote"])[-1] for piece in question["evidence"]}
    bold = first["answer"] or " ".join(first["highlights"])
    if any(re.search(rf"\b{name}\b", bold) for name in names):
        return RIGHT
    return WRONG_WORDS if first["answer"] else WRONG_SENTENCE


def main() -> None:
    """Read both files and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("questions", type=Path)
    parser.add_argument("answers", type=Path)
    parser.add_argument("--list", action="store_true")
    arguments = parser.parse_args()
    questions, answers = (
        [json.loads(line) for line in path.read_text("utf-8").splitlines()]
        for path in (arguments.questions, arguments.answers)
    )
    counts: Counter[tuple[bool, str]] = Counter()
    for question, answer in zip(questions, answers, strict=True):
        verdict = judged(question, answer)
        counts[question["answerable"], verdict] += 1
        if arguments.list and verdict != (RIGHT if question["answerable"] else REFUSED):
            said = answer["passages"][0]["answer"] if answer["passages"] else None
            print(f"{question['id']} {question['question']} — {verdict}: {said}")
    for answerable, title in ((True, "with a holder"), (False, "without one")):
        own = {verdict: count for (kind, verdict), count in counts.items() if kind is answerable}
        print(
            f"{title}: {sum(own.values())}",
            *(f"{count} {verdict}" for verdict, count in own.items()),
            sep=", ",
        )


if __name__ == "__main__":
    main()
