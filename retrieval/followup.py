"""Questions that lean on the one before them: "And in Japan?", "Why?", "What did he say?"."""

import re
from collections.abc import Sequence

from retrieval.words import STOP_WORDS

FEW = 2
"""A question with at most so many telling words of its own is taken to lean on the one before."""

_OPENING = re.compile(r"\s*(?:and|but|so|also|then|what about|how about|why|how come)\b", re.IGNORECASE)
_POINTING = re.compile(
    r"\b(?:he|him|his|she|her|hers|it|its|they|them|their|theirs|this|that|these|those|there|then)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_FOLLOWS_KO_JA = re.compile(r"^\s*(?:그럼|그리고|그는|그녀는|왜|그것|それ|では|なぜ|彼|その|じゃあ)")


def with_earlier(question: str, earlier: Sequence[str]) -> str:
    """The question as it must be searched: with the telling words of the last one where it leans on it.

    `earlier` are the conversation's questions as they were understood, oldest first.
    """
    if not earlier or not leans(question):
        return question
    own = {word.lower() for word in _WORD.findall(question)}
    carried = [word for word in _telling(earlier[-1]) if word.lower() not in own]
    return " ".join([question.strip(), *carried]) if carried else question


def leans(question: str) -> bool:
    """Whether a question can't be searched by itself."""
    if _FOLLOWS_KO_JA.match(question):
        return True
    telling = _telling(question)
    named = [word for word in telling if word[:1].isupper()]
    if _OPENING.match(question) and len(telling) <= 2 * FEW:
        return True
    if _POINTING.search(question) and len(named) < FEW:
        return True
    return question.isascii() and len(telling) < FEW and not named


def _telling(question: str) -> list[str]:
    return [word for word in _WORD.findall(question) if word.lower() not in STOP_WORDS]
