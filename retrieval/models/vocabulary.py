"""Which languages and words a model was taught: the seam, and one that takes everything for known."""

from typing import Protocol


class Vocabulary(Protocol):
    """What is asked about a model's languages and words, apart from embedding."""

    def knows(self, text: str) -> bool:
        """Whether the model can be expected to understand the text's language."""
        ...

    def is_word(self, word: str) -> bool:
        """Whether the model was taught this word as a whole: then it is no slip of another."""
        ...


class AnyVocabulary:
    """Knows every text, and takes every word for one: goes with `HashEmbedder`."""

    def knows(self, text: str) -> bool:
        """Any text but the empty one."""
        return bool(text)

    def is_word(self, word: str) -> bool:
        """Any word but the empty one."""
        return bool(word)
