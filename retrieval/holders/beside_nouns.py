"""Names beside the word for a role: “Y's owner, X”, “X, chief executive of Y”."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from corpus.lazy_pattern import lazy_pattern
from retrieval.holders.asked_role import AskedRole
from retrieval.holders.holder_names import NAME, TITLE, may_be_name
from retrieval.holders.roles import ROLES, Role
from retrieval.text.sentences import Span

_ANY_ROLE = "|".join(
    (*sorted({role.told for role in ROLES if not role.of_country}), "general|managing|officer")
)
_PLAIN = (
    rf"(?i:{_ANY_ROLE})|and|&|as|have|has|the|an?|its|their|new|newly|newest|incoming|current|long-?time|now"
    r"|longest-serving|head|first-team|chief|executive|top|supreme|overall|(?:multi-?)?billionaire|global|group"
    r"|club|team|men['’]s|national|soccer|football|rugby|cricket|principal|majority|minority|part|embattled"
    r"|suspended|disgraced|influential|outspoken|flamboyant|parent|company|corporate|founding|spiritual"
    r"|paramilitary|militant|mercenary|Inc\.?|Corp\.?|Co\.?|Motors?|Group|Holdings|Airlines|FC"
)
BESIDE = r"(?:and|or|&) [A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)?"
"""Another body beside the one that is asked for: “and Kobe Bank”."""


def words_between(*others: str) -> str:
    """The pattern of words that may stand between a body, a role and a name without changing who holds it,
    any of which may be one of the `others` (patterns). Each group is atomic, as these words begin alike."""
    return rf"(?: (?>(?:{'|'.join((*others, _PLAIN))})(?!\w)),?)*"


NOT_OF = r"(?:of|at|in|for|to|with|from|by|on)\b"
"""What does not stand between a role or a verb and the body that it is of."""
_GAP = lazy_pattern(
    rf"(?:['’]s|['’])?(?:,(?! and| or))?"
    rf"{words_between(BESIDE)}[ -]?"
)
"""What may stand between the body and the role, or between a name and the role."""
_OBJECT = lazy_pattern(rf"(?: and [a-z-]+)?,?(?: (?:of|for|at))+ (?:(?!{NOT_OF}|and\b)[\w’'&-]+ ){{0,4}}")
"""What stands between the role and the body: “owner of the harbour company Oro”."""
THINGS = lazy_pattern(
    r"['’]s? \w|-\w| (?:shares?|stock|stores?|phones?|devices?|products?|bonds|fans?|supporters?|merchandise"
    r"|accounts?|franchises?|restaurants?|dealerships?)\b"
)
"""What follows a body where the verb means something of it."""
_NOT_NOW = lazy_pattern(
    r"\b(?:former|formerly|late|outgoing|ousted|deposed|previous|past|next|future|deputy|vice|ex|then|fired"
    r"|sacked|assistant|acting|interim|caretaker|would-be|replac\w+|succe(?:ed|ss)\w*|one-?time|erstwhile)"
    r"[- ](?:[\w&’'-]+,? ){0,4}\Z",
    re.IGNORECASE,
)
_NEVER = lazy_pattern(r"\b(?:deputy|vice|assistant|replac\w+|not)[- ](?:[\w&’'-]+ ){0,2}\Z", re.IGNORECASE)
"""What stands before a role that is not held by the one who is named beside it; `_NEVER` if it is lasting."""
_LEFT = lazy_pattern(
    r"(?: [A-Z][\w’'-]*)*,? (?:who )?(?:(?:is|was|has been|will be|has) )?(?:step(?:s|ping|ped)? down"
    r"|resign(?:s|ed)|fired|ousted|sacked|replaced|stepping aside|out\b)"
)
"""What follows the name of somebody who no longer holds a role."""
_NOT_YET = lazy_pattern(r"[- ](?:elect|candidate|hopeful|nominee|contender|race|election|vote|designate)\b")
SOUGHT = lazy_pattern(
    r"\b(?:nominat\w+|nominee|tapped|picked|pick|choice|candidates?|would|could|might|may|to be|become"
    r"|becoming|want\w*|bid|against|considered|refus\w+|declin\w+)\b[^.;:!?]{0,60}\Z"
)
"""What stands between or before a name and a role that it does not hold."""
_AFTER = lazy_pattern(
    rf"(?:['’]s)?(?:,| [–—-])?(?:(?: and(?: former)?|,|/)?{words_between()}(?: (?:is|remains|named|called))?)"
    rf"(?:(?: [A-Z][\w’'-]*){{1,4}} (?:winner|laureate))?(?: (?:{TITLE}))* {NAME}"
)
"""“… Ada Oro”, “…, Ada Oro”, “… is Ada Oro”"""
_BEFORE = lazy_pattern(
    rf"{NAME}(?:,? (?:Jr|Sr)\.?| [IVX]+)?(?:, \d\d)?"
    r"(?:,| [–—-]|,? (?:who )?(?:is|became|becomes|remains|has been|was named|has been named|as)"
    r"|[^.;:!?,]{0,70}?"
    r" (?:(?:take|takes|taking|took|taken) over|serves?|continues?|returns?|returned"
    r"|start(?:s|ed)?|appointed|elected|hired|selected|installed|unveiled|announced|named|sworn in) as)"
    rf"{words_between('who is', 'also')}[ ]?\Z"
)
"""“Ada Oro, the …”, “Ada Oro will take over as …”"""
_PRIZE = lazy_pattern(
    r"(?: [A-ZÀ-Þ][\w’'-]*)* (?:winner|winning|laureate|recipient|champion|nominee|veteran|star)\b"
)
"""What follows a name that is not that of a person: “Harbour Prize winner”."""
CAPITAL = lazy_pattern(r"\b[A-ZÀ-Þ]")
_DIRECTLY_AFTER = lazy_pattern(rf",? (?:(?:{TITLE}|(?:New )?[A-Z][a-z]+(?:ander|ian|ese|ish)) )?{NAME}")
_OF_COMPANY = lazy_pattern(r"\b(?:company|club|team|[Tt]he [a-z]+['’]s)(?:['’]s)? \Z")
_OTHER_BODY = lazy_pattern(
    r"(?:[A-ZÀ-Þ][\w.&]*(?:['’]s?)?|['’]s|\bwhose|\btheir|\bhis|\bher) (?:[a-z-]+ ){0,2}\Z"
)
"""What stands before a role that is one in another body."""
_LIST_NAME = lazy_pattern(rf"(?:(?:,| and|, and)? (?:[A-ZÀ-Þ][\w.’'-]*|of|the|&))*? {NAME} of (?:the )?")
"""“chiefs Ada Oro of Harbour Lines and Bo Ek of”."""
_APPOSED = lazy_pattern(r"['’]s|[,.;:!?)”\"–—]| [–—-]|\Z")
"""What follows a role that is said of the name before it: “Ada Oro, the Harbour Lines owner, spoke”."""


def named_beside(
    asked: AskedRole, sentence: str, nouns: Sequence[re.Match[str]], mentions: Sequence[Span]
) -> Iterator[tuple[Span, str]]:
    """The names beside a word for the role in the body, as spans of one word each, with that word. `nouns`
    are the words for the role in the sentence, and `mentions` the spans of the body."""
    for noun in nouns:
        if _NOT_YET.match(sentence, noun.end()):
            continue
        for mention in mentions:
            behind = mention[1] <= noun.start()
            one = _behind_body if behind else _before_body
            if span := one(asked, sentence, noun, mention):
                yield span, noun[0]


def _behind_body(asked: AskedRole, sentence: str, noun: re.Match[str], mention: Span) -> Span | None:
    """The name beside a word for the role that stands behind the body: “Y's owner, X”, “X, Y's owner”."""
    begin, end = mention
    if not _GAP.fullmatch(sentence, end, noun.start()) or sentence.startswith(" of ", noun.end()):
        return None  # “the port's head of sales”
    if is_past(asked.role, sentence, begin) or is_past(asked.role, sentence, noun.start()):
        return None
    span = named_after(asked, sentence, noun.end())
    if span is None and _APPOSED.match(sentence, noun.end()):
        span = _named_before(asked, sentence, begin)
    return span


def _before_body(asked: AskedRole, sentence: str, noun: re.Match[str], mention: Span) -> Span | None:
    """The name beside a word for the role that stands before the body: “X, the owner of Y”."""
    begin, end = mention
    if _OBJECT.fullmatch(sentence, noun.end(), begin):
        if is_past(asked.role, sentence, noun.start()) or THINGS.match(sentence, end):
            return None
        return _named_before(asked, sentence, noun.start()) or named_after(asked, sentence, end)
    listed = _LIST_NAME.fullmatch(sentence, noun.end(), begin) if noun[0].endswith("s") else None
    return listed.span("name") if listed and may_be_name(asked, listed["name"]) else None


def named_alone(asked: AskedRole, sentence: str) -> Iterator[tuple[Span, bool]]:
    """The names beside a word for the role that stands without the name of any body, each with whether it
    stands with “company” or “club” ("company CEO Ada Oro")."""
    for noun in _alone_nouns(asked.role).finditer(sentence):
        before = sentence[: noun.start()]
        of_company = bool(_OF_COMPANY.search(before))
        if (_OTHER_BODY.search(before) and not of_company) or is_past(asked.role, sentence, noun.start()):
            continue
        after = _DIRECTLY_AFTER.match(sentence, noun.end())
        if after and may_be_name(asked, after["name"]) and not _LEFT.match(sentence, after.end()):
            yield after.span("name"), of_company


def named_after(asked: AskedRole, sentence: str, place: int) -> Span | None:
    """The first word of the name behind the word for the role that ends at this place."""
    found = _AFTER.match(sentence, place)
    if not found or not may_be_name(asked, found["name"]):
        return None
    if _PRIZE.match(sentence, found.end()):
        return None
    return None if not asked.role.lasting and _LEFT.match(sentence, found.end()) else found.span("name")


def _named_before(asked: AskedRole, sentence: str, place: int) -> Span | None:
    """The last word of the name before what begins at this place: a role, or the body before it."""
    before = sentence[:place]
    if not asked.role.lasting and SOUGHT.search(before):
        return None
    starts = [found.start() for found in CAPITAL.finditer(before)]
    near = (_BEFORE.match(before, start) for start in reversed(starts))
    return next((found.span("name") for found in near if found and may_be_name(asked, found["name"])), None)


@lru_cache
def role_nouns(role: Role) -> re.Pattern[str]:
    """The pattern of the words with which articles name the role, one or several."""
    return re.compile(rf"\b(?:{role.told})s?(?!\w)", re.IGNORECASE)


@lru_cache
def _alone_nouns(role: Role) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{role.alone})(?!\w)", re.IGNORECASE)


def is_past(role: Role, sentence: str, place: int) -> bool:
    """Whether the role at this place of a sentence is not held by the one who is named beside it."""
    return bool((_NEVER if role.lasting else _NOT_NOW).search(sentence[:place]))
