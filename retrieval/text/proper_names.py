"""Names in running text: runs of capitalised words, and whether a text contains a name.

Texts give a person's whole name first, and later only a part of it, which other people may share. The words
beside the part tell whom it means, so no list of names is needed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from corpus.lazy_pattern import lazy_pattern
from retrieval.text.analyzer import STOP_WORDS
from retrieval.text.quantities import singular
from retrieval.text.scripts import EAST_LETTERS

_WORD = (
    r"(?:(?:[A-Z]\.){2,}|[A-Z]\.(?= [A-Z])|(?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Gov|Rep|Prof|Sgt|Lt|Col|Capt)\."
    r"|[A-ZÀ-Þ][A-Za-z0-9À-ÿ]*(?:['’](?!s\b)[A-Za-zÀ-ÿ]+)*(?:-[A-Za-z0-9À-ÿ]+)*|[a-z]{1,2}[A-Z][A-Za-z]+)"
)
_TIE = r"(?:(?:of(?: the)?|de(?: la)?|del|al|bin|van(?: de[rn])?|von|du|da|&) )"
_RUN = lazy_pattern(
    rf"(?<![A-Za-z0-9À-ÿ'’.-]){_WORD}(?: {_TIE}?{_WORD})*"
    rf"(?: [0-9]{{1,4}}(?![A-Za-z0-9%{EAST_LETTERS}]|[,.:/–-]\d))?"
)
"""A name in a text: capitalised words, the particles between them, and a number at the end ("Boeing 737")."""
_DOT = lazy_pattern(r"\.(?:(?=\s|$)|(?<=\b[^\W\d_]\.))")
_PIECE = lazy_pattern(r"[^\W_]+(?:['’](?!s\b)[^\W_]+)*")
TITLES = frozenset(
    (
        "mr mrs ms miss dr sir dame lord lady king queen prince princess pope saint president vice "
        "premier prime minister chancellor secretary senator congressman congresswoman representative rep "
        "sen gov governor mayor judge justice attorney general gen colonel col admiral major surgeon "
        "captain capt lieutenant lt sergeant sgt officer detective chief ceo cfo coo chairman chairwoman "
        "chair director professor prof reverend rev bishop archbishop cardinal imam sheikh ayatollah "
        "coach manager former ex actor actress singer rapper founder spokesman spokeswoman ambassador "
        "speaker leader owner author justice commissioner"
    ).split()
)
"""Words before a name that say what somebody is, not who."""
_NO_TITLES = frozenset(
    (
        ("general", "motors"),
        ("general", "electric"),
        ("general", "mills"),
        ("general", "assembly"),
        ("justice", "department"),
        ("premier", "league"),
        ("miss", "america"),
        ("miss", "universe"),
    )
)
"""Names that begin like a title."""
_BETWEEN = r"[\s&,-]+"
"""What may separate two words of a name."""
_TIES = frozenset("of the de la del al bin van der den von du da".split())
_EVERYWHERE = frozenset(
    (
        "new old north south east west northern southern eastern western united world white black super "
        "great royal national international american british los las san santa st fort mount lake first "
        "home super federal supreme central general red blue green big hong costa saudi"
    ).split()
)
"""First words of many names, none of which they mean alone."""
_ALSO = {
    "us": "united states|america",
    "usa": "united states|america",
    "united states": "us|usa|america",
    "uk": "united kingdom|britain|british|england",
    "united kingdom": "uk|britain",
    "eu": "european union",
    "european union": "eu",
    "un": "united nations",
    "united nations": "un",
    "uae": "united arab emirates",
}
"""Names that mean the same and share no word. Initials of three and more letters are computed, not listed."""
LONGEST_ABBREVIATION = 5
"""Maximum letters of an abbreviation; longer capitalised words are shouted (or names in their own right)."""
INITIALS = 3
"""Minimum initials that stand for a name; with two letters only the listed ones do."""
STEM = 4
"""Minimum letters that two forms of a name share: Iraq and Iraqi, Russia and Russian."""
LONGER = 4
"""Maximum letters after the stem of a country in the name of its people: Chin-ese, Brit-ain."""
PLACES = 20
"""Maximum occurrences of a part of a name in a text that are examined; each takes some 10 µs."""
_ENDINGS = ("i", "n", "an", "ian", "ese", "ish", "s", "es")
"""Endings of a country's people, and of plurals."""
AROUND = 60
"""Characters on each side of a part of a name that are searched for the rest of it."""


