"""Whether a number in a sentence is of what an English question asks for, and not only of the same kind.

Two articles that give different numbers contradict each other only if both speak of the same thing: of one
storm and not of one county in it, of one person's age and not of somebody else's.
"""

import re

from corpus.lazy_pattern import lazy_pattern
from retrieval.reading.asked.amounts import asks_age
from retrieval.reading.asked.life_events import names_counted_event, tells_no_asked_event
from retrieval.text.analyzer import WORD, Analyzer
from retrieval.text.proper_names import runs
from retrieval.text.quantities import NUMBER_WORDS
from retrieval.text.sentences import Span

NEAR = 60
"""Characters before a number in which its verb stands: a clause of about ten words."""

MEASURED = "old|long|high|tall|far|big|large|fast|heavy"
AMOUNT_NOUNS = "percentage|percent|share|number|amount|sum|price|cost|toll"
"""Patterns of what comes after "how", besides "many" and "much", and of nouns, in questions for a number."""
_ASKING = lazy_pattern(
    r"\bhow (?:many|much) (?:more |different |of (?:the )?)?[\w-]+"
    rf"|\bhow (?:{MEASURED})\b"
    rf"|\b(?:{AMOUNT_NOUNS})\b(?: of\b)?",
    re.IGNORECASE,
)
"""The words that say what kind of number is asked for, with what is counted: the number's unit has it."""
_EMPTY = frozenset("people person currently now total altogether exactly approximately".split())
"""Words that say no more about the subject."""
_PART = lazy_pattern(
    rf"(?:,|\band) (?:\d[\d,]*|{NUMBER_WORDS}|one) (?:[a-z]+ )?(?:in|at|from|on) (?-i:[A-Z])", re.IGNORECASE
)
"""A number of one place among others: "eight in Tofta, five in Nara" tells no total."""
_ASKS_PAST = lazy_pattern(r"\b(?:did|was|were|has|have|had)\b|\w(?<!e)ed\b", re.IGNORECASE)
_NO_FACT = lazy_pattern(
    r"\b(?:need(?:s|ed)?|would|could|may|might|should|will|if|call(?:s|ed|ing) for|consider(?:s|ed|ing)?"
    r"|propos(?:e[sd]?|ing|al)|plan(?:s|ned|ning)?|expect(?:s|ed|ing)?|promis(?:e[sd]?|ing)|threaten\w*)\b",
    re.IGNORECASE,
)
"""Words of sentences that tell what is wanted or may come, which contradicts nothing that has happened."""
_ADJECTIVE = lazy_pattern(r"[\w.]+-(?:year|month|week|day)-old ")
_IS = lazy_pattern(
    r"(?:,? (?:who )?(?:is|was|turns|turned|has turned|aged?)(?: now| only| just| already| then)?|,) \Z"
)
"""What stands between a person and the person's age."""


def is_of_asked(question: str, sentence: str, number: Span, before: str = "", title: str = "") -> bool:
    """Whether a number of a sentence is of what the question asks for. `before` is the sentence before, which
    may name the subject, and `title` that of the article.

    All content words of the question have to be in the two sentences, except what is counted. If people are
    counted by what happened to them ("were killed"), the number's own sentence has to tell of it, in whatever
    words, and the title may name the subject too. An age has to be that of somebody whom the question names,
    by the words beside it.
    """
    analyzer = Analyzer()
    if asks_age(question):
        bearer = _bearer(sentence, number)
        return bool(set(analyzer.content_terms(question)).intersection(analyzer.terms(bearer)))
    if _PART.search(sentence) or tells_no_asked_event(question, sentence):
        return False
    past = bool(_ASKS_PAST.search(question))
    if past and _NO_FACT.search(sentence, max(number[0] - NEAR, 0), number[0]):
        return False
    asked = WORD.findall(_ASKING.sub(" ", question).lower())
    named = [word for word in asked if not names_counted_event(word)]
    subject = [word for word in named if word not in _EMPTY]
    by_event = len(named) < len(asked)
    told = "\n".join((sentence, before, title if by_event else "")).lower()
    words = set(WORD.findall(told))
    if past and any(f"{word}s" in words and word not in words for word in subject):
        return False  # one bombing is not several; of the present, it may be a verb
    return set(analyzer.content_terms(" ".join(subject))) <= set(analyzer.terms(told))


def _bearer(sentence: str, age: Span) -> str:
    """The name of the person whose age it is: directly after "84-year-old", or before "is 84 years old", ",
    84," and the like; empty if there is none."""
    start, _ = age
    if adjective := _ADJECTIVE.match(sentence, start):
        named = list(runs(sentence[adjective.end() :]))[:1]
        return named[0][0] if named and not named[0].start() else ""
    named = [one for one in runs(sentence[:start]) if _IS.fullmatch(sentence, one.end(), start)]
    return named[-1][0] if named else ""
