"""Parsing hints from a question: what its words say about the articles that answer it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from itertools import pairwise

from corpus.lazy_pattern import lazy_pattern
from retrieval.dates.days import DAY, midnight
from retrieval.dates.mentioned_dates import AFTERMATH, REPORTING, mentioned_periods
from retrieval.dates.zone import from_local, to_local
from retrieval.question.citing_words import NAME, cites_author, cites_source, compares, dates_articles
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.names import Mention, Names
from retrieval.question.parsed_question import ParsedQuestion
from retrieval.question.parts import parts_of
from retrieval.text.quotations import quotations
from retrieval.text.scripts import EAST

LATELY = 7 * DAY
"""How far back "this week" goes at least, as a boost: of 85 questions of RealTimeQA with these words, 73 have
their article in the week since Monday, and 80 in the seven days before."""
TITLE_WORDS = 3
"""Minimum words in quotation marks for a title; fewer are a term."""
TITLE_EAST = 8
"""Minimum characters of a Korean or Japanese title, whose words are not separated."""
HINT_LIMIT = 20
"""Maximum hints of a question, the first ones: each is looked up in every corpus, and 2,000 characters have
room for 660 dates, which took a second. A question about four outlets with a date and a title for each has
twelve."""

_QUOTES = frozenset("\"'“”‘’「」『』")
_LISTED = lazy_pattern(
    r"(?:['’]s?)?[\"'”’」』]?"
    r"(?:\s?,|\s(?:and|or|&|vs\.?|versus|(?:dis)?agree[sd]? with|differ(?:s|ed)? from)(?!\w)"
    r"|와|과|や|と|、)+\s?"
    r"(?:(?:the|an?|another|two|three) )?"
    r"(?:(?:articles?|reports?|stories|story) (?:by|from|in) )?(?:the )?[\"'‘“「『]?"
)
"""What separates two outlets in a list."""
_VERSUS = lazy_pattern(r" (?:vs\.?|versus) (?:the )?")


def parse_question(
    text: str, asked_at: datetime, known: Iterable[Names], zone: tzinfo = UTC, *, day_first: bool = False
) -> ParsedQuestion:
    """The hints and parts of a question that was asked at `asked_at`; `known` are the sources and authors of
    each collection. Days are those of `zone`; `day_first` tells whether numeric dates begin with the day."""
    said = _apart(mention for names in known for mention in names.mentions(text))
    mentions = _meant(text, asked_at, said)
    named = _hidden(text, mentions)
    outlets = _lists(text, [one for one in mentions if one.kind is HintKind.SOURCE])
    cited = [group for group in outlets if _cited(named, group)]
    compared = compares(named)
    spoken_of = [
        group for group in outlets if _cited(named, group) is not None or (compared and len(group) > 1)
    ]
    # A person who cites one outlet means the others as outlets too; a wider filter loses nothing.
    named_too = [
        group
        for group in outlets
        if (cited and not all(one.short for one in group)) or group in spoken_of or _is_name(text, group)
    ]
    # In a question without capitals "stories of the age" may mean anything.
    written = any(one.written for group in cited for one in group)
    use = HintUse.FILTER if written else HintUse.BOOST
    found = [
        *(hint for group in named_too for hint in _sources(text, group, use)),
        *(hint for one in mentions if one.kind is HintKind.AUTHOR for hint in _authors(text, one)),
        *_titles(text, mentions),
        *_dates(text, named, asked_at, zone, day_first=day_first),
    ]
    hints = [hint for _, hint in sorted(found, key=lambda one: one[0])][:HINT_LIMIT]
    parts = parts_of(text, [[(one.start, one.end) for one in group] for group in spoken_of])
    return ParsedQuestion(tuple(_each_dated(hints, len(named_too))), parts)


_Placed = tuple[int, Hint]
"""A hint and its position."""


def _meant(text: str, asked_at: datetime, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions that are capitalised as names, whose articles are cited, or that are in quotation marks:
    "according to the verge", but not "on the verge of war" and "news of today"."""
    if all(one.written for one in mentions):
        return list(mentions)
    named = _hidden(text, mentions)
    dated = {at for one in mentioned_periods(text, asked_at) for at in range(one.start, one.end)}
    sources = [one for one in mentions if one.kind is HintKind.SOURCE and one.start not in dated]
    groups = [
        group
        for group in _lists(text, sources)
        if _cited(named, group) or _is_name(text, group) or _is_match(text, group)
    ]
    cited = {one for group in groups for one in group}
    return [one for one in mentions if one.written or one in cited]


def _cited(named: str, group: Sequence[Mention]) -> bool | None:
    """Whether the articles of a list of sources are meant; False if they only may be, None if nothing
    indicates it."""
    said = {cites_source(named, one.start, one.end) for one in group}
    return True if True in said else False if False in said else None