def runs(text: str) -> Iterator[re.Match[str]]:
    """The runs of capitalised words, with the particles between them."""
    return _RUN.finditer(text)


def pieces(name: str) -> tuple[str, ...]:
    """The words of a name in lower case, without possessives. Hyphenated words are split; an abbreviation
    with dots (U.S.) is one word."""
    plain = re.sub(r"\b((?:[A-Za-z]\.)+[A-Za-z]?)", lambda found: found[0].replace(".", ""), name)
    return tuple(found[0].replace("’", "'").lower() for found in _PIECE.finditer(plain))


def bare(words: tuple[str, ...]) -> tuple[str, ...]:
    """The words of a name without titles and particles at its beginning: of "President of France" only
    "France"."""
    for place, word in enumerate(words):
        opens = word in TITLES and words[place : place + 2] not in _NO_TITLES
        if not opens and word not in _TIES and (word not in STOP_WORDS or word == "us"):
            return words[place:]
    return ()


class SearchedText:
    """A text to search for names, with cached normalised forms."""

    def __init__(self, text: str) -> None:
        """The forms are computed on first use."""
        self.text = text

    @cached_property
    def lowered(self) -> str:
        """The text in lower case."""
        return self.text.lower()

    @cached_property
    def undotted(self) -> str:
        """The text in lower case, without the dots of abbreviations and at the end of sentences."""
        return _DOT.sub("", self.lowered.replace("’", "'"))

    @cached_property
    def dotless(self) -> str:
        """The text without any dots."""
        return self.text.replace(".", "")


