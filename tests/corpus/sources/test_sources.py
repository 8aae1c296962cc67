import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.errors import UnreadableSource
from corpus.problem import Problem, SourceLocation
from corpus.sources.files import FileSource, read
from corpus.sources.sources import Sources, absolute
from corpus.sources.web_source import make_copy, read_copy
from corpus.web.fetch_cache import CachedContent, FetchCache
from corpus.web.fetcher import Fetched
from tests.fault.newsroom import QuickDisk

BODY = "The bridge was closed on Monday."
ROW = f'{{"id": "row", "text": "{BODY}"}}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deep" / "er").mkdir(parents=True)
    (tmp_path / "a.md").write_text(BODY)
    (tmp_path / "deep" / "b.TXT").write_text(BODY)
    (tmp_path / "deep" / "er" / "c d 새.jsonl").write_text(ROW)
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    return tmp_path


def ids(location: Path | str) -> list[str]:
    found = list(read(str(location), "news"))
    assert all(isinstance(item, Article) or item.report_once for item in found), found
    return [item.id for item in found if isinstance(item, Article)]


def refusal(location: Path) -> str:
    [problem] = read(str(location), "news")
    assert isinstance(problem, Problem)
    assert problem.refused
    return problem.reason


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("", ["a", "deep/b", "row"]),
        ("a.md", ["a"]),
        ("*.md", ["a"]),
        ("deep/*", ["b", "row"]),
        ("**/*.TXT", ["deep/b"]),
        ("de*", ["deep/b", "row"]),
        ("[d]eep", ["deep/b", "row"]),
    ],
)
def test_a_folder_a_file_or_a_pattern_calls_files_after_their_path_below_its_folder(
    folder: Path, pattern: str, found: list[str]
) -> None:
    (folder / "deep" / "pictures").mkdir()
    assert ids(f"{folder}/{pattern}") == found


def test_a_pattern_that_matches_a_folder_and_its_files_reads_each_once(folder: Path) -> None:
    (folder / "picture.png").unlink()
    assert sorted(ids(f"{folder}/**")) == ["a", "deep/b", "row"]


def test_a_name_that_looks_like_a_pattern_is_a_name(tmp_path: Path) -> None:
    (tmp_path / "a [1].md").write_text(BODY)
    assert ids(tmp_path / "a [1].md") == ["a [1]"]


@pytest.mark.parametrize("name", [".hidden.md", ".git/a.md"])
def test_hidden_files_are_passed_over(folder: Path, name: str) -> None:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(BODY)
    assert ids(folder) == ["a", "deep/b", "row"]


def test_a_link_in_a_folder_is_not_followed(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    (elsewhere / "secret.md").write_text("A secret word.")
    (folder / "link.md").symlink_to(elsewhere / "secret.md")
    (folder / "linked").symlink_to(elsewhere, target_is_directory=True)
    (folder / "deep" / "round").symlink_to(folder, target_is_directory=True)
    assert ids(folder) == ["a", "deep/b", "row"]
    assert ids(f"{folder}/*.md") == ["a"]
    assert ids(f"{folder}/**/*.md") == ["a"]
    assert ids(folder / "link.md") == ["link"], "one that is named is"


def test_a_pipe_is_no_file_to_read(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert refusal(tmp_path / "pipe.md") == "it is not a regular file"
    with pytest.raises(UnreadableSource, match="no file that is read"):
        ids(tmp_path)


@pytest.mark.parametrize(
    ("name", "reason"),
    [("empty.md", "empty"), ("empty.html", "no article text"), ("a.xyz", "its kind is not known")],
)
def test_an_empty_or_unknown_file_is_a_problem(tmp_path: Path, name: str, reason: str) -> None:
    (tmp_path / name).touch()
    assert reason in refusal(tmp_path / name)


def test_an_empty_file_of_lines_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").touch()
    assert ids(tmp_path) == []


@pytest.mark.parametrize(
    ("location", "reason"),
    [
        ("", "no file that is read"),
        ("nothing", "no such file or folder"),
        ("*.md", "no file matches"),
        ("n" * 5000, "can't be read"),
        ("a\0b", "no such file|can't be read"),
    ],
)
def test_a_location_with_nothing_to_read_is_refused(tmp_path: Path, location: str, reason: str) -> None:
    with pytest.raises(UnreadableSource, match=reason):
        ids(f"{tmp_path}/{location}")


def test_a_location_is_kept_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert absolute("a.md") == str(tmp_path / "a.md")
    assert absolute("~/a.md") == str(Path.home() / "a.md")


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "https://a@b.example/", "https://b.example:22/", "~nobody-of-this-name/a"],
)
def test_a_location_that_is_never_read_is_refused(location: str) -> None:
    with pytest.raises(UnreadableSource):
        absolute(location)


