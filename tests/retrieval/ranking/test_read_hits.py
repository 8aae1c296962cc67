"""What a reader says of hits: their order, which sentence is the best, and what stays as it was."""

import math
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest

from retrieval.models.embedder import HashEmbedder
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.parsed_question import ParsedQuestion
from retrieval.ranking.diversity import PAGE
from retrieval.ranking.hit import Hit
from retrieval.ranking.read_hits import HITS_READ, LEAST_READ, NOTHING, READING, log_sum_exp
from retrieval.ranking.search import search
from retrieval.ranking.weights import Signals, weights
from retrieval.reading.reader import Reader, Reading
from retrieval.text.sentences import Span
from tests.retrieval.reading.passages import GivenReadings
from tests.retrieval.snapshots import ASKED_AT, article, asking, snapshot_of

TEXTS = [
    f"The bridge number {number} is closed for {'cracks ' * number}." for number in range(1, HITS_READ + 5)
]
QUESTION = "Why is the bridge closed for cracks?"


def found(reader: Reader | None = None, texts: Sequence[str] = TEXTS, limit: int = len(TEXTS)) -> list[Hit]:
    snapshot = snapshot_of([article(str(number), text) for number, text in enumerate(texts)])
    query = asking(QUESTION)
    question = HashEmbedder().embed_question(query.text)
    return search([snapshot], query, question, limit, reader=reader).hits


def test_the_order_of_a_named_reader_counts_among_the_first_and_scores_stay() -> None:
    plain = found()
    reader = GivenReadings([Reading(float(place)) for place in range(HITS_READ)])
    read = found(reader)
    assert reader.asked == [(QUESTION, [hit.passage.text for hit in plain[:HITS_READ]])]
    expected = [*plain[:HITS_READ][::-1], *plain[HITS_READ:]]
    assert [hit.passage for hit in read] == [hit.passage for hit in expected]
    assert [hit.score for hit in read] == [hit.score for hit in expected]
    assert [hit.features.reading for hit in read[:HITS_READ]] == [float(place) for place in range(HITS_READ)][
        ::-1
    ]
    assert all(hit.features.reading is None for hit in read[HITS_READ:])
    assert all(hit.features.reading is None for hit in plain)


def test_more_are_read_than_are_shown() -> None:
    reader = GivenReadings([Reading(float(place)) for place in range(HITS_READ)])
    assert [hit.passage for hit in found(reader, limit=1)] == [found()[HITS_READ - 1].passage]


def test_a_reader_that_is_fitted_is_weighed_against_the_score() -> None:
    plain = found()
    even = found(GivenReadings([Reading(0.0)] * HITS_READ, fitted=True))
    assert [hit.passage for hit in even] == [hit.passage for hit in plain]
    sure = found(GivenReadings([Reading(-30.0)] * (HITS_READ - 1) + [Reading(30.0)], fitted=True))
    assert sure[0].passage == plain[HITS_READ - 1].passage


@pytest.mark.parametrize("sure", [True, False])
def test_what_a_page_leaves_hardly_a_chance_is_not_read(*, sure: bool) -> None:
    plain = found()
    reader = GivenReadings([Reading(0.0), Reading(30.0 if sure else 0.0), *[Reading(0.0)] * 3], fitted=True)
    read = found(reader)
    texts = [hit.passage.text for hit in plain]
    assert [asked for _, asked in reader.asked] == [texts[:PAGE], texts[PAGE:HITS_READ]][: 1 if sure else 2]
    assert (read[0].passage == plain[1].passage) is sure
    assert {hit.passage for hit in read[:PAGE]} == {hit.passage for hit in plain[:PAGE]}
    assert [hit.features.reading is not None for hit in read] == [
        place < (PAGE if sure else HITS_READ) for place in range(len(plain))
    ]
    assert [hit.passage for hit in read[PAGE:]] == [hit.passage for hit in plain[PAGE:]]


