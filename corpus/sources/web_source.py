"""Addresses as sources: fetched anew, kept, and read like the files that they are."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from corpus.article import DEFAULT_COLLECTION, Article, make_article
from corpus.dates import day_in_words
from corpus.errors import BadArticle, UnreadableSource
from corpus.problem import Problem, SourceLocation
from corpus.readers.file_types import HTML, JSON_LINES, READABLE, TEXT, ending_for
from corpus.readers.gunzip import MAGIC, unpack
from corpus.readers.html_charset import declared_charset
from corpus.readers.registry import read_file
from corpus.text import host
from corpus.web.address import parse_address
from corpus.web.fetch_cache import Copy, FetchCache, now
from corpus.web.fetcher import BODY_LIMIT, Fetched, Fetcher, Gone

REST = timedelta(minutes=1)
"""An address is asked no more often, however often one reloads: sites are not ours to wear out."""

_MADE = "fetched-page"
"""What a fetched file is called while it is read: an article called so has no name of its own."""


def refresh(location: str, kept: FetchCache, fetcher: Fetcher) -> Problem | None:
    """Fetch the address and keep what it holds, unless that was done a moment ago.

    Where it can't be fetched or holds no article, the last good copy stays and the problem says so; the
    same where its page is gone, whose articles then leave. Raises UnreadableSource where there is no copy.
    """
    last = kept.get(location)
    if last is None:
        kept.put(make_copy(location, fetcher.fetch(location)))
        return None
    if timedelta() <= now() - last.fetched < REST:
        return _said(last) if last.gone else None
    try:
        kept.put(make_copy(location, fetcher.fetch(location)))
    except Gone:
        gone = last if last.gone else replace(last, ending="", body=b"", fetched=now())
        kept.put(gone)
        return _said(gone)
    except UnreadableSource as error:
        if last.gone:
            return _said(last)
        stays = f"what it held on {_moment(last.fetched)} stays"
        return Problem(location, f"it could not be fetched: {error.reason}; {stays}", refused=False)
    return None


def make_copy(location: str, fetched: Fetched) -> Copy:
    """What was fetched, as a copy to keep. Raises UnreadableSource where there is no article in it."""
    path = urlsplit(fetched.address).path
    ending = ending_for(fetched.media_type, path)
    if ending is None:
        kind = f"{fetched.media_type[:60]!r}" if fetched.media_type else "not said and its path has no ending"
        kinds = ", ".join(READABLE)
        raise UnreadableSource(location, f"its kind is {kind}; what is read are pages and {kinds}")
    body = fetched.body
    if body.startswith(MAGIC):
        if not path.lower().endswith(".gz") or ending.removesuffix(".gz") not in JSON_LINES:
            raise UnreadableSource(location, "it is packed, and nothing says so")
        try:
            body = b"".join(unpack([body], BODY_LIMIT))
        except ValueError as error:
            raise UnreadableSource(location, str(error)) from error
    copy = Copy(
        location=location,
        address=fetched.address,
        ending=ending.removesuffix(".gz"),
        fetched=now(),
        body=_as_utf8(body, fetched.charset) if ending in (*HTML, *TEXT) else body,
    )
    reasons: list[str] = []
    for _, item in read_copy(copy, DEFAULT_COLLECTION):
        if isinstance(item, Article):
            return copy
        reasons.append(item.reason)
    raise UnreadableSource(location, reasons[0] if reasons else "it holds no article")


def read_copy(copy: Copy, collection: str) -> Iterator[tuple[SourceLocation, Article | Problem]]:
    """Every article of the copy, called after its address where it has no name of its own.

    Raises UnreadableSource where there is no room for the file that it is read from.
    """
    if copy.gone:
        return
    try:
        with TemporaryDirectory(prefix="newsdesk-") as folder:
            path = Path(folder) / _MADE / f"{_MADE}{copy.ending}"
            path.parent.mkdir()
            path.write_bytes(copy.body)
            for place, item in read_file(path, path.parent, collection):
                where = SourceLocation(copy.location, place.line)
                if isinstance(item, Problem):
                    yield where, replace(item, where=copy.location)
                    continue
                yield from ((where, found) for found in _readdressed(item, copy, place.line))
    except OSError as error:
        reason = f"no temporary file can be written for it ({error.strerror or error}): make space"
        raise UnreadableSource(copy.location, reason) from error


def _readdressed(article: Article, copy: Copy, line: int | None) -> Iterator[Article | Problem]:
    """The article with the address that it was really fetched from.

    A page may claim another address of its own site, not one of somebody else's; a row of a list names
    whatever page it is about.
    """
    site = parse_address(copy.address).site
    fields: dict[str, object] = dict(article.to_row())
    if copy.ending in JSON_LINES:
        # `jsonl` makes an id from the file's name and the title; without the name it could be anybody's.
        fallback_id = article.id.replace(_MADE, copy.location, 1)
    else:
        fallback_id = copy.location
        if article.id == article.url:
            fields["id"] = None
        if not _same_site(article.url, site):
            fields["url"] = copy.address
            if article.url and article.source == host(article.url):
                fields["source"] = None
    if article.id.startswith(_MADE):
        fields["id"] = None
    if article.source == _MADE:
        fields["source"] = None
    try:
        named, left_out = make_article(
            fields, collection=article.collection, fallback_id=fallback_id, fallback_source=site
        )
    except BadArticle as error:
        yield Problem(copy.location, error.reason, line)
        return
    yield from (Problem(copy.location, reason, line, refused=False) for reason in left_out)
    yield named


def _same_site(url: str | None, site: str) -> bool:
    return url is not None and host(url) == site


def _as_utf8(body: bytes, charset: str | None) -> bytes:
    """Text that is no UTF-8, out of the charset that its server declares: a page may not say it itself."""
    try:
        body.decode("utf-8-sig")
    except UnicodeDecodeError:
        name = declared_charset(f'<meta charset="{charset}">'.encode()) if charset else None
        try:
            return body.decode(name).encode() if name else body
        except UnicodeDecodeError:
            return body
    return body


def _said(gone: Copy) -> Problem:
    reason = f"it is gone since {_moment(gone.fetched)} (404 or 410): its articles are taken out"
    return Problem(gone.location, reason, refused=False)


def _moment(moment: datetime) -> str:
    return f"{day_in_words(moment)}, {moment:%H:%M} UTC"
