"""Windows of a paragraph for training: they overlap, so that an answer occurs at different positions."""

from collections.abc import Sequence

from retrieval.text.sentences import Span

WINDOW = 420
"""The most characters of a window, unless one sentence is longer."""


def overlapping(sentences: Sequence[Span]) -> list[Span]:
    """Spans of whole sentences, each as long as WINDOW allows; each begins half a window after the one
    before."""
    found: list[Span] = []
    first = 0
    while first < len(sentences):
        start = sentences[first][0]
        last = first
        while last + 1 < len(sentences) and sentences[last + 1][1] - start <= WINDOW:
            last += 1
        found.append((start, sentences[last][1]))
        if last + 1 >= len(sentences):
            break
        halves = (at for at in range(first + 1, last + 1) if sentences[at][0] - start >= WINDOW // 2)
        first = next(halves, last + 1)
    return found
