"""Homes of earlier releases as small archives, each with the sources that it was made from.

A home's databases name its sources by absolute paths. In an archive these begin with `/old`, and unpacking
puts the folder's own path in its place, in every column of every table.
"""

import io
import json
import lzma
import sqlite3
import tarfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = "/old"
"""What stands in an archive for the folder that holds the home and its sources."""
FOLDER = Path(__file__).parent
RELEASES = sorted(path.name.removesuffix(".tar.xz") for path in FOLDER.glob("*.tar.xz"))
"""The releases that a home is kept of."""
MADE = 1_767_225_600
"""When every file was changed last, in seconds since 1970: 1 January 2026."""


@dataclass(frozen=True, slots=True)
class OldHome:
    """An unpacked archive: `expected` is what the release itself said of the home when it was made."""

    root: Path
    expected: dict[str, Any]


def unpack(release: str, to: Path, kept: Path = FOLDER) -> OldHome:
    """The release's home and sources, in that folder."""
    with tarfile.open(kept / f"{release}.tar.xz") as archive:
        archive.extractall(to, filter="data")
    _move(to, ROOT, str(to))
    text = (kept / f"{release}.json").read_text(encoding="utf-8")
    return OldHome(to / "home", json.loads(text.replace(ROOT, str(to))))


def pack(release: str, folder: Path, expected: dict[str, object], kept: Path = FOLDER) -> Path:
    """Keep what is in the folder, which no process uses any more; the same files give the same bytes."""
    _move(folder, str(folder), ROOT)
    archive = kept / f"{release}.tar.xz"
    raw = io.BytesIO()
    with tarfile.open(fileobj=raw, mode="w", format=tarfile.PAX_FORMAT) as tar:
        for path in sorted(folder.rglob("*")):
            entry = tar.gettarinfo(path, str(path.relative_to(folder)))
            entry.uid = entry.gid = 0
            entry.uname = entry.gname = ""
            entry.mtime = MADE
            with path.open("rb") if path.is_file() else io.BytesIO() as content:
                tar.addfile(entry, content)
    for trace in (str(folder), str(Path.home())):
        if len(trace) > 1 and trace.encode() in raw.getvalue():
            raise ValueError(f"a path of this machine is in it: {trace}")
    archive.write_bytes(lzma.compress(raw.getvalue(), preset=9 | lzma.PRESET_EXTREME))
    text = json.dumps(expected, indent=1, ensure_ascii=False).replace(str(folder), ROOT)
    (kept / f"{release}.json").write_text(f"{text}\n", encoding="utf-8")
    return archive


def _move(folder: Path, old: str, new: str) -> None:
    """Change the paths that begin with `old` in every database, and leave nothing of them behind."""
    for path in sorted(folder.rglob("*.sqlite3")):
        with closing(sqlite3.connect(path, isolation_level=None)) as database:
            tables = database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'").fetchall()
            for (table,) in tables:
                for _, column, kind, *_ in database.execute(f"PRAGMA table_info({table})").fetchall():
                    if kind == "TEXT":
                        database.execute(
                            f"UPDATE {table} SET {column} = replace({column}, ?, ?) WHERE instr({column}, ?)",
                            (f"{old}/", f"{new}/", f"{old}/"),
                        )
            database.execute("VACUUM")
            database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
