"""The register of uploaded files, shared by all processes."""

from collections.abc import Mapping

from sqlalchemy import delete, select

from corpus.storage.copies.copies_tables import UPLOADS
from corpus.storage.copies.generation_register import SharedFile
from corpus.storage.database import Database
from corpus.storage.sql.upserting import put


class UploadRegister:
    """Reads and writes the table of uploads. A writer holds the home's lock."""

    def __init__(self, database: Database) -> None:
        """The database must stay open while this is used."""
        self._database = database

    def all(self) -> Mapping[tuple[str, str], SharedFile]:
        """The uploaded files by collection and file name."""
        rows = self._database.rows(
            select(UPLOADS.c.collection, UPLOADS.c.filename, UPLOADS.c.name, UPLOADS.c.size)
        )
        return {(collection, filename): SharedFile(name, size) for collection, filename, name, size in rows}

    def put(self, collection: str, filename: str, file: SharedFile) -> None:
        """Register an upload, replacing one with the same name."""
        key = {"collection": collection, "filename": filename}
        self._database.write(put(UPLOADS, {**key, "name": file.name, "size": file.size}))

    def remove(self, collection: str, filename: str) -> None:
        """Delete an upload; a missing one is ignored."""
        self._database.write(
            delete(UPLOADS).where(UPLOADS.c.collection == collection, UPLOADS.c.filename == filename)
        )
