"""Whose age an English question asks for, and whether a sentence gives it or that of somebody else."""

import re

from corpus.lazy_pattern import lazy_pattern
from retrieval.reading.asked.amounts import amounts, asks_age
from retrieval.reading.asked.contests import TIMES
from retrieval.text.analyzer import STOP_WORDS
from retrieval.text.scripts import without_accents
from retrieval.text.sentences import Span

_ASKED = lazy_pattern(
    r"\b(?:how old|what age)(?:['’]s| is| was| are| were) (?P<who>[^,?;]+?)"
    r"(?: (?:when|now|today|at|in|as|while|by|before|after|if|who|that|this)\b.*)?\W*\Z"
    r"|\bage of (?P<of>[^,?;]+?)\W*\Z"
    r"|\A\W*(?:what(?:['’]s| is| was) )?(?P<whose>(?:[\w.-]+ ){0,3}[\w.-]+?)['’]s? age\W*\Z",
    re.IGNORECASE,
)
_NOW = lazy_pattern(
    r"\b(?:how old|what age|what)(?:['’]s| is| are)\b|\A\W*(?:[\w.'’-]+ ){1,4}age\W*\Z", re.IGNORECASE
)
_NOT_NAMED = lazy_pattern(r"\A(?:the|an?|this|that|these|those|my|your|his|her|its|their)\b", re.IGNORECASE)
_WORD = lazy_pattern(r"[^\W_]+")
_NAMES = lazy_pattern(r"\b[A-ZÀ-Þ][\w-]*(?:['’]s)?(?: [A-ZÀ-Þ][\w-]*(?:['’]s)?)*")
_BEHIND = lazy_pattern(r"\W(?:(?!(?:and|at|from|in|of|on|that|to|was|who|with)\b)[a-z-]+ ){0,3}(?=[A-ZÀ-Þ])")
_SOMETHING_ELSE = lazy_pattern(
    r" (?:(?!(?:and|at|from|in|of|on|that|to|was|who|with)\b)[a-z-]+ )?(?:brother|building|child|company"
    r"|conflict|cousin|daughter|father|grand\w+|house|husband|law|mother|nephew|niece|partner|record|sister|son|tradition"
    r"|war|wife)\b"
)
_POSSESSIVE = lazy_pattern(r"['’]s\b")
_TITLES = frozenset(
    "actor actress coach dr former gov governor justice king lord minister mr mrs ms pope president prince"
    " princess prof queen rep secretary sen senator sir".split()
)
_ADDED = lazy_pattern(r"\w(?:,| [–—-]+)? (?:an? |now )\Z|\w, \Z")
_JOINED = lazy_pattern(
    r"(?=.*[\w,(–—])[\s,(–—-]*(?:(?:who|is|was|are|were|now|then|only|just|already|aged?|at|the|of|turns?|turned|turning|will|be"
    r"|soon|a|an|born|on|in|died)[\s,]+)*"
)
_OLD = lazy_pattern(r"year[ -]old\b", re.IGNORECASE)
NEAR = 80
"""Characters before an age within which the name of the one whose age it is stands."""


def asks_age_now(question: str) -> bool:
    """Whether the English question asks how old somebody with a name is now."""
    return bool(_who(question)) and _NOW.search(question) is not None


def age_told(question: str, sentence: str) -> Span | None:
    """Where a sentence gives the age that the English question asks for, beside the name of the one whose age
    it is; None if it does not, or if another name is nearer."""
    who = _who(question)
    ages = amounts(question, sentence) if who else None
    return next((age for age in ages or () if _is_beside(who, sentence, age)), None)


def tells_other_age(question: str, sentence: str) -> bool:
    """Whether the English question asks for the age of somebody with a name, and the sentence has ages, but
    only of others."""
    who = _who(question)
    ages = amounts(question, sentence) if who else None
    return bool(ages) and all(_is_other(who, sentence, age) for age in ages or ())


def _who(question: str) -> frozenset[str]:
    """The words of the name of the one whose age is asked for; none for “the driver”."""
    asked = _ASKED.search(question) if asks_age(question) else None
    if asked is None:
        return frozenset()
    named = next(filter(None, (asked["who"], asked["of"], asked["whose"])))
    return frozenset() if _NOT_NAMED.match(named) else _name_words(named)


def _name_words(text: str) -> frozenset[str]:
    plain = without_accents(_POSSESSIVE.sub("", text))
    words = {word.lower() for word in _WORD.findall(plain)}
    return frozenset(words - _TITLES - STOP_WORDS - TIMES)


def _whose(sentence: str, age: Span) -> frozenset[str]:
    """The words of the name beside an age: behind “a 41-year-old”, else before it."""
    start, end = age
    near = sentence[max(0, start - NEAR) : start]
    if _OLD.search(sentence[start:end]):
        behind = _BEHIND.match(sentence, end)
        if name := _NAMES.match(sentence, behind.end()) if behind else None:
            return _name_words(name.group())
        # “Ada Oro, a 41-year-old”, but not “in Nara the 41-year-old”.
        if not _ADDED.search(near):
            return frozenset()
    names = (_name_words(found.group()) for found in _NAMES.finditer(near))
    return next(filter(None, reversed(list(names))), frozenset())


def _is_beside(who: frozenset[str], sentence: str, age: Span) -> bool:
    """Whether it is the age of the one that is asked for, with nothing but joining words between."""
    return (
        bool(who & _whose(sentence, age)) and _is_joined(sentence, age) and not _is_other(who, sentence, age)
    )


def _is_joined(sentence: str, age: Span) -> bool:
    """Whether nothing stands between the age and the name beside it but words that join them: “Oro, 41”,
    “Oro, who turned 41”, “41-year-old Oro”."""
    start, end = age
    if _OLD.search(sentence[start:end]) and _BEHIND.match(sentence, end):
        return True
    name = [found for found in _NAMES.finditer(sentence, 0, start) if _name_words(found.group())][-1]
    possessive = _POSSESSIVE.search(name.group()) is not None
    return possessive or _JOINED.fullmatch(sentence, name.end(), start) is not None


def _is_other(who: frozenset[str], sentence: str, age: Span) -> bool:
    """Whether it is the age of somebody or something else: “her 13-year-old daughter”, or joined to a name
    that has nothing of the one that is asked for, or another first name. “The Nirvana singer, 27” may be
    anybody."""
    start, end = age
    if _OLD.search(sentence[start:end]) and _SOMETHING_ELSE.match(sentence, end):
        return True
    name = _whose(sentence, age)
    return bool(name) and not (name <= who or who <= name) and _is_joined(sentence, age)
