"""Which role of which country, company, club or other body a question asks the holder of."""

import re
from dataclasses import dataclass
from functools import lru_cache

from corpus.lazy_pattern import lazy_pattern
from retrieval.holders.roles import ROLES, Role
from retrieval.text.analyzer import STOP_WORDS

_NOUNS = "|".join(role.asked for role in ROLES)
_VERBS = "|".join(role.verbs for role in ROLES)
_NAMED = lazy_pattern(
    r"\bwho(?:['’]s| is| are)(?: now)? (?:the )?(?P<before>(?:(?!\w+ing\b)[\w.'’&-]+ ){0,4}?)"
    rf"(?P<noun>{_NOUNS})\b"
    r"(?:,? (?:of|for|at|in) (?P<after>[^,?.]+?)"
    r"(?= (?:at|in|on|during|after|before|since|who|that|from)\b|[,?.]|\Z))?",
    re.IGNORECASE,
)
"""“Who is the mayor of Nara?”, “who's Apple's boss”."""
_VERBAL = lazy_pattern(
    r"\b(?:who|(?:which|what) (?:company|firm|group|conglomerate|billionaire))"
    r"(?:['’]s| is)?(?: (?:currently|now|actually|really))*"
    rf" (?P<noun>{_VERBS}) (?P<after>[^,;:?!]{{1,60}}?)"
    r"(?: (?:these days|right now|now|currently|today|nowadays|at the moment|at present|anyway|again))*"
    r"[\s.?!]*\Z",
    re.IGNORECASE,
)
"""“Who runs the port?”"""
_BRIEF = lazy_pattern(
    r"(?:the )?(?:name of )?(?:the )?(?:(?:current|new|present) )?"
    rf"(?:(?P<before>(?:[\w.’'&-]+ ){{1,4}}?)(?:(?:current|new|present) )?(?P<noun>{_NOUNS})"
    rf"|(?P<office>{_NOUNS}) of (?P<after>[^,;:?!]{{1,60}}?))[\s.?!]*",
    re.IGNORECASE,
)
"""A whole question: “Nara's boss?”, “current Nara captain”, “the owner of Nara”."""
_NO_OBJECT = lazy_pattern(
    r"(?:to|for|an?|out|in|on|away|into|off|up|down|back|my|your|our|his|her|their|its|it|them|him|this|that"
    r"|these|those|most|more|the most|the more)\b"
    r"|.*\b(?:who|which|that|where|when|in|on|by|from|with|to|for|against|at|during|after|before|since)\b"
    r"|(?:.* )?(?:polls?|race|standings|rankings|charts?|table|way|pack|medal count|medal table|series"
    r"|election|vote|game|match)\Z",
    re.IGNORECASE,
)
"""What follows a verb that asks for no holder of a role: “who runs for mayor”, “who leads the polls”."""
_GENERIC = lazy_pattern(
    r"the (?:\w+ )*(?:investigation|inquiry|probe|expedition|marathon|country|world|campaign|efforts?|attack"
    r"|operation|rescue|search|war|protests?|march|talks|delegation|meeting|project|show|place|fastest|best"
    r"|longest|most|house|car|boat|ship|yacht|dog|land|building|property)\Z"
)
"""What is no body, in a question in small letters."""
_IN_SPORT = lazy_pattern(r".*\b(?:league|division|conference|championship|cup|tour)\Z", re.IGNORECASE)
"""What somebody leads by points."""
_NOT_ASKED = lazy_pattern(
    r"\b(?:former|previous|past|next|future|deputy|vice|first|last|late|assistant|ex|how|what|why|when|where"
    r"|which|who|is|was|are|a|an)\b",
    re.IGNORECASE,
)
"""What stands in a short text that does not ask for the present holder of a role."""
_MARKED = lazy_pattern(r"['’]s? |\bcurrent ", re.IGNORECASE)
"""What marks the words before a noun as those of a body, unlike “Stephen King”."""
_HELD = lazy_pattern(
    r"\bwho (?:leads|runs|heads|owns|governs|rules|coaches|manages)\b"
    r"|\bwho(?:['’]s| is| are)(?: now)? the (?:(?!\w+ing\b)[\w.'’-]+ ){0,4}?(?:champion|richest)\b"
    r"|(?:대통령|총리|회장|사장|대표|장관|시장|지사|감독|의장|교황|국왕|CEO)[은는이가]?\s?"
    r"(?:현재 |지금 )?누구"
    r"|(?:大統領|首相|総理|社長|会長|大臣|市長|知事|監督|代表|議長|教皇|国王|CEO)は?(?:今|現在)?(?:誰|だれ)",
    re.IGNORECASE,
)
"""Asks who holds an office, but articles tell it in other words or in another language."""
_WORD = lazy_pattern(r"\w+")
_NO_BODY = frozenset("current currently now present new today company team club group state".split())
"""Words that name no body, so that a short text of these asks for nobody's boss."""


@dataclass(frozen=True, slots=True)
class AskedRole:
    """The role whose holder a question asks for. `noun` is the word that names it in the question, `body` the
    words for the country, company or club (empty if there are none), and `known` all words of the question
    in small letters, which are no part of the name that it asks for."""

    role: Role
    noun: str
    body: str
    known: frozenset[str]


@lru_cache(maxsize=256)
def asked_role(question: str) -> AskedRole | None:
    """The role whose holder an English question asks for; None if it asks for none."""
    found = _NAMED.search(question)
    if found is None and (verbal := _VERBAL.search(question)) and _has_body(verbal):
        found = verbal
    if found is None and (brief := _BRIEF.fullmatch(question.strip())) and _asks_briefly(brief):
        found = brief
    if found is None:
        return None
    groups = found.groupdict()
    noun = groups["noun"] or groups["office"]
    body = f"{groups.get('before') or ''} {groups['after'] or ''}".strip()
    known = frozenset(_WORD.findall(question.lower()))
    return AskedRole(_role(noun), noun.lower(), body, known)


def asks_holder_now(question: str) -> bool:
    """Whether it asks who holds an office or a role now, in any language that is known."""
    asked = asked_role(question)
    return not asked.role.lasting if asked else _HELD.search(question) is not None


def asks_holder(question: str) -> bool:
    """Whether it asks for somebody who holds an office or a role, or who founded something."""
    return asked_role(question) is not None or _HELD.search(question) is not None


def _role(noun: str) -> Role:
    said = noun.lower()
    return next(one for one in ROLES if re.fullmatch(f"{one.asked}|{one.verbs}", said))


def _has_body(verbal: re.Match[str]) -> bool:
    after = verbal["after"]
    leads = verbal["noun"].lower() in ("leads", "leading", "heads", "heading")
    if not set(_WORD.findall(after)) - STOP_WORDS - _NO_BODY:
        return False
    if after.islower() and (verbal.string != verbal.string.lower() or _GENERIC.match(after)):
        return False  # people write names in small letters only where they write all so
    return not _NO_OBJECT.match(after) and not (leads and _IN_SPORT.match(after))


def _asks_briefly(brief: re.Match[str]) -> bool:
    """Whether a short text names a body: by “of”, by “'s”, beside “current”, or by a
    capital letter before a noun that is no name itself."""
    said = brief["before"] or brief["after"]
    words = set(_WORD.findall(said.lower()))
    if _NOT_ASKED.search(brief[0]) or words <= STOP_WORDS | _NO_BODY:
        return False
    if brief["before"] is None or _MARKED.search(brief[0]):
        return True
    return said != said.lower() and (brief["noun"].islower() or brief["noun"].isupper())
