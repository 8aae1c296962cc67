"""Parses English requests for a count, a list or the newest articles.

A request begins with what is wanted ("how many articles", "list all stories", "any news"), and the rest
narrows it down: a subject ("mention Toyota", "about Gaza"), names ("by David Pierce", "from The Verge") and
dates ("since March"). If anything else follows, it is an ordinary question.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from retrieval.question.hint import Hint, HintKind
from retrieval.question.listing import english_listing_forms as forms
from retrieval.question.listing.listing_request import ListingKind, ListingRequest
from retrieval.question.listing.listing_words import ListingWords

SUBJECT_WORDS = 8
"""Maximum words of a subject: anything longer is a sentence that asks something."""
BARE_WORDS = 3
"""Maximum words of a subject before "news" or "articles" if nothing is before it: "Sam Altman news"."""
STOPS = 12
"""Maximum positions that are tried as the end of a subject, since the rest is parsed from each."""


def may_list_in_english(text: str) -> bool:
    """Whether the text begins like such a request."""
    heads = (
        forms.COUNT,
        forms.COUNT_OWNED,
        forms.GOING_ON,
        forms.WORLD,
        forms.NEWS,
        forms.OLDEST,
        forms.LIST,
        forms.OWNED,
    )
    return any(head.match(text) for head in (*heads, forms.WHOSE)) or (
        forms.OUTPUT.match(text) is not None and forms.PUBLISH.search(text) is not None
    )


def english_listing(words: ListingWords) -> ListingRequest | None:
    """Parse a request; None if the question asks for something else."""
    text = words.text
    if found := forms.COUNT.match(text):
        return _request(words, ListingKind.COUNT, found.end())
    if found := forms.COUNT_OWNED.match(text):
        owner = _owner(words, found)
        return _request(words, ListingKind.COUNT, found.end(), hints=owner) if owner else None
    if forms.GOING_ON.match(text):
        return ListingRequest(ListingKind.NEWS)
    if made := _happened(words):
        return made
    for kind, form in (
        (ListingKind.NEWS, forms.NEWS),
        (ListingKind.LIST, forms.OLDEST),
        (ListingKind.LIST, forms.LIST),
    ):
        if found := form.match(text):
            bare = kind is ListingKind.NEWS or forms.ALL.search(found[0]) is not None
            if made := _request(words, kind, found.end(), bare=bare):
                return _ordered(made, found[0])
    return _whose(words) or _owned(words) or _output(words)


def _happened(words: ListingWords) -> ListingRequest | None:
    """ "What's happening today?", "what happened on 7 October 2023", but not "What's up?"."""
    found = forms.WORLD.match(words.text)
    hints = _filters(words, found.end()) if found else None
    if found is None or hints is None:
        return None
    if found["all"] or forms.LATELY.search(words.text, found.end()):
        return ListingRequest(ListingKind.NEWS, hints=hints)
    if not hints or forms.HAPPENED.match(words.text) is None:
        return None
    # "What happened in 1969?" may be answered by a later article.
    dated = all(hint.kind is HintKind.DATES for hint in hints)
    return ListingRequest(ListingKind.NEWS, hints=hints, tentative=True) if dated else None


def _ordered(request: ListingRequest, head: str) -> ListingRequest:
    """The request with the number and the order in its head: "the latest 3 articles", "the oldest"."""
    said = list(forms.ORDERS.finditer(head))
    number = next((found["most"].lower() for found in said if found["most"]), "0")
    most = int(number) if number.isdecimal() else forms.NUMBER_WORDS[number]
    return replace(request, most=most, oldest=any(found["oldest"] for found in said))


def _request(
    words: ListingWords, kind: ListingKind, start: int, *, bare: bool = False, hints: tuple[Hint, ...] = ()
) -> ListingRequest | None:
    """Parse what follows the beginning of a request, to the end. `hints` are those in the beginning; `bare`:
    nothing needs to follow."""
    byline = ""
    place, text = _past_signs(words, start), words.text
    said = place < len(text)
    while place < len(text):
        about = forms.ABOUT.match(text, place)
        if about is None and kind is ListingKind.NEWS:
            about = forms.WITH.match(text, place)
        if about and words.dated(about.end()) and (dated := _filters(words, place)) is not None:
            hints, place = (*hints, *dated), len(text)  # "articles on 31 October" are no articles about it
            continue
        if about and (subject := _subject(words, about.end(), hints)):
            return ListingRequest(kind, *subject, byline)
        if step := _step(words, place):
            place, hints = _past_signs(words, step[0]), (*hints, *step[1])
            continue
        place_of = forms.OUT_OF.match(text, place) if forms.NEWSY.search(text, 0, start) else None
        if place_of and kind is ListingKind.NEWS and (subject := _subject(words, place_of.end(), hints)):
            return ListingRequest(kind, *subject, byline)
        by = None if byline else forms.BY.match(text, place)
        named = _byline(words, by.end()) if by else None
        if named is None:
            return None
        byline, place = named
    whole = bare or words.excluding or (said and kind is ListingKind.COUNT)
    return ListingRequest(kind, hints=hints, byline=byline) if hints or byline or whole else None


def _subject(words: ListingWords, start: int, hints: tuple[Hint, ...]) -> tuple[str, tuple[Hint, ...]] | None:
    """The subject that begins at `start`, up to what narrows it down to the end, with all hints."""
    text = words.text
    for stop in _stops(words, start):
        behind = _filters(words, stop)
        if behind is not None:
            subject = text[start:stop].strip(" ,;:.!?")
            return (subject, (*hints, *behind)) if _is_subject(subject) else None
    return None


def _stops(words: ListingWords, start: int, before: re.Pattern[str] | None = None) -> Iterator[int]:
    """The positions where a subject that begins at `start` may end: before what narrows it down, or what
    `before` matches, at most STOPS of them, and at the end of the text."""
    tried = 0
    for found in forms.WORD.finditer(words.text, start):
        ends = _step(words, found.start()) or (before and before.match(words.text, found.start()))
        if found.start() > start and tried < STOPS and ends:
            tried += 1
            yield found.start()
    yield len(words.text)


def _is_subject(subject: str) -> bool:
    if forms.QUOTED.match(subject):
        return True
    if forms.LEFT_OUT.search(subject):
        return False
    words = subject.lower().split()
    told = not forms.NO_SUBJECT.issuperset(words) and forms.ASKS.search(subject) is None
    return told and any(c.isalnum() for c in subject) and len(words) <= SUBJECT_WORDS


def _filters(words: ListingWords, start: int) -> tuple[Hint, ...] | None:
    """The filters from `start` to the end; None if there is anything else."""
    hints: tuple[Hint, ...] = ()
    place = _past_signs(words, start)
    while place < len(words.text):
        step = _step(words, place)
        if step is None:
            return None
        place, hints = _past_signs(words, step[0]), (*hints, *step[1])
    return hints


def _step(words: ListingWords, place: int) -> tuple[int, tuple[Hint, ...]] | None:
    """Parse what narrows a request down at `place`: a date, a name, or words like "do you have". Returns its
    end and its hints."""
    text = words.text
    if dated := words.dated(place):
        return dated
    before = forms.BEFORE_DATE.match(text, place)
    if before and (dated := words.dated(before.end())):
        return dated
    did = forms.DID.match(text, place)
    named = _names(words, did.end()) if did else None
    publish = forms.PUBLISH if did and did["did"] else forms.PUBLISHED
    if named and (published := publish.match(text, named[0])):
        return published.end(), named[1]
    if (before := forms.BEFORE_NAME.match(text, place)) and (named := _names(words, before.end())):
        end, hints = named
        written = before["sure"] or text[before.end() : before.end() + 4].istitle()
        return (end, hints) if written or any(c.isupper() for c in text[before.end() : end]) else None
    having = forms.HAVING.match(text, place)
    return (having.end(), ()) if having else None


def _names(words: ListingWords, place: int) -> tuple[int, tuple[Hint, ...]] | None:
    """The enumeration of names that begins there: "The Verge, Wired or TechCrunch"."""
    named = _name(words, place)
    while named and (both := forms.AND.match(words.text, named[0])) and (other := _name(words, both.end())):
        named = other[0], (*named[1], *other[1])
    return named


def _name(words: ListingWords, place: int) -> tuple[int, tuple[Hint, ...]] | None:
    the = forms.THE.match(words.text, place)
    return words.named(place) or (words.named(the.end()) if the else None)


def _byline(words: ListingWords, start: int) -> tuple[str, int] | None:
    """The name of an author whom the corpus doesn't know, and where the rest of the request begins."""
    stop = next(stop for stop in _stops(words, start, forms.ABOUT))
    name = words.text[start:stop].strip(" ,;:.!?\"”’'")
    known = forms.BYLINE.fullmatch(name) and _is_subject(name)
    return (name, _past_signs(words, stop)) if known else None


