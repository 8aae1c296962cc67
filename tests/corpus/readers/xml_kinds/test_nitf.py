from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.problem import Problem
from corpus.readers.registry import FORMATS
from tests.corpus.readers.reading import Reading

_FILES = Reading("story.xml")
TEXT = "<p>The old bridge was closed on <em>Monday</em>.</p><block><p>It opens in May.</p></block>"


def story(body: str = TEXT, data: str = "", head: str = "", status: str = "usable") -> str:
    return (
        '<?xml version="1.0"?><!DOCTYPE nitf SYSTEM "http://www.nitf.org/IPTC/NITF/3.5/nitf-3-5.dtd">'
        '<nitf xml:lang="en-GB"><head><title>slug-bridge</title>'
        f'<docdata management-status="{status}"><doc-id id-string="post-7"/>'
        f'<date.issue norm="20260114T093000Z"/>{data}<doc.copyright holder="Post Holding"/></docdata>{head}'
        "</head><body><body.head><hedline><hl1>Bridge closed</hl1><hl2>Ferries run</hl2></hedline>"
        "<byline>By <person>Ann Lee</person><byttl>Reporter</byttl></byline>"
        "<dateline><location>Skarvik</location></dateline></body.head>"
        f"<body.content>{body}<media><media-caption>A picture.</media-caption></media></body.content>"
        "<body.end><tagline>Write to us.</tagline></body.end></body></nitf>"
    )


def test_an_article_gives_every_field_and_no_caption(tmp_path: Path) -> None:
    pubdata = '<pubdata name="The Harbour Post" ex-ref="https://post.example/bridge"/>'
    assert _FILES.one(tmp_path, story(head=pubdata)) == Article(
        id="post-7",
        title="Bridge closed",
        text="The old bridge was closed on Monday.\n\nIt opens in May.",
        source="The Harbour Post",
        language="en",
        url="https://post.example/bridge",
        author="Ann Lee",
        published=datetime(2026, 1, 14, 9, 30, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    ("before", "after", "field", "value"),
    [
        ("By <person>Ann Lee</person><byttl>Reporter</byttl>", "By Bo Li", "author", "Bo Li"),
        ("<hl1>Bridge closed</hl1><hl2>Ferries run</hl2>", "Bridge is closed", "title", "Bridge is closed"),
        ("<hedline><hl1>Bridge closed</hl1><hl2>Ferries run</hl2></hedline>", "", "title", "slug-bridge"),
        ("</body.head>", "<distributor>Coast Agency</distributor></body.head>", "source", "Coast Agency"),
        ("<date.issue norm=\"20260114T093000Z\"/>", "", "published", None),
    ],
)  # fmt: skip
def test_what_else_may_say_it(tmp_path: Path, before: str, after: str, field: str, value: object) -> None:
    assert before in story()
    assert getattr(_FILES.one(tmp_path, story().replace(before, after)), field) == value


def test_whose_copyright_it_is_stands_for_the_source(tmp_path: Path) -> None:
    assert _FILES.one(tmp_path, story()).source == "Post Holding"


@pytest.mark.parametrize(
    ("made", "reason"),
    [
        (story(status="withheld"), "its publisher says that it is withheld: left out"),
        (story(data='<date.release norm="29990101T000000Z"/>'), "it is under an embargo: left out"),
        (story(data='<date.release norm="soon"/>'), "it is under an embargo: left out"),
        (story(body=""), "its text is empty"),
    ],
)
def test_what_may_not_be_published_is_named(tmp_path: Path, made: str, reason: str) -> None:
    [problem] = _FILES.read(tmp_path, made)
    assert isinstance(problem, Problem)
    assert problem.reason == reason


def test_an_embargo_that_is_over_keeps_nothing_back(tmp_path: Path) -> None:
    assert _FILES.one(tmp_path, story(data='<date.release norm="20260114T093000Z"/>')).id == "post-7"


def test_nothing_is_left_where_it_is_taken_out() -> None:
    assert FORMATS.remove_lines("story.xml", story().encode(), [1]) == b""
