"""Opens the blob store that a setting names."""

from collections.abc import Callable
from pathlib import Path

from corpus.blobs.blob_store import BlobStore
from corpus.storage.database import Database
from corpus.storage.disk import Disk


def open_blob_store(address: str, home: str, disk: Disk, database: Callable[[], Database]) -> BlobStore:
    """`s3://BUCKET/PREFIX`, a folder, or the database where it is empty. `home` tells the files of this home
    from those of others in the same blob store. Raises BlobStoreUnusable."""
    if not address:
        from corpus.blobs.database_blobs import DatabaseBlobs

        return DatabaseBlobs(database)
    if address.startswith("s3://"):
        from corpus.blobs.object_blobs import ObjectBlobs  # who has no object store does without obstore

        return ObjectBlobs(f"{address.rstrip('/')}/{home}")
    from corpus.blobs.folder_blobs import FolderBlobs

    return FolderBlobs(Path(address).expanduser().absolute(), home, disk)
