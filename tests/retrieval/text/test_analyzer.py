import threading
import time
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.analyzer import STOP_WORDS, Analyzer

PIECES = st.sampled_from(
    [*"aé9１%. -'(」・の漢々ｱ가한", "2026년에는", "AI의", "것은 ", "무엇입니까", "18世", " 에서", "한국은 "]
)
TEXTS = st.text(max_size=60) | st.lists(PIECES, max_size=20).map("".join)


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
        ("首脳会談", ["首脳", "脳会", "会談", "首", "脳", "会", "談"]),
        ("山", ["山"]),
        ("ﾅﾗ", ["ナラ", "ナ", "ラ"]),
        ("人々", ["人々", "人", "々"]),
        ("정상회담을", ["정상", "상회", "회담", "담을"]),
        ("한글".encode().decode(), ["한글"]),
        (unicodedata.normalize("NFD", "한글"), ["한글"]),
        ("𠮷野家", ["𠮷野", "野家", "𠮷", "野", "家"]),
        ("ジョン・リー", ["ジョ", "ョン", "ジ", "ョ", "ン", "リー", "リ", "ー"]),
        ("DNA감정 2026년", ["dna", "감정", "2026", "2026년", "년"]),
        ("ルイ18世", ["ルイ", "ル", "イ", "18", "イ18", "18世", "世"]),
        ("第3回 3", ["第", "3", "第3", "3回", "回", "3"]),
        ("COVID19は", ["covid19", "は"]),
        ("CPTPPとは", ["cptpp", "とは", "と", "は"]),
        ("Øresund", ["øresund"]),
    ],
)
def test_the_terms_of_a_text(text: str, terms: list[str]) -> None:
    assert Analyzer().terms(text) == terms


@pytest.mark.parametrize(
    ("question", "content"),
    [
        ("Who met in Nara?", ["met", "nara"]),
        ("What did he say about that?", ["what", "did", "he", "say", "about", "that"]),
        ("the ban, the BAN and bans", ["ban"]),
        (
            "奈良で会いましたか",
            ["奈良", "良で", "で会", "会い", "いま", "まし", "した", "たか", "奈", "良", "会"],
        ),
        ("どれか", ["どれ", "れか"]),
        ("か", ["か"]),
        ("대통령은 나라에서 누구를 만났습니까?", ["대통", "통령", "나라", "만났"]),
        ("무엇입니까?", ["무엇", "엇입", "입니", "니까"]),
    ],
)
def test_the_content_terms_of_a_question(question: str, content: list[str]) -> None:
    assert Analyzer().content_terms(question) == content


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("Who met in Nara?", ["who", "met", "in", "nara"]),
        ("나라에서 나라로", ["나라", "나라"]),
        ("다음 중 나라에 대한 설명으로 정확하지 않은 것은 무엇인가?", ["나라"]),
        (unicodedata.normalize("NFD", "나라는 어디입니까?"), ["나라"]),
        ("어디인가요?", ["어디", "디인", "인가", "가요"]),
        ("奈良は", ["奈良", "良は", "奈", "良", "は"]),
    ],
)
def test_a_question_is_searched_by_what_it_is_about(question: str, terms: list[str]) -> None:
    assert Analyzer().question_terms(question) == terms


@given(TEXTS)
def test_a_question_is_searched_by_some_of_its_own_terms(question: str) -> None:
    words = Analyzer()
    searched = words.question_terms(question)
    assert set(searched) <= set(words.terms(question))
    assert bool(searched) == bool(words.terms(question))


@given(TEXTS)
def test_a_question_with_a_letter_always_has_content_terms(question: str) -> None:
    words = Analyzer()
    content = words.content_terms(question)
    assert content or not any(character.isalnum() for character in unicodedata.normalize("NFKC", question))
    assert len(content) == len(set(content))
    assert set(content) <= set(words.terms(question))


@given(TEXTS)
def test_terms_are_never_empty_and_do_not_depend_on_what_came_before(text: str) -> None:
    words = Analyzer()
    first = words.terms(text)
    words.terms("something else")
    assert words.terms(text) == first == Analyzer().terms(text)
    assert all(first)


def test_stop_words_are_lower_case() -> None:
    assert all(word == word.lower() and word.isalpha() for word in STOP_WORDS)


def test_many_threads_get_the_terms_and_the_stemmer_has_one_at_a_time() -> None:
    analyzer, busy = Analyzer(), threading.Lock()
    stemmer = analyzer._stemmer

    class Stemmer:
        def stemWord(self, word: str) -> str:  # noqa: N802 - PyStemmer's name
            assert busy.acquire(blocking=False), "two threads in the stemmer at once"
            time.sleep(0.0005)
            stem: str = stemmer.stemWord(word)
            busy.release()
            return stem

    analyzer._stemmer = Stemmer()
    texts = [" ".join(f"banned{chr(97 + (row + at) % 26)}ing" for at in range(4)) for row in range(40)]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(analyzer.terms, texts)) == [Analyzer().terms(text) for text in texts]
