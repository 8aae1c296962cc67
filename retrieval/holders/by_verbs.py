"""Names of those who do what a role is: “X, who founded Y”, “Y, which is run by X”, “X-owned Y”."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from corpus.lazy_pattern import lazy_pattern
from retrieval.holders.asked_role import AskedRole
from retrieval.holders.beside_nouns import BESIDE, CAPITAL, NOT_OF, SOUGHT, THINGS, words_between
from retrieval.holders.holder_names import NAME, TITLE, may_be_name
from retrieval.holders.roles import Role
from retrieval.text.sentences import Span

_OWNED = lazy_pattern(rf" (?:(?!{NOT_OF})[\w’'&+-]+,? ){{0,4}}")
"""What stands between a verb and the body."""
_SUBJECT = lazy_pattern(
    rf"{NAME}(?: [A-ZÀ-Þ][\w.’'-]*)*\.?,?(?: [–—-])?"
    r"(?: (?:who|which|that|also|now|currently|already|has|had|then|later|once|personally|jointly))*[ ]\Z"
)
"""“Ada Oro, who also …”"""
_RELATIVE = lazy_pattern(
    rf",? (?:that|which) {NAME}(?: [A-ZÀ-Þ][\w.’'-]*)*(?: (?:has|had|also|now|already|\w+ly))*[ ]\Z"
)
"""“The port, which Ada Oro owns”."""
_AUXILIARY = lazy_pattern(
    r"(?:['’]s)?,?"
    + words_between(
        r"which|that|is|was|are|were|all|both|also|has been|have been|it|allegedly|reportedly|jointly|wholly"
        r"|fully|partly",
        BESIDE,
    )
    + "[ ]"
)
"""What may stand between the body and a participle: “the port, which is now …”."""
_BY = lazy_pattern(
    rf"(?: (?:in|since) \d{{4}}| jointly| privately| partly| back in \d{{4}})? by (?:the |an? )?"
    rf"(?:[^.;:!?,]{{0,45}}, |(?:(?!and\b)(?:[a-z][\w’'-]*|[A-Z]\w*-[a-z]+) ){{0,5}})(?:(?:{TITLE}) )*{NAME}"
)


_COMPOUND = lazy_pattern(rf"{NAME}-\Z")
"""“Ada-owned”"""
_JUST_BEFORE = 30
"""Characters before a verb in which a sentence says that somebody only wants to do that."""


def named_by_verbs(asked: AskedRole, sentence: str, mentions: Sequence[Span]) -> Iterator[Span]:
    """The names of those who do in the body what the role is, as spans of one word each. `mentions` are the
    spans of the body."""
    for verb in role_verbs(asked.role).finditer(sentence):
        if SOUGHT.search(sentence[max(0, verb.start() - _JUST_BEFORE) : verb.start()]):
            continue
        for mention in mentions:
            for found in _doers(asked.role, sentence, verb, mention):
                if may_be_name(asked, found["name"]):
                    yield found.span("name")


def _doers(role: Role, sentence: str, verb: re.Match[str], mention: Span) -> Iterator[re.Match[str]]:
    """Matches with the name of who does what the verb says in the body that is mentioned there."""
    begin, end = mention
    before = sentence[: verb.start()]
    follows, precedes = end <= verb.start(), verb.end() <= begin
    is_object = precedes and _OWNED.fullmatch(sentence, verb.end(), begin)
    found: list[re.Match[str] | None] = []
    if re.fullmatch(rf"{role.verbs}|{role.deeds}", verb[0]):
        if follows:
            found.append(_RELATIVE.fullmatch(sentence, end, verb.start()))
        elif is_object and not THINGS.match(sentence, end):
            found += [_SUBJECT.match(before, one.start()) for one in CAPITAL.finditer(before)]
    if re.fullmatch(role.done, verb[0]):
        if follows and _AUXILIARY.fullmatch(sentence, end, verb.start()):
            found.append(_BY.match(sentence, verb.end()))
        elif is_object:
            found.append(_COMPOUND.search(before))
    yield from filter(None, found)


@lru_cache
def role_verbs(role: Role) -> re.Pattern[str]:
    """The pattern of the verbs with which articles name who holds the role, and their participles."""
    return re.compile(rf"\b(?:{role.verbs}|{role.deeds}|{role.done})(?!\w)")
