import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.article import Article
from corpus.problem import Problem
from corpus.readers.formats.html import PAGE_LIMIT
from tests.corpus.pages import BODY, FIRST, SECOND, TEXT, page
from tests.corpus.readers.reading import Reading

NEWS = {
    "@type": "NewsArticle",
    "headline": "Bridge &amp; ferry",
    "datePublished": "2026-01-14T09:30:00+09:00",
    "author": [{"@type": "Person", "name": "Ann Lee"}, {"@type": "Person", "name": "Bo Kim"}],
    "publisher": {"@type": "Organization", "name": "The Post"},
    "url": "https://post.example/from-json",
    "inLanguage": "en-GB",
}


def json_ld(value: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(value)}</script>'


_PAGES = Reading("page.html")
found, one, refusal = _PAGES.read, _PAGES.one, _PAGES.refusal


# What is read out of a page


def test_a_page_with_json_ld_gives_every_field(tmp_path: Path) -> None:
    assert one(tmp_path, page(json_ld(NEWS))) == Article(
        id="https://post.example/from-json",
        title="Bridge & ferry",
        text=TEXT,
        source="The Post",
        collection="news",
        language="en",
        url="https://post.example/from-json",
        author="Ann Lee, Bo Kim",
        published=datetime(2026, 1, 14, 0, 30, tzinfo=UTC),
    )


def test_a_page_with_meta_tags_alone_gives_every_field(tmp_path: Path) -> None:
    head = """<title>Bridge closed | The Post</title>
        <meta property="og:title" content="Bridge closed"><meta property="og:site_name" content="The Post">
        <meta name="author" content="Ann Lee"><meta property="og:url" content="https://post.example/b">
        <meta property="article:published_time" content="2026-01-14T09:30:00Z">"""
    article = one(tmp_path, page(head, opening='<html lang="en-US">'))
    assert (article.title, article.source, article.author) == ("Bridge closed", "The Post", "Ann Lee")
    assert (article.url, article.language) == ("https://post.example/b", "en")
    assert article.published == datetime(2026, 1, 14, 9, 30, tzinfo=UTC)


def test_a_page_that_says_nothing_is_called_after_its_file(tmp_path: Path) -> None:
    article = one(tmp_path, page(), "다리 closed (1).html")
    assert (article.id, article.source) == ("다리 closed (1)", tmp_path.name)
    assert (article.url, article.author, article.published) == (None, None, None)
    assert article.text == TEXT


@pytest.mark.parametrize(
    "value",
    [
        [{"@type": "Organization", "name": "Else"}, NEWS],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Else"}, NEWS]},
        [[NEWS]],
        NEWS | {"@type": "ReportageNewsArticle"},
        NEWS | {"@type": ["Thing", "OpinionNewsArticle"]},
        NEWS | {"@type": "https://schema.org/NewsArticle"},
        NEWS | {"@type": "BlogPosting"},
        {"@type": "WebPage", "name": "Else", "mainEntity": NEWS},
        [{"@type": "Article", "headline": "Else"}, NEWS],
        [{}] * 100_000 + [NEWS],
        NEWS | {"headline": "Bridge\ud83d &amp; ferry"},
    ],
)
def test_the_article_is_found_wherever_it_stands_in_json_ld(tmp_path: Path, value: object) -> None:
    article = one(tmp_path, page(json_ld(value)))
    assert (article.title, article.author, article.source) == (
        "Bridge & ferry",
        "Ann Lee, Bo Kim",
        "The Post",
    )


def test_of_several_articles_the_one_with_the_pages_address_is_taken(tmp_path: Path) -> None:
    head = '<link rel="canonical" href="https://post.example/from-json">'
    other = NEWS | {"headline": "Another story", "url": "https://post.example/other"}
    assert one(tmp_path, page(head + json_ld([other, NEWS]))).title == "Bridge & ferry"


def test_names_are_found_through_references(tmp_path: Path) -> None:
    graph = [
        NEWS | {"author": {"@id": "#ann"}, "publisher": {"@id": "#post"}},
        {"@type": "Person", "@id": "#ann", "name": "Ann Lee"},
        {"@type": "Organization", "@id": "#post", "name": "The Post"},
    ]
    article = one(tmp_path, page(json_ld({"@graph": graph})))
    assert (article.author, article.source) == ("Ann Lee", "The Post")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("<!--", "-->"),
        ("//<![CDATA[\n", "\n//]]>"),
        ("/*<![CDATA[*/", ""),
        ("\n", ";"),
        ("[" * 100_000 + '</script><script type="application/ld+json">', ""),
    ],
    ids=["comment", "cdata", "cdata in a comment", "semicolon", "another without an end"],
)
def test_json_ld_is_read_in_old_wrappers_and_after_what_is_broken(
    tmp_path: Path, before: str, after: str
) -> None:
    script = f'<script type="application/ld+json">{before}{json.dumps(NEWS)}{after}</script>'
    assert one(tmp_path, page(script)).title == "Bridge & ferry"


