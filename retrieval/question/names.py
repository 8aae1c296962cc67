"""Finding the sources and authors of a corpus in a text, by the names that people use for them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from corpus.lazy_pattern import lazy_pattern
from retrieval.question.hint import HintKind
from retrieval.text.outlet_names import NameForm, OutletName, names_of, outlet_of
from retrieval.text.scripts import EAST, EAST_LETTERS

_BYLINE = lazy_pattern(r"\s*(?:,|;|/|&|\band\b|·|、)\s*|\s+기자$|記者$", re.IGNORECASE)
_TOKEN = lazy_pattern(rf"[^\W_{EAST_LETTERS}]+|[{EAST_LETTERS}]")
_NAME_GOES_ON = lazy_pattern(r"-| of\b| [A-Z\d]")
"""What follows the last word of a newspaper's name if it is part of another name: "the Post Office"."""
SHORT_EAST = 2
"""Korean and Japanese names up to this many characters are also words: 毎日 usually means every day, and not
the newspaper."""


def people(byline: str) -> tuple[str, ...]:
    """The names in an article's byline: `Kim Min-ji, Lee Ho and Ana Ruiz` has three."""
    return tuple(name for part in _BYLINE.split(byline) if (name := part.strip()))


@dataclass(frozen=True, slots=True)
class Mention:
    """A mention of a source or author in a text; `names` are those it may mean, as articles write them."""

    kind: HintKind
    start: int
    end: int
    names: tuple[str, ...]
    sure: bool
    """Whether it is certainly a name, and not a common word (Time, Wired, The Age)."""
    written: bool = True
    """Whether it is capitalised as a name. In a text without any capitals "the verge" may be one."""
    short: bool = False
    """Whether it consists of initials or a last word, which may mean something else: "AP"."""

    @property
    def ambiguous(self) -> bool:
        """Whether it is a short name of more than one outlet: "the Times"."""
        return self.short and len({outlet_of(name) for name in self.names}) > 1


@dataclass(frozen=True, slots=True)
class _Called:
    """A name that people use, and the sources or authors it means, as articles write them."""

    kind: HintKind
    outlet: OutletName
    names: tuple[str, ...]


class Names:
    """An index of sources and authors by the words of their names; built once for a snapshot."""

    def __init__(self, sources: Iterable[str], bylines: Iterable[str]) -> None:
        """`sources` and `bylines` are as articles write them."""
        written = list(sources)
        self.sources: Mapping[str, str] = {source.casefold(): source for source in written}
        """Maps each source's casefolded name to the name as articles write it."""
        called: dict[tuple[HintKind, OutletName], set[str]] = {}
        for source in written:
            for outlet in names_of(source):
                called.setdefault((HintKind.SOURCE, outlet), set()).add(source)
        for name in {name for byline in set(bylines) for name in people(byline)}:
            if EAST.search(name) or " " in name:  # a first name alone may be anybody's
                called.setdefault((HintKind.AUTHOR, OutletName(name)), set()).add(name)
        self._called: dict[tuple[str, ...], list[_Called]] = {}
        self._lengths: dict[str, list[int]] = {}
        # "The Times" may also mean the New York Times, even if another source has exactly that name.
        for (kind, outlet), names in sorted(called.items(), key=lambda one: _last_words_first(one[0][1])):
            if words := tuple(found[0].casefold() for found in _TOKEN.finditer(outlet.words)):
                self._called.setdefault(words, []).append(_Called(kind, outlet, tuple(sorted(names))))
                self._lengths.setdefault(words[0], []).append(len(words))
        for first, lengths in self._lengths.items():
            self._lengths[first] = sorted(set(lengths), reverse=True)

    def mentions(self, text: str) -> Iterator[Mention]:
        """Every source and author that a text names, in order; the longest name if several match."""
        found = list(_TOKEN.finditer(text))
        words = tuple(one[0].casefold() for one in found)
        small = text.islower()
        place = 0
        while place < len(words):
            length = 1
            for count in self._lengths.get(words[place], ()):
                start, end = found[place].start(), found[min(place + count, len(found)) - 1].end()
                called = self._called.get(words[place : place + count], ())
                if mention := _mention(text, start, end, called, small=small):
                    yield mention
                    length = count
                    break
            place += length


def _last_words_first(outlet: OutletName) -> bool:
    return outlet.form is not NameForm.LAST_WORD


def _mention(text: str, start: int, end: int, called: Iterable[_Called], *, small: bool) -> Mention | None:
    said = text[start:end]
    for one in called:
        alias, form = one.outlet.words, one.outlet.form
        if form is NameForm.LAST_WORD:
            if _NAME_GOES_ON.match(text, end):
                continue
            written = said.split()[-1][0].isupper()
        elif form is NameForm.INITIALS:
            written = said.isupper()
        else:
            written = one.kind is HintKind.AUTHOR or one.outlet.known or _is_called(said, alias, one.names)
        if written or small or form is NameForm.INITIALS:
            short = form is not NameForm.NAME
            sure = written and not short and (one.outlet.known or _is_sure(said, alias))
            return Mention(one.kind, start, end, one.names, sure, written, short)
    return None


def _is_called(said: str, alias: str, names: tuple[str, ...]) -> bool:
    """Whether words that match a name except for capitals are written like the name."""
    if _is_word(alias):
        return said.split()[-1][:1].isupper() or bool(EAST.search(said))
    shortened = alias.isupper() and " " not in alias and alias not in names
    return not shortened or said.isupper()  # FOX for FOX News, but not "fox"


def _is_sure(said: str, alias: str) -> bool:
    if _is_word(alias):
        return False
    words = said.split()
    return len(words) == 1 or (words[0][0].isupper() and words[-1][0].isupper())


def _is_word(alias: str) -> bool:
    """Whether a name is a single common word, and neither an abbreviation nor written like TechCrunch."""
    word = alias.removeprefix("The ")
    if EAST.search(word):
        return len(word) <= SHORT_EAST
    return " " not in word and (word.istitle() or word.islower() or word.isdecimal())
