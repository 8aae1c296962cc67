"""One page has many addresses; its article keeps the id that it was first given."""

from dataclasses import replace

from corpus.article import Article
from corpus.web.known_pages import ArticleName, KnownPages

PAGE = "https://gazette.example/quay"
OTHER = "http://www.gazette.example/quay/?utm_source=feed"
QUAY = Article(id=PAGE, title="Quay", text="The quay is open.", source="Gazette", url=PAGE)


def at(address: str, name: str = "") -> Article:
    return replace(QUAY, id=name or address, url=address)


def test_a_page_keeps_the_id_that_it_was_first_given() -> None:
    pages = KnownPages()
    assert pages.with_known_id(QUAY) is QUAY
    assert pages.with_known_id(at(OTHER)) == replace(QUAY, url=OTHER)
    assert pages.with_known_id(QUAY) is QUAY


def test_a_page_of_an_article_with_an_id_of_its_own_goes_by_that() -> None:
    pages = KnownPages()
    named = at(PAGE, "quay-1")
    assert pages.with_known_id(named) is named
    assert pages.with_known_id(at(OTHER)) == replace(named, url=OTHER)
    pages = KnownPages()
    pages.add_all("news", [named])
    assert pages.with_known_id(QUAY).id == "quay-1"


def test_two_articles_with_ids_of_their_own_stay_two_on_one_page() -> None:
    pages = KnownPages()
    first, second = at(PAGE, "first"), at(PAGE, "second")
    assert [pages.with_known_id(first), pages.with_known_id(second)] == [first, second]


def test_each_collection_has_pages_of_its_own() -> None:
    pages = KnownPages()
    pages.add("private", "quay-1", (None, "no address", PAGE))
    assert pages.with_known_id(QUAY) is QUAY
    assert pages.with_known_id(replace(QUAY, collection="private")).id == "quay-1"


def test_what_stands_at_no_page_keeps_its_id() -> None:
    pages = KnownPages()
    pages.add("news", "quay-1", (PAGE,))
    for address in (None, "https://localhost/quay"):
        article = replace(QUAY, id=address or "quay", url=address)
        assert pages.with_known_id(article) is article


def test_an_article_is_meant_by_its_id_and_by_each_address_of_its_page() -> None:
    named = ArticleName("quay-1", PAGE)
    assert all(map(named.matches, ("quay-1", PAGE, OTHER)))
    assert not any(map(named.matches, ("quay-2", "https://gazette.example/other", "")))
    assert ArticleName(PAGE).matches(OTHER)
    assert not ArticleName("quay-1").matches(PAGE)
    assert not ArticleName("quay-1").matches("")
