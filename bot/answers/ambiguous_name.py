"""People with the same family name in the quotes of an answer: “Clinton” may be Bill or Hillary.

An article uses a person's whole name first and the family name afterwards, so the word before the family name
tells who is meant, and no list of names is needed.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answers.answer import Answer, NoAnswer, Quote
from corpus.lazy_pattern import lazy_pattern
from retrieval.dates.days import WEEKDAYS
from retrieval.question.anchors import AnchorKind, anchors_of
from retrieval.question.context import content_words
from retrieval.question.query import Query
from retrieval.ranking.diversity import PAGE
from retrieval.text.analyzer import STOP_WORDS
from retrieval.text.proper_names import TITLES
from retrieval.text.scripts import EAST

MEANT = "meant-"
"""Prefix of a person's name in the id of the button that asks again about this person."""
MOST_PEOPLE = 3
"""The most people that are distinguished: one for each quote that is shown."""
LONGEST_NAME = 40
"""The most characters of a name: a button's label and id have room for these."""
CHARACTERS_SEARCHED = 5_000
"""Characters of an article that are searched for names of people, as for a question's anchors."""

TWICE = 2
"""The least occurrences in an article of a name that begins a sentence. At the beginning of the article, or
after a dateline, one is enough."""

_GIVEN = r"(?P<given>[A-ZÀ-Þ][\w'’-]*[a-zà-ÿ]|(?:[A-Z]\.){1,3})"
_MIDDLE = r"(?P<middle>(?: [A-Z]\.){0,2})"
_BEFORE = r"(?:(?P<before>[A-ZÀ-Þ][\w'’-]*[a-zà-ÿ]) )?"
_PLACE = lazy_pattern(r"\b(?:in|at|near|around|outside|across) (?:the )?$", re.IGNORECASE)
"""Words before the name of a place: “the crash in Washington”."""
_ASKS_THING = lazy_pattern(
    r"\W*what(?:['’]?s| is| are| was| were) (?:an? |the )?(?:[^\W_]+)\W*", re.IGNORECASE
)
"""Asks about a thing, not about a person: “what is Juneteenth?”."""
_BEGINS = lazy_pattern(r"(?:^|[.?!:;\n\"“”)]|--)\s*$")
_SHORT_FOR = lazy_pattern(r"['’][a-z]{1,2}$")
"""“I'm”, “That's”, “Nara's” are not given names."""
_NO_GIVEN = (
    TITLES
    | STOP_WORDS
    | frozenset(day for day in WEEKDAYS if day.isascii())
    | frozenset(
        "democrat democrats republican republicans candidate nominee rival star analyst lawyer defender "
        "getty images photo photos "
        "north south east west northern southern eastern western central latin native african asian european "
        "striker midfielder goalkeeper quarterback team american british english french german".split()
    )
)
"""Capitalised words before a family name that are not given names."""


@dataclass(frozen=True, slots=True)
class AmbiguousName:
    """A family name as the question writes it, and the full names of the people with it in the quotes, in the
    quotes' order: at least two."""

    name: str
    people: tuple[str, ...]


def ambiguous_name(result: Answer | NoAnswer) -> AmbiguousName | None:
    """The people whom a lone family name in the question may mean; None if the quotes are only about one."""
    if isinstance(result, NoAnswer) or _ASKS_THING.fullmatch(result.query.wording):
        return None
    for name in _lone_names(result.query):
        people = _different(_Called(name), result.quotes[:PAGE])
        if len(people) > 1:
            return AmbiguousName(name, people)
    return None


def in_full(text: str, person: str) -> str:
    """The text with the first family name that stands alone replaced by the person's full name."""
    *given, family = person.split()
    lone = re.compile(rf"(?<![\w'’-])(?<!{re.escape(given[-1])} ){re.escape(family)}(?![\w-])", re.IGNORECASE)
    return lone.sub(lambda _: person, text, count=1)


def _lone_names(query: Query) -> Iterator[str]:
    """The question's anchors that are names of one word and not places, as they are written; first, the
    question itself if it is a single capitalised word."""
    words = content_words(query.wording)
    if len(words) == 1 and words[0][0].isupper() and not EAST.search(words[0]):
        yield words[0]
    for one in anchors_of(query):
        alone = one.kind is AnchorKind.NAME and len(one.sought) == 1
        if (
            alone
            and one.sought[0] not in TITLES
            and not EAST.search(one.words)
            and not _PLACE.search(query.wording[: one.start])
        ):
            yield one.words.split()[-1]


class _Called:
    """Finds the full names of people with one family name in articles."""

    def __init__(self, family: str) -> None:
        plain = re.escape(family.removesuffix("'s").removesuffix("’s"))
        self._lone = re.compile(rf"(?<![\w'’-]){plain}(?!\w)", re.IGNORECASE)
        self._whole = re.compile(rf"(?<![\w'’-]){_BEFORE}{_GIVEN}{_MIDDLE} (?P<family>(?i:{plain}))(?!\w)")

    def by(self, quote: Quote) -> re.Match[str] | None:
        """The full name of the person whom a quote is about: the first in the quote, else the last before it,
        else the first in the article; None if the quote does not have the family name."""
        if not self._lone.search(quote.text):
            return None
        text = quote.article.text[: max(CHARACTERS_SEARCHED, quote.end)]
        found = list(self._people(text))
        inside = (one for one in found if quote.start <= one.start("given") < quote.end)
        before = (one for one in reversed(found) if one.start("given") < quote.start)
        return next(inside, None) or next(before, None) or next(iter(found), None)

    def _people(self, text: str) -> Iterator[re.Match[str]]:
        for found in self._whole.finditer(text):
            given = found["given"]
            if given.lower() in _NO_GIVEN or _SHORT_FOR.search(given) or not found["family"][0].isupper():
                continue
            # "When Clinton", "Hey Clinton": a word with a capital only because it begins the sentence.
            begins = _BEGINS.search(text, 0, found.start("given"))
            if begins and re.search(rf"\b{re.escape(given.lower())}\b", text):
                continue
            if begins and begins[0].strip(" -") and text.count(f"{given} {found['family']}") < TWICE:
                continue
            yield found


def _different(called: _Called, quotes: Sequence[Quote]) -> tuple[str, ...]:
    """The full names of the people in the quotes, one for each person."""
    people: dict[str, set[str]] = {}
    for quote in quotes:
        if not (found := called.by(quote)):
            continue
        given, before = found["given"].casefold(), (found["before"] or "").casefold()
        whole = f"{found['given']}{found['middle']} {found['family']}"
        if "." in given and before:  # George H.W. Bush
            given, whole = before, f"{found['before']} {whole}"
        # "Hillary Rodham Clinton" is Hillary, and "J. Clinton" may be John.
        known = any(
            not had.isdisjoint({given, before} - {""}) or any(_is_short(one, given) for one in had)
            for had in people.values()
        )
        if not known and len(whole) <= LONGEST_NAME:
            people[whole] = {given, before} - {""}
    return tuple(people)[:MOST_PEOPLE]


def _is_short(one: str, other: str) -> bool:
    """Whether one of two given names is the other's initial."""
    return ("." in one or "." in other) and one[0] == other[0]
