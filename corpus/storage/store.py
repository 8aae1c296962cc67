"""The store: registered sources, versions of articles, and cached vectors.

Answers come from generations and need nothing in here. Losing the last transactions therefore loses an old
version or a cached vector, but never an answer.
"""

import json
import zlib
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Table, and_, bindparam, delete, exists, insert, select, update
from sqlalchemy.schema import CreateTable, DropTable

from corpus.article import Article
from corpus.dates import BEGINNING_OF_TIME, format_moment, parse_moment
from corpus.storage.database import Database
from corpus.storage.sql.upserting import insert_new, put
from corpus.storage.store_records import Event, Source, Version
from corpus.storage.store_schema import SCHEMA
from corpus.storage.store_tables import (
    history,
    kept_texts,
    kept_versions,
    marks,
    origins,
    source_states,
    sources,
    vectors,
    versions,
)

MOST_PARAMETERS = 500
"""The most parameters of one statement; old builds of SQLite allow 999."""

_UNKEPT: Mapping[Table, ColumnElement[bool]] = {
    versions: ~exists().where(
        kept_versions.c.collection == versions.c.collection,
        kept_versions.c.article_id == versions.c.article_id,
        kept_versions.c.version == versions.c.version,
    ),
    vectors: ~exists().where(kept_texts.c.text_hash == vectors.c.text_hash),
}


