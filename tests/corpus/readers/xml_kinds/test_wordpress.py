from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.problem import Problem
from corpus.readers.registry import FORMATS
from tests.corpus.readers.reading import Reading

_FILES = Reading("export.xml")
BODY = (
    "<!-- wp:paragraph -->\n<p>The old bridge was closed on Monday &amp; ferries run instead.</p>\n"
    "<!-- /wp:paragraph -->\n[caption id='1']A picture[/caption]<p>It opens in May.</p>"
)


def post(body: str = BODY, **fields: str) -> str:
    its = {
        "title": "Bridge &amp; ferry",
        "link": "https://post.example/2026/01/bridge/",
        "pubDate": "Wed, 14 Jan 2026 09:30:00 +0000",
        "dc:creator": "<![CDATA[ann]]>",
        "guid": "https://post.example/?p=7",
        "wp:post_id": "7",
        "wp:post_date": "2026-01-14 10:30:00",
        "wp:post_date_gmt": "2026-01-14 09:30:00",
        "wp:status": "publish",
        "wp:post_type": "post",
    } | {name.replace("__", ":"): value for name, value in fields.items()}
    inner = "".join(f"<{name}>{value}</{name}>" for name, value in its.items() if value)
    return f"<item>{inner}<content:encoded><![CDATA[{body}]]></content:encoded></item>"


def export(*posts: str) -> str:
    return (
        '<?xml version="1.0" encoding="UTF-8" ?><!-- made by WordPress -->\n<rss version="2.0" '
        'xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>'
        "<title>The Harbour Post</title><link>https://post.example</link><language>en-US</language>"
        "<wp:author><wp:author_login>ann</wp:author_login>"
        "<wp:author_display_name><![CDATA[Ann Lee]]></wp:author_display_name></wp:author>"
        f"{''.join(posts)}</channel></rss>"
    )


def test_a_published_post_gives_every_field(tmp_path: Path) -> None:
    assert _FILES.one(tmp_path, export(post())) == Article(
        id="https://post.example/2026/01/bridge/",
        title="Bridge & ferry",
        text="The old bridge was closed on Monday & ferries run instead.\n\nIt opens in May.",
        source="The Harbour Post",
        language="en",
        url="https://post.example/2026/01/bridge/",
        author="Ann Lee",
        published=datetime(2026, 1, 14, 9, 30, tzinfo=UTC),
    )


def test_what_is_no_published_post_is_left_out_and_counted(tmp_path: Path) -> None:
    others = [
        post(wp__status="draft"),
        post(wp__status="private"),
        post(wp__post_type="page"),
        post(wp__post_type="attachment"),
        post(wp__post_type="attachment"),
        post(wp__post_password="secret"),
    ]
    article, problem = _FILES.read(tmp_path, export(*others, post()))
    assert isinstance(article, Article)
    assert isinstance(problem, Problem)
    assert not problem.refused
    assert "2 attachment, 1 post of status draft, 1 post of status private, 1 page" in problem.reason
    assert "1 post behind a password" in problem.reason


def test_breaks_of_lines_are_paragraphs_where_no_p_is_written(tmp_path: Path) -> None:
    body = "The old bridge was closed.\n\nIt opens <b>in May</b>."
    assert _FILES.one(tmp_path, export(post(body))).text == "The old bridge was closed.\n\nIt opens in May."


@pytest.mark.parametrize(
    ("fields", "published"),
    [
        ({"wp__post_date_gmt": "0000-00-00 00:00:00"}, datetime(2026, 1, 14, 9, 30, tzinfo=UTC)),
        (
            {"wp__post_date_gmt": "", "pubDate": "Wed, 30 Nov -0001 00:00:00 +0000"},
            datetime(2026, 1, 14, 10, 30, tzinfo=UTC),
        ),
        ({"wp__post_date_gmt": "", "pubDate": "", "wp__post_date": ""}, None),
    ],
)
def test_a_date_that_is_none_is_passed_over(
    tmp_path: Path, fields: dict[str, str], published: datetime | None
) -> None:
    assert _FILES.one(tmp_path, export(post(**fields))).published == published


@pytest.mark.parametrize(
    ("fields", "stored"),
    [
        (
            {"wp__post_date": "2024-11-05 22:30:00", "wp__post_date_gmt": "2024-11-06 03:30:00"},
            "2024-11-05T22:30:00-05:00",
        ),
        ({"wp__post_date": "soon", "wp__post_date_gmt": "2024-11-06 03:30:00"}, "2024-11-06T03:30:00Z"),
        ({"wp__post_date": "", "wp__post_date_gmt": "2024-11-06 03:30:00"}, "2024-11-06T03:30:00Z"),
    ],
)
def test_the_day_of_a_post_is_the_one_that_its_site_shows(
    tmp_path: Path, fields: dict[str, str], stored: str
) -> None:
    assert _FILES.one(tmp_path, export(post(**fields))).to_row()["published"] == stored


def test_a_post_without_an_address_is_called_after_its_guid_or_number(tmp_path: Path) -> None:
    assert _FILES.one(tmp_path, export(post(link=""))).id == "https://post.example/?p=7"
    assert _FILES.one(tmp_path, export(post(link="", guid=""))).id == "export-7"


def test_a_post_without_words_is_a_problem_and_the_next_is_read(tmp_path: Path) -> None:
    problem, article = _FILES.read(tmp_path, export(post(""), post()))
    assert isinstance(problem, Problem)
    assert (problem.line, problem.refused) == (1, True)
    assert isinstance(article, Article)


def test_posts_are_taken_out_by_their_numbers(tmp_path: Path) -> None:
    posts = [post(link=f"https://post.example/{n}") for n in range(3)]
    left = FORMATS.remove_lines("export.xml", export(*posts).encode(), [2])
    kept = [item.url for item in _FILES.read(tmp_path, left) if isinstance(item, Article)]
    assert kept == ["https://post.example/0", "https://post.example/2"]
    assert FORMATS.remove_lines("export.xml", export(post()).encode(), [1]) == b""


def test_brackets_of_plugins_and_captions_are_no_text(tmp_path: Path) -> None:
    body = (
        "<p>The bridge was closed.</p>\n[caption id='1'][/caption][caption align='left']<img src='a'/> "
        "A pillar[/caption]\nIt opens in May.\n\n[et_pb_section a='1'][et_pb_text]Ferries run.[/et_pb_text]"
        "[/et_pb_section] [Laughs] he said."
    )
    text = _FILES.one(tmp_path, export(post(body))).text
    assert text.split("\n\n") == [
        "The bridge was closed.",
        "It opens in May.",
        "Ferries run.",
        "[Laughs] he said.",
    ]
