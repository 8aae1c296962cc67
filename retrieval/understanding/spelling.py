"""The words of a question as articles write them: those that no article has and that are one slip away from
one that articles do have, and names in small letters."""

import math
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from string import ascii_lowercase

from retrieval.collection.collection import Searchable
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.text.analyzer import STOP_WORDS

SHORTEST = 5
"""Letters of a word that is looked at. Shorter ones are one letter from many others: of those only a common
word with two letters swapped is put right, "teh" and "waht", and "how meny"."""
SHORTEST_SWAPPED = 3
"""Letters of such a word."""
MOST = 3
"""Words of a question that no article has. More are no slips but another language, or beside the subject; no
question of NewsQA has more than two slips. Each takes a millisecond."""
FEWEST = 2
"""Passages that must have what is meant: what stands in one alone may be a slip of its own."""
LOOKED_AT = 50
"""Passages of a word's stem that are read for the word itself, as written."""

ENGLISH = 0.5
"""Share of a question's other words that are English, above which a slip is put right. Of 30 slips in NewsQA,
MultiHop-RAG and RealTimeQA the lowest share is 0.71; of 23 questions in ten other languages 19 are below."""
ENGLISH_OF_FEW, FEW_OTHERS = 1 / 3, 3
"""The same where there are at most so many other words: keywords, often names."""
LEAST_ENGLISH = 4
"""Letters of a word that is English because the model has it in one piece: it has "der", "que" and "von"."""

SHORTEST_NAME = 3
"""Letters of a name in small letters that is looked for. Shorter ones are words too: "us", "la"."""
NAMES_LOOKED_AT = 10
"""Passages of each word of a question in small letters that are read for how they write it: a tenth of a
millisecond a word."""
CAPITALS = 0.6
"""Share of a word's occurrences inside sentences that have a capital, from which it is a name: on NewsQA
"house" has 0.49 and "president" 0.46. With 0.5, 0.6, 0.75 and 0.9, of 220 questions in small letters 154,
154, 151 and 146 have the anchors that they have as they were written."""

_WORD = re.compile(r"\b[^\W\d_]+\b")


def misspelt(text: str, collections: Sequence[Searchable], is_word: Callable[[str], bool]) -> Iterator[Hint]:
    """Each such word, in order, with what is likely meant: the word that most passages have.

    `is_word` says what is a word anyhow, whether an article has it or not. Sources and authors are
    spelt as they like, and so are the words of another language.
    """
    unknown = list(_unknown(text, collections, is_word))
    slips = list(_put_right(unknown, collections)) if len(unknown) <= MOST else []
    if _is_english(text, {slip.words for slip in slips}, is_word):
        yield from slips


def has_unknown(text: str, collections: Sequence[Searchable], is_word: Callable[[str], bool]) -> bool:
    """Whether it has a word that may be a slip: no article has it, and it is none anyhow."""
    return any(_unknown(text, collections, is_word))


def _put_right(unknown: Sequence[re.Match[str]], collections: Sequence[Searchable]) -> Iterator[Hint]:
    for found in unknown:
        if not found[0].isascii():
            continue
        if len(found[0]) < SHORTEST:
            yield Hint(HintKind.SPELLING, found[0], HintUse.BOOST, name=_SWAPPED[found[0].lower()])
            continue
        # A capital says that it is a name, if not at the beginning.
        name = found[0][0].isupper() and found.start() > 0
        written = _meant(_swaps(found[0].lower()), collections, name=name)
        if written.total() < FEWEST:
            written = _meant(_slips(found[0].lower()), collections, name=name)
        if written.total() >= FEWEST:
            yield Hint(HintKind.SPELLING, found[0], HintUse.BOOST, name=written.most_common(1)[0][0])


def _meant(words: Iterable[str], collections: Sequence[Searchable], *, name: bool) -> "Counter[str]":
    """The one of the words that most passages have, as these write it."""
    return max((_written(one, collections, name=name) for one in words), key=Counter.total)


def _is_english(text: str, slips: Collection[str], is_word: Callable[[str], bool]) -> bool:
    """Whether so many of the other words are English that a slip is one of an English word."""
    others = [word.lower() for word in _WORD.findall(text) if len(word) > 1 and word not in slips]
    known = sum(word in STOP_WORDS or (len(word) >= LEAST_ENGLISH and is_word(word)) for word in others)
    return not others or known > len(others) * (ENGLISH if len(others) > FEW_OTHERS else ENGLISH_OF_FEW)


def with_capitals(text: str, collections: Sequence[Searchable], is_word: Callable[[str], bool]) -> str:
    """A text of small letters alone with its names as articles write them; any other as it is.

    A word that no article has is a name where it is no word anyhow.
    """
    return _WORD.sub(lambda found: _as_name(found[0], collections, is_word), text) if text.islower() else text


def as_typed(words: str, text: str) -> str:
    """Words of a text that capitals were given to, as they were typed there."""
    found = re.search(re.escape(words), text, re.IGNORECASE)
    return found[0] if found else words


def _as_name(word: str, collections: Sequence[Searchable], is_word: Callable[[str], bool]) -> str:
    if len(word) < SHORTEST_NAME or word in STOP_WORDS or not word.isascii():
        return word
    inside = re.compile(rf"(?<=[\w,;’] )(?i:{word})\b")
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
    named = {
        at
        for collection in collections
        for one in collection.names.mentions(text)
        for at in range(one.start, one.end)
    }
    for found in _WORD.finditer(text):
        word = found[0].lower()
        in_name = not named.isdisjoint(range(*found.span()))
        if found[0] in _SHORTENED and not in_name:
            yield found
            continue
        if len(word) < SHORTEST and (word not in _SWAPPED or not (found[0].islower() or not found.start())):
            continue
        if _ASKING.get(word) and not _ASKED_HOW.search(text, 0, found.start()):
            continue
        if not in_name and not is_word(word) and not _is_known(word, collections):
            yield found


def _is_known(word: str, collections: Sequence[Searchable]) -> bool:
    """Whether a passage has it in any form; or it is not one term, as in scripts without spaces."""
    for collection in collections:
        found = collection.occurrences(word, 0)
        if found is None or found.count:
            return True
    return False


def _written(word: str, collections: Sequence[Searchable], *, name: bool) -> "Counter[str]":
    """About how many passages have just this word, as each writes it; a name only where it has a capital."""
    first, rest = (word[0].upper(), word[1:]) if name else ("", word)
    written: Counter[str] = Counter()
    for collection in collections:
        occurring = collection.occurrences(word, LOOKED_AT)
        if occurring is None:
            continue
        for passage in occurring.first:
            if found := re.search(rf"\b{first}(?i:{rest})\b", passage.text):
                written[found[0]] += math.ceil(occurring.count / len(occurring.first))
    return written


def _slips(word: str) -> list[str]:
    """What becomes the word by one letter too many, too few, wrong or swapped with the next; the first one
    is hardly ever wrong."""
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
    for slip in _slips(word)
    if len(slip) < SHORTEST and slip not in STOP_WORDS | _SWAPPED_COMMON.keys()
}
_SHORTENED = {"abt": "about", "bcuz": "because", "cuz": "because", "ppl": "people"}
"""What people shorten in a chat, in small letters, whether an article has it or not."""
_SWAPPED = {**_ASKING, **_SWAPPED_COMMON, **_SHORTENED}
"""Common words with two neighbouring letters swapped, “many” and “much” with any slip, and shortened ones,
with what is meant."""
_ASKED_HOW = re.compile(r"\bhow $", re.IGNORECASE)
"""What stands before “many” and “much” where they ask. Elsewhere "Mary" is a name."""
