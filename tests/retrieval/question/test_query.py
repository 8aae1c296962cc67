import unicodedata
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus.errors import WrongCall
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.parsed_question import NOTHING_PARSED, ParsedQuestion
from retrieval.question.query import LONGEST_OF_ONE, QUESTION_LIMIT, Query, clean_question, make_query

DAY = datetime(2026, 1, 14, tzinfo=UTC)
VERGE = Hint(HintKind.SOURCE, "The Verge", HintUse.FILTER, name="The Verge")
YEAR = Hint(HintKind.DATES, "2009", HintUse.BOOST, since=datetime(2009, 1, 1, tzinfo=UTC))


@pytest.mark.parametrize(
    ("question", "cleaned"),
    [
        ("Who met in Nara?", "Who met in Nara?"),
        ("  Who \n met\tin\r\nNara? ", "Who met in Nara?"),
        ("Who\x00met\x1b[31m in Nara?", "Who met [31m in Nara?"),
        ("Who \u202emet\u202c in\u200b Na\ufeffra?", "Who met in Nara?"),
        ("Who \ud800 met?", "Who ? met?"),
        ("cafe\u0301", "café"),
        ("why?", "why?"),
        ("the of and", "the of and"),
        ("山", "山"),
        ("5", "5"),
        ("😀 Nara", "😀 Nara"),
        ("奈良　で", "奈良 で"),
    ],
)
def test_a_question_is_put_on_one_clean_line(question: str, cleaned: str) -> None:
    assert clean_question(question) == cleaned


@pytest.mark.parametrize("question", ["", " ", "\n\t ", "\x00", "\u200b\u202e", "\ufeff"])
def test_an_empty_question_is_refused(question: str) -> None:
    with pytest.raises(WrongCall, match="the question is empty: ask"):
        clean_question(question)


@pytest.mark.parametrize("question", ["?", "😀" * 500, "@&*", "…。！", "\ud800", "- -"])
def test_a_question_without_words_is_refused(question: str) -> None:
    with pytest.raises(WrongCall, match="no words to search for: ask"):
        clean_question(question)


def test_a_question_that_is_too_long_is_refused() -> None:
    assert len(clean_question("a" * QUESTION_LIMIT)) == QUESTION_LIMIT
    for text in (" " * 3000 + "a" * 2001, "a" + "\u0301\u0323" * 20_000):
        with pytest.raises(WrongCall, match="more than the 2,000 allowed: ask in a sentence"):
            clean_question(text)
    with pytest.raises(WrongCall, match="20,000 characters, more than the 2,000 allowed: ask in a sentence"):
        clean_question("a" * 20_000)


@given(st.text(st.characters(exclude_categories=()), max_size=200))
@example("\ud83d\ude00 who")
@example("e" + "\u0301" * 50)
def test_cleaning_raises_nothing_but_wrong_call(question: str) -> None:
    try:
        line = clean_question(question)
    except WrongCall:
        return
    line.encode()
    assert line == line.strip() == clean_question(line)
    assert unicodedata.is_normalized("NFC", line)
    assert not {"Cc", "Cf", "Cs"} & {unicodedata.category(character) for character in line}


def test_dates_are_checked_and_sources_lose_their_case() -> None:
    query = make_query(
        "Who?",
        ("news",),
        asked_at=DAY,
        since=DAY,
        until=DAY + timedelta(1),
        sources=frozenset({"The POST", "Straße"}),
    )
    assert query == Query("Who?", ("news",), DAY, DAY, DAY + timedelta(1), frozenset({"the post", "strasse"}))
    assert query.filtered
    assert not make_query("Who?", ("news",)).filtered
    assert make_query("Who?", ("news",)).asked_at.tzinfo is UTC


@pytest.mark.parametrize("until", [DAY, DAY - timedelta(1)])
def test_dates_the_wrong_way_round_are_refused(until: datetime) -> None:
    with pytest.raises(WrongCall, match=r"since .* lies after until .*: swap them"):
        make_query("Who?", ("news",), since=DAY, until=until)


def test_a_corrected_text_has_no_slips_and_its_names_as_they_were_typed() -> None:
    slip = Hint(HintKind.SPELLING, "fery", HintUse.BOOST, name="ferry")
    name = Hint(HintKind.SPELLING, "메시", HintUse.BOOST, name="메시 Messi")
    parsed = ParsedQuestion((slip, name), bare="메시 and the fery")
    query = Query("hi, 메시 and the fery", (), DAY, parsed=parsed)
    assert query.corrected == "hi, 메시 and the ferry"


def test_other_words_have_none_of_what_was_parsed_before() -> None:
    parsed = ParsedQuestion((VERGE,), ("Who won",), "who won", newest=True, topical=True, foreign="ko")
    for field in fields(parsed):
        assert getattr(parsed, field.name) != getattr(NOTHING_PARSED, field.name)
    query = Query("Who won?", ("news",), DAY, DAY, sources=frozenset({"wired"}), reading="won", parsed=parsed)
    assert query.reworded("Who lost?") == replace(query, text="Who lost?", reading="", parsed=NOTHING_PARSED)
    assert query.reworded("Who lost?", "lost").reading == "lost"
    assert query.unparsed() == replace(query.reworded("Who won?"), as_asked=True)
    assert query.unparsed("Who lost?") == replace(query.reworded("Who lost?"), as_asked=True)


