from pathlib import Path

import pytest

from corpus.article import Article
from corpus.problem import Problem
from corpus.sources.files import FileSource
from corpus.sources.skipped_files import is_guide
from tests.corpus.feeds import opml


def test_each_kind_of_file_that_is_not_read_is_named_once(tmp_path: Path) -> None:
    for name in (
        "a.md",
        "b.xyz",
        "c.xyz",
        "d.xyz",
        "e.xyz",
        "f.doc",
        "Makefile",
        "README.md",
        "robots.txt",
        ".h.xyz",
    ):
        (tmp_path / name).write_text("A word.")
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "LICENSE").write_text("Words.")
    (tmp_path / "l.md").symlink_to(tmp_path / "a.md")
    items = [item for _, item in FileSource(str(tmp_path)).read("news")]
    assert [item.id for item in items if isinstance(item, Article)] == ["a"]
    problems = [item for item in items if isinstance(item, Problem)]
    assert {problem.where for problem in problems} == {str(tmp_path)}
    assert [problem.reason.partition(": what is read are")[0] for problem in problems] == [
        "1 file without an ending is not read (Makefile): give it the ending of what it is, such as .md, "
        ".html or .mbox",
        "README.md, deep/LICENSE, robots.txt are no news: add the file itself to have it read",
        "4 files .xyz are not read (b.xyz, c.xyz, d.xyz, …)",
        "1 file .doc is not read (f.doc): save it as .docx",
        "1 link not followed (l.md): put the files themselves there",
    ]
    assert [problem.count for problem in problems] == [1, 3, 4, 1, 1]
    assert all(problem.report_once and not problem.refused for problem in problems)


def test_a_file_that_is_a_source_of_its_own_is_not_named(tmp_path: Path) -> None:
    for name in ("a.md", "README.md", "feeds.opml", "others.opml", "broken.opml"):
        (tmp_path / name).write_text("A word.")
    one, two = "https://one.example/feed", "https://two.example/feed"
    (tmp_path / "feeds.opml").write_bytes(opml(one, two))
    (tmp_path / "others.opml").write_bytes(opml(one, "https://three.example/feed"))
    registered = frozenset({str(tmp_path), str(tmp_path / "README.md"), one, two})
    items = [item for _, item in FileSource(str(tmp_path), registered=registered).read("news")]
    [problem] = [item for item in items if isinstance(item, Problem)]
    assert problem.reason.startswith("2 files .opml are not read (broken.opml, others.opml): ")


def test_a_guide_is_read_where_it_is_named_itself(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("The bridge was closed.")
    [(_, item)] = FileSource(str(tmp_path / "README.md")).read("news")
    assert isinstance(item, Article)


@pytest.mark.parametrize(
    ("name", "guide"),
    [
        ("readme.txt", True),
        ("LICENSE", True),
        ("robots.txt", True),
        ("history.html", False),
        ("notices.md", False),
    ],
)
def test_what_speaks_of_a_folder_is_known_by_its_name(name: str, guide: bool) -> None:
    assert is_guide(name) == guide