def test_a_fitted_reader_is_not_asked_in_a_language_that_its_model_does_not_know() -> None:
    snapshot = snapshot_of([article("a", TEXTS[0])])
    fitted, other = GivenReadings([Reading(1.0)], fitted=True), GivenReadings([Reading(1.0)])
    for reader in (fitted, other):
        search([snapshot], asking(QUESTION), None, 1, reader=reader)
    assert fitted.asked == []
    assert other.asked == [(QUESTION, [TEXTS[0]])]


@pytest.mark.parametrize("which", [0, 1])
def test_the_sentence_that_the_reader_finds_likeliest_is_marked(which: int) -> None:
    text = "The bridge is closed for cracks. After cracks the bridge closed."
    spans = [(0, 32), (33, 64)]
    [hit] = found(GivenReadings([Reading(1.0, {spans[which]: 40.0, spans[1 - which]: -19.0})]), [text])
    assert hit.highlights == (spans[which],)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Why is the bridge closed?", (21, 31)),
        ("Is the bridge closed for cracks?", None),  # no words of an article are a yes
        ("What is closed for cracks?", None),  # they only repeat the question
    ],
)
def test_the_words_of_the_best_sentence_are_the_answer_where_they_can_be_it(
    question: str, words: Span | None
) -> None:
    snapshot = snapshot_of([article("a", "The bridge is closed for cracks. It was sunny.")])
    reading = Reading(1.0, {(0, 32): 9.0, (33, 46): -9.0}, {(0, 32): (21, 32), (33, 46): (33, 46)})
    asked = asking(question)
    embedded = HashEmbedder().embed_question(asked.text)
    [hit] = search([snapshot], asked, embedded, 1, reader=GivenReadings([reading])).hits
    assert (hit.highlights, hit.answer) == (((0, 32),), words)


def test_where_no_sentence_tells_the_reason_that_is_asked_for_two_are_marked() -> None:
    text = "The bridge is closed. The pillars have cracks. It was sunny."
    first, second, third = (0, 21), (22, 46), (47, 60)
    reader = GivenReadings([Reading(1.0, {first: 40.0, second: 0.0, third: -19.0})])
    [hit] = found(reader, [text])
    assert hit.highlights == (first, second)


def test_a_sentence_without_the_amount_that_is_asked_for_is_put_back() -> None:
    text = "The bridge is closed for cracks. The bridge has 12 cracks."
    snapshot = snapshot_of([article("a", text)])
    for question, best in (("How many cracks has the bridge?", (33, 58)), ("What has cracks?", (0, 32))):
        query = asking(question)
        reader = GivenReadings([Reading(1.0, {(0, 32): 0.5, (33, 58): 0.0})], fitted=True)
        [hit] = search([snapshot], query, HashEmbedder().embed_question(query.text), 1, reader=reader).hits
        assert max(hit.sentences, key=lambda one: one.score).span == best, question
        assert [one.lacks for one in hit.sentences] == [best[0] > 0, False]


@pytest.mark.parametrize("behind", [1.0, 30.0])
def test_of_two_that_tell_who_holds_an_office_the_newer_is_first_unless_it_is_far_behind(
    behind: float,
) -> None:
    texts = {
        "old": "Nara Mayor Bo Ek spoke.",
        "new": "Nara Mayor Ada Oro spoke.",
        "other": "Nara has a mayor.",
    }
    snapshot = snapshot_of(
        [
            article(name, text, published=ASKED_AT - timedelta(days=400 * (name == "old")))
            for name, text in texts.items()
        ]
    )
    query = asking("Who is the mayor of Nara?")
    question = HashEmbedder().embed_question(query.text)
    first = [hit.passage.article.id for hit in search([snapshot], query, question, 3).hits]
    readings = {"old": Reading(behind), "new": Reading(0.0), "other": Reading(behind)}
    reader = GivenReadings([readings[name] for name in first], fitted=True)
    hits = search([snapshot], query, question, 3, reader=reader).hits
    assert hits[0].passage.article.id == ("new" if behind == 1.0 else "old")


