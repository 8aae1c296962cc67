"""The same words in two articles: agency reports that several outlets carry."""

import re
from functools import lru_cache

from retrieval.collection.passage import Passage

SHINGLE = 5
"""Words; runs of five are shared by copies and hardly by others. A text of fewer words is one run."""
CONTAINMENT = 0.8
"""Share of the shorter passage's runs that the longer one must hold. Copies of one report have a median
of 0.77 over whole articles and near 1 over a passage; unrelated texts reached 0.27."""

_WORD = re.compile(r"\w+")


def same_words(first: Passage, second: Passage) -> bool:
    """Whether two passages of different articles are copies of one text."""
    if _key(first) == _key(second):
        return False
    one, other = _shingles(first.text), _shingles(second.text)
    return bool(one and other) and len(one & other) >= CONTAINMENT * min(len(one), len(other))


def _key(passage: Passage) -> tuple[str, str]:
    return passage.article.collection, passage.article.id


@lru_cache(maxsize=256)
def _shingles(text: str) -> frozenset[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    runs = range(max(len(words) - SHINGLE + 1, min(len(words), 1)))
    return frozenset(tuple(words[at : at + SHINGLE]) for at in runs)
