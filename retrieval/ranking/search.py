"""Searching: candidates by meaning and by words, ranked by all that speaks for them, made diverse."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from retrieval.index.copies import same_words
from retrieval.index.dense import Mask
from retrieval.index.passage import Passage
from retrieval.index.snapshot import Snapshot
from retrieval.models.embedder import EncodedQuestion
from retrieval.models.reranker import REREAD, Reranker
from retrieval.question.query import Query
from retrieval.ranking.diversity import PAGE, diversify
from retrieval.ranking.features import PassageFeatures, extract
from retrieval.ranking.highlight import marked
from retrieval.ranking.hit import Features, Hit
from retrieval.ranking.scoring import features_of_hit, log_odds, passage_scores
from retrieval.ranking.timeliness import freshness
from retrieval.text.sentences import Span

CHUNK_CANDIDATES = 200
"""Chunks taken by meaning; their passages are about 150. 100 and 400 gave the same hit@10 on NewsQA."""
PASSAGE_CANDIDATES = 100
"""Passages taken by words."""
MEANING_WEIGHT = 0.5
"""What a cosine of 1 counts among the candidates, where a passage with every word, saturated, counts 1.
Of 0.5, 0.75, 1 and 1.5, 0.5 was best on NewsQA and MultiHop-RAG, 0.75 on SQuAD 2 (`docs/retrieval.md`)."""
FRESH_WEIGHT = 0.1
"""What a new article's freshness counts there."""
RANKED = 50
"""Candidates whose features are all looked at. 40 had the answer for 0.964 of NewsQA's questions, 50 for
0.968; each costs a fifth of a millisecond."""
RIVALS = slice(5, 20)
"""The ranks whose scores say how many other passages are as likely: those after one that all pages show."""
COPIES_LOOKED_AT = 30
"""Candidates after the last chosen one that are compared with the chosen ones: copies rank side by side."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    snapshot: Snapshot
    row: int
    passage: Passage
    first_look: float
    score: float
    features: Features
    highlights: tuple[Span, ...]


QuestionRequest = tuple[Query, EncodedQuestion | None]
"""A question and what the model makes of it: None where the model does not know its language, then words
alone decide."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the hits, best first, and `rivals`, the mean log-odds of the passages that rank
    6th to 20th, shown or not. Where the question has one answer, its hit stands far above them."""

    hits: list[Hit]
    rivals: float


# OpenBLAS sets the flag for finite numbers too, by chance of what its buffers hold (numpy issue 24067).
@np.errstate(invalid="ignore")
def search(
    snapshots: Sequence[Snapshot],
    query: Query,
    question: EncodedQuestion | None,
    limit: int,
    *,
    per_article: int | None = None,
    parts: Sequence[QuestionRequest] = (),
    reranker: Reranker | None = None,
) -> Found:
    """Up to `limit` hits over all the snapshots.

    `question` is what the model makes of the query, None where it does not know its language: then words
    alone decide. Filters act inside both searches, so that a narrow one costs no hit. No article crowds out
    the others (`diversity`); with `per_article` a page has at most so many passages of one. Where the
    question asks several things, `parts` are searched too, and the best of each take turns. A `reranker`
    reads the best of each again, and its order counts among them; scores stay what they were, as it is
    those that the confidence was fitted on.
    """
    found = [_ranked(snapshots, *asking) for asking in ((query, question), *parts)]
    rivals = rivals_of([log_odds(one.score) for one in found[0]])
    if reranker:
        asked = (query.wording, *(part.wording for part, _ in parts))
        found = [_reread(reranker, *one) for one in zip(asked, found, strict=True)]
    ordered = _in_turns(found)
    if parts:
        # Ranking is fitted to find one answer, and brings its likes; what else is asked is rather there.
        others = _in_turns([sorted(one, key=lambda candidate: -candidate.first_look) for one in found])
        ordered = _once([*ordered[:PAGE], *others])
    return Found(list(_shown(ordered, limit, per_article)), rivals)


def _ranked(
    snapshots: Sequence[Snapshot], query: Query, question: EncodedQuestion | None
) -> list[_Candidate]:
    found = [candidate for snapshot in snapshots for candidate in _candidates(snapshot, query, question)]
    return sorted(found, key=lambda candidate: -candidate.score)


def _reread(reranker: Reranker, question: str, found: list[_Candidate]) -> list[_Candidate]:
    """The best candidates in the order of the reranker, the others behind them."""
    first = found[:REREAD]
    scores = reranker.scores(question, [candidate.passage.text for candidate in first]).tolist()
    read = [
        replace(candidate, features=replace(candidate.features, cross=score))
        for candidate, score in zip(first, scores, strict=True)
    ]
    return [*sorted(read, key=lambda one: -(one.features.cross or 0)), *found[REREAD:]]


def _in_turns(found: Sequence[Sequence[_Candidate]]) -> list[_Candidate]:
    """The best of each list, then the second of each, each passage once."""
    return _once([candidate for row in zip_longest(*found) for candidate in row if candidate])


def _once(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Each passage where it comes first."""
    first: dict[tuple[str, int], _Candidate] = {}
    for one in candidates:
        first.setdefault((one.snapshot.generation, one.row), one)
    return list(first.values())