def test_a_part_is_asked_of_the_outlets_that_it_names() -> None:
    verge, wired = (Hint(HintKind.SOURCE, name, HintUse.BOOST, name=name) for name in ("The Verge", "Wired"))
    week = Hint(HintKind.DATES, "last week", HintUse.FILTER, since=datetime(2026, 3, 2, tzinfo=UTC))
    query = make_query("What did both say?", ("news",)).with_hints((verge, wired, week))
    asked = {
        "What did The Verge say?": (replace(verge, use=HintUse.FILTER), week),
        "What did Wired's man say?": (replace(wired, use=HintUse.FILTER), week),
        "What did Wireds say?": (verge, wired, week),
    }
    assert {words: query.part(words).parsed.hints for words in asked} == asked
    narrowed = replace(query, sources=frozenset({"wired"})).part("What did The Verge say?")
    assert narrowed.filters().sources == {"wired"}


@pytest.mark.parametrize(
    ("names", "more", "several"),
    [
        ((), {}, False),
        (("The Verge",), {}, False),
        (("The Verge", "The Verge"), {}, False),
        (("The Verge", "Wired"), {}, True),
        (("The Verge",), {"parsed": ParsedQuestion(parts=("What fell?", "What rose?"))}, True),
        (("The Verge",), {"text": "fell " * LONGEST_OF_ONE}, False),
        (("The Verge",), {"text": "fell " * (LONGEST_OF_ONE + 1)}, True),
        (("The Verge", "Wired"), {"parsed": ParsedQuestion(topical=True)}, False),
        ((), {"text": "fell " * 99}, False),
    ],
)
def test_what_several_articles_say(names: tuple[str, ...], more: dict[str, Any], several: bool) -> None:
    hints = tuple(Hint(HintKind.SOURCE, name, HintUse.FILTER, name=name) for name in names)
    query = replace(Query("What fell?", (), DAY), **more).with_hints(hints)
    assert query.asks_several_articles is several


@pytest.mark.parametrize(
    ("words", "yes_or_no"),
    [
        ("Did the ferry sink?", True),
        ("is the bridge closed", True),
        ("“Has it been opened?” they asked", True),
        ("Was it the ferry or the tug that sank?", False),
        ("When did the ferry sink?", False),
        ("Isle of Wight ferries", False),
        ("", False),
        ("So the ferry sank, right?", True),
        ("“The ferry sank” – true?", True),
        ("- No.", False),
        (", right?", False),
        ("The ferry sank - correct?", True),
        ("The ferry sank, didn't it?", True),
        ("the ferry did not sink, did it", True),
        ("Am I right that the ferry sank?", True),
        ("Fact check: the ferry sank in 2019", True),
        ("True or false: the ferry sank", True),
        ("Who was right?", False),
        ("Which ferry sank, and did it burn?", False),
        ("Why did it sink, Anna?", False),
        ("Who has the right of way?", False),
    ],
)
def test_what_yes_or_no_answers_is_told_by_its_first_word_or_its_tag(words: str, yes_or_no: bool) -> None:
    assert Query(words, (), DAY).asks_yes_or_no is yes_or_no


@pytest.mark.parametrize(
    ("words", "read"),
    [
        ("Did 200 people die in Nara?", "Did how many people die in Nara?"),
        ("Did it cost 1.5 million dollars?", "Did it cost how many dollars?"),
        ("Did Nara get 1,250 votes?", "Did Nara get how many votes?"),
        ("Was she born in 1965?", "Was she born in 1965?"),
        ("Did it cost $200 then?", "Did it cost $200 then?"),
        ("Did they win on 3 May 2020?", "Did they win on 3 May 2020?"),
        ("Which 200 people died in Nara?", "Which 200 people died in Nara?"),
    ],
)
def test_of_the_amount_that_is_claimed_a_reader_is_asked_how_many(words: str, read: str) -> None:
    assert Query(words, (), DAY).reader_text == read


@pytest.mark.parametrize(
    ("text", "parts", "several"),
    [
        ("Who won the race? Where was it held?", ("Who won the race", "Where was it held?"), True),
        ("Who leads the union? Is it new?", ("Who leads the union", "Is it new?"), True),
        # A follow-up with words of the question before it is searched in parts too.
        ("when was that? Ferry sank", ("when was that", "Ferry sank"), False),
        ("and where is it? opened bridge, May", ("and where is it", "opened bridge, May"), False),
        ("Who won the race?", (), False),
    ],
)
def test_words_carried_into_a_follow_up_are_no_second_question(
    text: str, parts: tuple[str, ...], several: bool
) -> None:
    assert Query(text, (), DAY, parsed=ParsedQuestion(parts=parts)).asks_several is several


@pytest.mark.parametrize(
    ("parts", "hints", "separately"),
    [
        (("Who won the race", "where was it held? won race"), (), True),
        (("누가 이겼고", "어디서 열렸어?"), (), True),
        (("誰が勝って", "どこで行われましたか"), (), True),
        # Nothing is asked about the second.
        (("Is oil rising", "gas is falling"), (), False),
        (("한국 축구는?", "일본 축구는?"), (), False),
        (("What did The Verge say", "what did Engadget say"), (VERGE,), False),
        ((), (), False),
    ],
)
def test_questions_of_one_message_are_answered_by_themselves(
    parts: tuple[str, ...], hints: tuple[Hint, ...], separately: bool
) -> None:
    query = Query("Who won the race and where was it held?", (), DAY, parsed=ParsedQuestion(hints, parts))
    assert query.asks_separately is separately


def test_a_question_of_a_message_has_none_of_the_hints_of_the_others() -> None:
    parsed = ParsedQuestion((YEAR,), ("Who won in 2009", "Why did it rain"), bare="x")
    query = Query("…", (), DAY, parsed=parsed)
    assert query.part("Why did it rain") == Query("Why did it rain", (), DAY)
