from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given

from retrieval.collection.passage import Passage
from retrieval.question.anchors import anchors
from retrieval.ranking.evidence.anchoring import ANCHORING, YEAR_ALONE, anchoring, missing
from tests.retrieval.question.test_anchors import QUESTIONS
from tests.retrieval.snapshots import article


def passage(
    text: str, title: str = "A title", published: str | None = None, rest: str = "", language: str = "en"
) -> Passage:
    """A passage of an article that goes on with `rest`."""
    moment = datetime.fromisoformat(published) if published else None
    if moment and moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    one = article("a", f"{text} {rest}", title=title, published=moment, language=language)
    return Passage(one, 0, len(text))


def lacking(question: str, one: Passage) -> tuple[float, float]:
    """The shares of the times and numbers, and of the names, that the passage lacks."""
    found = anchoring(anchors(question), [one])
    assert found.shape == (1, len(ANCHORING))
    assert found.dtype == np.float32
    untimed, unnamed = found[0].tolist()
    return untimed, unnamed


@pytest.mark.parametrize(
    ("question", "text", "supplied"),
    [
        ("Who won in 2019?", "They won in 2019.", 1),
        ("Who won in 2019?", "They won 20190 in 1998.", 0),
        ("2019년에 누가 이겼나?", "２０１９年に勝った。", 1),
        ("Revenue in Q1 2021?", "In the first quarter of 2021 it rose.", 1),
        ("Revenue in Q1 2021?", "2021년 1분기 매출이 늘었다.", 1),
        ("Revenue in Q1 2021?", "2021年1〜3月期の売上高。", 1),
        ("Revenue in Q1 2021?", "In 2021 the first quarter was good.", 1),
        ("What was banned in Q3 2023?", "Fish was banned on 24 August 2023.", 1),
        ("What was banned in the second half of 2023?", "Fish was banned on 24 November 2023.", 1),
        ("What was banned in Q4 2023?", "Fish was banned on 24 August 2023.", 0.5),
        ("Revenue in Q1 2021?", "Revenue rose in 2021.", YEAR_ALONE),
        ("Revenue in Q1 2021?", "Revenue rose in Q2 2021.", 0),
        ("Revenue in Q1 2021?", "Revenue rose in Q1 2020.", 0),
        ("Events of May 2021?", "On 3 May 2021 it began.", 1),
        ("Events of May 2021?", "In 2021 it began on May 3.", 1),
        ("Events of 3 May 2021?", "In May 2021 it began.", YEAR_ALONE),
        ("Events of May 2021?", "In June 1998 it began.", 0),
        ("Who lost 1,200 jobs?", "1200 jobs went.", 1),
        ("Who lost 2 jobs?", "Two jobs went.", 1),
        ("Who lost $3 billion?", "It lost $3bn.", 1),
        ("Who lost 3 billion won?", "30억 원을 잃었다.", 1),
        ("Who lost 1,200 jobs?", "12 jobs went.", 0),
        ("Why was Federer fined?", "FEDERER’S fine was small.", 1),
        ("What do the Tamils want?", "A Tamil said so.", 1),
        ("What does Iraq want?", "An Iraqi said so.", 1),
        ("What do the Chinese want?", "China said so.", 1),
        ("What does the UN want?", "The United Nations said so.", 1),
        ("What does the United Nations want?", "The U.N. said so.", 1),
        ("What does the WHO want?", "the World Health Organization said so.", 1),
        ("What does the U.S. Senate want?", "The U.S. Senate said so.", 1),
        ("Did Apple sue?", "Apple은 소송을 냈다.", 1),
        ("이재명 대통령은 왜?", "이재명은 말했다.", 1),
        ("岸田首相はなぜ？", "岸田氏は述べた。", 1),
        ("Is it President Barack Obama?", "Mr. Obama said so.", 1),
        ("Is it Barack Obama?", "Barack Hussein Obama said so.", 1),
        ("Is it Barack Obama?", "Michelle Obama said so.", 0),
        ("Did Lee Jae Myung pledge it?", "Lee Jae-myung pledged it.", 1),
        ("Did Lee Jae Myung pledge it?", "When Lee pledged it, they cheered.", 1),
        ("Did Lee Jae Myung pledge it?", "Lee Hsien Loong pledged it.", 0),
        ("Did Lee Jae Myung pledge it?", "Lee Myung-bak pledged it.", 0),
        ("Was it on Flight 447?", "It was on flight 447.", 1),
        ("Was it on Flight 447?", "It was on flight 1549, 447 of them.", 0),
        ("Did they visit New York?", "New rules hold in York.", 1),
        ("Did they visit New York?", "New rules hold.", 0),
        ("Who hosted “Star Search”?", "He was the host of 'Star-search'.", 1),
        ("Who hosted “Star Search”?", "He searched the star.", 0),
        ("“기후 변화”란?", "기후 변화가 온다.", 1),
    ],
)
def test_a_passage_lacks_what_it_does_not_say_in_any_way(question: str, text: str, supplied: float) -> None:
    assert sum(lacking(question, passage(text))) == 1 - supplied


