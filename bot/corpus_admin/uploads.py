"""Files uploaded in a chat, kept in the home, separately for each collection."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from itertools import chain, count
from pathlib import Path

from bot.corpus_admin.home import Home
from corpus.errors import HomeUnusable, UnreadableSource
from corpus.lazy_pattern import lazy_pattern
from corpus.problem import Problem
from corpus.readers.parsing.gunzip import TooLarge, unpack
from corpus.storage.atomic_write import write_atomically
from corpus.storage.store_records import Source
from corpus.text import counted

UPLOAD_LIMIT = 10 * 1024 * 1024
"""The most bytes of an upload: Discord's limit for everybody, and the largest text file that is read."""
UNPACKED_LIMIT = 50 * 1024 * 1024
"""The most bytes of a gzipped upload when unpacked: JSON Lines are compressed to a third or a fifth."""
NAME_LIMIT = 60
"""The most characters of a name without its ending; in UTF-8 they fit every file system's 255 bytes."""

_UNSAFE = lazy_pattern(r"[^\w .()+-]")
_RESERVED = lazy_pattern(
    r"(?:con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE
)
"""Names that mean devices on Windows, with any ending."""
PASTED = frozenset(("message.txt",))
"""The names that a chat gives to texts without one: Discord calls every paste that is too long for a message
message.txt."""


def keep_upload(
    home: Home,
    collection: str,
    filename: str,
    data: bytes,
    options: Mapping[str, object] | None = None,
    remark: Callable[[Problem], None] = lambda _: None,
) -> Source:
    """Store a file in `home.uploads(collection)`, and return it as a source that is not registered yet, with
    its reading options (`ReadingOptions.to_row`).

    A file with the same name is replaced atomically, and `remark` is told so. But a chat gives all pasted
    texts one name (PASTED), so another one gets a free name. Raises UnreadableSource for a file that is not
    accepted, ReloadBusy while a reload may be reading it, and HomeUnusable.
    """
    name = safe_name(filename)
    _check_size(name, data)
    with home.locked():
        try:
            path = home.uploads(collection) / name
            if name in PASTED:
                home.copies.download_uploads()
                path = _free_path(path, data)
            if told := _remark(path, name, data):
                remark(Problem(name, told, refused=False))
            write_atomically(home.disk, path, data, home.root)
            home.copies.share_upload(path)
        except OSError as error:
            raise HomeUnusable(
                f"{name} could not be kept in {home.root} ({error.strerror or error}): make space or check "
                "the folder, then try again"
            ) from error
    return Source(collection, str(path), options or {})


def _remark(path: Path, name: str, data: bytes) -> str:
    """What whoever adds a file of this name should know about where it is stored; empty if it is new, or the
    same file again."""
    if path.exists():
        if path.read_bytes() != data:
            return "it replaces the file of this name that was added before"
        return f"this text was added already, as {path.name}" if name in PASTED else ""
    if path.name == name:
        return ""
    return f"another pasted text has this name, so this one is stored as {path.name}"


def _free_path(path: Path, data: bytes) -> Path:
    """The first of message.txt, message_002.txt, … that does not exist or has the same content.

    These sort in their order, so that of two files with the same article the later one wins.
    """
    names = (path.with_stem(f"{path.stem}_{number:03}") for number in count(2))
    return next(one for one in chain([path], names) if not one.exists() or one.read_bytes() == data)


def is_upload(home: Home, source: Source) -> bool:
    """Whether the source is a file that was uploaded to its collection."""
    return Path(source.location).parent == home.uploads(source.collection)


def safe_name(filename: str) -> str:
    """The name under which an upload is stored: without folders, not a device name or hidden, and with the
    ending of a readable format or of a list of feeds.

    Raises UnreadableSource for any other ending.
    """
    from corpus.readers.registry import FORMATS
    from corpus.sources.source_discovery import LIST_ENDING

    last = unicodedata.normalize("NFC", re.split(r"[/\\]", filename)[-1])
    ending = FORMATS.ending_of(last) or (LIST_ENDING if last.lower().endswith(LIST_ENDING) else None)
    if ending is None:
        shown = _UNSAFE.sub("_", last)[:NAME_LIMIT]
        raise UnreadableSource(shown, FORMATS.unknown(last))
    stem = _UNSAFE.sub("_", last[: -len(ending)])[:NAME_LIMIT].strip(" .") or "upload"
    if _RESERVED.fullmatch(stem):
        stem = f"_{stem}"
    return f"{stem}{ending}"


def _check_size(name: str, data: bytes) -> None:
    if len(data) > UPLOAD_LIMIT:
        raise UnreadableSource(
            name, f"it has {counted(len(data), 'byte')}, more than the {UPLOAD_LIMIT:,} allowed: split it"
        )
    if name.endswith(".gz"):
        try:
            for _ in unpack([data], UNPACKED_LIMIT):
                pass
        except TooLarge as error:
            raise UnreadableSource(name, f"{error}: split it") from error
        except ValueError as error:
            raise UnreadableSource(name, f"{error}: pack it again") from error
