"""Questions for who won a contest, and which sentences tell it."""

import pytest

from retrieval.reading.asked.winners import names_contest, tells_no_winner, winner

HARBOUR = "A year in the harbour"


@pytest.mark.parametrize(
    "question",
    [
        "Who won the Nara Cup?",
        "who has won the nara cup",
        "Who won best picture at the Harbour Awards?",
        "Which team won the Nara Cup this year?",
        "Who's the winner of the Nara Cup?",
        "Who are the Nara Cup champions?",
        "nara cup winner?",
        "Who won the election in Nara?",
        "Who won the US Open?",
    ],
)
def test_a_contest_is_known_by_its_name(question: str) -> None:
    assert names_contest(question)


@pytest.mark.parametrize(
    "question",
    [
        "Who won?",
        "Who won the game?",
        "Who won the first set?",
        "Who won the title?",
        "Who won five awards at the Nara Film Festival?",
        "Who won against Nara?",
        "Who won't play in Nara?",
        "When was the Nara Cup won?",
        "Who hosts the Nara Cup?",
    ],
)
def test_other_questions_name_no_contest(question: str) -> None:
    assert not names_contest(question)


@pytest.mark.parametrize(
    ("question", "sentence", "name"),
    [
        ("Who won the Nara Cup?", "Kobe won the Nara Cup on Sunday.", "Kobe"),
        ("Who won the Nara Cup?", "Kobe have won their second Nara Cup.", "Kobe"),
        ("Who won the Nara Cup?", "Kobe beat Osaka to win the Nara Cup.", "Kobe"),
        ("Who won the Nara Cup?", "Kobe are Nara Cup champions.", "Kobe"),
        ("Who won the Nara Cup?", "Kobe's Nara Cup win surprised everybody.", "Kobe"),
        ("Who won the Nara Cup?", "The Nara Cup went to Kobe.", "Kobe"),
        ("Who won the Nara Cup?", "2026 Nara Cup winner Kobe parted with its coach.", "Kobe"),
        ("Who won the Nara Cup?", "Kobe won the Nara Cup for the first time since 2004.", "Kobe"),
        ("Who won the Harbour Prize?", "On Monday Ada Oro was awarded the Harbour Prize.", "Oro"),
        ("Who won the US Open?", "Ada Oro won the U.S. Open.", "Oro"),
        ("Who won the election in France?", "Ada Oro has won the French presidential election.", "Oro"),
        ("Who won the Nara election?", "Nara voters elected Ada Oro in the election.", "Ada"),
        ("Who won the Nara mayoral race?", "Nara Mayor-elect Ada Oro thanked voters.", "Ada"),
        ("Who won the Nara election?", "In Nara's election, Ada Oro defeated Bo Ek.", "Oro"),
        ("Who won the Nara Cup?", "Beyonce\u0301 won the Nara Cup.", "Beyonce\u0301"),
        ("Who won the women's Nara Cup?", "Kobe won the women's Nara Cup.", "Kobe"),
        ("Who won the Nara Cup in 2019?", "Kobe won the Nara Cup in 2019.", "Kobe"),
    ],
)
def test_the_name_beside_what_was_won_is_found(question: str, sentence: str, name: str) -> None:
    found = winner(question, sentence, HARBOUR, 2026)
    assert found is not None
    assert sentence[slice(*found)] == name
    assert not tells_no_winner(question, sentence, HARBOUR, 2026)


@pytest.mark.parametrize(
    "sentence",
    [
        "Kobe will win the Nara Cup.",
        "Kobe hopes to win the Nara Cup.",
        "If Kobe win the Nara Cup, there will be a parade.",
        "Kobe is the favourite to win the Nara Cup.",
        "Could Kobe win the Nara Cup?",
        "The defending Nara Cup champion Kobe lost.",
        "Kobe has won three Nara Cups.",
        "Kobe won the Nara Cup in 2004.",
        "Three-time Nara Cup winner Kobe lost.",
        "Nara Cup winner Ada Oro opened a shop.",
        "Kobe won the women's Nara Cup.",
        "Kobe beat Osaka in a Nara Cup semifinal.",
        "Kobe won a Nara Cup place.",
        "Kobe won the Osaka Cup.",
        "Kobe never won the Nara Cup.",
        "They won the Nara Cup.",
        "The Nara Cup begins on Monday in Kobe.",
    ],
)
def test_previews_earlier_winners_and_other_contests_do_not_tell_it(sentence: str) -> None:
    question = "Who won the Nara Cup?"
    assert winner(question, sentence, HARBOUR, 2026) is None
    assert tells_no_winner(question, sentence, HARBOUR, 2026)


def test_if_the_title_tells_it_the_sentence_need_not_name_the_contest() -> None:
    question, title = "Who won the Nara Cup?", "Kobe wins Nara Cup"
    assert winner(question, "Kobe beat Osaka 2-1 in the rain.", title, 2026) == (0, 4)
    assert winner(question, "Himeji beat Osaka 2-1 in the rain.", title, 2026) is None
    assert not tells_no_winner(question, "The win was Himeji's third.", title, 2026)
    assert tells_no_winner(question, "It rained in Kobe.", title, 2026)
    election = "Who won the election in Nara?"
    assert winner(election, "Ada Oro won the vote.", "Nara beats Kobe", 2026) is None


def test_of_an_award_the_title_gives_what_it_belongs_to() -> None:
    question = "Who won best picture at the Harbour Awards?"
    title = "Harbour Awards 2026: all winners"
    found = winner(question, "“Tide” won best picture.", title, 2026)
    assert found == (1, 5)
    assert winner(question, "“Tide” won best picture.", HARBOUR, 2026) is None
    assert winner(question, "“Tide” won best song.", title, 2026) is None


def test_a_long_name_or_a_named_time_makes_less_of_a_sentence_suffice() -> None:
    title = "Regional league"
    assert not tells_no_winner(
        "Who won the Nara women's basketball league?", "Nara's women won.", title, 2026
    )
    assert not tells_no_winner(
        "Who won the 2019 Nara Cup?", "A late goal won Kobe the Nara Cup.", title, 2026
    )
    assert tells_no_winner("Who won the 2019 Nara Cup?", "Kobe hosted the Nara Cup.", title, 2026)
    assert tells_no_winner("Who won Nara Cup 12?", "Kobe won the Nara Cup.", title, 2026)
    assert not tells_no_winner("When was the Nara Cup?", "It rained.", title, 2026)