def _owned(words: ListingWords) -> ListingRequest | None:
    """ "all Verge articles about FTX", "today's headlines", "David Pierce's stories since March"."""
    found = forms.OWNED.match(words.text)
    if found is None:
        return None
    kind = ListingKind.NEWS if "news" in found["what"].lower() else ListingKind.LIST
    order = forms.ORDERED.match(found["owner"])
    said = f"{found['head']} {order[0] if order else ''} {found['what']}"
    for start in (found.start("owner"), found.start("owner") + (order.end() if order else 0)):
        if owner := _owner(words, found, start):
            made = _request(words, kind, found.end(), bare=True, hints=owner)
            # "The Verge article on FTX" is one that was mentioned, of which something else may be asked.
            one = made and made.subject and not order and found["what"].lower() in ("article", "story")
            return _ordered(made, said) if made and not one else None
    if found["of"] or _is_name_till(words, found.end()):
        return None
    made = _about(words, found, kind)
    return _ordered(made, said) if made else None


def _owner(words: ListingWords, found: re.Match[str], start: int | None = None) -> tuple[Hint, ...]:
    """Whom or what time the owner of articles means, from `start` on; empty if it is anything else."""
    begin = found.start("owner") if start is None else start
    narrowed = words.dated(begin) or _names(words, begin)
    ends = (found.end("owner"), found.end("owner") + len(found["of"] or ""))
    return narrowed[1] if narrowed and narrowed[0] in ends else ()


