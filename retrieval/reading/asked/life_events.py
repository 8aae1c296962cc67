"""Events of people's lives that an English question asks about, and the words with which a sentence tells of
them.

A sentence about the same person with another time, place or number is a near miss: "When was Berg born?" is
not answered by the day on which Berg spoke.
"""

from corpus.lazy_pattern import lazy_pattern
from retrieval.reading.asked.times import ASKS_WHEN

_COUNTS = lazy_pattern(r"\b(?:how many|(?:what|which) (?:number|share|proportion))\b|\btoll\b")
_DEATH = (
    r"kill|\bdi(?:e|ed|es|ing)\b|dead|death|fatal|\bbod(?:y|ies)\b|toll|\blives\b|\blife\b|casualt|victim"
    r"|perish|slain|murder|massacr|\blost\b|claim|execut|\bshot\b|drown|starv|suicide"
)
_COUNTED = (
    (
        lazy_pattern(
            r"\b(?:kill\w*|die[ds]?|dead|deaths?|dying|fatal\w*|perish\w*|slain|lives lost)\b|\btoll\b"
        ),
        lazy_pattern(_DEATH),
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
"""For each event by which a question counts people, the words that ask for it and those that tell of it.
Without "starv", the sentence with the answer has one of them for 84 of 90 such questions of NewsQA, QAMR and
SQuAD 2; the other six are about one famine."""

_WHERE = r"\W*(?:where|(?:in )?(?:what|which) (?:city|town|village|country|state|place|hospital|church))\b"
_LIFE = (
    (
        lazy_pattern(rf"{ASKS_WHEN}.*\b(?:(?:die|died)\b(?! (?:down|out|off|away)\b)|pass(?:ed)? away\b)"),
        lazy_pattern(
            rf"{_DEATH}|pass(?:ed|es|ing) away|funeral|buried|succumb|assassin|widow"
            r"|\b\d{4} ?[-–]+ ?\d{4}\b"
        ),
    ),
    (
        lazy_pattern(
            rf"(?:{ASKS_WHEN}|{_WHERE}).*\bborn\b"
            r"|.*\b(?:birthday|birthplace|birth ?date|(?:date|place) of birth)\b"
        ),
        lazy_pattern(
            r"\bborn\b|birth|native|raised|grew up|\bhail|\bcomes? from|childhood|deliver|reincarnat"
            r"|\b(?:son|daughter) of\b|\b\d{4} ?[-–]"
        ),
    ),
    (
        lazy_pattern(rf"(?:{ASKS_WHEN}|{_WHERE}).*\b(?:marr(?:y|ied)|wed|wedding|tie the knot)\b"),
        lazy_pattern(
            r"marri|marry|\bwed|wife|husband|spouse|bride|groom|ceremony|nuptial|couple|honeymoon|the knot"
        ),
    ),
    (
        lazy_pattern(
            r"\W*who(?:['’]s| is| are| was| were)\b.*\b(?:wife|husband|spouse|fianc[eé]e?|married to)\b"
            r"|\W*who (?:did|does|has|had)\b.*\bmarr(?:y|ied)\b"
        ),
        lazy_pattern(
            r"marri|marry|wife|wives|husband|spouse|partner|bride|groom|\bwed|couple|fianc|widow|first lady"
            r"|divorc|\bmrs\b"
        ),
    ),
    (
        lazy_pattern(
            r"\W*how many (?:children|kids|sons|daughters|siblings|brothers|sisters|grandchildren)\b"
            r" (?:do|does|did|has|have|had)\b"
        ),
        lazy_pattern(
            r"child|\bkid|\bsons?\b|daughter|sibling|brother|sister|\b(?:father|mother|parents?) of\b"
            r"|\bboys?\b|\bgirls?\b|twins|triplet|bab(?:y|ies)|famil|orphan"
        ),
    ),
    (
        lazy_pattern(rf"(?:{ASKS_WHEN}|{_WHERE}).*\b(?:arrested|detained|captured)\b"),
        lazy_pattern(
            r"arrest|detain|captur|custody|taken|caught|seiz|jail|charg|apprehend|\bheld\b|imprison|\bround"
        ),
    ),
    (
        lazy_pattern(rf"{ASKS_WHEN}.*\b(?:retired?|resign(?:ed)?|step(?:ped)? down|quit)\b"),
        lazy_pattern(
            r"retir|resign|step(?:s|ped|ping)? (?:down|aside)|stood down|\bquit|\bleft\b|\bleav|depart|\bend"
            r"|\bhang|\bhung|final|\blast\b"
        ),
    ),
    (
        lazy_pattern(rf"{ASKS_WHEN}.*\b(?:elected|election)\b"),
        lazy_pattern(r"elect|\bvot|\bpoll|\bw[io]n|ballot|sworn|took office|bec[oa]me|term"),
    ),
)
"""For each event of somebody's life, what asks for it and what tells of it. The sentence with the answer has
such a word for all 27 questions about a death in NewsQA, QAMR and SQuAD 2, for 28 of 31 about a birth, all 7
about a wedding, 48 of 50 about a husband or wife, all 8 about children, all 59 about an arrest, 21 of 22
about a resignation or retirement and all 21 about an election."""


def names_counted_event(word: str) -> bool:
    """Whether a word of a question is one with which it counts people: "killed", "toll"."""
    return any(asking.search(word.lower()) for asking, _ in _COUNTED)


def tells_no_asked_event(question: str, sentence: str) -> bool:
    """Whether the question counts people by what happened to them, or asks about an event of somebody's life,
    and the sentence has no word that tells of it."""
    asks, tells = question.lower(), sentence.lower()
    for asking, telling in _LIFE:
        if asking.match(asks):
            return not telling.search(tells)
    if not _COUNTS.search(asks):
        return False
    told = [bool(telling.search(tells)) for asking, telling in _COUNTED if asking.search(asks)]
    return bool(told) and not any(told)
