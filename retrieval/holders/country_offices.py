"""Sentences that name who holds the office of a country, a town or a part of its government."""

import re
from functools import lru_cache

from corpus.lazy_pattern import lazy_pattern
from retrieval.holders.asked_role import AskedRole
from retrieval.text.analyzer import STOP_WORDS
from retrieval.text.sentences import Span

_WORD = lazy_pattern(r"\w+")
_NAME = r"(?P<name>[A-ZÀ-Þ][\w’'-]*\w)"
_NOT_NOW = lazy_pattern(
    r"\b(?P<word>former|formerly|late|outgoing|ousted|deposed|previous|past|next|future|deputy|vice|ex|then|first"
    r"|lieutenant|lt\.?|assistant)"
    r"[- ](?:[\w’'-]+ ){0,2}\Z",
    re.IGNORECASE,
)
"""What stands before an office that is not held by the one who is named beside it."""
_NOT_YET = lazy_pattern(r"[- ](?:elect|candidate|hopeful|nominee|contender|race|election|vote)\b")
_NAME_AFTER = lazy_pattern(
    rf"(?:['’]s)?(?: (?:of|for|at|in) [^.;:!?,]{{1,50}},|,)?(?: and| as)? {_NAME}"
    rf"|[^.;:!?,]{{0,50}} (?:is|remains|named|called) {_NAME.replace('name', 'told')}"
)
"""“President Ada Oro”, “the head of the port, Ada Oro”, “the mayor is Ada Oro”."""
_NAME_AFTER_BODY = lazy_pattern(rf" (?:of|for|at|in) (?:the )?(?:\w+ ){{0,2}}?(?P<body>\w+) {_NAME}")
"""“Mayor of Nara Ada Oro”."""
_NAME_BEFORE = lazy_pattern(
    rf"{_NAME}(?:,| [–—-]|[^.;:!?,]{{0,50}}? (?:is|became|serves?|remains?|has been|as|holds)\b)"
    r"(?:(?!\b(?:whose|whether|regardless)\b)[^.;:!?]){0,70}\Z"
)
"""“Ada Oro, chairwoman”, “Ada Oro serves as the 46th governor”."""
_NAME_START = lazy_pattern(r"\b[A-ZÀ-Þ]")
_SOUGHT = lazy_pattern(r"\b(?:to be|become|becoming|for|against)(?: [\w’'-]+){0,2} \Z")
"""What stands between a name and an office that it does not hold: “failed to become mayor”."""

BEGINNING = 4
"""Letters that the name of a country and the word for what is of it have in common: Brazil, Brazilian."""
BEFORE = 50
"""Characters before an office within which an article names the country or body."""
_BELONGS = lazy_pattern(
    r"(?: [A-ZÀ-Þ][\w.’'-]*){0,4},?(?: (?:of|for|at|in))+ (?P<body>(?:the )?[^.;:!?,]{1,40})"
)
_ALSO = {
    "uk": ("uk", "brit", "engl"),
    "france": ("france", "french"),
    "spain": ("spai", "span"),
    "netherlands": ("neth", "dutch"),
    "greece": ("gree", "grek"),
    "switzerland": ("swis", "switz"),
    "denmark": ("denm", "dani"),
    "poland": ("pola", "poli"),
    "ireland": ("irel", "iris"),
    "wales": ("wale", "wels"),
    "finland": ("finl", "finn"),
    "philippines": ("phil", "fili"),
    "turkey": ("turk", "türk"),
    "myanmar": ("myan", "burm"),
    "thailand": ("thai",),
}
"""The beginnings of the words for countries whose adjective begins otherwise."""
_AMERICAN = frozenset(("us", "usa", "america", "american"))
_NAME_NEXT = lazy_pattern(r" [A-Z]")
_OTHER_BEFORE = lazy_pattern(r"[A-Z]\w+(?:['’]s)? \Z")
"""The name of another country or body before an office."""
_NO_BODY = frozenset(
    "current currently now present new today republic country company team club state".split()
)


def office_holder(asked: AskedRole, sentence: str) -> Span | None:
    """Where a sentence has a part of the name of who holds the office of a country or town that is asked for:
    beside the word for that office. None if it names nobody there, or only somebody who no longer or not yet
    holds it, or who holds that of another country."""
    body = _body(asked.body)
    told = office_words(asked).finditer(sentence)
    named = (_beside(asked.known, sentence, office) for office in told if _is_of(body, sentence, office))
    return next(filter(None, named), None)


@lru_cache(maxsize=256)
def office_words(asked: AskedRole) -> re.Pattern[str]:
    """The words with which articles name the office that a question names."""
    words = asked.noun if " of " in asked.noun else asked.role.told
    return re.compile(rf"\b(?:{words})(?!\w)", re.IGNORECASE)


def _beside(known: frozenset[str], sentence: str, office: re.Match[str]) -> Span | None:
    """Where a name that is not `known` from the question stands beside this office."""
    before = sentence[: office.start()]
    other = _NOT_NOW.search(before)
    if (other and other["word"].lower() not in known) or _NOT_YET.match(sentence, office.end()):
        return None
    found = _NAME_AFTER_BODY.match(sentence, office.end())
    of_body = found and found["body"].lower() in known
    if found and of_body and _is_new(found["name"], known):
        return found.span("name")
    if found := _NAME_AFTER.match(sentence, office.end()):
        group = "name" if found["name"] else "told"
        if _is_new(found[group], known):
            return found.span(group)
    if _SOUGHT.search(before):
        return None
    starts = [found.start() for found in _NAME_START.finditer(before)]
    near = (_NAME_BEFORE.match(before, start) for start in reversed(starts))
    return next((found.span("name") for found in near if found and _is_new(found["name"], known)), None)


def _is_new(name: str, known: frozenset[str]) -> bool:
    return (known | STOP_WORDS).isdisjoint(_WORD.findall(name.lower()))


def _body(words: str) -> frozenset[str]:
    """The beginnings of the words that name the country or body whose office is asked for."""
    plain = words.lower().replace("u.s.", "us").replace("u.k.", "uk")
    said = {word for word in _WORD.findall(plain) if len(word) > 1}
    if {"us", "usa", "america"} & said or {"united", "states"} <= said:
        return _AMERICAN
    if {"uk", "britain", "england"} & said or {"united", "kingdom"} <= said:
        return frozenset(_ALSO["uk"])
    named = said - STOP_WORDS - _NO_BODY
    return frozenset(form for word in named for form in _ALSO.get(word, (word[:BEGINNING],)))


def _is_of(body: frozenset[str], sentence: str, told: re.Match[str]) -> bool:
    """Whether an office belongs to that country or body: it stands before the office, or after “of” behind
    the office or its holder. That of the United States may be named alone before its holder, as American
    articles do: “President Oro”."""
    before, after = sentence[: told.start()], sentence[told.end() :]
    belongs = _BELONGS.match(after)
    beside = f"{before[-BEFORE:]} {belongs['body'] if belongs else ''}".lower().replace(".", "")
    words = _WORD.findall(beside)
    if body is _AMERICAN:
        alone = _NAME_NEXT.match(after) and not _OTHER_BEFORE.search(before)
        return bool(alone) or not body.isdisjoint(words) or "united states" in beside
    return not body or any(word.startswith(form) for word in words for form in body)


def place_beginnings(word: str) -> tuple[str, ...]:
    """The beginnings of the words for a place and for what is of it."""
    word = word.lower()
    for name, forms in _ALSO.items():
        if word == name or word.startswith(forms):
            return forms
    return (word[: max(BEGINNING, len(word) - 3)],)
