"""Quotes that disagree, and those that only speak of other things."""

from dataclasses import replace

import pytest

from bot.answers.answer import Answer, Quote
from bot.answers.disagreement import denying_word, differing_numbers, differs_on_yes, disagreement_words
from bot.cards.answer_buttons import AnswerContext
from bot.cards.answers import answer_card
from bot.discord.drawing.render import CANVAS
from bot.messages.catalogue import messages_for
from retrieval.question.parsed_question import ParsedQuestion
from retrieval.ranking.hit import Features
from tests.bot.samples.answers import article_of, query_of, quote_of, shown_of

HURT = "How many sailors were hurt in the collision off Skarvik?"


def told(text: str, answer: str = "", *, title: str = "A title", published: str | None = None) -> Quote:
    """A quote of an article of this one sentence, in which a reader takes these words for the answer."""
    fields = {"id": text, "title": title, "text": text, "source": "Gazette"}
    article = article_of(fields | ({"published": published} if published else {}))
    start = text.index(answer or text)
    quote = quote_of(article, marks=[(0, len(article.text))])
    features = Features(0.8, 0.6, 0.9, reading=3.0)
    return replace(quote, answer=(start, start + len(answer or text)), features=features)


NINE = told("Nine sailors were hurt in the collision off Skarvik.", "Nine sailors")
ELEVEN = told("The collision off Skarvik hurt 11 sailors, the navy said.", "11 sailors")


def test_other_numbers_of_the_same_thing_are_told_in_the_articles_words() -> None:
    assert differing_numbers(query_of(HURT), [NINE, ELEVEN]) == ("Nine sailors", "11 sailors")
    shown = shown_of([NINE, ELEVEN], query_of(HURT))
    assert isinstance(shown.result, Answer)
    words = "These sources give different numbers: “Nine sailors” · “11 sailors”"
    assert list(disagreement_words(shown.result)) == [words]
    assert words in str(answer_card(shown, messages_for("en"), AnswerContext(), CANVAS))


def test_answers_to_several_questions_of_a_message_are_not_compared() -> None:
    """Two questions, "how many were hurt" and "how many were saved", have two numbers that are both right."""
    parts = (HURT, "How many sailors were saved off Skarvik?")
    query = replace(query_of(HURT), parsed=ParsedQuestion(parts=parts))
    shown = shown_of([NINE, ELEVEN], query)
    assert differing_numbers(query, [NINE, ELEVEN])
    assert list(disagreement_words(shown.result)) == []


@pytest.mark.parametrize(
    "quotes",
    [
        [NINE],
        [NINE, told("9 sailors were hurt in the collision off Skarvik.", "9 sailors")],  # the same number
        [NINE, told("The collision off Skarvik hurt 11 tugs.", "11 tugs")],  # counts something else
        [NINE, told("The collision off Nara hurt 11 sailors.", "11 sailors")],  # of another one
        [NINE, told("11 sailors were hurt, it said.", "11 sailors")],  # does not say where
        [NINE, replace(ELEVEN, article=NINE.article)],  # by one article: of another moment of it
        [NINE, replace(ELEVEN, answer=None)],
        [NINE, replace(ELEVEN, features=Features(0.8, 0.6, 0.9, reading=-1.0))],
        [NINE, replace(ELEVEN, features=Features(0.8, 0.6, 0.9))],
        [
            NINE,
            told("The collision off Skarvik hurts 11 sailors on average every year.", "11 sailors"),
        ],  # a rate
        [NINE, told("The collision off Skarvik hurt 11 and 12 sailors.", "11 and 12 sailors")],
        [],
    ],
)
def test_what_agrees_or_tells_something_else_is_no_disagreement(quotes: list[Quote]) -> None:
    assert differing_numbers(query_of(HURT), quotes) == ()


@pytest.mark.parametrize(
    ("before", "title", "differ"),
    [
        ("The collision off Skarvik is looked into.", "A title", True),
        ("By Ida Berg", "The collision off Skarvik, a day after", True),
        ("The collision off Nara is looked into.", "A title", False),
        ("The collision off Skarvik is looked into. All is calm again.", "A title", False),
    ],
)
def test_the_sentence_before_and_the_title_may_name_the_subject(
    before: str, title: str, differ: bool
) -> None:
    whole = told(f"{before}\n\nAt least 11 sailors were hurt.", "11 sailors", title=title)
    start = len(before) + 2
    other = replace(whole, highlights=((start, len(whole.article.text)),))
    assert bool(differing_numbers(query_of(HURT), [NINE, other])) is differ


@pytest.mark.parametrize(("published", "differ"), [("2026-03-01", True), ("2026-08-01", False)])
def test_articles_of_another_time_do_not_disagree(published: str, differ: bool) -> None:
    first = told("Nine sailors were hurt off Skarvik.", "Nine sailors", published="2026-01-14")
    second = told("Off Skarvik 11 sailors were hurt.", "11 sailors", published=published)
    asked = query_of("How many sailors were hurt off Skarvik?")
    assert bool(differing_numbers(asked, [first, second])) is differ


def test_numbers_that_nobody_asked_for_may_differ() -> None:
    assert differing_numbers(query_of("Who was hurt off Skarvik?"), [NINE, ELEVEN]) == ()


def test_one_that_denies_and_one_that_does_not_may_differ() -> None:
    asked = query_of("Did the captain of the ferry leave the bridge?")
    left = told("The captain left the bridge at noon, two sailors said.")
    stayed = told("The ferry's captain never left the bridge.")
    beside = told("The harbour was not closed.")
    assert differs_on_yes(asked, [left, stayed])
    assert differs_on_yes(asked, [replace(left, answer=None), replace(stayed, answer=None)])
    assert not differs_on_yes(asked, [left, left])
    assert not differs_on_yes(asked, [left, beside])
    assert not differs_on_yes(query_of("When did the captain of the ferry leave the bridge?"), [left, stayed])
    shown = shown_of([left, stayed], asked)
    assert list(disagreement_words(shown.result)) == ["These sources may differ: compare them."]
    refused = shown_of([left, stayed], asked, answered=False)
    assert list(disagreement_words(refused.result)) == []


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("So the captain was found guilty, right?", "not"),
        ("Was the captain found guilty?", "not"),
        ("The captain was not found guilty, was he?", ""),
        ("What was the captain found guilty of?", ""),
        ("Did a storm sink the ferry in May?", ""),
    ],
)
def test_a_quote_that_denies_what_is_asked_is_to_be_read_closely(question: str, word: str) -> None:
    quote = told("The captain was found not guilty by a court.")
    assert denying_word(query_of(question), [quote]) == word
    words = "The first quote says “not”: read it closely."
    assert (words in disagreement_words(shown_of([quote], query_of(question)).result)) is bool(word)


def test_what_is_found_for_a_claim_has_no_percentage() -> None:
    quote = told("The captain was found not guilty by a court.")
    for question, percent in (("The captain is guilty, right?", False), ("Who is guilty?", True)):
        card = answer_card(shown_of([quote], query_of(question)), messages_for("en"), AnswerContext(), CANVAS)
        assert ("Confidence" in str(card)) is percent
