"""Who won a contest, as a sentence of an article tells it.

Articles name contests far more often than they tell who won: in previews, in lives of earlier winners, in
reports of other contests with a similar name.
"""

import re
from collections.abc import Iterable, Iterator

from corpus.lazy_pattern import lazy_pattern
from retrieval.dates.named_times import named_times
from retrieval.reading.asked.contests import ELECTION, TIMES, TITLE, Contest, asked_contest
from retrieval.text.analyzer import STOP_WORDS
from retrieval.text.sentences import Span

_OTHER = lazy_pattern(
    r"\b(?:women|men|girls|boys|ladies|juniors?|youth|little league|u-?\d\d|under-\d+|club|rugby|cricket|t20"
    r"|basketball|volleyball|handball|wheelchair|doubles|semi-?finals?|quarter-?finals?|qualif\w+|opener"
    r"|round of \d+|knock-?out|group|wild[- ]card|by-?election|consolation|conference|pennant|indian|parade"
    r"|nominat\w+|nods?)\b",
    re.IGNORECASE,
)
"""Words that make it another contest, or a part of it, or no result, unless the question has them."""
_WON = (
    r"(?:w[io]ns?|winning|clinch(?:es|ed|ing)|captur(?:es|ed|ing)|claim(?:s|ed|ing)|secur(?:es|ed|ing)"
    r"|lift(?:s|ed|ing)|t(?:akes|ook)(?: home)?|awarded|bagged|scooped|hoist(?:s|ed|ing))"
)
_BEAT = (
    r"(?:beats?|beating|defeat(?:s|ed|ing)|tops|topp(?:ed|ing)|edg(?:es|ed|ing)|outlast\w*|rout(?:s|ed)"
    r"|rolls past|knock(?:s|ed) off)"
)
_WINS = lazy_pattern(rf"\b{_WON}\b", re.IGNORECASE)
_BEATS = lazy_pattern(rf"\b{_BEAT}\b", re.IGNORECASE)
_RESULT = lazy_pattern(
    rf"\b(?:{_WON}|{_BEAT}|{TITLE}|victor(?:y|ies|ious)|winners?|medal\w*|(?:re-?)?elected|elect|triumph\w*"
    r"|conced\w*|(?:goes|went|given) to|sweeps?|swept)\b",
    re.IGNORECASE,
)
_OFFICE = (
    r"(?:presiden\w+|governor\w*|mayor\w*|senat\w+|majority|power|office|leader\w*"
    r"|(?:second|third|first) term|seats?)"
)
_ELECTED = lazy_pattern(
    rf"\b(?:{_WON}\b(?=(?:\W+\w+){{0,5}}?\W+(?:{ELECTION}|{_OFFICE}|victory)\b)|(?:re-?)?elected\b"
    rf"|{_BEAT}\b(?=(?: \w+){{0,5}}? [A-ZÀ-Þ])|-elect (?=[A-ZÀ-Þ])"
    r"|declared (?=[^.;]{0,60}\bwinner\b)|conced(?:es|ed)\b|landslide\b|victory\b)"
)
_VOTING = lazy_pattern(rf"\b(?:{ELECTION}|elect|elected)\b", re.IGNORECASE)
_UP_TO_NAME = lazy_pattern(
    r"\W*(?:(?:the|a|an|his|her|its|their|our|this|last|year|years|s|first|second|third|fourth|fifth|sixth"
    r"|[a-z]+th|straight|consecutive|annual|edition|of|record|back|\d{4}|[A-ZÀ-Þ][\w.’'-]*)\W+)*\Z"
)
"""Between a word of winning and the name of what was won."""
_BEHIND_NAME = lazy_pattern(
    r"\W{0,3}(?:(?:is|are|was|were|has been) )?(?:awarded|claimed|given|goes|taken|went|won) (?P<to>to|by)"
    r" (?=\w)"
    r"|(?: (?:title|award|prize|championship|trophy|series))?\W{1,3}"
    r"(?:(?:champions?|winners?|champ)\b|(?P<deed>victory|win|triumph)\b)"
    r"|(?: (?:prize|award|final|results?))?: [^.;!?]{0,60}\b(?:wins|won|win)\b"
)
_SOMEBODYS = lazy_pattern(r"['’]s?\W(?:[\w-]+\W+){0,3}\Z")
"""Before a victory in a contest, whose it is."""
_NOT_ITSELF = lazy_pattern(
    r"(?: [A-Z]\w+)?\W{1,2}(?:berths?|bid|final four|games?|host\w*|match|mvp|nominat\w+|places?|qualif\w+"
    r"|rights?|slots?|spots?|tickets?)\b",
    re.IGNORECASE,
)
"""Behind the name of a contest, something of it that was won."""
_IS = lazy_pattern(
    r"\b(?:are|is|became|become|crowned|named)(?: an?| the| now)*(?: \d{4})?\W+\Z", re.IGNORECASE
)
_OF_YEAR = lazy_pattern(r"\d{4}\W+\Z")
_SOUGHT = lazy_pattern(
    r"(?:\b(?:to|will|would|could|can|should|may|might|must|hop\w+|chances?|bid|favou?rites?|picks?|never"
    r"|without|fail\w*|last|previously|potential|next|future|defending|reigning|former|past|ever|not"
    r"|whether|no|two|three|four|five|six|seven|of|for|from|previous|only|be|being|declare)|n['’]t)"
    r"[\W_]+(?:[\w’'-]+[\W_]+){0,1}\Z"
    r"|\b(?:if|who (?:could|will|might)|see|watch\w*|help\w*|let)\b[^.;!?]{0,40}\Z",
    re.IGNORECASE,
)
"""Before a word of winning that tells of no result, or of an earlier one."""
_NO_RESULT = lazy_pattern(
    r"\b\w+-times?\b|\b(?:two|three|four|five|six|seven|several|many) times\b|\bcareer\b|\bodds to\b"
    r"|\bpredict|\b(?:past|list of)\b.{0,30}\bwinners?\b|\bwinners list\b|\bpreviously\b|\byears ago\b"
    r"|\?\W*\Z|\bhistory\b"
    r"|\b(?:back-to-back|(?:last|past) (?:two|three|four|five))\b",
    re.IGNORECASE,
)
"""In a sentence that tells of several years, of what may come, or asks."""
_SINCE = lazy_pattern(r"\b(?:since|from|than|until|after)(?: the)? (?:19|20)\d\d\b", re.IGNORECASE)
_YEAR = lazy_pattern(r"\b(?:19|20)\d\d\b")
_WORD = lazy_pattern(r"[^\W_]+")
_NAME = lazy_pattern(r"\b[A-ZÀ-Þ][\w\u0300-\u036f-]*[\w\u0300-\u036f]")
_NO_NAMES = STOP_WORDS | TIMES | {"here"}
BEFORE = 70
"""Characters before the name of a contest in which a word of winning may belong to it."""


