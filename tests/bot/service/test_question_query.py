"""The query of an answer's question, asked again in another way."""

from dataclasses import replace

from bot.answers.ambiguous_name import MEANT
from bot.service.question_query import widened
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.parsed_question import NOTHING_PARSED, ParsedQuestion
from tests.bot.service.records import QUERY, RECORD


def test_a_question_with_a_name_in_full_has_nothing_that_was_parsed_before() -> None:
    hint = Hint(HintKind.SOURCE, "The Post", HintUse.FILTER, name="The Post")
    parsed = ParsedQuestion((hint,), ("Who is Lee",), "Lee", newest=True, topical=True, foreign="ko")
    asked = replace(QUERY, text="What does The Post say of Lee?", reading="Lee?", parsed=parsed)
    query, _ = widened(replace(RECORD, query=asked), f"{MEANT}Ann Lee", ())
    assert query.text == "What does The Post say of Ann Lee?"
    assert query.reading == "Ann Lee?"
    assert query.parsed == NOTHING_PARSED
