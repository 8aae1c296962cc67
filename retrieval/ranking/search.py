"""Searching: candidates by meaning and by words, ranked by all their features, then diversified."""

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial

import numpy as np
from numpy.typing import NDArray

from retrieval.collection.candidates import Candidates
from retrieval.collection.collection import Searchable
from retrieval.collection.passage import Passage
from retrieval.collection.passage_features import PassageFeatures
from retrieval.dates.zone import day_in, zone_of
from retrieval.holders.naming import Named
from retrieval.models.embedder import EncodedQuestion
from retrieval.question.query import Query
from retrieval.ranking.diversity import PAGE, diversify, in_turns, once
from retrieval.ranking.features import extract
from retrieval.ranking.highlight import ScoredSentence, mark, scored_sentences
from retrieval.ranking.hit import Features, Hit
from retrieval.ranking.read_hits import HITS_READ, read_hits
from retrieval.ranking.scoring import features_of_hit, log_odds, passage_scores
from retrieval.ranking.showing import with_shown
from retrieval.ranking.timeliness import asks_about_now, freshness, newness
from retrieval.ranking.weights import Signals
from retrieval.reading.asked.changing import asks_changing, may_tell, told
from retrieval.reading.asked.newest_telling import telling_first
from retrieval.reading.reader import Reader
from retrieval.stories.copies import Copies

MEANING_WEIGHT = 0.5
"""Weight of the cosine in the first stage; the words count 1 for a passage with every word, saturated.
Of 0.5, 0.75, 1 and 1.5, 0.5 was best on NewsQA and MultiHop-RAG, 0.75 on SQuAD 2 (`docs/retrieval.md`)."""
FRESH_WEIGHT = 0.1
"""Weight of an article's freshness (0 to 1) in the first stage. Of RealTimeQA's answers 0.973 are among the
CANDIDATES_RANKED without it, 0.984 with 0.1 and 0.988 with 0.2 or more; on the other sets it makes no
difference (`docs/retrieval.md`)."""
NOW_WEIGHT = 2.0
"""Log-odds that newness (0 to 1) adds in the order of passages, if the question asks how something is now: as
much as makes a passage seven times as likely. Of the 51 such questions of three sets, as many have the answer
first, and among the first three, with anything from 0 to 4; with 8 one loses it (`docs/retrieval.md`)."""
NEW_WEIGHT = 0.3
"""Weight of an article's newness (0 to 1) in the first stage, if the newest articles on a topic are asked
for. Not measured, as no set has such questions; less than the cosine's weight, so that the topic counts
more."""
UNDATED_DAYS = 1_000_000
"""Days of age given to an article without a date if the newest are asked for: older than any (27 centuries),
but still on the topic."""
ON_TOPIC = 1.5
"""Log-odds that a passage may be below the best one to count as on the topic too, so that the newest of them
comes first: a passage that is less than 4.5 times less likely. Not measured, as for NEW_WEIGHT."""
CANDIDATES_RANKED = 50
"""Candidates whose features are all computed. The answer was among 40 for 0.964 of NewsQA's questions, among
50 for 0.968; each costs a fifth of a millisecond."""
RIVALS = slice(5, 20)
"""Ranks (6th to 20th) whose mean log-odds tell how many other passages are as likely as the first ones. Other
ranks were not measured; the first five are left out because several of them may answer. The weight of the
mean is fitted (`docs/confidence.md`)."""
COPIES_LOOKED_AT = 30
"""Candidates after the last chosen one that are compared with the chosen ones: copies have similar ranks. For
RealTimeQA's questions, 5 find the same two copies as 50. 30 cost a millisecond more than 5, for corpora with
many agency reports, on which other values were not measured."""


@dataclass(frozen=True, slots=True)
class _Candidate:
    generation: str
    number: int
    passage: Passage
    first_stage_score: float
    score: float
    features: Callable[[], Features]
    sentences: Callable[[], tuple[ScoredSentence, ...]]