def names_contest(question: str) -> bool:
    """Whether the English question asks who won a contest that it names."""
    return asked_contest(question) is not None


def tells_no_winner(question: str, sentence: str, title: str, year: int | None) -> bool:
    """Whether the English question asks who won a contest, and a sentence of an article with this title
    hardly tells it: sentence and title name less than half of the contest's name, or the sentence has no word
    of winning, or only one of what may come. If the contest has a short name and neither the question names a
    time nor the title tells who won, also if the sentence does not name the winner (`winner`)."""
    contest = asked_contest(question)
    if contest is None:
        return False
    if not contest.is_named_mostly(f"{title}\n{sentence}") or not any(_results(_RESULT, sentence)):
        return True
    if len(contest.name) > 1 or any(named_times(question)):
        return False
    if not contest.of and _told_in_title(contest, question, title):
        return False
    return winner(question, sentence, title, year) is None


def winner(question: str, sentence: str, title: str, year: int | None) -> Span | None:
    """Where a sentence of an article with this title has the name of who won the contest that the English
    question names. None if sentence and title do not name the contest, or no word of winning belongs to it,
    or only one of what may come, of another kind of contest, or of a year earlier than the one before the
    article was published (`year`)."""
    contest, whole = asked_contest(question), f"{title}\n{sentence}"
    if contest is None or _NO_RESULT.search(sentence) or _others(whole) - _others(question):
        return None
    if year and not _YEAR.search(question) and _is_earlier(sentence, year):
        return None
    if not contest.is_named(whole) or (contest.election and not _VOTING.search(whole)):
        return None
    if contest.is_named_mostly(sentence):
        titled = contest.is_named(title)
        if told := _told(contest, question, sentence, titled=titled):
            return told
    if contest.of or not (of_title := _told_in_title(contest, question, title)):
        return None
    # The title tells it, so the sentence need not name the contest.
    found = (_beside(contest, question, sentence, won.span()) for won in _results(_RESULT, sentence))
    return _first(found) if title[slice(*of_title)] in sentence else None


