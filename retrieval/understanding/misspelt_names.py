"""Corrects a misspelt word of a name by the word beside it: “barak obama” is Barack Obama, as articles have
that name, even though Barak is a name as well."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from retrieval.collection.collection import Searchable
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.text.analyzer import STOP_WORDS
from retrieval.understanding.spelling import WORD, is_in_articles, slips, source_and_author_places

SHORTEST = 4
"""Minimum letters of a misspelt word of a name. Shorter ones are one letter away from many others."""
SHORTEST_BESIDE = 3
"""Minimum letters of the word beside it."""
FEWEST = 2
"""Minimum passages with the corrected name if articles have the word as well, for somebody else. One is
enough if no article has it."""
ENDINGS = ("s", "n")
"""Endings by which a word is not misspelt but inflected: "Islands", "Botswanan"."""
PASSAGES_READ = 50
"""Passages with a word that are read for the word beside it. A word in more of them is not corrected, since
then it can't be known that no article has it beside that word."""


def misspelt_names(text: str, collections: Sequence[Searchable]) -> Iterator[Hint]:
    """A hint for each word that no article has beside its neighbour in the text, if it is one slip away from
    a capitalised word that articles have there.

    Only capitalised words of the text are looked at, or all if it is in lower case. Words that articles write
    in lower case, and words of sources and authors are not corrected.
    """
    for word, beside in _pairs(text, collections):
        lower = word[0].lower()
        written = Counter[str]()
        for slip in slips(lower):
            if not any(lower == slip + ending or slip == lower + ending for ending in ENDINGS):
                written += _written_beside(slip, beside, collections)
        fewest = FEWEST if is_in_articles(lower, collections) else 1
        for name, count in written.most_common(1):
            if count >= fewest:
                yield Hint(HintKind.SPELLING, word[0], HintUse.BOOST, name=name)


def has_unknown_name(text: str, collections: Sequence[Searchable]) -> bool:
    """Whether the text has a word that may be misspelt: no article has it beside its neighbour."""
    return any(_pairs(text, collections))


def _pairs(
    text: str, collections: Sequence[Searchable]
) -> Iterator[tuple[re.Match[str], list[re.Pattern[str]]]]:
    """Each word that may be misspelt, and patterns for another word in its place beside its neighbours."""
    names = [
        found
        for found in WORD.finditer(text)
        if found[0].isascii()
        and found[0].lower() not in STOP_WORDS
        and (text.islower() or found[0][0].isupper())
    ]
    cited = source_and_author_places(text, collections)
    for at, found in enumerate(names):
        if len(found[0]) < SHORTEST or not cited.isdisjoint(range(*found.span())):
            continue
        beside = [
            one
            for one in names[max(at - 1, 0) : at + 2]
            if one is not found and len(one[0]) >= SHORTEST_BESIDE and _apart(one, found) == 1
        ]
        patterns = [_beside(one[0], before=one.start() < found.start()) for one in beside]
        if patterns and not _is_right(found[0].lower(), patterns, collections):
            yield found, patterns


def _apart(one: re.Match[str], other: re.Match[str]) -> int:
    return max(one.start(), other.start()) - min(one.end(), other.end())


def _beside(neighbour: str, *, before: bool) -> re.Pattern[str]:
    """A capitalised word that stands beside this one, of which it captures the word."""
    word, name = rf"(?i:{neighbour})", r"([A-Z][^\W\d_]+)"
    return re.compile(rf"\b{word} {name}\b" if before else rf"\b{name} {word}\b")


def _is_right(word: str, beside: Sequence[re.Pattern[str]], collections: Sequence[Searchable]) -> bool:
    """Whether articles have the word beside one of its neighbours or in lower case, or too many have it for
    knowing that."""
    for collection in collections:
        occurring = collection.occurrences(word, PASSAGES_READ)
        if occurring is None or occurring.count > PASSAGES_READ:
            return True
        for passage in occurring.first:
            said = {found.lower() for one in beside for found in one.findall(passage.text)}
            if word in said or re.search(rf"\b{word}\b", passage.text):
                return True
    return False


def _written_beside(
    word: str, beside: Sequence[re.Pattern[str]], collections: Sequence[Searchable]
) -> "Counter[str]":
    """In how many passages the word stands beside one of the neighbours, by how it is written."""
    written: Counter[str] = Counter()
    for collection in collections:
        occurring = collection.occurrences(word, PASSAGES_READ)
        for passage in occurring.first if occurring else ():
            names = {found for one in beside for found in one.findall(passage.text)}
            written.update(found for found in names if found.lower() == word)
    return written
