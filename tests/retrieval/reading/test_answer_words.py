"""Which words are marked as the answer: whole ones, and only where they can be what was asked for."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.reading.answer_words import answer_words, gives_cause
from retrieval.text.sentences import Span


def marked(question: str, sentence: str, words: str) -> str | None:
    text = f"Before it. {sentence} After it."
    start = text.index(sentence)
    at = text.index(words, start)
    found = answer_words(question, text, (start, start + len(sentence)), (at, at + len(words)))
    return found and text[slice(*found)]


@pytest.mark.parametrize(
    ("question", "sentence", "words", "expected"),
    [
        ("Who built the pier?", "Ida Berg built the pier.", "Ida Berg", "Ida Berg"),
        ("Who built the pier?", "The pier was built by Ida Berg.", "Ida", "Ida Berg"),
        ("Who built the pier?", "Ida Jane O'Hara built it.", "Ida Jane", "Ida Jane O'Hara"),
        ("Who built it?", "It was built by Mayor Park Bo-ram in May.", "Bo-ram", "Park Bo-ram"),
        ("Who built it?", "It was built by the physicist J. Robert Berg.", "Robert", "J. Robert Berg"),
        ("Who built it with Park?", "It was built by Park Bo-ram.", "Bo-ram", "Bo-ram"),
        ("Who built it?", "Yesterday Berg built it.", "Berg", "Berg"),
        ("Who is Berg?", "The mayor Ida Berg spoke.", "The mayor Ida", "The mayor"),
        ("Who is Moe's wife?", "The mayor Ida Moe spoke.", "Ida", "Ida"),
        ("Who drove Moe's car?", "The car of Princess Moe was black.", "Princess Moe", None),
        ("Who is Moe?", "Moe is a princess.", "princess", "princess"),
        ("How old is she?", "The 62-year-old spoke.", "62-year", "62-year-old"),
        ("How old is she?", "The 62-year-old spoke.", "62", "62-year-old"),
        ("Of which party is she?", "The Liberal Gov. Ida Berg spoke.", "Liberal", "Liberal"),
        ("What did it cost?", "It cost $2.5 million in all.", "2.5 million", "$2.5 million"),
        ("What did it cost?", "It cost $2.5 million in all.", "5 million", "$2.5 million"),
        ("How much was lost?", "In all 12% was lost.", "12", "12%"),
        ("What is it called?", "They call it “the old pier” here.", "the old pier”", "“the old pier”"),
        ("What is it called?", "They call it “the old pier” here.", "“the old", "“the old pier”"),
        ("What is it called?", 'They call it "the old pier" here.', 'the old pier"', '"the old pier"'),
        ("What is it?", 'A pier", he said of it.', 'A pier"', "A pier"),
        ("What is it?", "He called it “a pier.", "“a pier", "a pier"),
        (
            "How many came?",
            "It drew 40 people (20 boats) in all.",
            "40 people (20 boats",
            "40 people (20 boats)",
        ),
        ("Where is it?", "The pier is in Skarvik, Norway.", "in Skarvik, Norway.", "in Skarvik, Norway"),
        ("Whose is it?", "It is the harbour's own.", "harbour", "harbour"),
        ("When was it?", "It burned on 13 January 2026 at noon.", "January 2026", "13 January 2026"),
        ("When was it?", "It burned on January 13, 2026, at noon.", "January", "January 13, 2026"),
        ("When was it?", "It burned in May 2,000 times.", "May", "May"),
        ("When was it?", "It burned on 13 January 1992 at noon.", "1992", "13 January 1992"),
        ("When was it?", "It burned on January 13, 1992, at noon.", "1992", "January 13, 1992"),
        ("When was it?", "It closed at 3 a.m. on Monday.", "3 a.m", "3 a.m."),
        ("Where was it?", "It was taken to the U.S.", "U.S", "U.S."),
        ("Who was hurt?", "Two U.S. troops were hurt.", "Two U", "Two U.S."),
        ("Who was hurt?", "The D.C.-based U man was hurt.", "U", "U"),
        ("How many votes had she?", "She had 237 of 465 votes.", "465", "237 of 465"),
        ("Where is it told?", "It is told on www.berg.example.", "example", "www.berg.example"),
        (
            "Who came?",
            "Ida Berg came and her boat was lost.",
            "Ida Berg came and her boat was",
            "Ida Berg came",
        ),
        (
            "What did Berg do?",
            "She ran the pier, and the city paid her.",
            "ran the pier, and",
            "ran the pier, and",
        ),
        ("How old is Berg?", "The 62-year-old Berg left.", "62-year-old", "62-year-old"),
        ("How much did it earn in 2019?", "It earned $7 in 2019 and $9 in 2021.", "$7", "$7"),
        ("How much did it earn in 2019?", "In 2019, it earned $7.", "$7", "$7"),
        ("How much did it earn in 2019?", "In 2021 it earned $7.", "$7", "$7"),
        ("Who is the governor of Skarvik?", "Ida Berg, the governor, spoke.", "Ida Berg", "Ida Berg"),
        ("Who was the mayor when it burned?", "Ida Berg was it.", "Ida Berg", "Ida Berg"),
    ],
)
def test_the_words_are_whole(question: str, sentence: str, words: str, expected: str) -> None:
    assert marked(question, sentence, words) == expected


@pytest.mark.parametrize(
    ("question", "sentence", "words"),
    [
        ("Why was the pier closed?", "The pier was closed to boats on Monday.", "to boats"),
        ("Why did she leave?", "She left with immediate effect.", "with immediate effect"),
        ("How did the pier burn?", "The pier burned on Monday.", "on Monday"),
        ("What happened to the pier?", "The pier is gone.", "gone"),
        ("What did Berg say about the pier?", "Berg said the pier was old.", "old"),
        ("What did Berg and Moe agree about the pier?", "They agreed to test old planks.", "old planks"),
        ("What is the name of Ida Berg's boat?", "Ida Berg's boat left.", "Ida Berg's"),
        ("Which piers are open?", "The pier's opening hours vary.", "pier"),
        ("How many boats came?", "The boats came late.", "late"),
        ("How much did they raise?", "They raised a larger sum.", "larger sum"),
        ("When was the pier built?", "The pier was built in Skarvik.", "in Skarvik"),
        ("When will it open?", "It is closed until it is safe.", "until"),
        ("Who hosted the talks?", "He hosted the talks.", "He"),
        ("How old is Berg?", "Berg met 62-year-old Moe.", "62-year-old"),
        ("How old is Berg?", "Berg leads it for five years.", "five years"),
        ("What percentage stayed?", "An estimated 20,000 people stayed.", "20,000"),
        ("What time did the pier close?", "It closed on Monday at noon.", "Monday"),
        ("How old is Berg?", "Berg became the mayor in May 2022.", "May 2022"),
        ("What is Berg's age?", "Berg has 12 boats.", "12"),
        ("How much did it cost?", "It covers two million square feet.", "two million square feet"),
        ("How long did it last?", "It was on 13 January 2026.", "13 January 2026"),
        ("How many boats came?", "They came in May 2022.", "2022"),
        ("When did the pier burn?", "The pier is gone, Berg said Wednesday.", "Wednesday"),
        ("Where is the pier?", "Berg built piers so as not to sail.", "built piers"),
        ("Who came with Berg?", "The president came with Berg.", "president"),
        ("How old is Berg?", "Berg met three-month old Moe.", "three-month"),
        ("How old is Berg?", "Berg is mayor for a term of five years.", "five"),
        ("Who is Berg?", "The pier is by J. Robert Berg.", "J. Robert"),
        ("What did Berg build?", "The pier is by J. Robert Berg.", "J. Robert"),
        ("who accused him? pier Berg", "Mayor Ola Berg denied it.", "Ola Berg"),
        ("Which papers were signed?", "They signed three papers.", "three"),
        ("What was burned?", "It was – in all – burned.", "–"),
        ("What did he call it?", "He called it a (so to say, and if nobody minds that", "a (so to say"),
        ("How much did it earn in 2019?", "It earned $9 in 2021, and $7 in 2019.", "$9"),
        ("How much did it earn in 2019?", "In 2019 it earned $7, in 2021 it was $9.", "$9"),
        ("Who is the governor of Skarvik?", "The lieutenant governor of Skarvik spoke.", "lieutenant"),
    ],
)
def test_words_that_cannot_be_the_answer_are_not_marked(question: str, sentence: str, words: str) -> None:
    assert marked(question, sentence, words) is None


@pytest.mark.parametrize(
    ("question", "sentence", "words"),
    [
        ("Why was the pier closed?", "It was closed because of cracks.", "because of cracks"),
        ("Why was the pier closed?", "The pier was closed for cracks in it.", "cracks in it"),
        ("Why was Berg fined?", "Berg was fined after he drank at sea.", "after he drank at sea"),
        (
            "What did Berg say?",
            "Berg said that the pier was old and had to go.",
            "the pier was old and had to go",
        ),
        ("How many boats came?", "Dozens of boats came.", "Dozens"),
        ("How many boats came?", "Few boats came.", "Few"),
        ("How old is Berg?", "Berg, 41, is the mayor.", "41"),
        ("What percent stayed?", "About 40 percent of them stayed.", "40 percent"),
        ("What time did it close?", "It closed at 3 a.m. on Monday.", "3 a.m."),
        ("How many years was he in prison?", "He got a 10-year sentence.", "10"),
        ("How old is Berg?", "Berg was born on 7 March 1961.", "7 March 1961"),
        ("How much did it cost?", "It cost two million euros.", "two million"),
        ("How long has it been shut?", "It has been shut since 1983.", "1983"),
        ("When did Berg say so?", "The pier is gone, Berg said Wednesday.", "Wednesday"),
        ("When did the pier burn?", "The pier burned on Wednesday.", "Wednesday"),
        ("Where is it?", "It stands in shallow water.", "shallow water"),
        ("Who is Berg?", "Berg is the president.", "president"),
        ("How long did it last?", "It lasted for most of the night.", "most of the night"),
        ("How old is the pier?", "The pier is sixty-two years old.", "sixty-two years"),
        ("When did it burn?", "It burned late on Monday.", "late on Monday"),
        ("When did it burn?", "It burned after the storm.", "after the storm"),
        ("Did Berg or Moe win, and who was it?", "Moe won.", "Moe"),
        ("In which year did it burn?", "It burned in 1911.", "1911"),
        ("What is the number of the pier?", "It is pier 12.", "12"),
    ],
)
def test_words_that_can_be_are(question: str, sentence: str, words: str) -> None:
    assert marked(question, sentence, words) == words


@st.composite
def spans(draw: st.DrawFn) -> tuple[str, Span, Span]:
    text = draw(st.text(st.sampled_from("aB1 .,'\"“”()’$%-é"), min_size=1, max_size=80))
    start, *inner, end = sorted(draw(st.integers(0, len(text))) for _ in range(4))
    return text, (start, end), (inner[0], inner[1])


@example("Who is B?", ("1111%", (0, 4), (0, 1)))
@given(
    st.sampled_from(["Who is B?", "Why?", "How many are there?", "When was it?", "What did a say?"]), spans()
)
def test_what_is_marked_is_inside_the_sentence_and_has_a_letter(
    question: str, given_spans: tuple[str, Span, Span]
) -> None:
    text, sentence, words = given_spans
    if found := answer_words(question, text, sentence, words):
        assert sentence[0] <= found[0] < found[1] <= sentence[1]
        assert any(map(str.isalnum, text[slice(*found)]))


@pytest.mark.parametrize(
    ("question", "sentence", "tells"),
    [
        ("Why was it closed?", "It was closed on Monday.", False),
        ("How come it was closed?", "It was closed on Monday.", False),
        ("Why was it closed?", "It was closed because of cracks.", True),
        ("Why was it closed?", "It was closed for 12 days.", False),
        ("When was it closed?", "It was closed on Monday.", True),
        ("Who said why it was closed?", "Ida Berg did.", True),
    ],
)
def test_a_sentence_tells_why_by_the_words_of_a_cause(question: str, sentence: str, tells: bool) -> None:
    assert gives_cause(question, sentence) is tells
