"""Unpacks the members of untrusted ZIP archives within limits.

Nothing is ever written under a member's name, so no name can escape the folder; such a member is still
refused, because the archive is suspicious.
"""

import io
import stat
import zlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zipfile import BadZipFile, LargeZipFile, ZipFile, ZipInfo

from corpus.readers.parsing.gunzip import PIECE_SIZE, RATIO_LIMIT, SMALL

_ENCRYPTED = 0x1


@dataclass(frozen=True, slots=True)
class ArchiveLimits:
    """The limits of an archive: the number of members, and their total bytes when unpacked."""

    members: int
    total: int


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the archive with its name; `content` is None if it is refused for `reason`."""

    name: str
    content: bytes | None = None
    reason: str = ""


class BadArchive(ValueError):
    """The archive can't be read any further, with the reason."""


def unsafe_archive(content: bytes, limits: ArchiveLimits) -> str | None:
    """The reason not to let a library unpack the archive; None if it is safe."""
    try:
        for member in members_of(io.BytesIO(content), limits):
            if member.content is None:
                return f"{member.name[:60]} in it {member.reason}"
    except BadArchive as error:
        return str(error)
    return None


def members_of(
    archive: Path | io.BytesIO,
    limits: ArchiveLimits,
    told: Callable[[Iterable[PurePosixPath]], object] = lambda _: None,
) -> Iterator[Member]:
    """Every file in the archive, in order. `told` is called first with all names. Raises BadArchive, OSError;
    the members before an error are valid."""
    try:
        with ZipFile(archive) as opened:
            infos = opened.infolist()
            if len(infos) > limits.members:
                raise BadArchive(f"it holds more than the {limits.members:,} files allowed")
            told(PurePosixPath(info.filename) for info in infos)
            seen: set[str] = set()
            left = limits.total
            for info in infos:
                if info.is_dir():
                    continue
                reason = _refused(info) or ("stands in it twice" if info.filename in seen else "")
                seen.add(info.filename)
                member = Member(_shown(info), None, reason) if reason else _unpacked(opened, info, left)
                left -= len(member.content or b"")
                if left < 0:
                    raise BadArchive(f"it unpacks to more than the {limits.total // 1024 // 1024} MB allowed")
                yield member
    except (BadZipFile, LargeZipFile, NotImplementedError, UnicodeDecodeError) as error:
        raise BadArchive(f"it is no ZIP archive or broken ({str(error)[:80]})") from error


def _refused(info: ZipInfo) -> str:
    name = info.filename.replace("\\", "/")
    if name.startswith("/") or name[1:2] == ":":
        return "has a name that begins at the root of a disk"
    if ".." in name.split("/"):
        return "has a name that leads out of the archive"
    if stat.S_ISLNK(info.external_attr >> 16):
        return "is a link"
    if info.flag_bits & _ENCRYPTED:
        return "is encrypted: pack it without a password"
    return ""


def _unpacked(opened: ZipFile, info: ZipInfo, left: int) -> Member:
    """The member's content, measured while it is unpacked, since the size in its header may be false."""
    most = max(SMALL, RATIO_LIMIT * info.compress_size)
    pieces: list[bytes] = []
    size = 0
    try:
        with opened.open(info) as file:
            while piece := file.read(PIECE_SIZE):
                size += len(piece)
                if size > most:
                    return Member(_shown(info), None, f"unpacks to more than {RATIO_LIMIT} times its size")
                pieces.append(piece)
                if size > left:
                    break
    except (
        BadZipFile,
        NotImplementedError,
        zlib.error,
        EOFError,
        RuntimeError,
        ValueError,
        OSError,
    ) as error:
        return Member(_shown(info), None, f"can't be unpacked ({str(error)[:60] or type(error).__name__})")
    return Member(_shown(info), b"".join(pieces))


def _shown(info: ZipInfo) -> str:
    return info.filename.encode(errors="replace").decode()
