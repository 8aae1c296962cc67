"""Polls one source, and tells whether its content changed."""

import hashlib
import json

from corpus.errors import UnreadableSource
from corpus.sources.files import FileSource
from corpus.sources.known_item import FEED_ENDING, article_rows, from_bytes
from corpus.sources.source import PollResult
from corpus.sources.sources import Sources
from corpus.storage.store_records import Source
from corpus.web.fetch_cache import CachedContent
from corpus.web.fetcher import Fetcher


def stamp_of_files(sources: Sources, source: Source) -> str | None:
    """SHA-256 (hex) of the paths, sizes and times of the source's files; None if one changed a moment ago,
    and could change again without a new time. Raises UnreadableSource."""
    opened = sources.open(source.location, source.options)
    found = opened.stamp() if isinstance(opened, FileSource) else None
    if found is None:
        return None
    return hashlib.sha256(f"{source.options}{found}".encode(errors="replace")).hexdigest()


def poll_source(sources: Sources, source: Source, fetcher: Fetcher) -> PollResult:
    """Poll one source; any error becomes its failure."""
    try:
        remote = sources.fetched(source.location, source.options)
        if remote is None:
            raise UnreadableSource(source.location, "it is no address")
        return remote.poll(fetcher)
    except UnreadableSource as error:
        return PollResult(failure=error)
    except Exception as error:  # noqa: BLE001 - a parser's mistake about one source must not end the round
        reason = f"it could not be read ({type(error).__name__}: {error})"[:200]
        return PollResult(failure=UnreadableSource(source.location, reason))


def stamp_of_copy(copy: CachedContent) -> str:
    """SHA-256 (hex) of what a reload would read from a cached copy."""
    content: object = (copy.address, copy.ending, hashlib.sha256(copy.body).hexdigest())
    if copy.ending == FEED_ENDING:
        try:
            texts = article_rows(from_bytes(copy.body).items)
            content = sorted(texts, key=lambda fields: str(fields["id"]))
        except ValueError:
            pass  # a damaged copy differs from every other
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()
