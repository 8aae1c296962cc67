"""A blob store on S3 or a compatible service: MinIO, Ceph, Garage, R2 and others."""

import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from corpus.blobs.blob_store import PIECE, BlobStore, StoredFile
from corpus.errors import BlobStoreUnusable, FileLost

if TYPE_CHECKING:
    from obstore.store import S3Store

CONNECT_SECONDS = 5
SILENT_SECONDS = 20
"""Seconds without any data after which a request counts as lost."""
REQUEST_SECONDS = 600
"""The most seconds of a request: a file of some hundred megabytes on a slow line."""
RETRIES = 3
RETRY_SECONDS = 30
"""The library's own retries of a request, after server errors and dropped connections."""
ASKED_ONE_BY_ONE = 40
"""The most names that are checked one by one; for more, one listing (a thousand names per request) is
cheaper."""


class ObjectBlobs(BlobStore):
    """Objects of a bucket, below a prefix.

    Keys and the endpoint come from the usual environment variables (AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY,
    AWS_REGION, AWS_ENDPOINT_URL) or from the machine's role. An upload becomes visible atomically.
    """

    def __init__(self, address: str) -> None:
        """`address` is `s3://BUCKET/PREFIX`. Sends no request yet. Raises BlobStoreUnusable if the address is
        invalid."""
        self._address = address
        self._store = self._opened()

    def put(self, name: str, path: Path) -> None:
        """Uploaded in parts if it is large."""
        from obstore import put

        with self._explained(name):
            put(self._store, name, path)

    def get(self, name: str) -> Iterator[bytes]:
        """Streamed."""
        from obstore import get

        with self._explained(name):
            yield from get(self._store, name).stream(min_chunk_size=PIECE)

    def has(self, names: Collection[str]) -> set[str]:
        """By a request for each name, or by one listing."""
        from obstore import head

        if len(names) > ASKED_ONE_BY_ONE:
            return {one.name for one in self.list()} & set(names)
        found = set()
        for name in names:
            try:
                with self._explained(name):
                    head(self._store, name)
            except FileLost:
                continue
            found.add(name)
        return found

    def list(self) -> Iterator[StoredFile]:
        """A thousand files per request."""
        import obstore

        with self._explained():
            for some in obstore.list(self._store):
                for one in some:
                    yield StoredFile(one["path"], one["size"], one["last_modified"])

    def delete(self, names: Collection[str]) -> None:
        """A thousand files per request."""
        from obstore import delete

        with self._explained():
            if names:
                delete(self._store, sorted(names))

    def _opened(self) -> "S3Store":
        from obstore.store import S3Store

        with self._explained():
            return S3Store.from_url(
                self._address,
                client_options={
                    # An endpoint without TLS is deliberate: on the same machine or network.
                    "allow_http": os.environ.get("AWS_ENDPOINT_URL", "").startswith("http://"),
                    "connect_timeout": timedelta(seconds=CONNECT_SECONDS),
                    "read_timeout": timedelta(seconds=SILENT_SECONDS),
                    "timeout": timedelta(seconds=REQUEST_SECONDS),
                },
                retry_config={"max_retries": RETRIES, "retry_timeout": timedelta(seconds=RETRY_SECONDS)},
            )

    @contextmanager
    def _explained(self, name: str = "") -> Iterator[None]:
        from obstore.exceptions import BaseError

        try:
            yield
        except FileNotFoundError as error:
            if not name or "NoSuchBucket" in str(error):
                raise self._unusable(error) from error
            raise FileLost(name, f"is missing in {self._address}") from error
        except (BaseError, OSError, ValueError) as error:
            raise self._unusable(error) from error

    def _unusable(self, error: Exception) -> BlobStoreUnusable:
        # The library's messages have many lines, with the whole request.
        said = str(error).strip().partition("\n")[0][:200]
        return BlobStoreUnusable(
            f"the object store {self._address} can't be used ({said}): check NEWSDESK_FILES, the AWS_* "
            "variables, and that the bucket is there"
        )
