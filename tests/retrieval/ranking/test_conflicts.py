"""Whether a sentence has another time, or another number of the same things, than the question."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.collection.passage import Passage
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.ranking.conflicts import Conflicts
from tests.retrieval.snapshots import article, asking


def conflict(question: str, sentence: str, title: str = "A title", published: str | None = None) -> float:
    """What a sentence has otherwise, alone in its article."""
    day = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
    one = article("a", sentence, title=title, published=day)
    return Conflicts(asking(question)).share(one, (0, len(sentence)))


@pytest.mark.parametrize(
    ("question", "sentence", "share"),
    [
        ("Who won the cup in 2019?", "They won the cup in 2019.", 0),
        ("Who won the cup in 2019?", "They won the cup in 2018.", 1),
        ("Who won the cup in 2019?", "They won the cup in 2018 and in 2019.", 0),
        ("Who won the cup in 2019?", "They won the cup.", 0),
        ("Who won in 2018 and 2019?", "They won in 2018.", 0.5),
        ("What was the profit in Q1 2021?", "It rose in the first quarter.", 0),
        ("What was the profit in Q1 2021?", "It rose in the second quarter of 2021.", 1),
        ("What was the profit in Q1 2021?", "It rose in the first quarter of 2020.", 1),
        ("What was the profit in Q1 2021?", "It rose in 2020.", 1),
        ("Who scored in the fourth quarter?", "They scored in the third quarter of 2020.", 2),
        ("Who scored in the fourth quarter?", "They scored in 2020.", 0),
        ("What did it cost in March 2021?", "On 3 March it cost 2 euros.", 0),
        ("What did it cost in March 2021?", "In April it cost 2 euros.", 1),
        ("What did it cost on 3 March 2021?", "On March 4 it cost 2 euros.", 1),
        ("What did it cost on 3 March 2021?", "In March 2021 it cost 2 euros.", 0),
        ("Who won Game 6?", "They won Game 5.", 1),
        ("Who won Game 6?", "They won Games 5 and 7, and Game 6.", 0),
        ("Who won Game 6?", "They won round 5.", 0),
        ("Who won the sixth game in 2019?", "They won Game 5 in 2018.", 2),
        ("2019년에 누가 이겼나?", "２０１８年に勝った。", 1),
        ("Who won the cup?", "They won Game 5 in 2018.", 0),
    ],
)
def test_what_a_sentence_has_otherwise(question: str, sentence: str, share: float) -> None:
    assert conflict(question, sentence) == share


@pytest.mark.parametrize(
    ("sentence", "title", "published", "share"),
    [
        ("They won the cup.", "The cup of 2018", "2019-05-01", 1),
        ("They won the cup in 2019.", "The cup of 2018", "2018-05-01", 0),
        ("They won the cup.", "A title", "2018-05-01", 1),
        ("They won the cup.", "A title", "2019-05-01", 0),
        ("They won the cup last year.", "A title", "2020-05-01", 0),
        ("They won the cup last year.", "A title", "2021-05-01", 1),
    ],
)
def test_the_title_and_the_date_say_what_the_sentence_does_not(
    sentence: str, title: str, published: str, share: float
) -> None:
    assert conflict("Who won the cup in 2019?", sentence, title, published) == share


@pytest.mark.parametrize(
    ("published", "share"), [("2022-03-15", 0), ("2022-03-20", 0), ("2022-03-07", 1), ("2023-03-15", 1)]
)
def test_an_article_of_the_days_after_a_day_speaks_of_it(published: str, share: float) -> None:
    question = "What did fuel cost on March 15, 2022?"
    assert conflict(question, "Fuel cost two euros.", published=published) == share


def test_the_number_of_a_title_counts_where_the_sentence_has_none() -> None:
    assert conflict("Who scored in round 4?", "Both scored.", "Ferry Round 5: the crews are back") == 1
    assert conflict("Who scored in round 4?", "Both scored in round 4.", "Ferry Round 5: they are back") == 0


def test_a_year_may_be_told_of_in_any_article_where_the_question_is_of_a_relative_time() -> None:
    question = "Which port opened this week, after it had closed in March 2020?"
    march = Hint(HintKind.DATES, "March 2020", HintUse.BOOST)
    week = Hint(HintKind.NOW, "this week", HintUse.BOOST)
    one = article("a", "The port opened.", published=datetime(2022, 9, 28, tzinfo=UTC))
    assert Conflicts(asking(question).with_hints((march,))).share(one, (0, 16)) == 1
    both = Conflicts(asking(question).with_hints((march, week)))
    assert not both
    assert both.share(one, (0, 16)) == 0


@pytest.mark.parametrize(
    ("before", "share"),
    [
        ("In 2019 the crews met. ", 0),
        ("In May 2019 the crews met. It was late. ", 0),
        ("In 2019 the crews met. In 2020 they met again. ", 1),
        ("In 2019 the crews met.\n\n", 1),
        (f"In 2019 the crews met. {'It was late. ' * 30}", 1),
        ("", 1),
    ],
)
def test_a_sentence_goes_on_to_tell_of_the_year_that_its_paragraph_named_last(
    before: str, share: float
) -> None:
    sentence = "They won the cup."
    one = article("a", f"{before}{sentence}", published=datetime(2026, 1, 9, tzinfo=UTC))
    span = (len(before), len(before) + len(sentence))
    assert Conflicts(asking("Who won the cup in 2019?")).share(one, span) == share
    assert Conflicts(asking("Who won the cup in May 2021?")).share(one, span) == 1


@pytest.mark.parametrize(
    ("question", "texts", "absent"),
    [
        ("Where was the third summit?", ["The second summit was here.", "It rained."], True),
        (
            "Where was the third summit?",
            ["The second summit was here.", "The third summit was there."],
            False,
        ),
        ("Where was the third summit?", ["A summit was here."], False),
        ("Who counted 63 people?", ["They counted 12 people."], False),
        ("Where was the summit?", ["The second summit was here."], False),
    ],
)
def test_passages_that_number_such_things_without_the_number_asked_for(
    question: str, texts: list[str], *, absent: bool
) -> None:
    passages = [Passage(article("a", text), 0, len(text)) for text in texts]
    assert Conflicts(asking(question)).number_is_absent(passages) is absent


@given(st.text(min_size=1).filter(lambda text: bool(text.strip())), st.text())
def test_any_question_can_be_asked_of_any_sentence(question: str, sentence: str) -> None:
    assert 0 <= conflict(f"a {question}"[:500], sentence) <= 2
