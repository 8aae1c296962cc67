"""Names that a corpus has in both scripts, as 리오넬 메시(Lionel Messi) and イーロン・マスク（Elon Musk）.

An article has both at the first mention, and one of the two from there on. So a question with either form is
also searched with the other one.
"""

from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from corpus.lazy_pattern import lazy_pattern
from retrieval.collection.collection import Searchable
from retrieval.collection.passage import Passage
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.query import Query
from retrieval.text.scripts import EAST

MOST_NAMES = 4
"""Maximum names of a question that are looked up; each requires reading some passages."""
PASSAGES_READ = 50
"""Passages with a name that are read to find its other form."""
SHORTEST_EAST = 3
"""Minimum characters of a Korean or Japanese name: 메시 is part of the word for message."""

_LATIN = r"[A-Z][A-Za-zÀ-ÿ.'’-]*(?: [A-Za-zÀ-ÿ][A-Za-zÀ-ÿ.'’-]*){0,4}"
_NAMED = lazy_pattern(r"[A-Z][A-Za-zÀ-ÿ'’-]+(?: [A-Z][A-Za-zÀ-ÿ.'’-]+)*")
_PAIR = lazy_pattern(
    r"(?P<east>[가-힣]+(?: [가-힣]+){0,4}|[ァ-ヴー・＝一-龥々]{2,30})\s?"
    r"[(（]\s?(?:[^()（）]{0,20}[：:、,]\s?)?"
    rf"(?P<latin>{_LATIN})\s?(?:[、,;；][^()（）]{{0,60}})?[)）]"
)
"""A name followed by its form in the other script in brackets."""
_PARTS = lazy_pattern(r"[ ・＝]")
_COMMON = ("니다", "했다", "の")
"""Strings in any Korean or Japanese text that are each one term of the index."""


def bilingual_names(text: str, query: Query, collections: Sequence[Searchable]) -> Iterator[Hint]:
    """For each name in the text that the corpus has in both scripts, a hint with the words to search for."""
    eastern = [one for one in collections if _is_eastern(one)]
    if not eastern:
        return
    for found in list(_NAMED.finditer(text))[:MOST_NAMES]:
        name = found[0]
        pairs = _pairs(_having(name.split()[-1], eastern))
        other = next(filter(None, (_other(name, latin, east) for east, latin in pairs)), "")
        if other:
            # Korean and Japanese passages have that form; for an English question, either may be in a
            # passage.
            meant = other if EAST.search(text) else f"{name} {other}"
            yield Hint(HintKind.SPELLING, name, HintUse.BOOST, name=meant)
    if not EAST.search(text):
        return
    near = (passage for one in eastern for passage in nearest_by_words(text, query, one))
    for east, latin in list(dict.fromkeys(_pairs(near)))[:MOST_NAMES]:
        if len(east) >= SHORTEST_EAST and east in text and _stands_alone(latin, east, collections):
            yield Hint(HintKind.SPELLING, east, HintUse.BOOST, name=f"{east} {latin}")


def _is_eastern(collection: Searchable) -> bool:
    counts = (collection.occurrences(term, 0) for term in _COMMON)
    return any(found and found.count for found in counts)


def _having(word: str, collections: Iterable[Searchable]) -> Iterator[Passage]:
    for one in collections:
        if found := one.occurrences(word, PASSAGES_READ):
            yield from found.first


def nearest_by_words(text: str, query: Query, collection: Searchable) -> list[Passage]:
    """The passages within the query's filters that share the most words with a text."""
    found = collection.candidates(query.reworded(text), None)
    best = np.argsort(-found.words, kind="stable")[:PASSAGES_READ]
    return [collection.passage(int(number)) for number in found.numbers[best]]


def _pairs(passages: Iterable[Passage]) -> Iterator[tuple[str, str]]:
    """Pairs of a name's two forms (eastern, Latin); the eastern one has at most as many words as the Latin
    one."""
    for passage in passages:
        for found in _PAIR.finditer(passage.text):
            latin = found["latin"].strip()
            east = found["east"].strip("・＝")
            if " " in east:
                east = " ".join(east.split()[-len(latin.split()) :])
            yield east, latin


def _other(name: str, latin: str, east: str) -> str:
    """The eastern form of `name`, which may be part of the Latin form if the parts of both correspond; empty
    if there is none."""
    if name == latin:
        return east
    said, whole, parts = name.split(), latin.split(), _PARTS.split(east)
    if len(whole) != len(parts):
        return east if name in latin and len(said) > 1 else ""
    for at in range(len(whole) - len(said) + 1):
        if whole[at : at + len(said)] == said:
            between = "・" if "・" in east else " "
            return between.join(parts[at : at + len(said)])
    return ""


def _stands_alone(latin: str, east: str, collections: Iterable[Searchable]) -> bool:
    """Whether a passage has the Latin form without the eastern one."""
    having = (one for one in _having(latin.split()[-1], collections) if latin in one.text)
    return any(east not in passage.text for passage in having)
