"""The questions that weights may be trained on: QAMR (MIT) and SQuAD 2 (CC BY-SA 4.0), as examples."""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from retrieval.text.sentences import Span, sentence_spans
from training.examples import Example
from training.windows import overlapping

PER_SENTENCE = 8
"""Questions that are taken of one QAMR sentence, of 35: it has 979 sentences, and more questions on each
taught nothing more (the issue's pilot: more of the same data gave nothing after half of it)."""
AGREE = 2
"""How many of QAMR's two validators must have marked the same words."""


@dataclass(frozen=True, slots=True)
class Row:
    """A question as the file has it: `answer` is a span of `context`, None where it is not answered."""

    question: str
    context: str
    answer: Span | None
    group: str
    sentence: str
    agree: int


def rows(path: Path) -> Iterator[Row]:
    """The rows of a gzipped JSON Lines file of questions with spans."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            start = row["start"]
            answer = None if start is None else (start, start + len(row["answer"]))
            yield Row(
                row["question"].strip(),
                row["context"],
                answer,
                row["group"],
                row.get("sentence_id", ""),
                row.get("agree", AGREE),
            )


def squad(found: Sequence[Row], draw: Random) -> Iterator[Example]:
    """The windows of each paragraph: of one that is answered, the window that answers and another one; of one
    that is not, two windows, each of which looks as if it did."""
    for row in found:
        cut = overlapping(sentence_spans(row.context, "en"))
        holds = [span for span in cut if row.answer and span[0] <= row.answer[0] and row.answer[1] <= span[1]]
        words = row.context[slice(*row.answer)].casefold() if row.answer else None
        others = [span for span in cut if words is None or words not in row.context[slice(*span)].casefold()]
        for span in draw.sample(holds, min(2, len(holds))):
            assert row.answer is not None
            inside = (row.answer[0] - span[0], row.answer[1] - span[0])
            yield Example(row.question, row.context[slice(*span)], inside, row.group, "question")
        for span in draw.sample(others, min(2 if row.answer is None else 1, len(others))):
            kind = "near miss" if row.answer is None else "elsewhere"
            yield Example(row.question, row.context[slice(*span)], None, row.group, kind)


@dataclass(frozen=True, slots=True)
class Sentences:
    """QAMR's sentences: the text of each by its id, and the ids of each document in order."""

    text: Mapping[str, str]
    of_document: Mapping[str, Sequence[str]]


def sentences(found: Sequence[Row]) -> Sentences:
    """The sentences that the questions are about."""
    text = {row.sentence: row.context for row in found}
    documents: dict[str, list[str]] = defaultdict(list)
    for name in sorted(
        text, key=lambda one: [int(part) if part.isdigit() else part for part in one.split(":")]
    ):
        documents[name.rsplit(":", 2)[0]].append(name)
    return Sentences(text, documents)


def qamr(found: Sequence[Row], draw: Random) -> Iterator[tuple[Row, str, Span]]:
    """Questions with a window of one to three sentences of the document that has the answer, and its span."""
    known = sentences(found)
    for row in drawn(found, PER_SENTENCE, draw):
        assert row.answer is not None
        window, at = around(known, row.sentence, draw)
        yield row, window, (at + row.answer[0], at + row.answer[1])


def drawn(found: Sequence[Row], per_sentence: int, draw: Random) -> Iterator[Row]:
    """At most so many of each sentence's questions whose answers enough validators agree on."""
    by_sentence: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        if row.agree >= AGREE and row.answer:
            by_sentence[row.sentence].append(row)
    for asked in by_sentence.values():
        yield from draw.sample(asked, min(per_sentence, len(asked)))


def around(known: Sentences, name: str, draw: Random) -> tuple[str, int]:
    """A sentence with some of its neighbours, and where in that it begins."""
    ids = known.of_document[name.rsplit(":", 2)[0]]
    place = ids.index(name)
    before = draw.randint(0, min(1, place))
    after = draw.randint(0, min(1, len(ids) - 1 - place))
    parts = [known.text[one] for one in ids[place - before : place + after + 1]]
    at = sum(len(part) + 1 for part in parts[:before])
    return " ".join(parts), at
