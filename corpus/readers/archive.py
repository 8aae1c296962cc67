"""Reads articles from ZIP archives: each member is read by its own format, and unreadable ones are
reported."""

import gzip
import io
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from corpus.article import Article
from corpus.problem import Line, MemberLine, Problem
from corpus.readers.documents.archive_members import ArchiveLimits, BadArchive, Member, members_of
from corpus.readers.parsing.format import Document, Format, outlet_folder, saved_page
from corpus.readers.parsing.gunzip import BadGzip, unpack
from corpus.readers.unread_kinds import NO_TEXT, advice_for, is_of_system

ENDING = ".zip"
LIMITS = ArchiveLimits(members=20_000, total=300 * 1024 * 1024)
"""The limits of an archive; a year of a weekly's pages is 5,000 files."""
ADVICE_TOLD = 2
"""The most different pieces of advice in the report on unreadable members."""
KINDS_NAMED = 5
"""The most kinds of unreadable files that are listed with their counts; the others are summed up."""

FindFormat = Callable[[str], Format | None]
"""Returns the format of a file by its name."""


def archive_format(find: FindFormat) -> Format:
    """The format of archives whose members have the formats that `find` returns."""
    return Format(
        endings=(ENDING,),
        media_types=("application/zip", "application/x-zip-compressed", "application/x-zip"),
        read=partial(read_archive, find),
        remove=partial(remove_members, find),
    )


def read_archive(
    find: FindFormat, document: Document, collection: str, *, inner: bool = False
) -> Iterator[tuple[Line, Article | Problem]]:
    """Every article and every problem of every member, each with its location in the archive.

    An archive in the archive is read too, but not one in that; `inner` means that this one is in another.
    """
    where = document.where
    unread: Counter[str] = Counter()
    try:
        with TemporaryDirectory(prefix="newsdesk-") as folder:
            names: set[PurePosixPath] = set()
            for member in members_of(document.path, LIMITS, names.update):
                inside = f"{where}!/{member.name}"
                path = PurePosixPath(member.name.replace("\\", "/"))
                its = find(path.name)
                if _is_hidden(path) or is_of_system(path.name):
                    continue
                if member.content is None:
                    yield MemberLine(member.name), Problem(inside, member.reason)
                elif its is None:
                    unread[path.suffix.lower() or "without an ending"] += 1
                elif page := saved_page(path, names.__contains__):
                    reason = f"it is a part of the saved page {page} and no page of its own"
                    yield MemberLine(member.name), Problem(inside, reason)
                elif inner and path.name.lower().endswith(ENDING):
                    reason = "it is an archive in an archive in an archive: unpack it"
                    yield MemberLine(member.name), Problem(inside, reason)
                else:
                    kept = Path(folder) / f"member{_ending(path.name, its)}"
                    kept.write_bytes(member.content)
                    below = _document(kept, inside, path, its, document, _common_folder(names))
                    is_archive = path.name.lower().endswith(ENDING)
                    read = partial(read_archive, find, inner=True) if is_archive else its.read
                    for line, item in read(below, collection):
                        yield MemberLine(member.name, line), item
    except BadArchive as error:
        yield None, Problem(where, f"{error}: reading stopped there")
    except OSError as error:
        yield None, Problem(where, f"it can't be read: {error.strerror or error}")
    if unread:
        advised = {advice_for(f"x{kind}", one=False) for kind in unread} - {None, NO_TEXT}
        advice = f": {'; '.join(sorted(filter(None, advised)))}" if 0 < len(advised) <= ADVICE_TOLD else ""
        yield None, Problem(where, f"not read in it: {_counted(unread)}{advice}", refused=False)


def remove_members(find: FindFormat, body: bytes, lines: Collection[MemberLine]) -> bytes:
    """The archive without the articles at these locations; empty if no readable member is left.

    Refused members are also left out.
    """
    gone: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        gone[line.member].append(line.line)
    written = io.BytesIO()
    read = 0
    try:
        with ZipFile(written, "w", ZIP_DEFLATED) as left:
            for member in members_of(io.BytesIO(body), LIMITS):
                content = _without(find, member, gone[member.name]) if member.name in gone else member.content
                if content:
                    left.writestr(member.name, content)
                    read += find(PurePosixPath(member.name).name) is not None
    except BadArchive:
        return b""
    return written.getvalue() if read else b""


def _without(find: FindFormat, member: Member, lines: Collection[Line]) -> bytes:
    its = find(PurePosixPath(member.name).name)
    if its is None or its.remove is None or member.content is None:
        return b""
    packed = member.name.lower().endswith(".gz")
    try:
        text = b"".join(unpack([member.content], LIMITS.total)) if packed else member.content
    except BadGzip:
        return b""
    left = its.remove(text, [line for line in lines if line is not None])
    return gzip.compress(left, mtime=0) if packed and left else left


def _common_folder(names: Collection[PurePosixPath]) -> str:
    """The folder in which everything in the archive is, as if a folder was packed; empty if there is none."""
    first = {path.parts[0] for path in names if path.parts and not _is_hidden(path)}
    return first.pop() if len(first) == 1 else ""


def _document(
    kept: Path, where: str, path: PurePosixPath, its: Format, archive: Document, common: str
) -> Document:
    """A member as a document, named by the archive and its path in it."""
    if its.is_list:
        stem = path.name.split(".")[0] or "file"
        return Document(kept, where, f"{archive.name}-{stem}", stem, archive.options)
    name = f"{archive.name}/{path.with_suffix('').as_posix()}"
    below = path.relative_to(common) if path.parts[0] == common else path
    return Document(kept, where, name, outlet_folder(below) or archive.source, archive.options)


def _ending(name: str, its: Format) -> str:
    return max((end for end in its.endings if name.lower().endswith(end)), key=len, default="")


def _is_hidden(path: PurePosixPath) -> bool:
    """Whether it is hidden, as in folders, or added to archives by an operating system."""
    return any(part.startswith((".", "__MACOSX")) for part in path.parts if part != "..")


def _counted(unread: Counter[str]) -> str:
    named = [f"{count:,} {kind}" for kind, count in unread.most_common(KINDS_NAMED)]
    others = sum(unread.values()) - sum(count for _, count in unread.most_common(KINDS_NAMED))
    return ", ".join([*named, *([f"{others:,} others"] if others else [])])
