"""Files as people have them: each is taken with exactly these fields, or named with exactly this reason."""

import gzip
import json
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from corpus.article import Article
from corpus.problem import Problem
from corpus.readers.parsing.reading_options import ReadingOptions
from corpus.readers.registry import FORMATS

TEXT = "The bridge was closed on Monday. It will open again in May."
DAY = datetime(2026, 1, 14, tzinfo=UTC)
KST = timezone(timedelta(hours=9))
ROW = {"id": "a", "title": "Bridge closed", "text": TEXT}


def js(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def read(
    folder: Path, name: str, content: str | bytes, **said: object
) -> tuple[list[Article], list[Problem]]:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    items = [item for _, item in FORMATS.read_file(path, folder, "news", ReadingOptions.from_row(said))]
    return (
        [item for item in items if isinstance(item, Article)],
        [item for item in items if isinstance(item, Problem)],
    )


ORDERED: list[tuple[str, str, str | bytes, dict[str, object], dict[str, Any]]] = [
    (
        f"{order} in {name}",
        name,
        content,
        {"dates": order},
        {"published": datetime(2026, *day, tzinfo=UTC)},
    )
    for order, day in (("day-first", (4, 3)), ("month-first", (3, 4)))
    for name, content in (
        (
            "feed.rss",
            "<rss version='2.0'><channel><title>The Post</title><item><title>Bridge</title>"
            f"<pubDate>03/04/2026</pubDate><description>{TEXT}</description></item></channel></rss>",
        ),
        (
            "wp.xml",
            "<rss xmlns:wp='http://wordpress.org/export/1.2/' xmlns:content='c'><channel>"
            "<title>Post</title><item><title>Bridge</title><pubDate>03/04/2026</pubDate>"
            f"<content:encoded>{TEXT}</content:encoded></item></channel></rss>",
        ),
        (
            "a.nitf.xml",
            "<nitf><head><docdata><date.issue norm='03/04/2026'/></docdata></head>"
            f"<body><body.content><p>{TEXT}</p></body.content></body></nitf>",
        ),
        ("a.eml", f"From: The Post <post@a.example>\nSubject: Bridge\nDate: 03/04/2026\n\n{TEXT}\n"),
        (
            "a.mbox",
            "From post@a.example Tue Mar  3 09:00:00 2026\nFrom: The Post <post@a.example>\n"
            f"Subject: Bridge\nDate: 03/04/2026\n\n{TEXT}\n",
        ),
        ("a.txt", f"Bridge closed\n\n03/04/2026\n\n{TEXT}\n"),
    )
]
"""Formats whose dates are read in the order that was said."""
TAKEN: list[tuple[str, str, str | bytes, dict[str, object], dict[str, Any]]] = [
    # Names of fields
    (
        "headline and body",
        "a.json",
        js({"headline": "Bridge", "body": TEXT}),
        {},
        {"title": "Bridge", "text": TEXT},
    ),
    (
        "content and link",
        "a.json",
        js({"content": TEXT, "link": "https://a.example/x"}),
        {},
        {"text": TEXT, "url": "https://a.example/x", "source": "a.example"},
    ),
    (
        "schema.org",
        "a.json",
        js(
            {
                "@type": "NewsArticle",
                "headline": "Bridge",
                "articleBody": TEXT,
                "datePublished": "2026-01-14T09:30:00+09:00",
                "author": [{"@type": "Person", "name": "Ann Lee"}],
                "publisher": {"@type": "Organization", "name": "The Post"},
                "mainEntityOfPage": {"@id": "https://a.example/x"},
                "inLanguage": "en-GB",
            }
        ),
        {},
        {
            "title": "Bridge",
            "author": "Ann Lee",
            "source": "The Post",
            "url": "https://a.example/x",
            "language": "en",
            "published": datetime(2026, 1, 14, 0, 30, tzinfo=UTC),
        },
    ),
    (
        "an interface for news",
        "a.json",
        js(
            {
                "status": "ok",
                "totalResults": 1,
                "articles": [
                    {
                        "source": {"id": None, "name": "The Post"},
                        "author": None,
                        "title": "Bridge",
                        "description": "Closed.",
                        "url": "https://a.example/x",
                        "publishedAt": "2026-01-14T09:30:00Z",
                        "content": f"{TEXT}… [+2311 chars]",
                    }
                ],
            }
        ),
        {},
        {"source": "The Post", "text": f"{TEXT}…", "published": DAY.replace(hour=9, minute=30)},
    ),
    (
        "a content interface",
        "a.json",
        js(
            {
                "response": {
                    "status": "ok",
                    "results": [
                        {
                            "id": "city/bridge",
                            "webTitle": "Bridge",
                            "webUrl": "https://a.example/x",
                            "webPublicationDate": "2026-01-14T09:30:00Z",
                            "fields": {"bodyText": TEXT, "byline": "By Ann Lee"},
                        }
                    ],
                }
            }
        ),
        {},
        {"id": "city/bridge", "title": "Bridge", "url": "https://a.example/x", "author": "Ann Lee"},
    ),
    (
        "a search engine's dump",
        "a.jsonl",
        js({"_index": "news", "_id": "7", "_source": {"Title": "Bridge", "Body": TEXT}}),
        {},
        {"title": "Bridge", "id": "7"},
    ),
    (
        "a publishing system's posts",
        "a.json",
        js(
            [
                {
                    "id": 0,
                    "status": "publish",
                    "title": {"rendered": "Bridge &#8211; closed"},
                    "content": {"rendered": f"<p>{TEXT}</p>\n", "protected": False},
                    "link": "https://a.example/x",
                    "date_gmt": "2026-01-14T09:30:00",
                    "date": "2026-01-14T18:30:00",
                    "modified_gmt": "2026-01-15T09:30:00",
                }
            ]
        ),
        {},
        {"id": "0", "title": "Bridge – closed", "text": TEXT},
    ),
    (
        "objects by their ids",
        "a.json",
        js({"a1": {"title": "Bridge", "text": TEXT}}),
        {},
        {"id": "a1", "title": "Bridge"},
    ),
    (
        "a feed in JSON",
        "a.json",
        js(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "title": "The Post",
                "description": "News.",
                "items": [
                    {
                        "id": "x",
                        "url": "https://a.example/x",
                        "title": "Bridge",
                        "content_html": f"<p>{TEXT}</p>",
                        "date_published": "2026-01-14",
                    }
                ],
            }
        ),
        {},
        {"url": "https://a.example/x", "source": "The Post", "text": TEXT, "published": DAY},
    ),
    (
        "names in capitals with spaces",
        "a.csv",
        f'HEADLINE,Story,"Publication Date",Outlet\nBridge,{TEXT},2026-01-14,The Post\n',
        {},
        {"title": "Bridge", "text": TEXT, "published": DAY, "source": "The Post"},
    ),
    (
        "names that nobody knows, said",
        "a.csv",
        f"Kopf;Langtext;Tag\nBridge;{TEXT};14.01.2026\n",
        {"fields": {"title": "Kopf", "text": "Langtext", "published": "Tag"}},
        {"title": "Bridge", "published": DAY},
    ),
    (
        "a name inside an object, said",
        "a.json",
        js([{"head": {"line": "Bridge"}, "parts": {"long": TEXT}}]),
        {"fields": {"title": "head.line", "text": "parts.long"}},
        {"title": "Bridge", "text": TEXT},
    ),
    (
        "authors in every form",
        "a.json",
        js(ROW | {"byline": [{"name": "Ann Lee"}, "Bo Kim"]}),
        {},
        {"author": "Ann Lee, Bo Kim"},
    ),
    (
        "a newsroom's exchange",
        "a.json",
        js(
            {
                "uri": "urn:x",
                "versioncreated": "2026-01-14T09:30:00Z",
                "headline": "Bridge",
                "body_text": TEXT,
                "byline": "Ann Lee",
                "pubstatus": "usable",
                "language": "en",
            }
        ),
        {},
        {"id": "urn:x", "title": "Bridge", "author": "Ann Lee", "published": DAY.replace(hour=9, minute=30)},
    ),
    # HTML inside fields
    (
        "paragraphs of HTML",
        "a.json",
        js(ROW | {"text": "<p>One &amp; two.</p><script>x()</script><p>Three<br>four.</p>"}),
        {},
        {"text": "One & two.\n\nThree\nfour."},
    ),
    (
        "blocks of an editor",
        "a.json",
        js(ROW | {"text": "<!-- wp:paragraph --><p>One.</p><!-- /wp:paragraph -->"}),
        {},
        {"text": "One."},
    ),
    (
        "HTML that was escaped",
        "a.json",
        js(ROW | {"text": "&lt;p&gt;One.&lt;/p&gt;&lt;p&gt;Two.&lt;/p&gt;"}),
        {},
        {"text": "One.\n\nTwo."},
    ),
    (
        "signs that are no HTML",
        "a.json",
        js(ROW | {"text": "If a<b and c>d then x < y; see List<String>."}),
        {},
        {"text": "If a<b and c>d then x < y; see List<String>."},
    ),
    (
        "entities in a title, twice",
        "a.json",
        js(ROW | {"title": "AT&amp;amp;T&#8217;s <b>bridge</b>"}),
        {},
        {"title": "AT&T’s bridge"},
    ),
    (
        "paragraphs as a list",
        "a.json",
        js(ROW | {"text": ["One.", "<p>Two.</p>"]}),
        {},
        {"text": "One.\n\nTwo."},
    ),
    # Dates
    (
        "afternoon",
        "a.json",
        js(ROW | {"pubDate": "March 31, 2026 3:55 pm"}),
        {},
        {"published": datetime(2026, 3, 31, 15, 55, tzinfo=UTC)},
    ),
    (
        "a zone by name",
        "a.json",
        js(ROW | {"pubDate": "Wed, 14 Jan 2026 07:00:00 JST"}),
        {},
        {"published": datetime(2026, 1, 14, 7, tzinfo=KST)},
    ),
    (
        "milliseconds",
        "a.json",
        js(ROW | {"timestamp": 1768381200000}),
        {},
        {"published": DAY.replace(hour=9)},
    ),
    (
        "day first, said",
        "a.csv",
        f"text,date\n{TEXT},03/04/2026\n",
        {"dates": "day-first"},
        {"published": datetime(2026, 4, 3, tzinfo=UTC)},
    ),
    *ORDERED,
    ("another language", "a.csv", f"text,date\n{TEXT},14. Januar 2026\n", {}, {"published": DAY}),
    # Shapes and encodings
    (
        "pages of an interface as lines",
        "a.jsonl",
        js({"page": 1, "articles": [ROW]}) + b"\n" + js({"page": 2, "articles": [ROW | {"id": "b"}]}) + b"\n",
        {},
        {"id": "a", "text": TEXT},
    ),
    ("lines under the name of JSON", "a.json", js(ROW) + b"\n" + js(ROW) + b"\n", {}, {"id": "a"}),
    ("an array under the name of lines", "a.jsonl", json.dumps([ROW], indent=2).encode(), {}, {"id": "a"}),
    ("gzipped", "a.csv.gz", gzip.compress(f"text\n{TEXT}\n".encode()), {}, {"text": TEXT}),
    ("a table with tabs", "a.tsv", f"title\ttext\nBridge\t{TEXT}\n", {}, {"title": "Bridge"}),
    (
        "a table with semicolons under the name of commas",
        "a.csv",
        f"title;text\nBridge, closed;{TEXT}\n",
        {},
        {"title": "Bridge, closed"},
    ),
    ("a table that says its sign", "a.csv", f"sep=;\ntitle;text\nBridge;{TEXT}\n", {}, {"title": "Bridge"}),
    (
        "line ends in quotes",
        "a.csv",
        'title,text\nBridge,"One.\r\nTwo ""and"" three."\n',
        {},
        {"text": 'One.\nTwo "and" three.'},
    ),
    (
        "a table from a spreadsheet",
        "a.csv",
        f"title\ttext\nBrücke\t{TEXT}\n".encode("utf-16"),
        {},
        {"title": "Brücke"},
    ),
    (
        "front matter in TOML",
        "a.md",
        f"+++\ntitle = 'Bridge'\ndate = 2026-01-14\n+++\n{TEXT}\n",
        {},
        {"title": "Bridge", "published": DAY, "text": TEXT},
    ),
    (
        "an encoding that was said",
        "a.txt",
        "Most byl uzavřen v pondělí.".encode("cp1250"),
        {"encoding": "cp1250"},
        {"text": "Most byl uzavřen v pondělí."},
    ),
    (
        "source and language said",
        "a.json",
        js(ROW | {"source": "x", "lang": "de"}),
        {"source": "The Post", "language": "en"},
        {"source": "The Post", "language": "en"},
    ),
]


