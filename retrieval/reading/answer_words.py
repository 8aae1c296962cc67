"""The words of a sentence to highlight as the answer: those that a reader chose, if they can be one."""

import re

from corpus.lazy_pattern import lazy_pattern
from retrieval.holders.asked_role import asks_holder
from retrieval.reading.asked.amounts import amounts, asks_exact_kind
from retrieval.reading.asked.times import asks_when
from retrieval.reading.asked.years import is_of_asked_year
from retrieval.text.analyzer import STOP_WORDS
from retrieval.text.proper_names import TITLES
from retrieval.text.quantities import NUMBER_WORDS, singular
from retrieval.text.sentences import Span

NEAR = 60
"""Characters after the words within which a quotation mark or bracket opened in them may be closed."""

_WORD = lazy_pattern(r"[^\W_]+(?:[.,]\d+)*")
_NAME = r"[A-Z]\w*(?:['’-][A-Z]\w*)*"
_NEXT_NAME = lazy_pattern(rf" ((?!I\b){_NAME})(?!\w|\. )")
_NAME_BEFORE = lazy_pattern(r"(?<=[\w,] )((?!I\b)[A-Z](?:\w*[a-z]|\.)) \Z")
"""A part of a name before another; not the first word of a sentence, which has a capital anyway."""
_ONE_NAME = lazy_pattern(r"[A-Z]\w*(?:['’-]\w+)?")
_ENDS_IN_NAME = lazy_pattern(rf"(?<!\w){_NAME}\Z")
_SIGNS_BEFORE = "$£€¥₩#"
_MARKS = {"“": "”", "‘": "’", '"': '"', "(": ")", "[": "]"}
_EDGES = " \t\n,;:.!?-–—"

