import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.dates.newest_topic import topic_of


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("Gaza latest", "Gaza"),
        ("Gaza: latest", "Gaza"),
        ("latest on Gaza", "Gaza"),
        ("What's the latest on Gaza?", "Gaza"),
        ("whats the latest on gaza", "gaza"),
        ("Gaza now", "Gaza"),
        ("Gaza right now?", "Gaza"),
        ("latest news about the Google antitrust trial", "the Google antitrust trial"),
        ("SBF trial latest news", "SBF trial"),
        ("가자 최신 소식", "가자"),
        ("가자에 대한 최신 뉴스는?", "가자"),
        ("최신 가자 뉴스", "가자"),
        ("ガザの最新ニュース", "ガザ"),
        ("ガザ 最新", "ガザ"),
        ("is it raining now", ""),
        ("What does Ripken do now?", ""),
        ("the latest novel of Stephen King", ""),
        ("the most recent album by Taylor Swift", ""),
        ("who is the latest winner", ""),
        ("the man who was shot in Gaza now", ""),
        ("Gaza", ""),
        ("latest", ""),
        ("現在毎週レギュラー放送されている番組は", ""),
    ],
)
def test_a_topic_is_known_whose_newest_is_asked_for(text: str, topic: str) -> None:
    assert topic_of(text) == topic


@given(
    st.lists(st.sampled_from("latest on news Gaza the now is 최신 가자 の最新 , ?".split()), max_size=9).map(
        " ".join
    )
)
def test_a_topic_is_of_the_text(text: str) -> None:
    assert topic_of(text) in text
