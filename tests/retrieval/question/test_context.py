import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.context import (
    CHARACTERS_EXAMINED,
    SHORT_LETTERS,
    Dependence,
    dependence,
    says_something,
)

MINE = "Divers searched the flooded mine off the coast. The families thanked the volunteers for the search."


@pytest.mark.parametrize(
    "question",
    [
        "And in Japan?",
        "no, i meant in Japan",
        "sorry, the other one",
        "wait, and before that?",
        "why?",
        "Why not?",
        "When?",
        "How many?",
        "How much?",
        "how long did it take?",
        "how many kids have one?",
        "who said so?",
        "who said that?",
        "who came up with that?",
        "who got the money?",
        "who complained first?",
        "how many people are we talking about?",
        "Did he meet Angela Merkel in New York?",
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
        "which Senate?",
        "Which one?",
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
        "who testified against him?",
        "who voted to convict him?",
        "why did turkey arrest him?",
        "What did Apple say about it?",
        "what caused his death?",
        "how old was his wife?",
        "who was injured?",
        "what did the BBC do?",
        "how many contestants did she beat?",
        "what's it accused of?",
        "who's behind it?",
        "who was driving?",
        "who's missing?",
        "who is responsible?",
        "who is in charge?",
        "who is to blame?",
        "who was on board?",
        "what was wrong?",
        "and who is guilty?",
        "whats their plan?",
        "what about the one in California?",
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
        "그래서 언제 잘렸어?",
        "지금은 누가 관리해?",
        "그건 뭐야?",
        "これは何ですか",
        "속도는?",
        "親会社は？",
        "今は誰が管理してるの？",
        "どう分けられる？",
        "いくら貸してた？",
    ],
)
def test_questions_that_lean_on_the_one_before(question: str) -> None:
    assert dependence(question) is not Dependence.NONE


@pytest.mark.parametrize(
    "question",
    [
        "Who is Sanae Takaichi?",
        "who is sanae takaichi?",
        "what is the new topic: who won in Nara?",
        "ok something else: the moon",
        "West Indies against England, where were they after 12 overs?",
        "What about Japan buying the island, is it legal for China to object?",
        "How long did the US face transplant take?",
        "What is the CPTPP?",
        "What's the CPTPP?",
        "What’s the CPTPP?",
        "CPTPP?",
        "Takaichi",
        "What is inflation?",
        "what is new york?",
        "what is right wing populism?",
        "what is in Nara?",
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
        "비트코인 가격은?",
        "東京の天気は？",
        "소포클레스는 누구인가",
        "消費税とは何ですか？",
        "ソポクレスは誰なのですか",
        "なぜ中国は水産物の輸入を禁止したのか",
        "no",
        "Yes!",
        "ok no",
        "네",
        "아니요.",
        "はい",
        "Who is the president of Iran?",
        "who is the richest person in the world?",
        "and who is the president of Iran?",
        "who is king charles?",
        "what is phishing?",
        "different question: who won?",
        "who is dream and did he show his face?",
        "Why does it matter that Japan left?",
        "Did Sam Altman say they fired him because he lied?",
        "CPTPPとは？",
        "奈良で誰が会いましたか",
    ],
)
def test_questions_that_stand_by_themselves(question: str) -> None:
    assert dependence(question) is Dependence.NONE
    assert dependence(question, ["A probe landed on the moon."]) is Dependence.NONE


@pytest.mark.parametrize(
    ("question", "shown", "about"),
    [
        ("how many volunteers searched?", MINE, True),
        ("what did divers search?", MINE, True),
        ("how many contestants danced?", MINE, False),
        ("who directed watchmen?", MINE, False),
        ("Did Divers of Chosei thank volunteers?", MINE, False),
        ("how many volunteers searched?", " " * CHARACTERS_EXAMINED + MINE, False),
        ("and who won brazil against costa rica?", MINE, False),
        ("and how many divers searched?", MINE, True),
        ("what did the Divers say?", MINE, True),
        ("so the mine was flooded in May, right?", MINE, True),
        ("날씨는 어땠어?", "나쁜 날씨 때문에 수색이 늦어졌다.", True),
        ("호주 장관은 원자력을 지지해?", "나쁜 날씨 때문에 수색이 늦어졌다.", False),
        ("今は誰が管理してるの？", "その後は市が管理している。", True),
        ("一番簡単な化合物は何？", "その後は市が管理している。", False),
    ],
)
def test_a_doubtful_question_leans_where_it_is_about_what_was_shown(
    question: str, shown: str, about: bool
) -> None:
    assert (dependence(question, [shown]) is not Dependence.NONE) is about
    assert (dependence(question, ["", shown]) is not Dependence.NONE) is about


@pytest.mark.parametrize(
    "question",
    [
        "how many of them were Greek?",
        "how many of them are still in jail?",
        "and who led the team?",
        "but what caused the fire?",
        "and who won the first race?",
    ],
)
def test_what_is_about_something_known_certainly_leans(question: str) -> None:
    assert dependence(question, [MINE]) is Dependence.CERTAIN


@pytest.mark.parametrize("question", ["When was Ruiz born?", "Where is Ruiz?", "how old is Ruiz?"])
def test_what_is_asked_of_a_name_stands_by_itself(question: str) -> None:
    shown = ["Ana Ruiz was born in May and is old."]
    assert dependence(question, shown) is Dependence.NONE
    assert dependence("When did Ruiz refuse?", shown * 2 + ["refuse"]) is Dependence.POSSIBLE


@pytest.mark.parametrize(
    "question",
    [
        "and who won the Ashes?",
        "How many soldiers attacked, and how many of them were hurt?",
        "Did the Greeks vote, and how many of them were young?",
    ],
)
def test_what_is_named_in_the_question_is_not_looked_for_before_it(question: str) -> None:
    assert dependence(question, [MINE]) is not Dependence.CERTAIN


def test_without_articles_a_doubtful_question_stands_by_itself() -> None:
    assert dependence("how many volunteers searched?") is Dependence.NONE


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("when was that?", False),
        ("how many", False),
        ("who's that?", False),
        ("how old was it?", True),
        ("what did she do?", True),
        ("왜?", True),
    ],
)
def test_what_is_asked_is_said_by_a_word_or_by_whom_it_is_about(question: str, says: bool) -> None:
    assert says_something(question) is says


def test_a_short_question_in_korean_is_one_that_only_asks() -> None:
    assert dependence("일본은?") is Dependence.CERTAIN
    assert dependence("일" * SHORT_LETTERS + "은?") is Dependence.NONE


@given(st.text(max_size=100), st.lists(st.text(max_size=100), max_size=2))
def test_any_text_leans_or_does_not(question: str, shown: list[str]) -> None:
    assert dependence(question, shown) in Dependence


def test_a_name_that_no_shown_article_has_begins_something_else() -> None:
    shown = ("Ana Ruiz leads the divers.",)
    assert dependence("who leads Egypt", shown) is Dependence.NONE
    assert dependence("who leads Ruiz", shown) is Dependence.POSSIBLE
    assert dependence("Who leads the Divers?", shown) is Dependence.POSSIBLE


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("what is the death toll?", Dependence.POSSIBLE),
        ("how high was the water level", Dependence.POSSIBLE),
        ("what is the death toll in Nara?", Dependence.NONE),
        ("what is the cost of living?", Dependence.NONE),
        ("what is the New Deal?", Dependence.NONE),
    ],
)
def test_what_may_be_of_what_was_shown_is_searched_with_it_too(question: str, expected: Dependence) -> None:
    assert dependence(question, (MINE,)) is expected
    assert dependence(question) is Dependence.NONE
