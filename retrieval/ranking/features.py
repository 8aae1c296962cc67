"""All features that ranking weighs: of passages' text, of their articles' dates, sources and titles, and of
the question's anchors."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from retrieval.collection.candidates import Candidates
from retrieval.collection.collection import Searchable
from retrieval.collection.passage import Passage
from retrieval.collection.passage_features import TEXT_FEATURES, PassageFeatures
from retrieval.models.embedder import EncodedQuestion
from retrieval.question.anchors import anchors_of
from retrieval.question.query import Query
from retrieval.ranking.evidence.anchoring import ANCHORING, anchoring
from retrieval.ranking.timeliness import TIMELINESS, timely

PASSAGE_FEATURES = (*TEXT_FEATURES, *TIMELINESS, *ANCHORING)


def extract(
    collection: Searchable,
    query: Query,
    question: EncodedQuestion | None,
    candidates: Candidates,
    passages: Sequence[Passage],
) -> PassageFeatures:
    """The features of the candidates; `passages` are theirs. The result has a row of PASSAGE_FEATURES for
    each."""
    found = collection.features(query, question, candidates)
    articles = [passage.article for passage in passages]
    columns = (
        found.passages,
        timely(articles, candidates.published, query),
        anchoring(anchors_of(query), passages),
    )
    return replace(found, passages=np.concatenate(columns, axis=1))
