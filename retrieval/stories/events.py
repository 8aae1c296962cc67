"""Reports of one event by several outlets, told by what their titles and beginnings mean, by the names and
numbers that they share, and by when they were published."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

import numpy as np
from numpy.typing import NDArray

from corpus.article import Article
from retrieval.text.analyzer import STOP_WORDS
from retrieval.text.proper_names import bare, pieces, runs
from retrieval.text.quantities import quantities

BEGINNING = 600
"""Characters of a text that are looked at below its title: a report says at its beginning what happened.
By 300 of them 0.50 of the judged pairs of one event are joined, by 600 0.65 (`docs/retrieval.md`)."""
TITLE_WEIGHT = 0.3
"""What the cosine of two titles alone counts, where that of the titles with the beginnings counts 1: a title
says which of several things in a text is the news."""
SHARED_NUMBER = 0.05
"""Likeness for each number that both have, MOST_NUMBERS at most. Of our 73 pairs of a report and its rewrite
72 share one; of our 55 of a report and a near miss 10 do."""
MOST_NUMBERS = 2
"""A third number in common says hardly more: reports with tables share many."""
SHARED_NAME = 0.03
"""Likeness for each word of a name that both have, MOST_NAMES at most."""
MOST_NAMES = 5
"""Reports of different events of one war or league share as many."""
MOST_SHARED = MOST_NUMBERS * SHARED_NUMBER + MOST_NAMES * SHARED_NAME
"""Likeness for names and numbers at most: where it would not be enough, they are not looked for."""
AN_HOUR_APART = 0.004
"""Likeness that is lost with each hour between two reports: what comes a day later is mostly what came of it.
0.006 was as good; without it 0.47 of the judged pairs of one event are joined instead of 0.65."""
ALIKE = 0.8
"""Likeness from which two reports tell of one event. Of 201 pairs out of RealTimeQA and MultiHop-RAG, judged
by hand, it joins 33 of the 53 of one event (0.62) and one other (precision 0.97); of our own stories
62 of 73 (0.85) and one other (0.98). With 0.78, 35 and 3, 64 and 2. `python -m benchmarks.stories`."""
APART = timedelta(hours=36)
"""Time between two reports of one event. 24 and 48 hours were as good."""

_SMALL = re.compile(r"(?<!\w)[a-z][a-z'’-]+")


@dataclass(frozen=True, slots=True)
class _Clues:
    """The words of the names and the numbers of an article's title and beginning."""

    names: frozenset[str]
    numbers: frozenset[str]


def beginning(article: Article) -> str:
    """What of an article tells which event it is about."""
    return f"{article.title}. {article.text[:BEGINNING]}"


def event_vectors(titles: NDArray[np.float32], beginnings: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors whose products are the weighted means of the cosines of titles and of beginnings, a row an
    article."""
    parts = [beginnings, np.float32(TITLE_WEIGHT**0.5) * titles]
    return np.hstack(parts).astype(np.float32, copy=False) / np.float32((1 + TITLE_WEIGHT) ** 0.5)


def by_event(articles: Sequence[Article], vectors: NDArray[np.float32]) -> list[list[int]]:
    """The places of the articles, those of one event together, each event where its first article stands.

    `vectors` are those of `event_vectors`; one of zeros joins nothing. An article is compared with the first
    one of each event alone, so that a chain of likenesses joins no two events; reports of one outlet stay
    apart, and so does what has no date.
    """
    # Not with BLAS: its threads wait for each other 20 ms where the cores are taken, this takes 0.3 ms.
    meanings = np.einsum("ik,jk->ij", vectors, vectors).tolist()
    clues = cache(lambda place: _clues(articles[place]))
    sources = [article.source.casefold() for article in articles]

    def alike(first: int, other: int) -> bool:
        meaning = meanings[first][other]
        if meaning + MOST_SHARED < ALIKE or not meanings[first][first] or not meanings[other][other]:
            return False
        hours = _hours_apart(articles[first], articles[other])
        return hours is not None and (
            meaning + _shared(clues(first), clues(other)) - AN_HOUR_APART * hours >= ALIKE
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
    """What names and numbers that both have count."""
    numbers = min(len(one.numbers & other.numbers), MOST_NUMBERS)
    names = min(len(one.names & other.names), MOST_NAMES)
    return SHARED_NUMBER * numbers + SHARED_NAME * names


def _clues(article: Article) -> _Clues:
    text = beginning(article)
    small = frozenset(_SMALL.findall(text))  # a word that begins a sentence or stands in a title is no name
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
