"""Questions about a topic that ask what an outlet, or the articles of some time, say about it.

“What did the NYT say about college football?”, “Apple news in late September 2023”.
"""

import re
from collections.abc import Sequence

from corpus.lazy_pattern import lazy_pattern
from retrieval.dates.newest_topic import WORDS, is_sentence
from retrieval.question.hint import Hint, HintKind

LONGEST_REPORTED_TOPIC = 200
"""Maximum characters of such a text: a topic of eight words, an outlet and a time."""

_OUTLET, _TIME = "\N{BLACK SQUARE}", "\N{WHITE SQUARE}"
"""Placeholders for the words of an outlet and of a time."""
_PART = (
    r"(?:(?:early|mid|late)[ -]"
    r"|(?:beginning|start|middle|end|(?:first|second) (?:half|quarter)) of (?:the )?)"
)
_WHEN = rf"(?:,? (?:(?:on|in|from|of|during|for|at|back in) )?(?:the )?{_PART}?{_TIME})"
_SAY = (
    r"(?:say|said|saying|write|written|writing|wrote|report|reported|reporting|publish|published|cover|covered"
    r"|covering|have|think|tell us|post|posted)"
)
_WAS = r"(?:was|were|is|has been|did (?:they|you|people|the papers|the media))"
_ABOUT = r"(?:about|on|regarding|concerning|of)"
_EITHER_OUTLET = rf"{_OUTLET}(?: (?:vs\.?|versus|and|with|to) (?:the )?{_OUTLET})?"
_TOPIC = r"(?P<topic>\S.*?)"
_FORMS = tuple(
    lazy_pattern(form, re.IGNORECASE)
    for form in (
        rf"(?:what|how) (?:do|does|did|has|have|had|is|was) (?:the )?{_OUTLET} {_SAY}{_WHEN}? {_ABOUT} "
        rf"{_TOPIC}{_WHEN}?",
        rf"(?:(?:is there )?(?:anything|something|news|what|compare) )?(?:(?:in|from|by) )?(?:the )?"
        rf"{_EITHER_OUTLET} {_ABOUT} {_TOPIC}{_WHEN}?",
        rf"what {_WAS} {_SAY}{_WHEN} {_ABOUT} {_TOPIC}",
        rf"what {_WAS} {_SAY} {_ABOUT} {_TOPIC}{_WHEN}",
        rf"what (?:has |have )?happened (?:to|with|at|in) {_TOPIC}{_WHEN}",
        rf"{_TOPIC} (?:news|coverage|headlines){_WHEN}",
        rf"(?:(?:on|in|from) )?{_TIME}[,:]? {_TOPIC}",
        rf"{_TOPIC}{_WHEN}",
    )
)
_SHORT = 3
"""Maximum words of a topic that has only a time beside it."""
_BARE = _FORMS[-2:]


def reported_topic(text: str, hints: Sequence[Hint]) -> str:
    """The topic of the question; empty if it is another kind of question. `hints` are those parsed from the
    text."""
    said = text.strip().rstrip("?？!. ")
    for kind, sign in ((HintKind.SOURCE, _OUTLET), (HintKind.DATES, _TIME)):
        for words in dict.fromkeys(hint.words for hint in hints if hint.kind is kind):
            said = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", sign, said, count=1)
    if len(said) > LONGEST_REPORTED_TOPIC or (_OUTLET not in said and _TIME not in said):
        return ""
    for form in _FORMS:
        found = form.fullmatch(said)
        if not found:
            continue
        topic = found["topic"].strip(" ,")
        most = _SHORT if form in _BARE else WORDS
        whole = _OUTLET not in topic and _TIME not in topic
        if whole and len(topic.split()) <= most and not is_sentence(topic):
            return topic
    return ""
