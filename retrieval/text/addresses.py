"""Web addresses in a text."""

import re

from corpus.lazy_pattern import lazy_pattern

ADDRESS = lazy_pattern(r"<?\bhttps?://[^\s<>\"“”「」]+>?", re.IGNORECASE)
"""An address with its scheme, as it occurs among words."""


def without_addresses(text: str) -> str:
    """The text without addresses; unchanged if it has nothing else."""
    if not ADDRESS.search(text):
        return text
    words = " ".join(ADDRESS.sub(" ", text).split())
    return words if any(letter.isalnum() for letter in words) else text
