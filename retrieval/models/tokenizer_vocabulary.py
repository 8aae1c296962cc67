"""The vocabulary of a Hugging Face tokenizer."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Protocol

_RUN = re.compile(r"[0-9A-Za-z\u00c0-\u024f\u1e00-\u1eff]+|[^\W_0-9A-Za-z\u00c0-\u024f\u1e00-\u1eff]+")
_SPACE = "▁"
"""What SentencePiece puts where a word begins."""

KEPT = 4_096
"""Words whose parts are remembered, about 1 MB: most words of a question are in many others."""


class Tokenizer(Protocol):
    """What is used of a tokenizer of the transformers library."""

    @property
    def unk_token(self) -> str | None:
        """What stands for a part that it has not."""
        ...

    def tokenize(self, text: str) -> Sequence[str]:
        """The parts of a text."""
        ...


class TokenizerVocabulary:
    """Judges texts and words by the parts that a tokenizer makes of them."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """Take a loaded tokenizer."""
        self._tokenizer = tokenizer
        self._parts = lru_cache(KEPT)(self._parts_of)

    def knows(self, text: str) -> bool:
        """Whether the tokenizer has words or parts of words for most of the text.

        What it has none for it spells out, letter by letter, or leaves out: all-MiniLM does so with Korean
        and Japanese, and with no language in the Latin alphabet.
        """
        runs = _RUN.findall(text)
        known = sum(len(run) for run in runs if self._has_parts_for(run))
        return 2 * known >= sum(map(len, runs))

    def is_word(self, word: str) -> bool:
        """Whether the tokenizer has it in one piece."""
        return len(self._parts(word)) == 1

    def _has_parts_for(self, run: str) -> bool:
        parts = self._parts(run)
        return self._tokenizer.unk_token not in parts and len(parts) < max(len(run), 2)

    def _parts_of(self, text: str) -> list[str]:
        return [part for part in self._tokenizer.tokenize(text) if part != _SPACE]
