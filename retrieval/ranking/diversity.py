"""Which of the ranked passages are shown, page by page, so that no article crowds out the others."""

from collections.abc import Callable, Sequence

PAGE = 3
"""Passages that are shown at a time; diversity is kept within each page."""
PER_ARTICLE = 2
"""Passages of one article on a page, before more must be likelier."""
LIKELIER = 2.0
"""How many times the odds of what would take its place one more of an article must have. NewsQA's hit@3 is
0.861 without any, 0.867, 0.871, 0.876, 0.879 and 0.878 from 4.5, 2.7, 2, 1.6 and 1 times on; SQuAD 2's 0.937,
0.947, 0.954, 0.954, 0.954 and 0.951."""
OVERLAP = 0.3
"""Share of a passage that may have been shown already; more, and it is a repetition."""

Extent = tuple[object, int, int]
"""A passage's article, and where it starts and ends there."""


def diversify(
    odds: Sequence[float],
    extents: Sequence[Extent],
    limit: int,
    *,
    per_article: int | None = None,
    copies: Callable[[int, int], bool] = lambda _one, _other: False,
) -> list[int]:
    """The places of up to `limit` passages, in the order they are shown.

    `odds` (above 0, of any scale) and `extents` are those of the ranked passages, best first; `copies` says
    of two places whether they have the same words. One that its page has no room for waits for the next
    page, one that repeats what was chosen is left. Where there is only one page, it is rather left short
    than filled from one article. With `per_article` a page holds no more of an article, however likely.
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
