"""The first page of a question as people see it: ranked, made diverse, and read if there is a reader."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from benchmarks.cases import Case
from benchmarks.fitting import Floats, Table
from benchmarks.judging import NOT_SHOWN, page_of
from retrieval.collection.passage_features import SENTENCE_FEATURES
from retrieval.ranking.confidence import ConfidenceFeatures, speaks_against
from retrieval.ranking.diversity import PAGE
from retrieval.ranking.features import PASSAGE_FEATURES
from retrieval.ranking.highlight import ScoredSentence, can_answer, has_match
from retrieval.ranking.read_hits import (
    CONFLICT,
    HITS_READ,
    LACKING,
    LEAST_READ,
    PASSAGE,
    READING,
    answer_in,
    is_settled,
    log_sum_exp,
    reading_of,
)
from retrieval.ranking.search import rivals_of
from retrieval.reading.asked.lacking import lacks_asked
from retrieval.reading.reader import Reader, Reading

READ_FEATURES = (*SENTENCE_FEATURES, READING, PASSAGE)
"""The features of a sentence in a passage that was read: the last two are the reader's result for it, and the
log-odds of the passage's score."""


@dataclass(frozen=True, slots=True)
class Page:
    """`places` are the indices of a case's shown passages, best first; `values` are the log-odds of all of
    its passages; `readings` are the reader's results by index, empty without a reader. `lacks` says whether
    the best sentence of the first three that were read speaks against an answer; false before these are
    ordered anew."""

    case: Case
    places: Sequence[int]
    values: Floats
    readings: dict[int, Reading]
    lacks: bool = False

    def sentences(self, place: int) -> list[int]:
        """The rows of a passage's sentences that can answer."""
        features, text = self.case.features, self.case.shown[place].article.text
        rows = range(features.starts[place], features.starts[place + 1])
        spoken = has_match(features.sentences[rows.start : rows.stop])
        return [
            row
            for row, one in zip(rows, spoken, strict=True)
            if one and can_answer(text[slice(*features.spans[row].tolist())])
        ]

    def read_rows(self, place: int) -> Floats:
        """The features of these sentences in a passage that was read, in the order of READ_FEATURES."""
        rows, reading = self.sentences(place), self.readings[place]
        spans = self.case.features.spans[rows].tolist()
        said = [reading_of((start, end), reading) for start, end in spans]
        return np.column_stack(
            [self.case.features.sentences[rows], said, np.full(len(rows), self.values[place])]
        )

    def conflicts(self, place: int) -> Floats:
        """The share of the question's anchors that each of these sentences contradicts."""
        article, spans = self.case.shown[place].article, self.case.features.spans[self.sentences(place)]
        return np.array([self.case.conflicts.share(article, (start, end)) for start, end in spans.tolist()])

    def reread(self, table: Table) -> "Page":
        """The page, ordered by the weighted features of the sentences that are read, as `read_hits` does it;
        unchanged if the question asks several articles, since such a page is not read."""
        weights = np.array([table[name] for name in READ_FEATURES])
        conflicts = {place: self.conflicts(place) for place in self.readings}
        lacking = {place: self.lacking(place) for place in self.readings}
        weighed = {
            place: self.read_rows(place) @ weights
            + table[CONFLICT] * conflicts[place]
            + table[LACKING] * lacking[place]
            for place in self.readings
        }
        combined = {place: log_sum_exp(one) for place, one in weighed.items()}
        first, others = list(self.readings)[:PAGE], list(self.readings)[PAGE:]
        if not is_settled((combined[one] for one in first), table[PASSAGE] * self.values[others]):
            first += others
        order = sorted(first, key=lambda place: combined[place], reverse=True)
        rest = [place for place in self.places if place not in order]
        absent = self.case.conflicts.number_is_absent([self.case.shown[place] for place in self.readings])
        sentences: list[tuple[ScoredSentence, bool]] = []
        for place in order[:PAGE]:
            spans = [(start, end) for start, end in self.case.features.spans[self.sentences(place)].tolist()]
            columns = zip(spans, weighed[place], conflicts[place], lacking[place], strict=True)
            scored = [
                ScoredSentence(span, float(score), conflicts=bool(other > 0) or absent, lacks=bool(lacks))
                for span, score, other, lacks in columns
            ]
            sentences.extend((one, self._is_marked(place, scored)) for one in scored)
        lacks = speaks_against(sentences)
        return Page(self.case, [*order, *rest], self.values, self.readings, lacks)

    def lacking(self, place: int) -> NDArray[np.bool_]:
        """Whether each of these sentences lacks an amount of the kind that the question asks for."""
        article, spans = self.case.shown[place].article, self.case.features.spans[self.sentences(place)]
        said = (article.text[slice(*one)] for one in spans.tolist())
        return np.array([lacks_asked(self.case.wording, one, article) for one in said], bool)

    def _is_marked(self, place: int, sentences: Sequence[ScoredSentence]) -> bool:
        """Whether words of the best of a passage's sentences are marked as the answer."""
        best = max(sentences, key=lambda one: one.score)
        said = self.readings[place].answers
        return (
            answer_in(self.case.wording, self.case.wording, self.case.shown[place], best.span, said)
            is not None
        )

    @property
    def first_right(self) -> int:
        """The rank of the first passage that holds the answer, NOT_SHOWN if there is none."""
        return next((rank for rank, one in enumerate(self.places, 1) if self.case.right[one]), NOT_SHOWN)

    @property
    def answered(self) -> bool:
        """Whether one of the first three passages holds the answer."""
        return self.first_right <= PAGE

    @property
    def confidence_features(self) -> Table:
        """The values of `retrieval.ranking.confidence.features_of` for this page."""
        first = list(self.places[:PAGE])
        features = self.case.features.passages[first]
        readings = (self.readings[place].score for place in first if place in self.readings)
        return ConfidenceFeatures(
            score=float(self.values[first].max()),
            rivals=rivals_of(np.sort(self.values)[::-1].tolist()),
            coverage=float(features[:, PASSAGE_FEATURES.index("coverage")].max()),
            passages=self.case.passages,
            cites=self.case.cites_source,
            misses=bool(self.case.missed[first].all()),
            reading=max(readings, default=LEAST_READ),
            lacks=self.lacks,
        ).values()


def scores(case: Case, table: Table) -> Floats:
    """The weighted sum of features of each of a case's passages."""
    weights = np.array([table.get(name, 0.0) for name in PASSAGE_FEATURES])
    return np.asarray(case.features.passages @ weights + table.get("offset", 0.0))


def page(case: Case, table: Table, reader: Reader | None = None) -> Page:
    """The page with these weights; its first HITS_READ passages are read, but not ordered anew yet."""
    values = scores(case, table)
    places = page_of(case, values)
    first = places[:HITS_READ] if reader and not case.asks_several_articles else []
    read = reader.read(case.wording, [case.shown[place] for place in first]) if reader and first else []
    return Page(case, places, values, dict(zip(first, read, strict=True)))
