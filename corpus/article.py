"""An article: the exact text that quotes are cut from, and what a citation needs to name it."""

import hashlib
import json
import re
import string
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Protocol
from urllib.parse import urlsplit

from corpus.dateline import dateline_length
from corpus.dates import format_moment, parse_moment
from corpus.errors import BadArticle
from corpus.language import guess_language
from corpus.text import host, one_line

DEFAULT_COLLECTION = "news"
ID_LIMIT = 300
"""Characters; a longer id is a text in the wrong field."""
TITLE_LIMIT = 300
"""Characters; longer than any headline in the measured corpora (longest: 219)."""
MADE_TITLE_LIMIT = 100
"""Characters of the first sentence that stand in for a missing title: one line of a citation."""
URL_LIMIT = 2000
"""Characters; browsers and both chat platforms take at least that many."""
TEXT_LIMIT = 5_000_000
"""Characters; a long book has about a million. More is a dump, not an article."""
FUTURE_SLACK = timedelta(days=2)
"""An article may be dated tomorrow in another zone; later than that, the date is not believed."""

_COLLECTION_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")
_BLANK = string.whitespace + "\x85\xa0\u2028\u2029\u3000\ufeff"
_SENTENCE_END = re.compile(r"(?<=[.!?])\s|(?<=[。！？])|\n")
_ABBREVIATED = re.compile(
    r"\b(?:[A-Z]\.(?:[A-Z]\.)*|(?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Capt|No|vs|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.)$"
)
"""How a piece of a sentence ends that goes on after the full stop: "U.S.", "Mr."."""


