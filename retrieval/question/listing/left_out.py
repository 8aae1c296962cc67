"""Parsing whose articles a question leaves out: "not from TechCrunch", "excluding 2022", "TechCrunch 말고".

The words that say so are taken out of the question, and the rest is parsed as if they were not there.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from corpus.lazy_pattern import lazy_pattern
from retrieval.dates.zone import from_local
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.listing.listing_words import ListingWords

LEFT_OUT_LIMIT = 10
"""Maximum phrases of a question that leave something out: the rest of a longer enumeration is searched."""
NOUN = 40
"""Characters before a phrase in which the noun that it belongs to is looked for."""

_ARTICLES = r"(?:articles?|stories|news|reports?|reporting|coverage|pieces|posts|columns|headlines)"
_LEAD = lazy_pattern(
    r"(?:(?P<joint>[,;(] ?(?:(?:but|and) )?|\b(?:but|and) ))?"
    r"\b(?P<are>(?:(?:that|which) )?(?:is|are|was|were|(?:has|have) been) )?"
    r"(?:(?P<firm>exclud(?:e|ing)|except(?:ing)?(?: for)?|not including|leav(?:e|ing) out|omit(?:ting)?)"
    r"|(?P<loose>without|other than|apart from|aside from|besides|ignor(?:e|ing)|skip(?:ping)?)"
    r"|not|(?:(?:that|which) )?(?:is|are|was|were)n['’]t)\b"
    rf"(?: (?:any(?:thing)?|everything|all|those|the ones|ones|(?P<noun>{_ARTICLES}))\b)*"
    r"(?P<made> (?:published|written|posted|printed|reported|released|authored|dated)\b)?"
    r"(?: (?:(?P<maker>by|from|via)|in|on|of|at|during)\b)?(?: (?:author|journalist))? [\"“‘']?",
    re.IGNORECASE,
)
_NOUN = lazy_pattern(rf"(?:^|\b{_ARTICLES}) ?$", re.IGNORECASE)
"""Stands before a phrase that is about articles, if no comma, "but" or "are" does."""
_THE = lazy_pattern(r"the ", re.IGNORECASE)
_ALSO = lazy_pattern(
    r"[\"”’']?(?:, ?(?:and |n?or )?| and | n?or | ?& ?)(?:(?:by|from|in) )?[\"“‘']?", re.IGNORECASE
)
_BEHIND = lazy_pattern(rf"[\"”’'](?!s\b)|(?:['’]s?)? (?:{_ARTICLES}|ones)\b", re.IGNORECASE)
_ITS = lazy_pattern(r"['’]s?\b|-\w")
"""Follows a name that only says whose something is: "not in Fortune's list"."""
_CLOSED = lazy_pattern(r"\s*(?:[,;.?!)]|$)")
_YEAR = lazy_pattern(r"(?:19|20)\d\d\b(?![-/.]\d)")
_EAST_LIST = lazy_pattern(r"\s?(?:와|과|하고|이나|및|や|と|、|,)\s?")
_EAST = lazy_pattern(
    r"(?:\s?기자|記者)?(?:(?:의|에서)?\s?(?:기사|뉴스|보도)|の(?:記事|報道|ニュース))?"
    r"(?:[은는을를이가]?\s?(?:제외(?:한|하고|하면)|빼고|뺀|말고|이외의|이외에는?|아닌)"
    r"|を(?:除く|除いた|除いて|除き)|以外(?:の|では?|に)?|(?:では|じゃ)な(?:い|く))[、,]?\s?"
)
_UNTIDY = lazy_pattern(r"^[ ,;]+|[ ,;(]+$|[ ,;]+(?=[.?!)])| (?=[ ,;])")
"""What a phrase that is taken out leaves behind: two spaces, a comma before a full stop."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """The question's other words, and a hint for each source, author or period whose articles are left out.
    The words of a hint are the whole phrase."""

    rest: str
    hints: tuple[Hint, ...]


def may_leave_out(text: str) -> bool:
    """Whether the text has words that may leave something out; `left_out` decides, with the names in it."""
    return _LEAD.search(text) is not None or _EAST.search(text) is not None


def left_out(words: ListingWords, *, listing: bool) -> LeftOut | None:
    """Parse what a question leaves out; None if that is nothing, or all it says.

    In a request for a `listing`, everything that follows the topic narrows it down. In other questions
    "without Apple", "not by Apple" and "not in 2022" tell of what happened, and only "not from", "excluding"
    and what is said of articles tell of them.
    """
    text, found = words.text, list[tuple[int, int, tuple[Hint, ...]]]()
    for start, end, hints in (*_english(words, listing=listing), *_east_asian(words, listing=listing)):
        if len(found) < LEFT_OUT_LIMIT and (not found or start >= found[-1][1]):
            found.append((start, end, hints))
    rest, place = "", 0
    for start, end, _ in found:
        rest, place = f"{rest}{text[place:start]} ", end
    rest = _UNTIDY.sub("", rest + text[place:])
    if not found or not re.search(r"\w", rest):
        return None
    hints = tuple(
        replace(hint, words=text[start:end].strip(" ,;()"), use=HintUse.EXCLUDE)
        for start, end, each in found
        for hint in each
    )
    return LeftOut(rest, hints)


_Phrase = tuple[int, int, tuple[Hint, ...]]
"""The start and the end of a phrase, and what it leaves out."""


def _english(words: ListingWords, *, listing: bool) -> Iterator[_Phrase]:
    text = words.text
    for lead in _LEAD.finditer(text):
        first = _named(words, lead, listing=listing) or _dated(words, lead, listing=listing)
        if first is None:
            continue
        end, hints = first
        while (also := _ALSO.match(text, end)) and (other := _other(words, also.end(), hints[0].kind)):
            end, hints = other[0], (*hints, *other[1])
        behind = _BEHIND.match(text, end)
        end = behind.end() if behind else end
        if not _ITS.match(text, end):
            yield lead.start(), end, hints


def _named(words: ListingWords, lead: re.Match[str], *, listing: bool) -> tuple[int, tuple[Hint, ...]] | None:
    """The source or author whose articles the phrase leaves out."""
    place = lead.end()
    the = _THE.match(words.text, place)
    place = the.end() if the and place not in words.names else place
    found = words.named(place)
    if found is None:
        return None
    name = words.names[place]
    if lead["maker"] and (listing or _tells_of_articles(words, lead)):
        return found
    # Without "from" or "by", a common word is no outlet, and a person is whom the articles are about.
    called = bool(the) or " " in words.text[place : found[0]] or bool(lead["firm"])
    sure = name.kind is HintKind.SOURCE and (name.written or (listing and called))
    if listing:
        told = lead["firm"] or lead["loose"] or lead["joint"] or lead["are"]
    else:
        told = lead["firm"] and _CLOSED.match(words.text, found[0])
    return found if sure and told else None


def _dated(words: ListingWords, lead: re.Match[str], *, listing: bool) -> tuple[int, tuple[Hint, ...]] | None:
    """The period whose articles the phrase leaves out."""
    found = words.dated(lead.end())
    if found is None or not found[1]:
        return None
    apart = lead["joint"] or lead["are"] or _follows_noun(words, lead)
    if listing:
        told = lead["firm"] or lead["maker"] or lead["made"] or apart
    else:
        told = apart and (lead["made"] or (lead["maker"] and lead["maker"].lower() == "from"))
    return found if told else None


def _tells_of_articles(words: ListingWords, lead: re.Match[str]) -> bool:
    """Whether a phrase with "from" or "by" in a question tells of articles: "praised, but not by The Verge"
    tells of what happened."""
    return lead["maker"].lower() == "from" or bool(lead["made"] or lead["noun"]) or _follows_noun(words, lead)


def _follows_noun(words: ListingWords, lead: re.Match[str]) -> bool:
    start = lead.start()
    return _NOUN.search(words.text, max(start - NOUN, 0), start) is not None


def _other(words: ListingWords, place: int, kind: HintKind) -> tuple[int, tuple[Hint, ...]] | None:
    """The next one of an enumeration, which is of the same kind or also a name."""
    if kind is HintKind.DATES:
        found = words.dated(place)
        return found if found and found[1] else _year(words, place)
    the = _THE.match(words.text, place)
    return words.named(place) or (words.named(the.end()) if the else None)


def _year(words: ListingWords, place: int) -> tuple[int, tuple[Hint, ...]] | None:
    """The second year of an enumeration, which alone could be any number."""
    found = _YEAR.match(words.text, place)
    if found is None:
        return None
    since, until = (from_local(datetime(int(found[0]) + one, 1, 1, tzinfo=UTC), words.zone) for one in (0, 1))
    return found.end(), (Hint(HintKind.DATES, found[0], HintUse.EXCLUDE, since=since, until=until),)


def _east_asian(words: ListingWords, *, listing: bool) -> Iterator[_Phrase]:
    text, group = words.text, list[tuple[int, int, tuple[Hint, ...]]]()
    for start in sorted({*words.names, *(words.dates if listing else ())}):
        found = words.named(start) or words.dated(start)
        if found is None or not found[1]:
            continue
        end, hints = found
        if group and _EAST_LIST.fullmatch(text, group[-1][1], start):
            hints = (*group[-1][2], *hints)
            start = group[-1][0]
        group.append((start, end, hints))
        if behind := _EAST.match(text, end):
            yield start, behind.end(), hints
