"""Whether a sentence has the kind of amount that a question asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.reading.asked_amounts import lacks_amount


@pytest.mark.parametrize(
    ("question", "sentence", "lacks"),
    [
        ("How many ferries sank?", "Ferries sank off the port.", True),
        ("How many ferries sank?", "Ferries sank on 13 January 2026.", True),
        ("How many ferries sank?", "On 13 January 2026 two ferries sank.", False),
        ("how many ferries sank", "The port lost 12.", False),
        ("How many ferries sank?", "Dozens of ferries sank.", False),
        ("How many ferries sank?", "None of them sank.", False),
        ("What percentage of voters stayed at home?", "Voters stayed at home in 2022.", True),
        ("What percentage of voters stayed at home?", "In 2022, 38 percent stayed at home.", False),
        ("How old is the harbour master?", "She has led the port since May 2020.", True),
        ("How old is the harbour master?", "The harbour master, 58, was born here.", False),
        ("How old is the harbour master?", "She was elected for a term of five years.", True),
        ("How old is the harbour master?", "She won 581 points, and two children came.", True),
        ("How old is the harbour master?", "The 58-year-old was born here.", False),
        ("How old is the harbour master?", "She died at 87.", False),
        ("How old is the harbour master?", "She was born on 7 March 1961.", False),
        ("How old is the harbour master?", "She was born into a poor family.", True),
        ("how old were the boys", "The boys, ages 10 and 13, were at home.", False),
        ("What is the girl's age?", "She is a slight girl of 11, and lives here.", False),
        ("What age was the girl?", "The girl was here for 11 days.", True),
        ("Which age group may vote?", "All may vote.", False),
        ("How many years was he in prison?", "He was charged with 10 counts.", True),
        ("How many years was he in prison?", "He got a 10-year sentence.", False),
        ("What percentage stayed?", "An estimated 20,000 people stayed.", True),
        ("What percentage stayed?", "About 40 percent of them stayed.", False),
        ("How big was the jackpot?", "The odds are one in 292,201,338.", True),
        ("What percent stayed?", "Two in three stayed.", False),
        ("What time did it close?", "It closed on Monday.", True),
        ("What time did it close?", "It closed at around 4:30 p.m. CET.", False),
        ("What time of year is it open?", "It is open in May.", False),
        ("How old is the wall?", "It is a centuries-old wall.", False),
        ("How much did the bridge cost?", "The bridge has 12 arches.", True),
        ("How much did the bridge cost?", "It cost £2m.", False),
        ("How much did the bridge cost?", "The town paid 2 million euros.", False),
        ("How much ransom was paid?", "The 14 sailors were let go.", True),
        ("How many ferries sank?", "The crews helped one another, and no one was hurt.", True),
        ("How many ferries sank?", "One of the ferries sank.", False),
        ("How long did the mayor stay?", "He went to the island that both towns claim.", True),
        ("How long is the bridge?", "It measures three kilometres.", False),
        ("what's the population of the port", "The port has an ageing population.", True),
        ("What was the final score of the match?", "They won 3-1.", False),
        ("What is the cause of the high death rate?", "The cause is unknown.", False),
        ("What is the asking price for the ferry?", "The ferry is for sale with 12 cabins.", True),
        ("what was the cost of the bridge", "The bridge cost £2m.", False),
        ("What was the length of the talks?", "The talks were in Nara.", True),
        ("What was the length of the bridge?", "The bridge is 300 metres long.", False),
        ("What is the closing date?", "It will close.", True),
        ("What is the closing date?", "It will close on 3 May.", False),
        ("Ida Berg age", "Ida Berg leads the port.", True),
        ("Ida Berg age", "Ida Berg, 58, leads the port.", False),
        ("harbour bridge opening date?", "The bridge is open.", True),
        ("harbour bridge opening date?", "The bridge opened in May 2019.", False),
        ("How much snow fell?", "It snowed for 12 hours.", True),
        ("How much snow fell?", "In 12 hours 30 centimetres fell.", False),
        ("By how much did ferry fares rise?", "Fares had stood still for two years.", True),
        ("By how much did ferry fares rise?", "Fares rose by 4% in two years.", False),
        ("How much longer will the repair take?", "It will take three more months.", False),
        ("How many people cross a day?", "Ferries carry 1,200 people a day.", False),
        ("How long did the talks last?", "The talks were in Nara.", True),
        ("How long did the talks last?", "The talks went on for hours.", False),
        ("How long is the bridge?", "It is 1,200 metres from end to end.", False),
        ("When did the port open?", "The port opened.", True),
        ("When did the port open?", "The port opened on Tuesday.", False),
        ("When did the port open?", "The port opened in 1998.", False),
        ("What year did the port open?", "The port opened.", True),
        ("Who opened the port?", "The port opened.", False),
        ("Why was the port closed when it rained?", "It was full.", False),
        ("", "", False),
    ],
)
def test_what_a_sentence_lacks(question: str, sentence: str, lacks: bool) -> None:
    assert lacks_amount(question, sentence) is lacks


@given(st.sampled_from(("How many", "How much money", "How long", "When")), st.text())
def test_what_has_all_of_them_lacks_none_whatever_stands_before(asks: str, before: str) -> None:
    assert not lacks_amount(f"{asks} did it take?", f"{before} | Seven dollars, for two hours, yesterday.")
