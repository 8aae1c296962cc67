import re
import string
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.scripts import folded, without_accents


def test_what_matches_a_letter_if_case_is_ignored_is_folded_to_it() -> None:
    alike = [
        (letter, found)
        for letter in string.ascii_lowercase
        for found in re.findall(letter, "".join(map(chr, range(sys.maxunicode))), re.IGNORECASE)
    ]
    assert len(alike) == 2 * 26 + 4
    assert [folded(found) for _, found in alike] == [letter for letter, _ in alike]


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
