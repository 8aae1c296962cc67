"""Finds the articles in a JSON value: a list of articles, one article, or either of them nested in something
else."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from corpus.readers.documents.ninjs import is_ninjs
from corpus.readers.parsing.reading_options import NO_READING_OPTIONS, ReadingOptions
from corpus.readers.rows.field_names import has_text, has_title, has_whole_text, unwrapped

MAX_DEPTH = 7
"""The most objects and lists around the articles; Ghost's export has five (`db`, its first, `data`,
`posts`)."""

_List = list[object] | dict[str, object]


@dataclass(frozen=True, slots=True)
class SkippedList:
    """A list in the file whose items have a text but were not read as articles, because another list fits
    better: its name, and its number of items."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class _Found:
    """A list that may contain articles; a title and a whole text are evidence of that."""

    name: str
    items: _List
    titled: bool
    whole: bool


class Rows:
    """The articles of a JSON value, each with its number in it, from 1."""

    def __init__(self, value: object, options: ReadingOptions = NO_READING_OPTIONS) -> None:
        """`value` is the content of a whole file; `without` changes it."""
        self._options = options
        self._whole = value
        found = list(self._find(value, "", 0))
        best = max(((one.titled, one.whole) for one in found), default=None)
        self._lists: Sequence[_List] = [one.items for one in found if (one.titled, one.whole) == best]
        self.skipped: Sequence[SkippedList] = [
            SkippedList(one.name, len(one.items)) for one in found if (one.titled, one.whole) != best
        ]

    @property
    def found(self) -> bool:
        """Whether there is an article."""
        return any(self._lists)

    def __iter__(self) -> Iterator[tuple[int, Mapping[str, object] | None]]:
        """Each row, or None for an item that is not an object."""
        number = 0
        for items in self._lists:
            for key, item in items.items() if isinstance(items, dict) else enumerate(items):
                number += 1
                if not isinstance(item, dict):
                    yield number, None
                else:
                    yield number, ({"id": key} | item if isinstance(key, str) else item)

    def without(self, numbers: Collection[int]) -> bytes:
        """The file without the articles of these numbers; empty if none is left."""
        before = 0
        for items in self._lists:
            count = len(items)
            kept = [before + place not in numbers for place in range(1, count + 1)]
            if isinstance(items, dict):
                for key in [key for key, stays in zip(list(items), kept, strict=True) if not stays]:
                    del items[key]
            else:
                items[:] = [item for item, stays in zip(items, kept, strict=True) if stays]
            before += count
        return json.dumps(self._whole, ensure_ascii=False).encode(errors="replace") if self.found else b""

    def _find(self, value: object, name: str, depth: int) -> Iterator[_Found]:
        """The lists that may contain articles, in order."""
        if depth > MAX_DEPTH:
            return
        if isinstance(value, list):
            if self._holds_articles(value):
                yield self._judged(name, value)
                return
            inner = [found for item in value for found in self._find_inside(item, depth + 1)]
            yield from inner
            if depth == 0 and not inner:  # each of its items is then reported as a problem
                yield _Found(name, value, titled=False, whole=False)
        elif isinstance(value, dict):
            # A nested object may be anything about the articles.
            if depth == 0 and (is_ninjs(value) or has_whole_text(value, self._options)):
                yield _Found(name, [value], titled=True, whole=True)
                return
            inner = list(self._find_inside(value, depth))
            yield from inner
            if inner:
                return
            if depth == 0 and has_text(unwrapped(value, self._options), self._options):
                yield _Found(name, [value], titled=True, whole=True)
            elif all(isinstance(one, dict) for one in value.values()) and self._holds_articles(
                value.values()
            ):
                yield self._judged(name, value)

    def _find_inside(self, value: object, depth: int) -> Iterator[_Found]:
        """The lists in the values of an object, unless it is an article, whose parts are about it."""
        if not isinstance(value, dict) or (
            depth > 0 and self._is_article(value) and has_title(value, self._options)
        ):
            return
        for key, inner in value.items():
            yield from self._find(inner, str(key), depth + 1)

    def _judged(self, name: str, items: _List) -> _Found:
        rows = items.values() if isinstance(items, dict) else items
        held = [one for one in rows if isinstance(one, dict)]
        return _Found(
            name,
            items,
            titled=any(is_ninjs(one) or has_title(one, self._options) for one in held),
            whole=any(
                is_ninjs(one) or has_whole_text(unwrapped(one, self._options), self._options) for one in held
            ),
        )

    def _holds_articles(self, values: Iterable[object]) -> bool:
        return any(isinstance(one, dict) and self._is_article(one) for one in values)

    def _is_article(self, row: Mapping[str, object]) -> bool:
        return is_ninjs(row) or has_text(unwrapped(row, self._options), self._options)
