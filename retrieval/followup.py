"""Questions that lean on the one before them: "And in Japan?", "Why?", "What did he say?"."""

import re
from collections.abc import Sequence

from retrieval.words import STOP_WORDS

FEW = 2
"""A question with fewer telling words of its own, and no name, is taken to lean on the one before."""
SHORT = 10
"""Letters that a Korean or Japanese question has, at most, where it asks no more than why, who or what."""
CARRIED = 12
"""Words taken over at most, the latest first: a long chain of questions must not grow without end."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_SHORTENED = re.compile(r"(?:n['’]t|['’].*)$")
_OPENING = re.compile(r"\s*(?:and|but|so|also|then|what about|how about)\b", re.IGNORECASE)
_DEFINING = re.compile(
    r"\s*(?:what|who)(?:['’]s| is| are| was| were)\s+(?!the\b)\S+\s*\??\s*$", re.IGNORECASE
)
_EMPTY_IT = re.compile(r"\b(?:is|was) it \w+ (?:to|that)\b|\b(?:does|did) it (?:take|cost)\b", re.IGNORECASE)
_EMPTY = frozenset("again else exactly explain happen happened happening next tell".split())
_SUBJECTS = frozenset("he she it they".split())
_OTHERS = frozenset("him his her hers it its them their theirs".split())
_THESE = frozenset("this that these those".split())
_PLACES = frozenset("there then".split())
_AUXILIARIES = frozenset(
    "am are be been can could did do does had has have is may might must should was were will would".split()
)
_PREPOSITIONS = frozenset(
    "about after against at before by for from in into of on since to under with".split()
)
_FOLLOWS_KO_JA = re.compile(
    r"\s*(?:그럼|그리고|그러면|그는|그녀는|그들은|그 |그것|거기|"
    r"それ(?!ぞれ)|その|そこ|では|じゃあ|彼[はがのら女])"
)
_TOPIC_KO_JA = re.compile(r"(?:은|는|(?<!と)は)\s*[?？]\s*$")
_ASKING_KO_JA = re.compile(r"\s*(?:왜|누가|언제|어디서|어떻게|なぜ|誰が|いつ|どこで|どうして)")
_KO_JA = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def with_earlier(question: str, earlier: Sequence[str]) -> str:
    """The question as it must be searched: with the telling words of the last one where it leans on it.

    `earlier` are the conversation's questions as they were understood, oldest first.
    """
    if not earlier or not leans(question):
        return question
    own = {word.lower() for word in _WORD.findall(question)}
    carried = [word for word in _telling(earlier[-1]) if word.lower() not in own][:CARRIED]
    return " ".join([question.strip(), *carried]) if carried else question


def leans(question: str) -> bool:
    """Whether a question can't be searched by itself."""
    if _KO_JA.search(question):
        short = sum(character.isalnum() for character in question) <= SHORT
        return bool(
            _FOLLOWS_KO_JA.match(question)
            or (short and (_TOPIC_KO_JA.search(question) or _ASKING_KO_JA.match(question)))
        )
    telling = [word for word in _telling(question) if _plain(word) not in _EMPTY]
    if _OPENING.match(question) and len(telling) <= 2 * FEW:
        return True
    names = sum(word[0].isupper() for word in telling)
    if names < FEW and _points(_WORD.findall(_EMPTY_IT.sub(" ", question))):
        return True
    return not telling or (len(telling) < FEW and not names and not _DEFINING.match(question))


def _points(words: Sequence[str]) -> bool:
    """Whether a pronoun has nothing before it in the question that it could stand for."""
    for place, word in enumerate(words):
        pointer, before = word.lower(), words[place - 1].lower() if place else ""
        last = place == len(words) - 1
        if pointer in _PLACES and last and place:
            return True
        if pointer in _SUBJECTS and (not place or before in _AUXILIARIES):
            return True
        if pointer in _THESE and (not place or before in _AUXILIARIES or before in _PREPOSITIONS):
            return True
        if pointer in _OTHERS and not _telling(" ".join(words[:place][2:])) and not _named(words[1:place]):
            return True
    return False


def _named(words: Sequence[str]) -> bool:
    return any(word[0].isupper() for word in words)


def _telling(question: str) -> list[str]:
    return [word for word in _WORD.findall(question) if _plain(word) not in STOP_WORDS]


def _plain(word: str) -> str:
    return _SHORTENED.sub("", word.lower())
