"""Have a reader read the best hits: their order, their sentences, and the probability that they answer."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from retrieval.collection.passage import Passage
from retrieval.holders.asked_role import asked_role
from retrieval.holders.holder_names import is_name
from retrieval.holders.naming import Named
from retrieval.question.query import Query
from retrieval.ranking.conflicts import Conflicts
from retrieval.ranking.diversity import PAGE
from retrieval.ranking.highlight import SECOND, ScoredSentence, mark, without_questions
from retrieval.ranking.hit import Hit
from retrieval.ranking.scoring import log_odds
from retrieval.ranking.weights import Signals, weights
from retrieval.reading.answer_words import answer_words, gives_cause
from retrieval.reading.asked.changing import asks_changing, told
from retrieval.reading.asked.lacking import lacks_asked
from retrieval.reading.asked.newest_telling import telling_first
from retrieval.reading.reader import Reader, Reading
from retrieval.text.sentences import Span

HITS_READ = 5
"""The most hits that are read. `docs/reader.md` has what three to six of them give and cost."""
SETTLED_LOG_ODDS = 6.5
"""Log-odds: the others are not read if the best hit of the first page is this far above them (`is_settled`).
`docs/reader.md` has what other values give and save."""
HOLDER = 4.0
"""Log-odds: how far behind the best passage that tells who holds an office a newer one may be. Of the 46
questions of `benchmarks/questions/offices.jsonl`, 41 have the newest holder first with 2, 44 with 4, and 40
with 8 or without a limit."""
LEAST_READ = -20.0
"""The lowest value of a reading, also used for a sentence that no reader has read."""
NOTHING = -100.0
"""What `log_sum_exp` returns for no sentences; the lowest value of a measured passage is -50."""
READING = "reading"
"""The key of a reading's weight in the table of sentence weights."""
PASSAGE = "passage"
"""The key of the weight of the log-odds of the passage's score there."""
CONFLICT = "conflict"
"""The key of the weight of the conflicts between sentence and question (`Conflicts`) there."""
LACKING = "lacking"
"""The key there of the weight of lacking what the question asks for (`lacks_asked`)."""


def read_hits(reader: Reader, query: Query, hits: Sequence[Hit], *, ordered: bool) -> list[Hit]:
    """Have the reader read the best hits, and return all hits with its results.

    A reader with fitted weights reads the first page, and then the hits up to HITS_READ unless the page has
    one that they will hardly pass (`is_settled`); any other reads the first HITS_READ. The hits that were
    read are sorted again, unless `ordered` says that their order must stay: by the combined weight
    of their sentences (`log_sum_exp`) if the reader has fitted weights, else by the reading alone. Scores
    do not change.
    """
    conflicts = Conflicts(query)
    asked = "" if query.asks_no_words else f"{query.reading} {query.wording}"

    def read_all(some: Sequence[Hit]) -> list[Hit]:
        readings = reader.read(query.reader_text, [hit.passage for hit in some])
        return [
            _with(hit, one, conflicts, fitted=reader.fitted, asked=asked, question=query.reader_text)
            for hit, one in zip(some, readings, strict=True)
        ]

    first = PAGE if reader.fitted else HITS_READ
    read, others = read_all(hits[:first]), hits[first:HITS_READ]
    if others and not is_settled(map(_combined, read), map(_passage_weight, others)):
        read += read_all(others)
    if conflicts.number_is_absent([hit.passage for hit in hits[:HITS_READ]]):
        read = list(map(_contradicting, read))
    if not ordered:
        read.sort(key=_combined if reader.fitted else _reading, reverse=True)
        if reader.fitted and asks_changing(query.reader_text) and not query.as_asked:
            read = _telling_first(query, read)
    return [*read, *hits[len(read) :]]


def _telling_first(query: Query, read: Sequence[Hit]) -> list[Hit]:
    """First the passages whose best sentence tells who holds the role or won the contest, if they are not far
    behind the best of them (`telling_first`); then all others."""
    tells = [_told(query, hit, _best(hit.sentences)) for hit in read]
    telling = (_combined(hit) for hit, name in zip(read, tells, strict=True) if name)
    least = max(telling, default=0.0) - HOLDER
    near = [name if _combined(hit) >= least else None for hit, name in zip(read, tells, strict=True)]
    return telling_first(read, query.reader_text, lambda hit: hit.passage, near)


def tells(query: Query, hit: Hit, sentence: ScoredSentence | None) -> bool:
    """Whether a sentence of the hit names who holds the role or won the contest that is asked for."""
    return _told(query, hit, sentence) is not None