EncodedQuery = tuple[Query, EncodedQuestion | None]
"""A question and its encoding by the model; None if the model does not know its language, so that words alone
decide."""


@dataclass(frozen=True, slots=True)
class Found:
    """The result of a search: the hits, best first; `rivals`, the mean log-odds of the passages that rank 6th
    to 20th, shown or not, which are far below the hit that answers if only one does; and the `signals` by
    which the hits are ranked."""

    hits: list[Hit]
    rivals: float
    signals: Signals


# OpenBLAS also sets the flag for invalid values with finite numbers, depending on what its buffers happen to
# hold (numpy issue 24067).
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
    """Search all collections for up to `limit` hits.

    `question` is the query as encoded by the model, or None if the model does not know its language; then
    words alone decide. Filters apply inside both searches, so a narrow filter costs no hits. No article
    crowds out the others (`diversity`); with `per_article`, a page has at most that many passages of one. If
    the question asks several things, its `parts` are searched as well, and their results are interleaved. A
    `reader` reads the best hits (`read_hits`).
    """
    if query.asks_several_articles or (question is None and reader is not None and reader.fitted):
        # No single passage has all that several articles say. And a language that the model does not know is
        # not known by the reader that was made from it either.
        reader = None
    reads = reader is not None and reader.fitted
    signals = _signals(question, reads=reads)
    if query.parsed.newest and per_article is None:
        per_article = 1  # the newest are articles, not passages
    found = [_ranked(collections, *asking, read=reads) for asking in ((query, question), *parts)]
    rivals = rivals_of([log_odds(one.score) for one in found[0]])
    ordered = in_turns(found, _identity)
    if parts:
        # Ranking is fitted to find one answer and similar passages; the first stage finds the other parts.
        first = [sorted(one, key=lambda candidate: -candidate.first_stage_score) for one in found]
        ordered = once([*ordered[:PAGE], *in_turns(first, _identity)], _identity)
    if reader is None:
        return Found(with_shown(list(_shown(ordered, limit, per_article))), rivals, signals)
    hits = list(_shown(ordered, max(limit, HITS_READ), per_article))
    # The limit of passages per article on a page holds only if the order stays.
    stays = bool(parts) or per_article is not None
    read = read_hits(reader, query, hits, ordered=stays)
    return Found(with_shown(read[:limit]), rivals, signals)


def _signals(question: EncodedQuestion | None, *, reads: bool) -> Signals:
    if question is None:
        return Signals.WORDS
    return Signals.READING if reads else Signals.MEANING


def _ranked(
    collections: Sequence[Searchable], query: Query, question: EncodedQuestion | None, *, read: bool
) -> list[_Candidate]:
    found = [
        candidate
        for collection in collections
        for candidate in _candidates(collection, query, question, read=read)
    ]
    ranked = sorted(found, key=lambda candidate: -candidate.score)
    if query.parsed.newest and ranked:
        return _newest_first(ranked, query)
    if asks_about_now(query):
        dates = [one.passage.article.published for one in ranked]
        published = np.array([date.timestamp() if date else np.nan for date in dates])
        odds = [log_odds(one.score) for one in ranked] + NOW_WEIGHT * newness(published, query.asked_at)
        ranked = [ranked[place] for place in np.argsort(-odds, kind="stable")]
    if asks_changing(query.wording) and not query.as_asked:
        return _telling_first(ranked, query)
    return ranked


def _telling_first(ranked: Sequence[_Candidate], query: Query) -> list[_Candidate]:
    """First the passages that tell who holds the role or won the contest that is asked for, because it may
    have changed since the others (`telling_first`); then all others."""
    tells = [_told(one, query.wording) for one in ranked]
    return telling_first(ranked, query.wording, lambda one: one.passage, tells)


