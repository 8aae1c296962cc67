"""Searching: candidates by meaning and by words, ranked by all that speaks for them, made diverse."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest

import numpy as np
from numpy.typing import NDArray

from retrieval.collection.candidates import Candidates
from retrieval.collection.collection import Searchable
from retrieval.collection.passage import Passage
from retrieval.collection.passage_features import PassageFeatures
from retrieval.dates.zone import day_in, zone_of
from retrieval.models.embedder import EncodedQuestion
from retrieval.question.hint import HintKind
from retrieval.question.query import Query
from retrieval.ranking.diversity import PAGE, diversify
from retrieval.ranking.features import extract
from retrieval.ranking.highlight import ScoredSentence, mark, scored_sentences
from retrieval.ranking.hit import Features, Hit
from retrieval.ranking.read_hits import READ, read_hits
from retrieval.ranking.scoring import features_of_hit, log_odds, passage_scores
from retrieval.ranking.showing import with_shown
from retrieval.ranking.timeliness import freshness, newness
from retrieval.reading.reader import Reader
from retrieval.stories.copies import Copies

MEANING_WEIGHT = 0.5
"""What a cosine of 1 counts among the candidates, where a passage with every word, saturated, counts 1.
Of 0.5, 0.75, 1 and 1.5, 0.5 was best on NewsQA and MultiHop-RAG, 0.75 on SQuAD 2 (`docs/retrieval.md`)."""
FRESH_WEIGHT = 0.1
"""What a new article's freshness counts there."""
NOW_WEIGHT = 2.0
"""Log-odds that newness counts in the order of passages, where the question asks how something is now."""
NEW_WEIGHT = 0.3
"""What a new article's newness counts there, where the newest on a topic is asked for."""
UNDATED_DAYS = 1_000_000
"""Age of an article without a date, where the newest is asked for: older than any, and still on the topic."""
ON_TOPIC = 1.5
"""Log-odds below the best passage's down to which a passage is on the topic as well, so that the newer one
comes first."""
RANKED = 50
"""Candidates whose features are all looked at. 40 had the answer for 0.964 of NewsQA's questions, 50 for
0.968; each costs a fifth of a millisecond."""
RIVALS = slice(5, 20)
"""The ranks whose scores say how many other passages are as likely: those after one that all pages show."""
COPIES_LOOKED_AT = 30
"""Candidates after the last chosen one that are compared with the chosen ones: copies rank side by side."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    generation: str
    number: int
    passage: Passage
    first_look: float
    score: float
    features: Callable[[], Features]
    sentences: Callable[[], tuple[ScoredSentence, ...]]


EncodedQuery = tuple[Query, EncodedQuestion | None]
"""A question and what the model makes of it: None where the model does not know its language, then words
alone decide."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found: the hits, best first, and `rivals`, the mean log-odds of the passages that rank
    6th to 20th, shown or not. Where the question has one answer, its hit stands far above them. `read` says
    whether the best hits were read by a reader that confidence is fitted on."""

    hits: list[Hit]
    rivals: float
    read: bool = False


# OpenBLAS sets the flag for finite numbers too, by chance of what its buffers hold (numpy issue 24067).
@np.errstate(invalid="ignore")
def search(
    collections: Sequence[Searchable],
    query: Query,
    question: EncodedQuestion | None,
    limit: int,
    *,
    per_article: int | None = None,
    parts: Sequence[EncodedQuery] = (),
    reader: Reader | None = None,
) -> Found:
    """Up to `limit` hits over all the collections.

    `question` is what the model makes of the query, None where it does not know its language: then words
    alone decide. Filters act inside both searches, so that a narrow one costs no hit. No article crowds out
    the others (`diversity`); with `per_article` a page has at most so many passages of one. Where the
    question asks several things, `parts` are searched too, and the best of each take turns. A `reader` reads
    the best hits (`read_hits`).
    """
    if query.names_source or (question is None and reader is not None and reader.fitted):
        # What names a source asks what several articles say, of which no passage holds the whole; and where
        # the model does not know the language, neither does the reader that was made of it.
        reader = None
    reads = reader is not None and reader.fitted
    if query.newest and per_article is None:
        per_article = 1  # the newest are articles, not passages
    found = [_ranked(collections, *asking, read=reads) for asking in ((query, question), *parts)]
    rivals = rivals_of([log_odds(one.score) for one in found[0]])
    ordered = _in_turns(found)
    if parts:
        # Ranking is fitted to find one answer, and brings its likes; what else is asked is rather there.
        others = _in_turns([sorted(one, key=lambda candidate: -candidate.first_look) for one in found])
        ordered = _once([*ordered[:PAGE], *others])
    if reader is None:
        return Found(with_shown(list(_shown(ordered, limit, per_article))), rivals)
    hits = list(_shown(ordered, max(limit, READ), per_article))
    # A page with so many passages of an article at most stays one only in its own order.
    stays = bool(parts) or per_article is not None
    read = read_hits(reader, query, hits, ordered=stays)
    return Found(with_shown(read[:limit]), rivals, read=reads)


def _ranked(
    collections: Sequence[Searchable], query: Query, question: EncodedQuestion | None, *, read: bool
) -> list[_Candidate]:
    found = [
        candidate
        for collection in collections
        for candidate in _candidates(collection, query, question, read=read)
    ]
    ranked = sorted(found, key=lambda candidate: -candidate.score)
    if query.newest and ranked:
        return _newest_first(ranked, query)
    if any(hint.kind is HintKind.NOW and not hint.since for hint in query.hints):
        dates = [one.passage.article.published for one in ranked]
        published = np.array([date.timestamp() if date else np.nan for date in dates])
        odds = [log_odds(one.score) for one in ranked] + NOW_WEIGHT * newness(published, query.asked_at)
        return [ranked[place] for place in np.argsort(-odds, kind="stable")]
    return ranked


def _newest_first(ranked: Sequence[_Candidate], query: Query) -> list[_Candidate]:
    """Those that are on the topic by their days, the newest first and the undated last; then all others."""
    least = log_odds(ranked[0].score) - ON_TOPIC
    zone = zone_of(query.zone)

    def days_old(one: _Candidate) -> float:
        published = one.passage.article.published
        if log_odds(one.score) < least:
            return math.inf
        return (query.asked_at.date() - day_in(published, zone)).days if published else UNDATED_DAYS

    return sorted(ranked, key=days_old)


def _in_turns(found: Sequence[Sequence[_Candidate]]) -> list[_Candidate]:
    """The best of each list, then the second of each, each passage once."""
    return _once([candidate for row in zip_longest(*found) for candidate in row if candidate])


def _once(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    """Each passage where it comes first."""
    first: dict[tuple[str, int], _Candidate] = {}
    for one in candidates:
        first.setdefault((one.generation, one.number), one)
    return list(first.values())


def _candidates(
    collection: Searchable, query: Query, question: EncodedQuestion | None, *, read: bool
) -> Iterator[_Candidate]:
    first = first_look(collection, query, question)
    known = question is not None
    scores = passage_scores(first.features, known=known)
    sentences = scored_sentences(first.passages, first.features, known=known, read=read)
    for number, passage, look, score, row, spans in zip(
        first.candidates.numbers.tolist(),
        first.passages,
        first.looks.tolist(),
        scores.tolist(),
        first.features.passages,
        sentences,
        strict=True,
    ):
        features = partial(features_of_hit, row, known=known)
        yield _Candidate(collection.generation, number, passage, look, score, features, spans)


@dataclass(frozen=True, slots=True)
class FirstLook:
    """The candidates that a first look leaves, RANKED at most and best first: their passages, what the look
    makes of them, and their features."""

    candidates: Candidates
    passages: Sequence[Passage]
    looks: NDArray[np.float64]
    features: PassageFeatures


def first_look(collection: Searchable, query: Query, question: EncodedQuestion | None) -> FirstLook:
    """The best of a collection's candidates by a sum of words, meaning and freshness."""
    found = collection.candidates(query, question)
    looks = looks_of(found, query)
    order = np.argsort(-looks, kind="stable")[:RANKED]
    best = found.take(order)
    passages = [collection.passage(number) for number in best.numbers.tolist()]
    return FirstLook(best, passages, looks[order], extract(collection, query, question, best, passages))


def looks_of(found: Candidates, query: Query) -> NDArray[np.float64]:
    """What the first look makes of each candidate."""
    fresh = freshness(found.published, query.asked_at)
    looks = found.words + MEANING_WEIGHT * found.meanings + FRESH_WEIGHT * fresh
    if query.newest:
        looks = looks + NEW_WEIGHT * newness(found.published, query.asked_at)
    return np.asarray(looks, np.float64)


def rivals_of(ranked: Sequence[float]) -> float:
    """The mean of those log-odds, best first, that are of RIVALS; those of no chance where there are none."""
    return float(np.mean(ranked[RIVALS] or [log_odds(0)]))


def _shown(ranked: Sequence[_Candidate], limit: int, per_article: int | None) -> Iterator[Hit]:
    """The candidates that are shown, page by page, each with the copies of it that it stands for."""
    passages = [one.passage for one in ranked]
    same = Copies(passages)
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
        sentences = one.sentences()
        yield Hit(
            one.passage,
            one.score,
            one.features(),
            mark(sentences),
            sentences=sentences,
            also_in=tuple(copies[place]),
        )
