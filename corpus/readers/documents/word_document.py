"""Parses a Word document (.docx) into an article's fields. Runs only in the worker process."""

import io
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from zipfile import BadZipFile

from docx import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

from corpus.readers.documents.archive_members import ArchiveLimits, unsafe_archive
from corpus.readers.pages.first_lines import is_headline, read_first_lines, usable_author, usable_title
from corpus.text import one_line

OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""The first bytes of files from before Word 2007, and of newer ones with a password."""
LIMITS = ArchiveLimits(members=5000, total=200 * 1024 * 1024)
"""The limits on the content of the file, which is a ZIP archive; pictures are most of it."""

_TEXT, _TAB, _BREAKS = qn("w:t"), qn("w:tab"), (qn("w:br"), qn("w:cr"))
_TWICE = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
"""The alternative content for older programs."""


def read_word(content: bytes) -> dict[str, object]:
    """The fields of the document's article; `refused` is the reason that it has none."""
    if content.startswith(OLD_WORD):
        return {"refused": "it has a password or is of an older Word: save it as .docx without a password"}
    if reason := unsafe_archive(content, LIMITS):
        return {"refused": reason}
    try:
        document = Document(io.BytesIO(content))
    except (BadZipFile, OpcError, KeyError, ValueError, SyntaxError) as error:
        return {"refused": f"it is no Word document or broken ({type(error).__name__})"}
    title = usable_title(document.core_properties.title)
    paragraphs: list[str] = []
    for block in document.iter_inner_content():
        text = _paragraph(block) if isinstance(block, Paragraph) else _table(block)
        if not text:
            continue
        style = _style(block) if isinstance(block, Paragraph) else ""
        if not paragraphs and (style == "title" or (style == "heading 1" and title in (None, text))):
            title = text
        else:
            paragraphs.append(text)
    said = read_first_lines(paragraphs)
    first, *others = said.paragraphs or [""]
    if title is None and others and is_headline(first):
        title, said = first, replace(said, paragraphs=others)
    return {
        "title": title,
        "text": "\n\n".join(said.paragraphs),
        "author": said.author or usable_author(document.core_properties.author),
        "published": said.published,
        "language": document.core_properties.language or None,
    }


def _paragraph(paragraph: Paragraph) -> str:
    """The text of the paragraph, with tracked insertions and without deletions."""
    lines = "".join(_pieces(paragraph._p)).split("\n")  # noqa: SLF001 - its own text lacks insertions
    return "\n".join(line for line in map(one_line, lines) if line)


def _pieces(element: Any) -> Iterator[str]:
    for one in element:
        if one.tag == _TEXT:
            yield one.text or ""
        elif one.tag == _TAB:
            yield " "
        elif one.tag in _BREAKS:
            yield "\n"
        elif one.tag != _TWICE:
            yield from _pieces(one)


def _table(table: Table) -> str:
    """The rows as lines with tabs between the cells; a merged cell counts once."""
    rows = []
    for row in table.rows:
        cells = {id(cell._tc): cell for cell in row.cells}.values()  # noqa: SLF001 - the identity of a cell
        rows.append("\t".join(one_line(" ".join(map(_paragraph, cell.paragraphs))) for cell in cells))
    return "\n".join(row for row in rows if row.strip())


def _style(paragraph: Paragraph) -> str:
    return (paragraph.style.name or "").lower() if paragraph.style else ""
