"""What speaks against an answer to a Korean or Japanese question."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.ranking.evidence.east_asian_evidence import shares_no_word, texts_lack_asked


@pytest.mark.parametrize(
    ("question", "text", "foreign"),
    [
        ("明日の天気", "その鹿は天然記念物で、毎日来る。", True),
        ("明日の天気", "明日は晴れ。", False),
        ("日韓首脳会談はどこ？", "首脳会談は奈良で開かれた。", False),
        ("Skarvikの港はどこ？", "The port of ｓｋａｒｖｉｋ is closed.", False),
        ("내일 날씨는?", "내각이 발표했다.", True),
        ("내일 날씨는?", "날씨가 맑다.", False),
        ("なぜですか", "橋は閉まった。", False),  # names nothing
        ("Who closed the bridge?", "It rained.", False),
    ],
)
def test_a_text_on_something_else_has_no_word_of_the_question(
    question: str, text: str, foreign: bool
) -> None:
    assert shares_no_word(question, ["", text]) == foreign


@pytest.mark.parametrize(
    ("question", "text", "lacking"),
    [
        ("大仏の高さは何メートル？", "大仏は752年に完成した。高さは知られない。", True),
        ("大仏の高さは何メートル？", "The 大仏 cost 12 million. 高さ。", True),
        ("大仏の高さは何メートル？", "大仏は高さ約15ｍだ。", False),
        ("公園に鹿は何頭いる？", "公園には鹿が千二百頭余りいる。", False),
        ("公園に鹿は何頭いる？", "公園は1880年に開かれた。", True),
        ("橋の通行料はいくら？", "橋は200メートルある。通行料は要る。", True),
        ("橋の通行料はいくら？", "橋の通行料は車200円だ。", False),
        ("다리를 건너는 요금은 얼마인가요?", "다리는 200미터이고 요금을 받는다.", True),
        ("다리를 건너는 요금은 얼마인가요?", "다리는 요금이 2,000원이다.", False),
        ("다리에서 몇 명이 다쳤나?", "다리는 3월에 닫혔다.", True),
        ("다리에서 몇 명이 다쳤나?", "다리에서 세 명이 다쳤다.", False),
        ("다리의 폭은 얼마입니까?", "다리의 폭은 넓다.", True),
        ("다리의 폭은 얼마입니까?", "다리의 폭은 20미터이다.", False),
        ("다리가 얼마나 흔들렸나?", "다리가 흔들렸다.", False),
        ("Who closed the bridge in 1999?", "It rained.", False),
    ],
)
def test_an_amount_that_is_asked_for_must_be_there(question: str, text: str, lacking: bool) -> None:
    assert texts_lack_asked(question, ["", text]) == lacking


@pytest.mark.parametrize(
    ("question", "text", "lacking"),
    [
        (
            "김하늘 시장의 아내는 누구인가요?",
            "김하늘 시장은 3월에 다리를 열었다. 열쇠를 찾아내 건넸다.",
            True,
        ),
        ("김하늘 시장의 아내는 누구인가요?", "김하늘 시장은 부인 박바다 씨와 다리를 건넜다.", False),
        ("김하늘 시장의 남편은?", "김하늘 시장은 의혹을 부인했다.", True),
        ("김하늘 시장은 언제 태어났나요?", "김하늘 시장은 2019년 3월 5일에 당선됐다.", True),
        ("김하늘 시장은 언제 태어났나요?", "김하늘 시장(1961년생)은 다리를 열었다.", False),
        ("화재로 몇 명이 숨졌나요?", "화재로 열두 명이 대피했다.", True),
        ("화재로 몇 명이 숨졌나요?", "화재로 열두 명이 목숨을 잃었다. 사망자는 모두 주민이다.", False),
        ("화재에서 몇 명이 구조되었나요?", "화재로 열두 명이 숨졌다.", True),
        ("山田市長はいつ生まれましたか", "山田市長は2019年3月5日に当選した。", True),
        ("山田市長はいつ生まれましたか", "山田市長（1961年3月5日 - ）は橋を開いた。", False),
        ("山田市長の夫は誰ですか？", "山田市長は農夫と話した。", True),
        ("山田市長の夫は誰ですか？", "山田市長は夫の太郎と橋を渡った。", False),
        ("橋の事故で何人が亡くなりましたか", "橋の事故で3人が負傷した。", True),
        ("橋の事故で何人が亡くなりましたか", "橋の事故で3人が死亡した。", False),
    ],
)
def test_an_event_of_somebodys_life_that_is_asked_for_must_be_told(
    question: str, text: str, lacking: bool
) -> None:
    assert texts_lack_asked(question, [text]) == lacking


@pytest.mark.parametrize(
    ("question", "texts", "lacking"),
    [
        ("바다시의 인구는 얼마인가요?", ["바다시는 1980년에 생겼다."], True),
        ("바다시의 인구는 얼마인가요?", ["바다시에는 인구 3만이 산다."], False),
        ("바다시의 인구는 얼마인가요?", ["바다시는 1980년에 생겼다.", "하늘시의 인구는 3만이다."], True),
        ("바다 모임의 대표는 누구였나요?", ["바다 모임은 1991년부터 활동했다."], True),
        ("모임이 열린 곳은 어디인가요?", ["모임은 바다시에서 열렸다."], False),  # names no kind of place
        ("바다 모임은 언제부터 활동했나요?", ["바다 모임은 1991년에 생겼다."], False),  # in other words
        ("海市の市長は誰ですか", ["海市は北にある町だ。"], True),
        ("海市の市長は誰ですか", ["海市の山田市長が語った。"], False),
        ("海市の面積は何平方キロですか", ["海市は北にある町で、川が2本ある。"], True),
        ("2014年の海市の選挙で勝ったのは誰ですか", ["2019年の海市の選挙で山田が勝った。"], True),
        ("2019年の海市の選挙で勝ったのは誰ですか", ["２０１９年の海市の選挙で山田が勝った。"], False),
        ("海市の名物は何ですか", ["海市では鮭の料理が好まれる。"], False),  # anything may answer
    ],
)
def test_what_a_question_names_and_asks_for_must_be_in_the_nearest_text(
    question: str, texts: list[str], lacking: bool
) -> None:
    assert texts_lack_asked(question, texts) == lacking


@given(st.text(max_size=20), st.lists(st.text(max_size=20), max_size=3))
def test_any_text_can_be_judged(question: str, texts: list[str]) -> None:
    assert texts_lack_asked(question, texts) in (True, False)
    assert shares_no_word(question, texts) in (True, False)
