from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.anchors import MOST_ANCHORS, Anchor, AnchorKind, anchors, anchors_of
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.parsed_question import ParsedQuestion
from tests.retrieval.snapshots import asking

YEAR, QUARTER, DATE = AnchorKind.YEAR, AnchorKind.QUARTER, AnchorKind.DATE
NUMBER, NAME, QUOTED = AnchorKind.NUMBER, AnchorKind.NAME, AnchorKind.QUOTED


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Pourquoi Samoa a été inondé ?", "fr", ["Samoa"]),
        ("Perché Ada Rossi ha lasciato Roma?", "it", ["Ada Rossi", "Roma"]),
        ("Welche Mitglieder hat die CPTPP?", "de", ["CPTPP"]),
        ("Quién dijo «nunca más» en 2019?", "es", ["«nunca más»", "2019"]),
        ("Pourquoi Samoa a été inondé ?", "", ["Pourquoi Samoa"]),
    ],
)
def test_the_first_word_of_a_foreign_question_is_no_name(text: str, language: str, names: list[str]) -> None:
    found = anchors_of(replace(asking(text), parsed=ParsedQuestion(foreign=language)))
    assert [one.words for one in found] == names
    assert all(one.words == text[one.start : one.end] for one in found)


PIECES = st.sampled_from(
    [
        "Who",
        "met",
        "in",
        "2019",
        "Q1 2021",
        "the third quarter of 2020",
        "May 2021",
        "3 May 2009",
        "2009-05-03",
        "1,200 jobs",
        "$3 billion",
        "5 %",
        "Lee Jae-myung",
        "U.S. Senate",
        "Johnson & Johnson",
        "Boeing 737",
        "Taylor Swift’s",
        "the",
        "“climate change”",
        "“기후 변화”",
        "이재명 대통령은",
        "岸田首相は",
        "ジョー・バイデンが",
        "2021년 1분기",
        "2021年第1四半期に",
        "１２人",
        "?",
    ]
)
QUESTIONS = st.lists(PIECES, min_size=1, max_size=12).map(" ".join)


def told(text: str) -> list[tuple[AnchorKind, str]]:
    return [(one.kind, one.words) for one in anchors(text)]


@pytest.mark.parametrize(
    ("question", "hangs_on"),
    [
        ("What was the revenue in Q1 2021?", [(QUARTER, "Q1 2021")]),
        ("revenue in the third quarter of 2020", [(QUARTER, "third quarter of 2020")]),
        ("How did it do in 2021's first quarter?", [(QUARTER, "2021's first quarter")]),
        ("profit in the first half of 2009", [(QUARTER, "first half of 2009")]),
        ("what came of 3Q21", [(QUARTER, "3Q21")]),
        ("Who scored in the fourth quarter?", [(QUARTER, "fourth quarter")]),
        ("who won in 2019", [(YEAR, "2019")]),
        ("Which act of 1865 was it?", [(YEAR, "1865")]),
        ("Were the 2008 elections fair?", [(YEAR, "2008")]),
        ("Were 2000 troops sent in 2007?", [(NUMBER, "2000 troops"), (YEAR, "2007")]),
        ("What was sung in the 1990s?", []),
        ("What happened in May 2010?", [(DATE, "May 2010")]),
        ("What was said on 3 May 2009 or 2009-06-04?", [(DATE, "3 May 2009"), (DATE, "2009-06-04")]),
        ("What may happen on May 1?", []),
        ("Which 12 workers died?", [(NUMBER, "12 workers")]),
        ("Who lost $3.5 billion or 5 percent?", [(NUMBER, "$3.5 billion"), (NUMBER, "5 percent")]),
        ("What does 5G do on day 2 of 10?", [(NUMBER, "2"), (NUMBER, "10")]),
        ("Why was Federer fined?", [(NAME, "Federer")]),
        (
            "When did Taylor Swift marry Travis Kelce?",
            [(NAME, "Taylor Swift"), (NAME, "Travis Kelce")],
        ),
        ("Did Lee Jae Myung pledge to donate it?", [(NAME, "Lee Jae Myung")]),
        ("Who is Apple CEO Tim Cook's rival?", [(NAME, "Apple"), (NAME, "CEO Tim Cook")]),
        ("Who is President of the United States?", [(NAME, "President of the United States")]),
        ("Is the US leaving Iraq?", [(NAME, "US"), (NAME, "Iraq")]),
        ("Federer's fine was how big?", [(NAME, "Federer")]),
        ("Is the iPhone 15 better?", [(NAME, "iPhone 15")]),
        ("How many were on Air France Flight 447?", [(NAME, "Air France Flight 447")]),
        ("Which court did the San Francisco 49ers go to?", [(NAME, "San Francisco")]),
        ("What Did Apple Say About Google?", []),
        ("WHO KILLED THE KING OF FRANCE?", []),
        ("why was federer fined in 2007", [(YEAR, "2007")]),
        ("Who hosted “Star Search”?", [(QUOTED, "“Star Search”")]),
        ("Tell me what I said, OK?", []),
        ("2021년 1분기 매출은 얼마인가요?", [(QUARTER, "2021년 1분기")]),
        ("2021년 상반기 매출은?", [(QUARTER, "2021년 상반기")]),
        ("2008년에 무슨 일이 있었나요?", [(YEAR, "2008년")]),
        ("2023년 5월 3일에 무엇을 했나요?", [(DATE, "2023년 5월 3일")]),
        ("12명이 숨진 사고는?", [(NUMBER, "12명")]),
        ("이재명 대통령은 무엇을 약속했나요?", [(NAME, "이재명")]),
        ("어떤 선수가 이겼나요?", []),
        ("Apple은 무엇을 발표했나요?", [(NAME, "Apple")]),
        ("“기후 변화”란 무엇인가요?", [(QUOTED, "“기후 변화”")]),
        ("2021年第1四半期の売上高は？", [(QUARTER, "2021年第1四半期")]),
        ("２０２１年に何がありましたか？", [(YEAR, "２０２１年")]),
        ("首相は2023年5月に何を言いましたか？", [(DATE, "2023年5月")]),
        ("令和3年に何がありましたか？", [(YEAR, "令和3年")]),
        ("１２００人が参加したのはどこですか？", [(NUMBER, "１２００人")]),
        ("岸田首相は何を言いましたか？", [(NAME, "岸田")]),
        ("ジョー・バイデンは誰ですか？", [(NAME, "ジョー・バイデン")]),
        ("「気候変動」とは何ですか？", [(QUOTED, "「気候変動」")]),
    ],
)
def test_a_question_hangs_on_these(question: str, hangs_on: list[tuple[AnchorKind, str]]) -> None:
    assert told(question) == hangs_on


