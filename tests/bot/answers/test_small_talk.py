from datetime import UTC, datetime

import pytest

from bot.answers.small_talk import NAME_SHOWN, small_talk
from bot.messages.catalogue import LOCALES, messages_for
from retrieval.collection.source_counts import SourceCount
from retrieval.question.remarks.remark import Remark

DAY = datetime(2026, 1, 14, tzinfo=UTC)
SOURCES = [
    SourceCount("x" * (NAME_SHOWN + 1), 9, None),
    *(SourceCount(f"S{n}", 5 - n, DAY) for n in range(4)),
]
SHORT = (Remark.OKAY, Remark.DOUBT, Remark.GOODBYE, Remark.GOOD_NIGHT, Remark.PRIVACY)
"""What needs no examples: reactions, goodbyes, and what has an answer of its own."""


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("remark", [remark for remark in Remark if remark not in SHORT])
def test_one_line_says_what_can_be_asked(remark: Remark, language: str) -> None:
    said = small_talk(remark, SOURCES, messages_for(language))
    assert "23" in said
    assert "S0, S1, S2" in said
    assert "xx" not in said
    assert "\n" not in said
    assert len(said) < 300
    assert small_talk(remark, [], messages_for(language))


def test_the_others_are_counted() -> None:
    english = messages_for("en")
    assert "from S0, S1, S2 and 2 other sources." in small_talk(Remark.GREETING, SOURCES, english)
    counted = small_talk(Remark.COUNT, SOURCES[1:3], english)
    assert counted == "I search 9 articles. The newest is from 14 January 2026. Sources: S0, S1."


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "I search 9 articles. Publication dates are not known. Sources: S."),
        ("ko", "기사 9건을 검색해요. 기사가 나온 날짜는 알 수 없어요. 출처: S"),
        ("ja", "記事9件を検索します。記事の日付はわかりません。出典：S"),
    ],
)
def test_that_the_articles_have_no_dates_is_a_sentence_of_its_own(language: str, said: str) -> None:
    assert small_talk(Remark.COUNT, [SourceCount("S", 9, None)], messages_for(language)) == said


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("remark", SHORT)
def test_goodbyes_and_reactions_are_answered_without_the_number_of_articles(
    remark: Remark, language: str
) -> None:
    said = small_talk(remark, SOURCES, messages_for(language), keep_days=7)
    assert "23" not in said
    assert ("7" in said) is (remark is Remark.PRIVACY)


def test_what_is_kept_depends_on_where_it_is_asked() -> None:
    english = messages_for("en")
    kept = small_talk(Remark.PRIVACY, SOURCES, english, keep_days=1)
    assert kept.startswith("I keep your question and which passages I quoted for 1 day; only whoever runs")
    assert small_talk(Remark.PRIVACY, SOURCES, english) == (
        "I do not store questions that are asked in the terminal."
    )
