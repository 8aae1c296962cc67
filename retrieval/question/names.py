"""The sources and authors of a corpus by the names that people call them, found in a text quickly."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from retrieval.question.hint import HintKind
from retrieval.text.scripts import EAST, EAST_LETTERS

_TAIL = re.compile(r"\s*(?:\||\s[-–—]\s|:\s).*$")
"""What a source's name has after the outlet's own: `FOX News - Health`, `Cnbc | World News`."""
_DOMAIN = re.compile(
    r"(?:www\.)?([\w-]+(?:\.[\w-]+)*)\.(?:com|org|net|co\.\w\w|or\.\w\w|[a-z]{2})$", re.IGNORECASE
)
_CAMEL = re.compile(r"(?<=[A-Z]{2})(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])")
_BYLINE = re.compile(r"\s*(?:,|;|/|&|\band\b|·|、)\s*|\s+기자$|記者$", re.IGNORECASE)
_TOKEN = re.compile(rf"[^\W_{EAST_LETTERS}]+|[{EAST_LETTERS}]")
SHORT_EAST = 2
"""Characters of a Korean or Japanese name that is a word too: 毎日 is every day before it is a newspaper."""


def people(byline: str) -> tuple[str, ...]:
    """The names in an article's author line: `Kim Min-ji, Lee Ho and Ana Ruiz` are three."""
    return tuple(name for part in _BYLINE.split(byline) if (name := part.strip()))


@dataclass(frozen=True, slots=True)
class Mention:
    """Where in a text a source or an author is named, and whom it may mean, as articles write them."""

    kind: HintKind
    start: int
    end: int
    names: tuple[str, ...]
    sure: bool
    """Whether it is a name wherever it stands: not a word that could be any (Time, Wired, The Age)."""
    written: bool = True
    """Whether it is written as a name is. In a text of small letters alone "the verge" may be one."""


_Called = tuple[HintKind, str, tuple[str, ...]]
"""A name that is called, and whom it means as articles write them."""


class Names:
    """Sources and authors by the words of their names; made once for a snapshot, then only looked up."""

    def __init__(self, sources: Iterable[str], bylines: Iterable[str]) -> None:
        """Take sources and author lines as articles write them."""
        written = list(sources)
        self.sources: Mapping[str, str] = {source.casefold(): source for source in written}
        """Each source's name without case, and as articles write it."""
        called: dict[tuple[HintKind, str], set[str]] = {}
        for source in written:
            for alias in _aliases(source):
                called.setdefault((HintKind.SOURCE, alias), set()).add(source)
        for name in {name for byline in set(bylines) for name in people(byline)}:
            if EAST.search(name) or " " in name:  # a first name alone may be anybody's
                called.setdefault((HintKind.AUTHOR, name), set()).add(name)
        self._called: dict[tuple[str, ...], list[_Called]] = {}
        self._lengths: dict[str, list[int]] = {}
        for (kind, alias), names in called.items():
            if words := tuple(found[0].casefold() for found in _TOKEN.finditer(alias)):
                self._called.setdefault(words, []).append((kind, alias, tuple(sorted(names))))
                self._lengths.setdefault(words[0], []).append(len(words))
        for first, lengths in self._lengths.items():
            self._lengths[first] = sorted(set(lengths), reverse=True)

    def mentions(self, text: str) -> Iterator[Mention]:
        """Every source and author that a text names, in its order, the longest name where several fit."""
        found = list(_TOKEN.finditer(text))
        words = tuple(one[0].casefold() for one in found)
        small = text.islower()
        place = 0
        while place < len(words):
            length = 1
            for count in self._lengths.get(words[place], ()):
                start, end = found[place].start(), found[min(place + count, len(found)) - 1].end()
                called = self._called.get(words[place : place + count], ())
                if mention := _mention(text[start:end], start, called, small=small):
                    yield mention
                    length = count
                    break
            place += length


def _mention(said: str, start: int, called: Iterable[_Called], *, small: bool) -> Mention | None:
    for kind, alias, names in called:
        written = kind is HintKind.AUTHOR or _is_called(said, alias, names)
        if written or small:
            return Mention(kind, start, start + len(said), names, written and _is_sure(said, alias), written)
    return None


def _aliases(source: str) -> Iterator[str]:
    """What a source is called: by its whole name, by the outlet's alone, with and without `The`, `News` and
    `.com`."""
    for name in dict.fromkeys((source, _TAIL.sub("", source))):
        yield name
        yield name.removeprefix("The ")
        if name.endswith(" News") and name.removesuffix(" News").isupper():
            yield name.removesuffix(" News")
        if domain := _DOMAIN.fullmatch(name):
            outlet = max(domain[1].split("."), key=len)
            yield outlet
            yield _CAMEL.sub(" ", outlet)


def _is_called(said: str, alias: str, names: tuple[str, ...]) -> bool:
    """Whether words that are equal but for their capitals are written as the name may be."""
    if _is_word(alias):
        return said.split()[-1][:1].isupper() or bool(EAST.search(said))
    shortened = alias.isupper() and " " not in alias and alias not in names
    return not shortened or said.isupper()  # FOX for FOX News, but no fox


def _is_sure(said: str, alias: str) -> bool:
    if _is_word(alias):
        return False
    words = said.split()
    return len(words) == 1 or (words[0][0].isupper() and words[-1][0].isupper())


def _is_word(alias: str) -> bool:
    """Whether a name is one word, and neither an abbreviation nor written like TechCrunch."""
    word = alias.removeprefix("The ")
    if EAST.search(word):
        return len(word) <= SHORT_EAST
    return " " not in word and (word.istitle() or word.islower() or word.isdecimal())
