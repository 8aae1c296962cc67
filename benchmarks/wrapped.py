"""Measure whether a question gets the same answer however it is phrased.

    python -m benchmarks.wrapped HOME QUESTIONS.jsonl [--ways N]

Every question with an answer is asked unchanged, and in N of the ways of `benchmarks.ways`, which are random
but always the same for a question. A text that does not begin like a question can't become a clause and has
fewer ways; if there are fewer than N, all are used. Printed for both: hit@1, the answered share and the mean
confidence; the differences; how often the words that were searched for are those of the plain question,
except for capitals; and the ways with the largest differences. Phrasings that are understood in the same way
are searched once, since a search depends on nothing else. A hit is a first passage with at least half of the
answer, as in `newsdesk eval`.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from benchmarks.ways import Way, ways_of
from bot.answers.answer import Answer, quotes_of
from bot.corpus_admin.home import Home
from bot.desk.desk import Desk
from bot.evaluation.evidence import Gold, ServedArticles
from bot.evaluation.judged_questions import JudgedQuestion, read_judged
from bot.evaluation.outcome import find_evidence, within
from retrieval.models.model import Model
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.question.query import Query
from retrieval.reading.packaged_reader import packaged_reader
from retrieval.understanding.query_understanding import understand

WAYS = 30
"""The ways in which each question is phrased."""
WORST = 12
"""The ways that are printed, those with the largest differences."""


@dataclass(frozen=True, slots=True)
class Got:
    """The result of a question: whether the first passage holds the answer, whether it was answered at all,
    the confidence, and the words that were searched for."""

    hit: bool
    answered: bool
    confidence: float
    words: str


class Asker:
    """Asks a home's desk, once for all phrasings that are understood in the same way."""

    def __init__(self, home: Path) -> None:
        model = OnnxEmbedder()
        self._desk = Desk(Home(home), Model(model, model.vocabulary), print, packaged_reader())
        self._desk.open()
        self._is_word = model.vocabulary.is_word
        self._held = list(self._desk.collections.values())
        self._library = ServedArticles(self._held)
        self._got: dict[Query, Got] = {}

    def gold(self, judged: JudgedQuestion) -> Gold:
        """The location of the answer."""
        return self._library.gold(judged.evidence, judged.answer, tuple(self._desk.collections))

    def ask(self, judged: JudgedQuestion, said: str, gold: Gold) -> Got:
        """The result of the question with this wording."""
        query = judged.query(tuple(self._desk.collections))
        read = understand(query.reworded(said), self._held, self._is_word)
        key = replace(read, text=read.wording, parsed=replace(read.parsed, bare=""))
        if key not in self._got:
            result = self._desk.ask(read, 1)
            self._got[key] = Got(
                hit=bool(quotes_of(result)) and within(find_evidence(result, gold).rank, 1),
                answered=isinstance(result, Answer),
                confidence=result.confidence,
                words=read.wording,
            )
        return self._got[key]


def drawn(judged: JudgedQuestion, count: int) -> Sequence[Way]:
    """`count` ways of a question, random but always the same for it."""
    ways = list(ways_of(judged.question.text))
    random.Random(judged.question.text).shuffle(ways)
    return ways[:count]


def line(name: str, got: Iterable[Got]) -> str:
    """The line with hit@1, answered share and mean confidence."""
    rows = np.array([(one.hit, one.answered, one.confidence) for one in got], np.float64)
    return f"{name:40}{len(rows):7,}" + "".join(f"{value:10.4f}" for value in rows.mean(axis=0))


def main() -> None:
    """Ask every question plain and in its ways."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("home", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--ways", type=int, default=WAYS)
    call = parser.parse_args()
    asker = Asker(call.home)
    plain: list[Got] = []
    pairs: dict[Way, list[tuple[Got, Got]]] = defaultdict(list)
    for judged in read_judged(call.questions):
        gold = asker.gold(judged)
        if not (judged.answerable and gold):
            continue
        plain.append(asker.ask(judged, judged.question.text, gold))
        for way in drawn(judged, call.ways):
            said = asker.ask(judged, way.say(judged.question.text), gold)
            pairs[way].append((plain[-1], said))
    every = [pair for found in pairs.values() for pair in found]
    print(f"{'':40}{'asked':>7}{'hit@1':>10}{'answered':>10}{'confid.':>10}")
    print(line("plain", plain))
    print(line("the same, as often as wrapped", (one for one, _ in every)))
    print(line("wrapped", (other for _, other in every)))
    print(f"{'wrapped minus plain':47}" + "".join(f"{gap:+10.4f}" for gap in gaps(every)))
    same = np.mean([one.words.casefold() == other.words.casefold() for one, other in every])
    print(f"searched by the plain question's words: {100 * same:.1f} in 100")
    for way in sorted(pairs, key=lambda way: -max(map(abs, gaps(pairs[way]))))[:WORST]:
        shown = f"{way.words}{' (lower case)' if way.lower else ''}"
        print(f"{shown[:46]:47}" + "".join(f"{gap:+10.4f}" for gap in gaps(pairs[way])))


def gaps(pairs: Sequence[tuple[Got, Got]]) -> list[float]:
    """The mean differences of hit@1, answered share and confidence."""
    rows = [
        (other.hit - one.hit, other.answered - one.answered, other.confidence - one.confidence)
        for one, other in pairs
    ]
    return [float(mean) for mean in np.mean(np.array(rows, np.float64), axis=0)]


if __name__ == "__main__":
    main()
