"""A few questions of our own, in the form of the sets that the reader learns from."""

import gzip
import json
from collections.abc import Sequence
from pathlib import Path

from training.sources import Row

SENTENCES = (
    "Ida Holm opened the northern bridge over the Tern in 1961.",
    "It carried 300 trains in its first year because the southern line was closed.",
    "The architect Jens Moe won a medal for it in Oslo.",
)
ASKED = (
    (0, "Who opened the northern bridge?", "Ida Holm"),
    (0, "What did Ida Holm open in 1961?", "the northern bridge over the Tern"),
    (1, "How many trains did it carry in its first year?", "300"),
    (2, "Who won a medal in Oslo?", "Jens Moe"),
)
OTHER = (
    "The lighthouse of Skarv was built by Olga Berg.",
    "A northern bridge was never opened there.",
)


def qamr() -> list[Row]:
    """Questions on two documents."""
    found = [row("doc:one", SENTENCES, place, question, answer) for place, question, answer in ASKED]
    return [
        *found,
        row("doc:two", OTHER, 0, "Who built the lighthouse?", "Olga Berg"),
        row("doc:two", OTHER, 1, "What was never opened there?", "A northern bridge"),
    ]


def row(document: str, sentences: Sequence[str], place: int, question: str, answer: str) -> Row:
    """A question on one sentence of a document."""
    context = sentences[place]
    at = context.index(answer)
    name = f"{document}:0:{place}"
    return Row(f"{name}:{question}", question, context, (at, at + len(answer)), document, name, 2)


def squad() -> list[Row]:
    """A question that its paragraph answers, and one that it does not."""
    context = " ".join(SENTENCES) + " " + " ".join(f"Ship {number} was late." for number in range(60))
    at = context.index("Jens Moe")
    return [
        Row("tern-1", "Which architect won a medal?", context, (at, at + 8), "Tern", "", 2),
        Row("tern-2", "Which architect lost a medal?", context, None, "Tern", "", 2),
    ]


def write(folder: Path) -> None:
    """Both, as files, and questions of our own on them."""
    ours = (
        {
            "sentences": ["doc:one:0:0"],
            "question": "when did they build it",
            "answer": None,
            "kind": "left out",
        },
        {
            "sentences": ["doc:one:0:0"],
            "question": "who got the bridge going",
            "answer": [0, 8],
            "kind": "casual",
        },
        {"sentences": ["doc:one:0:1"], "question": "how many trains", "answer": [11, 14], "kind": "casual"},
        {
            "paragraph": "tern-1",
            "span": [0, 58],
            "question": "who cut the ribbon",
            "answer": [0, 8],
            "kind": "casual",
        },
        {"paragraph": "gone", "span": [0, 58], "question": "who is it", "answer": None, "kind": "name"},
        {
            "sentences": ["doc:two:0:0"],
            "question": "who?",
            "answer": [37, 46],
            "kind": "casual",
            "held": True,
        },
    )
    (folder / "written.jsonl").write_text("".join(json.dumps(one) + "\n" for one in ours))
    for name, found in (("qamr", qamr()), ("squad2", squad())):
        with gzip.open(folder / f"{name}.jsonl.gz", "wt", encoding="utf-8") as file:
            for one in found:
                start = one.answer[0] if one.answer else None
                answer = one.context[slice(*one.answer)] if one.answer else None
                told = {"question": one.question, "context": one.context, "start": start, "answer": answer}
                more = {"id": one.id, "group": one.group, "sentence_id": one.sentence, "agree": one.agree}
                file.write(json.dumps(told | more) + "\n")
