"""Which sentences name the holder of a role in a company, club or other body."""

import pytest

from retrieval.holders.naming import holder, may_name_holder

RUNS = "who runs Harbour Lines"
OWNS = "who owns Harbour Lines"
FOUNDED = "who founded Harbour Lines"
COACHES = "who coaches Nara"


def _told(question: str, sentence: str, title: str = "") -> tuple[str, bool] | None:
    named = holder(question, sentence, title)
    return (sentence[slice(*named.span)], named.surely) if named else None


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (RUNS, "Ada Oro, chief executive of Harbour Lines, spoke."),
        (RUNS, "“No,” said Harbour Lines CEO Ada Oro."),
        (RUNS, "Harbour Lines' longtime boss, Ada Oro, spoke."),
        (RUNS, "Ada Oro, Harbour Lines' president and CEO, spoke."),
        (RUNS, "The new CEO of the ferry company Harbour Lines is Ada Oro."),
        (RUNS, "Both Ada Oro, who runs Harbour Lines, and Bo Ek spoke."),
        (RUNS, "Harbour Lines, which is run by the engineer Ada Oro, has six ships."),
        (RUNS, "Bo Ek's friend Ada Oro will leave to take over as chief executive of Harbour Lines."),
        (RUNS, "Harbour Lines boss and Harbour Prize winner Ada Oro spoke."),
        (RUNS, "Harbour Lines met with company CEO Ada Oro."),
        (RUNS, "The chiefs Bo Ek of Kobe Bank and Ada Oro of Harbour Lines were there."),
        (RUNS, "The meeting was led by Bo Ek and HL chief Ada Oro."),
        ("who heads NHB", "Nara Harbour Board administrator Ada Oro spoke."),
        (OWNS, "Harbour Lines' owner, Ada Oro, spoke."),
        (OWNS, "Ada Oro, who bought Harbour Lines in 2020, spoke."),
        (OWNS, "Harbour Lines, which Ada Oro owns, has six ships."),
        (OWNS, "Harbour Lines is owned by Nara-based Ada Oro."),
        (OWNS, "The Ada Oro-owned Harbour Lines has six ships."),
        (OWNS, "Harbour Lines and its parent company, Ada Oro, spoke."),
        (FOUNDED, "Ada Oro founded Harbour Lines with two ships."),
        (FOUNDED, "Harbour Lines was founded in 1990 by the sailor Ada Oro."),
        (FOUNDED, "Harbour Lines co-founder and former CEO Ada Oro spoke."),
        (COACHES, "Nara coach Ada Oro praised her team."),
        (COACHES, "Nara have a new manager, as Ada Oro takes over."),
        (OWNS, "The firm's owner, New Zealander Ada Oro, may sell Harbour Lines."),
        ("who captains Argentina", "Argentine captain Ada Oro scored."),
        ("who captains Sri Nara", "Sri Naran captain Ada Oro scored."),
        ("who heads the Port Organization of Nara", "Ada Oro, head of the Port Organization of Nara, spoke."),
        ("who captains Norway", "Norwegian captain Ada Oro scored."),
        ("who owns the Kobe Cowboys", "Cowboys owner Ada Oro spoke."),
    ],
)
def test_the_whole_name_is_found(question: str, sentence: str) -> None:
    assert _told(question, sentence) == ("Ada Oro", True)


@pytest.mark.parametrize(
    ("question", "sentence"),
    [
        (RUNS, "Ada Oro took the ferry of Harbour Lines."),
        (RUNS, "Former Harbour Lines CEO Ada Oro spoke."),
        (RUNS, "Ex-Kobe Bank, Harbour Lines CEO Ada Oro spoke."),
        (RUNS, "Harbour Lines boss and Harbour Prize winner left."),
        (RUNS, "Harbour Lines' interim chief Ada Oro spoke."),
        (RUNS, "Harbour Lines' deputy head Ada Oro spoke."),
        (RUNS, "Harbour Lines chief economist Ada Oro spoke."),
        (RUNS, "Ada Oro, Harbour Lines' head of sales, spoke."),
        (RUNS, "Harbour Lines Cargo CEO Ada Oro spoke."),
        (RUNS, "Kobe Bank CEO Ada Oro wrote to Harbour Lines."),
        (RUNS, "Harbour Lines sued Kobe Bank, whose boss Ada Oro spoke."),
        (RUNS, "Ada Oro was nominated as head of Harbour Lines."),
        (RUNS, "Harbour Lines CEO Ada Oro resigned on Monday."),
        (RUNS, "Meanwhile, Harbour Lines CEO spoke."),
        (OWNS, "Ada Oro owns Harbour Lines shares."),
        (OWNS, "Ada Oro, who owns a house, wrote to Harbour Lines."),
        (FOUNDED, "Ada Oro runs Harbour Lines."),
        (COACHES, "Nara striker Ada Oro scored twice."),
        (COACHES, "Nara youth coach Ada Oro spoke."),
        ("who owns Nara United", "Kobe United owner Ada Oro spoke."),
        ("who heads the WHO", "The man who is the chief, Ada Oro, spoke."),
    ],
)
def test_other_sentences_name_no_holder(question: str, sentence: str) -> None:
    assert _told(question, sentence) is None


@pytest.mark.parametrize(
    ("text", "title", "may"),
    [
        ("Kobe Bank and Harbour Lines have a new chief.", "", True),
        ("Harbour Lines is run well.", "", True),
        ("There is a new chief.", "Harbour Lines in trouble", True),
        ("There is a new chief.", "Kobe Bank in trouble", False),
        ("Harbour Lines has six ships.", "Harbour Lines in trouble", False),
    ],
)
def test_a_text_may_name_the_holder_with_the_role_and_the_body(text: str, title: str, *, may: bool) -> None:
    assert may_name_holder(RUNS, text, title) is may
    assert not may_name_holder("Who closed Harbour Lines?", text, title)


def test_a_role_without_its_body_tells_the_holder_less_surely_in_an_article_about_it() -> None:
    sentence = "“We will rest,” said head coach Ada Oro."
    assert _told(COACHES, sentence, "Nara lose again") == ("Ada Oro", False)
    assert _told(COACHES, sentence, "Why Nara lost") == ("Ada Oro", False)
    assert _told(COACHES, sentence, "Kobe lose again") is None
    assert _told(COACHES, sentence, "Kobe beat Nara") is None
    assert _told(COACHES, "Kobe coach Ada Oro spoke.", "Nara lose again") is None


def test_a_noun_that_may_be_another_role_tells_the_holder_less_surely() -> None:
    assert _told(RUNS, "Harbour Lines chairwoman Ada Oro spoke.") == ("Ada Oro", False)
    assert _told("who chairs Harbour Lines", "Harbour Lines chairwoman Ada Oro spoke.") == ("Ada Oro", True)
