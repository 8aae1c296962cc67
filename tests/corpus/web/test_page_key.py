import pytest

from corpus.web.page_key import page_key


@pytest.mark.parametrize(
    "text",
    [
        "https://example.com/a b",
        "ftp://example.com/a",
        "https://user@example.com/a",
        "https://localhost/a",
        "example.com",
        "Is example.com/a down?",
        "and/or",
        "9/11",
        "https://example.com/" + "a" * 3000,
        "",
    ],
)
def test_what_is_no_address_has_no_key(text: str) -> None:
    assert page_key(text) == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.Example.com/a/", "https://example.com/a"),
        ("https://example.com/a?utm_source=x&gclid=2", "https://example.com/a#top"),
        ("https://example.com/a?b=1&a=2", "https://example.com/a?a=2&b=1"),
        ("https://example.com/caf%C3%A9", "https://example.com/café"),
        ("example.com/a", "https://example.com/a"),
    ],
)
def test_addresses_of_one_page_have_one_key(one: str, other: str) -> None:
    assert page_key(one) == page_key(other) != ""


def test_addresses_of_two_pages_have_two_keys() -> None:
    pages = ("a", "A", "a/b", "a?id=1", "a?id=2", "")
    assert len({page_key(f"https://example.com/{page}") for page in pages}) == len(pages)
