import re
import time
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.text.korean import subject

PIECES = st.sampled_from(
    [*"은것힣 3)。漢", "한국", "이란", "에서는", "무엇", "입니까", "다음", "AI", "하지", "것은 "]
)


@pytest.mark.parametrize(
    ("question", "about"),
    [
        ("대통령은 언제 나라를 방문했습니까?", "대통령 나라 방문 ?"),
        ("이란의 수도는 어디인가요?", "이란 수도 ?"),
        ("이란은 왜 회담을 거부했는가?", "이란 회담 거부 ?"),
        ("AI의 목적은 무엇입니까?", "AI 목적 ?"),
        ("왕궁(Royal Palace)에서는 몇 명이 일하는가?", "왕궁(Royal Palace) 명이 일하 ?"),
        ("2026년에는 어떤 일이 있었습니까?", "2026년에 일이 ?"),
        ("지문에 따르면, 다음 중 사실이 아닌 것은 무엇인가?", ", ?"),
        ("신전의 재건에 관한 설명 중 옳은 것을 고르시오", "신전 재건 고르시오"),
        ("누가복음은 누가 썼나?", "누가복음 썼나?"),
        ("왜곡 보도는 무슨 뜻인가", "왜곡 보도 뜻인"),
        ("국가의 도시는 수도와 다르다", "국가 도시 수도 다르다"),
        ("Who met in Nara? 奈良で誰が", "Who met in Nara? 奈良で誰が"),
        ("", ""),
    ],
)
def test_what_a_question_is_about(question: str, about: str) -> None:
    assert re.sub(r"\s+", " ", subject(question)).strip() == about


@given(st.lists(PIECES, max_size=25).map("".join) | st.text(max_size=60))
def test_it_only_takes_korean_away(question: str) -> None:
    question = unicodedata.normalize("NFC", question)
    left = iter(question)
    assert all(character in left for character in subject(question) if character != " ")
    assert re.sub("[가-힣 ]", "", subject(question)) == re.sub("[가-힣 ]", "", question)


def test_a_long_question_takes_no_long_time() -> None:
    start = time.process_time()
    subject("은" * 20_000 + " " + "것입니까 " * 5_000)
    assert time.process_time() - start < 2
