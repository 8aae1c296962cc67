import io
import re
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml

from corpus.article import Article
from tests.corpus.pages import FIRST, SECOND, TEXT
from tests.corpus.readers.reading import Reading

_FILES = Reading("report.docx")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word(write: Callable[[Document], Any]) -> bytes:
    document = docx.Document()
    document.core_properties.author = ""
    write(document)
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def repacked(content: bytes, **members: bytes) -> bytes:
    """The same archive with other content of some members, by their names without the folder."""
    written = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(written, "w", ZIP_DEFLATED) as new:
        for info in old.infolist():
            changed = members.get(Path(info.filename).stem)
            new.writestr(info.filename, old.read(info) if changed is None else changed)
    return written.getvalue()


def write_report(document: Document) -> None:
    document.core_properties.title = "Word Document"
    document.add_heading("Bridge closed", 0)
    document.add_paragraph("By Ann Lee")
    document.add_paragraph("14 January 2026")
    document.add_paragraph(FIRST)
    document.add_paragraph(SECOND)


def test_a_report_gives_its_fields(tmp_path: Path) -> None:
    assert _FILES.one(tmp_path, word(write_report)) == Article(
        id="report",
        title="Bridge closed",
        text=TEXT,
        source=tmp_path.name,
        language="en",
        author="Ann Lee",
        published=datetime(2026, 1, 14, tzinfo=UTC),
    )


def test_properties_are_believed_where_a_person_wrote_them(tmp_path: Path) -> None:
    def write(document: Document) -> None:
        document.core_properties.title, document.core_properties.author = "Bridge closed", "Ann Lee"
        document.add_paragraph(FIRST)

    article = _FILES.one(tmp_path, word(write))
    assert (article.title, article.author) == ("Bridge closed", "Ann Lee")
    assert article.published is None


def test_a_heading_is_the_title_of_a_file_without_properties(tmp_path: Path) -> None:
    def write(document: Document) -> None:
        document.add_heading("Bridge closed", 1)
        document.add_paragraph(FIRST)

    written = io.BytesIO()
    with ZipFile(io.BytesIO(word(write))) as old, ZipFile(written, "w") as new:
        for info in old.infolist():
            if info.filename == "_rels/.rels":
                new.writestr(info.filename, re.sub(rb"<Relationship [^>]*core[^>]*/>", b"", old.read(info)))
            elif "core" not in info.filename:
                new.writestr(info.filename, old.read(info))
    article = _FILES.one(tmp_path, written.getvalue())
    assert (article.title, article.text) == ("Bridge closed", FIRST)


def test_a_first_paragraph_that_is_no_sentence_is_the_title(tmp_path: Path) -> None:
    def write(document: Document) -> None:
        for paragraph in ("Bridge closed", "By Ann Lee", FIRST):
            document.add_paragraph(paragraph)

    article = _FILES.one(tmp_path, word(write))
    assert (article.title, article.text, article.author) == ("Bridge closed", FIRST, "Ann Lee")


def test_tables_lists_breaks_and_links_are_text(tmp_path: Path) -> None:
    def write(document: Document) -> None:
        document.add_paragraph(FIRST)
        table = document.add_table(2, 3)
        for cell, said in zip(table._cells, ("Year", "Cars", "Cars", "2025", "9", "8"), strict=True):
            cell.text = said
        table.cell(0, 1).merge(table.cell(0, 2)).text = "Cars"
        document.add_paragraph("one pillar", style="List Bullet")
        document.add_paragraph("Line one\nLine\ttwo")

    text = _FILES.one(tmp_path, word(write)).text
    assert text == f"{FIRST}\n\nYear\tCars\n2025\t9\t8\n\none pillar\n\nLine one\nLine two"


def test_suggested_words_are_read_and_those_struck_out_are_not(tmp_path: Path) -> None:
    def write(document: Document) -> None:
        paragraph = document.add_paragraph("The bridge was ")
        paragraph._p.append(parse_xml(f"<w:del {W}><w:r><w:delText>opened</w:delText></w:r></w:del>"))
        paragraph._p.append(parse_xml(f"<w:ins {W}><w:r><w:t>closed</w:t></w:r></w:ins>"))
        paragraph.add_run(" on Monday.")

    assert _FILES.one(tmp_path, word(write)).text == "The bridge was closed on Monday."


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "it is no ZIP archive or broken"),
        (b"Just text.", "it is no ZIP archive or broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "it has a password or is of an older Word"),
        (
            repacked(word(write_report), document=b"\0" * 30_000_000),
            "unpacks to more than 100 times its size",
        ),
        (repacked(word(write_report), document=b"<broken"), "it is no Word document or broken"),
        (word(lambda document: None), "text"),
    ],
)
def test_a_file_without_text_is_named_for_what_it_is(tmp_path: Path, content: bytes, reason: str) -> None:
    assert reason in _FILES.refusal(tmp_path, content).reason


def test_entities_are_not_unfolded(tmp_path: Path) -> None:
    bomb = (
        '<!DOCTYPE d [<!ENTITY a "lol"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
        f"<w:document {W}><w:body><w:p><w:r><w:t>The bridge was closed. &f;&a;</w:t></w:r></w:p></w:body>"
        "</w:document>"
    )
    [item] = _FILES.read(tmp_path, repacked(word(write_report), document=bomb.encode()))
    assert "root:" not in str(item)
    assert "lol" not in str(item)
