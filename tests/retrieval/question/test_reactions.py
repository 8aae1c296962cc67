import pytest

from retrieval.question.courtesies import bare_question
from retrieval.question.followups.followup import asked_words, follow_up
from retrieval.question.followups.previous_question import PreviousQuestion
from retrieval.question.reactions import LONGEST, PIECES, without_reaction


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("lol and who is to blame?", "and who is to blame?"),
        ("interesting. who sent help?", "who sent help?"),
        ("nice! what about Chile?", "what about Chile?"),
        ("yes, and in Japan?", "and in Japan?"),
        ("that's sad. how many died?", "how many died?"),
        ("no way! who won?", "who won?"),
        ("I see. And what about Japan?", "And what about Japan?"),
        ("makes sense. and why did he go?", "and why did he go?"),
        ("awesome thanks. What about Chile?", "What about Chile?"),
        ("lol, wow. thanks! and why?", "and why?"),
        ("thanks! why?", "why?"),
        ("cool, by whom?", "by whom?"),
        ("great, tell me about Chile", "tell me about Chile"),
        ("really? who?", "who?"),
        ("lol why", "why"),
        ("ok but why?", "but why?"),
        ("again: how much?", "how much?"),
        ("let me rephrase: how much was it?", "how much was it?"),
        ("와 대박, 몇 명이 죽었어?", "몇 명이 죽었어?"),
        ("ㅋㅋㅋ 왜?", "왜?"),
        ("なるほど、日本は？", "日本は？"),
    ],
)
def test_a_reaction_before_a_question_is_cut_off(text: str, asked: str) -> None:
    assert without_reaction(text) == asked


@pytest.mark.parametrize(
    "text",
    [
        "No, in Japan",
        "no, who sent it?",
        "lol",
        "yes, no, maybe",
        "Nice and Cannes: where are they?",
        "Nice, France",
        "I see why he left",
        "Yes Minister, who starred in it?",
        "Okay Computer, who made it?",
        "more: why?",
        "대박, 좋아",
        f"nice{' ' * LONGEST}, who won?",
    ],
)
def test_what_corrects_or_names_something_or_stands_alone_stays(text: str) -> None:
    assert without_reaction(text) == text


def test_so_many_reactions_are_cut_off_at_most() -> None:
    assert without_reaction(f"{'lol, ' * PIECES}why?") == "why?"
    assert without_reaction(f"{'lol, ' * (PIECES + 1)}why?") == f"{'lol, ' * (PIECES + 1)}why?"


def test_a_question_after_a_reaction_is_searched_without_it_and_continues_the_one_before() -> None:
    assert bare_question("interesting. who fined Federer?") == "who fined Federer?"
    assert asked_words("cool, and how much?") == "and how much?"
    before = PreviousQuestion("Why was Federer fined?")
    assert follow_up("cool, and how much?", before).text == "and how much? Federer fined"
    before = PreviousQuestion("아이티 지진은 언제 났어?")
    assert follow_up("와 대박, 몇 명이 죽었어?", before).text == "몇 명이 죽었어? 아이티 지진은 났어"
