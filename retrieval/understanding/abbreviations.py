"""Abbreviations that no article has, and the words that articles have in their place: UK, IAEA.

A question with such an abbreviation shares no word with the passage that answers it. Where articles have the
abbreviation itself, nothing is changed: those that introduce it have both forms.
"""

import re
from collections.abc import Iterator, Sequence

from corpus.lazy_pattern import lazy_pattern
from retrieval.collection.collection import Searchable
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.query import Query
from retrieval.text.analyzer import STOP_WORDS
from retrieval.understanding.bilingual_names import PASSAGES_READ, nearest_by_words

_LISTED = {
    "EU": ("European Union",),
    "PM": ("prime minister",),
    "UAE": ("United Arab Emirates",),
    "UK": ("United Kingdom", "Britain"),
    "UN": ("United Nations",),
    "US": ("United States",),
    "USA": ("United States",),
}
"""What the shortest abbreviations stand for, which are found in any text by chance, and those that people
type in small letters."""
FEWEST = 3
"""Minimum letters of an abbreviation that is not listed, which is found by its initials."""
_TYPED_ANYWAY = STOP_WORDS | {"pm", "un"}
"""Words of their own, which are abbreviations in small letters only after "the"."""

_WORD = lazy_pattern(r"(?<![\w.'’-])(?<!\d )[A-Za-z]{2,5}(?![\w-]|\.\w)")
_AFTER_THE = lazy_pattern(r"\bthe $", re.IGNORECASE)
_BETWEEN = r"[ -](?:(?:of|and|for|the|on|in|de) )*(?:the )?"


def abbreviations(text: str, query: Query, collections: Sequence[Searchable]) -> Iterator[Hint]:
    """A hint with the words to search for, for each abbreviation in the text that no article has."""
    for short in absent_abbreviations(text, collections):
        if words := _listed(short.upper(), collections) or _introduced(short, text, query, collections):
            yield Hint(HintKind.SPELLING, short, HintUse.BOOST, name=words)


def absent_abbreviations(text: str, collections: Sequence[Searchable]) -> Iterator[str]:
    """The abbreviations in a text that no article has."""
    shouted = text.isupper()
    named = [one for collection in collections for one in collection.names.mentions(text)]
    for found in _WORD.finditer(text):
        word = found[0]
        may_be = word.lower() not in _TYPED_ANYWAY or _AFTER_THE.search(text, 0, found.start())
        # "Un" in a name is none, though phones capitalise the first word of a text.
        first = found.start() == 0 and word.istitle()
        by_case = word.isupper() and not shouted
        listed = word.upper() in _LISTED and (by_case or (may_be and (word.islower() or first or shouted)))
        if not (listed or (word.isupper() and len(word) >= FEWEST and not shouted)):
            continue
        if any(one.start <= found.start() < one.end for one in named) or _is_written(word, collections):
            continue
        yield word


def _is_written(word: str, collections: Sequence[Searchable]) -> bool:
    """Whether articles have the abbreviation, with or without dots."""
    written = re.compile(rf"(?<!\w){'[.]?'.join(word.upper())}(?![a-z])")
    return any(
        written.search(passage.text)
        for term in (word, word[0])  # "U.S." is indexed as two words
        for collection in collections
        if (found := collection.occurrences(term, PASSAGES_READ))
        for passage in found.first
    )


def _listed(short: str, collections: Sequence[Searchable]) -> str:
    """The listed words for the abbreviation that the most passages have; empty if none has any."""
    counts = {words: _count(words, collections) for words in _LISTED.get(short, ())}
    most = max(counts, key=lambda words: counts[words], default="")
    return most if counts.get(most) else ""


def _count(words: str, collections: Sequence[Searchable]) -> int:
    """How many of the first passages with the last of the words have all of them."""
    found = (collection.occurrences(words.split()[-1], PASSAGES_READ) for collection in collections)
    lowered = words.lower()
    return sum(lowered in passage.text.lower() for one in found if one for passage in one.first)


def _introduced(short: str, text: str, query: Query, collections: Sequence[Searchable]) -> str:
    """The capitalised words with these initials in the passages that have the most of the text's words; empty
    if there are none."""
    if len(short) < FEWEST:
        return ""
    first, *others = list(short.upper())
    words = re.compile(rf"\b{first}[a-z]+" + "".join(rf"{_BETWEEN}{letter}[a-z]+" for letter in others))
    passages = (one for collection in collections for one in nearest_by_words(text, query, collection))
    return next((found[0] for passage in passages if (found := words.search(passage.text))), "")
