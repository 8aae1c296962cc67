"""Which kind of amount, age or time an English question asks for, and where a sentence has one.

A sentence without a number hardly answers "how many"; if the best one has none, it is more often a near miss.
"""

import re
from collections.abc import Sequence

from corpus.lazy_pattern import lazy_pattern
from retrieval.dates.days import WEEKDAY
from retrieval.dates.named_times import named_times
from retrieval.reading.asked.times import ASKS_WHEN
from retrieval.text.quantities import NUMBER_WORDS
from retrieval.text.sentences import Span

_COSTS = (
    "cost|pay|paid|worth|fined?|price|prize|salary|spend|spent|spending|charged?|earn|insured|awarded|donated?"
    "|raised?|sold|owe|bail|debt|budget|make|made|invest|invested|grants?|bonus"
)
_UNITS = "seconds?|minutes?|hours?|nights?|days?|weeks?|weekends?|months?|seasons?|years?|decades?"
_WHAT_IS = r"\bwhat(?: is|['’]?s| was| are| were)(?: the| its| their| his| her)?(?: [\w'’]+){0,2} "
_NUMBER = lazy_pattern(
    r"\bhow (?:many|much|far|tall|high|big|large|fast|deep|wide|heavy)\b"
    r"|\b(?:what|which) (?:share|number|proportion)\b"
    rf"|{_WHAT_IS}(?:population|toll|height|distance|width|weight|depth|speed|temperature|magnitude|turnout"
    r"|score|amount|total)\b",
    re.IGNORECASE,
)
_SHARE = lazy_pattern(r"\b(?:what|which|how many)(?: (?:is|was))?(?: the)? percent\w*", re.IGNORECASE)
_CLOCK = lazy_pattern(r"\b(?:what|which) time\b(?! of )", re.IGNORECASE)
_HOW_OLD = lazy_pattern(
    r"\bhow old\b|\b(?:what|which) age\b(?! group)"
    r"|\b(?:what|which)(?: is|'s|’s| was| are| were) .{1,60}\bages?\b"
    r"|^\W*(?:[\w.'’-]+ ){1,4}age\W*$",
    re.IGNORECASE,
)
_ONLY_COINS = "dollars?|euros?|yen|francs?|rupees?|pesos?|yuan|rubles?"
_COINS = rf"{_ONLY_COINS}|pounds?|cents?|won|kronor"
_MONEY = lazy_pattern(
    rf"\bhow many (?:more )?(?:(?:thousand|[mbtr]+illion)s? )?(?:of )?(?:US )?(?:{_ONLY_COINS})\b"
    rf"|\bhow many (?:thousand|[mbtr]+illion)s? (?:of )?(?:{_COINS})\b"
    rf"|\bhow much (?:money|cash|ransom|compensation)\b|\bhow much\b.*\b(?:{_COSTS})\b"
    r"|\bhow (?:big|large|high)\b.*\b(?:jackpot|prize|fine|budget|debt|settlement|bonus|reward|ransom"
    r"|salary)\b"
    rf"|{_WHAT_IS}(?:price|cost|budget|salary|jackpot|ransom|bail|fee|net worth)\b",
    re.IGNORECASE,
)
_OF_TIME = lazy_pattern(
    r"\bhow (?:much|far)\b.*\b(?:time|longer|later|earlier|sooner|older|younger)\b", re.IGNORECASE
)
"""Asks for a number that a duration answers ("how much longer")."""
_LONG = lazy_pattern(rf"\bhow long\b|{_WHAT_IS}(?:length|duration)\b", re.IGNORECASE)
_HOW_MANY_UNITS = lazy_pattern(rf"\bhow many (?:more )?(?:{_UNITS})\b", re.IGNORECASE)
_WHEN = lazy_pattern(
    rf"{ASKS_WHEN}|^\W*(?:[\w.'’-]+ ){{1,6}}date\W*$|\W*{_WHAT_IS}(?:date|birthday|deadline)\b",
    re.IGNORECASE,
)

