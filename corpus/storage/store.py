"""The record: one SQLite file with the sources, versions of articles and vectors made before, for a time.

What is served lives in generations, each whole in itself; nothing here is needed to answer. Losing the
last transactions therefore loses memory (of a version, of a vector), never an answer.
"""

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from datetime import UTC, datetime

from corpus.article import Article
from corpus.dates import format_moment, parse_moment
from corpus.storage.database import Database, Schema
from corpus.storage.store_schema import FORMAT, MIGRATIONS, TABLES

BATCH = 500
"""Rows asked for in one statement, below SQLite's 999 variables of old builds."""

_EVER = datetime.min.replace(tzinfo=UTC)
_KEPT = """
DROP TABLE IF EXISTS temp.kept_versions;
DROP TABLE IF EXISTS temp.kept_texts;
CREATE TEMP TABLE kept_versions (collection TEXT, article_id TEXT, version TEXT,
    PRIMARY KEY (collection, article_id, version)) WITHOUT ROWID;
CREATE TEMP TABLE kept_texts (text_hash BLOB PRIMARY KEY) WITHOUT ROWID;
"""
_UNKEPT = {
    "versions": "(collection, article_id, version) NOT IN (SELECT * FROM kept_versions)",
    "vectors": "text_hash NOT IN (SELECT * FROM kept_texts)",
}

Version = tuple[str, str, str]
"""Collection, article id and version."""


@dataclass(frozen=True, slots=True)
class Source:
    """A place that a reload reads: an absolute file, folder or pattern, or a web address.

    `options` is what was said of it, as JSON can keep it; it does not tell one source from another.
    """

    collection: str
    location: str
    options: Mapping[str, object] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class Event:
    """One act in a home's history: what was done to which collection, and what came of it."""

    at: datetime
    act: str
    collection: str
    generation: str | None
    detail: Mapping[str, object]


