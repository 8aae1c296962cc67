from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.names import Names
from retrieval.question.parts import MOST_PARTS, parts_of
from retrieval.question.question_parser import parse_question

NAMES = Names(("The Verge", "TechCrunch", "Wired", "The Age"), ())


def parts(question: str) -> tuple[str, ...]:
    return parse_question(question, datetime(2026, 3, 18, tzinfo=UTC), [NAMES]).parts


@pytest.mark.parametrize(
    ("question", "made_of"),
    [
        (
            "Between the TechCrunch report on the merger and the Verge report on layoffs, which came first?",
            (
                "the TechCrunch report on the merger which came first?",
                "the Verge report on layoffs which came first?",
            ),
        ),
        (
            "Does the Wired article call the phone heavy, while the TechCrunch article calls it light?",
            ("Does the Wired article call the phone heavy", "the TechCrunch article calls it light?"),
        ),
        (
            "Which company was fined according to The Age, is hiring as reported by Wired, and is accused of "
            "theft in a TechCrunch story?",
            (
                "Which company was fined according to The Age",
                "Which company is hiring as reported by Wired",
                "Which company is accused of theft in a TechCrunch story?",
            ),
        ),
        (
            "What did TechCrunch and The Verge report about the new chip?",
            (
                "What did TechCrunch report about the new chip?",
                "What did The Verge report about the new chip?",
            ),
        ),
        ("Wired vs TechCrunch on the chip", ("Wired on the chip", "TechCrunch on the chip")),
        (
            "How does Wired's take on the new chip differ from TechCrunch's?",
            ("Wired's take on the new chip", "TechCrunch's take on the new chip"),
        ),
        (
            "Does Wired's review of the chip compare to that of TechCrunch?",
            ("Wired's review of the chip", "TechCrunch's review of the chip"),
        ),
        (
            "What did the mayor say about the bridge and what did the council decide on the ferry?",
            ("What did the mayor say about the bridge", "what did the council decide on the ferry?"),
        ),
        (
            "Who won the race and where was it held?",
            ("Who won the race", "where was it held? won race"),
        ),
        (
            "Who leads the union? When was he elected?",
            ("Who leads the union", "When was he elected? leads union"),
        ),
        (
            "Who won the race? And who came second? Why did it rain?",
            ("Who won the race", "who came second", "Why did it rain? won race"),
        ),
        ("누가 이겼고 어디서 열렸어?", ("누가 이겼고", "어디서 열렸어?")),
        ("한국하고 일본 축구는?", ("한국 축구는?", "일본 축구는?")),
        ("誰が勝って、どこで行われましたか", ("誰が勝って", "どこで行われましたか")),
    ],
)
def test_a_question_about_two_things_is_two(question: str, made_of: tuple[str, ...]) -> None:
    assert parts(question) == made_of


@pytest.mark.parametrize(
    "question",
    [
        "Who won the Nobel Peace Prize?",
        "Who was elected while the king was abroad?",
        "Where and when was the treaty signed?",
        "What did the mayor and the council decide?",
        "Which bridge, closed in May, was opened and then closed again?",
        "A bridge fell. How many were hurt?",
        "What is the difference between the two laws?",
        "According to The Verge, why did it fail?",
        "What happened to the firm that TechCrunch and others wrote off?",
        "Is it black and white?",
        "한국과 일본의 관계는?",
        "서울에서 열리고 있는 회의는 무엇인가?",
        "東京で開かれ、誰が勝ったか",
    ],
)
def test_a_question_about_one_thing_is_left_whole(question: str) -> None:
    assert parts(question) == ()


def test_more_than_four_outlets_are_searched_at_once() -> None:
    names = Names([f"Daily{letter}" for letter in "ABCDE"], ())
    question = "What did DailyA, DailyB, DailyC, DailyD and DailyE report on it?"
    assert parse_question(question, datetime(2026, 3, 18, tzinfo=UTC), [names]).parts == ()


SPANS = st.lists(st.tuples(st.integers(0, 60), st.integers(1, 9)), max_size=4)


@given(
    st.lists(
        st.sampled_from(
            "Who What does and while , ? between The report on it was 누가 이고 誰 、 when,".split()
        ),
        max_size=30,
    ),
    SPANS,
)
def test_parts_of_any_text_are_none_or_some(words: list[str], spans: list[tuple[int, int]]) -> None:
    text = " ".join(words)
    ends, outlets = 0, []
    for start, length in sorted(spans):
        if ends <= start and start + length <= len(text):
            outlets.append([(start, start + length)])
            ends = start + length
    made = parts_of(text, outlets)
    assert made == () or 2 <= len(made) <= MOST_PARTS
    assert all(made)
