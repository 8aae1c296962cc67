"""Which of the ranked passages are shown on each page, so that no article crowds out the others, and no
question of a message."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from itertools import zip_longest
from typing import TypeVar

T = TypeVar("T")

PAGE = 3
"""Passages that are shown at a time; diversity is kept within each page."""
PER_ARTICLE = 2
"""Passages of one article on a page; more only if they are much likelier (LIKELIER)."""
LIKELIER = 2.0
"""A further passage of an article is shown if its odds are at least this many times those of the passage that
would be shown instead. NewsQA's hit@3 is 0.861 if there is never one, and 0.867, 0.871, 0.876, 0.879 and
0.878 from 4.5, 2.7, 2, 1.6 and 1 times on; SQuAD 2's is 0.937, 0.947, 0.954, 0.954, 0.954 and 0.951."""
OVERLAP = 0.3
"""Share of a passage that may overlap with one already shown; with more it is a repetition."""

Extent = tuple[object, int, int]
"""A passage's article, and the passage's start and end in its text."""


def diversify(
    odds: Sequence[float],
    extents: Sequence[Extent],
    limit: int,
    *,
    per_article: int | None = None,
    copies: Callable[[int, int], bool] = lambda _one, _other: False,
) -> list[int]:
    """Choose up to `limit` passages; returns their indices in the order in which they are shown.

    `odds` (above 0, of any scale) and `extents` are those of the ranked passages, best first; `copies` says
    of two indices whether the passages have the same words. A passage for which its page has no room waits
    for the next page; one that repeats a chosen one is dropped. If there is only one page, it stays short
    rather than being filled from one article. With `per_article`, a page holds no more passages of an article
    than that, however likely they are.
    """
    most = PER_ARTICLE if per_article is None else per_article
    waiting = list(range(len(extents)))
    chosen: list[int] = []
    page: list[int] = []

    def has_room(one: int) -> bool:
        return sum(extents[other][0] == extents[one][0] for other in page) < most

    def repeats(one: int) -> bool:
        return any(copies(shown, one) or _overlaps(extents[shown], extents[one]) for shown in chosen)

    while waiting and len(chosen) < limit:
        if len(page) == PAGE:
            page = []
        if repeats(waiting[0]):
            waiting.pop(0)
            continue
        place = next(
            (at for at, one in enumerate(waiting) if has_room(one) and (at == 0 or not repeats(one))), None
        )
        if place is None:
            if limit <= PAGE or not page:
                break
            page = []
            continue
        if place and per_article is None and odds[waiting[0]] >= LIKELIER * odds[waiting[place]]:
            place = 0
        one = waiting.pop(place)
        chosen.append(one)
        page.append(one)
    return chosen


def _overlaps(shown: Extent, one: Extent) -> bool:
    if shown[0] != one[0]:
        return False
    return min(shown[2], one[2]) - max(shown[1], one[1]) > OVERLAP * (one[2] - one[1])


def in_turns(lists: Sequence[Sequence[T]], key: Callable[[T], Hashable]) -> list[T]:
    """The first of each list, then the second of each, and so on, keeping each once, by its key."""
    return once((one for row in zip_longest(*lists) for one in row if one is not None), key)


def once(items: Iterable[T], key: Callable[[T], Hashable]) -> list[T]:
    """The items without repeated ones, by their keys, keeping the first of each."""
    first: dict[Hashable, T] = {}
    for one in items:
        first.setdefault(key(one), one)
    return list(first.values())
