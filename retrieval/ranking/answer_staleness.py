"""Whether a few new articles could change an answer, without searching for it again.

A passage is ranked only if its first-stage score is among the best of its collection
(`search.first_stage`). The score of the last passage that was ranked is known from an earlier search
(`Cutoff`); new articles without a passage near it can't be in the answer. To check that costs no more than
scoring their passages.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from retrieval.collection.collection import Searchable, Selection
from retrieval.question.query import Bounds
from retrieval.ranking.search import CANDIDATES_RANKED, EncodedQuery, first_stage_scores, ranks_all

MARGIN = 0.05
"""How far below the cutoff a first-stage score may be, for changes since: within GROWTH and LIFE, rare words
and long passages change a share of BM25 by less than 0.02, and an article's freshness falls by 0.013."""
GROWTH = 0.2
"""By what share a collection may grow or shrink while a cutoff stays valid."""
LIFE = timedelta(days=1)
"""How long a cutoff stays valid."""


@dataclass(frozen=True, slots=True)
class Cutoff:
    """The first-stage score of the last passage that is ranked (minus infinity if all are), with the number
    of passages, the moment and the bounds for which it was computed."""

    score: float
    passages: int
    at: datetime
    bounds: Bounds

    def holds(self, collection: Searchable, asking: EncodedQuery) -> bool:
        """Whether the cutoff is still valid for this question and collection."""
        now, (query, _) = collection.passage_count, asking
        return (
            abs(now - self.passages) <= GROWTH * min(now, self.passages)
            and abs(query.asked_at - self.at) <= LIFE
            and query.filters() == self.bounds
        )


def cutoff(collection: Searchable, asking: EncodedQuery) -> Cutoff:
    """Compute the cutoff of a question in a collection; it costs as much as finding its candidates."""
    query, question = asking
    scores = first_stage_scores(collection.candidates(query, question), query)
    every = ranks_all(query) or len(scores) < CANDIDATES_RANKED
    least = -math.inf if every else float(np.partition(scores, -CANDIDATES_RANKED)[-CANDIDATES_RANKED])
    return Cutoff(least, collection.passage_count, query.asked_at, query.filters())


def may_be_ranked(selection: Selection, cutoff: Cutoff, asking: EncodedQuery) -> bool:
    """Whether any passage of the selected articles may be among those that are ranked for the question."""
    query, question = asking
    scores = first_stage_scores(selection.candidates(query, question), query)
    return bool(len(scores)) and float(scores.max()) >= cutoff.score - MARGIN
