"""The rows in a JSON value: a list of articles, one article, or either of them inside something else."""

import json
from collections.abc import Collection, Iterator, Mapping

from corpus.readers.documents.ninjs import is_ninjs
from corpus.readers.parsing.reading_options import UNSAID, ReadingOptions
from corpus.readers.rows.field_names import has_text, has_whole_text, unwrapped

DEEPEST = 4
"""Objects and lists above the articles; interfaces for news have three (`response`, `results`, `fields`)."""


class Rows:
    """The articles of a value, each with its number in it, from 1."""

    def __init__(self, value: object, options: ReadingOptions = UNSAID) -> None:
        """Of the value of a whole file; it is changed by `without`."""
        self._options = options
        self._whole = value
        self._list = self._find(value, 0)

    @property
    def found(self) -> bool:
        """Whether there is any list of articles, or an article."""
        return bool(self._list)

    def __iter__(self) -> Iterator[tuple[int, Mapping[str, object] | None]]:
        """Each row, or None for an item that is no object."""
        if self._list is None:
            return
        items = self._list.items() if isinstance(self._list, dict) else enumerate(self._list)
        for number, (key, item) in enumerate(items, 1):
            if not isinstance(item, dict):
                yield number, None
            else:
                yield number, ({"id": key} | item if isinstance(key, str) else item)

    def without(self, numbers: Collection[int]) -> bytes:
        """The file without these articles; empty where none is left."""
        found = self._list
        if isinstance(found, dict):
            for key in [key for number, key in enumerate(found, 1) if number in numbers]:
                del found[key]
        elif found is not None:
            found[:] = [item for number, item in enumerate(found, 1) if number not in numbers]
        return json.dumps(self._whole, ensure_ascii=False).encode(errors="replace") if found else b""

    def _find(self, value: object, depth: int) -> list[object] | dict[str, object] | None:
        """The list that holds the articles: the longest of those with a text."""
        if isinstance(value, list):
            return value if depth == 0 or self._holds_articles(value) else None
        if not isinstance(value, dict) or depth > DEEPEST:
            return None
        alone: list[object] | None = (
            [value] if depth == 0 else None
        )  # below the top, an object may be anything about the articles
        if is_ninjs(value) or has_whole_text(value, self._options):
            return alone
        best: list[object] | dict[str, object] | None = None
        for inner in value.values():
            found = self._find(inner, depth + 1)
            if found and (best is None or len(found) > len(best)):
                best = found
        if best is not None:
            return best
        if has_text(unwrapped(value, self._options), self._options):
            return alone
        by_key = bool(value) and all(isinstance(one, dict) for one in value.values())
        return value if by_key and self._holds_articles(list(value.values())) else None

    def _holds_articles(self, values: list[object]) -> bool:
        return any(
            isinstance(one, dict)
            and (is_ninjs(one) or has_text(unwrapped(one, self._options), self._options))
            for one in values
        )
