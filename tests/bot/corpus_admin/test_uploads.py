import errno
import gzip
import zlib
from pathlib import Path

import pytest

from bot.corpus_admin.home import Home
from bot.corpus_admin.uploads import UNPACKED_LIMIT, UPLOAD_LIMIT, is_upload, keep_upload, safe_name
from corpus.article import Article
from corpus.errors import HomeUnusable, ReloadBusy, UnreadableSource
from corpus.problem import Problem
from corpus.sources.files import read
from corpus.storage.store_records import Source
from tests.fault.disks import FailingDisk, full_from_then_on
from tests.fault.newsroom import QuickDisk

STORY = b"The bridge was closed on Monday."


def files(home: Home) -> list[str]:
    return sorted(
        str(path.relative_to(home.root)) for path in home.root.rglob("uploads/**/*") if path.is_file()
    )


@pytest.mark.parametrize(
    ("filename", "name"),
    [
        ("Report 2026.md", "Report 2026.md"),
        ("회의록.JSONL", "회의록.jsonl"),
        ("e\u0301te\u0301.txt", "été.txt"),
        ("a.b-c_d (1)+.jsonl.gz", "a.b-c_d (1)+.jsonl.gz"),
        ("../../x.md", "x.md"),
        ("/etc/cron.d/x.md", "x.md"),
        ("C:\\x\\y.md", "y.md"),
        ("My Feeds.OPML", "My Feeds.opml"),
        ("..\\..\\x.md", "x.md"),
        (".hidden.md", "hidden.md"),
        ("..md", "upload.md"),
        (".md", "upload.md"),
        ("   .md", "upload.md"),
        ("con.txt", "_con.txt"),
        ("LPT1.tar.md", "_LPT1.tar.md"),
        ("a\0b\nc\x1b[31m.md", "a_b_c__31m.md"),
        ("a*?[b]:<c>|d.md", "a___b___c__d.md"),
        ("\u202egnp.md", "_gnp.md"),
        ("x" * 300 + ".html", "x" * 60 + ".html"),
    ],
)
def test_a_name_is_made_safe(filename: str, name: str) -> None:
    assert safe_name(filename) == name
    assert safe_name(name) == name


def test_every_safe_name_fits_a_file_system(home: Home) -> None:
    source = keep_upload(home, "news", "\U00020000" * 300 + ".jsonl.gz", gzip.compress(STORY, mtime=0))
    assert len(Path(source.location).name.encode()) + len(b"..part") <= 255


@pytest.mark.parametrize("filename", ["a.xyz", "a.md.exe", "a", "", "md", "a.md/", "../.."])
def test_a_kind_that_is_not_read_is_refused_with_those_that_are(home: Home, filename: str) -> None:
    with pytest.raises(UnreadableSource, match=r"the kinds are .*\.jsonl, .*\.md") as caught:
        keep_upload(home, "news", filename, STORY)
    assert "\n" not in str(caught.value)
    assert not home.root.exists()


def test_a_kind_that_people_have_is_refused_with_what_would_be_read(home: Home) -> None:
    with pytest.raises(UnreadableSource, match=r"a file \.gz is not read: unpack it, or pack it as \.zip"):
        keep_upload(home, "news", "a.gz", STORY)


def test_an_upload_is_a_source_that_can_be_read(home: Home) -> None:
    source = keep_upload(home, "board", "../minutes.md", STORY)
    assert source == Source("board", str(home.root / "uploads" / "board" / "minutes.md"))
    [article] = read(source.location, source.collection)
    assert isinstance(article, Article)
    assert (article.id, article.text, article.collection) == ("minutes", STORY.decode(), "board")
    assert is_upload(home, source)
    assert files(home) == ["uploads/board/minutes.md"]