def _candidates(snapshot: Snapshot, query: Query, question: EncodedQuestion | None) -> Iterator[_Candidate]:
    rows, looks, weighed = weighed_candidates(snapshot, query, question)
    known = question is not None
    scores = passage_scores(weighed, known=known)
    marks = marked(snapshot, weighed, known=known)
    for row, look, score, features, spans in zip(
        rows.tolist(), looks.tolist(), scores.tolist(), weighed.passages, marks, strict=True
    ):
        told = features_of_hit(features, known=known)
        yield _Candidate(snapshot, row, snapshot.passage(row), look, score, told, spans)


def weighed_candidates(
    snapshot: Snapshot, query: Query, question: EncodedQuestion | None
) -> tuple[NDArray[np.int64], NDArray[np.float64], PassageFeatures]:
    """The rows of the passages that a first look finds, at most RANKED, what it makes of them, and all that
    speaks for them."""
    articles = snapshot.allowed(query)
    of = snapshot.tables.passages[:, 0]
    terms = snapshot.words.question_terms(query.wording)
    words = snapshot.lexical.scores(terms)
    if articles is not None:
        words = np.where(articles[of], words, 0)
    rows = _best(words, PASSAGE_CANDIDATES)
    if question is not None:
        chunks = snapshot.dense.search(question.vector, CHUNK_CANDIDATES, _chunk_mask(snapshot, articles))
        rows = np.union1d(rows, snapshot.passages_of_chunks(chunks))
    shares = words[rows] / max(snapshot.lexical.bound(terms), 1e-9)
    meanings = np.zeros(len(rows), np.float32)
    if question is not None and rows.size:
        meanings = snapshot.meaning(question.vector, rows)
    fresh = freshness(snapshot.published[of[rows]], query.asked_at)
    looks = shares + MEANING_WEIGHT * meanings + FRESH_WEIGHT * fresh
    order = np.argsort(-looks, kind="stable")[:RANKED]
    weighed = extract(snapshot, query, question, rows[order], shares[order], meanings[order])
    return rows[order], looks[order], weighed


def _best(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """The rows with the highest scores above 0, ascending; of equal scores the first rows."""
    if scores.size > count:
        least = np.partition(scores, -count)[-count]
        rows = np.flatnonzero(scores >= least)
        rows = np.sort(rows[np.argsort(-scores[rows], kind="stable")][:count])
    else:
        rows = np.arange(scores.size)
    return np.asarray(rows[scores[rows] > 0], np.int64)


def _chunk_mask(snapshot: Snapshot, articles: Mask | None) -> Mask | None:
    return None if articles is None else np.asarray(articles[snapshot.tables.chunks[:, 0]], np.bool_)


def rivals_of(ranked: Sequence[float]) -> float:
    """The mean of those log-odds, best first, that are of RIVALS; those of no chance where there are none."""
    return float(np.mean(ranked[RIVALS] or [log_odds(0)]))


def _shown(ranked: Sequence[_Candidate], limit: int, per_article: int | None) -> Iterator[Hit]:
    """The candidates that are shown, page by page, each with the copies of it that it stands for."""
    passages = [one.passage for one in ranked]
    same = cache(lambda first, second: same_words(passages[first], passages[second]))
    chosen = diversify(
        [math.exp(log_odds(one.score)) for one in ranked],
        [((one.article.collection, one.article.id), one.start, one.end) for one in passages],
        limit,
        per_article=per_article,
        copies=same,
    )
    copies: dict[int, list[Passage]] = {place: [] for place in chosen}
    for place in range(min(max(chosen, default=-1) + 1 + COPIES_LOOKED_AT, len(ranked))):
        stands = next((first for first in chosen if place not in copies and same(first, place)), None)
        if stands is not None:
            copies[stands].append(passages[place])
    for place in chosen:
        one = ranked[place]
        yield Hit(one.passage, one.score, one.features, one.highlights, also_in=tuple(copies[place]))
