"""The anchors of a question, which an answer should match: years, quarters, dates, numbers, names and quoted
words.

A passage about another year, or without the name, is hardly the answer. Question words ("how many"), relative
times ("last week") and the sources whose articles are meant are not anchors.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from itertools import chain

from corpus.lazy_pattern import lazy_pattern
from retrieval.dates.days import WEEKDAYS, months
from retrieval.dates.named_times import NamedTime, named_times
from retrieval.question.hint import HintKind
from retrieval.question.query import Query
from retrieval.text.analyzer import STOP_WORDS
from retrieval.text.overlaps import without_overlaps
from retrieval.text.proper_names import TITLES, bare, pieces, runs
from retrieval.text.quantities import Quantity, quantities
from retrieval.text.quotations import quotations
from retrieval.text.scripts import EAST, half_width

MOST_ANCHORS = 12
"""Maximum anchors of a question, the first ones; each is searched in fifty passages. No question of NewsQA
has more than four."""
LONGEST_NAME = 6
"""Maximum words of a name: a longer run of capitalised words is a headline."""
HEADLINE = 4
"""From this many words on, a question in which every word is capitalised is a headline, so capitals tell
nothing."""

CACHED_QUESTIONS = 256
"""Questions whose anchors are cached: each question is asked for them twice, and so are its parts."""


class AnchorKind(StrEnum):
    """The kinds of anchors."""

    YEAR = "year"
    QUARTER = "quarter"
    """A quarter or half of a year, with or without its year."""
    DATE = "date"
    """A month or a day with its year."""
    NUMBER = "number"
    NAME = "name"
    QUOTED = "quoted"


TIME_ANCHORS = frozenset((AnchorKind.YEAR, AnchorKind.QUARTER, AnchorKind.DATE))
"""The kinds that are times."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """One anchor; `words` are `text[start:end]` of the question.

    `time` is set for TIME_ANCHORS, `quantity` for a NUMBER. `sought` are the lower-case words of a NAME
    without titles ("president"), as one string for a Korean or Japanese name; for QUOTED it is the one text
    in the quotation marks.
    """

    kind: AnchorKind
    words: str
    start: int
    end: int
    time: NamedTime | None = None
    quantity: Quantity | None = None
    sought: tuple[str, ...] = ()


_ASKING = frozenset(
    (
        "tell name list give explain describe show find please compare define summarize summarise whats "
        "who's what's where's when's how's why's isn't aren't wasn't didn't doesn't don't i'm i've i'd hi "
        "hey hello ok okay thanks yes no may might must shall let lets let's according since until during "
        "before after among between under within without despite because although though however whether "
        "both each every many several few some any another other yesterday today tomorrow now new latest"
    ).split()
)
"""Words that are capitalised at the beginning of a sentence without being names, besides the stop words."""
_CALENDAR = frozenset((*months(), *(day for day in WEEKDAYS if day.isascii()), "quarter", "fourth"))
_SMALL = frozenset("a an the of in on at to for and or by with as from".split())
"""Words that are not capitalised in headlines."""
_CAPITALISED_NOUNS = frozenset(("de", "lb"))
"""Languages that capitalise nouns."""
_EDGES = _CALENDAR | _SMALL | {"i"}
"""Words that are not part of a name at its beginning or end."""
_FIRST = lazy_pattern(r"(?:^|[.?!:;“\"「『(]\s*)\W*$")
_BEGIN = 4
"""Characters before a word that are examined for the end of a sentence."""
_LETTERS = lazy_pattern(r"[^\W\d_][\w'’.-]*")
_ROLE_KO = "대통령|총리|장관|의원|대표|회장|선수|감독|교수|시장|지사|씨|후보|총재|위원장|국왕|여왕|교황"
_NAME_KO = lazy_pattern(
    rf"(?<![가-힣])(?P<name>[가-힣]{{2,4}}) (?:전 |전임 )?(?:{_ROLE_KO})(?=[가-힣]{{0,3}}(?:[ ,?.]|$))"
)
_NO_NAME_KO = lazy_pattern(
    r"(?:의|은|는|을|를|이|가|한|된|인|던|에서)$|^(?:신임|차기|전임|현직|역대|초대|당시|어느|어떤|무슨)$"
)
_ROLE_JA = (
    r"(?:さん|氏|元?首相|前首相|元?大統領|前大統領|議員|社長|会長|選手|監督|容疑者|被告|教授|知事|市長|長官"
    r"|国王|女王|天皇|法王|教皇|外相|財務相|防衛相)"
)
_NAME_JA = lazy_pattern(
    rf"(?<![ァ-ヴー])(?:[ァ-ヴー]+(?:[・＝=][ァ-ヴー]+)+|[ァ-ヴー]{{3,}}(?={_ROLE_JA}))"
    rf"|(?<![一-龥々])[一-龥々]{{2,5}}?(?={_ROLE_JA})"
)


def anchors_of(query: Query) -> tuple[Anchor, ...]:
    """The anchors in the words that are searched, without sources and authors that the question names: those
    wrote the articles, which do not mention them."""
    text = query.wording
    cited = [
        range(found.start(), found.end())
        for hint in query.parsed.hints
        if hint.kind in (HintKind.SOURCE, HintKind.AUTHOR)
        for found in re.finditer(re.escape(hint.words), text, re.IGNORECASE)
    ]
    found = anchors(text)
    if query.claims:
        # The number of a claim is what is asked about: articles that give another one put it right.
        found = tuple(one for one in found if one.kind is not AnchorKind.NUMBER)
    if query.parsed.foreign:
        found = tuple(_as_foreign(text, found, nouns=query.parsed.foreign in _CAPITALISED_NOUNS))
    return tuple(
        one for one in found if not any(one.start < place.stop and place.start < one.end for place in cited)
    )


def _as_foreign(text: str, found: Iterable[Anchor], *, nouns: bool) -> Iterator[Anchor]:
    """The anchors of a question in a language that the model does not know: its first word is capitalised
    because it is the first, and in some languages every noun is, except for abbreviations no name."""
    begins = _LETTERS.search(text)
    for one in found:
        if one.kind is not AnchorKind.NAME:
            yield one
        elif nouns:
            if one.words.isupper():
                yield one
        elif not (begins and begins.start() == one.start):
            yield one
        elif len(one.sought) > 1:
            words = text[begins.end() : one.end].lstrip()
            yield replace(one, words=words, start=one.end - len(words), sought=one.sought[1:])


@lru_cache(CACHED_QUESTIONS)
def anchors(text: str) -> tuple[Anchor, ...]:
    """The anchors of a question, in order, at most MOST_ANCHORS and without overlaps."""
    plain = half_width(text)
    times = named_times(plain)
    found = without_overlaps(
        chain(_quoted(plain), _times(plain, times), _names(plain), _numbers(plain, times)), len(plain)
    )
    first = sorted(found, key=lambda one: one.start)[:MOST_ANCHORS]
    return tuple(replace(one, words=text[one.start : one.end]) for one in first)


def _quoted(text: str) -> Iterator[Anchor]:
    for one in quotations(text):
        if any(map(str.isalnum, one.words)):
            yield Anchor(
                AnchorKind.QUOTED, text[one.start : one.end], one.start, one.end, sought=(one.words,)
            )


def _times(text: str, times: Iterable[NamedTime]) -> Iterator[Anchor]:
    for one in times:
        kind = AnchorKind.QUARTER if one.is_part else AnchorKind.DATE if one.month else AnchorKind.YEAR
        if one.year or one.is_part:
            yield Anchor(kind, text[one.start : one.end], one.start, one.end, time=one)


def _numbers(text: str, times: Iterable[NamedTime]) -> Iterator[Anchor]:
    """The numbers that are not part of a time, nor of a day without a year."""
    both: Iterator[NamedTime | Quantity] = chain(times, quantities(text, spelt=False))
    for one in without_overlaps(both, len(text)):
        if isinstance(one, Quantity):
            yield Anchor(AnchorKind.NUMBER, text[one.start : one.end], one.start, one.end, quantity=one)


def _names(text: str) -> Iterator[Anchor]:
    eastern = bool(EAST.search(text))
    if eastern:
        yield from _eastern_names(text)
    if _is_headline(text):
        return
    for run in runs(text):
        opens = not eastern and bool(_FIRST.search(text, max(0, run.start() - _BEGIN), run.start()))
        for start, end in _split(text, *run.span(), opens=opens):
            name = text[start:end]
            words = pieces(name) if name.isupper() else bare(pieces(name))
            if len("".join(words)) > 1 and len(words) <= LONGEST_NAME:
                yield Anchor(AnchorKind.NAME, name, start, end, sought=words)


def _split(text: str, start: int, end: int, *, opens: bool) -> Iterator[tuple[int, int]]:
    """The spans of names in a run of capitalised words: without the question word at the beginning (if the
    run `opens` a sentence) and months at the edges, and divided at a title between two names ("Apple CEO Tim
    Cook")."""
    words = list(_LETTERS.finditer(text, start, end))
    while opens and words and _plain(words[0]) in STOP_WORDS | _ASKING:
        del words[0]
    sections: list[list[re.Match[str]]] = [[]]
    for word in words:
        if _plain(word) in TITLES and word[0][0].isupper() and sections[-1]:
            sections.append([])
        sections[-1].append(word)
    for section in sections:
        while section and _plain(section[0]) in _EDGES:
            del section[0]
        while section and _plain(section[-1]) in _EDGES:
            del section[-1]
        if not section or (len(section) == 1 and _may_be_any(text, section[0], opens=opens)):
            continue
        ends = section[-1] is words[-1] and text[end - 1].isdecimal()
        yield section[0].start(), end if ends else _without_stop(section[-1])


def _plain(word: re.Match[str]) -> str:
    return re.sub(r"['’]s$|\.$", "", word[0].lower())


def _may_be_any(text: str, word: re.Match[str], *, opens: bool) -> bool:
    """Whether a capitalised word may be no name: a question word, or the first word of a sentence (if the run
    `opens` it) that is neither an abbreviation nor a possessive."""
    if len(word[0]) > 1 and word[0].isupper():
        return _plain(word) in _ASKING
    first = opens and bool(_FIRST.search(text, max(0, word.start() - _BEGIN), word.start()))
    owner = re.match(r"['’]s\b", text[word.end() : word.end() + 2]) or word[0].endswith(("'s", "’s"))
    return _plain(word) in STOP_WORDS | _ASKING or (first and not owner)


def _without_stop(word: re.Match[str]) -> int:
    """The end of a word, without a full stop that does not belong to an abbreviation."""
    return word.end() - (word[0].endswith(".") and word[0].count(".") == 1)


def _is_headline(text: str) -> bool:
    """Whether capitals tell nothing, because all words are capitalised or all letters are capitals."""
    words = [found[0] for found in _LETTERS.finditer(text) if found[0].isascii()]
    if len(words) < HEADLINE:
        return False
    told = [word for word in words if word.lower() not in _SMALL]
    return all(word[0].isupper() for word in told)


def _eastern_names(text: str) -> Iterator[Anchor]:
    for found in _NAME_KO.finditer(text):
        if not _NO_NAME_KO.search(found["name"]):
            yield _eastern(text, *found.span("name"))
    for found in _NAME_JA.finditer(text):
        yield _eastern(text, *found.span())


def _eastern(text: str, start: int, end: int) -> Anchor:
    name = text[start:end]
    return Anchor(AnchorKind.NAME, name, start, end, sought=(name,))