@dataclass(frozen=True)
class ProperName:
    """A name, as a tuple of words (`pieces`), to be found in texts."""

    words: tuple[str, ...]
    capitals: bool = False
    """Whether it is in capitals only, like abbreviations."""

    def occurs_in(self, searched: SearchedText, whole: str = "") -> bool:
        """Whether the text has the name, or a part of it that means nobody else.

        `whole` is the text of the whole article, which tells whom a part alone means.
        """
        text, lowered = searched.text, searched.lowered
        if self._key in lowered and self._nearly.search(searched.undotted):
            return True
        if self._initials and self._initials in searched.dotless and self._short.search(text):
            return True
        if (self._told and self._told.search(text)) or (self._also and self._also.search(lowered)):
            return True
        if len(self.words) == 1 or not any(part in lowered for part in self._parts):
            return False
        called = {self._called_by(run) for run in self._runs_around(text)}
        if True in called or (self._tied and all(one.occurs_in(searched, whole) for one in self._tied)):
            return True
        return None in called and self._is_meant_in(whole)

    @cached_property
    def _tied(self) -> tuple["ProperName", ...]:
        """The two names joined by "of": "Knesset of Germany" has two."""
        first, _, second = " ".join(self.words).partition(" of ")
        second = second.removeprefix("the ")
        return (ProperName(tuple(first.split())), ProperName(tuple(second.split()))) if second else ()

    def _is_meant_in(self, whole: str) -> bool:
        """Whether a part of the name alone means it in this article: the article has the whole name, or no
        other name with that part."""
        if whole not in self._articles:
            called = {self._called_by(run) for run in self._runs_around(whole)}
            self._articles[whole] = (
                True in called
                or False not in called
                or bool(self._nearly.search(SearchedText(whole).undotted))
            )
        return self._articles[whole]

    @cached_property
    def _articles(self) -> dict[str, bool]:
        """A cache of `_is_meant_in` by article, since many passages are from the same one."""
        return {}

    def _called_by(self, run: tuple[str, ...]) -> bool | None:
        """Whether a run of words is the whole name (True), a part of it (None), or somebody else's name
        (False)."""
        has = [any(_same(word, one) for one in run) for word in self.words]
        if all(has):
            return True
        own = all(any(_same(word, one) for word in self.words) for one in run if one not in _TIES)
        return None if own and any(any(_same(part, one) for one in run) for part in self._parts) else False

    def _runs_around(self, text: str) -> Iterator[tuple[str, ...]]:
        """The runs of capitalised words around each occurrence of a part of the name."""
        for place in islice(self._part.finditer(text), PLACES):
            start = max(place.start() - AROUND, 0)
            near = text[start : place.end() + AROUND]
            at = place.start() - start
            for run in _RUN.finditer(near):
                if run.start() <= at < run.end():
                    yield bare(pieces(run[0])) or pieces(run[0])

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        """The words that may stand for the whole name: the last one and the first."""
        last, first = self.words[-1], self.words[0]
        if last.isdecimal():
            return ()
        alone = first in _EVERYWHERE or len(first) < len("Li") or "of" in self.words
        return (last,) if alone else (last, first)

    @cached_property
    def _part(self) -> re.Pattern[str]:
        parts = [re.escape(part.capitalize()) for part in self._parts]
        return re.compile("|".join(rf"{part}(?<![A-Za-z]{part})" for part in parts))  # as `_nearly` does

    @cached_property
    def _nearly(self) -> re.Pattern[str]:
        """The whole name in lower case, in any inflection; if it ends in a number, only its last two
        words."""
        words = self.words[-2:] if self.words[-1].isdecimal() else self.words
        words = (*words[:-1], singular(words[-1]))
        first, *others = (
            f"{word}[a-z]*" if word.isalpha() and len(word) == 1 else re.escape(word) for word in words
        )
        ends = rf"(?:{'|'.join(_ENDINGS)})?" if len(words[-1]) >= STEM and not words[-1].isdecimal() else "s?"
        begins = re.escape(words[0])
        rest = _BETWEEN.join((first.removeprefix(begins), *others))
        found = rf"{rest}{'' if words[-1].isdecimal() else ends}"
        if stem := _people(words[-1]) if len(words) == 1 else "":
            begins, rest = re.escape(stem), re.escape(words[0].removeprefix(stem))
            found = rf"(?:{rest}{ends}|[a-z]{{0,{LONGER}}})"
        # The lookbehind comes after the first letters, since only a pattern that begins with letters is fast.
        return re.compile(rf"{begins}(?<![a-z0-9]{begins}){found}(?![a-z0-9])")

    @cached_property
    def _also(self) -> re.Pattern[str] | None:
        also = _ALSO.get(" ".join(self.words))
        return re.compile(rf"(?<![a-z])(?:{also})") if also and len(also) > LONGEST_ABBREVIATION else None

    @cached_property
    def _key(self) -> str:
        """Letters that are in every form of the name, as a fast test that excludes most texts."""
        if stem := _people(self.words[-1]) if len(self.words) == 1 else "":
            return stem
        counted = self.words[-2:] if self.words[-1].isdecimal() else self.words
        longest = max(re.findall(r"[^\W\d_]+", " ".join(counted)), key=len, default="")
        return singular(longest) if len(longest) >= STEM else ""

    @cached_property
    def _initials(self) -> str:
        """The abbreviation of the name; empty if there is none."""
        if len(self.words) == 1:
            return (
                self.words[0].upper()
                if self.capitals and 1 < len(self.words[0]) <= LONGEST_ABBREVIATION
                else ""
            )
        letters = "".join(word[0] for word in self.words if word not in _TIES).upper()
        listed = _ALSO.get(" ".join(self.words), "").split("|")
        return letters if len(letters) >= INITIALS or letters.lower() in listed else ""

    @cached_property
    def _short(self) -> re.Pattern[str]:
        dotted = r"\.?".join(map(re.escape, self._initials))
        return re.compile(rf"(?<![A-Za-z]){dotted}(?![A-Za-z])")

    @cached_property
    def _told(self) -> re.Pattern[str] | None:
        """The words that an abbreviation stands for."""
        if len(self.words) > 1 or not self._initials.isalpha():
            return None
        first, *others = (f"[{letter}{letter.lower()}]" for letter in self._initials)
        more = "".join(rf" (?:(?:of|and|for|the|on) )*{one}[a-z]+" for one in others)
        return re.compile(rf"{first}(?<=\b{first})[a-z]+{more}")


def _same(word: str, other: str) -> bool:
    """Whether two words are equal, or forms of one word."""
    if word == other:
        return True
    short, long = sorted((word, other), key=len)
    return len(short) >= STEM and long.startswith(short) and long[len(short) :] in _ENDINGS


def _people(word: str) -> str:
    """The stem that the names of a country and its people share (Chinese, China); empty if there is none."""
    for ending in ("ese", "ian", "ish", "an", "a", "i"):
        if word.endswith(ending) and len(word) - len(ending) >= STEM:
            return word.removesuffix(ending)
    return ""
