import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.words import STOP_WORDS, Words


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", []),
        ("… — !", []),
        ("Bans banned BANNING", ["ban", "ban", "ban"]),
        ("Takaichi's talks", ["takaichi", "s", "talk"]),
        ("Takaichi’s talks", ["takaichi", "s", "talk"]),
        ("O'Brien", ["o", "brien"]),
        ("snake_case", ["snake", "case"]),
        ("Ｆｕｌｌ－ｗｉｄｔｈ １２", ["full", "width", "12"]),
        ("ﬁnes", ["fine"]),
        ("cafe\u0301", ["café"]),
        ("U.S. 3.5%", ["u", "s", "3", "5"]),
        ("COVID-19", ["covid", "19"]),
        ("首脳会談", ["首脳", "脳会", "会談"]),
        ("山", ["山"]),
        ("ﾅﾗ", ["ナラ"]),
        ("人々", ["人々"]),
        ("정상회담을", ["정상", "상회", "회담", "담을"]),
        ("한글".encode().decode(), ["한글"]),
        (unicodedata.normalize("NFD", "한글"), ["한글"]),
        ("𠮷野家", ["𠮷野", "野家"]),
        ("DNA감정 2026년", ["dna", "감정", "2026", "년"]),
        ("CPTPPとは", ["cptpp", "とは"]),
        ("Øresund", ["øresund"]),
    ],
)
def test_the_terms_of_a_text(text: str, terms: list[str]) -> None:
    assert Words().terms(text) == terms


@pytest.mark.parametrize(
    ("question", "telling"),
    [
        ("Who met in Nara?", ["met", "nara"]),
        ("What did he say about that?", ["what", "did", "he", "say", "about", "that"]),
        ("the ban, the BAN and bans", ["ban"]),
        (
            "奈良で誰が会いましたか",
            ["奈良", "良で", "で誰", "誰が", "が会", "会い", "いま", "まし", "した", "たか"],
        ),
    ],
)
def test_the_telling_terms_of_a_question(question: str, telling: list[str]) -> None:
    assert Words().telling_terms(question) == telling


@given(st.text(max_size=60))
def test_a_question_with_a_letter_always_has_telling_terms(question: str) -> None:
    words = Words()
    telling = words.telling_terms(question)
    assert telling or not any(character.isalnum() for character in unicodedata.normalize("NFKC", question))
    assert len(telling) == len(set(telling))
    assert set(telling) <= set(words.terms(question))


@given(st.text(max_size=60))
def test_terms_are_never_empty_and_do_not_depend_on_what_came_before(text: str) -> None:
    words = Words()
    first = words.terms(text)
    words.terms("something else")
    assert words.terms(text) == first == Words().terms(text)
    assert all(first)


def test_stop_words_are_lower_case() -> None:
    assert all(word == word.lower() and word.isalpha() for word in STOP_WORDS)