def test_times_and_names_are_told_apart() -> None:
    assert lacking("Did Federer win in 2019?", passage("Federer won in 2007.")) == (1, 0)
    assert lacking("Did Federer win in 2019?", passage("Nadal won in 2019.")) == (0, 1)
    assert lacking("Did Federer beat Nadal in 2019?", passage("Nadal won in 2007.")) == (1, 0.5)
    assert lacking("Who lost 12 jobs in 2019?", passage("12 jobs went in 2007.")) == (0.5, 0)


@pytest.mark.parametrize(
    ("question", "one", "supplied"),
    [
        ("Why was Federer fined?", passage("He was fined.", title="Federer is fined"), 1),
        ("Who won in 2019?", passage("They won.", title="The final of 2019"), 1),
        ("Who won in 2019?", passage("They won.", published="2019-05-03"), 1),
        ("Who won in 2019?", passage("They won last year.", published="2020-01-03"), 1),
        ("Who won in 2019?", passage("They won.", published="2020-01-03"), 0),
        ("2019년에 누가 이겼나?", passage("지난해 이겼다.", published="2020-01-03"), 1),
        ("Who won in 2019?", passage("They won.", published="2019-12-31T22:30-05:00"), 1),
        ("Who won in 2019?", passage("They won.", published="2020-01-01T07:30+09:00"), 0),
        ("Events of May 2021?", passage("It began.", published="2021-05-01T07:30+09:00"), 1),
        (
            "Events in the second quarter of 2021?",
            passage("It began.", published="2021-04-01T07:30+09:00"),
            1,
        ),
        ("Events in Q1 2021?", passage("It began.", published="2021-03-31T22:30-05:00"), 1),
        ("Events of May 2021?", passage("It began.", published="2021-05-03"), 1),
        ("Events of May 2021?", passage("It began.", published="2021-06-02"), 1),
        ("Events of May 2021?", passage("It began.", published="2021-08-02"), YEAR_ALONE),
        ("Events of 3 May 2021?", passage("It began.", published="2021-05-04"), 1),
        ("Revenue in Q1 2021?", passage("It rose.", published="2021-02-03"), 1),
        ("Revenue in Q1 2021?", passage("In the first quarter it rose.", published="2021-05-03"), 1),
        ("Revenue in Q1 2021?", passage("In the first quarter it rose.", published="2022-05-03"), 0),
        ("Revenue in Q4 2020?", passage("In the fourth quarter it rose.", published="2021-02-03"), 1),
        ("Revenue in H2 2020?", passage("It rose.", published="2020-11-03"), 1),
    ],
)
def test_title_and_date_supply_it_too(question: str, one: Passage, supplied: float) -> None:
    assert sum(lacking(question, one)) == 1 - supplied


@pytest.mark.parametrize(
    ("rest", "supplied"),
    [
        ("", 1),
        ("So said Travis Kelce.", 1),
        ("So said Jason Kelce.", 0),
        ("Jason Kelce, not Travis Kelce.", 1),
    ],
)
def test_who_is_meant_by_a_surname_is_told_by_the_rest_of_the_article(rest: str, supplied: float) -> None:
    assert lacking("Did Travis Kelce marry?", passage("Kelce married her.", rest=rest)) == (0, 1 - supplied)


def test_a_question_without_anchors_says_nothing_of_any_passage() -> None:
    assert anchors("why was it fined") == ()
    found = anchoring((), [passage("It was fined in 2019."), passage("Federer was.")])
    assert found.tolist() == [[0, 0], [0, 0]]
    assert anchoring(anchors("Who won in 2019?"), []).shape == (0, len(ANCHORING))


@given(QUESTIONS)
def test_a_passage_that_has_the_question_has_all_that_it_hangs_on(question: str) -> None:
    found, one = anchors(question), passage(question)
    assert missing(found, [one]) == ()
    assert anchoring(found, [one]).tolist() == [[0, 0]]


@given(QUESTIONS, QUESTIONS)
def test_every_feature_is_a_share(question: str, text: str) -> None:
    rows = anchoring(anchors(question), [passage(text)])
    assert ((rows >= 0) & (rows <= 1)).all()


def test_missing_is_what_no_passage_supplies() -> None:
    found = anchors("Did Federer beat Nadal at Wimbledon in Q1 2019?")
    some = [passage("Federer won in 2007."), passage("Nadal lost.", published="2019-02-01")]
    assert [one.words for one in missing(found, some)] == ["Wimbledon"]
    later = [some[0], passage("Nadal lost.", published="2019-07-01")]
    assert [one.words for one in missing(found, later)] == ["Wimbledon", "Q1 2019"]
    assert [one.words for one in missing(found, some[:1])] == ["Nadal", "Wimbledon", "Q1 2019"]
    assert missing(found, []) == ()