@pytest.mark.parametrize(
    ("name", "content", "said", "fields"), [one[1:] for one in TAKEN], ids=[one[0] for one in TAKEN]
)
def test_it_is_taken_with_these_fields_and_without_a_word(
    tmp_path: Path, name: str, content: str | bytes, said: dict[str, object], fields: dict[str, object]
) -> None:
    articles, problems = read(tmp_path, name, content, **said)
    assert problems == []
    assert articles
    assert {field: getattr(articles[0], field) for field in fields} == fields


SAID: list[tuple[str, str, str | bytes, dict[str, Any], str]] = [
    (
        "an unreadable date",
        "a.json",
        js(ROW | {"date": "last week"}),
        {"published": None},
        "its date 'last week' is not a possible date (write 2026-01-14 or 2026-01-14T09:30Z): left out",
    ),
    (
        "a day of two readings",
        "a.json",
        js(ROW | {"date": "03/04/2026"}),
        {"published": None},
        "its date '03/04/2026' can be read with the day or the month first: left out (say which of its "
        "source: --dates)",
    ),
    (
        "a zone of two meanings",
        "a.json",
        js(ROW | {"date": "14 Jan 2026 14:30 IST"}),
        {"published": datetime(2026, 1, 14, 9, tzinfo=UTC)},
        "its zone IST is read as India Standard Time (UTC+0530)",
    ),
    (
        "an address that is none",
        "a.json",
        js(ROW | {"link": "/x"}),
        {"url": None},
        "its url '/x' is not a web address and is left out",
    ),
    (
        "a long title",
        "a.json",
        js(ROW | {"title": "word " * 80}),
        {"title": "word " * 58 + "word…"},
        "its title has 399 characters and is cut to 300",
    ),
    (
        "an author without a name",
        "a.json",
        js(ROW | {"author": [{"url": "https://a.example"}]}),
        {"author": None},
        "its author is a list without a name and is left out",
    ),
    (
        "Western text",
        "a.txt",
        "Señor Ruiz left the café.".encode("latin-1"),
        {"text": "Señor Ruiz left the café."},
        "it is not UTF-8, and was read as Windows-1252",
    ),
    (
        "Cyrillic text",
        "a.csv",
        "title,text\nМост,Мост через реку был закрыт в понедельник. Его откроют в мае.\n".encode("cp1251"),
        {"title": "Мост"},
        "it is not UTF-8, and was read as Windows-1251",
    ),
    (
        "Japanese text",
        "a.json",
        js(ROW | {"text": "橋は月曜日に閉鎖された。市長は述べた。"}).decode().encode("cp932"),
        {"text": "橋は月曜日に閉鎖された。市長は述べた。"},
        "it is not UTF-8, and was read as Shift JIS",
    ),
]