def test_the_body_in_json_ld_is_not_the_text(tmp_path: Path) -> None:
    assert one(tmp_path, page(json_ld(NEWS | {"articleBody": "Something else. " * 50}))).text == TEXT


@pytest.mark.parametrize(
    ("canonical", "url"),
    [
        ("https://post.example/canonical", "https://post.example/canonical"),
        ("/relative", "https://post.example/from-json"),
        ("//evil.example/x", "https://post.example/from-json"),
        ("javascript:alert(1)", "https://post.example/from-json"),
        ("", "https://post.example/from-json"),
    ],
)
def test_a_canonical_web_address_comes_before_the_one_in_json_ld(
    tmp_path: Path, canonical: str, url: str
) -> None:
    head = f'<link rel="canonical" href="{canonical}">'
    assert one(tmp_path, page(head + json_ld(NEWS))).url == url


@pytest.mark.parametrize(
    ("head", "field", "reason"),
    [
        ('<link rel="canonical" href="javascript:alert(1)">', "url", "is not a web address and is left out"),
        (
            json_ld(NEWS | {"datePublished": "2026-02-30"}),
            "published",
            "its date '2026-02-30' is not a possible date",
        ),
        (json_ld(NEWS | {"datePublished": "2999-01-01"}), "published", "in the future"),
    ],
)
def test_a_field_that_can_not_be_used_is_left_out_and_told(
    tmp_path: Path, head: str, field: str, reason: str
) -> None:
    problem, article = found(tmp_path, page(head))
    assert isinstance(problem, Problem)
    assert isinstance(article, Article)
    assert reason in problem.reason
    assert (problem.refused, getattr(article, field)) == (False, None)


def test_a_long_list_of_authors_is_cut_and_told(tmp_path: Path) -> None:
    problem, article = found(tmp_path, page(json_ld(NEWS | {"author": "Ann " * 100})))
    assert isinstance(article, Article)
    assert isinstance(problem, Problem)
    assert (article.author, problem.refused) == ("Ann " * 73 + "Ann…", False)
    assert problem.reason == "its author has 399 characters and is cut to 300"


@pytest.mark.parametrize(
    "head",
    [
        json_ld({"@type": "NewsArticle", "datePublished": "2026-01-14"})
        + '<meta property="article:published_time" content="2020-01-01">',
        json_ld({"@type": "NewsArticle", "datePublished": "soon"})
        + '<meta name="date" content="2026-01-14">',
        '<meta itemprop="datePublished" content="2026-01-14">',
        '<link rel="canonical" href="https://post.example/2026/01/14/bridge">',
    ],
)
def test_the_date_comes_from_json_ld_then_meta_tags_then_the_address(tmp_path: Path, head: str) -> None:
    assert one(tmp_path, page(head)).published == datetime(2026, 1, 14, tzinfo=UTC)


def test_a_date_in_the_text_is_not_the_date_of_the_article(tmp_path: Path) -> None:
    article = one(tmp_path, page(body=BODY + "<p>The bridge was built on 4 July 1998, in three years.</p>"))
    assert article.published is None


def test_the_text_is_plain_with_an_empty_line_between_paragraphs(tmp_path: Path) -> None:
    body = f"""<h2>What  is\nknown</h2><p>{FIRST} <b>Bold</b>, <em>more</em> and <a href="/x">a link</a>.</p>
        <ul><li>one pillar</li><li>two pillars</li></ul><blockquote>Quoted # * _words_ here.</blockquote>
        <p>{SECOND}<br>After a break: 5 &lt; 6 &amp;amp; 7.</p>
        <table><tr><th>Year</th><th>Cars</th></tr><tr><td>2025</td><td>900 a day</td></tr></table>"""
    assert one(tmp_path, page("<title>Bridge closed</title>", body)).text == (
        f"What is known\n\n{FIRST} Bold, more and a link.\n\none pillar\ntwo pillars\n\n"
        f"Quoted # * _words_ here.\n\n{SECOND}\nAfter a break: 5 < 6 &amp; 7.\n\nYear\tCars\n2025\t900 a day"
    )


