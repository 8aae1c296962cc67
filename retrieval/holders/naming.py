"""Sentences that name who holds the office or role that a question asks for."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from retrieval.holders.asked_role import AskedRole, asked_role
from retrieval.holders.beside_nouns import is_past, named_after, named_alone, named_beside, role_nouns
from retrieval.holders.bodies import body_of
from retrieval.holders.by_verbs import named_by_verbs, role_verbs
from retrieval.holders.country_offices import office_holder, office_words
from retrieval.holders.holder_names import whole_name
from retrieval.text.sentences import Span


@dataclass(frozen=True, slots=True)
class Named:
    """The span of a holder's name in a sentence. `surely`: the sentence says of what body, and names this
    role and not one that may be another (`Role.less`)."""

    span: Span
    surely: bool


def tells_no_holder(question: str, sentence: str, title: str = "") -> bool:
    """Whether the English question asks who holds a role, and the sentence does not tell it (`holder`)."""
    return asked_role(question) is not None and holder(question, sentence, title) is None


def may_name_holder(question: str, text: str, title: str = "") -> bool:
    """Whether a sentence of a text may name who holds the role that the question asks for (`holder`): the
    text has a word for the role, and it or its article's `title` has the body. It saves looking at each
    sentence of most passages."""
    asked = asked_role(question)
    if asked is None:
        return False
    if asked.role.of_country:
        return office_words(asked).search(text) is not None
    if not (role_nouns(asked.role).search(text) or role_verbs(asked.role).search(text)):
        return False
    body = body_of(asked.body)
    return body is None or body.begins(title) or any(True for _ in body.mentions(text))


def holder(question: str, sentence: str, title: str = "") -> Named | None:
    """Where an English sentence names who holds the role that the question asks for: beside a word for it
    (“Y's owner, X”, “X, chief executive of Y”), or with a verb (“X, who founded Y”, “Y, which is run by X”).
    None if it names nobody so, or only somebody who no longer or not yet holds it, or holds that of another
    body, or if the question asks for no such role. `title` is that of its article."""
    asked = asked_role(question)
    if asked is None:
        return None
    if asked.role.of_country:
        place = office_holder(asked, sentence)
        told = Named(place, surely=True) if place else None
    else:
        told = _told(asked, sentence, title)
    return replace(told, span=whole_name(asked, sentence, told.span)) if told else None


@lru_cache(maxsize=4096)  # search and reading look at the same sentences
def _told(asked: AskedRole, sentence: str, title: str) -> Named | None:
    role, body = asked.role, body_of(asked.body)
    nouns = list(role_nouns(role).finditer(sentence))
    if body is None:
        present = (one.end() for one in nouns if not is_past(role, sentence, one.start()))
        named = (named_after(asked, sentence, place) for place in present)
        return next((Named(span, surely=True) for span in named if span), None)
    mentions = list(dict.fromkeys(body.mentions(sentence)))
    weak = None
    for span, noun in named_beside(asked, sentence, nouns, mentions):
        if not re.fullmatch(role.less, noun, re.IGNORECASE):
            return Named(span, surely=True)
        weak = weak or Named(span, surely=False)
    for span in named_by_verbs(asked, sentence, mentions):
        return Named(span, surely=True)
    if weak:
        return weak
    on_subject = body.begins(title)
    for span, of_company in named_alone(asked, sentence):
        if of_company and mentions:
            return Named(span, surely=True)
        if on_subject:
            return Named(span, surely=False)
    return None
