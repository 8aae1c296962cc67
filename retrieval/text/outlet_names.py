"""The names that people use for an outlet: in full, shortened, by its initials, or by its last word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from corpus.lazy_pattern import lazy_pattern
from retrieval.text.analyzer import STOP_WORDS

_TAIL = lazy_pattern(r"\s*(?:\||\s[-–—]\s|:\s).*$")
"""What follows the outlet's name in a source's: `FOX News - Health`, `Cnbc | World News`."""
_DOMAIN = lazy_pattern(
    r"(?:www\.)?([\w-]+(?:\.[\w-]+)*)\.(?:com|org|net|co\.\w\w|or\.\w\w|[a-z]{2})$", re.IGNORECASE
)
_CAMEL = lazy_pattern(r"(?<=[A-Z]{2})(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])")
_WORD = lazy_pattern(r"[^\W_]+")

_PAPERS = frozenset(
    "chronicle courier examiner express gazette globe herald inquirer journal mail mirror observer post"
    " record register standard star sun telegraph times tribune".split()
)
"""Last words of newspapers that with `the` stand for the whole name: "the Post", "the Journal"."""
_KNOWN = (
    ("New York Times", "NYT", "NY Times", "N.Y. Times", "nytimes"),
    ("Washington Post", "WaPo", "washingtonpost"),
    ("Wall Street Journal", "WSJ"),
    ("Los Angeles Times", "LA Times", "L.A. Times", "latimes"),
    ("New York Post", "NY Post", "nypost"),
    ("Associated Press", "AP", "AP News", "apnews"),
    ("Financial Times", "FT"),
    ("BBC News", "BBC", "Beeb"),
    ("Guardian", "theguardian"),
    ("South China Morning Post", "SCMP"),
    ("Agence France-Presse", "AFP"),
    ("Huffington Post", "HuffPost", "HuffPo"),
    ("Deutsche Welle", "DW"),
    ("USA Today", "usatoday"),
)
"""Names that no rule produces: common short names and addresses, grouped by outlet."""
_SHORTEST = 3
"""Minimum letters of such a name that is unambiguous: "nyt" may be written in any case, "ap" and "ft" may
not."""
_INITIALS = range(3, 6)
"""Numbers of words in names that are abbreviated to initials. Initials of two words are also "IT", "US" and
"AI"."""


class NameForm(Enum):
    """How a name refers to an outlet."""

    NAME = auto()
    """The outlet's name, or one that is known to mean it."""
    INITIALS = auto()
    """The first letters of its words, in capitals: "LAT", "AP". They may mean something else."""
    LAST_WORD = auto()
    """"the Times", capitalised and with no name after it: "the Post", but not "the Post Office"."""


@dataclass(frozen=True, slots=True)
class OutletName:
    """A name of an outlet, and how it refers to it."""

    words: str
    form: NameForm = NameForm.NAME
    known: bool = False
    """Whether it is no word and no other name, in any case: "wapo", "the beeb"."""


def outlet_of(source: str) -> str:
    """The outlet's name in a source's: `BBC News` for `BBC News - Asia`, `Post` for `The Post`."""
    return _TAIL.sub("", source).removeprefix("The ")


def names_of(source: str) -> Iterator[OutletName]:
    """The names of a source's outlet, the least ambiguous first: the whole name, with and without `The`,
    `News` and `.com`, the known names, the initials and the last word."""
    own = dict.fromkeys(_own_names(source))
    spelt = {name.casefold() for name in own}
    called = outlet_of(source)
    known: list[str] = []
    for group in _KNOWN:
        if not spelt.isdisjoint(name.casefold() for name in group):
            called, *known = group
    spellings = {name.casefold(): name for name in known}
    for name in own:
        form = NameForm.INITIALS if name.isupper() and len(name) < _SHORTEST else NameForm.NAME
        spelling = spellings.get(name.casefold(), name)
        yield OutletName(spelling, form, known=spelling in known and form is NameForm.NAME)
    for name in (called, *known):
        if name.casefold() in spelt:
            continue
        if len(name) < _SHORTEST:
            yield OutletName(name, NameForm.INITIALS)
        else:
            yield OutletName(name, known=name != called and " " not in name)
    words = _WORD.findall(called)
    initials = "".join(word[0] for word in words)
    if len(words) in _INITIALS and initials.isupper() and initials.lower() not in STOP_WORDS:
        yield OutletName(initials, NameForm.INITIALS)
    if words and words[-1].casefold() in _PAPERS:
        yield OutletName(f"The {words[-1].capitalize()}", NameForm.LAST_WORD)


def _own_names(source: str) -> Iterator[str]:
    for name in (source, _TAIL.sub("", source)):
        yield name
        yield name.removeprefix("The ")
        if name.endswith(" News") and name.removesuffix(" News").isupper():
            yield name.removesuffix(" News")
        if domain := _DOMAIN.fullmatch(name):
            outlet = max(domain[1].split("."), key=len)
            yield outlet
            yield _CAMEL.sub(" ", outlet)
