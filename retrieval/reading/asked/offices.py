"""Questions for who holds an office, which may have changed since an article was written."""

import re
from functools import lru_cache

from corpus.lazy_pattern import lazy_pattern
from retrieval.text.analyzer import STOP_WORDS
from retrieval.text.sentences import Span

_OFFICES = {
    r"president": r"president",
    r"prime minister|premier|pm": r"prime minister|premier|pm",
    r"chancellor": r"chancellor",
    r"monarch|king|queen": r"monarch|king|queen|emperor|empress",
    r"pope": r"pope|pontiff",
    r"mayor": r"mayor|lord mayor",
    r"governor": r"governor|gov\.?",
    r"speaker": r"speaker",
    r"(?:foreign |defen[cs]e |finance )?minister|secretary(?: of \w+| general)?": (
        r"minister|secretary(?:[- ]general| of \w+)?"
    ),
    r"ceo|chief executive": r"ceo|chief executive(?: officer)?|boss|head|chief",
    r"chair(?:man|woman|person)?": r"chair(?:man|woman|person)?|head|president",
    r"coach|manager": r"coach|manager|boss",
    r"captain": r"captain|skipper",
    r"owner": r"owner",
    r"leader|head|chief|boss|director": (
        r"leader|head|chief(?: executive)?|boss|director(?:[- ]general)?|president|prime minister|premier"
        r"|chair(?:man|woman|person)?|ceo|commander|secretary(?:[- ]general)?|minister|king|queen|emir"
    ),
}
"""Patterns of the offices that are asked for, each with one of the words with which articles name it."""
_NAMED = lazy_pattern(
    r"\bwho(?:['’]s| is| are)(?: now)? (?:the )?(?P<before>(?:(?!\w+ing\b)[\w.'’-]+ ){0,4}?)"
    rf"(?P<office>{'|'.join(_OFFICES)})\b"
    r"(?:,? (?:of|for|at|in) (?P<after>[^,?.]+?)"
    r"(?= (?:at|in|on|during|after|before|since|who|that|from)\b|[,?.]|\Z))?",
    re.IGNORECASE,
)
_HELD = lazy_pattern(
    r"\bwho (?:leads|runs|heads|owns|governs|rules|coaches|manages)\b"
    r"|\bwho(?:['’]s| is| are)(?: now)? the (?:(?!\w+ing\b)[\w.'’-]+ ){0,4}?(?:champion|richest)\b"
    r"|(?:대통령|총리|회장|사장|대표|장관|시장|지사|감독|의장|교황|국왕|CEO)[은는이가]?\s?"
    r"(?:현재 |지금 )?누구"
    r"|(?:大統領|首相|総理|社長|会長|大臣|市長|知事|監督|代表|議長|教皇|国王|CEO)は?(?:今|現在)?(?:誰|だれ)",
    re.IGNORECASE,
)
"""Asks who holds an office, but articles tell it in other words or in another language."""

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
    r"[^.;:!?]{0,70}\Z"
)
"""“Ada Oro, chairwoman”, “Ada Oro serves as the 46th governor”."""
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


def asks_office_holder(question: str) -> bool:
    """Whether it asks who holds an office now."""
    return names_office(question) or _HELD.search(question) is not None


def names_office(question: str) -> bool:
    """Whether the English question names the office whose holder it asks for: “Who is the mayor of Nara?”,
    but not “Who runs Nara?”. Then `tells_no_holder` can find it in a sentence."""
    return _NAMED.search(question) is not None


def tells_no_holder(question: str, sentence: str) -> bool:
    """Whether the English question asks who holds an office (“Who is the mayor of Nara?”) and the sentence
    does not tell it (`holder`)."""
    return names_office(question) and holder(question, sentence) is None


def holder(question: str, sentence: str) -> Span | None:
    """Where a sentence has a part of the name of who holds the office that the question names: beside the
    word for that office. None if it names nobody there, or only somebody who no longer or not yet holds it,
    or who holds that of another country or body."""
    asked = _NAMED.search(question)
    if asked is None:
        return None
    known = frozenset(_WORD.findall(question.lower()))
    body = _body(f"{asked['before']} {asked['after'] or ''}")
    told = _told(asked["office"].lower()).finditer(sentence)
    named = (_beside(known, sentence, office) for office in told if _is_of(body, sentence, office))
    return next(filter(None, named), None)


@lru_cache
def _told(office: str) -> re.Pattern[str]:
    """The words with which articles name the office that a question names."""
    words = next(words for asked, words in _OFFICES.items() if re.fullmatch(asked, office))
    return re.compile(rf"\b(?:{office if ' of ' in office else words})(?!\w)", re.IGNORECASE)


def _beside(known: frozenset[str], sentence: str, office: re.Match[str]) -> Span | None:
    """Where a name that is not `known` from the question stands beside this office."""
    before = sentence[: office.start()]
    other = _NOT_NOW.search(before)
    if (other and other["word"].lower() not in known) or _NOT_YET.match(sentence, office.end()):
        return None
    found = _NAME_AFTER_BODY.match(sentence, office.end())
    if found and not _is_new(found["body"], known) and _is_new(found["name"], known):
        return found.span("name")
    if found := _NAME_AFTER.match(sentence, office.end()):
        group = "name" if found["name"] else "told"
        if _is_new(found[group], known):
            return found.span(group)
    if _SOUGHT.search(before):
        return None
    named = (found for found in _NAME_BEFORE.finditer(before) if _is_new(found["name"], known))
    return next((found.span("name") for found in named), None)


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
