"""Addresses of pages in a text."""

import re

ADDRESS = re.compile(r"<?\bhttps?://[^\s<>\"“”「」]+>?", re.IGNORECASE)
"""An address with its scheme, as people and chats write it among words."""


def without_addresses(text: str) -> str:
    """The words around the addresses of a text; the text where it has no others."""
    if not ADDRESS.search(text):
        return text
    words = " ".join(ADDRESS.sub(" ", text).split())
    return words if any(letter.isalnum() for letter in words) else text
