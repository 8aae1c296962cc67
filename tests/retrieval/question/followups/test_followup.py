from datetime import UTC, datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from retrieval.question.context import Dependence, dependence
from retrieval.question.followups.followup import WORDS_CARRIED, asked_words, follow_up
from retrieval.question.followups.previous_question import PreviousQuestion
from retrieval.question.pronouns import person_in, with_person
from retrieval.question.query import QUESTION_LIMIT

NARA = "Lee and Takaichi played the drums in Nara. The bomber flight took 13 hours."


def searched(question: str, before: PreviousQuestion | None) -> str:
    return follow_up(question, before).text if before else question


@pytest.mark.parametrize(
    ("turns", "understood"),
    [
        (["Who banned seafood?", "And in Japan?"], "And in Japan? banned seafood"),
        (["Who banned seafood in China?", "And in Japan?"], "And in Japan? banned seafood"),
        (["who won in new hampshire in may?", "no i meant in june"], "who won in new hampshire in june?"),
        (["who won the primary in new hampshire?", "and in nevada?"], "and in nevada? won primary"),
        (
            ["Who won in Costa Rica?", "and in Iowa, what did they say?"],
            "and in Iowa, what did they say? won",
        ),
        (["Who banned seafood in China?", "And why in Japan?"], "And why in Japan? banned seafood China"),
        (["Who banned seafood in China?", "And in Japan?", "and in Korea?"], "and in Korea? banned seafood"),
        (["What did Lee say at the summit?", "and the president?"], "and the president? Lee summit"),
        (["Did China ban seafood?", " why? "], "why? China ban seafood"),
        (
            ["Did Takaichi visit NARA?", "What did she say in Nara?"],
            "What did she say in Nara? Takaichi visit",
        ),
        (["Who drummed in Nara?", "how old is he?", "and she?"], "and she? old drummed Nara"),
        (["Who drummed in Nara?", "who plays the drums?"], "who plays the drums? drummed Nara"),
        (["what did the bombers do?", "how long was the flight?"], "how long was the flight? bombers"),
        (["Who banned seafood?", "hey, and in Japan? thanks!"], "and in Japan? banned seafood"),
        (["Hey bot, who banned seafood? pls", "Tell me about him pls"], "Tell me about him banned seafood"),
        (["tl;dr who banned seafood? Thank you!", "and in Japan please"], "and in Japan banned seafood"),
        (["Who was it?", "Why?"], "Why?"),
        (["중국은 수산물을 금지했나?", "왜?"], "왜? 중국은 수산물을 금지했나"),
        (["레오노프는 누구야?", "그는 언제 걸었어?"], "그는 언제 걸었어? 레오노프는"),
        (["태풍은 어디 있어?", "태풍의 속도는?"], "태풍의 속도는?"),
        (["法隆寺とは何？", "なぜ？"], "なぜ？ 法隆寺"),
        (["奈良で誰が会いましたか", "いつ？"], "いつ？ 奈良"),
        (["Who drummed in Nara?", "ok new topic: who won?"], "ok new topic: who won?"),
        (["Who drummed in Nara?", "hmm. different question: who won?"], "hmm. different question: who won?"),
        (["whats the pier in Nara?", "when was that"], "when was that pier Nara"),
        (["how long is Lee's flight?", "why?"], "why? Lee's flight"),
        (["Who fined Lee?", "no i meant Takaichi"], "Who fined Takaichi?"),
        (["Who fined Lee?", "what about Moe?"], "what about Moe? fined"),
        (["Who fined Lee Moe?", "and Takaichi?"], "and Takaichi? fined"),
        (["What is the CPTPP?", "and the US?"], "and the US? CPTPP"),
        (["Did Lee meet Moe?", "and Takaichi"], "and Takaichi, Lee meet Moe"),
        (["Who drummed in Nara?", "who directed watchmen?"], "who directed watchmen?"),
        (["Who drummed in Nara?", "Who is Sanae Takaichi?"], "Who is Sanae Takaichi?"),
        (["Who drummed in Nara?", "wait who is Sanae Takaichi"], "wait who is Sanae Takaichi"),
        (
            ["Who bought the pier in Nara?", "and who is the owner now?"],
            "and who is the owner now? bought pier Nara",
        ),
        (["Did Lee and Takaichi drum?", "where?"], "where? Lee, Takaichi drum"),
        (["Did Sanae Takaichi drum?", "where?"], "where? Sanae Takaichi drum"),
        (["Who drummed in Nara?", "how much did the eu fine intel?"], "how much did the eu fine intel?"),
    ],
)
def test_a_conversation_is_searched_as(turns: list[str], understood: str) -> None:
    before: PreviousQuestion | None = None
    for question in turns:
        before = PreviousQuestion(searched(question, before), (NARA,))
    assert before
    assert before.question == understood


