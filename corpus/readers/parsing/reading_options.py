"""The reading options of a source, given when it is added, for what its files do not say."""

import codecs
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from corpus.article import Article
from corpus.article_fields import NAME_LIMIT
from corpus.lazy_pattern import lazy_pattern
from corpus.text import one_line

OUR_FIELDS = (
    "id", "title", "text", "source", "url", "author", "published", "modified", "language", "collection"
)  # fmt: skip
"""The fields of an article, which are the keys of `fields`."""
FIELD_NAME_LIMIT = 200
"""The most characters of a field's name in a file; a longer one is no name."""
_LANGUAGE = lazy_pattern(r"([A-Za-z]{2,3})(?:[-_][A-Za-z0-9]{1,8})*")


class DateOrder(Enum):
    """Whether the day or the month is first in a date such as 03/04/2026."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """How a source is read. `source` and `language` override those of its articles. `encoding` is a Python
    codec for its text files without a byte order mark. `fields` maps a field of Newsdesk to its name in the
    files."""

    source: str | None = None
    language: str | None = None
    dates: DateOrder | None = None
    encoding: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)

    @property
    def day_first(self) -> bool | None:
        """Whether the day is first in numeric dates; None if unknown."""
        return None if self.dates is None else self.dates is DateOrder.DAY_FIRST

    def applied(self, article: Article) -> Article:
        """The article with the source and language of these options."""
        if self.source is None and self.language is None:
            return article
        return replace(
            article, source=self.source or article.source, language=self.language or article.language
        )

    def to_row(self) -> dict[str, object]:
        """The options that are set, in JSON's types."""
        row: dict[str, object] = {
            "source": self.source,
            "language": self.language,
            "dates": self.dates.value if self.dates else None,
            "encoding": self.encoding,
            "fields": dict(self.fields),
        }
        return {name: value for name, value in row.items() if value}

    @classmethod
    def from_row(cls, row: Mapping[str, object]) -> "ReadingOptions":
        """The options of a row from `to_row` or from user input; unknown names are ignored.

        Raises ValueError with the invalid option and what is valid.
        """
        dates = _text(row, "dates")
        named = row.get("fields") or {}
        if not isinstance(named, Mapping):
            raise ValueError("fields are no pairs: write for instance title=Headline")  # noqa: TRY004 - one error
        return cls(
            source=_source(_text(row, "source")),
            language=_language(_text(row, "language")),
            dates=_order(dates) if dates else None,
            encoding=_encoding(_text(row, "encoding")),
            fields=dict(_named(str(ours), theirs) for ours, theirs in named.items()),
        )


def read_pairs(pairs: Iterable[str]) -> dict[str, str]:
    """Parse `fields` from pairs such as title=Headline, ignoring white space around the parts.

    Raises ValueError if one is not a pair.
    """
    named = {}
    for pair in pairs:
        ours, sign, theirs = pair.partition("=")
        if not sign:
            raise ValueError(f"{pair.strip()[:60]!r} is no pair of fields: write for instance title=Headline")
        named[ours.strip()] = theirs.strip()
    return named


NO_READING_OPTIONS = ReadingOptions()
"""The options of a source for which none were given."""


def _text(row: Mapping[str, object], name: str) -> str | None:
    value = row.get(name)
    return (one_line(value) or None) if isinstance(value, str) else None


def _source(name: str | None) -> str | None:
    if name and len(name) > NAME_LIMIT:
        raise ValueError(
            f"the source's name has {len(name):,} characters, more than the {NAME_LIMIT} allowed"
        )
    return name


def _language(tag: str | None) -> str | None:
    if tag is None:
        return None
    found = _LANGUAGE.fullmatch(tag)
    if not found:
        raise ValueError(f"{tag[:40]!r} is not a language: write a tag such as en, de or ja")
    return found[1].lower()


def _order(name: str) -> DateOrder:
    try:
        return DateOrder(name)
    except ValueError as error:
        known = " or ".join(order.value for order in DateOrder)
        raise ValueError(f"{name[:40]!r} is not an order of dates: write {known}") from error


def _encoding(name: str | None) -> str | None:
    if name is None:
        return None
    try:
        known = codecs.lookup(name).name
        " ".encode(known)  # codecs that are not for text, like hex, raise LookupError
    except (LookupError, ValueError) as error:
        raise ValueError(
            f"{name[:40]!r} is not an encoding: write for instance cp1252 or shift_jis"
        ) from error
    return known


def _named(ours: str, theirs: object) -> tuple[str, str]:
    if ours not in OUR_FIELDS:
        raise ValueError(f"{ours[:40]!r} is not a field of an article: there are {', '.join(OUR_FIELDS)}")
    if not isinstance(theirs, str) or not theirs.strip() or len(theirs) > FIELD_NAME_LIMIT:
        raise ValueError(f"the name of the field for {ours} is missing or too long")
    return ours, theirs.strip()