_ASKING = lazy_pattern(r"\b(?:how come|why|how|who|whom|whose|what|which|when|where)\b", re.IGNORECASE)
_CAUSE = lazy_pattern(
    r"(?:because|since|as|after|for|over|due|owing|thanks|amid|following|so|in order|out of|in response)\b",
    re.IGNORECASE,
)
"""Words with which a cause begins."""
_CAUSAL = lazy_pattern(
    r"\b(?:because|due to|owing to|after|in response to|in order to|over|reasons?|cause[ds]?|blamed|linked"
    r"|so that|as a result|amid|since|for (?!\d))\b",
    re.IGNORECASE,
)
"""Words that show that a sentence gives a cause."""
_TOLD = lazy_pattern(
    r"what (?:\w+ )?happen(?:s|ed|ing)?\b"
    r"|how (?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|to)\b"
    r"|what (?:did|does|do|has|have|had)\b.{1,80}\b(?:say|said|tell|told|think|reply|agree|decide|promise"
    r"|propose|warn|claim|argue|announce)\b",
    re.IGNORECASE,
)
"""Questions that a clause answers, not a few words: how something happened, or what somebody said."""
CLAUSE = 5
"""The least number of words in such a clause."""
_HOW_MUCH = lazy_pattern(
    r"\bhow (?:many|much|old|long|far|tall|big|large|high|deep|fast|often)\b", re.IGNORECASE
)
_AMOUNT = lazy_pattern(
    rf"\d|\b(?:{NUMBER_WORDS}|an?|scores|trillions?|(?:second|minute|hour|day|week|month|year|decade|centur"
    r"|generation)\w*|daily|weekly|yearly|few|many|most|every|no|nothing|zero|double|triple|free)\b",
    re.IGNORECASE,
)
_TIME = lazy_pattern(
    r"\d|(?:mon|tues|wednes|thurs|fri|satur|sun|to|yester|birth|holi)day|tomorrow|tonight|now|soon|late|early"
    r"|earlier|ago|recent|current|next|last|previous|after|before|until|since|during|while|when|once|(?:\b(?:jan"
    r"|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|spring|summer|autumn|fall|winter|christmas|easter|noon"
    r"|midnight|mid|end|beginning|start|then|at|by))|second|minute|hour|morning|afternoon|evening|night|day"
    r"|week|month|quarter|season|year|decade|centur|twent|thirt|fort|fift|sixt|sevent|eight|ninet",
    re.IGNORECASE,
)
_SAID_THEN = lazy_pattern(
    r"\b(?:said|says|told \w+|announced|reported)(?: in a statement)?(?: late| early)?(?: on)? \Z",
    re.IGNORECASE,
)
"""What stands before the day on which somebody said it."""
_SAYING = lazy_pattern(r"\b(?:say|said|tell|told|announce|report|speak|spoke|statement)", re.IGNORECASE)
_WEEKDAY = lazy_pattern(
    r"(?:on )?(?:(?:mon|tues|wednes|thurs|fri|satur|sun|to)day|yesterday)(?: (?:morning|night|evening))?",
    re.IGNORECASE,
)
_WHICH = lazy_pattern(r"(?:which|who|whom|whose|where)\b", re.IGNORECASE)
_WHO = lazy_pattern(r"(?:who(?! (?:is|was|are|were)\b)|whom|whose)\b", re.IGNORECASE)
_WHERE = lazy_pattern(r"where\b", re.IGNORECASE)
_PLACE = lazy_pattern(
    r"[A-Z]|\b(?:in|at|on|near|inside|outside|under|over|above|below|behind|beside|between|along|across|around"
    r"|from|to|into|through|off|by|next|within|throughout|home|abroad|overseas|online|indoors|outdoors|upstairs"
    r"|downstairs|downtown|underground|there|everywhere|nowhere|ashore|aboard)\b"
)
_PLACED = lazy_pattern(
    r"\b(?:in|at|on|near|inside|outside|under|over|above|below|behind|beside|between|along|across|around|from|to"
    r"|into|through|off|by|within|throughout)(?: an?| the| his| her| its| their)?\s*\Z",
    re.IGNORECASE,
)
"""What stands before a place that has a small letter."""
_AGE = lazy_pattern(r"how old\b", re.IGNORECASE)
_OLD = lazy_pattern(r"-(?:(?:year|month|week|day)s?-)?old\b")
_WHO_IS = lazy_pattern(r"who(?:['’]?s| is| are| was| were)\b.*?([\w-]+)\W*(?:\?|\Z)", re.IGNORECASE)
_NAME_AT_END = lazy_pattern(rf"(?:(?<!\S)(?:{_NAME}|[A-Z]\.)(?: |\Z))+\Z")
_INITIAL = lazy_pattern(r"(?<!\S)[A-Z]\.")
_OTHER_THAN = lazy_pattern(r"who(?:m|se)?\b.*\b(?:him|her|them)\b(?! \w)", re.IGNORECASE)
"""What asks for somebody else than the one whom it names."""
_OWNER = lazy_pattern(r"(?:[- ]old)? (?!In\b|On\b|At\b)([A-Z]\w+)")
"""Matches after an age that belongs to the name behind it: "the 32-year-old Berg"."""
_DAY = lazy_pattern(r"(?<!\d)\d{1,2} \Z")
_STARTS_IN_DATE = lazy_pattern(r"(?:\d{1,2}, )?(?:19|20)\d\d(?!\d)")
_YEAR = lazy_pattern(r"(?: \d{1,2}(?![\d.,]\d))?(?:,? (?:19|20)\d\d\b)?")
_MONTH = (
    r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)(?:uary|ruary|ch|il|ust|tember|ober|ember)?\.?"
)
_MONTH_FIRST, _MONTH_LAST = lazy_pattern(rf"{_MONTH}(?!\w)"), lazy_pattern(rf"\b{_MONTH}(?: \d{{1,2}})?\Z")
_MONTH_BEFORE = lazy_pattern(rf"(?:(?<!\d)\d{{1,2}} )?\b{_MONTH} (?:\d{{1,2}}, )?\Z")
_SHORTENED = lazy_pattern(r"(?<![\w.])(?:(?:[A-Za-z]\.)+[A-Za-z]|Jr|Sr|Inc|Corp|Ltd)\Z")
"""An abbreviation whose last full stop is cut off."""
_REST_OF_INITIALS = lazy_pattern(r"(?:(?<=\b[A-Z])(?:\.[A-Z])+)?")
_OF_ALL = lazy_pattern(rf"\b(?:\d[\d,.]*|{NUMBER_WORDS}) (?:out )?of (?:the |its |all )?\Z", re.IGNORECASE)
"""What a number stands behind that is the whole: "237 of 465 votes"."""
_PART_OF_TOKEN = lazy_pattern(r"[^\s\"“”‘’()\[\],;:–—]*[\w@][.@/]\Z")
"""What stands before the words in an address of the web or of mail."""
_ANOTHER = lazy_pattern(
    r",? (?:and|but|while) (?:(?:he|she|it|they|we|his|her|its|their|the|an?)\b(?: [\w'’-]+){0,3}?"
    r" (?:was|were|is|are|had|has|have|became|did|does|will|would|could)\b)",
    re.IGNORECASE,
)
"""The beginning of another clause with its own subject."""
_PRONOUNS = frozenset(
    "he she it they him her them his hers its their theirs this that these those i we us you who which one"
    " until while where when there here then both also".split()
)
"""Words that refer to something else, so that they say nothing when highlighted alone."""