@pytest.mark.parametrize(
    ("before", "question", "understood"),
    [
        (
            "What did Amazon do in October 2023?",
            "and in November?",
            "What did Amazon do in November 2023?",
        ),
        ("What did Amazon do in October 2023?", "and on 7 October?", "What did Amazon do on 7 October 2023?"),
        ("What did Amazon do in October 2023?", "and in 2022?", "What did Amazon do in 2022?"),
        ("What did Amazon do in October 2022?", "and in December?", "What did Amazon do in December 2022?"),
        ("What did Amazon ban in May 2025?", "and in December?", "What did Amazon ban in December?"),
        ("What did Amazon ban in May?", "what did it ban in June?", "what did it ban in June? Amazon"),
        ("Who was shot in Gaza yesterday?", "and today?", "Who was shot in Gaza today?"),
        ("Who was shot in Gaza?", "and in October?", "and in October? shot Gaza"),
        ("Who was shot in Gaza?", "and yesterday?", "and yesterday? shot Gaza"),
        ("Who was shot in June 2023?", "what about May?", "Who was shot in May 2023?"),
        ("Who was shot in June?", "and may", "Who was shot in may?"),
        ("Who was shot in Gaza in May 2023?", "and in Lebanon?", "and in Lebanon? shot May 2023"),
        ("Who was jailed in May 2023?", "is he still in jail?", "is he still in jail? jailed May 2023"),
        ("Who was shot in Gaza in 2019?", "and now?", "Who was shot in Gaza now?"),
        ("Did the October 2023 ban hit Lee?", "and in May?", "and in May 2023? ban hit Lee"),
        ("Who is the current coach?", "and in 2022?", "and in 2022? coach"),
        (
            "What did Lee ban in May 2022 and sell in June 2022?",
            "and in July?",
            "and in July 2022? Lee ban sell",
        ),
        ("2023년 10월에 아마존은 뭘 팔았어?", "그럼 11월은?", "그럼 2023년 11월은? 아마존은 팔았어"),
        ("2023年10月に日本は？", "では11月は？", "では2023年11月は？ 日本"),
    ],
)
def test_a_date_takes_the_place_of_the_one_before_and_its_year(
    before: str, question: str, understood: str
) -> None:
    now = datetime(2025, 11, 30, tzinfo=UTC)
    assert follow_up(question, PreviousQuestion(before), asked_at=now).text == understood


@pytest.mark.parametrize(
    ("first", "second"),
    [("what did Clinton say", "what did Bush do"), ("What did Bill Obama want", "what did Williams win")],
)
def test_after_one_name_a_question_on_another_stands_by_itself(first: str, second: str) -> None:
    shown = ("Clinton said that Bush had been right. Williams won.",)
    assert dependence(second, shown) is Dependence.POSSIBLE
    assert follow_up(second, PreviousQuestion(first, shown)).text == second
    assert "Nara" in follow_up(second, PreviousQuestion("Nara?", shown)).text
    about = PreviousQuestion("How did Clinton see the flood in Nara?", shown)
    assert "flood" in follow_up(second, about).text


def test_a_question_stays_as_it_was_typed_if_the_one_before_has_nothing_to_carry() -> None:
    following = follow_up("  why?  ", PreviousQuestion("who did what?"))
    assert (following.text, following.dependence) == ("  why?  ", Dependence.CERTAIN)


