"""The words of Korean and Japanese questions."""

import pytest

from retrieval.ranking.evidence.asked_words import AskedWord, asked_words, folded_text


@pytest.mark.parametrize(
    ("question", "words", "asked"),
    [
        ("바다시의 시장은 누구인가요?", ["바다시", "시장"], ["시장"]),
        ("바다시에서 받은 돈은 몇 달러인가요?", ["바다시"], []),
        ("바다 다리가 개통된 때는 언제입니까?", ["바다", "다리", "개통"], []),
        ("지문에 따르면, 다음 중 바다시의 강은 어디인가?", ["바다시"], []),
        ("1999년 화재로 몇 명이 숨졌나요?", ["1999", "화재", "숨졌"], ["1999", "숨졌"]),
        ("海市の市長は誰ですか", ["海市", "市長"], ["市長"]),
        ("海の深さは何メートルか", ["海"], []),
        ("西暦何年に橋ができた？", ["橋"], []),
        ("ジョン・ポーの妻はどこに住む？", ["ジョン", "ポー", "妻"], ["妻"]),
        ("", [], []),
    ],
)
def test_the_words_that_name_something_and_those_asked_about(
    question: str, words: list[str], asked: list[str]
) -> None:
    found = asked_words(question)
    assert [word.text for word in found] == words
    assert [word.text for word in found if word.asked] == asked


@pytest.mark.parametrize(
    ("word", "text", "there"),
    [
        ("市長選挙", "市長を選ぶ選挙", True),
        ("市長選挙", "町長の選任", False),
        ("面積", "面が積もる", False),
        ("대통령", "대통 령", True),
        ("대통령", "총리", False),
        ("1999", "1998", False),
    ],
)
def test_a_compound_is_found_by_its_parts(word: str, text: str, there: bool) -> None:
    assert AskedWord(word, 0).is_in(text) == there


def test_texts_are_compared_without_width_and_case() -> None:
    assert folded_text("ＡＢＣ１２") == "abc12"
