"""The interface for which languages and words a model knows, and an implementation that knows everything."""

from typing import Protocol


class Vocabulary(Protocol):
    """Tells which languages and words a model knows."""

    def knows(self, text: str) -> bool:
        """Whether the model can be expected to understand the text's language."""
        ...

    def is_word(self, word: str) -> bool:
        """Whether the word as a whole is in the model's vocabulary, so it is no misspelling of another."""
        ...


class AnyVocabulary:
    """Knows every text and word; used with `HashEmbedder`."""

    def knows(self, text: str) -> bool:
        """True for any text but the empty one."""
        return bool(text)

    def is_word(self, word: str) -> bool:
        """True for any word but the empty one."""
        return bool(word)
