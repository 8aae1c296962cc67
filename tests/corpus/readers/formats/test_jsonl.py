import gzip
import json
import os
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article
from corpus.problem import Problem
from corpus.readers.registry import FORMATS
from corpus.readers.rows.json_lines import ARTICLELESS, LINE_LIMIT
from tests.corpus.readers.reading import Reading

MB = 1024 * 1024
PACKED = "wire.jsonl.gz"
ROW = {"id": "a", "title": "Bridge", "text": "The bridge was closed on Monday."}
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


def line(**fields: object) -> bytes:
    return json.dumps(ROW | fields).encode() + b"\n"


read = Reading("wire.jsonl").read


def ids(found: list[Article | Problem]) -> list[str]:
    return [item.id for item in found if isinstance(item, Article)]


def problems(found: list[Article | Problem]) -> list[Problem]:
    return [item for item in found if isinstance(item, Problem)]


@pytest.fixture
def memory() -> Iterator[None]:
    tracemalloc.start()
    yield
    tracemalloc.stop()


def test_each_line_is_an_article(tmp_path: Path) -> None:
    found = read(tmp_path, line() + b"\n  \n" + line(id="b"))
    assert ids(found) == ["a", "b"]
    assert problems(found) == []


@pytest.mark.parametrize("name", ["wire.jsonl.gz", "WIRE.JSONL.GZ"])
def test_a_gzipped_file_is_read_alike(tmp_path: Path, name: str) -> None:
    assert ids(read(tmp_path, gzip.compress(line() + line(id="b")), name)) == ["a", "b"]


def test_a_row_without_id_is_called_after_its_title(tmp_path: Path) -> None:
    path = tmp_path / "wire.jsonl"
    first, second = ids(read(path, line(id=None) + line(id=None, text="Another text, an edit.")))
    assert first == second
    assert first.startswith("wire-")


def test_a_byte_order_mark_and_windows_line_ends_are_nothing(tmp_path: Path) -> None:
    content = b"\xef\xbb\xbf" + (line() + line(id="b")).replace(b"\n", b"\r\n")
    assert ids(read(tmp_path, content)) == ["a", "b"]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (b'{"text": "cut off\n', "not JSON"),
        (b'{"text": \n"A word."}\n', "not JSON"),
        (b"[" * 100_000 + b"\n", "nested too deep"),
        (b'{"text": ' + b"[" * 100_000 + b"\n", "nested too deep"),
        (b"[1, 2]\n", "not an object"),
        (b"null\n", "not an object"),
        (b'{"id": ' + b"9" * 5000 + b"}\n", "a number that can't be read"),
        (b'{"text": "\xed\xa0\x80 half"}\n', "not UTF-8"),
        (b'{"text": "half \\ud83d of it"}\n', "encoding"),
        (b'{"title": "no text"}\n', "no text"),
        (b'{"text": "?!"}\n', "no words"),
        ("\ufeff[]".encode("utf-16-le") + b"\n", "not UTF-8"),
    ],
)
def test_a_bad_line_is_named_and_the_others_are_read(tmp_path: Path, bad: bytes, reason: str) -> None:
    found = read(tmp_path, line() + bad + line(id="b"))
    assert ids(found) == ["a", "b"]
    [problem, *_] = problems(found)
    assert reason in problem.reason
    assert (problem.where, problem.line, problem.refused) == (str(tmp_path / "wire.jsonl"), 2, True)