@pytest.mark.parametrize(
    ("text", "bold"),
    [
        ("Kobe and Nara Port chief Ada Oro and Bo Ek spoke.", "Ada Oro"),
        ("Bo Ek spoke in Nara Port to Ada Oro of Kobe.", None),
    ],
)
def test_for_a_role_only_the_name_of_its_holder_is_the_answer(text: str, bold: str | None) -> None:
    whole, start = (0, len(text)), text.index("Bo Ek")
    snapshot, query = snapshot_of([article("a", text)]), asking("who runs Nara Port")
    reader = GivenReadings([Reading(1.0, {whole: 9.0}, {whole: (start, start + 5)})], fitted=True)
    [hit] = search([snapshot], query, HashEmbedder().embed_question(query.text), 1, reader=reader).hits
    assert (hit.answer and text[slice(*hit.answer)]) == bold
    assert hit.sentences[0].lacks is (bold is None)


@pytest.mark.parametrize(("asked", "other"), [("second", True), ("first", False)])
def test_every_sentence_conflicts_where_no_passage_has_the_number_that_is_asked_for(
    asked: str, *, other: bool
) -> None:
    snapshot = snapshot_of([article("a", "The first bridge is closed. Cracks closed it.")])
    query = asking(f"Why is the {asked} bridge closed for cracks?")
    reader = GivenReadings([Reading(1.0, {(0, 27): -9.0, (28, 45): 9.0})], fitted=True)
    [hit] = search([snapshot], query, HashEmbedder().embed_question(query.text), 1, reader=reader).hits
    assert [one.conflicts for one in hit.sentences] == [other, other]


def test_a_sentence_that_only_asks_counts_and_is_not_marked() -> None:
    text = "Why is the bridge closed? The pillars have cracks after the flood."
    [hit] = found(GivenReadings([Reading(1.0, {(0, 25): 9.0, (26, 66): 0.0})]), [text])
    assert hit.highlights == ((26, 66),)
    assert [one.asks for one in hit.sentences] == [True, False]


def test_no_few_words_answer_several_questions() -> None:
    text = "The bridge is closed for cracks. It was sunny."
    snapshot = snapshot_of([article("a", text)])
    parsed = ParsedQuestion(parts=("Why", "How"))
    asked = replace(asking("Why is the bridge closed? How was the weather?"), parsed=parsed)
    embedded = HashEmbedder().embed_question(asked.text)
    for query, words in ((asked, None), (replace(asked, reading="Why is the bridge closed?"), (21, 31))):
        reader = GivenReadings([Reading(1.0, {(0, 32): 9.0}, {(0, 32): (21, 31)})])
        [hit] = search([snapshot], query, embedded, 1, reader=reader).hits
        assert hit.answer == words


def test_a_dateline_is_no_part_of_the_sentence_that_was_read() -> None:
    text = "BUSAN, South Korea (CNN) -- The bridge is closed for cracks. It was sunny."
    [hit] = found(GivenReadings([Reading(1.0, {(0, 60): 9.0, (61, 74): -9.0})]), [text])
    assert [text[slice(*span)] for span in hit.highlights] == ["The bridge is closed for cracks."]


def test_a_reader_that_does_not_say_where_leaves_the_marks() -> None:
    text = "The bridge is closed for cracks. The cracks closed the bridge."
    [plain] = found(None, [text])
    [hit] = found(GivenReadings([Reading(1.0)]), [text])
    assert hit.highlights == plain.highlights


def test_an_aside_is_not_marked_whatever_the_reader_says() -> None:
    text = "The bridge is closed for cracks. Watch why the bridge closed »"
    [hit] = found(GivenReadings([Reading(1.0, {(0, 32): -9.0, (33, 62): 9.0})]), [text])
    assert hit.highlights == ((0, 32),)


