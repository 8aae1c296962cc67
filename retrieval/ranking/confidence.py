"""How likely it is that the answer is in the passages found.

The confidence is the product of two probabilities, each a logistic regression on a few features, fitted by
`python -m benchmarks.ranking`:

- that the corpus covers the *subject*: fitted on the questions of NewsQA, SQuAD 2, MultiHop-RAG and
  RealTimeQA against their own corpora, versus the questions of the other sets, and questions whose articles
  were removed;
- that, if it does, one of the first three passages is the *answer*: fitted on the sets' own questions alone.

A single regression for both was worse at either, since it has to weigh a question about something else
against a second passage that is as likely. `docs/confidence.md` has the reliability and the limits.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from retrieval.question.context import content_words
from retrieval.question.query import Query
from retrieval.ranking.diversity import PAGE
from retrieval.ranking.evidence.east_asian_evidence import (
    NO_WORD,
    UNTOLD,
    shares_no_word,
    texts_lack_asked,
)
from retrieval.ranking.highlight import ScoredSentence
from retrieval.ranking.hit import Hit
from retrieval.ranking.read_hits import LACKING, LEAST_READ, tells
from retrieval.ranking.scoring import OFFSET, log_odds
from retrieval.ranking.search import Found
from retrieval.ranking.timeliness import missed
from retrieval.ranking.weights import Signals, Table, weights
from retrieval.reading.asked.changing import asks_changing
from retrieval.text.scripts import EAST

SMALLEST, LARGEST = 700, 55_000
"""Passages of the smallest and the largest corpus it was fitted on; other sizes are clamped to these."""

WHOLE = 0.999
"""Coverage from which a passage counts as having every word: 1, less the rounding errors of the sum."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The confidence from which on a result is an answer (`answer`), and from which on it is worth posting
    when people asked each other and not the bot (`sure`)."""

    answer: float
    sure: float


@dataclass(frozen=True, slots=True)
class ConfidenceFeatures:
    """What the confidence is computed from.

    - `score`, `rivals`: log-odds of the best hit, and the mean of the passages that rank 6th to 20th.
    - `coverage`: the best of the first hits'.
    - `passages`: the size of the corpus; the best of many is higher by chance.
    - `cites`: the question cites a source that is in the corpus.
    - `misses`: it asks about a recent time at which no hit was published.
    - `reading`: the best reading of the first hits; LEAST_READ if none was read.
    - `lacks`: the best sentence speaks against an answer (`speaks_against`).
    """

    score: float
    rivals: float
    coverage: float
    passages: int
    cites: bool
    misses: bool
    reading: float
    lacks: bool

    def values(self) -> dict[str, float]:
        """The values by the names of their weights."""
        return {
            "score": self.score,
            "lead": self.score - self.rivals,
            "coverage": self.coverage,
            "size": math.log(min(max(self.passages, SMALLEST), LARGEST)),
            "source": float(self.cites),
            "missed": float(self.misses),
            "read": max(LEAST_READ, self.reading),
            "lacks": float(self.lacks),
        }


UNREAD_THRESHOLDS = Thresholds(answer=0.68, sure=0.85)
"""If no reader counts. 0.926 of NewsQA's own questions reach `answer`, and 0.047 of 150 foreign ones, which
are of other sets (0.053 of the 75 that it was not fitted on); at 0.65 it is 0.936 and 0.053, at 0.7 0.918 and
0.040. `sure` is reached by 0.780 of its own questions, by 0.020 of the foreign ones, and by 0.096 of 52
questions of everyday talk (`benchmarks/talk.jsonl`; 0.327 of them reach `answer`); at 0.8 it is 0.843, 0.027
and 0.192, at 0.9 0.667, 0.013 and 0.058."""
READ_THRESHOLDS = Thresholds(answer=0.42, sure=0.7)
"""If a reader read the hits. Near misses are then taken into account too, so the same question gets a lower
confidence. `answer` is reached by 0.936 of NewsQA's own questions and by 0.953 of RealTimeQA's, by 0.025 and
0.061 of 360 foreign ones each, and by 0.493 and 0.309 of 152 and 81 near misses. At 0.5 it is 0.905, 0.929,
0.014, 0.050, 0.434 and 0.272. `sure` is reached by 0.769 and 0.761 of the own questions, and by 0.006 and
0.039 of the foreign ones."""


def thresholds(found: Found) -> Thresholds:
    """The thresholds for this result."""
    return READ_THRESHOLDS if found.signals is Signals.READING else UNREAD_THRESHOLDS


def confidence(found: Found, query: Query, passages: int) -> float:
    """The probability that one of the first three hits answers; 0 without hits, and for a question that names
    nothing ("and?"). `passages` is the size of the corpus."""
    if not found.hits or not (EAST.search(query.wording) or content_words(query.wording)):
        return 0.0
    tables, features = weights().confidence[found.signals], features_of(found, query, passages)
    told = found.signals is Signals.READING and _tells_asked(found.hits[0], query)
    if told:
        features = replace(features, lacks=False)
    if told or (query.parsed.topical and features.coverage >= WHOLE):
        # The best sentence tells it and names what is asked about, or a passage has every word of the topic,
        # so it is known to be on the subject.
        tables = {name: table for name, table in tables.items() if name != "subject"}
    sure = product(tables, features.values())
    if found.signals is not Signals.WORDS:
        return sure
    texts = [f"{hit.passage.article.title}\n{hit.passage.text}" for hit in found.hits[:PAGE]]
    if shares_no_word(query.wording, texts):
        sure = sure * NO_WORD / (sure * NO_WORD + 1 - sure)
    return sure * UNTOLD if texts_lack_asked(query.wording, texts) else sure


def _tells_asked(hit: Hit, query: Query) -> bool:
    """Whether the question asks who holds an office, who won a contest or how old somebody is, and the best
    sentence of the hit tells it."""
    best = max(hit.sentences, key=lambda one: one.score, default=None)
    asked = best is not None and not best.conflicts and asks_changing(query.reader_text)
    return asked and tells(query, hit, best)


def product(tables: Mapping[str, Table], values: Mapping[str, float]) -> float:
    """The product of the probabilities, each computed from one table of weights."""
    return math.prod(_chance(table, values) for table in tables.values())


def _chance(table: Table, values: Mapping[str, float]) -> float:
    value = table[OFFSET] + sum(table.get(name, 0.0) * one for name, one in values.items())
    return 1 / (1 + math.exp(-value))


def features_of(found: Found, query: Query, passages: int) -> ConfidenceFeatures:
    """The features of a result; `passages` is the size of the corpus."""
    first = found.hits[:PAGE]
    dates = [hit.passage.article.published for hit in first]
    readings = (hit.features.reading for hit in first if hit.features.reading is not None)
    return ConfidenceFeatures(
        score=log_odds(max(hit.score for hit in first)),
        rivals=found.rivals,
        coverage=max(hit.features.coverage for hit in first),
        passages=passages,
        cites=query.parsed.cites_source,
        misses=bool(missed(query, dates).all()),
        reading=max(readings, default=LEAST_READ),
        lacks=speaks_against([(one, hit.answer is not None) for hit in first for one in hit.sentences]),
    )


def speaks_against(sentences: Sequence[tuple[ScoredSentence, bool]]) -> bool:
    """Whether the best of these sentences speaks against an answer, given with each whether words of its
    passage are marked as the answer: it has another time or number, or no amount of the kind that is asked
    for. It speaks against one too where it has such an amount but no marked words, and was only chosen for
    that amount."""
    if not sentences:
        return False
    best, marked = max(sentences, key=lambda one: one[0].score)
    lacking = weights().sentence[Signals.READING][LACKING]
    likeliest, _ = max(sentences, key=lambda one: one[0].score - lacking * one[0].lacks)
    return best.conflicts or (likeliest.lacks and (best.lacks or not marked))
