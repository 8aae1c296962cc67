"""Searching: candidates by meaning and by words, fused, made diverse, with the answering sentences marked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from retrieval.copies import same_words
from retrieval.dense import Mask
from retrieval.embedder import Vectors
from retrieval.highlight import highlights
from retrieval.hit import Hit, Signals
from retrieval.passage import Passage
from retrieval.query import Query
from retrieval.snapshot import Snapshot

CHUNK_CANDIDATES = 200
"""Chunks taken by meaning; their passages are about 150. 100 and 400 gave the same hit@10 on NewsQA."""
PASSAGE_CANDIDATES = 100
"""Passages taken by words."""
MEANING_WEIGHT = 0.5
"""What a cosine of 1 counts, where a passage with every word, saturated, counts 1. Of 0.5, 0.75, 1 and
1.5, 0.5 was best on NewsQA (MRR 0.737) and MultiHop-RAG (0.905), 0.75 on SQuAD 2 (0.866, 0.5: 0.862).
Reciprocal rank fusion gave 0.697, 0.886 and 0.836 (`docs/retrieval.md`)."""
PAGE = 3
"""Passages that are shown at a time; diversity is kept within each page."""
PER_ARTICLE = 2
"""Passages of one article on a page."""
COPIES_LOOKED_AT = 30
"""Candidates after the last chosen one that are compared with the chosen ones: copies rank side by side."""
OVERLAP = 0.3
"""Share of a passage that may have been shown already; more, and it is a repetition."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    snapshot: Snapshot
    row: int
    passage: Passage
    score: float
    words: float
    meaning: float | None


def search(
    snapshots: Sequence[Snapshot],
    query: Query,
    question: Vectors | None,
    limit: int,
    *,
    per_article: int = PER_ARTICLE,
) -> list[Hit]:
    """Up to `limit` hits over all the snapshots, best first.

    `question` is the query's vector, shape (1, dimension), or None where the model does not know its
    language: then words alone decide. Filters act inside both searches, so that a narrow one costs no hit.
    Each page of three holds at most `per_article` passages of one article.
    """
    found = [candidate for snapshot in snapshots for candidate in _candidates(snapshot, query, question)]
    found.sort(key=lambda candidate: -candidate.score)
    return [_hit(chosen, copies, query, question) for chosen, copies in _diverse(found, limit, per_article)]


def _candidates(snapshot: Snapshot, query: Query, question: Vectors | None) -> Iterator[_Candidate]:
    articles = snapshot.allowed(query)
    terms = snapshot.words.terms(query.text)
    words = snapshot.lexical.scores(terms)
    if articles is not None:
        words = np.where(articles[snapshot.tables.passages[:, 0]], words, 0)
    rows = _best(words, PASSAGE_CANDIDATES)
    if question is not None:
        chunks = snapshot.dense.search(question, CHUNK_CANDIDATES, _chunk_mask(snapshot, articles))
        rows = np.union1d(rows, snapshot.passages_of_chunks(chunks))
    if not rows.size:
        return
    shares = words[rows] / max(snapshot.lexical.bound(terms), 1e-9)
    if question is None:
        for row, share in zip(rows.tolist(), shares.tolist(), strict=True):
            yield _Candidate(snapshot, row, snapshot.passage(row), share, share, None)
        return
    meanings = snapshot.meaning(question, rows)
    scores = (shares + MEANING_WEIGHT * meanings) / (1 + MEANING_WEIGHT)
    for row, score, share, meaning in zip(
        rows.tolist(), scores.tolist(), shares.tolist(), meanings.tolist(), strict=True
    ):
        yield _Candidate(snapshot, row, snapshot.passage(row), score, share, meaning)


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


def _diverse(
    ranked: Sequence[_Candidate], limit: int, per_article: int
) -> Iterator[tuple[_Candidate, list[Passage]]]:
    """The best candidates page by page, each with the copies of it that it stands for.

    One that its page has no room for is kept for the next page, one that repeats what was chosen is left.
    Where there is only one page, it is rather left short than filled from one article.
    """
    chosen: list[tuple[_Candidate, list[Passage]]] = []
    page: list[Passage] = []
    waiting = list(ranked)
    while waiting and len(chosen) < limit:
        room = (at for at, one in enumerate(waiting) if _has_room(one.passage, page, per_article))
        place = next(room, None) if len(page) < PAGE else None
        if place is None:
            if limit <= PAGE or not page:
                break
            page = []
            continue
        candidate = waiting.pop(place)
        if not _folded(candidate, chosen) and not any(
            _repeats(candidate.passage, first.passage) for first, _ in chosen
        ):
            chosen.append((candidate, []))
            page.append(candidate.passage)
    for candidate in waiting[:COPIES_LOOKED_AT]:
        _folded(candidate, chosen)
    yield from chosen


def _folded(candidate: _Candidate, chosen: Sequence[tuple[_Candidate, list[Passage]]]) -> bool:
    """Whether the candidate is a copy of one that was chosen; then it is noted there."""
    for first, copies in chosen:
        if same_words(first.passage, candidate.passage):
            copies.append(candidate.passage)
            return True
    return False


def _has_room(passage: Passage, page: Sequence[Passage], per_article: int) -> bool:
    return sum(_key(shown) == _key(passage) for shown in page) < per_article


def _repeats(passage: Passage, shown: Passage) -> bool:
    if _key(passage) != _key(shown):
        return False
    shared = min(passage.end, shown.end) - max(passage.start, shown.start)
    return shared > OVERLAP * (passage.end - passage.start)


def _key(passage: Passage) -> tuple[str, str]:
    return passage.article.collection, passage.article.id


def _hit(candidate: _Candidate, copies: list[Passage], query: Query, question: Vectors | None) -> Hit:
    snapshot = candidate.snapshot
    telling = snapshot.words.telling_terms(query.text)
    weights = {term: snapshot.lexical.weight(term) for term in telling}
    present = set(snapshot.words.terms(f"{candidate.passage.article.title} {candidate.passage.text}"))
    coverage = sum(weights[term] for term in telling if term in present) / max(sum(weights.values()), 1e-9)
    return Hit(
        passage=candidate.passage,
        score=candidate.score,
        signals=Signals(candidate.meaning, candidate.words, coverage),
        highlights=highlights(snapshot, candidate.row, query.text, question),
        also_in=tuple(copies),
    )