def _others(text: str) -> set[str]:
    return {found.group().lower() for found in _OTHER.finditer(text)}


def _is_earlier(sentence: str, year: int) -> bool:
    years = [int(found) for found in _YEAR.findall(_SINCE.sub("", sentence))]
    return bool(years) and max(years) < year - 1


def _results(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """The words of winning that tell of a result."""
    return (found for found in pattern.finditer(text) if not _SOUGHT.search(text[: found.start()]))


def _told_in_title(contest: Contest, question: str, title: str) -> Span | None:
    if not contest.is_named(title) or (contest.election and not _VOTING.search(title)):
        return None
    return _told(contest, question, title, titled=True)


def _told(contest: Contest, question: str, text: str, *, titled: bool) -> Span | None:
    """Where the text has the name of the winner: beside a word of winning that belongs to the contest."""
    if contest.election:
        won = (found.span() for found in _results(_ELECTED, text))
    else:
        named = (found for word in contest.name for found in word.finditer(text))
        won = (span for one in named if (span := _won_at(one, text, titled=titled)))
    return _first(_beside(contest, question, text, span) for span in won)


def _first(spans: Iterable[Span | None]) -> Span | None:
    return next((span for span in spans if span), None)


def _won_at(named: re.Match[str], text: str, *, titled: bool) -> Span | None:
    """Where the text says that the contest that is named here was won. “Cup winner Ada Oro” may be that of
    any year, unless the article is about the contest (`titled`) or a year is named."""
    start, behind = max(0, named.start() - BEFORE), text[named.end() :]
    before = text[start : named.start()]
    for won in _WINS.finditer(before):
        head = text[: start + won.start()]
        if not _UP_TO_NAME.match(before[won.end() :]) or _NOT_ITSELF.match(behind):
            continue
        # “Nara beat Kobe to win the cup.”
        beaten = _BEATS.search(head) if head.endswith("to ") else None
        if beaten or not _SOUGHT.search(head):
            return (beaten.start() if beaten else start + won.start()), named.end()
    found = _BEHIND_NAME.match(behind)
    if found is None or _SOUGHT.search(before) or (found["deed"] and not _SOMEBODYS.search(before)):
        return None
    sure = titled or found["deed"] or found["to"] or _IS.search(before) or _OF_YEAR.search(before)
    return (named.start(), named.end() + found.end()) if sure else None


def _beside(contest: Contest, question: str, text: str, won: Span) -> Span | None:
    """The last name before this place, or else the first one behind it, that is neither the contest's nor in
    the question."""
    known = _NO_NAMES.union(word.lower() for word in _WORD.findall(question))
    names = [
        found.span()
        for found in _NAME.finditer(text)
        if _WORD.findall(found.group())[0].lower() not in known
        and not any(word.search(found.group()) for word in contest.words())
    ]
    before = [name for name in names if name[1] <= won[0]]
    behind = [name for name in names if name[0] >= won[1]]
    return before[-1] if before else next(iter(behind), None)