def test_lines_in_another_encoding_are_read_and_said_once(tmp_path: Path) -> None:
    rows = (
        line()
        + b'{"id": "b", "text": "The caf\xe9 was closed."}\n{"id": "c", "text": "Se\xf1or Ruiz left."}\n'
    )
    found = read(tmp_path, rows)
    assert ids(found) == ["a", "b", "c"]
    assert [str(one).partition("jsonl: ")[2] for one in problems(found)] == [
        "it is not UTF-8, and was read as Windows-1252"
    ]
    assert [item.text for item in found if isinstance(item, Article)][1:] == [
        "The café was closed.",
        "Señor Ruiz left.",
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-32", "utf-8-sig"])
def test_a_file_with_a_byte_order_mark_is_read_by_it(tmp_path: Path, encoding: str) -> None:
    found = read(tmp_path, (line() + line(id="b", text="다리가 닫혔다.")).decode().encode(encoding))
    assert (ids(found), problems(found)) == (["a", "b"], [])


def test_a_list_that_is_called_lines_is_read_as_the_list_it_is(tmp_path: Path) -> None:
    found = read(tmp_path, json.dumps([ROW, ROW | {"id": "b"}, 5], indent=1).encode())
    assert ids(found) == ["a", "b"]
    assert [(one.line, one.reason) for one in problems(found)] == [
        (3, "it stands among articles and is no object with fields")
    ]
    assert "it is not JSON: Expecting" in str(read(tmp_path, b'[{"text": "A word."},')[0])


def test_what_is_left_out_is_told_and_the_article_kept(tmp_path: Path) -> None:
    fields = {"url": "javascript:alert(1)", "published": "2026-02-30", "language": float("nan")}
    *told, article = read(tmp_path, line(**fields))
    assert isinstance(article, Article)
    assert (article.url, article.published) == (None, None)
    assert [str(one).partition(":1: ")[2] for one in told] == [
        "its url 'javascript:alert(1)' is not a web address and is left out",
        "its date '2026-02-30' is not a possible date (write 2026-01-14 or 2026-01-14T09:30Z): left out",
        "its language is a number, not a text, and is left out",
    ]
    assert [(one.refused, one.line) for one in problems(told)] == [(False, 1)] * 3


def test_50_mb_on_one_line_are_passed_over_in_little_memory(tmp_path: Path, memory: None) -> None:
    path = tmp_path / "wire.jsonl"
    with path.open("wb") as file:
        file.write(line() + b'{"text": "')
        for _ in range(50):
            file.write(b"x" * MB)
        file.write(b'"}\n' + line(id="b"))
    found = [item for _, item in FORMATS.read_file(path, tmp_path, "news")]
    assert ids(found) == ["a", "b"]
    assert [(problem.line, problem.reason) for problem in problems(found)] == [
        (2, f"the line is longer than {LINE_LIMIT // MB} MB and is skipped")
    ]
    assert tracemalloc.get_traced_memory()[1] < 64 * MB


def test_a_long_last_line_without_an_end_is_one_problem(tmp_path: Path) -> None:
    found = read(tmp_path, line() + b"x" * (LINE_LIMIT + 5))
    assert ids(found) == ["a"]
    assert [problem.line for problem in problems(found)] == [2]


def test_a_large_file_is_read_as_a_stream(tmp_path: Path, memory: None) -> None:
    path = tmp_path / "wire.jsonl.gz"
    with gzip.open(path, "wb", compresslevel=1) as file:
        for number in range(250):
            # The language is given: the model that guesses it takes 113 MB for a moment, once.
            file.write(
                line(id=str(number), text=os.urandom(5000).hex() + "A long day. " * 40_000, language="en")
            )
    tracemalloc.reset_peak()
    assert sum(isinstance(item, Article) for _, item in FORMATS.read_file(path, tmp_path, "news")) == 250
    assert tracemalloc.get_traced_memory()[1] < 20 * MB


def test_a_gzip_file_cut_short_keeps_what_came_before(tmp_path: Path) -> None:
    rows = b"".join(line(id=f"{number}", text=os.urandom(2000).hex()) for number in range(100))
    found = read(tmp_path, gzip.compress(rows)[:-2000], PACKED)
    kept = ids(found)
    assert kept == [str(number) for number in range(len(kept))]
    assert 50 < len(kept) < 100
    assert f"after line {len(kept)}" in problems(found)[0].reason
    assert len(read(tmp_path, b"no gzip at all", PACKED)) == 1


@pytest.mark.parametrize(
    ("bomb", "reason"),
    [
        (gzip.compress(b"", mtime=0) * 5000, "tiny gzip members"),
        (gzip.compress(b" " * (8 * MB), mtime=0), "100 times"),
    ],
    ids=["members", "growth"],
)
def test_a_bomb_among_the_operators_own_files_is_one_problem_and_what_came_before_is_kept(
    tmp_path: Path, bomb: bytes, reason: str
) -> None:
    found = read(tmp_path, gzip.compress(line() + line(id="b")) + bomb, PACKED)
    assert ids(found) == ["a", "b"]
    [problem] = problems(found)
    assert reason in problem.reason
    assert "unpack it yourself" in problem.reason


@pytest.mark.parametrize("idle", [b"\n", b"1\n"], ids=["empty", "broken"])
def test_lines_without_an_article_are_not_read_without_end(tmp_path: Path, idle: bytes) -> None:
    found = read(tmp_path, line() + idle * (3 * ARTICLELESS) + line(id="b"))
    assert ids(found) == ["a"]
    last = problems(found)[-1]
    assert last.line == ARTICLELESS + 3
    assert "reading stopped" in last.reason


@given(JSON)
def test_any_json_on_a_line_is_an_article_or_a_problem(
    tmp_path_factory: pytest.TempPathFactory, value: object
) -> None:
    folder = tmp_path_factory.mktemp("any", numbered=True)
    assert (
        1
        <= len(read(folder, json.dumps(value).encode()))
        <= (4 * len(value) or 1 if isinstance(value, list) else 3)
    )


PAGES = [
    {"page": 1, "articles": [ROW, ROW | {"id": "b"}]},
    {"page": 2, "articles": [ROW | {"id": "c"}]},
]
"""Lines as a program writes them that asks an interface page by page."""


def lines_of(*rows: object) -> bytes:
    return b"".join(json.dumps(row).encode() + b"\n" for row in rows)


@pytest.mark.parametrize("name", ["wire.jsonl", "wire.jsonl.gz", "wire.json"])
def test_lines_that_are_pages_of_articles_are_read_whole_and_taken_out_one_by_one(
    tmp_path: Path, name: str
) -> None:
    body = b"\n" + lines_of(*PAGES)
    found = read(tmp_path, gzip.compress(body) if name.endswith(".gz") else body, name)
    assert ids(found) == ["a", "b", "c"]
    assert problems(found) == []
    left = FORMATS.remove_lines(name, body, [2])
    assert ids(read(tmp_path, left, name.removesuffix(".gz"))) == ["a", "c"]
    assert b'"b"' not in left
    assert FORMATS.remove_lines(name, body, [1, 2, 3]) == b""


def test_of_pages_a_line_that_is_broken_is_named_and_the_others_are_read(tmp_path: Path) -> None:
    found = read(tmp_path, lines_of(PAGES[0]) + b"{broken\n" + lines_of(PAGES[1]))
    assert ids(found) == ["a", "b", "c"]
    (problem,) = problems(found)
    assert (problem.line, problem.refused) == (2, True)
    assert "the line is not JSON" in problem.reason


def test_what_stands_in_the_article_of_a_line_makes_no_page_of_it(tmp_path: Path) -> None:
    """Its comments are about it, also where its own text is missing."""
    comments = {"comments": [{"text": "I was there.", "title": "Me"}]}
    assert ids(read(tmp_path, lines_of(ROW | comments))) == ["a"]
    [problem] = read(tmp_path, lines_of({"title": "Bridge", **comments}))
    assert isinstance(problem, Problem)
    assert "it has no text" in problem.reason
