"""Reactions before a question: "lol and who is to blame?", "I see. And what about Japan?".

They are cut off like a courtesy, since "and" and "what about" show that a question continues the one before
only at its beginning.
"""

import re

from corpus.lazy_pattern import lazy_pattern
from retrieval.question import english_courtesies
from retrieval.question.context import OPENING, WORD, asks_east_asian, opens_clause
from retrieval.question.remarks.remark import Remark, remark_of
from retrieval.text.scripts import EAST

PIECES = 4
"""Maximum reactions removed: "lol, wow. thanks! and why?" has three."""
LONGEST = 60
"""Characters that are examined for the end of a reaction."""

_REACTIONS = frozenset({Remark.OKAY, Remark.DOUBT, Remark.PRAISE, Remark.THANKS, Remark.INSULT})
_BREAK = lazy_pattern(
    r"(?P<mark>\s?[,.!?…~:;]+\s+|\s[-–—]+\s+|[、。！？，]\s*)|(?P<joined>\s+(?=(?:and|but|so)\b))"
    r"|(?P<laughed>(?<=[ㅋㅎㅠㅜ])\s+)|\s+(?=(?:who|what|when|where|which|why|how)\b)",
    re.IGNORECASE,
)
"""What ends a reaction: a mark, or the beginning of a question."""
_CONTINUES = lazy_pattern(r"(?:and|but|so|also|then|what about|how about)\b", re.IGNORECASE)
_FELT = lazy_pattern(
    r"\W*(?:(?:oh|wow|omg|well|ok),? )?(?:no way|(?:(?:that|it|this)(?:['’]?s| is| was)|how|so|very|really)"
    r"(?: (?:so|really|very|pretty|quite|too|just))?"
    r" (?:sad|awful|terrible|horrible|tragic|heartbreaking|crazy|wild|insane|scary|shocking|surprising"
    r"|strange|weird|odd|funny|bad|unfortunate|unbelievable|incredible|amazing|great|good|nice|cool|interesting|helpful"
    r"|a lot|a shame|a pity|true|right))\W*",
    re.IGNORECASE,
)
_AGAIN = lazy_pattern(
    r"\W*(?:(?:once )?again|once more|(?:let me|i['’]?ll|to) (?:rephrase(?: (?:that|it|this))?|re-?ask|repeat"
    r"|(?:ask|try|say) (?:(?:that|it|this) )?(?:again|differently|another way|in another way))"
    r"|rephrased?|in other words|i repeat)\W*",
    re.IGNORECASE,
)
"""How a question is introduced that was asked before."""


def without_reaction(text: str) -> str:
    """The text without reactions at its beginning, if a question follows them. "No, in Japan" stays: it
    corrects the question before."""
    start = asked = 0
    for _ in range(PIECES):
        found = _BREAK.search(text, start, start + LONGEST)
        if not found or not _reacts(text[start : found.end()].strip(), found.lastgroup):
            break
        start = found.end()
        if _asks(text[start:], marked=found.lastgroup == "mark"):
            asked = start
    return text[asked:]


def _reacts(piece: str, ended: str | None) -> bool:
    """Whether words only react. Without a mark or "and" after them, only a single word does: "lol why", but
    not "I see why"."""
    if OPENING.fullmatch(piece):
        return False
    said = remark_of(piece)
    if ended is None:
        return said in (Remark.OKAY, Remark.DOUBT) and " " not in piece
    return said in _REACTIONS or bool(_FELT.fullmatch(piece) or _AGAIN.fullmatch(piece))


def _asks(text: str, *, marked: bool) -> bool:
    """Whether a text begins like a question. After a mark "and Japan?" does too, but not in "Nice and
    Cannes"."""
    if EAST.search(text):
        return asks_east_asian(text)
    opening = OPENING.match(text)
    rest = text[opening.end() :] if opening else text
    if not WORD.search(rest):
        return False
    return (
        (marked and _CONTINUES.match(text) is not None)
        or opens_clause(rest)
        or english_courtesies.opening(rest, 0) > 0
    )
