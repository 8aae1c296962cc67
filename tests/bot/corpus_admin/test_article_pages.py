import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.corpus_admin.article_pages import ArticlePages, article_page
from corpus.article import Article
from tests.elements import Elements

ALLOWED = ["html", "meta", "meta", "meta", "title", "style", "h1", "p"]


def article(text: str = "One.\n\nTwo.", title: str = "Bridge", **fields: object) -> Article:
    return Article(id="a", title=title, text=text, source="The Post", **fields)  # type: ignore[arg-type]


def test_a_page_shows_title_source_author_date_and_paragraphs() -> None:
    made = article(author="Ann Lee", published=datetime(2026, 1, 14, tzinfo=UTC), language="ko")
    page = Elements(article_page(made))
    assert article_page(made).startswith("<!doctype html>")
    assert page.tags == [*ALLOWED, "p", "p"]
    assert ("lang", "ko") in page.attributes
    assert ("charset", "utf-8") in page.attributes
    assert "default-src 'none'" in article_page(made)
    assert [text.strip() for text in page.texts["title"] + page.texts["h1"]] == ["Bridge", "Bridge"]
    assert [text.strip() for text in page.texts["p"]] == [
        "The Post · Ann Lee · 14 January 2026",
        "One.",
        "Two.",
    ]
    assert Elements(article_page(article())).texts["p"][0].strip() == "The Post · undated"


HOSTILE = st.one_of(
    st.text(max_size=80),
    st.lists(
        st.sampled_from(
            [
                *("<script>", "</p>", "</title>", "</style>", "</h1>", "<!--", "-->", "]]>", "<![CDATA["),
                *("&lt;", "&#60;", "&", "<", ">", '"', "'", "{title}", "{", "}", "%s", "\x00", "\n"),
                *("\u202e", "<img src=x onerror=a()>"),
            ]
        ),
        max_size=20,
    ).map("".join),
)


@given(HOSTILE, HOSTILE, HOSTILE)
@example("</title><script>alert(1)</script>", "</p><script>alert(1)</script>", '"><script>')
@example("", "# </h2><script>alert(1)</script>", "")
def test_no_words_of_an_article_become_markup(title: str, text: str, other: str) -> None:
    made = Article(id="a", title=title, text=text, source=other, author=other, language=other)
    page = Elements(article_page(made))
    blocks = [block.strip() for block in text.split("\n") if block.strip()]
    tags = ["h2" if re.match(r"#{1,6}\s", block) else "p" for block in blocks]
    assert page.tags == [*ALLOWED, *tags]
    allowed = {"lang", "charset", "name", "content", "http-equiv", "class"}
    assert {name for name, _ in page.attributes} == allowed


@given(st.lists(st.text("<>&\"'ab é奈", min_size=1, max_size=20), min_size=1, max_size=4))
def test_the_words_can_be_read_back(blocks: list[str]) -> None:
    kept = [block.strip() for block in blocks if block.strip()]
    page = Elements(article_page(article("\n\n".join(blocks), f"x{blocks[0]}x")))
    assert [text.strip() for text in page.texts["p"][1:]] == kept
    assert page.texts["title"] == page.texts["h1"] == [f"x{blocks[0]}x"]


@pytest.fixture
def pages(tmp_path: Path) -> ArticlePages:
    return ArticlePages(tmp_path / "pages")


def test_pages_are_written_for_articles_without_an_address_and_only_once(pages: ArticlePages) -> None:
    here, there = article(), replace(article(), id="b", url="https://www.post.example/b")
    pages.add("news", [there])
    assert not pages.folder("news").exists()
    pages.add("news", [here, there])
    assert [path.name for path in pages.folder("news").iterdir()] == [pages.path(here).name]
    assert pages.path(here).read_text("utf-8") == article_page(here)
    before = pages.path(here).stat().st_ino
    pages.add("news", [here])
    assert pages.path(here).stat().st_ino == before
    assert [pages.link_for(one) for one in (here, there)] == [pages.path(here).as_uri(), there.url]


def test_a_page_that_a_power_cut_left_short_is_written_again(pages: ArticlePages) -> None:
    pages.add("news", [article()])
    pages.path(article()).write_bytes(b"")
    pages.add("news", [article()])
    assert pages.path(article()).read_text("utf-8") == article_page(article())


def test_pages_of_what_was_corrected_or_withdrawn_are_dropped(pages: ArticlePages) -> None:
    pages.drop_others("none", [])
    first, second = article(), replace(article(), text="Corrected.")
    assert pages.path(first) != pages.path(second)
    pages.add("news", [first, second])
    pages.drop_others("news", [second.version()])
    assert list(pages.folder("news").iterdir()) == [pages.path(second)]
    assert not pages.is_missing("news", second.version())
    pages.path(second).write_bytes(b"")  # as a power cut may leave it
    assert pages.is_missing("news", second.version())
    pages.drop_others("news", [])
    assert pages.is_missing("news", second.version())
    assert list(pages.folder("news").iterdir()) == []


def test_a_heading_of_markdown_is_one_without_its_signs() -> None:
    page = Elements(article_page(article(text="## Early life\nHe was born. C# came later.\n#tag")))
    assert [text.strip() for text in page.texts["h2"]] == ["Early life"]
    assert [text.strip() for text in page.texts["p"][1:]] == ["He was born. C# came later.", "#tag"]
