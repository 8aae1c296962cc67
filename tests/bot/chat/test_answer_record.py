import json
import re
from dataclasses import fields, replace

import pytest
from hypothesis import given

from bot.answers.answer import Answer, Missing, NoAnswer, Quote, Searched
from bot.chat.answer_record import (
    AnswerRecord,
    Carried,
    QuoteRef,
    articles_of,
    decode,
    encode,
    key_of,
    make_record,
)
from bot.chat.question_request import QuestionRequest
from corpus.article import Article
from retrieval.question.anchors import AnchorKind
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.parsed_question import ParsedQuestion
from retrieval.ranking.hit import Features
from tests.bot.samples.answers import quote_of
from tests.bot.service.people import ANN, CITY
from tests.bot.service.records import QUERY, RECORD, RECORDS

ARTICLE = Article(
    id="nara",
    title="Summit in Nara",
    text="They met in Nara. It rained. They talked.",
    source="The Post",
    url="https://post.example/nara",
)
COPY = replace(ARTICLE, id="copy", collection="board")
SEARCHED = Searched(("news", "board"), 2, 2, None, ("g1", "g2"))


def quote(start: int = 0) -> Quote:
    return quote_of(ARTICLE, (start, 28), marks=[(0, 17)], copies=[COPY])


@given(RECORDS)
def test_a_record_is_read_as_it_was_kept(kept: AnswerRecord) -> None:
    assert decode(encode(kept)) == kept


def test_a_record_of_an_older_newsdesk_is_read_with_what_it_did_not_know_left_open() -> None:
    kept = QuoteRef("news", "nara", "v1", 0, 28, ((0, 17),), 0.9, quote().features)
    row = json.loads(encode(replace(RECORD, kept=(kept,))))
    # What the first version kept of a query and of features.
    row["query"] = {
        "text": "Who met in Nara?",
        "collections": ["news"],
        "asked_at": "2026-03-18T12:00:00Z",
        "since": None,
        "until": None,
        "sources": [],
    }
    row["kept"][0]["signals"] = {"meaning": 0.81, "words": 0.66, "coverage": 0.9}
    assert decode(json.dumps(row)) == replace(RECORD, kept=(kept,))
    assert len(fields(Features)) > 3  # or nothing would be left open


def test_what_was_parsed_stands_beside_the_rest_of_a_query() -> None:
    """Earlier releases read these records too."""
    hint = Hint(HintKind.SOURCE, "The Post", HintUse.FILTER, name="The Post")
    parsed = ParsedQuestion((hint,), ("Who met?",), "who met", newest=True, topical=True, foreign="ko")
    kept = json.loads(encode(replace(RECORD, query=replace(QUERY, parsed=parsed))))["query"]
    names = {field.name for field in fields(parsed)} - {"hints"} | {"clues"}
    assert {name for name in names if kept.get(name)} == names
    assert not {"parsed", "hints"} & kept.keys()


def test_a_record_says_which_words_were_quoted_without_having_them() -> None:
    made = make_record(
        Answer(QUERY, (quote(),), 0.8, SEARCHED),
        QuestionRequest(CITY, ANN, "who met", sources=("The Post",)),
        private=True,
    )
    assert made.kept == (
        QuoteRef(
            collection="news",
            article_id="nara",
            version=ARTICLE.version(),
            start=0,
            end=28,
            highlights=((0, 17),),
            score=quote().score,
            features=quote().features,
            copies=(("board", "copy"),),
        ),
    )
    assert (made.venue, made.person, made.asked, made.query) == (CITY, ANN.id, "who met", QUERY)
    assert (made.answered, made.confidence, made.searched) == (True, 0.8, SEARCHED)
    assert (made.private, made.sources, made.checked) == (True, frozenset({"The Post"}), False)
    assert made.created == QUERY.asked_at
    assert "rained" not in encode(made)


def test_the_nearest_passages_are_kept_as_no_answer_with_what_they_lack() -> None:
    lacking = (Missing(AnchorKind.NAME, "Nara"),)
    none = NoAnswer(QUERY, (quote(),), 0.1, SEARCHED, lacking)
    made = make_record(none, QuestionRequest(CITY, ANN, "who met", checked=True), private=False)
    assert not made.answered
    assert made.checked
    assert len(made.kept) == 1
    assert decode(encode(made)).missing == made.missing == lacking


def test_quotes_are_counted_on_through_what_continues_an_answer() -> None:
    before = (("news", "a", 0), ("news", "b", 5))
    made = make_record(
        Answer(QUERY, (quote(), quote(5)), 0.8, SEARCHED),
        QuestionRequest(CITY, ANN, "who met"),
        private=True,
        before=before,
    )
    assert RECORD.first == 1
    assert made.first == 3
    assert made.told == (*before, ("news", "nara", 0), ("news", "nara", 5))
    assert made.told[2:] == (key_of(quote()), key_of(quote(5)))
    assert replace(made, before=()).told == (key_of(quote()),)  # the second has a line alone
    assert replace(made, before=(), answered=False).told == made.told[2:]


def test_a_conversation_carries_a_person_on_as_long_as_its_questions_name_one() -> None:
    carried = Carried((("news", "a", 0),), "Ida Berg")
    assert carried.into(QUERY) == Carried(carried.told)
    about = replace(QUERY, text="is Ida Berg here?")
    assert carried.into(about) == carried
    asking = QuestionRequest(CITY, ANN, "is she here?")
    made = make_record(Answer(about, (), 0.8, SEARCHED), asking, private=False, carried=carried)
    assert decode(encode(made)).carried == made.carried == carried
    assert articles_of(made) == {("news", "a")}


def test_an_id_can_not_be_guessed_and_fits_a_button() -> None:
    ids = {
        make_record(Answer(QUERY, (), 0.8, SEARCHED), QuestionRequest(CITY, ANN, ""), private=False).id
        for _ in range(1000)
    }
    assert len(ids) == 1000
    assert all(re.fullmatch(r"[\w-]{12}", one) for one in ids)


@pytest.mark.parametrize("body", ["", "{}", "[1]", '{"id": 1}'])
def test_what_is_no_record_is_an_error(body: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        decode(body)
