import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.question.courtesies import asks_to_write, bare_question
from retrieval.question.remarks.writing_requests import subject_of
from tests.retrieval.question.test_courtesies import QUESTIONS


@pytest.mark.parametrize(
    ("text", "subject"),
    [
        ("Summarise the Toyota recall", "the Toyota recall"),
        ("Hey, can you please summarize what the mayor said?", "what the mayor said?"),
        ("translate what the president said into Korean", "what the president said?"),
        ("write a poem about Gaza", "Gaza"),
        ("Write me a short 200-word essay on the ferry, please!", "the ferry"),
        ("sum up the articles about the flood in Haiti in three bullet points", "the flood in Haiti"),
        ("tell me a joke about the mayor", "the mayor"),
        ("make a table of the election results", "the election results"),
        ("Draft an email to my boss about the ferry", "the ferry"),
        ("give me a headline for the flood in Haiti", "the flood in Haiti"),
        ("gimme the gist on the budget", "the budget"),
        ("what's your opinion on the Toyota recall?", "the Toyota recall"),
        ("what do you think about the mayor?", "the mayor"),
        ("Explain the budget like I'm five", "the budget"),
        ("What did the mayor say in one sentence?", "What did the mayor say?"),
        ("도요타 리콜을 요약해 줘", "도요타 리콜"),
        ("대통령이 한 말을 영어로 번역해 주세요", "대통령이 한 말"),
        ("가자 지구에 대한 시를 하나 써 줘", "가자 지구"),
        ("トヨタのリコールを三行で要約してください", "トヨタのリコール"),
        ("トヨタのリコールを一言で要約してください", "トヨタのリコール"),
        ("ガザについて詩を書いて", "ガザ"),
    ],
)
def test_the_subject_alone_is_searched(text: str, subject: str) -> None:
    assert asks_to_write(text)
    assert bare_question(text) == subject


@pytest.mark.parametrize(
    "text",
    [
        *QUESTIONS,
        "Who can summarise the report?",
        "Write-in candidates in Peru",
        "Give me an article about the ferry",
        "Draft bill on data protection",
        "How did the court translate the law?",
        "What did the president say in French?",
        "What did the mayor say in three words?",
        "Why was the translation of the poem withdrawn?",
        "요약본을 공개한 기관은 어디인가요?",
        "누가 이 시를 썼나요?",
        "誰が詩を書きましたか",
    ],
)
def test_a_question_is_no_request_to_write(text: str) -> None:
    assert subject_of(text) is None
    assert not asks_to_write(text)


@given(st.text(max_size=300), st.sampled_from(["write a poem about ", "", "summarise "]))
def test_the_subject_stands_in_the_text(text: str, before: str) -> None:
    subject = subject_of(before + text)
    assert subject is None or subject in before + text
