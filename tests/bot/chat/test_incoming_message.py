import time

import pytest

from bot.chat.incoming_message import IncomingMessage, is_meant, language_of, reads_as_question
from bot.chat.preferences import AnswerPolicy

QUESTIONS = (
    # English
    "Who met in Nara?",
    "who met in nara",
    "And in Japan?",
    "and what did he say about the ban",
    "So when does it start",
    "ok, how many people came",
    "What's the latest on the seafood ban",
    "why did china stop the imports",
    "is the treaty still in force",
    "Did prices rise in March",
    "tell me what they agreed on",
    "Show me the news about the summit",
    "list the measures of the plan",
    "please find out who signed it",
    "any news on the strike",
    "The summit was in Nara?",
    "**Who** won",
    "“When was it signed?”",
    "have they met before",
    "can they still appeal",
    "was a treaty signed",
    "did it rain in Seoul",
    "which is the largest party",
    # Korean
    "나라에서 누가 만났어",
    "정상회담은 언제 열렸나요",
    "수산물 수입 금지는 왜 시작됐어요",
    "합의 내용이 뭐야",
    "회담 결과는 어떻게 됐습니까",
    "일본은요",
    "왜",
    "다음 회담은 어디서 열리나요?",
    "금리가 얼마나 올랐어",
    "사상자가 몇 명이야",
    # Japanese
    "奈良で誰が会談した",
    "首脳会談はいつですか",
    "なぜ輸入が止まったの？",
    "合意の内容は",
    "何が決まりましたか",
    "次の会談はどこで開かれる",
    "被害はどのくらい",
    "いくらかかる",
    "影響はあるのでしょうか。",
    "条約は有効なの",
)
TALK = (
    # English
    "Thanks, that helps!",
    "I think the summit was a success.",
    "lol",
    "👍",
    "Good morning everyone",
    "He told me yesterday",
    "That is what I meant.",
    "no idea",
    "Will do.",
    "Can do!",
    "Don't worry about it",
    "Do not feed the bot",
    "Do it now",
    "Have a nice day",
    "have to go",
    "What a day",
    "any time!",
    "could be",
    "would be nice",
    "Which reminds me, lunch is at one",
    "island life",
    "https://news.example/2026/bridge",
    # Korean
    "고마워요!",
    "그렇군요",
    "저도 그렇게 생각해요.",
    "점심 먹으러 갑시다",
    "언제나 고마워",
    "누구나 알 수 있어요",
    "사실을 왜곡하지 맙시다",
    "왜냐하면 늦었거든요",
    "어쨌든 잘됐네요",
    # Japanese
    "ありがとうございます。",
    "どうもありがとう",
    "なるほど",
    "そうですね。",
    "私もそう思います",
    "何でもないです",
    "いつもお世話になっています",
    "誰も来ませんでした",
    "お昼に行きましょう",
    "どうぞよろしく",
    # nothing to read
    "",
    "   ",
    "!!!",
)


@pytest.mark.parametrize("text", QUESTIONS)
def test_a_question_is_told_by_its_words(text: str) -> None:
    assert reads_as_question(text)
    assert is_meant(IncomingMessage(text), AnswerPolicy.EVERYTHING)
    assert is_meant(IncomingMessage(text, own=True), AnswerPolicy.MENTIONS)


@pytest.mark.parametrize("text", TALK)
def test_talk_is_left_alone(text: str) -> None:
    assert not reads_as_question(text)
    assert not is_meant(IncomingMessage(text), AnswerPolicy.EVERYTHING)
    assert not is_meant(IncomingMessage(text, own=True), AnswerPolicy.EVERYTHING)


@pytest.mark.parametrize("text", [*QUESTIONS, *TALK])
def test_nothing_that_people_ask_one_another_is_answered(text: str) -> None:
    for answers in AnswerPolicy:
        assert not is_meant(IncomingMessage(text, to_others=True), answers)
        assert not is_meant(IncomingMessage(text, to_others=True, own=True), answers)
    for answers in (AnswerPolicy.NOWHERE, AnswerPolicy.COMMANDS, AnswerPolicy.MENTIONS):
        assert not is_meant(IncomingMessage(text), answers)


@pytest.mark.parametrize(
    ("heard", "where"),
    [
        (IncomingMessage("thanks", direct=True), "nowhere commands mentions everything"),
        (IncomingMessage("thanks", mentioned=True), "commands mentions everything"),
        (IncomingMessage("", mentioned=True), "commands mentions everything"),
        (IncomingMessage("Who met?", mentioned=True, to_others=True), "commands mentions everything"),
        (IncomingMessage("the second one", replied=True), "commands mentions everything"),
        (IncomingMessage("", replied=True), ""),
        (IncomingMessage("Who met?", replied=True, to_others=True), ""),
        (IncomingMessage("Who met?", own=True), "mentions everything"),
        (IncomingMessage("Thanks", own=True), ""),
        (IncomingMessage("Who met?"), "everything"),
        (IncomingMessage("Thanks"), ""),
        (IncomingMessage("", direct=True), "nowhere commands mentions everything"),
    ],
)
def test_how_much_is_answered_is_what_was_chosen(heard: IncomingMessage, where: str) -> None:
    assert " ".join(answers.value for answers in AnswerPolicy if is_meant(heard, answers)) == where


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("누가 만났어", "ko"),
        ("Nara에서?", "ko"),
        ("誰が会談した", "ja"),
        ("ナラ", "ja"),
        ("Who met in Nara?", ""),
        ("奈良", ""),  # may be Chinese as well
        ("", ""),
    ],
)
def test_the_language_is_told_by_the_script_where_it_can_be(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize("sign", ["a ", "(", "?!", "はは", "왜", "is "])
def test_reading_a_long_message_takes_no_long_time(sign: str) -> None:
    began = time.monotonic()
    assert reads_as_question(sign * 20_000 + "?")
    reads_as_question(sign * 20_000)
    assert time.monotonic() - began < 1  # measured: 0.02 s