def answer_words(question: str, text: str, sentence: Span, words: Span) -> Span | None:
    """The words of a sentence to highlight as the answer to an English question.

    `words` is a reader's choice; it is extended where it ends inside a word, a name, a date, a quotation or
    brackets, and cut before a clause about something else.

    Returns None if the words can't be what was asked for, so that the whole sentence is highlighted: they
    only repeat the question or refer to something else, they have no number for "how many" or no time for
    "when", they are somebody else's age, or the question asks for a reason, a course of events or a
    statement, which takes more than a few words. All spans are offsets into `text`.
    """
    asked = frozenset(_plain(word) for word in _WORD.findall(question))
    whole = _whole(text, sentence, words, asked)
    found = whole and _beside_asked(question, text, sentence, whole, asked)
    if not found:
        return None
    start, end = found
    said, before, after = text[start:end], text[sentence[0] : start], text[end : sentence[1]]
    return found if _can_answer(question, asked, said, before, after) else None


def gives_cause(question: str, sentence: str) -> bool:
    """Whether the sentence gives a cause; True if the question does not ask for one."""
    return not _asks_why(question) or bool(_CAUSAL.search(sentence))


def _can_answer(question: str, asked: frozenset[str], said: str, before: str, after: str) -> bool:
    told = [_plain(word) for word in _WORD.findall(said)]
    telling = [word for word in told if word not in STOP_WORDS | _PRONOUNS]
    untitled = [word for word in telling if word not in TITLES] or telling
    if not telling or (asked.issuperset(untitled) and "or" not in asked):
        return False
    asks = _asks(question)
    if _asks_why(question):
        return bool(_CAUSE.match(said) or _CAUSE.fullmatch(before.rstrip().rpartition(" ")[2]))
    if _TOLD.match(asks):
        return len(told) >= CLAUSE
    if _AGE.match(asks) and (owner := _OWNER.match(after)) and _plain(owner[1]) not in asked:
        return False
    if _OTHER_THAN.match(asks) and _NAME_AT_END.fullmatch(said) and told[-1] in asked:
        return False
    if _HOW_MUCH.match(asks) or asks_exact_kind(question):
        of_kind = is_of_asked_year(question, before, after) and _is_of_kind(question, said, before, after)
        return bool(_AMOUNT.search(said)) and of_kind
    if asks_when(asks):
        of_saying = _SAID_THEN.search(before) and _WEEKDAY.fullmatch(said) and not _SAYING.search(question)
        return bool(_TIME.search(said)) and not of_saying
    if _WHERE.match(asks) and not (_PLACE.search(said) or _PLACED.search(before)):
        return False
    if asks_holder(question) and not any(word[0].isupper() for word in _WORD.findall(said)):
        return False  # a role, such as "lieutenant" of the governor who is asked for
    if _WHO.match(asks) and TITLES.issuperset(word.lower() for word in _WORD.findall(said)):
        return False
    return not (_WHICH.match(asks) and len(telling) == 1 and _AMOUNT.fullmatch(telling[0]))


