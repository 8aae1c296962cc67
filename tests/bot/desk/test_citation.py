from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.answers.answer import Citation
from bot.corpus_admin.article_pages import ArticlePages
from bot.desk.citation import EDGE_LIMIT, EDGE_WORDS, LINK_LIMIT, cite, link_to
from corpus.article import Article

URL = "https://www.post.example/a"
LONG = "The bridge that was closed on Monday will open again in May, as the mayor of the town said."


def directive(link: str, url: str = URL) -> list[str]:
    """The parts of a link's text directive, decoded."""
    assert link.startswith(f"{url}#:~:text=")
    return [unquote(part) for part in link.removeprefix(f"{url}#:~:text=").split(",")]


def test_a_citation_has_what_the_article_says_of_itself() -> None:
    published = datetime(2026, 1, 14, tzinfo=UTC)
    article = Article(
        id="a",
        title="Bridge",
        text="One. The bridge.",
        source="The Post",
        collection="local",
        url=URL,
        author="Ann Lee",
        published=published,
    )
    assert cite(article, (5, 16), ArticlePages(Path("/pages")).link_for) == Citation(
        article_id="a",
        collection="local",
        title="Bridge",
        source="The Post",
        author="Ann Lee",
        published=published,
        url=URL,
        link=f"{URL}#:~:text=The%20bridge.",
    )


def test_an_article_without_an_address_links_to_its_page_at_the_quote(tmp_path: Path) -> None:
    article = Article(id="a", title="Bridge", text="One. The bridge.", source="The Post")
    pages = ArticlePages(tmp_path)
    citation = cite(article, (5, 16), pages.link_for)
    assert citation.url is None
    assert citation.link == f"{pages.path(article).as_uri()}#:~:text=The%20bridge."


def test_a_short_quote_is_named_whole_and_a_long_one_by_its_ends() -> None:
    assert directive(link_to(URL, "The bridge was closed.")) == ["The bridge was closed."]
    assert directive(link_to(URL, LONG)) == ["The bridge that was closed", "mayor of the town said."]


@pytest.mark.parametrize(
    ("quote", "encoded"),
    [
        ("dual-use", "dual%2Duse"),
        ("Yes, no", "Yes%2C%20no"),
        ("AT&T", "AT%26T"),
        ("100%", "100%25"),
        ("a#b/c?d=e+f", "a%23b%2Fc%3Fd%3De%2Bf"),
        ("café “x”", "caf%C3%A9%20%E2%80%9Cx%E2%80%9D"),
        ("奈良", "%E5%A5%88%E8%89%AF"),
        ("a  b\tc", "a%20b%20c"),
    ],
)
def test_what_is_syntax_in_a_directive_is_encoded(quote: str, encoded: str) -> None:
    assert link_to(URL, quote) == f"{URL}#:~:text={encoded}"


@pytest.mark.parametrize(
    ("url", "link"),
    [
        (f"{URL}?b=c", f"{URL}?b=c#:~:text=Yes"),
        (f"{URL}#part", f"{URL}#part:~:text=Yes"),
        (f"{URL}#", f"{URL}#:~:text=Yes"),
        (f"{URL}#:~:text=other", f"{URL}#:~:text=Yes"),
        (f"{URL}#part:~:text=other", f"{URL}#part:~:text=Yes"),
    ],
)
def test_a_fragment_that_is_there_is_kept_and_a_directive_replaced(url: str, link: str) -> None:
    assert link_to(url, "Yes") == link


@pytest.mark.parametrize(
    ("quote", "named"),
    [
        ("The bridge\nwas closed", "The bridge"),
        ("\n\n  The bridge was.\n\nMore.", "The bridge was."),
        ("## Why Nara\n\nIt was home.", "It was home."),
        ("## Why Nara", "Why Nara"),
        ("- The first\n- The second", "The first"),
        ("1. The first", "The first"),
        ("2026 was good", "2026 was good"),
        ("---", "---"),
    ],
)
def test_one_block_is_named_without_the_marks_of_markdown(quote: str, named: str) -> None:
    assert directive(link_to(URL, quote)) == [named]


def test_a_link_that_would_be_too_long_goes_without_its_fragment() -> None:
    url = f"{URL}/{'x' * (LINK_LIMIT - len(URL) - 60)}"
    assert link_to(url, "The bridge was closed.").startswith(f"{url}#:~:text=")
    assert link_to(url, LONG) == url
    assert link_to(URL, " \n ") == URL


def test_text_without_spaces_is_named_by_its_clauses() -> None:
    text = (
        "高市早苗首相と韓国の李在明大統領は2026年1月13日、奈良市内のホテルで首脳会談を行い、二国間の協力を進めることで"
        "一致したほか、東アジアの安全保障をめぐる課題を含む幅広い議題を取り上げ、"
        "地域の情勢についても意見を交わし、両首脳は夕食会にも出席した。"
    )
    head, tail = directive(link_to(URL, text))
    assert head == "高市早苗首相と韓国の李在明大統領は2026年1月13日、奈良市内のホテルで首脳会談を行い、"
    assert text.endswith(tail)
    assert tail.startswith("東アジアの安全保障をめぐる")


@pytest.mark.parametrize("quote", ["あ" * 600, "한" * 600, "a" * 600, "。" * 600, "あ、" * 300])
def test_a_run_without_spaces_makes_no_giant_link(quote: str) -> None:
    parts = directive(link_to(URL, quote))
    assert len(parts) == 2
    assert all(len(part) <= EDGE_LIMIT for part in parts)


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=300))
@example("a, b-c & d% " * 9)
def test_the_parts_are_the_first_and_last_words_of_one_line(quote: str) -> None:
    link = link_to(URL, quote)
    link.encode("ascii")
    assert len(link) <= LINK_LIMIT
    if link == URL:
        return
    parts = directive(link)
    assert len(parts) <= 2
    assert not {"-", "&", ",", " "} & set(
        link.removeprefix(f"{URL}#:~:text=").replace(",", "", len(parts) - 1)
    )
    line = next(
        flat
        for flat in (" ".join(line.split()) for line in quote.split("\n"))
        if parts[0] in flat and flat.endswith(parts[-1])
    )
    assert line.rindex(parts[-1]) >= line.index(parts[0])


@given(st.lists(st.text("abcdefg,-&%é", min_size=1, max_size=9), min_size=11, max_size=40))
def test_long_quotes_are_cut_at_the_edges_of_words(words: list[str]) -> None:
    words[0] = "The"
    head, tail = directive(link_to(URL, " ".join(words)))
    assert head.split() == words[: len(head.split())]
    assert tail.split() == words[-len(tail.split()) :]
    assert len(head.split()) == len(tail.split()) == EDGE_WORDS