class Store(Database):
    """The store of a home, in a SQLite file or on a server; use it as a context manager, in one thread."""

    schema = SCHEMA

    # Sources

    def sources(self) -> list[Source]:
        """Every registered source, sorted."""
        key = (sources.c.collection, sources.c.location)
        rows = self.rows(select(*key, sources.c.options).order_by(*key))
        return [Source(owner, self.to_local(place), json.loads(options)) for owner, place, options in rows]

    def to_local(self, location: str) -> str:
        """The location of a source on this machine, from its stored location; `to_stored` is the inverse."""
        return location

    def to_stored(self, location: str) -> str:
        return location

    def add_source(self, source: Source) -> bool:
        """Register a source; False if it was registered already, and so keeps its options."""
        key = {"collection": source.collection, "location": self.to_stored(source.location)}
        return self.write(
            insert_new(sources, {**key, "added": _now(), "options": json.dumps(source.options)})
        )

    def set_options(self, source: Source) -> bool:
        """Change the options of a registered source; False if it is not registered."""
        options = json.dumps(source.options)
        return self.write(update(sources).where(self._is(sources, source)).values(options=options))

    def remove_source(self, source: Source) -> bool:
        """Remove a source; False if it was not registered."""
        self.write(delete(source_states).where(self._is(source_states, source)))
        return self.write(delete(sources).where(self._is(sources, source)))

    def _is(self, table: Table, one: Source) -> ColumnElement[bool]:
        return and_(table.c.collection == one.collection, table.c.location == self.to_stored(one.location))

    # Articles

    def save_version(self, article: Article, version: str) -> None:
        """Save this version of the article. A version that exists keeps its age, but its content is written
        again: a database may have no checksums, and what was just read is right."""
        row = {
            "collection": article.collection,
            "article_id": article.id,
            "version": version,
            "first_seen": _now(),
            "content": json.dumps(article.to_row(), ensure_ascii=False),
        }
        self.write(put(versions, row, change=["content"]))

    def article(self, collection: str, article_id: str, version: str) -> Article | None:
        """That version of the article, if it is stored."""
        of_it = and_(versions.c.collection == collection, versions.c.article_id == article_id)
        rows = self.rows(select(versions.c.content).where(of_it, versions.c.version == version))
        return Article.from_row(json.loads(rows[0][0])) if rows else None

    def versions(self, collection: str, article_id: str) -> list[tuple[str, datetime]]:
        """The article's versions, oldest first, each with when it was first read."""
        rows = self.rows(
            select(versions.c.version, versions.c.first_seen)
            .where(versions.c.collection == collection, versions.c.article_id == article_id)
            .order_by(versions.c.rowid)
        )
        return [(version, parse_moment(seen)) for version, seen in rows]

    def origins(self, collection: str) -> dict[str, Source]:
        """The source of each article of the collection at its last publication; articles that were last
        published by a release that did not record this are missing."""
        rows = self.rows(
            select(origins.c.article_id, origins.c.source_collection, origins.c.source_location).where(
                origins.c.collection == collection
            )
        )
        return {article_id: Source(owner, self.to_local(place)) for article_id, owner, place in rows}

    def save_origins(self, collection: str, found: Mapping[str, Source]) -> None:
        """Replace the recorded sources of the collection's articles."""
        known = self.origins(collection)
        gone = known.keys() - found.keys()
        new = [(key, source) for key, source in found.items() if known.get(key) != source]
        with self.transaction():
            of_it = and_(origins.c.collection == collection, origins.c.article_id == bindparam("gone"))
            self.write_many(delete(origins).where(of_it), ({"gone": key} for key in gone))
            self.write_many(
                put(origins),
                (
                    {
                        "collection": collection,
                        "article_id": key,
                        "source_collection": source.collection,
                        "source_location": self.to_stored(source.location),
                    }
                    for key, source in new
                ),
            )

    # Vectors

    def vectors(self, model: str, hashes: Sequence[bytes]) -> dict[bytes, bytes]:
        """The cached vectors among `hashes` (SHA-256 of the embedded text), as the bytes that were saved.

        Damaged ones are left out.
        """
        found: dict[bytes, bytes] = {}
        for start in range(0, len(hashes), MOST_PARAMETERS):
            wanted = vectors.c.text_hash.in_(hashes[start : start + MOST_PARAMETERS])
            rows = self.rows(
                select(vectors.c.text_hash, vectors.c.vector).where(vectors.c.model == model, wanted)
            )
            found.update((key, kept[:-4]) for key, kept in rows if _with_checksum(kept[:-4]) == kept)
        return found

    def save_vectors(self, model: str, made: Iterable[tuple[bytes, bytes]]) -> None:
        """Save vectors in one transaction, replacing those of the same texts."""
        with self.transaction():
            self.write_many(
                put(vectors),
                (
                    {"model": model, "text_hash": key, "vector": _with_checksum(vector), "unserved": None}
                    for key, vector in made
                ),
            )

    # Erasure

    @property
    def expired_at(self) -> datetime:
        """When `expire` was last run; the beginning of time if never."""
        marked = self.mark("expired")
        return parse_moment(marked) if marked else BEGINNING_OF_TIME

    def has_unserved(self, before: datetime) -> bool:
        """Whether anything has been unserved since before that moment, as far as is known."""
        limit = format_moment(before)
        return any(self.rows(select(1).where(table.c.unserved < limit).limit(1)) for table in _UNKEPT)

    def mark_unserved(self, left: Iterable[Version], model: str, texts: Iterable[bytes]) -> None:
        """Mark these versions, and the model's vectors of these texts (SHA-256), as unserved from now on;
        `expire` unmarks those that are served."""
        now = _now()
        with self.transaction():
            self.write_many(
                update(versions)
                .where(
                    versions.c.unserved.is_(None),
                    versions.c.collection == bindparam("one"),
                    versions.c.article_id == bindparam("id"),
                    versions.c.version == bindparam("read"),
                )
                .values(unserved=now),
                (
                    {"one": collection, "id": article_id, "read": version}
                    for collection, article_id, version in left
                ),
            )
            self.write_many(
                update(vectors)
                .where(
                    vectors.c.unserved.is_(None),
                    vectors.c.model == model,
                    vectors.c.text_hash == bindparam("text"),
                )
                .values(unserved=now),
                ({"text": one} for one in texts),
            )

    def expire(
        self, served: Iterable[Version], texts: Iterable[bytes], before: datetime, now: datetime
    ) -> int:
        """Delete what has been unserved since before that moment, except versions in `served` and vectors of
        `texts` (SHA-256). Returns how many were deleted; `vacuum` then removes their remains from the disk.

        What is found to be unserved is marked so from now on.
        """
        deleted = 0
        with self.transaction(), self.long_statements():
            self._write_kept(served, texts)
            for table, unkept in _UNKEPT.items():
                unserved, limit = table.c.unserved, format_moment(before)
                self.write(update(table).where(unserved.is_not(None), ~unkept).values(unserved=None))
                self.write(update(table).where(unserved.is_(None), unkept).values(unserved=_now()))
                deleted += self._count(delete(table).where(unserved < limit))
            self.set_mark("expired", format_moment(now.replace(microsecond=0)))
        return deleted

    def forget(
        self,
        collection: str,
        article_ids: Set[str] | None,
        served: Iterable[tuple[str, str]],
        texts: Iterable[bytes],
    ) -> None:
        """Delete every version of these articles (of all articles of the collection if None), except those in
        `served` (ids and versions), and every vector except those of `texts` (SHA-256)."""
        of_it = versions.c.collection == collection
        with self.transaction(), self.long_statements():
            self._write_kept(((collection, *one) for one in served), texts)
            if article_ids is None:
                self.write(delete(versions).where(of_it, _UNKEPT[versions]))
            for article_id in article_ids or ():
                self.write(delete(versions).where(of_it, versions.c.article_id == article_id))
            self.write(delete(vectors).where(_UNKEPT[vectors]))

    def _write_kept(self, served: Iterable[Version], texts: Iterable[bytes]) -> None:
        for table in (kept_versions, kept_texts):
            self.write(DropTable(table, if_exists=True))
            self.write(CreateTable(table))
        names = [one.name for one in kept_versions.columns]
        self.write_many(insert_new(kept_versions), (dict(zip(names, one, strict=True)) for one in served))
        self.write_many(insert_new(kept_texts), ({"text_hash": one} for one in texts))

    # Marks

    def mark(self, name: str) -> str | None:
        """The value that was last set under a name."""
        rows = self.rows(select(marks.c.value).where(marks.c.name == name))
        return rows[0][0] if rows else None

    def set_mark(self, name: str, value: str) -> None:
        """Set the value under a name."""
        self.write(put(marks, {"name": name, "value": value}))

    # History

    def record(self, act: str, collection: str, generation: str | None, detail: Mapping[str, object]) -> None:
        """Add an event to the history."""
        row = {"at": _now(), "act": act, "collection": collection, "generation": generation}
        self.write(insert(history).values(**row, detail=json.dumps(detail)))

    def history(self, limit: int) -> list[Event]:
        """The last events, newest first."""
        rows = self.rows(
            select(history.c.at, history.c.act, history.c.collection, history.c.generation, history.c.detail)
            .order_by(history.c.number.desc())
            .limit(limit)
        )
        return [Event(parse_moment(one[0]), one[1], one[2], one[3], json.loads(one[4])) for one in rows]


def _with_checksum(vector: bytes) -> bytes:
    """The vector with its CRC-32: SQLite has no checksums, and a vector with a flipped bit would be used
    forever."""
    return vector + zlib.crc32(vector).to_bytes(4, "big")


def _now() -> str:
    return format_moment(datetime.now(UTC).replace(microsecond=0))
