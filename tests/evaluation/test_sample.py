"""Answers on the sample corpus, with the real model: a floor under quality, in questions of our own."""

import pytest

from bot.answers.answer import Answer, NoAnswer, quotes_of
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import reload
from bot.desk.desk import Desk
from corpus.sources.files import SAMPLE
from corpus.storage.store_records import Source
from retrieval.models.model import Model
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.question.query import make_query
from tests.fault.newsroom import no_progress

QUESTIONS = {
    "How many people died in the Chosei coal mine flood?": "183",
    "How many of the dead of the Chosei mine came from Korea?": "136",
    "Where did Lee and Takaichi meet in January 2026?": "Nara",
    "How long did the Nara talks last?": "90 minutes",
    "Which songs did the two leaders drum to?": "Dynamite",
    "What did the leaders agree about the remains from the mine?": "DNA",
    "When did the United Kingdom join the CPTPP?": "2024",
    "How many Japanese prefectures does South Korea's seafood ban cover?": "eight",
    "Who applied to join the trans-Pacific trade pact in September 2021?": "Taiwan",
    "What did China ban the export of to Japan?": "dual-use",
    "How many metals are called rare earths?": "17",
    "In which year did Japan and South Korea normalise relations?": "1965",
    "Where is the Trilateral Cooperation Secretariat?": "Seoul",
    "Where did the leaders of the United States, Japan and South Korea meet in August 2023?": "Camp David",
    "Who became Japan's first woman prime minister?": "Takaichi",
    "When was Lee Jae Myung inaugurated?": "4 June 2025",
    "Where did Trump and Kim meet in February 2019?": "Hanoi",
    "조세이 탄광은 어디에 있었나?": "야마구치",
    "奈良の都は何年から何年までですか": "710",
}
"""Each question, and words that stand in the passage that answers it."""

FOREIGN = (
    "Who won the 2022 World Cup?",
    "What is the capital of Mongolia?",
    "Which film won the Oscar for best picture?",
    "How do you bake sourdough bread?",
    "Who discovered penicillin?",
    "What is the tallest building in Dubai?",
    "When did the Titanic sink?",
    "How much did the bidder pay for lunch with Warren Buffett?",
    "Which planet has the most moons?",
    "Who wrote Pride and Prejudice?",
)


Results = dict[str, Answer | NoAnswer]


@pytest.fixture(scope="module")
def asked(minilm: OnnxEmbedder, tmp_path_factory: pytest.TempPathFactory) -> Results:
    """What comes of each question, asked of a desk that has the sample."""
    home = Home(tmp_path_factory.mktemp("sample"))
    with home.store() as store:
        store.add_source(Source("news", SAMPLE))
    reload(home, lambda: minilm, progress=no_progress)
    desk = Desk(home, Model(minilm, minilm.vocabulary), print)
    desk.open()
    return {question: desk.ask(make_query(question, ("news",))) for question in (*QUESTIONS, *FOREIGN)}


def test_nine_in_ten_questions_have_their_answer_among_the_first_three_and_seven_marked_in_the_first(
    asked: Results,
) -> None:
    answers = {
        one: result for one, result in asked.items() if one in QUESTIONS and isinstance(result, Answer)
    }
    right = [one for one, result in answers.items() if any(QUESTIONS[one] in q.text for q in result.quotes)]
    assert len(right) >= 0.9 * len(QUESTIONS), QUESTIONS.keys() - {*right}
    first = [(QUESTIONS[one], result.quotes[0]) for one, result in answers.items()]
    marked = sum(
        any(words in quote.article.text[start:end] for start, end in quote.highlights)
        for words, quote in first
    )
    assert marked >= 0.7 * len(QUESTIONS), marked


def test_nine_in_ten_foreign_questions_are_refused(asked: Results) -> None:
    answered = [question for question in FOREIGN if isinstance(asked[question], Answer)]
    assert len(answered) <= len(FOREIGN) // 10, answered


def test_every_quote_of_every_answer_is_verbatim(asked: Results) -> None:
    quotes = [quote for result in asked.values() for quote in quotes_of(result)]
    assert len(quotes) > len(QUESTIONS)
    for quote in quotes:
        assert quote.verbatim
        assert quote.article.text[quote.start : quote.end] == quote.text
