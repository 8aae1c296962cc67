"""Which words of a sentence are marked as the answer: a reader's, where they can be it."""

import re

from retrieval.text.analyzer import STOP_WORDS
from retrieval.text.quantities import singular
from retrieval.text.sentences import Span

NEAR = 60
"""Characters after the words in which a quotation mark or bracket closes that they open."""

_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")
_NAME = r"[A-Z]\w*(?:['’-][A-Z]\w*)*"
_NEXT_NAME = re.compile(rf" ((?!I\b){_NAME})(?!\. )")
_ENDS_IN_NAME = re.compile(rf"(?<!\w){_NAME}\Z")
_SIGNS_BEFORE = "$£€¥₩#"
_MARKS = {"“": "”", "‘": "’", '"': '"', "(": ")", "[": "]"}
_EDGES = " \t\n,;:.!?-–—"

_WHY = re.compile(r"\b(?:why|how come)\b", re.IGNORECASE)
_CAUSE = re.compile(
    r"(?:because|since|as|after|for|over|due|owing|thanks|amid|following|so|in order|out of|in response)\b",
    re.IGNORECASE,
)
"""What a cause begins with."""
_TOLD = re.compile(
    r"\bwhat (?:\w+ )?happen(?:s|ed|ing)?\b"
    r"|\bhow (?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|to)\b"
    r"|\bwhat (?:did|does|do|has|have|had)\b.{1,80}\b(?:say|said|tell|told|think|reply)\b",
    re.IGNORECASE,
)
"""What a clause answers and no few words: how something came about, or what somebody said."""
CLAUSE = 5
"""Words of such a clause at least."""
_HOW_MUCH = re.compile(
    r"\bhow (?:many|much|old|long|far|tall|big|large|high|deep|fast|often)\b", re.IGNORECASE
)
_AMOUNT = re.compile(
    r"\d|\b(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|(?:twen|thir|for|fif"
    r"|six|seven|eigh|nine)ty(?:-\w+)?|both|half|third|quarter|dozens?|scores|hundreds?|thousands?|millions?"
    r"|billions?|trillions?|(?:second|minute|hour|day|week|month|year|decade|centur|generation)\w*"
    r"|once|twice|daily|weekly|yearly|several|few|many|most|all|every|none|no|nothing|zero|double|triple|free)\b",
    re.IGNORECASE,
)
_WHEN = re.compile(r"\b(?:when|(?:what|which) (?:year|day|date|month|time|week))\b", re.IGNORECASE)
_TIME = re.compile(
    r"\d|(?:mon|tues|wednes|thurs|fri|satur|sun|to|yester|birth|holi)day|tomorrow|tonight|now|soon|late|early"
    r"|earlier|ago|recent|current|next|last|previous|after|before|until|since|during|while|when|once|(?:\b(?:jan"
    r"|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|fall|winter|christmas|easter|noon"
    r"|midnight|mid|end|beginning|start|then|at|by))|second|minute|hour|morning|afternoon|evening|night|day"
    r"|week|month|quarter|season|year|decade|centur|twent|thirt|fort|fift|sixt|sevent|eight|ninet",
    re.IGNORECASE,
)
_WHICH = re.compile(r"\W*(?:which|who|whom|whose|where)\b", re.IGNORECASE)
_PRONOUNS = frozenset(
    "he she it they him her them his hers its their theirs this that these those i we us you who which one"
    " until while where when there here then both also".split()
)
"""Words that stand for what was said, so that they tell nothing marked alone."""


def answer_words(question: str, text: str, sentence: Span, words: Span) -> Span | None:
    """The words of a sentence that are marked as the answer to an English question: these, made whole where
    they end inside a word, a name, a quotation or brackets.

    None where they can't be what was asked for, so that the sentence is marked: they only repeat the
    question or stand for something else, no number answers "how many" and no time "when", or a reason, a
    course of events or a statement is asked for, which no few words tell.
    """
    asked = frozenset(_plain(word) for word in _WORD.findall(question))
    found = _whole(text, sentence, words, asked)
    return (
        found
        if found and _can_answer(question, asked, text[slice(*found)], text[sentence[0] : found[0]])
        else None
    )


def _can_answer(question: str, asked: frozenset[str], said: str, before: str) -> bool:
    told = [_plain(word) for word in _WORD.findall(said)]
    telling = [word for word in told if word not in STOP_WORDS | _PRONOUNS]
    if not telling or (asked.issuperset(telling) and "or" not in asked):
        return False
    if _WHY.search(question):
        cause = before.rstrip().rpartition(" ")[2]
        return bool(_CAUSE.match(said) or _CAUSE.fullmatch(cause))
    if _TOLD.search(question):
        return len(told) >= CLAUSE
    if _HOW_MUCH.search(question):
        return bool(_AMOUNT.search(said))
    if _WHEN.search(question):
        return bool(_TIME.search(said))
    return not (_WHICH.match(question) and len(telling) == 1 and _AMOUNT.fullmatch(telling[0]))


def _plain(word: str) -> str:
    return singular(word.lower())


def _whole(text: str, sentence: Span, words: Span, asked: frozenset[str]) -> Span | None:
    """The words without signs at their edges, as far as what they are part of goes, but for a name that was
    asked about; None for no words."""
    start, end = words
    while start < end and text[start] in _EDGES:
        start += 1
    while start < end and text[end - 1] in _EDGES:
        end -= 1
    if start == end:
        return None
    for word in _WORD.finditer(text, *sentence):
        if word.start() < start < word.end():
            start = word.start()
        if word.start() < end < word.end():
            end = word.end()
    if _ENDS_IN_NAME.search(text[start:end]):
        while (more := _NEXT_NAME.match(text, end, sentence[1])) and _plain(more[1]) not in asked:
            end = more.end()
    if start > sentence[0] and text[start - 1] in _SIGNS_BEFORE:
        start -= 1
    if text.startswith("%", end):
        end += 1
    return _closed(text, sentence, (start, end))


def _closed(text: str, sentence: Span, words: Span) -> Span | None:
    """The words with both quotation marks or brackets of each pair, or without a lone one at their edge;
    None where one stands inside whose other is not near."""
    start, end = words
    for opening, closing in _MARKS.items():
        said = text[start:end]
        if said.count(opening) == said.count(closing) and (
            opening != closing or said.count(opening) % 2 == 0
        ):
            continue
        if closing == "’" and opening not in said:
            continue  # an apostrophe
        after = text.find(closing, end, min(end + NEAR, sentence[1])) + 1
        before = text.rfind(opening, max(sentence[0], start - NEAR), start)
        if opening in said and after and (opening != closing or not said.endswith(closing)):
            end = after
        elif closing in said and before >= 0:
            start = before
        elif said.startswith(opening):
            start += 1
        elif said.endswith(closing):
            end -= 1
        else:
            return None
    return (start, end) if start < end else None
