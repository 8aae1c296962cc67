"""What a follow-up puts in the place of something in the question before, which is then asked again: "and
Engadget?", "and in November?", "no, I meant Gary Wang", "not Ellison, Wang"."""

import re
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from corpus.lazy_pattern import lazy_pattern
from retrieval.dates.mentioned_dates import mentioned_periods
from retrieval.question.context import OPENING, WORD, content_words, has_clause, naming
from retrieval.question.followups.followup_dates import DATED_BY, as_date, undated, with_year_of
from retrieval.question.pronouns import AUXILIARIES, PREPOSITIONS, plain_word
from retrieval.text.analyzer import STOP_WORDS
from retrieval.text.proper_names import runs
from retrieval.text.scripts import EAST

Spans = Sequence[tuple[int, int]]
LONGEST = 60
"""Characters of the name that takes another's place."""
FEW_WORDS = 3
"""Words of a person's name at most, where it can't be told by its capitals."""

_CITING = lazy_pattern(
    r"\W*(?:(?:and|but|so|also|then|only|just|what about|how about)\b\W*)*"
    r"(?:(?:what|how) (?:did|does|do|has|have)\W+)?(?:(?:according to|in|from|by|with)\W+)?(?:the\W+)?"
    r"(?:say|said|says|report|reported|write|written|think)?"
    r"(?:\W+(?:about|on|of) (?:it|that|this|him|her|them))?\W*",
    re.IGNORECASE,
)
"""What may be around the name of an outlet in a question that only names another one."""
_PLAIN = lazy_pattern(r"\W*(?:the\W+)?\W*", re.IGNORECASE)
_HESITATION = r"(?:no|nope|sorry|wait|oh|oops|actually)\b"
_MEANT = rf"(?:{_HESITATION}\W*)*i (?:actually |really )?(?:mean|meant)\b\W*"
_CORRECTIONS = (
    lazy_pattern(
        rf"\W*(?:{_MEANT}|(?:{_HESITATION}\W*)*)not (?P<old>[^,;–—-]+?)(?:,? but\b|[,;]| [-–—])\W*"
        r"(?P<new>.+?)\W*",
        re.IGNORECASE,
    ),
    lazy_pattern(
        rf"\W*(?:{_MEANT}|(?:{_HESITATION}\W*)*)(?P<new>[^,;]+?),? (?:and )?not (?P<old>.+?)\W*",
        re.IGNORECASE,
    ),
    lazy_pattern(rf"\W*(?:{_MEANT}|{_HESITATION}\s?[,.:!–—-]\W*)(?P<old>)(?P<new>.+?)\W*", re.IGNORECASE),
)
_EASTERN_CORRECTIONS = (
    lazy_pattern(
        r"(?:아니(?:요|야|에요)?[\s,.]+)?(?P<old>\S[^,?!]*?)(?:이|가)?\s?(?:말고|아니고|아니라)[\s,]+"
        r"(?P<new>\S.*?)(?:이?요|은|는)?[\s?!.]*"
    ),
    lazy_pattern(
        r"(?:(?:いや|いいえ|違う)[、。\s]*)?(?P<old>[^、。？]+?)(?:じゃなくて?|ではなくて?|じゃない)[、。\s]*"
        r"(?P<new>\S.*?)(?:の方|のこと)?(?:は|です)?[\s?？。!！]*"
    ),
)
_PARTICLES = ("은는", "이가", "을를", "과와")
"""Korean particles after a consonant and after a vowel."""


class Replacement(NamedTuple):
    """Words of the question before, and those that take their place."""

    old: str
    new: str

    def applied(self, text: str) -> str:
        """The text with the new words, and the Korean particle that fits them."""
        start = text.find(self.old)
        if start < 0:
            return text
        rest = text[start + len(self.old) :]
        ends = "가" <= self.new[-1:] <= "힣" and (ord(self.new[-1]) - ord("가")) % 28 == 0
        for pair in _PARTICLES:
            if rest[:1] and rest[0] in pair and EAST.search(self.new):
                rest = pair[ends] + rest[1:]
                break
        return f"{text[:start]}{self.new}{rest}"


def date_in_place(question: str, earlier: str, now: datetime) -> Replacement | None:
    """The date of a fragment that is nothing else, and the only one of the question before, unless that is
    part of a name ("the 2023 final")."""
    asked = with_year_of(as_date(question, earlier, now), earlier, now)
    opening = OPENING.match(asked)
    before = mentioned_periods(earlier, now)
    if not opening or WORD.search(undated(asked[opening.end() :], now)):
        return None
    if len(before) != 1 or before[0].now or not mentioned_periods(asked, now):
        return None
    start, end = before[0].start, before[0].end
    lead = DATED_BY.search(earlier, 0, start)
    if not lead and WORD.search(earlier, end):
        return None
    new = asked[opening.end() :].strip(" ?.!")
    return Replacement(earlier[lead.start() if lead else start : end], new)


def outlet_in_place(
    question: str, earlier: str, phrases: Sequence[str], outlets: Callable[[str], Spans]
) -> Replacement | None:
    """The outlet that a question only names, and the only one that the question before cited. `phrases` are
    the words of that which were understood, and `outlets` finds the names of outlets in a text."""
    before = [(start, end) for start, end in outlets(earlier) if earlier[start:end] in phrases]
    named = outlets(question) if len(before) == 1 else []
    if len(named) != 1:
        return None
    start, end = named[0]
    around = f"{question[:start]} {question[end:]}"
    if _PLAIN.fullmatch(around) or not _CITING.fullmatch(around):
        return None
    return Replacement(earlier[slice(*before[0])], question[start:end])


def correction(question: str, earlier: str, own: str = "") -> Replacement | None:
    """The name that a question gives in place of one of the question before: of the one that it rejects, or
    of the only one, among the `own` words of that question or all of its words. Both must be written with
    the capitals of names."""
    patterns = _EASTERN_CORRECTIONS if EAST.search(question) else _CORRECTIONS
    for pattern in patterns:
        if found := pattern.fullmatch(question):
            old, new = found["old"].strip(), found["new"].strip()
            if len(new) > LONGEST or not _names_only(new):
                continue
            if EAST.search(question):
                return Replacement(old, new) if old and old in earlier else None
            names = [name for name in _names(earlier) if not old or _has(name, old)]
            if not old:
                names = [name for name in names if name in own] or names
            return Replacement(names[0], new) if len(names) == 1 else None
    return None


def _names_only(words: str) -> bool:
    """Whether the words are nothing but a name."""
    if EAST.search(words):
        return bool(naming(words)) and len(words.split()) <= FEW_WORDS
    said = content_words(words)
    # "gary wang", where articles do not show that Gary is a name.
    named = (
        said and said[-1][0].isupper() and (len(said) <= FEW_WORDS or all(word[0].isupper() for word in said))
    )
    prepositions = PREPOSITIONS.intersection(words.lower().split()[:1])
    return bool(named) and not (prepositions or has_clause(words))


def _names(text: str) -> list[str]:
    """The names in a question, without the words that begin it."""
    found = []
    for run in runs(text):
        words = run[0].split()
        while words and plain_word(words[0]) in STOP_WORDS | AUXILIARIES:
            del words[0]
        found += [" ".join(words)] if words else []
    return list(dict.fromkeys(found))


def _has(name: str, words: str) -> bool:
    """Whether a name has all of the words."""
    said = {plain_word(word) for word in WORD.findall(name)}
    return said.issuperset(map(plain_word, WORD.findall(words)))
