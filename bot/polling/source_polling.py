"""Polls one source, and tells whether its content changed."""

import hashlib
import json

from corpus.errors import UnreadableSource
from corpus.polling.polling_one import poll_one
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

    def poll() -> PollResult:
        remote = sources.fetched(source.location, source.options)
        if remote is None:
            raise UnreadableSource(source.location, "it is no address")
        return remote.poll(fetcher)

    return poll_one(source.location, poll)


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
