"""What speaks against an answer to a Korean or Japanese question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.ranking.evidence.east_asian_evidence import NO_WORD, NOT_COUNTED, evidence


@pytest.mark.parametrize(
    ("question", "text", "ratio"),
    [
        ("明日の天気", "その鹿は天然記念物で、毎日来る。", NO_WORD),
        ("明日の天気", "明日は晴れ。", 1),
        ("日韓首脳会談はどこ？", "首脳会談は奈良で開かれた。", 1),
        ("Skarvikの港はどこ？", "The port of ｓｋａｒｖｉｋ is closed.", 1),
        ("내일 날씨는?", "내각이 발표했다.", NO_WORD),
        ("내일 날씨는?", "날씨가 맑다.", 1),
        ("なぜですか", "橋は閉まった。", 1),  # names nothing
        ("Who closed the bridge?", "It rained.", 1),
        ("大仏の高さは何メートル？", "大仏は752年に完成した。", NOT_COUNTED),
        ("大仏の高さは何メートル？", "The 大仏 cost 12 million.", NOT_COUNTED),
        ("大仏の高さは何メートル？", "大仏は高さ約15ｍだ。", 1),
        ("公園に鹿は何頭いる？", "公園には鹿が千二百頭余りいる。", 1),
        ("公園に鹿は何頭いる？", "公園は1880年に開かれた。", NOT_COUNTED),
        ("橋の通行料はいくら？", "橋は200メートルある。", NOT_COUNTED),
        ("橋の通行料はいくら？", "橋は車200円だ。", 1),
        ("다리에서 몇 명이 다쳤나?", "다리는 3월에 닫혔다.", NOT_COUNTED),
        ("다리에서 몇 명이 다쳤나?", "다리에서 세 명이 다쳤다.", 1),
        ("다리의 폭은 얼마입니까?", "다리의 폭은 넓다.", NOT_COUNTED),
        ("다리의 폭은 얼마입니까?", "다리의 폭은 20미터이다.", 1),
        ("다리가 얼마나 흔들렸나?", "다리가 흔들렸다.", 1),
        ("明日は何メートル？", "橋。", NO_WORD * NOT_COUNTED),
    ],
)
def test_what_a_text_has_of_a_question(question: str, text: str, ratio: float) -> None:
    assert evidence(question, ["", text]) == ratio


@given(st.text(alphabet="明日何頭m몇 명얼마12円 いくらab?", max_size=20), st.text(max_size=20))
def test_nothing_makes_an_answer_likelier(question: str, text: str) -> None:
    assert 0 < evidence(question, [text]) <= 1
