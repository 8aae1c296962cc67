"""Where a sentence mentions the company, club or other body that a question names."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from corpus.lazy_pattern import lazy_pattern
from retrieval.text.analyzer import STOP_WORDS
from retrieval.text.sentences import Span

_TOKEN = lazy_pattern(r"\w+")
_POSSESSIVE = lazy_pattern(r"['’]s?(?!\w)")
_LEFT_OUT = STOP_WORDS | frozenset("current currently now present new today".split())
_KINDS = frozenset(
    "group company corporation club team organisation organization inc corp ltd men national soccer"
    " football".split()
)
"""Words for what a body is, which articles leave out at the end of its name."""
_SHARED = frozenset(
    "united city bank service committee commission council department office university police party force"
    " association airlines union league world national street journal times post news security agency federal"
    " international university college board state states house court forces reserve health system".split()
)
"""Last words of many names, none of which they mean alone."""
LAST_ALONE = 5
"""Minimum letters of the last word of a name with which articles mean the whole: “Cowboys”."""
SHORTEST_ADJECTIVE = 4
"""Letters that a country's name and its adjective have in common: Norway, Norwegian."""
_ALSO = {
    "fed": r"Fed|Federal Reserve",
    "england": r"Engl(?:and|ish)",
    "france": r"Fr(?:ance|ench)",
    "netherlands": r"Netherlands|Dutch",
    "spain": r"Spa(?:in|nish)",
    "wales": r"W(?:ales|elsh)",
    "denmark": r"Da?en(?:mark|ish)|Danish",
    "poland": r"Pol(?:and|ish)",
    "switzerland": r"Switzerland|Swiss",
    "germany": r"German[y]?",
    "us": r"U\.?S\.?A?|USMNT|America[n]?|United States",
    "usa": r"U\.?S\.?A?|USMNT|America[n]?|United States",
    "uk": r"U\.?K\.?|Brit(?:ain|ish)|United Kingdom",
    "eu": r"EU|European Union",
    "un": r"U\.?N\.?|United Nations",
}
"""Other words for bodies whose names say nothing of them."""
_PARTS = lazy_pattern(
    r"(?! (?:Inc|Corp|Co|Ltd|Motors?|Group|Holdings|Company|Airlines|FC|CEO|C\.E\.O|Chair|President|Chief"
    r"|Director|Secretary|Administrator|Commissioner|Executive|Founder|Co-|Owner|Coach|Manager|Captain|Head"
    r"|Leader|Boss|General|Managing)\b)"
    r" [A-ZÀ-Þ]\w|['’]s [A-ZÀ-Þ]\w+ (?:Committee|Council|Center|Division|Foundation)"
)
"""What follows the name of a body in that of a part of it, or of another one: “Harbour Lines Cargo”."""


@dataclass(frozen=True, slots=True)
class Body:
    """The patterns for a body: `whole`, its name, or another one for it; `last`, only its last word."""

    whole: re.Pattern[str]
    last: re.Pattern[str] | None

    def begins(self, text: str) -> bool:
        """Whether a text has it before any other name, as the title of an article about it does."""
        first = next(self.mentions(text), None)
        return first is not None and not any(
            word[0].isupper() and word.lower() not in STOP_WORDS for word in _TOKEN.findall(text[: first[0]])
        )

    def mentions(self, text: str) -> Iterator[Span]:
        """The spans in a text that mean it, and not a part of it or another body of a similar name."""
        for found in self.whole.finditer(text):
            if not _PARTS.match(text, found.end()):
                yield found.span()
        if self.last:
            for found in self.last.finditer(text):
                if not _PARTS.match(text, found.end()):
                    yield found.span()


@lru_cache(maxsize=256)
def body_of(words: str) -> Body | None:
    """The body that these words of a question name; None if they name none."""
    plain = words.replace("U.S.", "US").replace("U.K.", "UK").replace("U.N.", "UN")
    said = _TOKEN.findall(_POSSESSIVE.sub("", plain))
    tokens = [one for one in said if _is_abbreviation(one) or one.lower() not in _LEFT_OUT]
    named = _without_kind(tokens) or tokens
    if not named:
        return None
    generic = re.search(r"\bthe [a-z]", words) and len(named) == 1
    capital = "" if generic else r"(?=[A-ZÀ-Þ0-9]|[a-z][A-Z])"
    forms = [
        r"(?:['’]?s)?\W{1,3}(?:(?:and|of|the|for|(?i:national|men['’]s|soccer|football)) )*".join(
            map(_form, named)
        )
        + ("(?:n|an|ian|ese)?" if len(named) > 1 else "")  # “Sri Lankan”
    ]
    if len(named) == 1:
        forms += _other_forms(named[0])
    elif initials := "".join(one[0] for one in named).upper():
        forms.append(r"\.?".join(initials) + r"\.?")
    whole = re.compile(rf"(?<![\w-]){capital}(?:{'|'.join(forms)})(?!\w)")
    end = named[-1]
    alone = len(named) > 1 and len(end) >= LAST_ALONE and end.lower() not in _SHARED
    # The word before is that of another body ("Kobe Cowboys").
    last = rf"(?<![\w-])(?<![A-Z]\w\w )(?<!\w\w\w-){capital}(?i:{re.escape(end)})(?!\w)"
    return Body(whole, re.compile(last) if alone else None)


def _without_kind(tokens: Sequence[str]) -> Sequence[str]:
    """The words without those at the end that say what the body is."""
    while tokens and tokens[-1].lower() in _KINDS:
        tokens = tokens[:-1]
    return tokens


def _is_abbreviation(word: str) -> bool:
    return len(word) > 1 and word.isupper()


def _form(word: str) -> str:
    """The pattern of a word: one in capitals may be another word in small letters (WHO)."""
    if also := _ALSO.get(word.lower()):
        return f"(?:{also})"
    return re.escape(word) if _is_abbreviation(word) else f"(?i:{re.escape(word)})"


def _other_forms(word: str) -> Iterator[str]:
    """The words that a name of one word stands for, or that stand for it."""
    if word.lower() in _ALSO:
        return
    if 2 <= len(word) <= 5 and word.isalpha():
        first, others = word[0].upper(), word[1:].upper()
        yield first + r"[a-z]+" + "".join(rf"[ -](?:(?:of|and|for|the) )*{one}[a-z]+" for one in others)
    if len(word) > SHORTEST_ADJECTIVE:
        begin = re.escape(word[:SHORTEST_ADJECTIVE])
        least = max(0, len(word) - 3 - SHORTEST_ADJECTIVE)
        yield rf"(?i:{begin})[a-z]{{{least},{len(word)}}}(?:an|ish|ese|ine|ic)"
