"""What people call an outlet: by its name in full or in short, by its initials, by its last word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from retrieval.text.analyzer import STOP_WORDS

_TAIL = re.compile(r"\s*(?:\||\s[-–—]\s|:\s).*$")
"""What a source's name has after the outlet's own: `FOX News - Health`, `Cnbc | World News`."""
_DOMAIN = re.compile(
    r"(?:www\.)?([\w-]+(?:\.[\w-]+)*)\.(?:com|org|net|co\.\w\w|or\.\w\w|[a-z]{2})$", re.IGNORECASE
)
_CAMEL = re.compile(r"(?<=[A-Z]{2})(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z])")
_WORD = re.compile(r"[^\W_]+")

_PAPERS = frozenset(
    "chronicle courier examiner express gazette globe herald inquirer journal mail mirror observer post"
    " record register standard star sun telegraph times tribune".split()
)
"""Last words of newspapers' names that stand for the whole with `the`: "the Post", "the Journal"."""
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
"""What no rule gives: common short names and addresses of outlets, each outlet's together."""
_SHORTEST = 3
"""Letters of such a name that is nothing else: "nyt" may be written as one likes, "ap" and "ft" may not."""
_INITIALS = range(3, 6)
"""Words of a name that is called by its initials. Those of two words are "IT", "US" and "AI" too."""


class Way(Enum):
    """How a name stands for an outlet."""

    NAME = auto()
    """It is its name, or known for it wherever it stands."""
    INITIALS = auto()
    """The first letters of its words, in capitals: "LAT", "AP". They may stand for something else."""
    LAST_WORD = auto()
    """"the Times", with a capital and no name after it: "the Post", and not "the Post Office"."""


@dataclass(frozen=True, slots=True)
class OutletName:
    """What an outlet is called, and how that stands for it."""

    words: str
    way: Way = Way.NAME
    known: bool = False
    """Whether it is no word and no other name, in whatever letters: "wapo", "the beeb"."""


def outlet_of(source: str) -> str:
    """The outlet's own name in a source's: `BBC News - Asia` is `BBC News`, `The Post` is `Post`."""
    return _TAIL.sub("", source).removeprefix("The ")


def names_of(source: str) -> Iterator[OutletName]:
    """What the outlet of a source is called, the surest first: by its whole name, with and without `The`,
    `News` and `.com`, by what it is known as, by its initials and its last word."""
    own = dict.fromkeys(_own_names(source))
    spelt = {name.casefold() for name in own}
    called = outlet_of(source)
    known: list[str] = []
    for group in _KNOWN:
        if not spelt.isdisjoint(name.casefold() for name in group):
            called, *known = group
    spellings = {name.casefold(): name for name in known}
    for name in own:
        way = Way.INITIALS if name.isupper() and len(name) < _SHORTEST else Way.NAME
        spelling = spellings.get(name.casefold(), name)
        yield OutletName(spelling, way, known=spelling in known and way is Way.NAME)
    for name in (called, *known):
        if name.casefold() in spelt:
            continue
        if len(name) < _SHORTEST:
            yield OutletName(name, Way.INITIALS)
        else:
            yield OutletName(name, known=name != called and " " not in name)
    words = _WORD.findall(called)
    initials = "".join(word[0] for word in words)
    if len(words) in _INITIALS and initials.isupper() and initials.lower() not in STOP_WORDS:
        yield OutletName(initials, Way.INITIALS)
    if words and words[-1].casefold() in _PAPERS:
        yield OutletName(f"The {words[-1].capitalize()}", Way.LAST_WORD)


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