class Store(Database):
    """The one SQLite file of a home's corpus; use it as a context manager, in one thread."""

    schema = Schema(
        format=FORMAT,
        tables=TABLES,
        migrations=MIGRATIONS,
        busy="a reload is writing {path}: wait until it ends, then try again",
        damaged="move it away and run `newsdesk corpus add` again; what is served now stays",
    )

    # Sources

    def sources(self) -> list[Source]:
        """Every registered source, sorted."""
        rows = self.rows("SELECT collection, location, options FROM sources ORDER BY collection, location")
        return [Source(collection, location, json.loads(options)) for collection, location, options in rows]

    def add_source(self, source: Source) -> bool:
        """Register a source; False where it was registered already, and so keeps its options."""
        return self.write(
            "INSERT OR IGNORE INTO sources (collection, location, added, options) VALUES (?, ?, ?, ?)",
            (source.collection, source.location, _now(), json.dumps(source.options)),
        )

    def set_options(self, source: Source) -> bool:
        """Let a registered source have these options; False where it is not registered."""
        return self.write(
            "UPDATE sources SET options = ? WHERE collection = ? AND location = ?",
            (json.dumps(source.options), source.collection, source.location),
        )

    def remove_source(self, source: Source) -> bool:
        """Forget a source; False where it was not registered."""
        key = (source.collection, source.location)
        self.write("DELETE FROM source_states WHERE collection = ? AND location = ?", key)
        return self.write("DELETE FROM sources WHERE collection = ? AND location = ?", key)

    # Articles

    def save_version(self, article: Article, version: str) -> None:
        """Keep this version of the article. One that is kept already stays as old as it is, but gets its
        content again: SQLite has no checksum, and what was just read is right."""
        content = json.dumps(article.to_row(), ensure_ascii=False)
        key = (article.collection, article.id, version)
        self.write(
            "INSERT INTO versions (collection, article_id, version, first_seen, content) "
            "VALUES (?, ?, ?, ?, ?) ON CONFLICT DO UPDATE SET content = excluded.content",
            (*key, _now(), content),
        )

    def article(self, collection: str, article_id: str, version: str) -> Article | None:
        """That version of the article, if it was ever read."""
        rows = self.rows(
            "SELECT content FROM versions WHERE collection = ? AND article_id = ? AND version = ?",
            (collection, article_id, version),
        )
        return Article.from_row(json.loads(rows[0][0])) if rows else None

    def versions(self, collection: str, article_id: str) -> list[tuple[str, datetime]]:
        """The article's versions, oldest first, each with when it was first read."""
        rows = self.rows(
            "SELECT version, first_seen FROM versions WHERE collection = ? AND article_id = ? ORDER BY rowid",
            (collection, article_id),
        )
        return [(version, parse_moment(seen)) for version, seen in rows]

    def formerly_withdrawn(self) -> set[tuple[str, str]]:
        """Collection and id of each article that had been taken out by hand when stores still kept that
        (`corpus.storage.withdrawn` does)."""
        if not self.rows("SELECT 1 FROM sqlite_schema WHERE name = 'withdrawn'"):
            return set()
        return set(self.rows("SELECT collection, article_id FROM withdrawn"))

    def origins(self, collection: str) -> dict[str, Source]:
        """The source that each article of the collection was read from when it was last published; of those
        that were not published since this is written down, nothing."""
        rows = self.rows(
            "SELECT article_id, source_collection, source_location FROM origins WHERE collection = ?",
            (collection,),
        )
        return {article_id: Source(*source) for article_id, *source in rows}

    def save_origins(self, collection: str, origins: Mapping[str, Source]) -> None:
        """Write down where the collection's articles are from, in the place of what was known."""
        known = self.origins(collection)
        gone = known.keys() - origins.keys()
        new = [(key, source) for key, source in origins.items() if known.get(key) != source]
        with self.transaction():
            self.write_many(
                "DELETE FROM origins WHERE collection = ? AND article_id = ?",
                [(collection, key) for key in gone],
            )
            self.write_many(
                "INSERT OR REPLACE INTO origins VALUES (?, ?, ?, ?)",
                [(collection, key, source.collection, source.location) for key, source in new],
            )

    # Vectors

    def vectors(self, model: str, hashes: Sequence[bytes]) -> dict[bytes, bytes]:
        """The kept vectors among `hashes` (SHA-256 of the embedded text), as the bytes that were saved.

        One that is damaged is left out.
        """
        found: dict[bytes, bytes] = {}
        for start in range(0, len(hashes), BATCH):
            batch = hashes[start : start + BATCH]
            marks = ",".join("?" * len(batch))
            query = f"SELECT text_hash, vector FROM vectors WHERE model = ? AND text_hash IN ({marks})"  # noqa: S608 - only marks
            rows = self.rows(query, (model, *batch))
            found.update((key, kept[:-4]) for key, kept in rows if _with_checksum(kept[:-4]) == kept)
        return found

    def save_vectors(self, model: str, vectors: Iterable[tuple[bytes, bytes]]) -> None:
        """Keep vectors in one transaction, replacing what was kept under the same text."""
        with self.transaction():
            self.write_many(
                "INSERT OR REPLACE INTO vectors (model, text_hash, vector) VALUES (?, ?, ?)",
                ((model, text_hash, _with_checksum(vector)) for text_hash, vector in vectors),
            )

    # Erasure

    @property
    def expired_at(self) -> datetime:
        """When `expire` was last done; the beginning of time where it never was."""
        marked = self.mark("expired")
        return parse_moment(marked) if marked else _EVER

    def has_unserved(self, before: datetime) -> bool:
        """Whether anything here has not been served since before that moment, as far as it is known."""
        limit = format_moment(before)
        return any(
            self.rows(f"SELECT 1 FROM {table} WHERE unserved < ? LIMIT 1", (limit,))  # noqa: S608
            for table in _UNKEPT
        )

    def leave(self, versions: Iterable[Version], model: str, texts: Iterable[bytes]) -> None:
        """Write down that these versions, and the model's vectors of these texts (SHA-256), are not served
        from now on; `expire` takes it back of what is."""
        now = _now()
        with self.transaction():
            self.write_many(
                "UPDATE versions SET unserved = ? "
                "WHERE unserved ISNULL AND collection = ? AND article_id = ? AND version = ?",
                ((now, *one) for one in versions),
            )
            self.write_many(
                "UPDATE vectors SET unserved = ? WHERE unserved ISNULL AND model = ? AND text_hash = ?",
                ((now, model, one) for one in texts),
            )

    def expire(
        self, served: Iterable[Version], texts: Iterable[bytes], before: datetime, now: datetime
    ) -> int:
        """Delete what has not been served since before that moment: versions but for those in `served`, and
        vectors but for those of `texts` (SHA-256). How many were deleted; `scrub` then takes the rest of them
        off the disk.

        What is found to be served no longer is so from now on.
        """
        deleted = 0
        with self.transaction():
            self._write_kept(served, texts)
            for table, unkept in _UNKEPT.items():
                moment, limit = _now(), format_moment(before)
                self.write(f"UPDATE {table} SET unserved = NULL WHERE unserved NOTNULL AND NOT ({unkept})")  # noqa: S608
                self.write(f"UPDATE {table} SET unserved = ? WHERE unserved ISNULL AND {unkept}", (moment,))  # noqa: S608
                deleted += self._count(f"DELETE FROM {table} WHERE unserved < ?", (limit,))  # noqa: S608
            self.set_mark("expired", format_moment(now.replace(microsecond=0)))
        return deleted

    def forget(
        self,
        collection: str,
        article_ids: Set[str] | None,
        served: Iterable[tuple[str, str]],
        texts: Iterable[bytes],
    ) -> None:
        """Delete every version of these articles, or with None every one of the collection but for those in
        `served` (ids and versions), and every vector but for those of `texts` (SHA-256)."""
        with self.transaction():
            self._write_kept(((collection, *one) for one in served), texts)
            if article_ids is None:
                unkept = _UNKEPT["versions"]
                self.write(f"DELETE FROM versions WHERE collection = ? AND {unkept}", (collection,))  # noqa: S608
            for article_id in article_ids or ():
                key = (collection, article_id)
                self.write("DELETE FROM versions WHERE collection = ? AND article_id = ?", key)
            self.write(f"DELETE FROM vectors WHERE {_UNKEPT['vectors']}")  # noqa: S608

    def _write_kept(self, versions: Iterable[Version], texts: Iterable[bytes]) -> None:
        for statement in _KEPT.strip().split(";")[:-1]:
            self.write(statement)
        self.write_many("INSERT OR IGNORE INTO kept_versions VALUES (?, ?, ?)", versions)
        self.write_many("INSERT OR IGNORE INTO kept_texts VALUES (?)", ((text,) for text in texts))

    # Marks

    def mark(self, name: str) -> str | None:
        """What was last noted under a name."""
        rows = self.rows("SELECT value FROM marks WHERE name = ?", (name,))
        return rows[0][0] if rows else None

    def set_mark(self, name: str, value: str) -> None:
        """Note something in the place of what was noted."""
        self.write("INSERT OR REPLACE INTO marks VALUES (?, ?)", (name, value))

    # History

    def record(self, act: str, collection: str, generation: str | None, detail: Mapping[str, object]) -> None:
        """Add an act to the history."""
        self.write(
            "INSERT INTO history (at, act, collection, generation, detail) VALUES (?, ?, ?, ?, ?)",
            (_now(), act, collection, generation, json.dumps(detail)),
        )

    def history(self, limit: int) -> list[Event]:
        """The last acts, newest first."""
        rows = self.rows(
            "SELECT at, act, collection, generation, detail FROM history ORDER BY number DESC LIMIT ?",
            (limit,),
        )
        return [
            Event(parse_moment(at), act, collection, generation, json.loads(detail))
            for at, act, collection, generation, detail in rows
        ]


def _with_checksum(vector: bytes) -> bytes:
    """SQLite has no checksum, and a vector with one bit off would be used for ever."""
    return vector + zlib.crc32(vector).to_bytes(4, "big")


def _now() -> str:
    return format_moment(datetime.now(UTC).replace(microsecond=0))
