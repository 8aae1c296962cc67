from datetime import UTC, datetime
from pathlib import Path

import pytest

from corpus.article import Article
from corpus.problem import Problem
from corpus.readers.registry import FORMATS
from tests.corpus.readers.reading import Reading

_FILES = Reading("message.xml")
XHTML = (
    '<inlineXML contenttype="application/xhtml+xml"><html xmlns="http://www.w3.org/1999/xhtml"><head>'
    "<title>No</title></head><body><p>The bridge was closed &amp; ferries run.</p><p>It opens in May.</p>"
    "</body></html>"
    "</inlineXML>"
)
NITF = (
    '<inlineXML contenttype="application/nitf+xml"><n:nitf xmlns:n="urn:nitf"><n:body><n:body.head>'
    "<n:hedline>No</n:hedline></n:body.head><n:body.content>"
    "<n:p>The bridge was closed &amp; ferries run.</n:p>"
    "<n:block><n:p>It opens in May.</n:p></n:block></n:body.content></n:body></n:nitf></inlineXML>"
)
TEXT = "The bridge was closed & ferries run.\n\nIt opens in May."


def item(
    content: str = XHTML,
    guid: str = "urn:newsml:post.example:20260114:bridge",
    version: str = "1",
    status: str = "usable",
    meta: str = "",
    kind: str = "text",
    name: str = "newsItem",
) -> str:
    return (
        f'<{name} xmlns="http://iptc.org/std/nar/2006-10-01/" guid="{guid}" version="{version}" '
        'xml:lang="en-GB">'
        '<itemMeta><itemClass qcode="ninat:KIND"/><provider qcode="nprov:POST">'
        "<name>The Post</name></provider>"
        "<versionCreated>2026-01-14T11:00:00+01:00</versionCreated>"
        f'<firstCreated>2026-01-14T09:30:00Z</firstCreated><pubStatus qcode="stat:{status}"/>{meta}'
        "</itemMeta>"
        "<contentMeta><headline>Bridge closed</headline><by>Ann Lee</by></contentMeta>"
        f"<contentSet>{content}</contentSet></{name}>"
    ).replace("KIND", kind)


def message(*items: str) -> str:
    return f'<?xml version="1.0"?><newsMessage><header/><itemSet>{"".join(items)}</itemSet></newsMessage>'


@pytest.mark.parametrize(
    "content",
    [
        XHTML,
        NITF,
        f'<inlineData contenttype="text/plain">{TEXT.replace("&", "&amp;")}</inlineData>',
        '<inlineData contenttype="text/html">&lt;p&gt;The bridge was closed &amp;amp; ferries run.&lt;/p&gt;'
        "It opens in May.</inlineData>",
        f'<inlineData contenttype="text/plain">Short.</inlineData>{XHTML}<remoteContent href="x.jpg"/>',
    ],
)
def test_an_item_gives_every_field_whatever_its_text_is_in(tmp_path: Path, content: str) -> None:
    assert _FILES.one(tmp_path, item(content)) == Article(
        id="urn:newsml:post.example:20260114:bridge",
        title="Bridge closed",
        text=TEXT,
        source="The Post",
        language="en",
        author="Ann Lee",
        published=datetime(2026, 1, 14, 9, 30, tzinfo=UTC),
    )


def test_what_may_not_be_published_is_left_out_and_counted(tmp_path: Path) -> None:
    items = [
        item(guid="a", status="withheld"),
        item(guid="b", status="canceled"),
        item(guid="c", meta="<embargoed>2999-01-01T00:00:00Z</embargoed>"),
        item(guid="d", meta="<embargoed/>"),
        item(guid="e", kind="picture"),
        item(guid="f", name="packageItem"),
        item(guid="g", meta="<embargoed>2020-01-01T00:00:00Z</embargoed>"),
    ]
    article, problem = _FILES.read(tmp_path, message(*items))
    assert isinstance(article, Article)
    assert article.id == "g"
    assert isinstance(problem, Problem)
    assert not problem.refused
    for said in (
        "2 under embargo",
        "1 withheld by its publisher",
        "1 canceled by its publisher",
        "1 of class picture",
        "1 packageItem",
    ):
        assert said in problem.reason


def test_the_newest_version_counts_also_where_it_takes_the_item_back(tmp_path: Path) -> None:
    second = XHTML.replace("May", "June")
    article, problem = _FILES.read(tmp_path, message(item(second, version="2"), item(version="1")))
    assert isinstance(article, Article)
    assert article.text.endswith("It opens in June.")
    assert "1 older version" in str(problem)
    [problem] = _FILES.read(tmp_path, message(item(version="1"), item(version="2", status="canceled")))
    assert "1 older version, 1 canceled by its publisher" in str(problem)


def test_an_item_without_words_is_a_problem_and_the_next_is_read(tmp_path: Path) -> None:
    problem, article = _FILES.read(tmp_path, message(item("", guid="a"), item(guid="b")))
    assert isinstance(problem, Problem)
    assert (problem.line, problem.refused) == (1, True)
    assert isinstance(article, Article)


def test_names_and_addresses_are_found_where_they_stand(tmp_path: Path) -> None:
    content = item(meta='<link rel="irel:canonical" href="https://post.example/bridge"/>')
    content = content.replace("<name>The Post</name>", "").replace(
        "<by>Ann Lee</by>", "<creator><name>Bo</name></creator>"
    )
    article = _FILES.one(tmp_path, content)
    assert (article.url, article.source, article.author) == ("https://post.example/bridge", "post", "Bo")


def test_items_are_taken_out_by_their_numbers(tmp_path: Path) -> None:
    body = message(item(guid="a"), item(guid="p", name="packageItem"), item(guid="b"), item(guid="c"))
    left = FORMATS.remove_lines("message.xml", body.encode(), [2])
    assert [one.id for one in _FILES.read(tmp_path, left) if isinstance(one, Article)] == ["a", "c"]
