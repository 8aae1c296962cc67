import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.followup import CARRIED, leans, with_earlier
from retrieval.query import QUESTION_LIMIT


@pytest.mark.parametrize(
    "question",
    [
        "And in Japan?",
        "why?",
        "Why not?",
        "When?",
        "How many?",
        "How much?",
        "How come?",
        "Who else?",
        "Who won?",
        "And then?",
        "Tell me more",
        "What’s next?",
        "What's next?",
        "What happened next?",
        "What about China?",
        "How about the economy?",
        "and the economy?",
        "So what happened?",
        "But why did China object?",
        "What is the reason?",
        "Is that true?",
        "Is it over?",
        "he said what?",
        "Did she agree?",
        "Where was it?",
        "Who was there?",
        "What did they decide?",
        "When did it start?",
        "What year was he born?",
        "What did he say about that?",
        "What happened after that?",
        "What happened to them?",
        "What was said about these?",
        "Did those talks fail?",
        "Who replaced him?",
        "Who voted for it?",
        "Who attended his speech?",
        "What was her reaction?",
        "What are their plans for Nara?",
        "그럼 일본은?",
        "그리고 중국은?",
        "일본은?",
        "왜?",
        "그는 뭐라고 말했나?",
        "그 회담은 언제 열렸나?",
        "それはなぜ？",
        "じゃあ韓国は？",
        "その後は？",
        "日本は？",
        "なぜ？",
        "なぜですか",
        "彼は何と言った？",
    ],
)
def test_questions_that_lean_on_the_one_before(question: str) -> None:
    assert leans(question)


@pytest.mark.parametrize(
    "question",
    [
        "Who is Sanae Takaichi?",
        "What is the CPTPP?",
        "What's the CPTPP?",
        "What’s the CPTPP?",
        "CPTPP?",
        "Takaichi",
        "What is inflation?",
        "What are tariffs?",
        "Is there a ban on seafood?",
        "Are there any survivors of the Chosei disaster?",
        "Why did China ban seafood?",
        "Why is China angry with Japan?",
        "Who met in Nara?",
        "When was the Treaty of 1965 signed?",
        "How many people died in the Chosei mine?",
        "What happened in Nara on 13 January 2026?",
        "What is the name of the ship that sank?",
        "Which party won the election that was held in May?",
        "Did Lee say that he would visit Japan?",
        "Did China say it would lift the ban?",
        "What did Takaichi say about her plans?",
        "What did the minister say about his resignation?",
        "What did Lee give Takaichi when they met?",
        "What happened to the ship and its crew?",
        "How many workers lost their jobs at Samsung?",
        "Is it legal to export seafood to China?",
        "How long does it take to fly from Seoul to Tokyo?",
        "Where do Lee and Takaichi plan to meet next?",
        "How did the U.S. respond to China's controls?",
        "What does Japan think of these rare earth controls on dual-use goods from China?",
        "왜 중국은 일본산 수산물을 금지했나?",
        "조세이 탄광은 어디에 있나?",
        "なぜ中国は水産物の輸入を禁止したのか",
        "CPTPPとは？",
        "奈良で誰が会いましたか",
    ],
)
def test_questions_that_stand_by_themselves(question: str) -> None:
    assert not leans(question)
    assert with_earlier(question, ["Who banned coal in Chile?"]) == question


def test_the_first_question_leans_on_nothing() -> None:
    assert with_earlier("And in Japan?", []) == "And in Japan?"


@pytest.mark.parametrize(
    ("question", "before", "understood"),
    [
        ("And in Japan?", "Who banned seafood in China?", "And in Japan? banned seafood China"),
        (" why? ", "Did China ban seafood?", "why? China ban seafood"),
        (
            "What did she say about Nara?",
            "Did Takaichi visit NARA?",
            "What did she say about Nara? Takaichi visit",
        ),
        ("왜?", "중국은 수산물을 금지했나?", "왜? 중국은 수산물을 금지했나"),
        ("Why?", "Who was it?", "Why?"),
    ],
)
def test_the_telling_words_of_the_last_question_are_carried_over(
    question: str, before: str, understood: str
) -> None:
    assert with_earlier(question, ["What are the drums of Horyu-ji?", before]) == understood


def test_a_long_chain_keeps_to_a_few_words_the_latest_first() -> None:
    asked = ["Who banned seafood?"]
    for number in range(200):
        asked.append(with_earlier(f"And in country{number}?", asked))
    assert asked[-1].split()[:4] == ["And", "in", "country199?", "country198"]
    assert len(asked[-1].split()) == 3 + CARRIED


@given(st.text(max_size=100), st.lists(st.text(max_size=QUESTION_LIMIT), max_size=3))
def test_any_question_can_follow_any(question: str, earlier: list[str]) -> None:
    understood = with_earlier(question, earlier)
    assert understood == question or understood.startswith(question.strip())
