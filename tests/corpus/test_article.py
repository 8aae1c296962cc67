from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import (
    ID_LIMIT,
    MADE_TITLE_LIMIT,
    TEXT_LIMIT,
    Article,
    check_collection_name,
    make_article,
    make_title,
)
from corpus.errors import BadArticle

WORDS = "The bridge was closed on Monday. It will open again in May."


def made(**fields: object) -> tuple[Article, list[str]]:
    return make_article(
        {"text": WORDS} | fields, collection="news", fallback_id="folder/file", fallback_source="folder"
    )


def test_a_text_alone_is_enough() -> None:
    article, left_out = made()
    assert article == Article(
        id="folder/file",
        title="The bridge was closed on Monday.",
        text=WORDS,
        source="folder",
        collection="news",
        language="und",
    )
    assert left_out == []


def test_every_field_is_kept() -> None:
    article, left_out = made(
        id=7,
        title=" Bridge \n closed ",
        source="The Post",
        author=["Ann Lee", "Bo Kim"],
        url="https://www.post.example/bridge",
        published="2026-01-14",
        language="en-GB",
        collection="local",
    )
    assert article == Article(
        id="7",
        title="Bridge closed",
        text=WORDS,
        source="The Post",
        author="Ann Lee, Bo Kim",
        url="https://www.post.example/bridge",
        published=datetime(2026, 1, 14, tzinfo=UTC),
        language="en",
        collection="local",
    )
    assert left_out == []


def test_without_an_id_and_a_source_the_address_gives_both() -> None:
    article, _ = made(url="https://www.post.example/bridge")
    assert (article.id, article.source) == ("https://www.post.example/bridge", "post.example")


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"text": None}, "no text"),
        ({"text": ""}, "empty"),
        ({"text": " \n\ufeff\t "}, "empty"),
        ({"text": "... --- !", "title": "A title"}, "no words"),
        ({"text": ["a"]}, "a list"),
        ({"text": {"a": 1}}, "an object"),
        ({"text": 5}, "a number"),
        ({"text": "a" * (TEXT_LIMIT + 1)}, "more than"),
        ({"text": "half \ud83d of it"}, "encoding"),
        ({"title": "half \ud83d"}, "encoding"),
        ({"title": "t" * 301}, "301 characters"),
        ({"title": True}, "true or false"),
        ({"id": "i" * (ID_LIMIT + 1)}, "301 characters"),
        ({"author": [1, 2]}, "a list"),
        ({"collection": "../etc"}, "can't name a collection"),
        ({"published": "soon"}, "not a possible date"),
        ({"published": 20260114}, "not a date"),
    ],
)
def test_a_bad_field_is_refused_with_a_reason(fields: dict[str, object], reason: str) -> None:
    with pytest.raises(BadArticle, match=reason):
        made(**fields)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "//evil.example/x",
        "/relative",
        "ftp://a.example/x",
        "https://user:pw@a.example/",
        "https://",
        "http://[::1",
        "http://a.example:port/",
        "https://a.example/\u202egnp",
        "https://a.example/ b",
        "https://a.example\\.evil.example/",
        'https://a.example/"><script>',
        "https://a.example/" + "x" * 10_000,
        5,
    ],
)
def test_an_address_that_is_none_is_left_out(url: object) -> None:
    article, left_out = made(url=url)
    assert article.url is None
    assert "is left out" in left_out[0]


def test_a_date_in_the_future_is_left_out_but_tomorrow_is_believed() -> None:
    future = datetime.now(UTC) + timedelta(days=3)
    article, left_out = made(published=future.isoformat())
    assert article.published is None
    assert "lies in the future and is left out" in left_out[0]
    article, left_out = made(published=datetime.now(UTC) + timedelta(days=1))
    assert (article.published is None, left_out) == (False, [])


@pytest.mark.parametrize("tag", ["en", "EN", "en-GB", "en_US"])
def test_a_language_is_its_primary_tag(tag: str) -> None:
    assert made(language=tag)[0].language == "en"


def test_a_file_name_that_is_no_utf8_still_gives_an_id_that_can_be_stored() -> None:
    article, _ = make_article(
        {"text": WORDS}, collection="news", fallback_id="a\udcff", fallback_source="b\udcff"
    )
    assert (article.id, article.source) == ("a\\udcff", "b\\udcff")


def test_a_version_changes_with_what_is_seen_and_with_nothing_else() -> None:
    article, _ = made()
    assert replace(article, id="other", collection="other").version() == article.version()
    assert replace(article, title="other").version() != article.version()


@settings(deadline=None)  # the model that guesses languages is loaded on the way
@given(
    text=st.text(max_size=300),
    title=st.none() | st.text(max_size=50),
    url=st.none() | st.text(max_size=20) | st.just("https://a.example/" + "x" * 1000),
    published=st.none() | st.datetimes(min_value=datetime(1700, 1, 1)),  # noqa: DTZ001 - hypothesis wants none
)
def test_a_row_gives_the_same_article_again(
    text: str, title: str | None, url: str | None, published: datetime | None
) -> None:
    try:
        article, _ = made(text=text, title=title, url=url, published=published)
    except BadArticle:
        return
    before, found, after = text.replace("\r\n", "\n").replace("\r", "\n").partition(article.text)
    assert found
    assert not (before + after).replace("\ufeff", "").strip()
    assert Article.from_row(article.to_row()) == article
    assert made(**article.to_row()) == (article, [])


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("PORT ELLERY (CNN) -- The U.S. navy left. It was noon.", "The U.S. navy left."),
        ("(CNN) -- U.S. ships met Mr. Bell of Rome. It rained.", "U.S. ships met Mr. Bell of Rome."),
        ("(Reuters) -", "(Reuters) -"),
        ("It was in the U.S.", "It was in the U.S."),
        ("Gen. Sir A. B. Bell\nleft.", "Gen. Sir A. B. Bell"),
        ("LONDON, England (AP) — \n\nThe lamp is lit.", "The lamp is lit."),
    ],
)
def test_a_made_title_is_a_sentence_and_no_dateline(text: str, title: str) -> None:
    assert make_title(text) == title


@settings(deadline=None)  # the machine may be busy
@given(st.text(max_size=400))
def test_a_made_title_never_is_longer_than_its_limit(text: str) -> None:
    assert make_title("word " * 40) == "word " * 18 + "word…"
    assert make_title("x" * 200) == "x" * (MADE_TITLE_LIMIT - 1) + "…"
    try:
        title = make_title(text)
    except BadArticle:
        return
    assert 0 < len(title) <= MADE_TITLE_LIMIT
    assert "\n" not in title


@pytest.mark.parametrize("name", ["News", "", "a/b", "..", "-a", "a" * 65, "새"])
def test_a_collection_name_must_be_safe_as_a_folder(name: str) -> None:
    with pytest.raises(ValueError, match="can't name a collection"):
        check_collection_name(name)
