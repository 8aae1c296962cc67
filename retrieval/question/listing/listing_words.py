"""A request's text with its dates, sources and authors, for the parsers of listings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from retrieval.dates.date_mention import DateMention
from retrieval.dates.mentioned_dates import mentioned_periods
from retrieval.dates.zone import from_local, to_local
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.names import Mention, Names


@dataclass(frozen=True, slots=True)
class ListingWords:
    """A text with its dates and names by their start. Names are also found if they are in lower case."""

    text: str
    zone: tzinfo
    dates: dict[int, DateMention]
    names: dict[int, Mention]

    def dated(self, start: int) -> tuple[int, tuple[Hint, ...]] | None:
        """The end of the date that begins at `start`, and its filter; no filter if it only says "recent"."""
        found = self.dates.get(start)
        if found is None:
            return None
        since = from_local(found.since, self.zone) if found.since else None
        until = from_local(found.until, self.zone) if found.until else None
        words = self.text[found.start : found.end]
        hint = Hint(HintKind.DATES, words, HintUse.FILTER, since=since, until=until)
        return found.end, ((hint,) if since or until else ())

    def named(self, start: int, *kinds: HintKind) -> tuple[int, tuple[Hint, ...]] | None:
        """The end of the name that begins at `start`, if it is one of these kinds, and whom it may mean."""
        found = self.names.get(start)
        if found is None or (kinds and found.kind not in kinds):
            return None
        words = self.text[found.start : found.end]
        hints = (Hint(found.kind, words, HintUse.FILTER, name=name) for name in found.names)
        return found.end, tuple(hints)


def listing_words(
    text: str, asked_at: datetime, known: Iterable[Names], zone: tzinfo = UTC, *, day_first: bool = False
) -> ListingWords:
    """Find dates and names in a text that was asked at that moment in that zone; `day_first` is as in
    `mentioned_periods`."""
    small = text.lower()
    read = (text, small) if len(small) == len(text) else (text,)
    names: dict[int, Mention] = {}
    for one in (mention for each in known for said in read for mention in each.mentions(said)):
        before = names.get(one.start)
        if before is None or one.end > before.end:
            names[one.start] = one
        elif before.end == one.end and before.kind is one.kind:
            both = tuple(sorted({*before.names, *one.names}))
            names[one.start] = Mention(one.kind, one.start, one.end, both, before.sure)
    dates = {one.start: one for one in mentioned_periods(text, to_local(asked_at, zone), day_first=day_first)}
    return ListingWords(text, zone, dates, names)
