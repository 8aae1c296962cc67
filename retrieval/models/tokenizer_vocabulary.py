"""The vocabulary of a Hugging Face tokenizer."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

from corpus.lazy_pattern import lazy_pattern

_RUN = lazy_pattern(r"[0-9A-Za-z\u00c0-\u024f\u1e00-\u1eff]+|[^\W_0-9A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")
_SPACE = "▁"
"""SentencePiece's mark of the beginning of a word."""

CACHED_WORDS = 4_096
"""Words whose tokens are cached, about 1 MB: most words of a question are in many others."""


class Tokenizer(Protocol):
    """The part of a transformers tokenizer that is used."""

    @property
    def unk_token(self) -> str | None:
        """The token for unknown parts."""
        ...

    def tokenize(self, text: str) -> Sequence[str]:
        """The tokens of a text."""
        ...


class TokenizerVocabulary:
    """Decides what a model knows by how its tokenizer splits texts and words."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """`tokenizer` is a loaded tokenizer."""
        self._tokenizer = tokenizer
        self._parts = lru_cache(CACHED_WORDS)(self._parts_of)

    def knows(self, text: str) -> bool:
        """Whether the tokenizer has tokens longer than a letter for most of the text.

        Otherwise it spells the text letter by letter or leaves it out, as all-MiniLM does with Korean and
        Japanese, but with no language in the Latin alphabet.
        """
        runs = _RUN.findall(text)
        known = sum(len(run) for run in runs if self._has_parts_for(run))
        return 2 * known >= sum(map(len, runs))

    def is_word(self, word: str) -> bool:
        """Whether the word is a single token."""
        return len(self._parts(word)) == 1

    def _has_parts_for(self, run: str) -> bool:
        parts = self._parts(run)
        return self._tokenizer.unk_token not in parts and len(parts) < max(len(run), 2)

    def _parts_of(self, text: str) -> list[str]:
        return [part for part in self._tokenizer.tokenize(text) if part != _SPACE]
