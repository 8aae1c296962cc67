"""Corrects a question's words to the articles' spelling: words that no article has but that are one slip away
from one that articles have, and names in lower case."""

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from string import ascii_lowercase

from corpus.lazy_pattern import lazy_pattern
from retrieval.collection.collection import Searchable
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.pronouns import WITHOUT_APOSTROPHE
from retrieval.text.analyzer import STOP_WORDS

SHORTEST = 5
"""Minimum letters of a misspelt word. Shorter words are one letter away from many others, so only common
words with two letters swapped are corrected ("teh", "waht"), and "how meny"."""
SHORTEST_SWAPPED = 3
"""Minimum letters of a common word that is corrected if two letters are swapped."""
MOST_UNKNOWN_WORDS = 3
"""Maximum unknown words of a question that is corrected. With more, they are another language or beside the
subject; no question of NewsQA has more than two slips. Each takes a millisecond."""
FEWEST = 2
"""Minimum passages with the corrected word: a word in only one may be misspelt itself."""
PASSAGES_READ = 50
"""Passages with a word's stem that are read to find the word itself."""

ENGLISH = 0.5
"""A slip is corrected if the share of English words among the question's other words is above this. Of 30
slips in NewsQA, MultiHop-RAG and RealTimeQA the lowest share is 0.71; of 23 questions in ten other languages
19 are below."""
ENGLISH_OF_FEW, FEW_OTHERS = 1 / 3, 3
"""The same share if there are at most so many other words: then they are keywords, often names."""
LEAST_ENGLISH = 4
"""Minimum letters of a word that counts as English because it is one token of the model: so are "der", "que"
and "von"."""

SHORTEST_NAME = 3
"""Minimum letters of a lower-case name that is looked up. Shorter ones are also words: "us", "la"."""
NAMES_LOOKED_AT = 10
"""Passages that are read for the spelling of each word in a lower-case question: a tenth of a millisecond per
word."""
CAPITALS = 0.6
"""A word is a name if at least this share of its occurrences inside sentences is capitalised: on NewsQA
"house" has 0.49 and "president" 0.46. With 0.5, 0.6, 0.75 and 0.9, 154, 154, 151 and 146 of 220 questions in
lower case get the anchors that they have in their original spelling."""

WORD = lazy_pattern(r"\b[^\W\d_]+\b")
"""A word without digits."""
_ALONE = lazy_pattern(rf"\bthe (?P<word>[^\W\d_]+)(?=\W*\Z| (?:{'|'.join(sorted(STOP_WORDS))})\b)")
"""The only word after "the", which may be an office: "who is the judge?"."""
_RUN_TOGETHER = lazy_pattern(rf"\b(?:{'|'.join(sorted(WITHOUT_APOSTROPHE))})\b", re.IGNORECASE)


def misspelt(text: str, collections: Sequence[Searchable], is_word: Callable[[str], bool]) -> Iterator[Hint]:
    """A hint for each misspelt word, in order, with the correction that most passages have.

    `is_word` tells whether a word exists, even if no article has it. Sources, authors and words of other
    languages are not corrected.
    """
    unknown = list(_unknown(text, collections, is_word))
    slips = list(_put_right(unknown, collections)) if len(unknown) <= MOST_UNKNOWN_WORDS else []
    if _is_english(text, {slip.words for slip in slips}, is_word):
        yield from slips


def has_unknown(text: str, collections: Sequence[Searchable], is_word: Callable[[str], bool]) -> bool:
    """Whether the text has a word that may be misspelt: no article has it, and it is not a word."""
    return any(_unknown(text, collections, is_word))


def _put_right(unknown: Sequence[re.Match[str]], collections: Sequence[Searchable]) -> Iterator[Hint]:
    for found in unknown:
        if not found[0].isascii():
            continue
        if len(found[0]) < SHORTEST:
            yield Hint(HintKind.SPELLING, found[0], HintUse.BOOST, name=_SWAPPED[found[0].lower()])
            continue
        # A capital shows that it is a name, except at the beginning.
        name = found[0][0].isupper() and found.start() > 0
        written = _meant(_swaps(found[0].lower()), collections, name=name)
        if written.total() < FEWEST:
            written = _meant(slips(found[0].lower()), collections, name=name)
        if written.total() >= FEWEST:
            yield Hint(HintKind.SPELLING, found[0], HintUse.BOOST, name=written.most_common(1)[0][0])


def _meant(words: Iterable[str], collections: Sequence[Searchable], *, name: bool) -> "Counter[str]":
    """The word that most passages have, counted by how they write it."""
    return max((_written(one, collections, name=name) for one in words), key=Counter.total)


def _is_english(text: str, slips: Collection[str], is_word: Callable[[str], bool]) -> bool:
    """Whether enough of the other words are English for the slips to be corrected as English words."""
    others = [word.lower() for word in WORD.findall(text) if len(word) > 1 and word not in slips]
    known = sum(word in STOP_WORDS or (len(word) >= LEAST_ENGLISH and is_word(word)) for word in others)
    return not others or known > len(others) * (ENGLISH if len(others) > FEW_OTHERS else ENGLISH_OF_FEW)


def truecased(
    text: str,
    collections: Sequence[Searchable],
    is_word: Callable[[str], bool],
    *,
    but: Collection[str] = frozenset(),
) -> str:
    """A text in lower case with its names capitalised as in articles, except for the words in `but`; any
    other text unchanged.

    A word that no article has is a name if it is not a word.
    """
    if not text.islower():
        return text
    alone = {found.start("word") for found in _ALONE.finditer(text)}

    def written(found: re.Match[str]) -> str:
        if found[0] in but:
            return found[0]
        return _as_name(found[0], collections, is_word, alone=found.start() in alone)

    return WORD.sub(written, text)


