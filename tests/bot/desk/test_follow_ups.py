"""What a follow-up shows first, where the passage that answers was told before."""

from collections.abc import Sequence
from dataclasses import replace
from typing import cast

import pytest

from bot.answers.answer import Answer, NoAnswer, Quote
from bot.chat.answer_record import key_of
from bot.desk.desk import Desk
from bot.desk.follow_ups import TOLD, ask_following, continues_refused, previous_of
from retrieval.collection.collection import Collection
from retrieval.question.query import Query
from tests.bot.samples.answers import LIGHT, LONG, query_of, quote_of, shown_of

FIRST = query_of("When was the lamp lit?")
SPANS = [(0, 20), (200, 220), (400, 420)]


def quotes(*readings: float | None) -> list[Quote]:
    """Quotes of one article, with what a reader says of each."""
    made = [quote_of(LONG, span) for span in SPANS]
    return [
        replace(quote, features=replace(quote.features, reading=reading))
        for quote, reading in zip(made, readings, strict=True)
    ]


class Shelf:
    """A desk that has one answer, whatever is asked."""

    def __init__(self, found: Sequence[Quote], *, answered: bool = True) -> None:
        self._found, self._answered = found, answered

    def ask(self, query: Query, *_: object) -> Answer | NoAnswer:
        """That answer."""
        return shown_of(self._found, query, answered=self._answered).result

    def held(self, _names: object) -> Sequence[Collection]:
        """No collection."""
        return ()

    def written(self, text: str, _names: object) -> str:
        """As it is."""
        return text


def starts(found: Sequence[Quote], *, question: str = "Why?", answered: bool = True) -> list[int]:
    """Where the quotes of a follow-up begin, in order, after the first of them was told."""
    desk = cast("Desk", Shelf(found, answered=answered))
    before = previous_of(shown_of(found, FIRST).result)
    assert before.told == (key_of(found[0]),)
    result = ask_following(desk, query_of(question), before)
    shown = result.quotes if isinstance(result, Answer) else result.nearest
    return [quote.start for quote in shown]


@pytest.mark.parametrize(
    ("readings", "expected"),
    [
        ((2.0, 2.0, None), [200, 0, 400]),
        ((2.0, 2.1, 2.2), [400, 0, 200]),
        ((2.0, 1.9, 1.0), [0, 200, 400]),
        ((-2.0, -1.0, -1.5), [0, 200, 400]),
        ((None, 3.0, 3.0), [0, 200, 400]),
    ],
)
def test_of_passages_that_answer_as_well_one_that_was_not_told_comes_first(
    readings: tuple[float | None, ...], expected: list[int]
) -> None:
    assert starts(quotes(*readings)) == expected


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("When was the lamp lit?", 0),
        ("WHEN WAS THE LAMP LIT", 0),
        ("lol, again: when was the lamp lit?", 0),
        ("When?", 0),
        ("the lamp?", 0),
        ("Where was the lamp lit?", 200),
        ("How much more?", 200),
        ("When was the lamp sold?", 200),
        ("언제?", 200),
    ],
)
def test_who_asks_the_same_again_is_shown_the_best_answer_again(question: str, first: int) -> None:
    assert starts(quotes(2.0, 2.0, 2.0), question=question)[0] == first


def test_a_passage_of_another_article_stays_where_it_is() -> None:
    first, *_ = quotes(2.0, 2.0, 2.0)
    other = quote_of(LIGHT, (0, 20))
    better = replace(other, features=replace(other.features, reading=3.0))
    assert starts([first, better]) == [first.start, better.start]
    assert starts([better, first]) == [better.start, first.start]


def test_nearest_passages_of_no_answer_stay_in_their_order() -> None:
    assert starts(quotes(2.0, 2.0, 2.0), answered=False) == [0, 200, 400]


@pytest.mark.parametrize(("question", "reading"), [("who lit it?", "who lit it?"), ("when was that?", "")])
def test_a_follow_up_is_read_by_itself_where_it_says_what_it_asks(question: str, reading: str) -> None:
    found = quotes(2.0, 2.0, 2.0)
    desk = cast("Desk", Shelf(found))
    result = ask_following(desk, query_of(question), previous_of(shown_of(found, FIRST).result))
    assert result.query.text.startswith(f"{question} ")
    assert result.query.reading == reading
    assert previous_of(result).own == reading


@pytest.mark.parametrize(
    ("question", "text", "told", "person"),
    [
        ("Who keeps it?", "Captain Ida Berg keeps it.", "Captain Ida Berg", "Ida Berg"),
        ("and who keeps it?", "Ida Berg keeps it.", "Ida Berg", "Ida Berg"),
        ("When was it kept?", "Ida Berg keeps it.", "Ida Berg", ""),
        ("Who is Ida Berg?", "Ida Berg is an Army nurse.", "Army nurse", ""),
        ("Who is Ida Berg?", "Ida Berg is the mayor of Nara.", "the mayor of Nara", ""),
        ("Who was Berg?", "Ida Berg keeps it.", "Ida", ""),
        ("Who keeps it?", "Ida Berg and Paul Holm keep it.", "Ida Berg and Paul Holm", ""),
        ("Who keeps it?", "Nobody keeps it.", "", ""),
    ],
)
def test_who_somebody_is_is_the_name_that_is_shown_as_the_answer(
    question: str, text: str, told: str, person: str
) -> None:
    start = text.index(told)
    quote = quote_of(replace(LIGHT, text=text))
    quote = replace(quote, answer=(start, start + len(told)) if told else None)
    before = previous_of(shown_of([quote], query_of(question)).result)
    assert before.person == person
    after = ask_following(cast("Desk", Shelf([quote])), query_of("was she born here?"), before)
    assert (f"was {person} born here?" in after.query.text) is bool(person)
    assert after.query.reading.startswith(f"was {person or 'she'} born here?")
    assert previous_of(after, before).person == person


@pytest.mark.parametrize(
    ("refused", "reading", "question", "continues"),
    [
        ("When was Ada Oro born?", "", "and where?", True),
        ("When was Ada Oro born?", "", "how old is she?", True),
        ("When was Ada Oro born?", "", "Who lit the lamp in Nara?", False),
        ("how do you bake bread?", "", "and where?", False),
        ("Was she fined? Ada Oro", "Was she fined?", "by whom?", True),
        ("Was she fined? Ada Oro", "Was she fined?", "where does she live?", False),
    ],
)
def test_what_goes_on_from_a_refused_question(
    refused: str, reading: str, question: str, *, continues: bool
) -> None:
    assert continues_refused(question, replace(query_of(refused), reading=reading)) is continues


def test_another_question_after_it_shows_what_it_finds_first() -> None:
    found = quotes(2.0, 2.0, 2.0)
    result = ask_following(cast("Desk", Shelf(found)), query_of("Why?"), None)
    assert isinstance(result, Answer)
    assert result.quotes[0].start == 0


def test_what_was_told_is_remembered_through_a_conversation_and_of_a_refusal_nothing_is() -> None:
    one, two, three = quotes(2.0, 2.0, 2.0)
    before = previous_of(shown_of([one, two], FIRST).result)
    after = previous_of(shown_of([two, three], FIRST).result, before)
    assert after.told == (key_of(one), key_of(two))
    assert previous_of(shown_of([three], FIRST, answered=False).result, after).told == after.told
    for _ in range(TOLD):
        after = previous_of(shown_of([three], FIRST).result, after)
    assert after.told == (key_of(three),) * TOLD