@pytest.mark.parametrize("fitted", [False, True])
def test_a_passage_in_which_nothing_could_be_read_has_the_lowest_reading(fitted: bool) -> None:
    [hit] = found(GivenReadings([Reading(float("-inf"))], fitted=fitted), [TEXTS[0]])
    assert hit.features.reading == LEAST_READ
    assert (hit.features.sentences is not None) is fitted


def test_what_the_sentences_of_a_passage_weigh_together_holds_its_score_and_the_reading() -> None:
    text = "The bridge is closed for cracks. The cracks closed the bridge."
    spans = [(0, 32), (33, 62)]
    low, high = (
        found(GivenReadings([Reading(9.0, dict.fromkeys(spans, value))], fitted=True), [text])[0]
        for value in (0.0, 1.0)
    )
    weighs = weights().sentence[Signals.READING]
    assert low.features.sentences is not None
    assert high.features.sentences == pytest.approx(low.features.sentences + weighs[READING])
    assert low.features.sentences == pytest.approx(log_sum_exp(one.score for one in low.sentences))
    [plain] = found(None, [text])
    assert low.score == plain.score
    assert plain.features.sentences is None


@pytest.mark.parametrize("year", [2018, 2019])
def test_a_sentence_of_another_year_has_to_be_read_as_much_likelier(year: int) -> None:
    texts = [f"The bridge was closed for cracks in {one}." for one in (2018, 2019)]
    snapshot = snapshot_of([article(str(number), text) for number, text in enumerate(texts)])
    asked = asking(f"Why was the bridge closed for cracks in {year}?")
    embedded = HashEmbedder().embed_question(asked.text)
    of_year, of_other = (Reading(9.0, {(0, len(texts[0])): said}) for said in (0.0, 27.0))
    reader = GivenReadings([of_year, of_other], fitted=True)
    read = search([snapshot], asked, embedded, 2, reader=reader).hits
    assert [str(year) in hit.passage.text for hit in read] == [True, False]
    assert [sentence.conflicts for hit in read for sentence in hit.sentences] == [False, True]


def test_a_passage_without_a_sentence_that_could_answer_weighs_nothing() -> None:
    assert log_sum_exp([]) == NOTHING
    assert log_sum_exp([-3.0, -3.0]) == pytest.approx(-3.0 + math.log(2))


def test_with_so_many_of_an_article_at_most_the_order_stays() -> None:
    snapshot = snapshot_of([article(str(number), text) for number, text in enumerate(TEXTS)])
    question = HashEmbedder().embed_question(QUESTION)
    reader = GivenReadings([Reading(float(place)) for place in range(HITS_READ)])
    plain, read = (
        search([snapshot], asking(QUESTION), question, 5, per_article=1, reader=one).hits
        for one in (None, reader)
    )
    assert [hit.passage for hit in read] == [hit.passage for hit in plain]
    assert all(hit.features.reading is not None for hit in read[:HITS_READ])


@pytest.mark.parametrize("fitted", [False, True])
@pytest.mark.parametrize("use", [None, *HintUse])
def test_what_names_two_outlets_is_not_read(use: HintUse | None, fitted: bool) -> None:
    named = [Hint(HintKind.SOURCE, name, use, name=name) for name in ("The Post", "The Times")] if use else []
    query = asking(QUESTION).with_hints(tuple(named))
    question = HashEmbedder().embed_question(query.text)
    snapshot = snapshot_of([article(str(number), text) for number, text in enumerate(TEXTS)])
    reader = GivenReadings([Reading(float(place)) for place in range(HITS_READ)], fitted=fitted)
    plain = search([snapshot], query, question, len(TEXTS))
    read = search([snapshot], query, question, len(TEXTS), reader=reader)
    unnamed = use in (None, HintUse.EXCLUDE)
    assert bool(reader.asked) is unnamed
    assert unnamed or read == plain
    assert (read.signals is Signals.READING) is (fitted and unnamed)
