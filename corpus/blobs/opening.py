"""Opens the blob store of a setting."""

from collections.abc import Callable
from pathlib import Path

from corpus.blobs.blob_store import BlobStore
from corpus.storage.database import Database
from corpus.storage.disk import Disk


def open_blob_store(address: str, home: str, disk: Disk, database: Callable[[], Database]) -> BlobStore:
    """The blob store at `address`: `s3://BUCKET/PREFIX`, a folder, or, if it is empty, the database. `home`
    separates the files of this home from those of others in the same store. Raises BlobStoreUnusable."""
    if not address:
        from corpus.blobs.database_blobs import DatabaseBlobs

        return DatabaseBlobs(database)
    if address.startswith("s3://"):
        from corpus.blobs.object_blobs import ObjectBlobs  # obstore is only needed for object stores

        return ObjectBlobs(f"{address.rstrip('/')}/{home}")
    from corpus.blobs.folder_blobs import FolderBlobs

    return FolderBlobs(Path(address).expanduser().absolute(), home, disk)