def with_apostrophes(text: str) -> str:
    """The text with the apostrophe of shortened words that were typed without it: “whats”, “didnt”."""
    return _RUN_TOGETHER.sub(lambda found: f"{found[0][:-1]}'{found[0][-1]}", text)


def as_typed(words: str, text: str) -> str:
    """The words of a capitalised text as they were originally typed in `text`."""
    found = re.search(re.escape(words), text, re.IGNORECASE)
    return found[0] if found else words


def _as_name(
    word: str, collections: Sequence[Searchable], is_word: Callable[[str], bool], *, alone: bool
) -> str:
    if len(word) < SHORTEST_NAME or word in STOP_WORDS or not word.isascii():
        return word
    # "Judge Lewis Kaplan" does not make "the judge" a name.
    follows = "(?! [A-Z])" if alone else ""
    inside = re.compile(rf"(?<=[\w,;’] )(?i:{word})\b{follows}")
    written: Counter[str] = Counter()
    unknown = True
    for collection in collections:
        occurring = collection.occurrences(word, NAMES_LOOKED_AT)
        unknown = unknown and occurring is not None and not occurring.count
        for passage in occurring.first if occurring else ():
            written.update(inside.findall(passage.text))
    names = Counter({form: count for form, count in written.items() if not form.islower()})
    if names and names.total() >= CAPITALS * written.total():
        return names.most_common(1)[0][0]
    return word.capitalize() if unknown and not is_word(word) else word


def _unknown(
    text: str, collections: Sequence[Searchable], is_word: Callable[[str], bool]
) -> Iterator[re.Match[str]]:
    named = source_and_author_places(text, collections)
    for found in WORD.finditer(text):
        word = found[0].lower()
        in_name = not named.isdisjoint(range(*found.span()))
        if found[0] in _SHORTENED and not in_name:
            yield found
            continue
        if len(word) < SHORTEST and (word not in _SWAPPED or not (found[0].islower() or not found.start())):
            continue
        if _ASKING.get(word) and not _ASKED_HOW.search(text, 0, found.start()):
            continue
        if not in_name and not is_word(word) and not is_in_articles(word, collections):
            yield found


def source_and_author_places(text: str, collections: Sequence[Searchable]) -> frozenset[int]:
    """The positions in the text that are in the name of a source or an author of the collections."""
    return frozenset(
        at
        for collection in collections
        for one in collection.names.mentions(text)
        for at in range(one.start, one.end)
    )


def is_in_articles(word: str, collections: Sequence[Searchable]) -> bool:
    """Whether a passage has the word in any inflection, or it is not a single term, as in scripts without
    spaces."""
    for collection in collections:
        found = collection.occurrences(word, 0)
        if found is None or found.count:
            return True
    return False


def _written(word: str, collections: Sequence[Searchable], *, name: bool) -> "Counter[str]":
    """An estimate of how many passages have exactly this word, by how they write it; a name only if
    capitalised, and none if articles mostly write it in small letters: "Nadal" is not a slip of "Naval"."""
    first, rest = (word[0].upper(), word[1:]) if name else ("", word)
    written: Counter[str] = Counter()
    small = 0
    for collection in collections:
        occurring = collection.occurrences(word, PASSAGES_READ)
        if occurring is None:
            continue
        for passage in occurring.first:
            if found := re.search(rf"\b{first}(?i:{rest})\b", passage.text):
                written[found[0]] += math.ceil(occurring.count / len(occurring.first))
            elif name and re.search(rf"\b{word}\b", passage.text):
                small += math.ceil(occurring.count / len(occurring.first))
    return written if written.total() >= CAPITALS * (written.total() + small) else Counter()


def slips(word: str) -> list[str]:
    """All words that differ by one letter too many, too few or wrong, or by two swapped ones; the first
    letter is kept, since it is hardly ever wrong."""
    cuts = [(word[:at], word[at:]) for at in range(1, len(word) + 1)]
    found = {left + right[1:] for left, right in cuts if right}
    found |= {left + right[1] + right[0] + right[2:] for left, right in cuts if len(right) > 1}
    found |= {left + letter + right[1:] for left, right in cuts if right for letter in ascii_lowercase}
    found |= {left + letter + right for left, right in cuts for letter in ascii_lowercase}
    return sorted(found - {word})


def _swaps(word: str) -> Iterator[str]:
    for at in range(len(word) - 1):
        yield word[:at] + word[at + 1] + word[at] + word[at + 2 :]


_COMMON = sorted(word for word in STOP_WORDS if SHORTEST_SWAPPED <= len(word) < SHORTEST)
_SWAPPED_COMMON = {slip: word for word in _COMMON for slip in _swaps(word) if slip not in STOP_WORDS}
_ASKING = {
    slip: word
    for word in ("many", "much")
    for slip in slips(word)
    if len(slip) < SHORTEST and slip not in STOP_WORDS | _SWAPPED_COMMON.keys()
}
_SHORTENED = {"abt": "about", "bcuz": "because", "cuz": "because", "ppl": "people"}
"""Lower-case abbreviations in chats, replaced even if an article has them."""
_SWAPPED = {**_ASKING, **_SWAPPED_COMMON, **_SHORTENED}
"""Corrections of short words: common words with two neighbouring letters swapped, “many” and “much” with any
slip, and abbreviations."""
_ASKED_HOW = lazy_pattern(r"\bhow $", re.IGNORECASE)
"""Precedes “many” and “much” in a question. Elsewhere "Mary" is a name."""
