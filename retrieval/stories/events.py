"""Groups reports of one event by several outlets: by the meaning of their titles and beginnings, by shared
names and numbers, and by when they were published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from corpus.lazy_pattern import lazy_pattern
from retrieval.text.analyzer import STOP_WORDS
from retrieval.text.proper_names import bare, pieces, runs
from retrieval.text.quantities import quantities

BEGINNING = 600
"""Characters of a text that are used, in addition to its title: a report begins with what happened. With 300
of them 0.50 of the judged pairs of one event are joined, with 600 0.65 (`docs/retrieval.md`)."""
TITLE_WEIGHT = 0.3
"""Weight of the cosine of two titles alone, relative to that of titles with beginnings: a title says which of
several things in a text is the news."""
SHARED_NUMBER = 0.05
"""Likeness for each shared number, at most MOST_NUMBERS. Of our 73 pairs of a report and its rewrite 72 share
one; of our 55 pairs of a report and a near miss 10 do."""
MOST_NUMBERS = 2
"""A third shared number says little more: reports with tables share many."""
SHARED_NAME = 0.03
"""Likeness for each shared word of a name, at most MOST_NAMES."""
MOST_NAMES = 5
"""Reports of different events in one war or league share as many."""
MOST_SHARED = MOST_NUMBERS * SHARED_NUMBER + MOST_NAMES * SHARED_NAME
"""Maximum likeness for names and numbers; if it would not suffice, they are not extracted."""
AN_HOUR_APART = 0.004
"""Likeness lost with each hour between two reports: reports a day later are mostly about the consequences.
0.006 was as good; without it 0.47 of the judged pairs of one event are joined instead of 0.65."""
LEAST_LIKENESS = 0.8
"""Likeness from which on two reports are of one event. Of 201 hand-judged pairs from RealTimeQA and
MultiHop-RAG it joins 33 of the 53 of one event (0.62) and one other (precision 0.97); of our own stories 62
of 73 (0.85) and one other (0.98). With 0.78: 35 and 3, 64 and 2. `python -m benchmarks.stories`."""
APART = timedelta(hours=36)
"""Maximum time between two reports of one event. 24 and 48 hours were as good."""

_SMALL = lazy_pattern(r"(?<!\w)[a-z][a-z'’-]+")


@dataclass(frozen=True, slots=True)
class _Clues:
    """The words of names, and the numbers, in an article's title and beginning."""

    names: frozenset[str]
    numbers: frozenset[str]


def beginning(article: Article) -> str:
    """The part of an article that tells which event it is about."""
    return f"{article.title}. {article.text[:BEGINNING]}"


def event_vectors(titles: NDArray[np.float32], beginnings: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors (one row per article) whose dot products are the weighted means of the cosines of titles and of
    beginnings."""
    parts = [beginnings, np.float32(TITLE_WEIGHT**0.5) * titles]
    return np.hstack(parts).astype(np.float32, copy=False) / np.float32((1 + TITLE_WEIGHT) ** 0.5)


def group_by_event(articles: Sequence[Article], vectors: NDArray[np.float32]) -> list[list[int]]:
    """Group articles by event; returns their indices, events in the order of their first articles.

    `vectors` are from `event_vectors`; a zero vector joins nothing. An article is compared with the first one
    of each event only, so that no chain of similar articles joins two events. Reports of one outlet are not
    joined, nor are articles without a date.
    """
    # Not with BLAS: its threads wait for each other for 20 ms if the cores are busy; this takes 0.3 ms.
    meanings = np.einsum("ik,jk->ij", vectors, vectors).tolist()
    clues = cache(lambda place: _clues(articles[place]))
    sources = [article.source.casefold() for article in articles]

    def alike(first: int, other: int) -> bool:
        meaning = meanings[first][other]
        if meaning + MOST_SHARED < LEAST_LIKENESS or not meanings[first][first] or not meanings[other][other]:
            return False
        hours = _hours_apart(articles[first], articles[other])
        return hours is not None and (
            meaning + _shared(clues(first), clues(other)) - AN_HOUR_APART * hours >= LEAST_LIKENESS
        )

    events: list[list[int]] = []
    for place in range(len(articles)):
        for event in events:
            if alike(event[0], place) and sources[place] not in {sources[one] for one in event}:
                event.append(place)
                break
        else:
            events.append([place])
    return events


def _shared(one: _Clues, other: _Clues) -> float:
    """The likeness for names and numbers that both have."""
    numbers = min(len(one.numbers & other.numbers), MOST_NUMBERS)
    names = min(len(one.names & other.names), MOST_NAMES)
    return SHARED_NUMBER * numbers + SHARED_NAME * names


def _clues(article: Article) -> _Clues:
    text = beginning(article)
    small = frozenset(_SMALL.findall(text))  # words also in lower case are capitalised only by position
    words = {word for run in runs(text) for word in bare(pieces(run[0]))}
    return _Clues(
        frozenset(words - small - STOP_WORDS), frozenset(number.value for number in quantities(text))
    )


def _hours_apart(one: Article, other: Article) -> float | None:
    """Hours between two articles; None if they are too far apart or one has no date."""
    if one.published is None or other.published is None:
        return None
    apart = abs(one.published - other.published)
    return apart / timedelta(hours=1) if apart <= APART else None
