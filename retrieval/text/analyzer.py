"""Turns texts into terms, for BM25 and for features of sentences.

Words in alphabets are lower-cased and stemmed. Scripts without spaces, and Korean, whose endings are attached
to words, become pairs of characters, which needs no dictionary. Analysers with a dictionary were measured and
add little (`docs/languages.md`).
"""

import sys
import threading
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

import Stemmer

from corpus.lazy_pattern import lazy_pattern
from retrieval.text import korean

_HAN = r"\u3005-\u3007\u3040-\u30fa\u30fc-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
"""Chinese characters and kana, without the dot between names (・)."""
_HANGUL = r"\uac00-\ud7af"
_HIRAGANA = lazy_pattern(r"[\u3041-\u309f]")
_RUN = lazy_pattern(rf"(?P<han>[{_HAN}]+)|(?P<hangul>[{_HANGUL}]+)|(?P<word>[^\W_{_HAN}{_HANGUL}]+)")
_UNSPACED = lazy_pattern(rf"[{_HAN}{_HANGUL}]")
WORD = lazy_pattern(r"[^\W_]+")
"""A run of letters and digits of any script."""
_APOSTROPHE = lazy_pattern(r"(?<=\w)['’](?=\w)")

STOP_WORDS = frozenset(
    (
        "a about after all also an and any are as at be been before but by can could did do does doing "
        "for from had has have he her him his how i if in into is it its just many me more most much my "
        "no not of on or our out over say says said she should so some than that the their them then "
        "there these they this those to under up us was we were what when where which while who whom "
        "whose why will with would you your"
    ).split()
)
"""English words that say nothing about a subject. They are searched like others, with a weight near zero, and
only left out where a *share* of the question's words is computed."""

STEMS_KEPT = 500_000
"""Maximum cached stems, about 60 MB; a corpus of 40 million characters has 300,000 words."""
TITLES_KEPT = 2_000
"""Maximum cached titles, 2 MB: each part of a question needs the terms of thirty titles, and the parts find
the same articles."""


class Analyzer:
    """Turns text into terms; thread-safe. Caches stems.

    Equal terms are the same object, so that the terms of a large corpus fit in memory.
    """

    def __init__(self) -> None:
        self._stemmer = Stemmer.Stemmer("english", 0)
        self._stems: dict[str, str] = {}
        self.title_terms = lru_cache(TITLES_KEPT)(self._title_terms)
        """The distinct terms of a title."""
        self._one = threading.Lock()
        """Guards the stemmer, which is not thread-safe."""

    def terms(self, text: str) -> list[str]:
        """The terms in order, with repetitions."""
        if text.isascii():  # a faster path with the same result, in a third of the time
            return [self._stem(word) for word in WORD.findall(text.lower())]
        return list(self._terms(text))

    def _title_terms(self, title: str) -> frozenset[str]:
        return frozenset(self.terms(title))

    def question_terms(self, question: str) -> list[str]:
        """The terms with which a question is searched, in order, with repetitions.

        Korean question words are left out, unless there is nothing else.
        """
        return self.terms(korean.subject(_plain(question))) or self.terms(question)

    def content_terms(self, question: str) -> list[str]:
        """The distinct content terms, in order; all terms if there are none.

        A single letter of hiragana is not one: in a corpus of several languages it has weight, since most
        articles have none, but every Japanese article has it.
        """
        plain = korean.subject(_plain(question))
        kept = [found[0] for found in WORD.finditer(plain) if found[0] not in STOP_WORDS]
        terms = list(dict.fromkeys(self._terms(" ".join(kept)) if kept else self.question_terms(question)))
        return [term for term in terms if not _HIRAGANA.fullmatch(term)] or terms

    def _terms(self, text: str) -> Iterator[str]:
        plain = _APOSTROPHE.sub(" ", _plain(text))
        for found in _RUN.finditer(plain):
            run = found[0]
            if found.lastgroup == "word":
                yield self._stem(run)
                if run.isdecimal():
                    yield from _counted(plain, *found.span())
            elif len(run) == 1:
                yield run
            else:
                yield from (sys.intern(run[at : at + 2]) for at in range(len(run) - 1))
                if found.lastgroup == "han":
                    yield from map(sys.intern, run)

    def _stem(self, word: str) -> str:
        stem = self._stems.get(word)
        if stem is None:
            with self._one:
                if len(self._stems) >= STEMS_KEPT:
                    self._stems.clear()
                stem = self._stems[word] = sys.intern(self._stemmer.stemWord(word))
        return stem


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).lower()


def _counted(text: str, start: int, end: int) -> Iterator[str]:
    """A number together with its counter, the character before or after it in a script without spaces.

    "18" is on many pages, "18世" and "第18" on few.
    """
    for before, after in ((start - 1, end), (start, end + 1)):
        piece = text[max(before, 0) : after]
        if len(piece) > end - start and _UNSPACED.match(piece[0 if before < start else -1]):
            yield sys.intern(piece)
