"""An article: the exact text that quotes are cut from, and the metadata that a citation needs."""

import hashlib
import json
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import islice
from typing import Protocol

from corpus.article_fields import (
    is_whole,
    kind_of,
    read_authors,
    read_key,
    read_language,
    read_modified,
    read_name,
    read_published,
    read_url,
    without_controls,
)
from corpus.dateline import dateline_length
from corpus.dates import BEGINNING_OF_TIME, format_moment, read_moment
from corpus.errors import BadArticle
from corpus.language import guess_language
from corpus.lazy_pattern import lazy_pattern
from corpus.text import host, one_line

DEFAULT_COLLECTION = "news"
ID_LIMIT = 300
"""The most characters of an id; a longer value is text in the wrong field."""
MADE_TITLE_LIMIT = 100
"""The most characters of a title that is made from the first sentence: one line of a citation."""
TEXT_LIMIT = 5_000_000
"""The most characters of a text; a long book has about a million. A longer text is a data dump, not an
article."""

ArticleKey = tuple[str, str]
"""The collection and the id of an article, which together identify it."""

_COLLECTION_NAME = lazy_pattern(r"[a-z0-9][a-z0-9_-]{0,63}")
_BLANK = string.whitespace + "\x85\xa0\u2028\u2029\u3000\ufeff"
_SENTENCE_END = lazy_pattern(r"(?<=[.!?])\s|(?<=[。！？])|\n")
_ABBREVIATED = lazy_pattern(
    r"\b(?:[A-Z]\.(?:[A-Z]\.)*|(?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Capt|No|vs|Jan|Feb|Aug|Sept?|Oct|Nov|Dec)\.)$"
)
"""Matches a sentence fragment that ends in an abbreviation ("U.S.", "Mr."), so that its full stop does not
end the sentence."""


class ArticleHeading(Protocol):
    """The metadata of an article, without its text; `Article` implements it."""

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
    @property
    def key(self) -> ArticleKey: ...


def title_with_source(article: ArticleHeading) -> str:
    """How people refer to the article: `Title (source)`."""
    return f"{article.title} ({article.source})"


def published_or_earliest(article: ArticleHeading) -> datetime:
    """When the article was published; without a date it counts as older than all others."""
    return article.published or BEGINNING_OF_TIME


@dataclass(frozen=True, slots=True)
class Article:
    """One article. `id` stays the same when the article is edited. Every quote is a slice `text[start:end]`.

    `published` has the offset that its source gives, so that its date is the day that the outlet printed;
    midnight UTC means that only the day is known. `language` is a BCP 47 primary tag, `und` if unknown.
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
    modified: datetime | None = field(default=None, compare=False)
    """When the text was last changed, according to its file. It only decides which of two versions is newer:
    it is not stored or shown, and it is not part of the version, of rows or of equality."""

    @property
    def key(self) -> ArticleKey:
        """What identifies it."""
        return self.collection, self.id

    def version(self) -> str:
        """SHA-256 (hex) of every field that a reader can see, which excludes id and collection. The same
        moment with another offset is the same version, unless its day is another one and is cited."""
        seen = {name: value for name, value in self.to_row().items() if name not in ("id", "collection")}
        if self.published:
            moment = self.published.astimezone(UTC)
            day = "" if moment.date() == self.published.date() else f" {self.published.date()}"
            seen["published"] = format_moment(moment) + day
        return hashlib.sha256(json.dumps(seen, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def to_row(self) -> dict[str, str | None]:
        """The article as a row of a JSON Lines file; `from_row` is the inverse."""
        row = {name: getattr(self, name) for name in self.__slots__ if name != "modified"}
        return row | {"published": format_moment(self.published) if self.published else None}

    @classmethod
    def from_row(cls, row: Mapping[str, str | None]) -> "Article":
        """The article of a row that `to_row` made; nothing is validated again."""
        published = row["published"]
        fields = dict(row) | {"published": read_moment(published).moment if published else None}
        return cls(**fields)  # type: ignore[arg-type]


def check_collection_name(name: str) -> str:
    """Return `name`; raises ValueError unless it is safe as a folder name."""
    if not _COLLECTION_NAME.fullmatch(name):
        raise ValueError(
            f"{name[:70]!r} can't name a collection: use 1 to 64 lower-case letters, digits, - and _"
        )
    return name


def make_article(
    fields: Mapping[str, object],
    *,
    collection: str,
    fallback_id: str,
    fallback_source: str,
    day_first: bool | None = None,
) -> tuple[Article, list[str]]:
    """Build a validated article from untrusted fields. Returns it with a message for each field that was left
    out or needed interpretation.

    Only the invalid field is left out. Raises BadArticle, with the reason, if there is no text with words, or
    if the collection's name is invalid, since then nobody knows who may see the article. `day_first` says
    whether 03/04/2026 has the day first.
    """
    remarks: list[str] = []
    text = _text(fields.get("text"))
    url = read_url(fields.get("url"), remarks)
    published = read_published(fields.get("published"), day_first, remarks)
    title = read_name(fields, "title", remarks) or make_title(text)
    article = Article(
        id=read_key(fields, "id", ID_LIMIT, remarks)
        or _id_from(url)
        or _id_from(_whole(fallback_id))
        or "article",
        title=title,
        text=text,
        source=read_name(fields, "source", remarks) or (host(url) if url else "") or _whole(fallback_source),
        collection=_collection(fields.get("collection")) or collection,
        language=read_language(fields, remarks) or guess_language(text),
        url=url,
        author=read_authors(fields.get("author"), remarks),
        published=published,
        modified=read_modified(fields.get("modified")),
    )
    return article, remarks


def make_title(text: str) -> str:
    """The first sentence without its dateline, shortened at a word boundary if it is long. A full stop after
    an abbreviation does not end the sentence. Raises BadArticle if there are no words."""
    begun = dateline = ""
    for sentence in _sentences(text[:5000]):
        whole = one_line(without_controls(f"{begun} {sentence}"))
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


def _sentences(text: str) -> Iterator[str]:
    start = 0
    for end in _SENTENCE_END.finditer(text):
        yield text[start : end.start()]
        start = end.end()
    yield text[start:]


def _has_words(line: str) -> bool:
    return len(list(islice(filter(str.isalnum, line), 2))) > 1


def _text(value: object) -> str:
    if value is None:
        raise BadArticle("it has no text")
    if not isinstance(value, str):
        raise BadArticle(f"its text is {kind_of(value)}, not a text")
    text = value.replace("\r\n", "\n").replace("\r", "\n").strip(_BLANK)
    if not text:
        raise BadArticle("its text is empty")
    if not any(character.isalnum() for character in text):
        raise BadArticle("its text has no words")
    if len(text) > TEXT_LIMIT:
        raise BadArticle(
            f"its text has {len(text):,} characters, more than the {TEXT_LIMIT:,} allowed: split it"
        )
    if not is_whole(text):
        raise BadArticle("the encoding of its text is broken (half a character)")
    return text


def _collection(value: object) -> str | None:
    if value is None or value == "":
        return None
    try:
        return check_collection_name(one_line(str(value)))
    except ValueError as error:
        raise BadArticle(str(error)) from error


def _id_from(name: str | None) -> str | None:
    """An address or file path as an id; if it is too long, it is cut and a hash is appended."""
    if name is None or len(name) <= ID_LIMIT:
        return name
    return f"{name[: ID_LIMIT - 17]}-{hashlib.sha256(name.encode()).hexdigest()[:16]}"


def _whole(name: str) -> str:
    """A file name that can be stored as text: bytes that are not UTF-8 are written as escapes."""
    return name.encode(errors="backslashreplace").decode()
