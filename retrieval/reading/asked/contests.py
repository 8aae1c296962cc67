"""Contests that are held again and again, and for whose winner an English question asks: a cup, a prize, an
election."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from corpus.lazy_pattern import lazy_pattern
from retrieval.holders.country_offices import place_beginnings
from retrieval.text.analyzer import STOP_WORDS

ELECTION = (
    r"(?:elections?|electoral|run-?offs?|primar(?:y|ies)|caucus(?:es)?|votes?|voting|polls|ballots?|races?"
    r"|mayoral)"
)
"""A pattern of words for elections."""
TITLE = r"(?:finals?|championships?|champions?|champ|titles?|trophy|crown)"
"""A pattern of words for what is won: “the NBA finals” are “the NBA title”."""

_KINDS = (
    "actor|actress|album|author|band|book|candidate|city|club|country|director|driver|film|horse|movie|nation"
    "|novel|party|player|show|singer|song|state|team|woman|man"
)
_ASKED = lazy_pattern(
    rf"\b(?:who(?:['’]s| has| have| had)?|(?:which|what) (?:{_KINDS})(?: has| have)?)"
    r"(?: just| actually| finally| recently)? (?:won|wins)\b(?!['’]t)(?! (?:against|by|over)\b)"
    r"(?P<won>[^,?;!]+)"
    r"|\bwho(?:['’]s| is| are| was| were) (?:the )?(?:\w+ )?(?:winners?|champions?) (?:of|at|in|for) "
    r"(?P<of>[^,?;!]+)"
    r"|(?:\bwho(?:['’]s| is| are| was| were) (?:the )?|\A\W*)(?P<before>(?:[\w.'’-]+ ){1,6})"
    r"(?:winners?|champions?)\W*\Z",
    re.IGNORECASE,
)
_BETWEEN = lazy_pattern(r"\b(?:in|at|for|on|of)\b(?! the (?:year|century|decade)\b)", re.IGNORECASE)
"""Between the parts of a name: “best picture at the Oscars”, “the election in France”."""
_YEARLY = lazy_pattern(r"\bof the (?:year|century|decade)\b", re.IGNORECASE)
_UNITS = frozenset(("year", "century", "decade"))
TIMES = frozenset(
    "again annual april august autumn current d day de december ever fall february first friday"
    " january july june just la last latest march may monday month most new november october"
    " once one ones recent recently round saturday second september spring summer sunday that"
    " the these third this those thursday time times today tonight tuesday wednesday week"
    " weekend winter year years yesterday".split()
)
"""Words that are no part of a contest's name."""
_ANY_CONTEST = frozenset(
    "award awards battle bet bout bronze case competition contest debate eight event fight five four"
    " game games gold jackpot lawsuit lottery many match matches medal medals money more nine point"
    " points prize prizes race round season seat seats series set sets seven several silver six some ten"
    " three tournament trophies two war".split()
)
"""Words for contests that do not say which one is meant, and numbers."""
_ANY_ELECTION = frozenset(
    "election elections federal general national parliamentary presidential race seat special vote"
    " votes".split()
)
_DROPPED = frozenset("award competition contest pageant prize tournament".split())
"""Last words of a contest's name with which articles often do not name it."""
_YEAR = lazy_pattern(r"(?:19|20)\d\d")
_WORD = lazy_pattern(r"[^\W_]+")
_NUMBER = lazy_pattern(r"\d")
_POSSESSIVE = lazy_pattern(r"['’]s\b")
_AMERICAN = lazy_pattern(r"\bU\.S\.(?=\W|\Z)")
SHORT = 2
"""Words of a contest's name that stand together in articles: “Super Bowl”, but not “NCAA women's basketball
title”."""


@dataclass(frozen=True, slots=True)
class Contest:
    """A contest: `name`, the words of its name, `of`, those of what it belongs to (“best picture” at “the
    Oscars”), and whether it is an election."""

    name: tuple[re.Pattern[str], ...]
    of: tuple[re.Pattern[str], ...]
    election: bool

    def is_named(self, text: str) -> bool:
        """Whether the text has all of its words."""
        return all(word.search(text) for word in self.words())

    def is_named_mostly(self, text: str) -> bool:
        """Whether the text has at least half of its name, and its numbers; of an election, all words."""
        if self.election:
            return self.is_named(text)
        found = [word.search(text) is not None for word in self.name]
        numbers = (one for one, word in zip(found, self.name, strict=True) if _NUMBER.search(word.pattern))
        return all(numbers) and 2 * sum(found) >= len(found)

    def words(self) -> tuple[re.Pattern[str], ...]:
        """All words of its name."""
        return (*self.name, *self.of)


@lru_cache
def asked_contest(question: str) -> Contest | None:
    """The contest whose winner the question asks for: of “Who won the Super Bowl?” the Super Bowl. None if it
    asks for something else, or does not say which contest: “Who won the game?”."""
    asked = _ASKED.search(question)
    if asked is None:
        return None
    named = next(filter(None, (asked["won"], asked["of"], asked["before"])))
    election = re.search(rf"\b{ELECTION}\b", named, re.IGNORECASE) is not None
    parts = (_named_words(part) for part in _BETWEEN.split(_AMERICAN.sub("US", named)))
    names = [tuple(_places(part) if election else _names(part)) for part in parts if part]
    if election:
        names = [name for name in names if name]
    # “Five awards at the Golden Globes” is no particular contest.
    return Contest(names[0], tuple(chain(*names[1:])), election) if names and names[0] else None


def _named_words(part: str) -> list[str]:
    left_out = STOP_WORDS | (TIMES - _UNITS if _YEARLY.search(part) else TIMES)
    words = _WORD.findall(_POSSESSIVE.sub("", part).lower())
    return [word for word in words if word == "us" or (word not in left_out and not _YEAR.fullmatch(word))]


def _names(words: Sequence[str]) -> list[re.Pattern[str]]:
    """Patterns of the contest's name; none if the words name no particular one. Of a long name, articles
    often separate the words."""
    if all(word in _ANY_CONTEST or re.fullmatch(TITLE, word) for word in words):
        return []
    kept = words[:-1] if len(words) > 1 and words[-1] in _DROPPED else words
    forms = [_form(word) for word in kept]
    if len(kept) == 1:
        return [re.compile(rf"(?<!\w)(?=[A-Z])(?i:{forms[0]})(?!\w)")]
    if len(kept) <= SHORT:
        forms = [r"\W+(?:(?:the|of|de|d)\W){0,2}".join(forms)]
    return [re.compile(rf"(?<!\w){form}(?!\w)", re.IGNORECASE) for form in forms]


def _form(word: str) -> str:
    if re.fullmatch(TITLE, word) and word != "champions":
        return TITLE
    return r"(?:US|U\.S\.)" if word == "us" else rf"{re.escape(word.removesuffix('s'))}(?:['’]?s['’]?)?"


def _places(words: Sequence[str]) -> list[re.Pattern[str]]:
    """Patterns of the place, the office and the round of an election; none if the words name none."""
    kept = (place_beginnings(word) for word in words if word not in _ANY_ELECTION)
    forms = ("|".join(rf"{form}\w*" if len(form) > SHORT + 1 else form for form in forms) for forms in kept)
    return [re.compile(rf"(?<!\w)(?:{form})(?!\w)", re.IGNORECASE) for form in forms]
