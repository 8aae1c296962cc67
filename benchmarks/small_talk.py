"""Measure how small talk, requests to write, and questions that resemble them are recognised.

    python -m benchmarks.small_talk [--questions FILE ...]

Printed for the rows of `small_talk.jsonl`, by half: how many turns of small talk would be searched, how many
requests to write lose their subject, and how many questions would get a canned reply instead of a search;
with `--questions`, the same for files of questions (`docs/json.md`), unchanged and in lower case.

The rows are of our own writing. Only `split` "tune" was looked at while the rules were made: nothing was
wrong there, and in "held" 4 of 53 turns were searched and 1 of 29 questions was taken for a request.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from retrieval.question.courtesies import asks_to_write, bare_question
from retrieval.question.remarks.remark import remark_of

TURNS = Path(__file__).with_name("small_talk.jsonl")
"""`text`, `language`, `kind` (a `Remark`, `request` with its `subject`, or `question`) and `split`."""
_MARKS = " ?!.？。"

Row = Mapping[str, str]


def fault(row: Row) -> str:
    """What goes wrong with a turn; empty if nothing does. Which reply small talk gets does not count."""
    text = row["text"]
    remark = remark_of(text)
    if row["kind"] == "question":
        return "swallowed" if remark else "taken for a request" if asks_to_write(text) else ""
    if row["kind"] == "request":
        found = bare_question(text).rstrip(_MARKS) if asks_to_write(text) and not remark else None
        return "" if found == row["subject"].rstrip(_MARKS) else "subject lost"
    return "" if remark else "searched"


def lines(rows: Sequence[Row]) -> Iterator[str]:
    """The figures of each half, and every fault."""
    for half in ("tune", "held"):
        for kind in ("small talk", "request", "question"):
            turns = [row for row in rows if row["split"] == half and _kind(row) == kind]
            faults = [(row["text"], said) for row in turns if (said := fault(row))]
            yield f"{half}: {kind:10} {len(turns):3} turns, {len(faults)} wrong"
            yield from (f"    {said}: {text}" for text, said in faults)


def _kind(row: Row) -> str:
    return row["kind"] if row["kind"] in ("request", "question") else "small talk"


def main() -> None:
    """Check every turn."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--questions", type=Path, nargs="*", default=())
    call = parser.parse_args()
    print("\n".join(lines(read_turns())))
    for file in call.questions:
        asked = [json.loads(line)["question"] for line in file.read_text(encoding="utf-8").splitlines()]
        texts = [form for text in asked for form in (text, text.lower().rstrip(_MARKS))]
        taken = [text for text in texts if fault({"text": text, "kind": "question"})]
        print(f"{file.parent.name}: {len(asked)} questions, {len(taken)} not searched as they are")
        print("".join(f"    {text}\n" for text in taken), end="")


def read_turns() -> list[Row]:
    """The rows of the file."""
    return [json.loads(line) for line in TURNS.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
