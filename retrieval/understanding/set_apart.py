"""Words set apart before or after a question, which are no part of it: whom it is addressed to ("Jarvis, who
…"), and shouts ("URGENT: who …", "who …? GRR").

Courtesies are known by their words (`retrieval.question.courtesies`). These may be any words, so the articles
tell: a word that none of them has can't be the subject if the question has another one, and a word in
capitals that they only write in small letters is no name.
"""

import re
from collections.abc import Callable, Sequence

from corpus.lazy_pattern import lazy_pattern
from retrieval.collection.collection import Searchable
from retrieval.question.anchors import AnchorKind, anchors
from retrieval.question.context import Dependence, dependence, opens_clause
from retrieval.text.analyzer import STOP_WORDS
from retrieval.understanding.spelling import truecased

PASSAGES_READ = 10
"""Passages with a word that are read for how they write it, as for names in lower case."""
FEWEST = 2
"""Minimum occurrences in small letters, and none in capitals, of a word that is in capitals for emphasis."""

_WORD = r"[^\W\d_][\w'’-]{0,30}"
_SEVERAL = rf"(?P<words>{_WORD}(?: {_WORD}){{0,2}})"
_BEFORE = lazy_pattern(
    rf"{_SEVERAL}(?: ?[,:;!.…]+ | [-–—]+ )(?=\w)"
    r"|(?P<shout>[A-Z]{3,30}(?: [A-Z]{3,30})?) (?=(?:who|whose|what|when|where|which|why|how)\b)"
)
"""Words before a mark, or in capitals directly before a question word."""
_AFTER = lazy_pattern(rf"(?<=[?!.;…]) {_SEVERAL}[\s!?.…]*\Z")
"""Words after the end of a sentence. Those after a comma may be a place."""
_SHOUTED = lazy_pattern(r"\b[A-Z]{3,}\b")


def has_set_apart(text: str) -> bool:
    """Whether words stand before or after a question that the articles may show to be no part of it."""
    return bool(_BEFORE.match(text) or _AFTER.search(text))


def without_set_apart(text: str, collections: Sequence[Searchable], is_word: Callable[[str], bool]) -> str:
    """The question without words set apart from it that no article has, and with those in small letters that
    are in capitals only for emphasis; the text itself if the rest is no complete question that names
    something."""
    for found in (_BEFORE.match(text), _AFTER.search(text)):
        if not found:
            continue
        said = found[found.lastgroup or 0]
        rest = f"{text[: found.start()]}{text[found.end() :]}".strip()
        if not _is_complete(truecased(rest, collections, is_word)):
            continue
        if all(_is_absent(word, collections) for word in said.split()):
            return rest
        return text.replace(said, _SHOUTED.sub(lambda word: _calm(word[0], collections), said), 1)
    return text


def _is_complete(question: str) -> bool:
    """Whether a question names something, and depends on nothing else."""
    named = any(one.kind in (AnchorKind.NAME, AnchorKind.QUOTED) for one in anchors(question))
    return named and opens_clause(question) and dependence(question) is Dependence.NONE


def _is_absent(word: str, collections: Sequence[Searchable]) -> bool:
    if word.lower() in STOP_WORDS:
        return False
    found = [collection.occurrences(word, 0) for collection in collections]
    return all(one is not None and not one.count for one in found)


def _calm(word: str, collections: Sequence[Searchable]) -> str:
    """A word in capitals as the articles write it, if that is always in small letters."""
    small = word.lower()
    texts = [
        passage.text
        for collection in collections
        if (occurring := collection.occurrences(word, PASSAGES_READ))
        for passage in occurring.first
    ]
    written = [one for text in texts for one in re.findall(rf"(?<=[\w,;’] ){small}\b", text, re.IGNORECASE)]
    return small if len(written) >= FEWEST and all(map(str.islower, written)) else word