def _about(words: ListingWords, found: re.Match[str], kind: ListingKind) -> ListingRequest | None:
    """ "all Toyota articles", "latest Toyota news", "Toyota news"."""
    behind = _filters(words, found.end())
    if behind is None:
        return None
    order = forms.ORDERED.match(found["owner"])
    subject = found["owner"][order.end() if order else 0 :].strip()
    wanted = order or forms.ALL.search(found["head"]) or re.match(forms.OPENER, found["head"], re.IGNORECASE)
    bare = forms.ANY.fullmatch(found["head"] or "any ") and len(subject.split()) <= BARE_WORDS
    bare = bare and found["what"].lower() in ("news", "articles", "headlines")
    one = found["what"].lower() in ("article", "story")
    known = (wanted or bare) and not one and not forms.NO_NEWS.match(subject)
    return ListingRequest(kind, subject, behind) if known and _is_subject(subject) else None


def _is_name_till(words: ListingWords, end: int) -> bool:
    """Whether a name ends there: "Fox News"."""
    return any(one.end == end for one in words.names.values())


def _output(words: ListingWords) -> ListingRequest | None:
    """ "What did The Verge publish last week?", "What has Ann Lee written about oil?" """
    found = forms.OUTPUT.match(words.text)
    if found is None or (named := _names(words, found.end())) is None:
        return None
    if not (published := forms.PUBLISH.match(words.text, named[0])):
        return None
    made = _request(words, ListingKind.LIST, published.end(), bare=True, hints=named[1])
    # What an outlet writes about something is a question, which its articles answer.
    wrote = published[0].lstrip().lower().startswith(("wr", "have"))
    asks = wrote and any(hint.kind is HintKind.SOURCE for hint in named[1])
    return None if made and made.subject and asks else made


def _whose(words: ListingWords) -> ListingRequest | None:
    """ "Which outlets wrote about oil?" """
    found = forms.WHOSE.match(words.text)
    made = _request(words, ListingKind.LIST, _past_signs(words, found.end())) if found else None
    if found is None or made is None or not made.subject:
        return None
    return replace(made, counted=HintKind.SOURCE if found["outlets"] else HintKind.AUTHOR)


def _past_signs(words: ListingWords, place: int) -> int:
    """Skip spaces and punctuation; at the end of the text, skip everything that closes it."""
    rest = forms.SPACE.match(words.text, place)
    if rest and rest.end() == len(words.text):
        return rest.end()
    signs = forms.SIGN.match(words.text, place)
    return signs.end() if signs else place
