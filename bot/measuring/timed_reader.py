"""Measures the time of a reader."""

from collections.abc import Sequence

from bot.measuring.meter import Meter, Timed, timed
from retrieval.collection.passage import Passage
from retrieval.reading.reader import Reader, Reading


class TimedReader:
    """Passes everything to a reader, and records its time."""

    def __init__(self, reader: Reader, meter: Meter) -> None:
        """Nothing is read yet."""
        self._reader = reader
        self._meter = meter

    @property
    def fitted(self) -> bool:
        """As `Reader`."""
        return self._reader.fitted

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """As `Reader`."""
        with timed(self._meter, Timed.READING):
            return self._reader.read(question, passages)
