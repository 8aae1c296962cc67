import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.text import without_tracking
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
        ("https://m.example.com/a", "https://example.com/a"),
        ("https://amp.example.com/a", "https://example.com/a"),
        ("https://example.com/amp/a", "https://example.com/a"),
        ("https://example.com/a/amp/", "https://example.com/a"),
        ("https://example.com/a.amp", "https://example.com/a"),
        ("https://example.com/a.amp.html", "https://example.com/a.html"),
        ("https://example.com/a?amp=1&id=2", "https://example.com/a?id=2"),
        ("https://example.com/a?outputType=amp", "https://example.com/a"),
        ("https://example.com/a/index.html", "https://example.com/a"),
        ("https://www.google.com/amp/s/example.com/a", "https://example.com/a"),
        ("https://example-com.cdn.ampproject.org/c/s/example.com/a?utm_source=x", "https://example.com/a"),
        ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
        ("https://example.com/a%20b", "https://example.com/a%20b/"),
    ],
)
def test_addresses_of_one_page_have_one_key(one: str, other: str) -> None:
    assert page_key(one) == page_key(other) != ""


def test_addresses_of_two_pages_have_two_keys() -> None:
    pages = ("a", "A", "a/b", "a?id=1", "a?id=2", "", "amplifier", "a/camp", "a%20b", "ab", "page/2")
    assert len({page_key(f"https://example.com/{page}") for page in pages}) == len(pages)


def test_hosts_that_only_begin_like_one_for_phones_stay_apart() -> None:
    sites = ("example.com", "meter.example.com", "ample.example.com", "m.com", "amp.dev")
    assert len({page_key(f"https://{site}/a") for site in sites}) == len(sites)


@pytest.mark.parametrize(
    ("given", "left"),
    [
        ("https://example.com/a", "https://example.com/a"),
        ("https://example.com/a?utm_source=x", "https://example.com/a"),
        ("https://example.com/a?id=2&utm_source=x&b=%20#part", "https://example.com/a?id=2&b=%20#part"),
        ("https://example.com/a?", "https://example.com/a"),
        ("https://example.com/a?fbclid=1#part", "https://example.com/a#part"),
    ],
)
def test_what_counts_visitors_is_left_out_and_all_else_stays_to_the_letter(given: str, left: str) -> None:
    assert without_tracking(given) == left


@given(st.text("abc?&=#/%20utm_", max_size=40))
def test_leaving_out_what_counts_visitors_keeps_the_page(rest: str) -> None:
    address = f"https://example.com/{rest}"
    assert page_key(without_tracking(address)) == page_key(address)
