from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
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

ZONES = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
WORDS = "The bridge was closed on Monday. It will open again in May."


def made(**fields: object) -> tuple[Article, list[str]]:
    return make_article(
        {"text": WORDS} | fields, collection="news", fallback_id="folder/file", fallback_source="folder"
    )


def test_a_text_alone_is_enough() -> None:
    article, remarks = made()
    assert article == Article(
        id="folder/file",
        title="The bridge was closed on Monday.",
        text=WORDS,
        source="folder",
        collection="news",
        language="und",
    )
    assert remarks == []


def test_every_field_is_kept() -> None:
    article, remarks = made(
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
    assert remarks == []


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
        ({"collection": "../etc"}, "can't name a collection"),
        ({"collection": True}, "can't name a collection"),
    ],
)
def test_without_words_or_for_a_collection_that_is_none_it_is_refused(
    fields: dict[str, object], reason: str
) -> None:
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
    article, remarks = made(url=url)
    assert article.url is None
    assert "is left out" in remarks[0]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"title": "half \ud83d"}, "the encoding of its title is broken: left out"),
        ({"title": True}, "its title is true or false, not a text, and is left out"),
        ({"source": {"a": 1}}, "its source is an object, not a text, and is left out"),
        ({"source": 1.5}, "its source is a number, not a text, and is left out"),
        ({"id": "i" * (ID_LIMIT + 1)}, "its id has 301 characters, more than the 300 allowed: left out"),
        ({"id": 10**5000}, "the encoding of its id is broken: left out"),
        ({"language": "l" * 36}, "its language has 36 characters, more than the 35 allowed: left out"),
        ({"author": [1, 2]}, "its author is a list without a name and is left out"),
        ({"author": {"url": "x"}}, "its author is an object without a name and is left out"),
        ({"author": 5}, "its author is a number without a name and is left out"),
        ({"published": "soon"}, "its date 'soon' is not a possible date "),
        ({"published": [2026]}, "its date [2026] is not a date: left out"),
        ({"published": "03/04/2026"}, "its date '03/04/2026' can be read with the day or the month first: "),
        ({"url": 10**5000}, "its url 'a number' is not a web address and is left out"),
    ],
)
def test_a_bad_field_is_left_out_alone_and_said(fields: dict[str, object], reason: str) -> None:
    article, [said] = made(**fields)
    assert said.startswith(reason)
    assert article == made()[0]


@pytest.mark.parametrize("name", ["title", "source", "author"])
def test_a_name_over_the_limit_is_cut_at_a_word(name: str) -> None:
    article, remarks = made(**{name: "word " * 80})
    assert getattr(article, name) == "word " * 58 + "word…"
    assert remarks == [f"its {name} has 399 characters and is cut to 300"]
    assert getattr(made(**{name: "x" * 400})[0], name) == "x" * 299 + "…"


@pytest.mark.parametrize(
    "author",
    [
        "Ann Lee, Bo Kim",
        ["Ann Lee", "Bo Kim", " Ann  Lee "],
        [{"name": "Ann Lee"}, "Bo Kim", 7, None, {"url": "https://a.example"}],
        {"name": ["Ann Lee", "Bo Kim"]},
        [{"givenName": "Ann", "familyName": "Lee"}, {"first_name": "Bo", "last_name": "Kim"}],
        [["Ann Lee", {"display_name": "Bo Kim"}]],
    ],
)
def test_authors_are_named_however_they_are_given(author: object) -> None:
    article, remarks = made(author=author)
    assert (article.author, remarks) == ("Ann Lee, Bo Kim", [])


def test_a_date_is_read_in_the_order_of_its_source_and_a_doubtful_zone_is_said() -> None:
    article, remarks = make_article(
        {"text": WORDS, "published": "03/04/2026"},
        collection="news", fallback_id="a", fallback_source="b", day_first=True,
    )  # fmt: skip
    assert (article.published, remarks) == (datetime(2026, 4, 3, tzinfo=UTC), [])
    article, remarks = made(published="14 Jan 2026 09:00 BST")
    assert article.published == datetime(2026, 1, 14, 8, tzinfo=UTC)
    assert remarks == ["its zone BST is read as British Summer Time (UTC+0100)"]


def test_when_it_was_changed_is_beside_the_article_and_no_part_of_it() -> None:
    article, remarks = made(modified="2026-01-15")
    assert (article.modified, remarks) == (datetime(2026, 1, 15, tzinfo=UTC), [])
    plain, _ = made(modified="soon")
    assert plain.modified is None
    assert (article, article.version(), article.to_row()) == (plain, plain.version(), plain.to_row())


def test_a_date_in_the_future_is_left_out_but_tomorrow_is_believed() -> None:
    future = datetime.now(UTC) + timedelta(days=3)
    article, remarks = made(published=future.isoformat())
    assert article.published is None
    assert "lies in the future and is left out" in remarks[0]
    article, remarks = made(published=datetime.now(UTC) + timedelta(days=1))
    assert (article.published is None, remarks) == (False, [])


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


def test_the_same_moment_with_another_offset_is_the_same_version_unless_its_day_is_another() -> None:
    evening, _ = made(published="2024-11-05T22:30-05:00")
    assert evening.published
    in_utc = replace(evening, published=evening.published.astimezone(UTC))
    in_chicago = replace(evening, published=evening.published.astimezone(timezone(timedelta(hours=-6))))
    assert evening == in_utc == in_chicago
    assert in_chicago.version() == evening.version() != in_utc.version()
    noon, _ = made(published="2024-11-05T12:30-05:00")
    assert made(published="2024-11-05T17:30Z")[0].version() == noon.version()
    assert made(published="2024-11-05T12:31-05:00")[0].version() != noon.version()


def test_the_version_of_an_article_of_an_earlier_release_is_still_its_version() -> None:
    article = Article("a", "Bridge", WORDS, "The Post", published=datetime(2024, 11, 5, 17, 30, tzinfo=UTC))
    assert article.version() == "9abfe3eed349d093e4844adc6f2ebe70720d83168948ea5dd1d96bce5cb8aa96"


@given(
    text=st.text(max_size=300),
    title=st.none() | st.text(max_size=50),
    url=st.none() | st.text(max_size=20) | st.just("https://a.example/" + "x" * 1000),
    published=st.none()
    | st.datetimes(min_value=datetime(1700, 1, 1))  # noqa: DTZ001 - hypothesis wants none
    | st.datetimes(min_value=datetime(1700, 1, 1), timezones=ZONES),  # noqa: DTZ001 - it adds one
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
    if article.published and published:
        assert article.published.date() == published.date()
        again = Article.from_row(article.to_row())
        assert again.published
        assert again.published.utcoffset() == article.published.utcoffset()
        assert again.version() == article.version()


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