def _told(one: _Candidate, question: str) -> Named | None:
    """What the sentence of the passage tells that tells it most surely."""
    article = one.passage.article
    if not may_tell(question, one.passage.text, article):
        return None
    said = (told(question, article.text[slice(*sentence.span)], article) for sentence in one.sentences())
    return max(filter(None, said), key=lambda name: name.surely, default=None)


def _newest_first(ranked: Sequence[_Candidate], query: Query) -> list[_Candidate]:
    """First the passages on the topic, by day, newest first and undated last; then all others."""
    least = log_odds(ranked[0].score) - ON_TOPIC
    zone = zone_of(query.zone)

    def days_old(one: _Candidate) -> float:
        published = one.passage.article.published
        if log_odds(one.score) < least:
            return math.inf
        return (query.asked_at.date() - day_in(published, zone)).days if published else UNDATED_DAYS

    return sorted(ranked, key=days_old)


def _identity(candidate: _Candidate) -> tuple[str, int]:
    return candidate.generation, candidate.number


def _candidates(
    collection: Searchable, query: Query, question: EncodedQuestion | None, *, read: bool
) -> Iterator[_Candidate]:
    first = first_stage(collection, query, question)
    known = question is not None
    scores = passage_scores(first.features, known=known)
    signals = _signals(question, reads=read)
    counted = query.wording if signals is Signals.WORDS else ""
    sentences = scored_sentences(first.passages, first.features, signals, counted)
    for number, passage, first_score, score, row, spans in zip(
        first.candidates.numbers.tolist(),
        first.passages,
        first.scores.tolist(),
        scores.tolist(),
        first.features.passages,
        sentences,
        strict=True,
    ):
        features = partial(features_of_hit, row, known=known)
        yield _Candidate(collection.generation, number, passage, first_score, score, features, spans)


@dataclass(frozen=True, slots=True)
class FirstStage:
    """The candidates that the first stage keeps, at most CANDIDATES_RANKED unless the query `ranks_all`, best
    first: their passages, first-stage scores and features."""

    candidates: Candidates
    passages: Sequence[Passage]
    scores: NDArray[np.float64]
    features: PassageFeatures


def first_stage(collection: Searchable, query: Query, question: EncodedQuestion | None) -> FirstStage:
    """Rank a collection's candidates by a weighted sum of words, meaning and freshness, and keep the best."""
    found = collection.candidates(query, question)
    scores = first_stage_scores(found, query)
    order = np.argsort(-scores, kind="stable")[: None if ranks_all(query) else CANDIDATES_RANKED]
    best = found.take(order)
    passages = [collection.passage(number) for number in best.numbers.tolist()]
    return FirstStage(best, passages, scores[order], extract(collection, query, question, best, passages))


def ranks_all(query: Query) -> bool:
    """Whether all candidates are ranked, and not only CANDIDATES_RANKED: the question asks who holds a
    role or won a contest, which new articles only mention."""
    return asks_changing(query.wording)


def first_stage_scores(found: Candidates, query: Query) -> NDArray[np.float64]:
    """The score of each candidate in the first stage."""
    fresh = freshness(found.published, query.asked_at)
    scores = found.words + MEANING_WEIGHT * found.meanings + FRESH_WEIGHT * fresh
    if query.parsed.newest or asks_about_now(query):
        scores = scores + NEW_WEIGHT * newness(found.published, query.asked_at)
    return np.asarray(scores, np.float64)


def rivals_of(ranked: Sequence[float]) -> float:
    """The mean of the log-odds (best first) at the ranks RIVALS; the log-odds of 0 if there are none."""
    return float(np.mean(ranked[RIVALS] or [log_odds(0)]))


def _shown(ranked: Sequence[_Candidate], limit: int, per_article: int | None) -> Iterator[Hit]:
    """The hits that are shown, page by page, each with its copies."""
    passages = [one.passage for one in ranked]
    same = Copies(passages)
    chosen = diversify(
        [math.exp(log_odds(one.score)) for one in ranked],
        [(one.article.key, one.start, one.end) for one in passages],
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
