"""Passages and readers of which a test names what they are about."""

from collections.abc import Sequence

from retrieval.collection.passage import Passage
from retrieval.reading.reader import Reading
from tests.retrieval.snapshots import article


def passage(text: str, start: int = 0, end: int | None = None) -> Passage:
    """A passage of an article that has this text."""
    return Passage(article("a", text), start, len(text) if end is None else end)


class GivenReadings:
    """Gives these readings, one after another also in several calls, and remembers what it was asked."""

    def __init__(self, readings: Sequence[Reading], *, fitted: bool = False) -> None:
        self.readings, self.fitted = readings, fitted
        self.asked: list[tuple[str, list[str]]] = []

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        given = sum(len(texts) for asked, texts in self.asked if asked == question)
        self.asked.append((question, [one.text for one in passages]))
        return list(self.readings[given : given + len(passages)])
