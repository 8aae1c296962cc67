"""Whether an answer could have one of a few new articles, without searching for it.

A passage is ranked only where the first look puts it among the best of its collection (`search.first_look`).
What the last of those had is known from an earlier look; new articles of which no passage comes near it can't
be in the answer, and to see that costs no more than a look at their passages.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

import numpy as np

from retrieval.collection.collection import Searchable, Selection
from retrieval.question.query import Bounds
from retrieval.ranking.search import RANKED, EncodedQuery, looks_of

MARGIN = 0.05
"""What a look may be below the one that was known, for what has changed since: within GROWTH and LIFE, rare
words and long passages move a share of BM25 by less than 0.02, and an article gets 0.013 less fresh."""
GROWTH = 0.2
"""By what share a collection may have grown or shrunk since a cutoff was known."""
LIFE = timedelta(days=1)
"""How long a cutoff is known."""


@dataclass(frozen=True, slots=True)
class Cutoff:
    """What the last passage that is ranked had for a first look: minus infinity where all are ranked. It was
    looked at in a collection of so many passages, at a moment, within the bounds that the question had."""

    look: float
    passages: int
    at: datetime
    bounds: Bounds

    def holds(self, collection: Searchable, asking: EncodedQuery) -> bool:
        """Whether it may still be gone by."""
        now, (query, _) = collection.passage_count, asking
        return (
            abs(now - self.passages) <= GROWTH * min(now, self.passages)
            and abs(query.asked_at - self.at) <= LIFE
            and query.narrowed() == self.bounds
        )


def cutoff(collection: Searchable, asking: EncodedQuery) -> Cutoff:
    """That of a question in a collection: as much work as finding its candidates."""
    query, question = asking
    looks = looks_of(collection.candidates(query, question), query)
    least = float(np.partition(looks, -RANKED)[-RANKED]) if len(looks) >= RANKED else -math.inf
    return Cutoff(least, collection.passage_count, query.asked_at, query.narrowed())


def may_be_ranked(selection: Selection, cutoff: Cutoff, asking: EncodedQuery) -> bool:
    """Whether a passage of the selected articles may be among those that are ranked for the question."""
    query, question = asking
    looks = looks_of(selection.candidates(query, question), query)
    return bool(len(looks)) and float(looks.max()) >= cutoff.look - MARGIN
