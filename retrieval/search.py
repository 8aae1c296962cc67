"""Searching: candidates by meaning and by words, ranked by all that speaks for them, made diverse."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from retrieval.copies import same_words
from retrieval.dense import Mask
from retrieval.embedder import EncodedQuestion
from retrieval.highlight import marked
from retrieval.hit import Hit, Signals
from retrieval.passage import Passage
from retrieval.query import Query
from retrieval.ranking import passage_scores, signals_of
from retrieval.reranker import REREAD, Reranker
from retrieval.sentences import Span
from retrieval.signals import Weighed, weigh
from retrieval.snapshot import Snapshot
from retrieval.timely import freshness

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
"""Candidates whose signals are all looked at. 40 had the answer for 0.964 of NewsQA's questions, 50 for
0.968; each costs a fifth of a millisecond."""
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
    signals: Signals
    highlights: tuple[Span, ...]


Asking = tuple[Query, EncodedQuestion | None]
"""A question and what the model makes of it: None where the model does not know its language, then words
alone decide."""


def search(
    snapshots: Sequence[Snapshot],
    query: Query,
    question: EncodedQuestion | None,
    limit: int,
    *,
    per_article: int = PER_ARTICLE,
    parts: Sequence[Asking] = (),
    reranker: Reranker | None = None,
) -> list[Hit]:
    """Up to `limit` hits over all the snapshots, best first.

    `question` is what the model makes of the query, None where it does not know its language: then words
    alone decide. Filters act inside both searches, so that a narrow one costs no hit. Each page of three
    holds at most `per_article` passages of one article. Where the question asks several things, `parts` are
    searched too, and the best of each take turns. A `reranker` reads the best of each again, and its order
    counts among them; scores stay what they were, as it is those that the confidence was fitted on.
    """
    found = [_ranked(snapshots, *asking) for asking in ((query, question), *parts)]
    if reranker:
        asked = (query.wording, *(part.wording for part, _ in parts))
        found = [_reread(reranker, *one) for one in zip(asked, found, strict=True)]
    ordered = _in_turns(found)
    if parts:
        # Ranking is fitted to find one answer, and brings its likes; what else is asked is rather there.
        others = _in_turns([sorted(one, key=_first_look, reverse=True) for one in found])
        ordered = _once([*ordered[:PAGE], *others])
    chosen = _diverse(ordered, limit, per_article)
    return [
        Hit(one.passage, one.score, one.signals, one.highlights, also_in=tuple(copies))
        for one, copies in chosen
    ]


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
        replace(candidate, signals=replace(candidate.signals, cross=score))
        for candidate, score in zip(first, scores, strict=True)
    ]
    return [*sorted(read, key=lambda one: -(one.signals.cross or 0)), *found[REREAD:]]


def _in_turns(found: Sequence[Sequence[_Candidate]]) -> list[_Candidate]:
    """The best of each list, then the second of each, each passage once."""
    return _once([candidate for row in zip_longest(*found) for candidate in row if candidate])


def _once(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Each passage where it comes first."""
    first: dict[tuple[str, int], _Candidate] = {}
    for one in candidates:
        first.setdefault((one.snapshot.generation, one.row), one)
    return list(first.values())


def _first_look(candidate: _Candidate) -> float:
    """What made it a candidate: words, meaning and freshness."""
    signals = candidate.signals
    return signals.words + MEANING_WEIGHT * (signals.meaning or 0) + FRESH_WEIGHT * signals.fresh


def _candidates(snapshot: Snapshot, query: Query, question: EncodedQuestion | None) -> Iterator[_Candidate]:
    rows, weighed = weighed_candidates(snapshot, query, question)
    known = question is not None
    scores = passage_scores(weighed, known=known)
    marks = marked(snapshot, weighed, known=known)
    for row, score, signals, spans in zip(
        rows.tolist(), scores.tolist(), weighed.passages, marks, strict=True
    ):
        yield _Candidate(snapshot, row, snapshot.passage(row), score, signals_of(signals, known=known), spans)


def weighed_candidates(
    snapshot: Snapshot, query: Query, question: EncodedQuestion | None
) -> tuple[NDArray[np.int64], Weighed]:
    """The rows of the passages that a first look finds, at most RANKED, and all that speaks for them."""
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
    order = np.argsort(-(shares + MEANING_WEIGHT * meanings + FRESH_WEIGHT * fresh), kind="stable")[:RANKED]
    return rows[order], weigh(snapshot, query, question, rows[order], shares[order], meanings[order])


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
