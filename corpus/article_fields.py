"""Validates and cleans the fields of an article. Values that can't be used are left out; each function
appends a message for each of them to `remarks`."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from urllib.parse import urlsplit

from corpus.dates import format_moment, parse_moment, read_moment
from corpus.spelled_dates import AmbiguousDay
from corpus.text import one_line, without_tracking

NAME_LIMIT = 300
"""The most characters of a title, a source or the authors; longer than any headline in the measured corpora
(longest: 219)."""
URL_LIMIT = 2000
"""The most characters of an address; browsers and both chat platforms accept at least that many."""
MAX_AUTHORS = 100
"""The most entries of a list of authors that are read; a longer list is not a byline."""
MAX_NAME_DEPTH = 5
"""The most objects and lists around an author's name; Strapi has four (`data`, a list in it, `attributes`,
`name`)."""
FUTURE_SLACK = timedelta(days=2)
"""How far in the future a date may be: it may be tomorrow in another time zone. A later date is rejected."""

_NAME_OF = ("name", "display_name", "displayName", "by", "attributes", "data")
"""The keys of a name in an object, or of the object that contains it, in JSON:API, Arc XP and AP."""
_NO_DATE = datetime(1970, 1, 1, tzinfo=UTC)
"""The Unix epoch, which programs write for a missing date. A bare day 1970-01-01 is accepted, since it may be
real."""
_LANGUAGE_LIMIT = 35
"""The most characters of a language tag, as RFC 5646 advises."""


def read_name(fields: Mapping[str, object], name: str, remarks: list[str]) -> str | None:
    """The field as one line, shortened at a word boundary if it is too long."""
    line = _line(fields.get(name), name, remarks)
    return _cut(line, name, remarks) if line else None


def read_key(fields: Mapping[str, object], name: str, limit: int, remarks: list[str]) -> str | None:
    """The field as one line, for an identifier: if it is too long, it is left out instead of being cut."""
    line = _line(fields.get(name), name, remarks)
    if line and len(line) > limit:
        remarks.append(f"its {name} has {len(line):,} characters, more than the {limit} allowed: left out")
        return None
    return line


def read_language(fields: Mapping[str, object], remarks: list[str]) -> str | None:
    """The primary language tag in lower case. English names of languages and three-letter codes (`eng`,
    `ger`) are converted if there is a two-letter code."""
    said = read_key(fields, "language", _LANGUAGE_LIMIT, remarks)
    if not said:
        return None
    tag = re.split("[-_]", said.lower())[0]
    return _two_letters(tag) if len(tag) > 2 else tag


@cache
def _two_letters(tag: str) -> str:
    from babel import Locale  # takes 0.1 s, and most files have two-letter tags
    from babel.core import get_global

    named = {name.lower(): code for code, name in Locale("en").languages.items()}
    code = named.get(tag, tag)
    return str(get_global("language_aliases").get(code, code))


def read_authors(value: object, remarks: list[str]) -> str | None:
    """The distinct names in a string, an object, or a list of those, separated by commas."""
    if value is None or value == "":
        return None
    names = dict.fromkeys(
        line for name in _names(value, 0) if (line := _line(name, "author", remarks)) is not None
    )
    if not names:
        remarks.append(f"its author is {kind_of(value)} without a name and is left out")
    return _cut(", ".join(names), "author", remarks) if names else None


def read_url(value: object, remarks: list[str]) -> str | None:
    """The address without tracking parameters; None unless it is an http(s) address that a browser opens and
    that has no user name or unusual characters, which could hide where it leads."""
    if value is None or value == "":
        return None
    address = value.strip() if isinstance(value, str) else ""
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
        _ = parts.port  # raises ValueError if the port is not a number
    except ValueError:
        usable = False
    if usable and len(address) <= URL_LIMIT and address.isprintable() and not set(address) & set(' <>"\\'):
        return without_tracking(address)
    remarks.append(f"its url {_shown(value)!r} is not a web address and is left out")
    return None


def read_published(value: object, day_first: bool | None, remarks: list[str]) -> datetime | None:
    """The time of publication. `day_first` says whether 03/04/2026 has the day first."""
    if value is None or value == "":
        return None
    try:
        found = read_moment(value, day_first=day_first)
    except ValueError as error:
        advice = " (say which of its source: --dates)" if isinstance(error.__cause__, AmbiguousDay) else ""
        remarks.append(f"its date {error}: left out{advice}")
        return None
    if found.moment == _NO_DATE and str(value).strip() != "1970-01-01":
        remarks.append("its date is the zero of a computer's clock (1970-01-01) and is left out")
        return None
    if found.moment > datetime.now(UTC) + FUTURE_SLACK:
        remarks.append(f"its date {format_moment(found.moment)} lies in the future and is left out")
        return None
    remarks += [found.remark] if found.remark else []
    return found.moment


def read_modified(value: object) -> datetime | None:
    """The time of the last change, or None. An invalid value is not reported, since the field is never
    shown."""
    try:
        return parse_moment(value)
    except ValueError:
        return None


def kind_of(value: object) -> str:
    """What kind of value this is, in words, for a message that a string was expected."""
    kinds = {dict: "an object", list: "a list", bool: "true or false", str: "a text"}
    return kinds.get(type(value), "a number")


def is_whole(text: str) -> bool:
    """Whether the text can be encoded: a lone surrogate can't."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def without_controls(line: str) -> str:
    """The line with each control character replaced by a space."""
    if line.isprintable():  # most lines are, and control characters are not printable
        return line
    return "".join(" " if unicodedata.category(character) == "Cc" else character for character in line)


def _line(value: object, name: str, remarks: list[str]) -> str | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        remarks.append(f"its {name} is {kind_of(value)}, not a text, and is left out")
        return None
    try:
        text = str(value)
    except ValueError:  # an integer with thousands of digits can't be converted
        text = "\ud800"
    if not is_whole(text):
        remarks.append(f"the encoding of its {name} is broken: left out")
        return None
    return one_line(without_controls(text)) or None


def _cut(line: str, name: str, remarks: list[str]) -> str:
    if len(line) <= NAME_LIMIT:
        return line
    remarks.append(f"its {name} has {len(line):,} characters and is cut to {NAME_LIMIT}")
    cut = line[: NAME_LIMIT - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut) + "…"


def _names(value: object, depth: int) -> Iterator[object]:
    if isinstance(value, list) and depth < MAX_NAME_DEPTH:
        for one in value[:MAX_AUTHORS]:
            yield from _names(one, depth + 1)
    elif isinstance(value, Mapping):
        whole = next((value[name] for name in _NAME_OF if value.get(name)), None)
        if isinstance(whole, list | Mapping) and depth < MAX_NAME_DEPTH:
            yield from _names(whole, depth + 1)
        elif isinstance(whole, str):
            yield whole
        else:
            given = value.get("givenName") or value.get("first_name")
            family = value.get("familyName") or value.get("last_name")
            yield " ".join(part for part in (given, family) if isinstance(part, str)) or None
    elif isinstance(value, str):
        yield value


def _shown(value: object) -> str:
    try:
        return str(value)[:60]
    except ValueError:  # an integer with thousands of digits
        return "a number"
