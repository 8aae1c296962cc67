"""The questions used for training: QAMR (MIT) and SQuAD 2 (CC BY-SA 4.0), as examples."""

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
"""The most questions that are taken of one QAMR sentence, which has 35: there are 979 sentences, and more
questions on each taught nothing more (the issue's pilot: more of the same data gave nothing after half of
it)."""
AGREE = 2
"""How many of QAMR's two validators must have marked the same words."""


@dataclass(frozen=True, slots=True)
class Row:
    """A question as in the file: `answer` is a span of `context`, None if it is not answered."""

    id: str
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
                row["id"],
                row["question"].strip(),
                row["context"],
                answer,
                row["group"],
                row.get("sentence_id", ""),
                row.get("agree", AGREE),
            )


def squad(found: Sequence[Row], rng: Random) -> Iterator[Example]:
    """The windows of each paragraph: for an answered question up to two windows with the answer and one
    without; for an unanswered one, two windows that only seem to answer."""
    for row in found:
        cut = overlapping(sentence_spans(row.context, "en"))
        holds = [span for span in cut if row.answer and span[0] <= row.answer[0] and row.answer[1] <= span[1]]
        words = row.context[slice(*row.answer)].casefold() if row.answer else None
        others = [span for span in cut if words is None or words not in row.context[slice(*span)].casefold()]
        for span in rng.sample(holds, min(2, len(holds))):
            assert row.answer is not None
            inside = (row.answer[0] - span[0], row.answer[1] - span[0])
            yield Example(row.question, row.context[slice(*span)], inside, row.group, "question")
        for span in rng.sample(others, min(2 if row.answer is None else 1, len(others))):
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


def qamr(found: Sequence[Row], rng: Random) -> Iterator[tuple[Row, str, Span]]:
    """Questions with a window of one to three sentences around the answer, and the answer's span in it."""
    known = sentences(found)
    for row in drawn(found, rng):
        assert row.answer is not None
        window, at = around(known, row.sentence, rng)
        yield row, window, (at + row.answer[0], at + row.answer[1])


def drawn(found: Sequence[Row], rng: Random) -> Iterator[Row]:
    """At most PER_SENTENCE questions of each sentence, among those on whose answer AGREE validators agree."""
    by_sentence: dict[str, list[Row]] = defaultdict(list)
    for row in found:
        if row.agree >= AGREE and row.answer:
            by_sentence[row.sentence].append(row)
    for asked in by_sentence.values():
        yield from rng.sample(asked, min(PER_SENTENCE, len(asked)))


def around(known: Sentences, name: str, rng: Random) -> tuple[str, int]:
    """A sentence with some of its neighbours, and the position at which it begins."""
    ids = known.of_document[name.rsplit(":", 2)[0]]
    place = ids.index(name)
    before = rng.randint(0, min(1, place))
    after = rng.randint(0, min(1, len(ids) - 1 - place))
    parts = [known.text[one] for one in ids[place - before : place + after + 1]]
    at = sum(len(part) + 1 for part in parts[:before])
    return " ".join(parts), at