def _told(query: Query, hit: Hit, sentence: ScoredSentence | None) -> Named | None:
    if sentence is None:
        return None
    article = hit.passage.article
    return told(query.reader_text, article.text[slice(*sentence.span)], article)


def is_settled(read: Iterable[float], unread: Iterable[float]) -> bool:
    """Whether the highest combined weight of a hit that was read is so far above what the passages' scores
    count for the others that these need not be read."""
    return max(read, default=NOTHING) - max(unread, default=NOTHING) >= SETTLED_LOG_ODDS


def _passage_weight(hit: Hit) -> float:
    """What a passage's score counts in the weight of each of its sentences."""
    return weights().sentence[Signals.READING][PASSAGE] * log_odds(hit.score)


def _contradicting(hit: Hit) -> Hit:
    """The hit, all sentences of which conflict with the question."""
    return replace(hit, sentences=tuple(replace(one, conflicts=True) for one in hit.sentences))


def log_sum_exp(scores: Iterable[float]) -> float:
    """The logarithm of the sum of the exponentials of the scores."""
    return float(np.logaddexp.reduce(list(scores), initial=NOTHING))


def _with(
    hit: Hit, reading: Reading, conflicts: Conflicts, *, fitted: bool, asked: str, question: str
) -> Hit:
    features = replace(hit.features, reading=max(reading.score, LEAST_READ))
    if not fitted and not reading.sentences:
        return replace(hit, features=features)
    table = weights().sentence[Signals.READING]
    passage = _passage_weight(hit) if fitted else 0.0
    text = hit.passage.article.text
    others = [conflicts.share(hit.passage.article, one.span) for one in hit.sentences]
    lacking = [lacks_asked(question, text[slice(*one.span)], hit.passage.article) for one in hit.sentences]
    sentences = tuple(
        replace(
            one,
            score=one.score
            + passage
            + table[READING] * reading_of(one.span, reading)
            + table[CONFLICT] * other
            + table[LACKING] * lacks,
            conflicts=other > 0,
            lacks=lacks,
        )
        for one, other, lacks in zip(hit.sentences, others, lacking, strict=True)
    )
    if fitted:
        features = replace(features, sentences=log_sum_exp(one.score for one in sentences))
    best = _best(sentences)
    # A reason is often in a sentence beside the one that says what was done.
    unexplained = best and not gives_cause(asked, text[slice(*best.span)])
    return replace(
        hit,
        features=features,
        sentences=sentences,
        highlights=mark(sentences, math.inf if unexplained else SECOND),
        answer=answer_in(asked, question, hit.passage, best.span, reading.answers)
        if asked and best
        else None,
    )


def answer_in(
    asked: str, question: str, passage: Passage, sentence: Span, said: Mapping[Span, Span]
) -> Span | None:
    """The words of a sentence that the reader takes for the answer, if it is sure of them, or the name of who
    won the contest that is asked for; None if there are neither, or if they can't be the answer. If the
    question asks who holds a role, they are the name that the sentence gives, and None if it gives none."""
    start, end = sentence
    text = passage.article.text
    words = next((one for one in said.values() if start <= one[0] < one[1] <= end), None)
    named = told(question, text[start:end], passage.article)
    name = (start + named.span[0], start + named.span[1]) if named else None
    if words is None or (asked_role(question) and not _is_whole(text, words, name)):
        words = name
    return words and answer_words(asked, text, sentence, words)


def _is_whole(text: str, words: Span, name: Span | None) -> bool:
    """Whether the words are this name, perhaps with a title or another part of it."""
    return name is not None and words[0] <= name[0] and name[1] <= words[1] and is_name(text[slice(*words)])


def reading_of(span: Span, reading: Reading) -> float:
    """The reading of the sentence with this span, which may start after a dateline; the reading of the whole
    passage if the reader does not rate sentences."""
    if not reading.sentences:
        return max(LEAST_READ, reading.score)
    start, end = span
    said = (value for one, value in reading.sentences.items() if one[0] < end and start < one[1])
    return max((LEAST_READ, *said))


def _best(sentences: Sequence[ScoredSentence]) -> ScoredSentence | None:
    return max(without_questions(sentences), key=lambda one: one.score, default=None)


def _combined(hit: Hit) -> float:
    return NOTHING if hit.features.sentences is None else hit.features.sentences


def _reading(hit: Hit) -> float:
    return LEAST_READ if hit.features.reading is None else hit.features.reading
