"""The subject of a list or of the newest articles, and the forms under which articles may have it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.lazy_pattern import lazy_pattern
from retrieval.question.context import content_words
from retrieval.text import korean

SHORTEST_NEAR = 4
"""Minimum letters of a word that is also looked for with other accents."""
SHORTEST_DOUBLED = 6
"""The same with a letter doubled or not. Shorter names that differ by this are others: "Anna" and "Ana"."""
_MARKS = "\u0301\u0300\u0302\u0308\u0303\u0327\u030c\u030a\u0306"
"""The commonest accents of Latin letters, as combining marks."""
_APART = lazy_pattern(r",\s*(?:and\s+)?|\s+(?:and|&|v|vs|versus)\.?\s+|、|(?<=\S)(?:와|과)\s+", re.IGNORECASE)
"""Separators of two subjects that are both needed: "Toyota and Honda", "Epic v. Google"."""
_EITHER = lazy_pattern(r"\s+or\s+|\s*(?:또는|이나|または|か)\s+", re.IGNORECASE)
"""Separators of two subjects of which one is enough."""
_CAPITALS = lazy_pattern(r"(?<![\w.])[A-Z]{2,5}(?![\w.])")
_DOTTED = lazy_pattern(r"(?<![\w.])(?:[A-Z]\.){1,4}[A-Z](?:\.|(?!\w))")
_QUOTED = lazy_pattern(r"[\"“‘'「『](.+)[\"”’'」』]")
_OWNING = lazy_pattern(r"(?<=\w)['’]s?\Z")
_ARTICLE = lazy_pattern(r"\A(?:(?:both|either|the|an?|any) )+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Topic:
    """A subject in a request's words."""

    subject: str

    @property
    def phrase(self) -> str:
        """The subject without quotation marks around it or an article (the, a) before it."""
        quoted = _QUOTED.fullmatch(self.subject.strip())
        return quoted[1].strip() if quoted else _ARTICLE.sub("", self.subject.strip(), count=1)

    @property
    def is_exact(self) -> bool:
        """Whether it is in quotation marks, and only meant as it is written."""
        return _QUOTED.fullmatch(self.subject.strip()) is not None

    @property
    def is_name(self) -> bool:
        """Whether it is one name of several words, which mean nothing by themselves."""
        words = [word for word in self.phrase.split() if word[:1].isalpha()]
        return len(self.both) < 2 and len(words) > 1 and all(word[:1].isupper() for word in words)

    @property
    def spellings(self) -> list[str]:
        """The phrase, and the same with its abbreviations spelt with full stops, or without: "NFL" and
        "N.F.L." are different words to a search."""
        dotted = _CAPITALS.sub(lambda found: "".join(f"{letter}." for letter in found[0]), self.phrase)
        plain = _DOTTED.sub(lambda found: found[0].replace(".", ""), self.phrase)
        return list(dict.fromkeys((self.phrase, dotted, plain)))

    @property
    def either(self) -> list["Topic"]:
        """The subjects of which one is enough; itself if there are no others."""
        return [Topic(part) for part in _EITHER.split(self.phrase) if part.strip()]

    @property
    def both(self) -> list["Topic"]:
        """The subjects that are needed together; itself if there are no others."""
        return [Topic(part) for part in _APART.split(self.phrase) if part.strip()]

    @property
    def words(self) -> list[str]:
        """Its content words, without repetitions and without "'s"."""
        words = content_words(korean.subject(self.phrase))
        return list(dict.fromkeys(_OWNING.sub("", word) for word in words))


def accented(word: str) -> Iterator[str]:
    """The word without accents, or with another accent on one letter: "Beyonce" and "Beyoncé"."""
    if len(word) < SHORTEST_NEAR or not word[:1].isalpha():
        return
    plain = "".join(
        letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter)
    )
    if not plain.isascii():
        return
    composed = (
        f"{plain[:at]}{unicodedata.normalize('NFC', letter + mark)}{plain[at + 1 :]}"
        for at, letter in enumerate(plain)
        for mark in _MARKS
    )
    yield from (one for one in (plain, *composed) if len(one) == len(plain) and one != word)


def doubled(word: str) -> Iterator[str]:
    """The word with one letter doubled or no longer doubled: "Zelensky" and "Zelenskyy"."""
    if len(word) < SHORTEST_DOUBLED or not word.isalpha() or not word.isascii():
        return
    for at in range(1, len(word)):
        if word[at] == word[at - 1]:
            yield word[:at] + word[at + 1 :]
        else:
            yield word[: at + 1] + word[at:]
