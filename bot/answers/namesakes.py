"""People of one family name whom the quotes of an answer are about: “Clinton” may be Bill or Hillary.

An article calls a person by the whole name first and by the family name afterwards, so what stands before the
family name tells whom it means, without a list of names.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answers.answer import Answer, NoAnswer, Quote
from retrieval.dates.days import WEEKDAYS
from retrieval.question.anchors import AnchorKind, anchors_of
from retrieval.question.context import content_words
from retrieval.question.query import Query
from retrieval.ranking.diversity import PAGE
from retrieval.text.analyzer import STOP_WORDS
from retrieval.text.proper_names import TITLES
from retrieval.text.scripts import EAST

MEANT = "meant-"
"""Stands before a person's name in what a button to ask about that one says."""
MOST = 3
"""People that are told apart at most: one for each quote that is shown."""
LONGEST = 40
"""Characters of a name at most: what a button's label and id have room for."""
READ = 5_000
"""Characters of an article that are looked at for its people, as for what a question hangs on."""

TWICE = 2
"""Times that a name stands in an article at least, where a sentence begins with it. At the article's
beginning, or after a dateline, once is enough."""

_GIVEN = r"(?P<given>[A-ZÀ-Þ][\w'’-]*[a-zà-ÿ]|(?:[A-Z]\.){1,3})"
_MIDDLE = r"(?P<middle>(?: [A-Z]\.){0,2})"
_BEFORE = r"(?:(?P<before>[A-ZÀ-Þ][\w'’-]*[a-zà-ÿ]) )?"
_PLACE = re.compile(r"\b(?:in|at|near|around|outside|across) (?:the )?$", re.IGNORECASE)
"""What stands before a name that is a place's: “the crash in Washington”."""
_BEGINS = re.compile(r"(?:^|[.?!:;\n\"“”)]|--)\s*$")
_SHORT_FOR = re.compile(r"['’][a-z]{1,2}$")
"""“I'm”, “That's”, “Nara's”: no given name."""
_NO_GIVEN = (
    TITLES
    | STOP_WORDS
    | frozenset(day for day in WEEKDAYS if day.isascii())
    | frozenset(
        "democrat democrats republican republicans candidate nominee rival star analyst lawyer defender "
        "getty images photo photos "
        "striker midfielder goalkeeper quarterback team american british english french german".split()
    )
)
"""Words with a capital before a family name that are no given name."""


@dataclass(frozen=True, slots=True)
class Namesakes:
    """A name as the question has it, and the people whom the quotes are about, each by name in full, in the
    quotes' order: two at least."""

    name: str
    people: tuple[str, ...]


def namesakes(result: Answer | NoAnswer) -> Namesakes | None:
    """Whom a lone family name in the question may mean; None if the quotes are about one person."""
    if isinstance(result, NoAnswer):
        return None
    for name in _lone_names(result.query):
        people = _different(_Called(name), result.quotes[:PAGE])
        if len(people) > 1:
            return Namesakes(name, people)
    return None


def in_full(text: str, person: str) -> str:
    """The text with a person's whole name in the place of the family name, where that stands alone."""
    *given, family = person.split()
    lone = re.compile(rf"(?<![\w'’-])(?<!{re.escape(given[-1])} ){re.escape(family)}(?![\w-])", re.IGNORECASE)
    return lone.sub(lambda _: person, text, count=1)


def _lone_names(query: Query) -> Iterator[str]:
    """The names of one word that a question hangs on and that are no place's, as they are written there; the
    question itself where it is one."""
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
    """Finds by which whole names texts call people of a family name."""

    def __init__(self, family: str) -> None:
        plain = re.escape(family.removesuffix("'s").removesuffix("’s"))
        self._lone = re.compile(rf"(?<![\w'’-]){plain}(?!\w)", re.IGNORECASE)
        self._whole = re.compile(rf"(?<![\w'’-]){_BEFORE}{_GIVEN}{_MIDDLE} (?P<family>(?i:{plain}))(?!\w)")

    def by(self, quote: Quote) -> re.Match[str] | None:
        """The whole name of the person whom a quote means; None if it has none of the name."""
        if not self._lone.search(quote.text):
            return None
        text = quote.article.text[: max(READ, quote.end)]
        found = list(self._people(text))
        inside = (one for one in found if quote.start <= one.start("given") < quote.end)
        before = (one for one in reversed(found) if one.start("given") < quote.start)
        return next(inside, None) or next(before, None) or next(iter(found), None)

    def _people(self, text: str) -> Iterator[re.Match[str]]:
        for found in self._whole.finditer(text):
            given = found["given"]
            if given.lower() in _NO_GIVEN or _SHORT_FOR.search(given) or not found["family"][0].isupper():
                continue
            # "When Clinton", "Hey Clinton": a word of the sentence that has its capital from there.
            begins = _BEGINS.search(text, 0, found.start("given"))
            if begins and re.search(rf"\b{re.escape(given.lower())}\b", text):
                continue
            if begins and begins[0].strip(" -") and text.count(f"{given} {found['family']}") < TWICE:
                continue
            yield found


def _different(called: _Called, quotes: Sequence[Quote]) -> tuple[str, ...]:
    """The names in full of those whom the quotes are about, one for each person."""
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
        if not known and len(whole) <= LONGEST:
            people[whole] = {given, before} - {""}
    return tuple(people)[:MOST]


def _is_short(one: str, other: str) -> bool:
    """Whether one of two given names is the other's first letter."""
    return ("." in one or "." in other) and one[0] == other[0]
