"""First the passages that tell what is asked and changes from time to time, the newest of them first."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TypeVar

from corpus.article import published_or_earliest
from retrieval.collection.passage import Passage
from retrieval.holders.asked_role import asked_role
from retrieval.holders.naming import Named

MONTH = timedelta(days=30)
"""Articles this near to each other are equally new: nearly all offices are held for longer. With one day
as many questions of `benchmarks/questions/offices.jsonl` have the newest holder first (44 of 46), but over
the sample, all of one week, a sentence about earlier holders would be first; with a year 39 have it."""

One = TypeVar("One")


def newest_first(passages: Sequence[Passage]) -> list[int]:
    """The places of the passages, the newest first, in steps of MONTH back from the newest one, within which
    their order stays; those without a date last."""
    dates = [published_or_earliest(passage.article) for passage in passages]
    newest = max(dates, default=None)
    return sorted(range(len(dates)), key=lambda place: (newest - dates[place]) // MONTH if newest else 0)


def telling_first(
    ranked: Sequence[One],
    question: str,
    passage_of: Callable[[One], Passage],
    told: Sequence[Named | None],
) -> list[One]:
    """First what tells the answer (`told`, of each of the ranked), then all others. Of the first, those that
    tell it surely come before the others, and the newest before older ones (`newest_first`) unless the
    question asks for what never changes, such as a founder."""
    asked = asked_role(question)
    ordered = []
    for surely in (True, False):
        some = [one for one, named in zip(ranked, told, strict=True) if named and named.surely is surely]
        lasting = asked is not None and asked.role.lasting
        places = range(len(some)) if lasting else newest_first([passage_of(one) for one in some])
        ordered += [some[place] for place in places]
    return [*ordered, *(one for one, named in zip(ranked, told, strict=True) if not named)]
