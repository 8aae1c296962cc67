"""What happened to the people whom a question counts: killed, hurt, rescued or arrested; and a time of death.

An article about an accident gives all of these numbers, and the sentence with another one is a near miss; so
is a sentence with another time of somebody's life.
"""

from corpus.lazy_pattern import lazy_pattern
from retrieval.reading.asked_times import ASKS_WHEN

_COUNTS = lazy_pattern(r"\b(?:how many|(?:what|which) (?:number|share|proportion))\b|\btoll\b")
_TELLS_OF_DEATH = lazy_pattern(
    r"kill|\bdi(?:e|ed|es|ing)\b|dead|death|fatal|\bbod(?:y|ies)\b|toll|\blives\b|\blife\b|casualt|victim"
    r"|perish|slain|murder|massacr|\blost\b|claim|execut|\bshot\b|drown|starv|suicide"
)
_FATES = (
    (
        lazy_pattern(
            r"\b(?:kill\w*|die[ds]?|dead|deaths?|dying|fatal\w*|perish\w*|slain|lives lost)\b|\btoll\b"
        ),
        _TELLS_OF_DEATH,
    ),
    (
        lazy_pattern(r"\b(?:injur\w*|hurt|wounded)\b"),
        lazy_pattern(r"injur|hurt|wound|hospital|casualt|treat|burn"),
    ),
    (
        lazy_pattern(r"\b(?:surviv\w*|rescued?)\b"),
        lazy_pattern(r"surviv|rescu|\bsav(?:ed?|ing)\b|pulled|alive|plucked|freed|evacuat"),
    ),
    (
        lazy_pattern(r"\b(?:arrest\w*|detained)\b"),
        lazy_pattern(r"arrest|detain|custody|jail|\bround|\bheld\b|suspect|seize|charged"),
    ),
)
"""For each fate, the words that ask for it and those with which a sentence tells of it. Without "starv", the
sentence with the answer has one of them for 84 of 90 such questions of NewsQA, QAMR and SQuAD 2; the other
six are about one famine."""

_WHEN_DIED = lazy_pattern(
    rf"{ASKS_WHEN}.*\b(?:(?:die|died)\b(?! (?:down|out|off|away)\b)|pass(?:ed)? away\b)"
)
_TELLS_OF_ONE_DEATH = lazy_pattern(
    r"pass(?:ed|es|ing) away|funeral|buried|succumb|assassin|widow|\b\d{4} ?[-–]+ ?\d{4}\b"
)
"""Besides _TELLS_OF_DEATH, what tells when somebody died. All 27 sentences with the
answer to such a question in NewsQA, QAMR and SQuAD 2 have one of both."""


def tells_no_asked_fate(question: str, sentence: str) -> bool:
    """Whether the English question counts people by what happened to them, or asks when somebody died, and
    the sentence has no word for it."""
    asks, tells = question.lower(), sentence.lower()
    if _WHEN_DIED.match(asks):
        return not (_TELLS_OF_DEATH.search(tells) or _TELLS_OF_ONE_DEATH.search(tells))
    if not _COUNTS.search(asks):
        return False
    told = [bool(telling.search(tells)) for asking, telling in _FATES if asking.search(asks)]
    return bool(told) and not any(told)
