import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.problem import Problem
from corpus.readers.registry import FORMATS
from corpus.readers.rows.json_values import Rows
from tests.corpus.readers.reading import Reading

read = Reading("wire.json").read
ROWS = [{"title": name, "text": f"It is {name}."} for name in ("One", "Two", "Three")]


def titles(folder: Path, content: bytes) -> list[str]:
    return [item.title for item in read(folder, content) if isinstance(item, Article)]


@pytest.mark.parametrize(
    "value",
    [
        ROWS,
        {"articles": ROWS},
        {"data": {"items": ROWS}},
        {"description": "A feed.", "items": ROWS},
        {"hits": {"hits": [{"_source": row} for row in ROWS]}},
        {"data": [{"attributes": row} for row in ROWS]},
        {row["title"]: row for row in ROWS},
        {"tags": [{"name": "a"}] * 9, "content": ROWS},
        {"2026-01-14": ROWS[:1], "2026-01-15": ROWS[1:]},
        {"sections": [{"name": "world", "articles": ROWS[:2]}, {"name": "sport", "articles": ROWS[2:]}]},
        [{"page": 1, "articles": ROWS[:1]}, {"page": 2, "articles": ROWS[1:]}],
        {"db": [{"meta": {}, "data": {"posts": ROWS, "tags": [{"name": "a"}]}}]},
        [{"article": row} for row in ROWS],
    ],
    ids=[
        "list",
        "articles",
        "inside",
        "described",
        "search",
        "attributes",
        "by name",
        "content",
        "days",
        "sections",
        "pages",
        "export",
        "wrapped",
    ],
)
def test_articles_are_found_and_taken_out_wherever_their_list_is(tmp_path: Path, value: Any) -> None:
    body = json.dumps(value).encode()
    assert titles(tmp_path, body) == ["One", "Two", "Three"]
    left = FORMATS.remove_lines("wire.json", body, [2])
    assert titles(tmp_path, left) == ["One", "Three"]
    assert b"It is Two" not in left
    assert FORMATS.remove_lines("wire.json", body, [1, 2, 3]) == b""


def test_what_stands_in_an_article_is_no_list_of_articles(tmp_path: Path) -> None:
    article = ROWS[0] | {"comments": ROWS[1:] * 5, "related": [{"title": "x", "description": "y"}]}
    assert titles(tmp_path, json.dumps(article).encode()) == ["One"]


def test_a_list_that_is_passed_over_for_the_articles_is_named(tmp_path: Path) -> None:
    value = {
        "comments": [{"author": "Ann", "text": f"Number {number}."} for number in range(9)],
        "posts": ROWS,
    }
    problem, *articles = read(tmp_path, json.dumps(value).encode())
    assert isinstance(problem, Problem)
    assert not problem.refused
    assert problem.reason == "its list 'comments' of 9 is passed over: another has the articles"
    assert [item.title for item in articles if isinstance(item, Article)] == ["One", "Two", "Three"]


def test_a_feeds_title_is_the_source_of_its_articles(tmp_path: Path) -> None:
    items = [
        {"id": "1", "url": "https://post.example/1", "title": "One", "content_html": "<p>It is one.</p>"}
    ]
    feed = {"version": "https://jsonfeed.org/version/1.1", "title": "The Harbour Post", "items": items}
    [article] = read(tmp_path, json.dumps(feed).encode())
    assert isinstance(article, Article)
    assert (article.source, article.text) == ("The Harbour Post", "It is one.")


def test_lines_under_this_name_are_taken_out_as_lines() -> None:
    body = b"".join(json.dumps(row).encode() + b"\n" for row in ROWS)
    assert FORMATS.remove_lines("wire.json", body, [2]) == body.replace(
        json.dumps(ROWS[1]).encode() + b"\n", b""
    )
    assert FORMATS.remove_lines("wire.json", b"{broken", [1]) == b""


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["text", "title", "items", "data", "x"]), inner, max_size=4)
    ),
    max_leaves=12,
)


@settings(max_examples=60)
@given(JSON)
def test_any_value_gives_articles_or_problems(
    tmp_path_factory: pytest.TempPathFactory, value: object
) -> None:
    body = json.dumps(value).encode()
    assert read(tmp_path_factory.mktemp("any", numbered=True), body)
    numbers = [number for number, _ in Rows(value)]
    assert FORMATS.remove_lines("wire.json", body, numbers) == b""


@pytest.mark.parametrize("name", ["wire.json", "wire.csv"])
@pytest.mark.parametrize("content", [b"", b" \n\n"])
def test_an_empty_file_is_called_empty(tmp_path: Path, name: str, content: bytes) -> None:
    [problem] = read(tmp_path, content, name)
    assert isinstance(problem, Problem)
    assert problem.reason == "it is empty"


def test_what_is_no_json_and_no_page_is_told_where_it_breaks(tmp_path: Path) -> None:
    [problem] = read(tmp_path, b'{"title": "Fog"')
    assert isinstance(problem, Problem)
    assert problem.reason.startswith("it is not JSON: ")
