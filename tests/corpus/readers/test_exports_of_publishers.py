"""What publishing systems and readers of news write out, each in its own shape and our own words."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from corpus.article import Article
from corpus.problem import Problem
from tests.corpus.readers.reading import Reading

TEXT = "The bridge was closed on Monday.\n\nIt will open again in May."
HTML = "".join(f"<p>{line}</p>" for line in TEXT.split("\n\n"))
NINE = datetime(2026, 1, 14, 9, tzinfo=UTC)
_WIRE = Reading("wire.json")
_ARC = {
    "_id": "ABC",
    "type": "story",
    "headlines": {"basic": "Bridge closed", "print": "Shut"},
    "credits": {"by": [{"type": "author", "name": "Ann Lee"}, {"type": "author", "name": "Bo Ruiz"}]},
    "content_elements": [
        {"type": "text", "content": "<p>The bridge was closed on Monday.</p>"},
        {"type": "image", "caption": "A pillar."},
        {"type": "interstitial_link", "content": "More on bridges"},
        {"type": "list", "items": [{"type": "text", "content": "It will open again in May."}]},
    ],
    "first_publish_date": "2026-01-14T09:00:00Z",
    "publish_date": "2026-01-15T09:00:00Z",
    "taxonomy": {"tags": [{"text": "harbour"}]},
}
SHAPES: list[tuple[str, Any, dict[str, object]]] = [
    ("Arc XP", _ARC, {"id": "ABC", "author": "Ann Lee, Bo Ruiz", "published": NINE}),
    ("a list of Arc XP", {"type": "results", "content_elements": [_ARC]}, {"id": "ABC", "published": NINE}),
    (
        "Contentful",
        {"entries": [{"sys": {"id": "e"}, "fields": {
            "title": {"en-US": "Bridge closed"},
            "body": {"en-US": {"nodeType": "document", "content": [
                {"nodeType": "paragraph", "content": [{"nodeType": "text", "value": line}]}
                for line in TEXT.split("\n\n")
            ]}},
            "publishDate": {"en-US": "2026-01-14T09:00Z"},
        }}]},
        {"published": NINE},
    ),
    (
        "ActivityStreams",
        {"orderedItems": [{"type": "Create", "object": {
            "id": "https://m.example/1", "name": "Bridge closed", "content": HTML,
            "published": "2026-01-14T09:00:00Z", "url": "https://m.example/@post/1",
        }}]},
        {"url": "https://m.example/@post/1", "published": NINE},
    ),
    (
        "Google Reader",
        {"items": [{
            "id": "tag:google.com,2005:reader/item/1", "published": int(NINE.timestamp()),
            "title": "Bridge closed", "canonical": [{"href": "https://a.example/x"}],
            "summary": {"direction": "ltr", "content": HTML}, "author": "Ann Lee",
            "origin": {"streamId": "feed/x", "title": "The Post"},
        }]},
        {"url": "https://a.example/x", "source": "The Post", "author": "Ann Lee", "published": NINE},
    ),
    (
        "Miniflux",
        {"entries": [{"title": "Bridge closed", "content": HTML, "feed": {"id": 1, "title": "The Post"}}]},
        {"source": "The Post"},
    ),
    (
        "Strapi",
        {"data": [{"id": 1, "attributes": {
            "title": "Bridge closed", "content": HTML, "publishedAt": "2026-01-14T09:00:00.000Z",
            "author": {"data": {"id": 1, "attributes": {"name": "Ann Lee"}}},
        }}]},
        {"author": "Ann Lee", "published": NINE},
    ),
    (
        "WordPress's interface",
        [{"id": 7, "title": {"rendered": "Bridge closed"}, "content": {"rendered": HTML},
          "date": "2026-01-14T18:00:00", "date_gmt": "2026-01-14T09:00:00", "status": "publish",
          "author": 3}],
        {"id": "7", "published": NINE, "author": None},  # as 18:00+09:00
    ),
    (
        "WordPress's interface with authors",
        [{"id": 7, "title": {"rendered": "Bridge closed"}, "content": {"rendered": HTML}, "author": 3,
          "_embedded": {"author": [{"id": 3, "name": "Ann Lee"}, {"code": "rest_user_invalid_id"}]}}],
        {"author": "Ann Lee"},
    ),
    (
        "Ghost",
        {"db": [{"data": {
            "posts": [{"id": "p", "title": "Bridge closed", "html": HTML, "status": "published"}],
            "users": [{"id": "a", "name": "Ann Lee"}, {"id": "b", "name": "Bo Ruiz"}, {"id": ["c"]}],
            "posts_authors": [
                {"post_id": "p", "author_id": "b", "sort_order": 1},
                {"post_id": "p", "author_id": "a", "sort_order": 0},
            ],
            "settings": [{"key": "url", "value": "x"}, {"key": "title", "value": "The Post"}],
        }}]},
        {"id": "p", "author": "Ann Lee, Bo Ruiz", "source": "The Post"},
    ),
    (
        "MongoDB",
        [{"_id": {"$oid": "6a"}, "title": "Bridge closed", "text": TEXT,
          "date": {"$date": {"$numberLong": "1768381200000"}}}],
        {"id": "6a", "published": NINE},
    ),
    (
        "Event Registry",
        {"articles": {"results": [{
            "url": "https://a.example/x", "lang": "eng",
            "dateTimePub": "2026-01-14T09:00:00Z", "title": "Bridge closed",
            "body": TEXT, "source": {"uri": "a.example", "title": "The Post"},
        }]}},
        {"language": "en", "source": "The Post", "published": NINE},
    ),
    (
        "trafilatura",
        {"title": "Bridge closed", "text": TEXT, "date": "2026-01-14T09:00Z",
         "source": "https://a.example/x"},
        {"url": "https://a.example/x", "source": "a.example", "published": NINE},
    ),
    (
        "AP",
        {"data": {"item": {
            "uri": "https://api.example/x", "type": "text", "pubstatus": "usable",
            "headline": "Bridge closed",
            "versioncreated": "2026-01-15T09:00:00Z", "firstcreated": "2026-01-14T09:00:00Z",
            "bylines": [{"by": "By ANN LEE"}], "body_nitf": f"<block>{HTML}</block>",
            "infosource": [{"name": "The Post"}],
        }}},
        {"author": "ANN LEE", "source": "The Post", "published": NINE},
    ),
    (
        "columns in Korean",
        [{"일자": "20260114", "언론사": "부산일보", "기고자": "이문", "제목": "Bridge closed", "본문": TEXT}],
        {"source": "부산일보", "author": "이문", "published": datetime(2026, 1, 14, tzinfo=UTC)},
    ),
]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "fields"), [pytest.param(value, fields, id=name) for name, value, fields in SHAPES]
)
def test_an_export_is_read_as_the_articles_that_it_holds(
    tmp_path: Path, value: Any, fields: dict[str, object]
) -> None:
    article = _WIRE.one(tmp_path, json.dumps(value))
    assert (article.title, article.text) == ("Bridge closed", TEXT)
    assert {name: getattr(article, name) for name in fields} == fields


def test_parts_of_a_line_that_are_marked_are_no_paragraphs(tmp_path: Path) -> None:
    text = ["Breaking: ", {"type": "bold", "text": "the bridge is closed"}, " until May."]
    article = _WIRE.one(tmp_path, json.dumps({"messages": [{"id": 2, "text": text}]}))
    assert article.text == "Breaking: the bridge is closed until May."


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (
            [{"title": "[Removed]", "content": "[Removed]"}],
            "its publisher has taken it back and left no text",
        ),
        ([{"title": "A", "body": TEXT, "status": False}], "it is not published (its status is false)"),
        ({"title": {"0": "A"}, "text": {"0": TEXT}}, "its values stand column by column: "),
        ({"columns": ["title", "text"], "data": [["A", TEXT]]}, "its values stand column by column: "),
    ],
)
def test_what_is_no_article_is_named(tmp_path: Path, value: Any, reason: str) -> None:
    assert _WIRE.refusal(tmp_path, json.dumps(value)).reason.startswith(reason)


@pytest.mark.parametrize(("said", "tag"), [("eng", "en"), ("ger", "de"), ("English", "en"), ("xyz", "xyz")])
def test_a_language_in_other_words_is_its_tag(tmp_path: Path, said: str, tag: str) -> None:
    assert _WIRE.one(tmp_path, json.dumps({"title": "A", "text": TEXT, "lang": said})).language == tag


@pytest.mark.parametrize("zero", ["1970-01-01T00:00:00Z", "1970-01-01T00:00:00.000Z", "1970-01-01 00:00:00"])
def test_the_zero_of_a_clock_is_no_date(tmp_path: Path, zero: object) -> None:
    problem, article = _WIRE.read(tmp_path, json.dumps({"title": "A", "text": TEXT, "date": zero}))
    assert isinstance(problem, Problem)
    assert "the zero of a computer's clock" in problem.reason
    assert isinstance(article, Article)
    assert article.published is None
    day = _WIRE.one(tmp_path, json.dumps({"title": "A", "text": TEXT, "date": "1970-01-01"}))
    assert day.published == datetime(1970, 1, 1, tzinfo=UTC)


_TABLE = Reading("table.csv")


def test_lines_of_an_export_may_stand_above_the_names(tmp_path: Path) -> None:
    rows = "Export of 29.11.2026\nQuery: bridge, harbour\n\nHeadline;Story;Date\nBridge;Closed on Monday.;\n"
    article = _TABLE.one(tmp_path, rows)
    assert (article.title, article.text) == ("Bridge", "Closed on Monday.")


def test_a_quotation_mark_may_have_a_backslash_as_databases_write_it(tmp_path: Path) -> None:
    article = _TABLE.one(tmp_path, 'title,text\n"Bridge","He said \\"no\\" and left, at once."\n')
    assert article.text == 'He said "no" and left, at once.'
    article = _TABLE.one(tmp_path, 'title,text\n"C:\\","The folder C:\\ was lost."\n')
    assert (article.title, article.text) == ("C:\\", "The folder C:\\ was lost.")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("\n      1 of 24 DOCUMENTS\n\n  The Post\n\nBridge closed\n", "it holds 24 documents of Nexis: "),
        ("TITLE: A\nAUTHOR: b\n-----\nBODY:\n<p>x</p>\n-----\n", "it is an export of Movable Type: "),
        ("Headline\tStory\tDate\nBridge\tClosed.\t\n", "it is a table with tabs between its columns: "),
    ],
)
def test_text_that_is_an_export_of_many_is_named(tmp_path: Path, text: str, reason: str) -> None:
    assert Reading("export.txt").refusal(tmp_path, text).reason.startswith(reason)
