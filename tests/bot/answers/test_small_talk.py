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


@pytest.mark.parametrize("language", LOCALES)
@pytest.mark.parametrize("remark", Remark)
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
    assert counted == "I search 9 articles, the newest from 14 January 2026. Sources: S0, S1."