def test_one_of_the_same_name_replaces_it_in_its_own_collection_alone(home: Home) -> None:
    keep_upload(home, "board", "minutes.md", STORY)
    other = keep_upload(home, "news", "minutes.md", STORY)
    again = keep_upload(home, "board", "minutes.md", b"It is open.")
    assert Path(again.location).read_bytes() == b"It is open."
    assert Path(other.location).read_bytes() == STORY


def test_whoever_replaces_a_file_is_told(home: Home) -> None:
    remarks: list[Problem] = []
    for data in (STORY, STORY, b"It is open."):
        keep_upload(home, "board", "minutes.md", data, remark=remarks.append)
    reason = "it replaces the file of this name that was added before"
    assert remarks == [Problem("minutes.md", reason, refused=False)]


def test_pasted_texts_have_one_name_in_a_chat_and_are_all_kept(home: Home) -> None:
    remarks: list[Problem] = []
    texts = [STORY, b"It is open.", b"It rains.", b"It is open."]
    kept = [keep_upload(home, "board", "message.txt", one, remark=remarks.append) for one in texts]
    names = [Path(one.location).name for one in kept]
    assert names == ["message.txt", "message_002.txt", "message_003.txt", "message_002.txt"]
    assert [Path(one.location).read_bytes() for one in kept] == texts
    assert sorted(names[:3]) == names[:3]
    assert [one.reason for one in remarks] == [
        "another pasted text has this name, so this one is stored as message_002.txt",
        "another pasted text has this name, so this one is stored as message_003.txt",
        "this text was added already, as message_002.txt",
    ]


@pytest.mark.parametrize(
    "location", ["/a/minutes.md", "https://a.example/minutes.md", "sample", "{home}/uploads/news/minutes.md"]
)
def test_what_was_not_handed_over_for_the_collection_is_no_upload_of_it(home: Home, location: str) -> None:
    assert not is_upload(home, Source("board", location.format(home=home.root)))


def test_a_large_upload_is_refused(home: Home) -> None:
    keep_upload(home, "news", "a.txt", b"x" * UPLOAD_LIMIT)
    with pytest.raises(UnreadableSource, match="more than the 10,485,760 allowed"):
        keep_upload(home, "news", "b.txt", b"x" * (UPLOAD_LIMIT + 1))
    assert files(home) == ["uploads/news/a.txt"]


def bomb() -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    pieces = [packer.compress(bytes(1024 * 1024)) for _ in range(UNPACKED_LIMIT >> 20)]
    return b"".join([*pieces, packer.flush()])


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (STORY, "broken"),
        (gzip.compress(STORY, mtime=0)[:-5], "cut short"),
        (b"", "cut short"),
        (bomb(), "100 times its size"),
    ],
    ids=["not packed", "cut", "empty", "gigabytes"],
)
def test_a_packed_upload_that_can_t_be_unpacked_is_refused(home: Home, data: bytes, reason: str) -> None:
    assert len(data) < UPLOAD_LIMIT / 100
    with pytest.raises(UnreadableSource, match=reason):
        keep_upload(home, "news", "a.jsonl.gz", data)


def test_nothing_is_replaced_while_a_reload_may_read_it(home: Home) -> None:
    keep_upload(home, "news", "a.md", STORY)
    with Home(home.root).locked(), pytest.raises(ReloadBusy):
        keep_upload(home, "news", "a.md", b"It is open.")
    assert (home.uploads("news") / "a.md").read_bytes() == STORY


def test_a_disk_without_space_is_said_in_one_line_and_leaves_the_old_file(tmp_path: Path) -> None:
    keep_upload(Home(tmp_path, QuickDisk()), "news", "a.md", STORY)
    full = FailingDisk(errno.ENOSPC, full_from_then_on(0))
    with pytest.raises(HomeUnusable, match="No space left") as caught:
        keep_upload(Home(tmp_path, full), "news", "a.md", b"It is open.")
    assert "\n" not in str(caught.value)
    assert (tmp_path / "uploads" / "news" / "a.md").read_bytes() == STORY
