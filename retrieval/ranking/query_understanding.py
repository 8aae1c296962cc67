"""A query as it was understood: with what its words say, where the corpus bears it out."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from retrieval.dates.zone import zone_of
from retrieval.index.snapshot import Snapshot
from retrieval.question.hint import Hint, HintKind
from retrieval.question.query import Query
from retrieval.question.question_parser import read_question
from retrieval.ranking.spelling import misspelt

_SUREST = (HintKind.SOURCE, HintKind.AUTHOR, HintKind.DATES)
"""The kinds that filter; where all of them together leave no article, the last ones are let go first."""


def understood(query: Query, snapshots: Sequence[Snapshot], has_word: Callable[[str], bool]) -> Query:
    """The query with the clues and parts of its words; left alone where it was read or is taken as asked.

    Of the firm clues those that leave no article, or contradict what the person set, only favour.
    `has_word` says what is a word, whether the corpus has it or not (`retrieval.ranking.spelling`).
    """
    if query.as_asked or query.clues or query.parts:
        return query
    names = (snapshot.names for snapshot in snapshots)
    reading = read_question(query.text, query.asked_at, names, zone_of(query.zone))
    kept = replace(
        query, clues=tuple(replace(clue, firm=False) for clue in reading.clues), parts=reading.parts
    )
    for kind in _SUREST:
        clues = tuple(
            read if read.kind is kind and _agrees(read, query) else clue
            for clue, read in zip(kept.clues, reading.clues, strict=True)
        )
        if clues != kept.clues and _leaves_any(replace(kept, clues=clues), snapshots):
            kept = replace(kept, clues=clues)
    slips = tuple(misspelt(query.text, snapshots, has_word))
    return replace(kept, clues=(*kept.clues, *slips))


def _agrees(clue: Hint, query: Query) -> bool:
    """Whether it is within the sources that the person set; dates are compared with the articles'."""
    return clue.kind is not HintKind.SOURCE or not query.sources or clue.name.casefold() in query.sources


def _leaves_any(query: Query, snapshots: Sequence[Snapshot]) -> bool:
    masks = (snapshot.allowed(query) for snapshot in snapshots)
    return any(mask is None or mask.any() for mask in masks)