def test_a_heading_that_repeats_the_title_is_no_text(tmp_path: Path) -> None:
    article = one(tmp_path, page("<title>Bridge closed</title>", f"<h1>Bridge closed</h1>{BODY}"))
    assert (article.title, article.text) == ("Bridge closed", TEXT)


# Characters


@pytest.mark.parametrize(
    ("charset", "declared"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "iso-8859-1"),
        ("utf-8", "iso-8859-1"),
        ("cp1252", "iso-8859-1"),
        ("cp1252", "utf-8"),
        ("euc-kr", "euc-kr"),
        ("cp949", "ks_c_5601-1987"),
        ("shift_jis", "Shift_JIS"),
        ("iso2022_jp", "iso-2022-jp"),
        ("gb18030", "gb2312"),
        ("utf-16", "utf-16"),
    ],
)
def test_a_page_is_decoded_as_it_declares_or_better(tmp_path: Path, charset: str, declared: str) -> None:
    words = {"e": "漢字の橋", "u": "café — “été”", "c": "café — “été”", "s": "漢字の橋", "i": "漢字の橋"}
    word = "다리 폐쇄" if charset in ("euc-kr", "cp949") else words.get(charset[0], "漢字")
    content = page(f'<meta charset="{declared}">', BODY + f"<p>{word}: {SECOND[::-1]}</p>").encode(charset)
    assert f"\n\n{word}: " in one(tmp_path, content).text


def test_utf8_with_one_broken_character_stays_utf8(tmp_path: Path) -> None:
    content = page(body=BODY + f"<p>다리가 월요일에 폐쇄되었다. {SECOND}</p>").encode() + b"\xed\x95"
    assert "다리가 월요일에 폐쇄되었다." in one(tmp_path, content).text


# Pages that are no articles, or made to do harm


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"   \n",
        b"\xef\xbb\xbf",
        b"\x00" * 1000,
        b"<html>",
        b"<html><body></body></html>",
        page(body="").encode(),
        b"<html><body><p>" + b"<" * 200_000 + b"</p></body></html>",
        b"<html><body><p>" + b"a" * 3_000_000 + b"</p></body></html>",
        b"<html><body>" + b"<div>" * 100_000,
        b"\x1f\x8b" + b"\x00" * 100,
        bytes(range(256)) * 50,
    ],
)
def test_a_page_without_an_article_is_told(tmp_path: Path, content: bytes) -> None:
    assert refusal(tmp_path, content).reason == "no article text was found in the page"


@pytest.mark.parametrize(
    "value", [None, 5, "text", [], {}, {"@type": 5}, {"@graph": 5}, {"@type": "NewsArticle"}]
)
def test_odd_json_ld_is_passed_over(tmp_path: Path, value: object) -> None:
    assert one(tmp_path, page(json_ld(value))).text == TEXT


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.dictionaries(
        st.sampled_from(sorted(NEWS)),
        st.recursive(
            st.none() | st.booleans() | st.floats() | st.text(),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(st.sampled_from(["name", "@id", "@type"]), inner)
            ),
            max_leaves=6,
        ),
    )
)
def test_any_json_ld_leaves_the_text_alone(tmp_path: Path, value: dict[str, Any]) -> None:
    script = json_ld({"@type": "NewsArticle"} | value).replace(
        "</s", "<\\/s", json_ld(value).count("</s") - 1
    )
    assert isinstance(found(tmp_path, page(script))[-1], Article)


def test_entities_of_a_document_type_are_not_unfolded(tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><!DOCTYPE html [<!ENTITY a0 "lol"><!ENTITY f SYSTEM '
        f'"file:///etc/passwd">{levels}]><html xmlns="http://www.w3.org/1999/xhtml"><body><article>{BODY}'
        f"<p>&a11; &f;</p></article></body></html>"
    )
    [item] = found(tmp_path, content, "page.xhtml")
    assert isinstance(item, Article)
    assert FIRST in item.text
    assert "lol" not in item.text
    assert "root:" not in item.text


def test_a_page_that_is_too_large_is_refused(tmp_path: Path) -> None:
    assert (
        refusal(tmp_path, b"x" * (PAGE_LIMIT + 1)).reason
        == "the page has more than 5 MB: save it without its pictures"
    )
