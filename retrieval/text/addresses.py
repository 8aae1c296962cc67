"""Web addresses in a text, also in links of Slack (`<ADDRESS|label>`) and Markdown (`[label](ADDRESS)`)."""

import re
from collections.abc import Iterator

from corpus.lazy_pattern import lazy_pattern

_ADDRESS = r"\bhttps?://[^\s<>\"“”「」]+"
_LINK = lazy_pattern(
    r"<(?P<slack>https?://[^\s<>|]+)\|(?P<shown>[^<>]{0,300})>"
    r"|\[(?P<label>[^\[\]]{0,300})\]\((?P<markdown>https?://[^\s<>]+?)\)(?!\))"
    rf"|<?(?P<bare>{_ADDRESS})>?",
    re.IGNORECASE,
)
_BEHIND = ".,;:!?)]}'\"”’»"
"""Characters after an address that are not part of it."""


def addresses(text: str) -> Iterator[str]:
    """The addresses with their scheme that are among words, in order."""
    for found in _LINK.finditer(text):
        yield found["slack"] or found["markdown"] or found["bare"].rstrip(_BEHIND)


def without_links(text: str) -> str:
    """The text without addresses and the labels of links."""
    return _LINK.sub(lambda found: f" {_after(found)}", text)


def without_addresses(text: str) -> str:
    """The text without addresses, but with the labels of links; unchanged if it has nothing else."""
    if not _LINK.search(text):
        return text
    shown = _LINK.sub(lambda found: f" {found['shown'] or found['label'] or ''} ".strip() or " ", text)
    words = " ".join(shown.split())
    return words if any(letter.isalnum() for letter in words) else text


def _after(found: re.Match[str]) -> str:
    bare = found["bare"] or ""
    return bare[len(bare.rstrip(_BEHIND)) :]
