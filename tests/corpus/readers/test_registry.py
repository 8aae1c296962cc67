from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.article import Article, make_article
from corpus.problem import Problem, SourceLocation
from corpus.readers.parsing.format import Document, Format
from corpus.readers.registry import FORMATS, Registry, discovered


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("a.md", ".md"),
        ("A.JSONL.GZ", ".jsonl.gz"),
        ("a.b.html", ".html"),
        ("a.gz", None),
        ("a.odt", None),
        ("html", None),
        ("", None),
    ],
)
def test_an_ending_is_known_or_not(name: str, ending: str | None) -> None:
    assert FORMATS.ending_of(name) == ending


@pytest.mark.parametrize(
    ("media_type", "path", "ending"),
    [
        ("text/html", "/a.md", ".html"),
        ("application/xhtml+xml", "/", ".html"),
        ("text/markdown", "/a", ".md"),
        ("text/plain", "/a.jsonl", ".jsonl"),
        ("text/plain", "/a.md", ".md"),
        ("text/plain", "/a", ".txt"),
        ("application/x-ndjson", "/a", ".jsonl"),
        ("application/gzip", "/a.jsonl.gz", ".jsonl.gz"),
        ("application/octet-stream", "/a.ndjson.gz", ".ndjson.gz"),
        ("application/json", "/a.jsonl", ".jsonl"),
        ("", "/a.html", ".html"),
        ("", "/a", None),
        ("application/json", "/a", ".json"),
        ("application/json", "/a.csv", ".csv"),
        ("text/csv", "/a", ".csv"),
        ("application/gzip", "/a.gz", None),
        ("application/octet-stream", "/a.odt", None),
        ("application/pdf", "/a.html", ".pdf"),
        ("application/rss+xml", "/feed.html", ".rss"),
        ("image/png", "/a.md", None),
    ],
)
def test_the_media_type_counts_and_where_it_says_little_the_path(
    media_type: str, path: str, ending: str | None
) -> None:
    assert FORMATS.ending_for(media_type, path) == ending


def read_letter(document: Document, collection: str) -> Iterator[tuple[None, Article | Problem]]:
    """The simplest format there can be: the first line is the title, the rest the text."""
    title, _, text = document.path.read_text().partition("\n")
    fields = {"title": title, "text": text}
    article, _ = make_article(
        fields, collection=collection, fallback_id=document.name, fallback_source=document.source
    )
    yield None, article


LETTER = Format(endings=(".letter",), media_types=("text/x-letter",), read=read_letter)


def test_a_format_is_read_by_its_ending_and_its_media_type(tmp_path: Path) -> None:
    (tmp_path / "to").mkdir()
    path = tmp_path / "to" / "bridge.Letter"
    path.write_text("Bridge\nThe bridge was closed on Monday.")
    registry = Registry([*discovered(), LETTER])
    [(place, article)] = registry.read_file(path, tmp_path, "board")
    assert registry.ending_for("text/x-letter", "/a.md") == ".letter"
    assert registry.format_of(path.name) is LETTER
    assert isinstance(article, Article)
    assert (article.id, article.title, article.source) == ("to/bridge", "Bridge", "to")
    assert (article.collection, place) == ("board", SourceLocation(str(path)))
    [(_, problem)] = FORMATS.read_file(path, tmp_path, "board")
    assert str(problem) == f"{path}: {FORMATS.unknown(path.name)}"


@pytest.mark.parametrize(
    ("name", "outlet"),
    [
        ("bridge.md", "added"),
        ("post/bridge.md", "post"),
        ("post/2026/01/bridge.md", "post"),
        ("post/world/bridge.md", "post"),
        ("2026/2026-01-14/bridge.md", "added"),
        ("bridge/index.md", "added"),
        ("post/bridge/index.md", "post"),
        ("index.md", "added"),
    ],
)
def test_the_outlet_is_the_folder_that_was_added_or_the_first_in_it_that_may_name_one(
    tmp_path: Path, name: str, outlet: str
) -> None:
    path = tmp_path / "added" / name
    path.parent.mkdir(parents=True)
    path.write_text("The bridge was closed on Monday.")
    [(_, article)] = FORMATS.read_file(path, tmp_path / "added", "news")
    assert isinstance(article, Article)
    assert article.source == outlet


@pytest.mark.parametrize(
    "claim",
    [{"endings": (".md",)}, {"media_types": ("text/html",)}, {"vague_media_types": {"text/html": ".x"}}],
)
def test_an_ending_or_a_media_type_belongs_to_one_format(claim: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="two formats"):
        Registry([*discovered(), replace(LETTER, **claim)])


def test_every_module_of_formats_is_one() -> None:
    lists = {
        *(".csv", ".csv.gz", ".tsv", ".tsv.gz"),
        *(".json", ".json.gz"),
        *(".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz"),
        *(".mbox", ".mbx"),
        *(".rss", ".atom", ".rdf"),
        *(".xml", ".xml.gz"),
    }
    single = {
        *(".eml", ".pdf", ".docx"),
        *(".html", ".htm", ".xhtml", ".shtml"),
        *(".mhtml", ".mht"),
        *(".md", ".markdown", ".txt"),
    }
    archives = {".zip"}
    assert set(FORMATS.endings[: len(lists)]) == lists
    assert set(FORMATS.endings[len(lists) :]) == single | archives


@pytest.mark.parametrize("ending", FORMATS.endings)
def test_a_missing_file_is_a_problem_also_where_it_goes_while_it_is_read(tmp_path: Path, ending: str) -> None:
    path = tmp_path / f"nothing{ending}"
    [(_, problem)] = FORMATS.read_file(path, tmp_path, "news")
    assert "it can't be read: No such file" in str(problem)
    its = FORMATS.format_of(ending)
    assert its
    [(_, problem)] = its.read(Document(path, str(path), "nothing", "news"), "news")
    assert "No such file" in str(problem)


@pytest.mark.parametrize(
    ("name", "lines", "left"),
    [
        ("a.jsonl", [2], b"1\n3\n"),
        ("a.ndjson.gz", [1, 2, 3], b""),
        (".jsonl", [], b"1\n2\n3\n"),
        ("a.md", [None], b""),
        ("a.html", [None], b""),
        ("a.pdf", [1], b""),
    ],
)
def test_articles_are_taken_out_of_a_list_and_nothing_is_left_of_one(
    name: str, lines: list[int | None], left: bytes
) -> None:
    assert FORMATS.remove_lines(name, b"1\n2\n3\n", lines) == left