def test_an_address_is_kept_in_its_one_form() -> None:
    assert absolute("HTTPS://A.Example:443/x y".replace(" ", "%20") + "#z") == "https://a.example/x%20y"


def test_an_address_is_read_as_it_was_last_fetched(tmp_path: Path) -> None:
    location = "https://news.example/a"
    fetched = FetchCache(tmp_path, QuickDisk())
    source = Sources(fetched).open(location)
    with pytest.raises(UnreadableSource, match="not fetched yet"):
        list(source.read("news"))
    assert list(source.read_foreign("board")) == []
    fetched.put(make_copy(location, Fetched(location, BODY.encode(), "text/plain")))
    source = Sources(fetched).open(location)
    [(place, article)] = source.read("news")
    assert (place, article) == (SourceLocation(location), next(iter(read_copy_of(fetched, location))))
    fetched.put(replace(copy_of(fetched, location), ending="", body=b""))
    assert list(source.read("news")) == []


def copy_of(fetched: FetchCache, location: str) -> CachedContent:
    copy = fetched.get(location)
    assert copy
    return copy


def read_copy_of(fetched: FetchCache, location: str) -> list[Article | Problem]:
    return [item for _, item in read_copy(copy_of(fetched, location), "news")]


def test_foreign_articles_are_those_that_name_another_collection(tmp_path: Path) -> None:
    rows = (
        {"id": "a"},
        {"id": "b", "collection": "board"},
        {"id": "c", "collection": "news"},
        {"id": "d", "text": 1},
    )
    (tmp_path / "a.jsonl").write_text("".join(f"{json.dumps({'text': BODY} | row)}\n" for row in rows))
    (tmp_path / "b.md").write_text(f"---\ncollection: weather\n---\n{BODY}")
    (tmp_path / "c.html").write_text(f"<meta name=collection content=board><p>{BODY}")
    found = [
        (Path(place.where).name, place.line, item.id, item.collection) for place, item in foreign(tmp_path)
    ]
    assert found == [("a.jsonl", 2, "b", "board"), ("b.md", None, "b", "weather")]
    with pytest.raises(UnreadableSource, match="no such file"):
        foreign(tmp_path / "none")


def foreign(location: Path) -> list[tuple[SourceLocation, Article]]:
    found = FileSource(str(location)).read_foreign("news")
    return [(place, item) for place, item in found if isinstance(item, Article)]


def test_a_file_name_that_is_no_utf8_is_read_and_printed(tmp_path: Path) -> None:
    path = os.fsencode(tmp_path) + b"/caf\xe9.md"
    with open(path, "w") as file:  # noqa: PTH123 - the name is bytes
        file.write(BODY)
    assert ids(tmp_path) == ["caf\\udce9"]
    with open(path, "w"):  # noqa: PTH123
        pass
    [problem] = read(str(tmp_path), "news")
    assert "caf\\udce9.md: its text is empty" in str(problem).encode().decode()


def test_reading_without_pages_loads_no_parser_of_pages_and_no_network() -> None:
    heavy = ("httpcore2", "lxml", "trafilatura")
    code = f"import corpus.sources.sources, sys; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"
