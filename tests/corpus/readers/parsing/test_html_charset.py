import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.readers.parsing.html_charset import decode_page


@pytest.mark.parametrize("name", ["hex", "idna", "unicode_escape", "undefined", "nonsense", "zlib"])
def test_a_charset_that_is_none_for_pages_is_not_used(name: str) -> None:
    found = decode_page(f'<meta charset="{name}">'.encode() + b"\\x41 caf\xe9")
    assert found
    assert found.endswith("\\x41 café")


@given(st.binary(max_size=200))
def test_any_bytes_are_decoded_or_not(content: bytes) -> None:
    text = decode_page(content)
    assert text is None or isinstance(text, str)


def test_a_page_that_says_nothing_is_read_by_its_letters() -> None:
    page = "<html><body><p>The rich café was closed. Los años pasan, señor.</p></body></html>"
    assert decode_page(page.encode("cp1252")) == page
    assert decode_page(b"<p>Half \xed\xa0\x80</p>") is None