def _is_of_kind(question: str, said: str, before: str, after: str) -> bool:
    """Whether the words have an amount of the kind that is asked for, such as an age; or one without a number
    ("few") where any number would do."""
    kind = amounts(question, before + said + after)
    start, end = len(before), len(before) + len(said)
    if kind is None or any(one < end and start < other for one, other in kind):
        return True
    return not asks_exact_kind(question) and not any(map(str.isdigit, said))


def _asks(question: str) -> str:
    """The question from its first question word on."""
    found = _ASKING.search(question)
    return question[found.start() :] if found else ""


def _asks_why(question: str) -> bool:
    return _asks(question)[:3].lower() == "why" or _asks(question)[:8].lower() == "how come"


def _plain(word: str) -> str:
    return singular(word.lower())


def _whole(text: str, sentence: Span, words: Span, asked: frozenset[str]) -> Span | None:
    """The words without punctuation at their edges, extended to complete words, names and dates (but not by
    names that are in the question); None if nothing is left."""
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
    end = _REST_OF_INITIALS.match(text, end, sentence[1]).end()  # type: ignore[union-attr] # may be empty
    if _ONE_NAME.fullmatch(text, start, end):
        start = _from_first_name(text, sentence[0], start, asked)
    if _ENDS_IN_NAME.search(text[start:end]):
        while (more := _NEXT_NAME.match(text, end, sentence[1])) and _plain(more[1]) not in asked:
            end = more.end()
    if other := _ANOTHER.search(text, start, end):
        end = other.start() if other.start() > start else end
    if _MONTH_FIRST.match(text, start) and (day := _DAY.search(text[sentence[0] : start])):
        start = sentence[0] + day.start()
    if _STARTS_IN_DATE.match(text, start) and (month := _MONTH_BEFORE.search(text[sentence[0] : start])):
        start = sentence[0] + month.start()
    if _MONTH_LAST.search(text[start:end]):
        end = min(_YEAR.match(text, end).end(), sentence[1])  # type: ignore[union-attr]
    if text[start].isdigit() and (part := _OF_ALL.search(text[sentence[0] : start])):
        start = sentence[0] + part.start()
    if (age := _OLD.match(text, end, sentence[1])) and text[start].isalnum():
        end = age.end()
    if start > sentence[0] and text[start - 1] in _SIGNS_BEFORE:
        start -= 1
    if token := _PART_OF_TOKEN.search(text[sentence[0] : start]):
        start = sentence[0] + token.start()
    if text.startswith("%", end, sentence[1]):
        end += 1
    if text.startswith(".", end, sentence[1]) and _SHORTENED.search(text[sentence[0] : end]):
        end += 1
    return _closed(text, sentence, (start, end))


def _beside_asked(
    question: str, text: str, sentence: Span, words: Span, asked: frozenset[str]
) -> Span | None:
    """The words without the first part of a name whose last part was asked about: of “the mayor Ida Berg” the
    first two tell who Berg is. None if they have nothing else, or surely are such a part (“J. Robert”)."""
    start, end = words
    after, name = _NEXT_NAME.match(text, end, sentence[1]), _NAME_AT_END.search(text[start:end])
    if not (after and name) or _plain(after[1]) not in asked:
        return words
    who = _WHO_IS.match(_asks(question))
    if who and _plain(who[1]) == _plain(after[1]):
        return (start, start + len(text[start : start + name.start()].rstrip())) if name.start() else None
    return None if _INITIAL.search(name[0]) else words


def _from_first_name(text: str, begin: int, start: int, asked: frozenset[str]) -> int:
    """The start of the name whose last part is at `start`, leaving out titles and names in the question."""
    while more := _NAME_BEFORE.search(text[begin:start]):
        if more[1].lower() in TITLES or _plain(more[1]) in asked:
            break
        start = begin + more.start(1)
    return start


def _closed(text: str, sentence: Span, words: Span) -> Span | None:
    """The words with quotation marks and brackets in pairs: the missing one is added if it is near, and a
    lone one at an edge is dropped. None if a lone one is inside the words."""
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
