from dataclasses import replace

import pytest

from bot.answers.answer import Answer
from bot.answers.notes import notes
from bot.messages.catalogue import messages_for
from retrieval.question.parsed_question import ParsedQuestion
from tests.bot.samples.answers import LIGHT, query_of, quote_of, shown_of

ONLY_QUOTES = messages_for("en")("only-quotes")
FOREIGN = messages_for("en")("foreign-question")


@pytest.mark.parametrize(
    ("question", "said"),
    [("Summarise the lighthouse fire", [ONLY_QUOTES]), ("Why did the lighthouse burn?", [])],
)
@pytest.mark.parametrize("answered", [True, False])
def test_who_wants_something_written_is_told_that_it_is_quoted(
    question: str, said: list[str], answered: bool
) -> None:
    shown = shown_of([quote_of(LIGHT)], query_of(question), answered=answered)
    assert list(notes(shown.result)) == said
    result = replace(shown.result, query=replace(shown.result.query, as_asked=True))
    assert not list(notes(result))


@pytest.mark.parametrize(
    ("language", "answered", "told"),
    [("ko", True, False), ("en", True, True), ("ko", False, True), ("und", True, False)],
)
def test_a_language_that_the_model_does_not_know_is_said_unless_an_article_in_it_answers(
    language: str, answered: bool, told: bool
) -> None:
    query = replace(query_of("등대는 왜 불탔나요?"), parsed=ParsedQuestion(foreign="ko"))
    article = replace(LIGHT, language=language)
    result = shown_of([quote_of(article)], query, answered=answered).result
    assert list(notes(result)) == ([FOREIGN] if told else [])


def test_an_answer_without_quotes_is_told_too() -> None:
    query = replace(query_of("등대는?"), parsed=ParsedQuestion(foreign="ko"))
    result = shown_of([], query, answered=False).result
    assert not isinstance(result, Answer)
    assert list(notes(result)) == [FOREIGN]


def test_of_several_questions_those_without_an_answer_are_said() -> None:
    query = query_of("Why did the lighthouse burn, and who built it?")
    result = shown_of([quote_of(LIGHT)], query, unanswered=("who built it?",)).result
    assert list(notes(result)) == [messages_for("en")("unanswered", question="who built it?")]
