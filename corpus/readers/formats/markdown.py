"""Articles from Markdown and plain text files with front matter."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import yaml

from corpus.article import Article, make_article
from corpus.article_fields import FUTURE_SLACK
from corpus.dates import day_in_words, read_moment
from corpus.errors import BadArticle
from corpus.lazy_pattern import lazy_pattern
from corpus.problem import Problem
from corpus.readers.documents.markdown_text import markdown_to_text
from corpus.readers.documents.wrapped_lines import unwrap
from corpus.readers.pages.first_lines import is_headline, read_first_lines
from corpus.readers.parsing.charsets import UnknownEncoding, decode
from corpus.readers.parsing.format import Document, Format
from corpus.readers.rows.field_names import article_fields
from corpus.readers.rows.front_matter import split_front_matter
from corpus.readers.rows.header_lines import split_header_lines
from corpus.readers.rows.row_file import ENCODING_ADVICE, encoding_remark
from corpus.readers.rows.text_exports import why_no_single_article

FILE_LIMIT = 10 * 1024 * 1024
"""The most bytes of a file; twice the longest accepted text."""
SCHEDULED_FOR = timedelta(days=2 * 365)
"""How far ahead a post may be scheduled; a later date is an error, and the article is undated."""

PLAIN = ".txt"
"""The ending of plain text, whose lines may be wrapped."""

_HEADING = lazy_pattern(r"\A(?:#[ \t]+(\S[^\n]*)\n+|([^\s#>*-][^\n]*)\n={3,}[ \t]*\n+)")


def read_markdown(document: Document, collection: str) -> Iterator[tuple[None, Article | Problem]]:
    """The article of the file, or the problem with it.

    A missing title is taken from a first-level heading at the top, or in plain text from a first line that
    stands alone and is no sentence; it is removed from the text so that it is not quoted as a sentence. A
    missing date or author is taken from one of the first lines that contains only a date or a byline, and
    otherwise the date from the start of the file's name. Markdown is converted to text, and wrapped lines of
    plain text are joined. Drafts and articles with a future date are not read.
    """
    where = document.where
    try:
        decoded = decode(_read(document.path), document.options.encoding)
        text = decoded.text.replace("\r\n", "\n").replace("\r", "\n")
        if reason := why_no_single_article(text):
            raise BadArticle(reason)
        row, body = split_front_matter(text)
        row, body = (row, body) if row else split_header_lines(body)
        fields = _fields(row, body, document)
        article, remarks = make_article(
            fields,
            collection=collection,
            fallback_id=document.name,
            fallback_source=document.source,
            day_first=document.options.day_first,
        )
    except UnknownEncoding as error:
        line = _read(document.path).count(b"\n", 0, error.start) + 1
        yield None, Problem(where, f"the file is {error}, {ENCODING_ADVICE}", line)
    except OSError as error:
        yield None, Problem(where, f"it can't be read: {error.strerror or error}")
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error).splitlines()[0]
        yield (
            None,
            Problem(where, f"its front matter is not valid YAML: {reason}", mark.line + 2 if mark else 1),
        )
    except (ValueError, RecursionError) as error:
        yield None, Problem(where, f"its front matter can't be read: {str(error)[:80]}", 1)
    except BadArticle as error:
        yield None, Problem(where, error.reason)
    else:
        if decoded.detected:
            yield None, encoding_remark(where, decoded.detected)
        yield from ((None, Problem(where, reason, refused=False)) for reason in remarks)
        yield None, article


def _fields(row: dict[str, object], body: str, document: Document) -> dict[str, object]:
    # A field named text or body above the text is ignored; an empty text is refused with the article.
    fields = article_fields({**row, "text": "."}, document.options, markup=False)
    fields["text"] = body
    if not fields["title"] and (heading := _HEADING.match(body.lstrip("\n"))):
        fields["title"] = markdown_to_text(_without_closing(heading[1] or heading[2]))
        fields["text"] = body.lstrip("\n")[heading.end() :]
    is_plain = document.path.suffix.lower() == PLAIN
    if not is_plain:
        fields["text"] = markdown_to_text(str(fields["text"]))
    _add_first_lines(fields, str(fields["text"]))
    fields["published"] = fields["published"] or document.named_day
    if is_plain:
        _take_headline(fields)
        fields["text"] = unwrap(str(fields["text"]))
    _refuse_scheduled(fields.get("published"), document.options.day_first)
    return fields


def _take_headline(fields: dict[str, object]) -> None:
    """Take a missing title from a first line that stands alone and is no sentence, and remove it from the
    text, where it would be quoted below the same title."""
    head, _, rest = str(fields["text"]).strip().partition("\n")
    below = rest.lstrip(" \t")
    if not fields["title"] and below.startswith("\n") and is_headline(head.rstrip()):
        fields |= {"title": head.rstrip(), "text": below.lstrip("\n")}


def _add_first_lines(fields: dict[str, object], text: str) -> None:
    """Take the date and author from lines of their own at the top of the text, if no field has either."""
    if fields["published"] or fields["author"]:
        return
    found = read_first_lines(text.strip("\n").split("\n"))
    if found.published or found.author:
        fields |= {"published": found.published, "author": found.author, "text": "\n".join(found.paragraphs)}


def _refuse_scheduled(date: object, day_first: bool | None) -> None:
    try:
        moment = read_moment(date, day_first=day_first).moment
    except ValueError:
        return
    now = datetime.now(UTC)
    if now + FUTURE_SLACK < moment < now + SCHEDULED_FOR:
        raise BadArticle(f"it is to be published on {day_in_words(moment)}, and is read then")


def _read(path: Path) -> bytes:
    size = path.stat().st_size
    if size > FILE_LIMIT:
        raise BadArticle(f"the file has {size:,} bytes, more than the {FILE_LIMIT:,} allowed: split it")
    return path.read_bytes()


def _without_closing(heading: str) -> str:
    """The heading without closing hashes; those of `C#` belong to its last word."""
    heading = heading.rstrip()
    opened = heading.rstrip("#")
    return opened.rstrip() if opened.endswith((" ", "\t")) else heading


FORMAT = Format(
    endings=(".md", ".markdown", ".txt"),
    media_types=("text/markdown", "text/x-markdown"),
    vague_media_types={"text/plain": ".txt"},
    read=read_markdown,
    declared_charset=True,
)
