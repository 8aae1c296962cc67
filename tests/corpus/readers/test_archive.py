import gzip
import io
import stat
import time
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.problem import MemberLine, Problem, SourceLocation
from corpus.readers.archive import LIMITS
from corpus.readers.registry import FORMATS
from tests.corpus.pages import FIRST, page

NOTE = f"---\ntitle: Bridge closed\n---\n{FIRST}\n"
ROWS = b'{"id": "a", "text": "The bridge was closed."}\n{"id": "b", "text": "The ferry runs."}\n'
Files = dict[str, bytes | str]


def packed(files: Files) -> bytes:
    written = io.BytesIO()
    with ZipFile(written, "w", ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


def read(folder: Path, content: bytes) -> tuple[dict[str, Article], list[Problem]]:
    """The articles by their places below the folder, and the problems."""
    path = folder / "news.zip"
    path.write_bytes(content)
    found = list(FORMATS.read_file(path, folder, "news"))
    articles = {str(place)[len(f"{folder}/") :]: item for place, item in found if isinstance(item, Article)}
    return articles, [item for _, item in found if isinstance(item, Problem)]


def test_each_file_is_read_as_what_it_is_and_named_by_its_place(tmp_path: Path) -> None:
    files: Files = {
        "week 1/bridge.md": NOTE,
        "week 1/page.html": page(),
        "rows.jsonl": ROWS,
        "more.jsonl.gz": gzip.compress(b'{"id": "c", "text": "The tram stands."}'),
    }
    articles, problems = read(tmp_path, packed(files))
    assert problems == []
    assert {place: article.id for place, article in articles.items()} == {
        "news.zip!/week 1/bridge.md": "news/week 1/bridge",
        "news.zip!/week 1/page.html": "news/week 1/page",
        "news.zip!/rows.jsonl:1": "a",
        "news.zip!/rows.jsonl:2": "b",
        "news.zip!/more.jsonl.gz:1": "c",
    }
    assert {article.source for article in articles.values()} == {"week 1", "rows", "more"}


@pytest.mark.parametrize(
    ("names", "outlets"),
    [
        (("in/one.md", "in/two.md", "__MACOSX/in/one.md"), {"news"}),
        (("in/post/one.md", "in/times/two.md"), {"post", "times"}),
        (("post/one.md", "two.md"), {"post", "news"}),
        (("in/one/index.md", "in/two/index.md"), {"news"}),
    ],
)
def test_the_outlet_is_the_archive_or_a_folder_in_it_that_is_not_all_of_it(
    tmp_path: Path, names: tuple[str, ...], outlets: set[str]
) -> None:
    articles, _ = read(tmp_path, packed(dict.fromkeys(names, NOTE)))
    assert {article.source for article in articles.values()} == outlets


def test_an_archive_in_an_archive_is_read_and_none_in_that(tmp_path: Path) -> None:
    inmost = packed({"c.md": NOTE})
    inner = packed({"b.md": NOTE, "inmost.zip": inmost})
    articles, [problem] = read(tmp_path, packed({"inner.zip": inner, "a.md": NOTE}))
    assert list(articles) == ["news.zip!/inner.zip!/b.md", "news.zip!/a.md"]
    assert str(problem).endswith(
        "news.zip!/inner.zip!/inmost.zip: it is an archive in an archive in an archive: unpack it"
    )


def linked(name: str) -> ZipInfo:
    info = ZipInfo(name)
    info.external_attr = (stat.S_IFLNK | 0o777) << 16
    return info


def with_info(info: ZipInfo, content: bytes) -> bytes:
    written = io.BytesIO()
    with ZipFile(written, "w") as archive:
        archive.writestr(info, content)
        archive.writestr("good.md", NOTE)
    return written.getvalue()


def encrypted() -> bytes:
    content = with_info(ZipInfo("secret.md"), NOTE.encode())
    at = content.index(b"PK\x01\x02")
    return content[:6] + b"\x01" + content[7 : at + 8] + b"\x01" + content[at + 9 :]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (packed({"../../etc/bridge.md": NOTE, "good.md": NOTE}), "has a name that leads out of the archive"),
        (packed({"a/../b.md": NOTE, "good.md": NOTE}), "has a name that leads out of the archive"),
        (packed({"..\\..\\bridge.md": NOTE, "good.md": NOTE}), "has a name that leads out of the archive"),
        (packed({"/etc/bridge.md": NOTE, "good.md": NOTE}), "has a name that begins at the root of a disk"),
        (packed({"C:\\bridge.md": NOTE, "good.md": NOTE}), "has a name that begins at the root of a disk"),
        (with_info(linked("bridge.md"), b"/etc/passwd"), "is a link"),
        (encrypted(), "is encrypted: pack it without a password"),
        (packed({"bomb.md": b"0" * 30_000_000, "good.md": NOTE}), "unpacks to more than 100 times its size"),
    ],
    ids=["up", "inside up", "up on Windows", "root", "disk", "link", "encrypted", "bomb"],
)
def test_a_file_that_does_harm_is_named_and_the_others_are_read(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    articles, [problem] = read(tmp_path, content)
    assert reason in problem.reason
    assert problem.where.startswith(f"{tmp_path}/news.zip!/")
    assert list(articles) == ["news.zip!/good.md"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["news.zip"]


def test_a_name_that_stands_twice_counts_once(tmp_path: Path) -> None:
    written = io.BytesIO()
    with ZipFile(written, "w") as archive:
        archive.writestr("a.md", NOTE)
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.md", NOTE)
    articles, [problem] = read(tmp_path, written.getvalue())
    assert (len(articles), problem.reason) == (1, "stands in it twice")


def test_an_archive_with_too_many_files_is_refused(tmp_path: Path) -> None:
    many: Files = {f"{number}.md": "" for number in range(LIMITS.members + 1)}
    articles, [problem] = read(tmp_path, packed(many))
    assert "holds more than the 20,000 files allowed" in problem.reason
    assert articles == {}


def test_files_that_lie_over_each_other_are_ended_by_their_sum(tmp_path: Path) -> None:
    """Thousands of entries that name the same bytes: each within the ratio, together without end."""
    one = packed({"a.bin": b"".join(number.to_bytes(3, "big") for number in range(2_000_000))})
    directory = one.index(b"PK\x01\x02")
    entry, end = one[directory : one.rindex(b"PK\x05\x06")], one[one.rindex(b"PK\x05\x06") :]
    entries = b"".join(entry.replace(b"a.bin", b"%05d" % number) for number in range(2000))
    count = (2000).to_bytes(2, "little")
    closing = end[:8] + count + count + len(entries).to_bytes(4, "little") + end[16:]
    started = time.monotonic()
    articles, problems = read(tmp_path, one[:directory] + entries + closing)
    assert articles == {}
    assert problems
    assert time.monotonic() - started < 30


@pytest.mark.parametrize("content", [b"", b"no archive", packed({"a.md": NOTE})[:-30]])
def test_a_broken_archive_is_told(tmp_path: Path, content: bytes) -> None:
    articles, [problem] = read(tmp_path, content)
    assert articles == {}
    assert "it is no ZIP archive or broken" in problem.reason


def test_what_is_not_read_is_counted_by_kind_and_what_systems_add_passed_over(tmp_path: Path) -> None:
    files: Files = {
        "a.md": NOTE,
        "1.jpg": b"1",
        "2.JPG": b"2",
        "x/Makefile": b"3",
        "__MACOSX/a.md": b"4",
        ".b.md": b"5",
    }
    articles, [problem] = read(tmp_path, packed(files))
    assert (len(articles), problem.refused) == (1, False)
    assert problem.reason == "not read in it: 2 .jpg, 1 without an ending"


def test_parts_of_a_saved_page_are_named(tmp_path: Path) -> None:
    articles, [problem] = read(tmp_path, packed({"a/Bridge.html": page(), "a/Bridge_files/ad.html": page()}))
    assert list(articles) == ["news.zip!/a/Bridge.html"]
    assert "part of the saved page Bridge.html" in problem.reason


def test_articles_are_taken_out_where_they_stand(tmp_path: Path) -> None:
    inner = packed({"b.md": NOTE, "c.md": NOTE})
    files: Files = {
        "a.md": NOTE,
        "rows.jsonl": ROWS,
        "rows.jsonl.gz": gzip.compress(ROWS.replace(b'"id"', b'"key"')),
        "inner.zip": inner,
    }
    body = packed(files)
    gone = [
        MemberLine("a.md"),
        MemberLine("rows.jsonl", 1),
        MemberLine("rows.jsonl.gz", 2),
        MemberLine("inner.zip", MemberLine("b.md")),
    ]
    articles, _ = read(tmp_path, FORMATS.remove_lines("news.zip", body, gone))
    assert {place: article.text for place, article in articles.items()} == {
        "news.zip!/rows.jsonl:1": "The ferry runs.",
        "news.zip!/rows.jsonl.gz:1": "The bridge was closed.",
        "news.zip!/inner.zip!/c.md": FIRST,
    }


def test_nothing_is_left_where_no_file_is_read_any_more() -> None:
    body = packed({"a.md": NOTE, "picture.jpg": b"1"})
    assert FORMATS.remove_lines("news.zip", body, [MemberLine("a.md")]) == b""
    assert FORMATS.remove_lines("news.zip", b"broken", [MemberLine("a.md")]) == b""


def test_a_place_in_an_archive_is_written_from_the_outside_in() -> None:
    place = SourceLocation("/n/a.zip", MemberLine("b.zip", MemberLine("c.jsonl", 3)))
    assert str(place) == "/n/a.zip!/b.zip!/c.jsonl:3"
    assert Problem.at(place, "x") == Problem("/n/a.zip!/b.zip!/c.jsonl", "x", 3)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.integers(0, 300), st.binary(max_size=8))
def test_a_damaged_archive_gives_articles_or_problems(tmp_path: Path, at: int, damage: bytes) -> None:
    body = packed({"a.md": NOTE, "rows.jsonl": ROWS})
    articles, problems = read(tmp_path, body[:at] + damage + body[at + len(damage) :])
    assert articles or problems
