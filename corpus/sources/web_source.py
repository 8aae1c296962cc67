"""Web pages and files at web addresses as sources: fetched, cached, and read like files."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

from corpus.article import DEFAULT_COLLECTION, Article, make_article
from corpus.errors import BadArticle, UnreadableSource
from corpus.problem import Problem, SourceLocation
from corpus.readers.parsing.format import Document
from corpus.readers.parsing.gunzip import MAGIC, unpack
from corpus.readers.parsing.html_charset import known_charset
from corpus.readers.parsing.reading_options import NO_READING_OPTIONS, ReadingOptions
from corpus.readers.registry import FORMATS
from corpus.sources.source import Extent, Item, PollResult, Remaining, lines_of
from corpus.text import host
from corpus.web.address import parse_address
from corpus.web.fetch_cache import NOT_FETCHED, CachedContent, FetchCache, now
from corpus.web.fetcher import BODY_LIMIT, NO_VALIDATORS, Fetched, Fetcher, Gone
from corpus.web.known_pages import ArticleName


class WebSource:
    """An address of a page with an article, or of a file with several; each reading gives all of its
    articles."""

    extent = Extent.WHOLE

    def __init__(
        self, location: str, cache: FetchCache, options: ReadingOptions = NO_READING_OPTIONS
    ) -> None:
        """`location` is normalised by `corpus.web.address.parse_address`."""
        self._location = location
        self._cache = cache
        self._options = options

    def poll(self, fetcher: Fetcher) -> PollResult:
        """See `FetchedSource`. If the page is gone, the new content is empty, so that its articles are
        removed."""
        last = self._cache.get(self._location)
        try:
            fetched = fetcher.fetch(self._location, last.validators if last else NO_VALIDATORS)
            if fetched.unchanged and last:
                copy = replace(last, fetched=now(), fresh_for=fetched.max_age or 0)
            else:
                copy = make_copy(self._location, fetched, self._options)
        except Gone as error:
            if last is None or last.gone:
                return PollResult(failure=error)
            gone = replace(last, ending="", body=b"", fetched=now(), validators=NO_VALIDATORS)
            return PollResult(gone, error)
        except UnreadableSource as error:
            return PollResult(failure=error)
        return PollResult(copy, moved=fetched.moved)

    def read(self, collection: str) -> Iterator[Item]:
        """Every article and every problem of the cached content. Raises UnreadableSource."""
        copy = self._cache.get(self._location)
        if copy is None:
            raise UnreadableSource(self._location, NOT_FETCHED)
        yield from read_copy(copy, collection, self._options)

    def read_foreign(self, _collection: str, /) -> Iterator[Item]:
        """Nothing: articles from the web stay in the collection of their source."""
        return iter(())

    def drop(self) -> None:
        """Delete the cached content."""
        self._cache.drop(self._location)

    def remove_article(self, collection: str, name: ArticleName) -> Remaining:
        """Remove an article from the cached content, if others are left. Raises HomeUnusable,
        UnreadableSource."""
        copy = self._cache.get(self._location)
        lines = lines_of(read_copy(copy, collection, self._options), name) if copy else set()
        if copy is None or not lines:
            return Remaining.UNTOUCHED
        left = FORMATS.remove_lines(copy.ending, copy.body, lines)
        if not left:
            return Remaining.NOTHING
        self._cache.put(replace(copy, body=left))
        return Remaining.OTHERS


def make_copy(location: str, fetched: Fetched, options: ReadingOptions = NO_READING_OPTIONS) -> CachedContent:
    """The fetched content for the cache. Raises UnreadableSource if it contains no article."""
    path = urlsplit(fetched.address).path
    ending = FORMATS.ending_for(fetched.media_type, path)
    its = FORMATS.format_of(ending) if ending else None
    if ending is None or its is None:
        kind = f"{fetched.media_type[:60]!r}" if fetched.media_type else "not said and its path has no ending"
        kinds = ", ".join(FORMATS.endings)
        raise UnreadableSource(location, f"its kind is {kind}; what is read are pages and {kinds}")
    body = fetched.body
    if body.startswith(MAGIC):
        if not path.lower().endswith(".gz") or f"{ending.removesuffix('.gz')}.gz" not in its.endings:
            raise UnreadableSource(location, "it is packed, and nothing says so")
        try:
            body = b"".join(unpack([body], BODY_LIMIT))
        except ValueError as error:
            raise UnreadableSource(location, str(error)) from error
    copy = CachedContent(
        location=location,
        address=fetched.address,
        ending=ending.removesuffix(".gz"),
        fetched=now(),
        body=_as_utf8(body, fetched.charset) if its.declared_charset else body,
        validators=fetched.validators,
        fresh_for=fetched.max_age or 0,
    )
    reasons: list[str] = []
    for _, item in read_copy(copy, DEFAULT_COLLECTION, options):
        if isinstance(item, Article):
            return copy
        reasons.append(item.reason)
    raise UnreadableSource(location, reasons[0] if reasons else "it holds no article")


def read_copy(
    copy: CachedContent, collection: str, options: ReadingOptions = NO_READING_OPTIONS
) -> Iterator[Item]:
    """Every article and every problem of the cached content. An article without an id of its own gets the
    address as its id.

    Raises UnreadableSource if no temporary file can be written.
    """
    if copy.gone:
        return
    its = FORMATS.format_of(copy.ending)
    if its is None:
        raise UnreadableSource(copy.location, FORMATS.unknown(copy.ending))
    try:
        with TemporaryDirectory(prefix="newsdesk-") as folder:
            path = Path(folder) / f"fetched{copy.ending}"
            path.write_bytes(copy.body)
            name = copy.location if its.is_list else copy.address
            document = Document(path, copy.location, name, parse_address(copy.address).site, options)
            for line, item in its.read(document, collection):
                where = SourceLocation(copy.location, line)
                if its.is_list or isinstance(item, Problem):  # a row of a list may name any page
                    items: Iterable[Article | Problem] = (item,)
                else:
                    items = _readdressed(item, copy)
                for one in items:
                    yield where, options.applied(one) if isinstance(one, Article) else one
    except OSError as error:
        reason = f"no temporary file can be written for it ({error.strerror or error}): make space"
        raise UnreadableSource(copy.location, reason) from error


def _readdressed(article: Article, copy: CachedContent) -> Iterator[Article | Problem]:
    """The article of a page, with the address from which it was fetched.

    A page may claim another address of its own site, but not of another site.
    """
    if article.url and host(article.url) == parse_address(copy.address).site:
        yield article
        return
    fields: dict[str, object] = {**article.to_row(), "url": copy.address}
    if article.url:
        if article.id == article.url:
            fields["id"] = None
        if article.source == host(article.url):
            fields["source"] = None
    try:
        named, remarks = make_article(
            fields, collection=article.collection, fallback_id=copy.address, fallback_source=article.source
        )
    except BadArticle as error:
        yield Problem(copy.location, error.reason)
        return
    yield from (Problem(copy.location, reason, refused=False) for reason in remarks)
    yield named


def _as_utf8(body: bytes, charset: str | None) -> bytes:
    """The text in UTF-8, decoded with the charset that the server declares if it is not UTF-8 already: the
    page itself may not declare it."""
    try:
        body.decode("utf-8-sig")
    except UnicodeDecodeError:
        name = known_charset(charset)
        try:
            return body.decode(name).encode() if name else body
        except UnicodeDecodeError:
            return body
    return body
