import io
import zipfile
from pathlib import Path

import pytest

from corpus.errors import UnreadableSource
from corpus.problem import Problem
from corpus.readers.registry import FORMATS
from corpus.readers.unread_kinds import advice_for, is_of_system
from corpus.sources.files import FileSource


def test_no_kind_that_is_read_is_advised_against() -> None:
    assert [
        ending
        for ending in FORMATS.endings
        if not ending.endswith(".gz") and advice_for(f"a{ending}", one=True)
    ] == []


@pytest.mark.parametrize(
    ("name", "one", "advice"),
    [
        ("a.ODT", True, "save it as .docx"),
        ("a.odt", False, "save them as .docx"),
        ("a.epub", True, "save its chapters as .html or .txt"),
        ("a.webloc", True, "add the address that it leads to"),
        ("a.png", True, "it holds no text that is read"),
        ("a.xyz", True, None),
    ],
)
def test_what_to_do_with_a_kind_is_said(name: str, one: bool, advice: str | None) -> None:
    assert advice_for(name, one=one) == advice


def test_a_single_file_is_named_with_what_would_take_it(tmp_path: Path) -> None:
    path = tmp_path / "minutes.rtf"
    path.write_text("{\\rtf1 Words.}")
    [(_, problem)] = FileSource(str(path)).read("news")
    assert isinstance(problem, Problem)
    assert problem.reason == "a file .rtf is not read: save it as .docx"


def test_a_folder_in_which_nothing_is_read_says_what_lies_there(tmp_path: Path) -> None:
    for name in ("a.odt", "b.xlsx", "c.msg", "d.epub", "Thumbs.db", "desktop.ini"):
        (tmp_path / name).write_bytes(b"x")
    with pytest.raises(UnreadableSource) as caught:
        list(FileSource(str(tmp_path)).read("news"))
    assert caught.value.reason == (
        "it holds no file that is read: 1 file .odt is not read (a.odt): save it as .docx; 1 file .xlsx is "
        "not read (b.xlsx): save it as .csv; 1 file .msg is not read (c.msg): save the messages as .eml, or "
        "the mailbox as .mbox; and 1 more kinds"
    )
    assert is_of_system("Icon\r")


def test_an_archive_says_what_to_do_with_what_is_not_read_in_it(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.md", "The bridge was closed on Monday.")
        archive.writestr("b.rtf", "x")
        archive.writestr("styles.css", "x")
        archive.writestr("Thumbs.db", "x")
    (tmp_path / "news.zip").write_bytes(packed.getvalue())
    *_, (_, problem) = FileSource(str(tmp_path)).read("news")
    assert isinstance(problem, Problem)
    assert problem.reason == "not read in it: 1 .rtf, 1 .css: save them as .docx"