def _is_name(text: str, group: Sequence[Mention]) -> bool:
    """Whether one of a list is certainly a source, or is in quotation marks."""
    around = (
        text[max(one.start - 1, 0) : one.start] + text[one.end : one.end + 1]
        for one in group
        if not one.short
    )
    return any(one.sure for one in group) or any(
        len(q) == len("''") and _QUOTES.issuperset(q) for q in around
    )


def _is_match(text: str, group: Sequence[Mention]) -> bool:
    """Whether sources stand against each other: "engadget vs polygon"."""
    return any(_VERSUS.fullmatch(text, one.end, other.start) for one, other in pairwise(group))


def _sources(text: str, group: Sequence[Mention], use: HintUse) -> Iterator[_Placed]:
    for one in group:
        words = text[one.start : one.end]
        for name in one.names:
            yield (
                one.start,
                Hint(HintKind.SOURCE, words, HintUse.BOOST if one.ambiguous else use, name=name),
            )


def _authors(text: str, one: Mention) -> Iterator[_Placed]:
    cited = cites_author(text, one.start, one.end)
    if cited is not None:
        for name in one.names:
            use = HintUse.FILTER if cited else HintUse.BOOST
            yield one.start, Hint(HintKind.AUTHOR, text[one.start : one.end], use, name=name)


def _titles(text: str, mentions: Sequence[Mention]) -> Iterator[_Placed]:
    outlets = {(one.start, one.end) for one in mentions}
    for found in quotations(text):
        title = found.words
        long = len(title) >= TITLE_EAST if EAST.search(title) else len(title.split()) >= TITLE_WORDS
        # The quotation marks may be part of the mention or around it.
        around = ((found.start + before, found.end - after) for before in (0, 1) for after in (0, 1))
        if long and outlets.isdisjoint(around):
            words = text[found.start : found.end]
            yield found.start, Hint(HintKind.TITLE, words, HintUse.BOOST, name=title)


def _dates(text: str, named: str, asked_at: datetime, zone: tzinfo, *, day_first: bool) -> Iterator[_Placed]:
    for place, hint in _local_dates(text, named, to_local(asked_at, zone), day_first=day_first):
        since = from_local(hint.since, zone) if hint.since else None
        until = from_local(hint.until, zone) if hint.until else None
        yield place, replace(hint, since=since, until=until)


def _local_dates(text: str, named: str, asked_at: datetime, *, day_first: bool) -> Iterator[_Placed]:
    for one in mentioned_periods(text, asked_at, day_first=day_first):
        if NAME in named[one.start : one.end]:
            continue
        words, since, until = text[one.start : one.end], one.since, one.until
        if (since or until) and dates_articles(named, one.start, one.end):
            yield one.start, Hint(HintKind.DATES, words, HintUse.FILTER, since=since, until=until)
        elif one.now:
            since = since and min(since, midnight(asked_at) - LATELY)
            yield (
                one.start,
                Hint(HintKind.NOW, words, HintUse.BOOST, since=since, until=since and asked_at),
            )
        else:
            until = until and until + (REPORTING if one.of_reports else AFTERMATH)
            yield one.start, Hint(HintKind.DATES, words, HintUse.BOOST, since=since, until=until)


def _each_dated(hints: Iterable[Hint], outlets: int) -> Iterator[Hint]:
    """The hints, with dates as boosts only if the articles of one outlet are dated and another's are not."""
    held = list(hints)
    dated = sum(hint.filters and hint.kind is HintKind.DATES for hint in held)
    for hint in held:
        loose = hint.kind is HintKind.DATES and dated < outlets
        yield replace(hint, use=HintUse.BOOST) if loose and outlets > 1 else hint


def _apart(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions without overlaps, in order, the longest first; equal mentions from several corpora are
    merged."""
    found: list[Mention] = []
    for one in sorted(mentions, key=lambda one: (one.start, -one.end, one.kind)):
        last = found[-1] if found else None
        if last and (one.start, one.end, one.kind) == (last.start, last.end, last.kind):
            names = tuple(sorted({*last.names, *one.names}))
            short = last.short or one.short
            found[-1] = replace(last, names=names, sure=last.sure or one.sure, short=short)
        elif last is None or one.start >= last.end:
            found.append(one)
    return found


def _hidden(text: str, mentions: Sequence[Mention]) -> str:
    """The text with each character of a source's name replaced by `NAME`."""
    pieces, place = list[str](), 0
    for one in mentions:
        if one.kind is HintKind.SOURCE:
            pieces += (text[place : one.start], NAME * (one.end - one.start))
            place = one.end
    return "".join((*pieces, text[place:]))


def _lists(text: str, mentions: Sequence[Mention]) -> list[list[Mention]]:
    """Group mentions by list ("TechCrunch, Wired and The Verge")."""
    lists: list[list[Mention]] = []
    for one in mentions:
        if lists and _LISTED.fullmatch(text, lists[-1][-1].end, one.start):
            lists[-1].append(one)
        else:
            lists.append([one])
    return lists
