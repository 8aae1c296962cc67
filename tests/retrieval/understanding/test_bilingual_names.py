"""Names that a corpus has in both scripts, and questions in either."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.snapshot import Snapshot
from retrieval.question.query import make_query
from retrieval.understanding.query_understanding import understand
from tests.retrieval.snapshots import article, snapshot_of

TEXTS = {
    "k1": "축구 선수 이네스 바르가(Ines Varga)가 월요일 은퇴를 발표했다. "
    "바르가는 부상 때문에 더 뛸 수 없다고 말했다.",
    "k2": "이네스 바르가를 기념하는 박물관이 스카르비크 항구에 문을 열었다. 입장료는 무료이다.",
    "j1": "パウル・ホルム（英語：Paul Holm、船長）が新しい船長に就任した。ホルムは三十年の経験がある。",
    "j2": "大西洋海運（Atlantic Sea Lines）の本社は港にある。",
}
ALONE = {"e1": "Ines Varga has sold forty boats to the port of Skarvik since she retired."}


@pytest.fixture(scope="module")
def eastern() -> Snapshot:
    return snapshot_of([article(name, text) for name, text in TEXTS.items()])


@pytest.fixture(scope="module")
def mixed() -> Snapshot:
    return snapshot_of([article(name, text) for name, text in {**TEXTS, **ALONE}.items()])


def wording(snapshot: Snapshot, question: str) -> str:
    return understand(make_query(question, ("news",)), [snapshot], lambda _: True).wording


@pytest.mark.parametrize(
    ("question", "searched"),
    [
        ("Ines Varga는 왜 은퇴했나?", "이네스 바르가는 왜 은퇴했나?"),
        ("Varga 박물관은 어디에 있나?", "바르가 박물관은 어디에 있나?"),
        ("Paul Holmの経験は？", "パウル・ホルムの経験は？"),
        ("Holmの経験は？", "ホルムの経験は？"),
        ("Atlantic Sea Linesの本社はどこ？", "大西洋海運の本社はどこ？"),
        ("Ines Varga museum", "Ines Varga 이네스 바르가 museum"),
        ("Atlanticの本社はどこ？", "Atlanticの本社はどこ？"),
        ("Nobody Known은 누구인가?", "Nobody Known은 누구인가?"),
        ("이네스 바르가는 왜 은퇴했나?", "이네스 바르가는 왜 은퇴했나?"),
    ],
)
def test_a_name_is_searched_as_the_passages_have_it(eastern: Snapshot, question: str, searched: str) -> None:
    assert wording(eastern, question) == searched


def test_where_a_passage_has_the_other_form_alone_both_are_searched(mixed: Snapshot) -> None:
    asked = "이네스 바르가는 배를 몇 척 팔았나?"
    assert wording(mixed, asked) == "이네스 바르가 Ines Varga는 배를 몇 척 팔았나?"


def test_it_is_said_and_taken_back(eastern: Snapshot) -> None:
    query = understand(make_query("Varga 박물관", ("news",)), [eastern], lambda _: True)
    assert [(hint.words, hint.name) for hint in query.parsed.hints] == [("Varga", "바르가")]
    assert understand(query.unparsed(), [eastern], lambda _: True).wording == "Varga 박물관"


def test_a_corpus_of_neither_language_is_not_looked_through() -> None:
    english = snapshot_of([article(name, text) for name, text in ALONE.items()])
    assert wording(english, "Ines Varga는 왜 은퇴했나?") == "Ines Varga는 왜 은퇴했나?"


@given(st.text(alphabet="Varga Ins이네스 바르가()（・パウル", max_size=60))
def test_any_question_is_read(mixed: Snapshot, question: str) -> None:
    if any(letter.isalnum() for letter in question):
        assert wording(mixed, question)