def test_a_name_takes_the_place_of_the_one_that_the_last_question_added() -> None:
    before = PreviousQuestion("is Iran in it? CPTPP", own="is Iran in it?")
    assert searched("and Iraq?", before) == "and Iraq? CPTPP"


@pytest.mark.parametrize(
    ("question", "understood"),
    [
        ('did he really say "it is a disaster"?', 'did he really say "it is a disaster"? Lee, Nara'),
        ("did he really say that?", 'did he really say that? Lee "we will not rest" Nara'),
    ],
)
def test_a_quotation_is_not_carried_to_a_question_with_its_own(question: str, understood: str) -> None:
    quoted = '"we will not rest"'
    before = PreviousQuestion(f"Why did Lee say {quoted} in Nara?", phrases=(quoted,))
    assert searched(question, before) == understood


@pytest.mark.parametrize(
    ("question", "understood"),
    [
        ("where did she study?", "where did Ana Ruiz study? leads party"),
        ("what did her father do?", "what did Ana Ruiz’s father do? leads party"),
        ("who accused him?", "who accused Ana Ruiz? leads party"),
        ("and when?", "and when? leads party"),
        ("what did they say?", "what did they say? leads party"),
        ("Did Kim Moe say that he would come?", "Did Kim Moe say that he would come?"),
    ],
)
def test_one_person_is_the_one_who_was_the_answer(question: str, understood: str) -> None:
    assert searched(question, PreviousQuestion("who leads the party?", person="Ana Ruiz")) == understood


def test_the_person_stays_the_same_and_what_was_asked_of_them_is_left_out() -> None:
    before = PreviousQuestion(
        "where did Ana Ruiz study? party", own="where did Ana Ruiz study?", person="Ana Ruiz"
    )
    assert searched("how long was she ill?", before) == "how long was Ana Ruiz ill? party"
    assert searched("and when?", before) == "and when? Ana Ruiz study party"


@pytest.mark.parametrize("begin", ["", "she ", "why did he ", "her father ", "who saw him "])
@given(st.text(max_size=30))
def test_a_name_in_the_place_of_a_pronoun_is_found_again(begin: str, question: str) -> None:
    put = with_person(f"{begin}{question}", "Ida")
    assert person_in(f"{begin}{question}", put) == ("" if put == f"{begin}{question}" else "Ida")


def test_a_long_chain_keeps_to_a_few_words_the_latest_first() -> None:
    asked = "Who banned seafood?"
    for number in range(200):
        asked = searched(f"And country{number}?", PreviousQuestion(asked))
    assert asked.split()[:3] == ["And", "country199?", "country198"]
    assert len(asked.split()) == 2 + WORDS_CARRIED


def test_what_is_carried_stays_within_the_limit() -> None:
    question = "why " + "w" * (QUESTION_LIMIT - 12)
    assert searched(question, PreviousQuestion("Did bans seafood?")) == f"{question} bans"


@given(st.text(max_size=80), st.text(max_size=80), st.lists(st.text(max_size=80), max_size=2), st.booleans())
@example("1!부탁해", "0", [], False)
def test_any_question_can_follow_any(question: str, before: str, shown: list[str], long: bool) -> None:
    if long:
        question = (question + " why" * QUESTION_LIMIT)[: QUESTION_LIMIT - 9]
    understood = searched(question, PreviousQuestion(before, tuple(shown)))
    if understood != question:
        asked = asked_words(question).strip()
        assert understood.startswith(asked)
        assert len(understood) <= QUESTION_LIMIT
        assert len(understood.removeprefix(asked).split()) <= WORDS_CARRIED


@given(st.sampled_from(["And in Japan?", "why?", "what did he say?", "왜?"]), st.text(max_size=200))
def test_what_was_carried_is_not_carried_again(question: str, before: str) -> None:
    once = searched(question, PreviousQuestion(before))
    assert searched(once, PreviousQuestion(once)) == once