_DIGITS = lazy_pattern(r"\d[\d.,]*")
_NUMBER_WORD = lazy_pattern(
    rf"\b(?<!\bno )(?:{NUMBER_WORDS}|couple|pair|single|doubled?|tripled?)\b(?! another\b)", re.IGNORECASE
)
_NO_LENGTH = frozenset("all both none single pair couple".split())
"""Numbers of persons and things that measure nothing."""
_CURRENCY = lazy_pattern(
    r"[$£€¥₩] ?(?:\d[\d.,]*)?"
    rf"|\b(?:(?:\d[\d.,]*|{NUMBER_WORDS}|an?|US|U\.S\.)[ -])*"
    rf"(?:{_COINS})\b",
    re.IGNORECASE,
)
_LENGTH = lazy_pattern(
    r"\b(?:(?:since|until)\b(?: [\w.,]+){0,3}"
    rf"|(?:(?:\d[\d.,]*|{NUMBER_WORDS}|an?|few|many)[ -])?(?:{_UNITS})"
    r"|century|centuries|life|lifetime|forever)\b",
    re.IGNORECASE,
)
_NAMED_UNIT = lazy_pattern(
    r"\b(?:next|last|this|that|same|previous|following) (?:night|day|week|weekend|month|season"
    r"|year|decade)\b",
    re.IGNORECASE,
)
"""A unit of time that is no length of time: "next year"."""
_PERCENT = lazy_pattern(
    r"\d[\d.,]*(?: ?%| ?[ -]per ?cent)|\bper ?cent\w*|\b(?:half|thirds?|quarters?|fifths?|(?:out|in) of)\b"
    rf"|\b(?:\d+|{NUMBER_WORDS}) (?:in|of|out of) (?:every )?(?:\d+|{NUMBER_WORDS})\b",
    re.IGNORECASE,
)
_OF_DAY = lazy_pattern(
    r"\b\d{1,2}(?::\d\d)? ?[ap]\.?m\b\.?|\b\d{1,2}:\d\d\b|\b(?:noon|midnight|midday|dawn|dusk|o['’]clock)\b"
    r"|\b\d{1,2} (?:GMT|ET|local time)\b|\b\d{4} (?:GMT|hours|local time)\b",
    re.IGNORECASE,
)
_TIME = lazy_pattern(
    rf"\b(?:{WEEKDAY}|yesterday|today|tomorrow|tonight|now|soon|ago|later"
    r"|earlier|when|after|before|since|until|during|midnight|noon|morning|afternoon|evening|nights?|weekends?"
    r"|hours?|days?|weeks?|months?|years?|decades?|century"
    r"|(?:end|start|beginning) of"
    r"|(?:last|next|this|same|previous|following) (?:spring|summer|fall|winter|season)"
    r"|\d+(?::\d\d)? ?[ap]\.?m)\b",
    re.IGNORECASE,
)
_SPELT_AGE = (
    r"(?:(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)(?:-(?:one|two|three|four|five|six|seven"
    r"|eight|nine))?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen)"
)
_AGE = lazy_pattern(
    rf"(?<![\w.,:/$£€¥₩#–-])(?:\d{{1,3}}|{_SPELT_AGE})[ -](?:day|week|month|year|centurie)s?[ -]olds?\b"
    r"|\b\d{1,3}(?:st|nd|rd|th) birthday\b"
    rf"|\b(?:aged?|ages|turn(?:s|ed|ing)?)(?: of)? (?:\d{{1,3}}|{_SPELT_AGE})\b"
    r"|(?<![\w.,:/$£€¥₩#–-])\d{1,3}(?![\w%]|[.,:/–-]\d|-\w)"
    r"(?= (?:and|or|but|when|while|at|in|on|as|who)\b|[^\w\s]|\s*\Z)"
    r"|\b(?:centur|decad)\w+[ -]old\b|\bteen(?:age\w*)?\b"
    r"|\bin (?:his|her|their) (?:\w+ )?(?:\d0s|(?:twen|thir|for|fif|six|seven|eigh|nine)ties)\b",
    re.IGNORECASE,
)
"""A number is an age where it counts nothing: "Berg, 41, said", "a girl of 11 who", but no "five years"."""
_BEGAN = lazy_pattern(
    r"\b(?:born|birthday|anniversary|founded|established|built|opened|formed|dat(?:es|ed|ing)(?: back)?)\b",
    re.IGNORECASE,
)
"""With a time, this says how old somebody or something is too."""


def amounts(question: str, sentence: str) -> list[Span] | None:
    """Where the sentence has an amount of the kind that the question asks for: a number, money, an age, a
    duration or a time; None if it asks for none. A date or a duration does not count as a number, nor a
    duration as an age."""
    if _MONEY.search(question):
        return _spans(_CURRENCY, sentence)
    if _HOW_OLD.search(question):
        return _ages(sentence)
    if _HOW_MANY_UNITS.search(question):
        return _outside(_spans(_LENGTH, sentence), _spans(_NAMED_UNIT, sentence))
    if _SHARE.search(question):
        return _spans(_PERCENT, sentence)
    if _NUMBER.search(question):
        found = _numbers(sentence)
        return found if _OF_TIME.search(question) else _outside(found, _spans(_LENGTH, sentence))
    if _CLOCK.search(question):
        return _spans(_OF_DAY, sentence)
    if _LONG.search(question):
        numbers = [one for one in _numbers(sentence) if sentence[slice(*one)].lower() not in _NO_LENGTH]
        return [*_spans(_LENGTH, sentence), *numbers]
    if _WHEN.match(question):
        return [*_spans(_TIME, sentence), *_times(sentence)]
    return None


def asks_exact_kind(question: str) -> bool:
    """Whether the question asks for money, an age, a percentage or a time of day, which no other amount
    answers."""
    return any(asked.search(question) for asked in (_MONEY, _HOW_OLD, _SHARE, _CLOCK))


def asks_age(question: str) -> bool:
    """Whether the question asks for an age."""
    return bool(_HOW_OLD.search(question))


def _numbers(sentence: str) -> list[Span]:
    return [*_spans(_NUMBER_WORD, sentence), *_outside(_spans(_DIGITS, sentence), _times(sentence))]


def _ages(sentence: str) -> list[Span]:
    times = _times(sentence)
    ages = _outside(_spans(_AGE, sentence), times)
    return [*ages, *times] if _BEGAN.search(sentence) else ages


def _times(sentence: str) -> list[Span]:
    return [(time.start, time.end) for time in named_times(sentence)]


def _spans(pattern: re.Pattern[str], sentence: str) -> list[Span]:
    return [found.span() for found in pattern.finditer(sentence)]


def _outside(spans: Sequence[Span], others: Sequence[Span]) -> list[Span]:
    """The spans that overlap none of the others."""
    return [one for one in spans if not any(start < one[1] and one[0] < end for start, end in others)]
