"""The place that a setting names."""

from collections.abc import Callable
from pathlib import Path

from corpus.places.place import Place
from corpus.storage.database import Database
from corpus.storage.disk import Disk


def open_place(address: str, home: str, disk: Disk, database: Callable[[], Database]) -> Place:
    """`s3://BUCKET/PREFIX`, a folder, or the database where it is empty. `home` tells the files of this home
    from those of others in the same place. Raises PlaceUnusable."""
    if not address:
        from corpus.places.database_place import DatabasePlace

        return DatabasePlace(database)
    if address.startswith("s3://"):
        from corpus.places.object_place import ObjectPlace  # who has no object store does without obstore

        return ObjectPlace(f"{address.rstrip('/')}/{home}")
    from corpus.places.folder_place import FolderPlace

    return FolderPlace(Path(address).expanduser().absolute(), home, disk)