@pytest.mark.parametrize(
    ("name", "content", "fields", "reason"), [one[1:] for one in SAID], ids=[one[0] for one in SAID]
)
def test_it_is_taken_and_what_was_left_out_is_said(
    tmp_path: Path, name: str, content: str | bytes, fields: dict[str, object], reason: str
) -> None:
    [article], [problem] = read(tmp_path, name, content)
    assert {field: getattr(article, field) for field in fields} == fields
    assert (problem.reason, problem.refused) == (reason, False)


REFUSED: list[tuple[str, str, str | bytes, str]] = [
    (
        "no text among the fields",
        "a.json",
        js({"headline": "Bridge", "page": 5}),
        "it is JSON without an article: at its top stand headline, page",
    ),
    (
        "no text in one of a list",
        "a.json",
        js([{"headline": "Bridge", "page": 5}]),
        "it has no text: its fields are headline, page",
    ),
    ("an empty text", "a.jsonl", js(ROW | {"text": ""}), "its text is empty"),
    ("an empty object", "a.json", b"[{}]", "it has no text: it has no field at all"),
    ("a text that is none", "a.jsonl", js(ROW | {"text": {"words": 5}}), "its text is an object, not a text"),
    (
        "a list of numbers for a text",
        "a.jsonl",
        js(ROW | {"text": [1, 2]}),
        "its text is a list that holds a number, not a text",
    ),
    ("a draft", "a.json", js([ROW | {"draft": True}]), "it is a draft"),
    (
        "a post that waits",
        "a.json",
        js([ROW | {"status": "pending"}]),
        "it is not published (its status is pending)",
    ),
    (
        "what its publisher took back",
        "a.json",
        js([{"uri": "urn:x", "versioncreated": "2026-01-14", "body_text": TEXT, "pubstatus": "canceled"}]),
        "its publisher has canceled it",
    ),
    (
        "half a file",
        "a.json",
        b'{"articles": [{"text": "A word."',
        "it is not JSON: Expecting ',' delimiter: line 1 column 33 (char 32)",
    ),
    ("a single value", "a.json", b"5", "it is JSON without an article: at its top stands a single value"),
    ("an empty list", "a.json", b"[]", "it is JSON without an article: its list is empty"),
    ("nesting", "a.json", b"[" * 100_000, "its objects are nested too deep"),
    (
        "a number too long",
        "a.json",
        b'{"id": ' + b"9" * 5000 + b"}",
        "it holds a number that can't be read: Exceeds the limit (4300 digits) for integer string conversio",
    ),
    (
        "a table without a text",
        "a.csv",
        "name,price\nBridge,5\n",
        "none of its columns is the text (--fields text=NAME says which is): they are name, price",
    ),
    ("an empty table", "a.csv", "\n\n", "it is empty"),
    (
        "a row that is shifted",
        "a.csv",
        "title,text\nBridge,One, two.\n",
        "the row has 3 values and the table 2 columns: put texts with the sign between values into quotes",
    ),
    (
        "a quote that is never closed",
        "a.csv",
        'title,text\nBridge,"One.\n',
        "the row can't be read: unexpected end of data",
    ),
    (
        "bytes in no encoding",
        "a.csv",
        b"text\nHalf \xed\xa0\x80 of it.\n",
        "the file is not UTF-8 (byte 10) in line 2, and its encoding can't be told: save it as UTF-8, or say "
        "which it is with --encoding",
    ),
    (
        "the export of a wiki",
        "a.xml",
        "<mediawiki xmlns='http://www.mediawiki.org/xml/export-0.11/'><page/></mediawiki>",
        "it is the export of a wiki, whose markup is not read: add the wiki's feed, or its pages by their "
        "addresses",
    ),
    (
        "an older NewsML",
        "a.xml",
        "<NewsML><NewsItem/></NewsML>",
        "it is NewsML 1, which is not read: ask for NewsML-G2, NITF or a feed",
    ),
    ("broken gzip", "a.json.gz", b"no gzip", "the gzip file is broken (its gzip is broken): pack it again"),
    (
        "a bomb",
        "a.csv.gz",
        gzip.compress(b" " * 8_000_000),
        "it unpacks to more than 100 times its size: split it, or write it as JSON Lines (.jsonl)",
    ),
]


@pytest.mark.parametrize(
    ("name", "content", "reason"), [one[1:] for one in REFUSED], ids=[one[0] for one in REFUSED]
)
def test_it_is_named_with_this_reason(tmp_path: Path, name: str, content: str | bytes, reason: str) -> None:
    articles, problems = read(tmp_path, name, content)
    assert articles == []
    assert [problem.reason for problem in problems] == [reason]
    assert problems[0].refused


def test_at_least_sixty_kinds_are_tried() -> None:
    assert len(TAKEN) + len(SAID) + len(REFUSED) >= 60
