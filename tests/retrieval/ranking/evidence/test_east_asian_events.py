"""Events of people's lives in Korean and Japanese."""

import pytest

from retrieval.ranking.evidence.east_asian_events import EVENTS


@pytest.mark.parametrize(
    "word", "태어 출생 生まれ 誕生 사망 숨졌 死亡 결혼 남편 아내 結婚 妻 夫 부상 負傷 구조되 救助".split()
)
def test_what_asks_for_an_event_tells_of_it_too(word: str) -> None:
    assert [telling.search(word) is not None for asking, telling in EVENTS if asking.search(word)] == [True]


@pytest.mark.parametrize("text", ["丈夫な橋", "농부가 말했다", "열쇠를 찾아내 열었다", "의혹을 부인했다"])
def test_words_with_the_same_letters_tell_of_no_marriage(text: str) -> None:
    assert not any(telling.search(text) for _, telling in EVENTS)
