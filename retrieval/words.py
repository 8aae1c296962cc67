"""The terms of a text, for the lexical index and for marking sentences.

Words in alphabets are lower-cased and stemmed; scripts that are written without spaces (and Korean, whose
endings stick to its words) become pairs of characters, which need no dictionary.
"""

import re
import sys
import unicodedata
from collections.abc import Iterator

import Stemmer

_RUN = re.compile(
    r"(?P<han>[\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)"
    r"|(?P<hangul>[\uac00-\ud7af]+)"
    r"|(?P<word>[^\W_\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\uac00-\ud7af\U00020000-\U0003ffff]+)"
)
_APOSTROPHE = re.compile(r"(?<=\w)['’](?=\w)")

STOP_WORDS = frozenset(
    (
        "a about after all also an and any are as at be been before but by can could did do does doing "
        "for from had has have he her him his how i if in into is it its just many me more most much my "
        "no not of on or our out over say says said she should so some than that the their them then "
        "there these they this those to under up us was we were what when where which while who whom "
        "whose why will with would you your"
    ).split()
)
"""English words that say nothing about a subject. They are searched like others (their weight is near
nothing); they are only left out where the *share* of a question's words is asked for."""

STEMS_KEPT = 500_000
"""Words whose stem is remembered, about 60 MB; a corpus of 40 million characters has 300,000."""


class Words:
    """Turns text into terms. One object for one thread at a time: it remembers stems.

    Equal terms are one object, which is what makes the terms of a large corpus fit in memory.
    """

    def __init__(self) -> None:
        self._stemmer = Stemmer.Stemmer("english", 0)
        self._stems: dict[str, str] = {}

    def terms(self, text: str) -> list[str]:
        """The terms in order, with repetitions."""
        return list(self._terms(text))

    def telling_terms(self, text: str) -> list[str]:
        """The different terms that say something about a subject, in order; all terms where none do."""
        plain = unicodedata.normalize("NFKC", text).lower()
        kept = [found[0] for found in re.finditer(r"[^\W_]+", plain) if found[0] not in STOP_WORDS]
        return list(dict.fromkeys(self._terms(" ".join(kept) if kept else text)))

    def _terms(self, text: str) -> Iterator[str]:
        plain = _APOSTROPHE.sub(" ", unicodedata.normalize("NFKC", text).lower())
        for found in _RUN.finditer(plain):
            run = found[0]
            if found.lastgroup == "word":
                yield self._stem(run)
            elif len(run) == 1:
                yield run
            else:
                yield from (sys.intern(run[at : at + 2]) for at in range(len(run) - 1))

    def _stem(self, word: str) -> str:
        stem = self._stems.get(word)
        if stem is None:
            if len(self._stems) >= STEMS_KEPT:
                self._stems.clear()
            stem = self._stems[word] = sys.intern(self._stemmer.stemWord(word))
        return stem
