"""Requests for the newest articles on a topic: "Gaza latest", "the latest on Gaza", "Gaza now", 가자 최신."""

import re

from corpus.lazy_pattern import lazy_pattern

WORDS = 8
"""Maximum words of a topic: anything longer is a sentence that says what is asked."""

_NEW = r"(?:latest|newest|most recent)"
_NEWS = r"(?:news|updates?|developments?|headlines|stories|articles|coverage|reports?|info(?:rmation)?)"
_ENGLISH = lazy_pattern(
    rf"(?:(?:what(?:['’]?s| is| are)|any|all) )?(?:the )?{_NEW}(?: {_NEWS})? "
    r"(?:on|about|from|in|regarding|around|concerning) (?P<about>.+)"
    rf"|(?P<before>.+?)(?: ?[,:–-])? (?:the )?(?:{_NEW}(?: {_NEWS})?|(?:right )?now|{_NEWS} (?:right )?now)",
    re.IGNORECASE,
)
_KOREAN = lazy_pattern(
    r"(?P<before>.+?)(?:에 (?:대한|관한)|의|관련)? ?(?:최신|최근) ?(?:소식|뉴스|기사|상황)?(?:은|는)?"
    r"|(?:최신|최근) (?P<about>.+?) ?(?:소식|뉴스|기사|상황)(?:은|는)?"
)
_JAPANESE = lazy_pattern(
    r"(?P<before>.+?)(?:に(?:関する|ついての)|の)?(?:最新|最近)の?(?:ニュース|情報|記事|状況|動き)?は?"
    r"|(?:最新|最近)の(?P<about>.+?)(?:の?(?:ニュース|情報|記事|状況|動き))は?"
)
_SENTENCE = lazy_pattern(
    r"(?:who|whom|whose|what|when|where|why|how|which|is|are|was|were|do|does|did|has|have|had|can|could|will"
    r"|would|should|may|might)\b|.*\b(?:is|are|was|were|does|did|has|have|had|will|would|can|could)\b",
    re.IGNORECASE,
)


def topic_of(text: str) -> str:
    """The topic, if the text asks for the newest about it and for nothing else; otherwise empty."""
    plain = text.strip().rstrip("?？!.。 ")
    for pattern in (_ENGLISH, _KOREAN, _JAPANESE):
        if found := pattern.fullmatch(plain):
            topic = (found["about"] or found["before"]).strip()
            if len(topic.split()) <= WORDS and not is_sentence(topic):
                return topic
    return ""


def is_sentence(topic: str) -> bool:
    """Whether the words are a question or statement rather than a topic."""
    return bool(_SENTENCE.match(topic))
