"""Which sentences tell who holds an office of a country or a town."""

import pytest

from retrieval.holders.naming import holder, tells_no_holder


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who is the mayor of Nara?", "Nara Mayor Ada Oro opened the bridge."),
        ("who's the mayor of Nara", "Ada Oro, the mayor of Nara, opened the bridge."),
        ("Who is the current mayor of Nara?", "The mayor of Nara, Ada Oro, opened the bridge."),
        ("Who is Nara's mayor?", "The mayor of Nara is Ada Oro."),
        ("Who is the mayor of Nara?", "Ada Oro serves as the 46th mayor of Nara."),
        ("Who is the mayor?", "Mayor Oro opened the bridge."),
        ("Who is the prime minister of Japan?", "Japanese Premier Ada Oro spoke."),
        ("Who is the prime minister of the UK?", "British Prime Minister Ada Oro spoke."),
        ("Who is the president of France?", "French President Ada Oro spoke."),
        ("Who is the US president?", "President Oro spoke on Monday."),
        ("Who is the president of the United States?", "U.S. President Ada Oro spoke."),
        ("Who is the governor of Oregon?", "Oregon Gov. Ada Oro spoke."),
        ("Who is the secretary of state?", "Secretary of State Ada Oro spoke."),
        ("Who is the boss of Harbour Lines?", "Harbour Lines chief executive Ada Oro spoke."),
        ("Who is the new coach of Nara?", "Nara have a new manager, as Ada Oro takes over."),
        ("Who is the deputy mayor of Nara?", "Nara's deputy mayor Ada Oro spoke."),
        ("Who was the mayor of Nara?", "The town hall was closed."),
        ("When was the mayor elected?", "The town hall was closed."),
    ],
)
def test_a_sentence_that_names_somebody_beside_the_office_tells_it(question: str, sentence: str) -> None:
    assert not tells_no_holder(question, sentence)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        ("Who is the mayor of Nara?", "The mayor of Nara opened the bridge."),
        ("Who is the mayor of Nara?", "Ada Oro opened the bridge in Nara."),
        ("Who is the mayor of Nara?", "Former Nara Mayor Ada Oro opened the bridge."),
        ("Who is the mayor of Nara?", "Then-Nara Mayor Ada Oro opened the bridge."),
        ("Who is the mayor of Nara?", "Nara mayor-elect Ada Oro spoke."),
        ("Who is the mayor of Nara?", "Nara's deputy mayor Ada Oro spoke."),
        ("Who is the mayor of Nara?", "Ada Oro failed to become mayor of Nara."),
        ("Who is the mayor of Nara?", "Ada Oro was the mayor of Nara from 1960 to 1965."),
        ("Who is the mayor of Nara?", "Ada Oro, the first mayor of Nara, built the bridge."),
        ("Who is the mayor of Nara?", "Kobe Mayor Ada Oro spoke about the bridge."),
        ("Who is the president of France?", "President Oro met farmers near the border."),
        ("Who is the US president?", "French President Ada Oro spoke."),
        ("Who is the US president?", "Presidents Day is on Monday."),
        ("Who is the secretary of state?", "Labor Secretary Ada Oro spoke."),
        ("Who is the coach of Nara?", "Nara striker Ada Oro scored twice."),
    ],
)
def test_other_sentences_do_not_tell_it(question: str, sentence: str) -> None:
    assert tells_no_holder(question, sentence)


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Nara Mayor Ada Oro opened the bridge.", "Ada Oro"),
        ("Ada Oro, the mayor of Nara, opened the bridge.", "Ada Oro"),
        ("The mayor of Nara is Ada Oro.", "Ada Oro"),
        ("The Mayor of Nara Ada Oro, Kobe Mayor Bo Ek and others were there.", "Ada Oro"),
        ("The bridge of Nara was opened.", None),
    ],
)
def test_the_name_beside_the_office_is_found(sentence: str, name: str | None) -> None:
    found = holder("Who is the mayor of Nara?", sentence)
    assert (found and sentence[slice(*found.span)]) == name
