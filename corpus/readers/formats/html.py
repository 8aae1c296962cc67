"""Articles from saved web pages, which are parsed only in a worker process."""

from collections.abc import Iterator
from pathlib import Path

from corpus.article import Article, make_article
from corpus.dates import read_moment
from corpus.errors import BadArticle
from corpus.problem import Problem
from corpus.readers.parsing.format import Document, Format, frames_folder, saved_page
from corpus.readers.parsing.html_process import page_parser

PAGE_LIMIT = 5 * 1024 * 1024
"""The most bytes of a page; the largest news pages measured have two million, mostly scripts."""


def read_html(document: Document, collection: str) -> Iterator[tuple[None, Article | Problem]]:
    """The article of the page, or the problem with it.

    Its id is its canonical address if it has one. Impossible metadata is left out, with a Problem.
    """
    where = document.where
    try:
        if page := saved_page(document.path, lambda path: path.is_file()):
            raise BadArticle(f"it is a part of the saved page {page} and no page of its own")
        found = page_parser().read(_read(document.path))
        if isinstance(reason := found.get("no_article"), str):
            raise BadArticle(reason)
        if not found.get("is_article") and (folder := frames_folder(where)):
            raise BadArticle(
                f"it lies in {folder}, where browsers put what a saved page shows beside its article: add "
                "the page itself, or give the folder another name"
            )
        remarks: list[str] = []
        fields: dict[str, object] = {name: found.get(name) for name in _LINES}
        fields["text"] = found.get("text") or _no_text()
        dates = found.get("dates")
        fields["published"] = _date(dates, document.options.day_first, remarks) or document.named_day
        if found.get("is_change") and isinstance(dates, list) and dates and dates[-1] == fields["published"]:
            remarks.append("its date is that of its last change: it does not say when it was published")
        article, more = make_article(
            fields,
            collection=collection,
            fallback_id=document.name,
            fallback_source=document.source,
            day_first=document.options.day_first,
        )
    except OSError as error:
        yield None, Problem(where, f"it can't be read: {error.strerror or error}")
    except BadArticle as error:
        yield None, Problem(where, error.reason)
    else:
        yield from ((None, Problem(where, reason, refused=False)) for reason in remarks + more)
        yield None, article


_LINES = ("title", "author", "source", "language", "url")
"""The fields with a single line."""


def _read(path: Path) -> bytes:
    with path.open("rb") as file:
        page = file.read(PAGE_LIMIT + 1)
    if len(page) > PAGE_LIMIT:
        raise BadArticle(
            f"the page has more than {PAGE_LIMIT // 1024 // 1024} MB: save it without its pictures"
        )
    return page


def _date(claims: object, day_first: bool | None, remarks: list[str]) -> str | None:
    """The first valid date; the page declares several, the most reliable first."""
    texts = [claim for claim in claims if isinstance(claim, str)] if isinstance(claims, list) else []
    for text in texts:
        try:
            read_moment(text, day_first=day_first)
        except ValueError:
            continue
        return text
    if texts:
        remarks.append(f"its date {texts[0][:40]!r} is not a possible date and is left out")
    return None


def _no_text() -> str:
    raise BadArticle("no article text was found in the page")


FORMAT = Format(
    endings=(".html", ".htm", ".xhtml", ".shtml"),
    media_types=("text/html", "application/xhtml+xml"),
    read=read_html,
    names_collections=False,
    declared_charset=True,
)
