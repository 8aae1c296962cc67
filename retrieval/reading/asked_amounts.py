"""Which kind of amount or time an English question asks for, and whether a sentence has one.

A sentence without a number hardly answers "how many"; if the best one has none, it is more often a near miss.
"""

import re

from retrieval.dates.named_times import named_times
from retrieval.text.quantities import NUMBER_WORDS

_COSTS = (
    "cost|pay|paid|worth|fined?|price|prize|salary|spend|spent|spending|charged?|earn|insured|awarded|donated?"
    "|raised?|sold|owe|bail|debt|budget|make|made|invest|invested|grants?|bonus"
)
_NUMBER = re.compile(
    r"\bhow (?:many|much|old|far|tall|high|big|large|fast|deep|wide|heavy)\b"
    r"|\b(?:what|which) (?:percent\w*|share|number|proportion)\b",
    re.IGNORECASE,
)
_MONEY = re.compile(
    rf"\bhow much (?:money|cash|ransom|compensation)\b|\bhow much\b.*\b(?:{_COSTS})\b", re.IGNORECASE
)
_LONG = re.compile(r"\bhow long\b", re.IGNORECASE)
_WHEN = re.compile(r"\W*(?:when|(?:on |in )?(?:what|which) (?:date|day|year|month))\b", re.IGNORECASE)

_DIGITS = re.compile(r"\d+")
_NUMBER_WORD = re.compile(rf"\b(?:{NUMBER_WORDS}|couple|pair|single|doubled?|tripled?)\b", re.IGNORECASE)
_CURRENCY = re.compile(
    r"[$£€¥₩]|\b(?:dollars?|euros?|pounds?|cents?|yen|won|francs?|rupees?|pesos?|yuan|rubles?|kronor)\b",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    r"\b(?:seconds?|minutes?|hours?|nights?|days?|weeks?|weekends?|months?|seasons?|years?|decades?|century"
    r"|centuries|life|lifetime|since|until|forever)\b",
    re.IGNORECASE,
)
_TIME = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|yesterday|today|tomorrow|tonight|now|soon|ago|later"
    r"|earlier|when|after|before|since|until|during|midnight|noon|morning|afternoon|evening|nights?|weekends?"
    r"|hours?|days?|weeks?|months?|years?|decades?|century"
    r"|(?:last|next|this|same|previous|following) (?:spring|summer|fall|winter|season)"
    r"|\d+(?::\d\d)? ?[ap]\.?m)\b",
    re.IGNORECASE,
)


def lacks_amount(question: str, sentence: str) -> bool:
    """Whether the question asks for a number, an amount of money, a duration or a time, and the sentence has
    none. A date does not count as a number."""
    if _MONEY.search(question):
        return not _CURRENCY.search(sentence)
    if _NUMBER.search(question):
        return not _has_number(sentence)
    if _LONG.search(question):
        return not _LENGTH.search(sentence) and not _has_number(sentence)
    if _WHEN.match(question):
        return not _TIME.search(sentence) and not named_times(sentence)
    return False


def _has_number(sentence: str) -> bool:
    if _NUMBER_WORD.search(sentence):
        return True
    times = named_times(sentence)
    return any(
        not any(time.start < found.end() and found.start() < time.end for time in times)
        for found in _DIGITS.finditer(sentence)
    )
