"""Pronouns in an English question that refer to nothing in it: "who accused him?", "did it work?"."""

import re
from collections.abc import Sequence
from itertools import accumulate

from corpus.lazy_pattern import lazy_pattern
from retrieval.text.analyzer import STOP_WORDS

PREPOSITIONS = frozenset(
    "about after against at before by for from in into of on since to under with".split()
)
AUXILIARIES = frozenset(
    "am are be been can could did do does had has have is may might must should was were will would".split()
)
EMPTY = frozenset(
    (
        "again already anybody anyone anything call called came come done else ever everybody everyone "
        "everything exactly explain first get gets getting go goes going got happen happened happening "
        "know known last later long made make makes making mean means meant name named names next nobody "
        "nothing number often old one ones other part people person real really right second somebody "
        "someone something soon still take taken takes talk talking tell thing things think thinks third "
        "thought time times took true way year years yet"
    ).split()
)
"""Words that name no subject by themselves, though they are rarer than stop words."""
NAMES = 2
"""Names in a question from which on demonstratives and possessives are taken to refer to one of them."""

_SHORTENED = lazy_pattern(r"(?:n['’]t|['’].*)$")
WITHOUT_APOSTROPHE = {
    **{f"{word}s": word for word in "how that there what when where who why".split()},
    **{f"{word}nt": word for word in "are could did do does had has have is should was were would".split()},
}
"""“whats”, “didnt”: shortened words as they are often typed, and which word each is. Those that are words of
their own (“its”, “wont”, “cant”) are left out."""
_TOKEN = lazy_pattern(r"[^\W_]+(?:['’-][^\W_]+)*|[,;:.?!]")
_IDLE_IT = lazy_pattern(
    r"\b(?:is|was) it \w+ (?:to|that)\b|\b(?:does|did) it (?:take|cost|matter|feel)\b(?= ?\w)"
    r"|\bhow \w+ (?:is|was) it (?:in|at|on)\b|\bwhat time is it\b|\bit (?:be )?(?:rain|snow)"
    r"|\b(?:make|makes|made|making) it\b",
    re.IGNORECASE,
)
"""Uses of “it” that refer to nothing."""
_ONE_PERSON = lazy_pattern(
    r"\b(?:(?P<owner>his(?= \w)|her(?= (?!in\b|at\b|on\b|to\b|for\b|from\b|with\b|by\b|and\b|or\b)\w))"
    r"|he|she|him|her|his|hers)\b(?!['’](?!s\b))",
    re.IGNORECASE,
)
_PERSONS = frozenset("he she they".split())
_OBJECTS = frozenset("him her it them".split())
_OWNING = frozenset("his her hers its their theirs".split())
_THESE = frozenset("this that these those".split())
_LAST = _THESE | frozenset("there then one ones so".split())
_BEFORE_VERBS = frozenset("who what how".split())
"""Words that are not followed by a noun: “who testified”, “what caused”, “how old”."""
_CLAUSES = frozenset("and or but because if that when where while whether before after , ; : . ? !".split())
"""Words and marks that begin another clause, in which a pronoun may refer to the subject of the first one."""


def has_unresolved_pronoun(question: str) -> bool:
    """Whether a pronoun has nothing before it in the question to which it could refer."""
    words = _TOKEN.findall(_IDLE_IT.sub(" ", question))
    plain = [word.lower() for word in words]
    nouns = _nouns(words)
    # The number of noun runs before each position, and of clauses begun.
    before = [0, *accumulate(nouns)]
    clauses = [0, *accumulate(place > 0 and word in _CLAUSES for place, word in enumerate(plain))]
    named = sum(noun and word[0].isupper() for noun, word in zip(nouns, words, strict=True)) >= NAMES
    end = len(plain) - (plain[-1:] in (["?"], ["."], ["!"]))
    for place, word in enumerate(plain[:end]):
        last, following = plain[place - 1] if place else "", plain[place + 1 : place + 2]
        subject = not place or last in AUXILIARIES or last.endswith(("'s", "’s"))
        if word in _LAST and place and place == end - 1:
            return True
        told = before[place] > 0 and clauses[place] > 0
        if subject and not told and (word in _PERSONS or (word == "it" and not named)):
            return True
        if named:
            continue
        if word in _THESE and (subject or last in PREPOSITIONS):
            return True
        owning = word in _OWNING and bool(following) and content(following[0])
        # In "how many of them were hurt" an auxiliary follows, but "them" is not its subject.
        clause = last != "of" and bool(AUXILIARIES.intersection(following))
        object_ = word in _OBJECTS and not subject and not clause
        # "Did China arrest him?": within a clause the object is never the same as the subject.
        needed = 1 if owning or clauses[place] else 2
        if (owning or object_) and before[place] < needed:
            return True
    return False


def with_person(question: str, name: str) -> str:
    """The question with a name in the place of its first pronoun for one person; unchanged if it has none."""
    return _ONE_PERSON.sub(
        lambda found: f"{name}’s" if found.lastgroup == "owner" else name, question, count=1
    )


def person_in(question: str, read: str) -> str:
    """The name that `with_person` put into a question to make it what was read; empty if it put none."""
    if not (found := _ONE_PERSON.search(question)):
        return ""
    before, after = question[: found.start()], question[found.end() :]
    named = read.startswith(before) and read.endswith(after) and len(read) > len(before + after)
    name = read[len(before) : len(read) - len(after)].removesuffix("’s") if named else ""
    return "" if name == found[0] else name


def content(word: str) -> bool:
    """Whether a word may name a subject."""
    word = plain_word(word)
    return word not in STOP_WORDS and word not in PREPOSITIONS and word[:1].isalnum()


def plain_word(word: str) -> str:
    """A word in lower case, without “n't”, “'s” and the like, also where the apostrophe is missing."""
    plain = _SHORTENED.sub("", word.lower())
    return WITHOUT_APOSTROPHE.get(plain, plain)


def _nouns(words: Sequence[str]) -> list[bool]:
    """For each word, whether it begins a run of content words, to which a pronoun may refer. Runs are not
    divided further, since nouns can't be told from verbs ("divers search")."""
    found: list[bool] = []
    running = False
    for place, word in enumerate(words):
        verb = place > 0 and plain_word(words[place - 1]) in _BEFORE_VERBS
        noun = content(word) and plain_word(word) not in EMPTY | AUXILIARIES and not verb
        found.append(noun and not running)
        running = noun
    return found
