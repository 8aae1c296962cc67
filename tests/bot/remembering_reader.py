"""The packaged reader, loaded once for all tests, which remembers what it has read.

Nine tenths of what a question costs is reading, and the tests ask the same few questions hundreds of times. A
reading is the same whatever is read beside it: what is remembered is what would be read.
"""

from collections.abc import Sequence
from functools import cache

from retrieval.collection.passage import Passage
from retrieval.reading.onnx_reader import OnnxReader
from retrieval.reading.packaged_reader import packaged_reader
from retrieval.reading.reader import Reading

ROOM = 20_000
"""Readings that are kept, of a few kilobytes each with their keys."""


class RememberingReader:
    """Reads each passage once with each question."""

    def __init__(self, reader: OnnxReader) -> None:
        """Nothing is read yet."""
        self.fitted = reader.fitted
        self._reader = reader
        self._read: dict[tuple[object, ...], Reading] = {}

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """A reading for each passage, in their order."""
        keys = [(question, *key_of(one)) for one in passages]
        known = {key: self._read[key] for key in keys if key in self._read}
        new = {key: one for key, one in zip(keys, passages, strict=True) if key not in known}
        known.update(zip(new, self._reader.read(question, list(new.values())), strict=True))
        if len(self._read) > ROOM:
            self._read.clear()
        self._read.update(known)
        return [known[key] for key in keys]


def key_of(passage: Passage) -> tuple[object, ...]:
    """All that a reader sees of a passage."""
    article = passage.article
    return article.title, article.text, article.language, passage.start, passage.end


@cache
def remembering_reader() -> RememberingReader:
    """The one of this process."""
    return RememberingReader(packaged_reader())