class ArticleHeading(Protocol):
    """All of an article but its text, as `Article` has it: what can be told of it without reading it."""

    @property
    def id(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def source(self) -> str: ...
    @property
    def collection(self) -> str: ...
    @property
    def language(self) -> str: ...
    @property
    def url(self) -> str | None: ...
    @property
    def author(self) -> str | None: ...
    @property
    def published(self) -> datetime | None: ...


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `id` is stable across edits; `text[start:end]` is what every quote must equal.

    `published` at midnight UTC means the day alone. `language` is a BCP 47 primary tag, `und` if unknown.
    """

    id: str
    title: str
    text: str
    source: str
    collection: str = DEFAULT_COLLECTION
    language: str = "und"
    url: str | None = None
    author: str | None = None
    published: datetime | None = None

    def version(self) -> str:
        """SHA-256 (hex) over everything a reader can see of it, not over id or collection."""
        seen = {name: value for name, value in self.to_row().items() if name not in ("id", "collection")}
        return hashlib.sha256(json.dumps(seen, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def to_row(self) -> dict[str, str | None]:
        """The row of a JSON Lines file that gives this article again."""
        row = {name: getattr(self, name) for name in self.__slots__}
        return row | {"published": format_moment(self.published) if self.published else None}

    @classmethod
    def from_row(cls, row: Mapping[str, str | None]) -> "Article":
        """An article out of a row that `to_row` made; nothing is validated again."""
        published = row["published"]
        fields = dict(row) | {"published": parse_moment(published) if published else None}
        return cls(**fields)  # type: ignore[arg-type]


def check_collection_name(name: str) -> str:
    """`name` itself; raises ValueError unless it is safe as a folder's name."""
    if not _COLLECTION_NAME.fullmatch(name):
        raise ValueError(
            f"{name[:70]!r} can't name a collection: use 1 to 64 lower-case letters, digits, - and _"
        )
    return name


def make_article(
    fields: Mapping[str, object], *, collection: str, fallback_id: str, fallback_source: str
) -> tuple[Article, list[str]]:
    """A validated article from untrusted fields, and what had to be left out of it (in words).

    An address that is no web address and a date in the future are left out; anything else that is
    wrong raises BadArticle with the reason.
    """
    left_out: list[str] = []
    text = _text(fields.get("text"))
    url = _url(fields.get("url"), left_out)
    published = _published(fields.get("published"), left_out)
    title = _line(fields, "title", TITLE_LIMIT) or make_title(text)
    try:
        named = check_collection_name(_line(fields, "collection", ID_LIMIT) or collection)
    except ValueError as error:
        raise BadArticle(str(error)) from error
    article = Article(
        id=_line(fields, "id", ID_LIMIT) or _id_from(url) or _id_from(_whole(fallback_id)) or "article",
        title=title,
        text=text,
        source=_line(fields, "source", TITLE_LIMIT) or (host(url) if url else "") or _whole(fallback_source),
        collection=named,
        language=_primary(_line(fields, "language", 35)) or guess_language(text),
        url=url,
        author=_author(fields),
        published=published,
    )
    return article, left_out


def make_title(text: str) -> str:
    """The first sentence without its dateline, cut at a word if it is long; raises BadArticle where there are
    no words. A full stop after an abbreviation ends no sentence."""
    begun = dateline = ""
    for sentence in _SENTENCE_END.split(text[:5000]):
        whole = one_line(_without_controls(f"{begun} {sentence}"))
        line = whole[dateline_length(f"{whole} .") :].strip()
        if not _has_words(line):
            dateline = dateline or (whole if _has_words(whole) else "")
            continue
        if len(line) > MADE_TITLE_LIMIT:
            cut = line[: MADE_TITLE_LIMIT - 1]
            return (cut.rsplit(" ", 1)[0] if " " in cut else cut) + "…"
        if not _ABBREVIATED.search(line):
            return line
        begun = line
    if begun or dateline:
        return (begun or dateline)[:MADE_TITLE_LIMIT]
    raise BadArticle("it has no title and no sentence to make one from")


def _has_words(line: str) -> bool:
    return sum(character.isalnum() for character in line) > 1


def _text(value: object) -> str:
    if value is None:
        raise BadArticle("it has no text")
    if not isinstance(value, str):
        raise BadArticle(f"its text is {_kind(value)}, not a text")
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip(_BLANK)
    if not text:
        raise BadArticle("its text is empty")
    if not any(character.isalnum() for character in text):
        raise BadArticle("its text has no words")
    if len(text) > TEXT_LIMIT:
        raise BadArticle(f"its text has {len(text):,} characters, more than the {TEXT_LIMIT:,} allowed")
    _refuse_surrogates(text)
    return text


def _line(fields: Mapping[str, object], name: str, limit: int) -> str | None:
    value = fields.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise BadArticle(f"its {name} is {_kind(value)}, not a text")
    _refuse_surrogates(str(value))
    line = one_line(_without_controls(str(value)))
    if len(line) > limit:
        raise BadArticle(f"its {name} has {len(line):,} characters, more than the {limit} allowed")
    return line or None


def _author(fields: Mapping[str, object]) -> str | None:
    value = fields.get("author")
    if isinstance(value, list) and all(isinstance(name, str) for name in value):
        return _line({"author": ", ".join(value)}, "author", TITLE_LIMIT)
    return _line(fields, "author", TITLE_LIMIT)


def _url(value: object, left_out: list[str]) -> str | None:
    if value is None or value == "":
        return None
    address = value.strip() if isinstance(value, str) else ""
    try:
        parts = urlsplit(address)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.username is None
        _ = parts.port  # raises ValueError where it is no number
    except ValueError:
        usable = False
    if usable and len(address) <= URL_LIMIT and address.isprintable() and not set(address) & set(' <>"\\'):
        return address
    left_out.append(f"its url {str(value)[:60]!r} is not a web address and is left out")
    return None


def _published(value: object, left_out: list[str]) -> datetime | None:
    if value is None or value == "":
        return None
    try:
        moment = parse_moment(value)
    except ValueError as error:
        raise BadArticle(f"its date {error}") from error
    if moment > datetime.now(UTC) + FUTURE_SLACK:
        left_out.append(f"its date {format_moment(moment)} lies in the future and is left out")
        return None
    return moment


def _id_from(name: str | None) -> str | None:
    """The address or file's path as an id, ended by its hash where it is too long for one."""
    if name is None or len(name) <= ID_LIMIT:
        return name
    return f"{name[: ID_LIMIT - 17]}-{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def _whole(name: str) -> str:
    """A file's name as a text that can be stored: bytes that are no UTF-8 are written out."""
    return name.encode(errors="backslashreplace").decode()


def _primary(language: str | None) -> str | None:
    return re.split("[-_]", language.lower())[0] if language else None


def _refuse_surrogates(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise BadArticle(f"its encoding is broken (half a character at offset {error.start})") from error


def _without_controls(line: str) -> str:
    if line.isprintable():  # as most are, and no control character is
        return line
    return "".join(" " if unicodedata.category(character) == "Cc" else character for character in line)


def _kind(value: object) -> str:
    return {dict: "an object", list: "a list", bool: "true or false"}.get(type(value), "a number")
