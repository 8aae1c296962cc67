"""Latin letters without their accents."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.latin_letters import without_accents


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Pelé", "Pele"),
        ("Beyonce\u0301", "Beyonce"),
        ("São Paulo, Erdoğan, Škoda", "Sao Paulo, Erdogan, Skoda"),
        ("Søren Weiß", "Søren Weiß"),
        ("이재명 ギリシャ", "이재명 ギリシャ"),
    ],
)
def test_accents_are_left_out_and_other_letters_stay(text: str, plain: str) -> None:
    assert without_accents(text) == plain


@given(st.text(alphabet=st.characters(max_codepoint=0x24F)))
def test_a_composed_text_keeps_its_length_and_has_none_of_them_twice(text: str) -> None:
    plain = without_accents(unicodedata.normalize("NFC", text))
    assert len(plain) == len(unicodedata.normalize("NFC", text))
    assert without_accents(plain) == plain
