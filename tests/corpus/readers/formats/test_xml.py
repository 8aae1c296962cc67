import gzip
from pathlib import Path

from corpus.article import Article
from corpus.readers.formats.xml import remove_items
from tests.corpus.readers.reading import Reading

_FILES = Reading("export.xml")


def test_xml_of_no_kind_is_named_with_the_kinds_that_there_are(tmp_path: Path) -> None:
    problem = _FILES.refusal(tmp_path, "<recipe><title>Soup</title></recipe>")
    assert "its outermost element <recipe> is of no kind of XML that is read" in problem.reason
    assert "WordPress export" in problem.reason


def test_broken_xml_is_told(tmp_path: Path) -> None:
    assert "its XML is broken at line 1" in _FILES.refusal(tmp_path, "<rss").reason


def test_packed_xml_is_read_and_a_broken_pack_told(tmp_path: Path) -> None:
    packed = gzip.compress(b"<recipe/>")
    assert "<recipe>" in str(_FILES.read(tmp_path, packed, "export.xml.gz")[0])
    problem = str(_FILES.read(tmp_path, packed[:-9], "export.xml.gz")[0])
    assert "cut short" in problem
    assert "pack it again" in problem


def test_a_bomb_is_refused_in_one_line(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE rss [<!ENTITY a0 "lol">{levels}]><rss><item>&a11;</item></rss>'
    assert "declares an entity" in _FILES.refusal(tmp_path, bomb).reason


def test_nothing_is_left_of_what_can_not_be_read() -> None:
    assert remove_items(b"<recipe/>", [1]) == b""
    assert remove_items(b"<rss", [1]) == b""


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    [item] = _FILES.read(tmp_path, b"\xff\xfe", "a.xml")
    assert not isinstance(item, Article)