@given(st.text(max_size=200) | QUESTIONS)
def test_each_stands_in_the_question_and_none_overlaps_another(question: str) -> None:
    found = anchors(question)
    assert len(found) <= MOST_ANCHORS
    for one in found:
        assert one.words == question[one.start : one.end]
        assert one.words.strip()
    assert all(one.end <= other.start for one, other in pairwise(found))


def test_the_times_numbers_and_names_are_told_apart_by_what_they_mean() -> None:
    def one(text: str) -> Anchor:
        (found,) = anchors(text)
        return found

    times = [one(text).time for text in ("in Q1 2021", "2021년 1분기에", "2021年第1四半期", "during 1Q21")]
    assert {(time.year, time.quarter) for time in times if time} == {(2021, 1)}
    assert [one(text).time is None for text in ("was Federer fined", "of 12 men")] == [True] * 2
    counts = [one(text).quantity for text in ("of 1,200 men", "of 1200 men", "of 1.2 thousand men")]
    assert {(count.value, count.unit) for count in counts if count} == {("1200", "men")}
    assert one("Is it President Barack Obama?").sought == ("barack", "obama")


def test_a_claim_does_not_hang_on_its_number() -> None:
    def kinds(question: str) -> list[AnchorKind]:
        return [one.kind for one in anchors_of(asking(question))]

    assert kinds("Which 200 people died in Nara?") == [AnchorKind.NUMBER, AnchorKind.NAME]
    assert kinds("Did 200 people die in Nara?") == [AnchorKind.NAME]


def test_who_wrote_the_articles_is_not_what_they_are_about() -> None:
    hints = (
        Hint(HintKind.SOURCE, "The Verge", HintUse.FILTER, name="The Verge"),
        Hint(HintKind.AUTHOR, "Ann Lee", HintUse.BOOST, name="Ann Lee"),
        Hint(HintKind.SPELLING, "Appel", HintUse.BOOST, name="Apple"),
    )
    query = asking("What did The Verge and Ann Lee say about Appel in 2019?")
    found = anchors_of(query.with_hints(hints))
    assert [(one.kind, one.words) for one in found] == [(NAME, "Apple"), (YEAR, "2019")]
    assert (NAME, "Ann Lee") in [(one.kind, one.words) for one in anchors_of(query)]
