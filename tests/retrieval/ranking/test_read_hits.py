"""What a reader says of hits: their order, which sentence is the best, and what stays as it was."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from retrieval.models.embedder import HashEmbedder
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.ranking.hit import Hit
from retrieval.ranking.read_hits import LEAST_READ, READ
from retrieval.ranking.search import search
from retrieval.reading.reader import Reader, Reading
from retrieval.text.sentences import Span
from tests.retrieval.reading.passages import GivenReadings
from tests.retrieval.snapshots import article, asking, snapshot_of

TEXTS = [f"The bridge number {number} is closed for {'cracks ' * number}." for number in range(1, READ + 5)]
QUESTION = "Why is the bridge closed for cracks?"


def found(reader: Reader | None = None, texts: Sequence[str] = TEXTS, limit: int = len(TEXTS)) -> list[Hit]:
    snapshot = snapshot_of([article(str(number), text) for number, text in enumerate(texts)])
    query = asking(QUESTION)
    question = HashEmbedder().embed_question(query.text)
    return search([snapshot], query, question, limit, reader=reader).hits


def test_the_order_of_a_named_reader_counts_among_the_first_and_scores_stay() -> None:
    plain = found()
    reader = GivenReadings([Reading(float(place)) for place in range(READ)])
    read = found(reader)
    assert reader.asked == [(QUESTION, [hit.passage.text for hit in plain[:READ]])]
    expected = [*plain[:READ][::-1], *plain[READ:]]
    assert [hit.passage for hit in read] == [hit.passage for hit in expected]
    assert [hit.score for hit in read] == [hit.score for hit in expected]
    assert [hit.features.reading for hit in read[:READ]] == [float(place) for place in range(READ)][::-1]
    assert all(hit.features.reading is None for hit in read[READ:])
    assert all(hit.features.reading is None for hit in plain)


def test_more_are_read_than_are_shown() -> None:
    reader = GivenReadings([Reading(float(place)) for place in range(READ)])
    assert [hit.passage for hit in found(reader, limit=1)] == [found()[READ - 1].passage]


def test_a_reader_that_is_fitted_is_weighed_against_the_score() -> None:
    plain = found()
    even = found(GivenReadings([Reading(0.0)] * READ, fitted=True))
    assert [hit.passage for hit in even] == [hit.passage for hit in plain]
    sure = found(GivenReadings([Reading(-30.0)] * (READ - 1) + [Reading(30.0)], fitted=True))
    assert sure[0].passage == plain[READ - 1].passage


def test_a_fitted_reader_is_not_asked_in_a_language_that_its_model_does_not_know() -> None:
    snapshot = snapshot_of([article("a", TEXTS[0])])
    fitted, other = GivenReadings([Reading(1.0)], fitted=True), GivenReadings([Reading(1.0)])
    for reader in (fitted, other):
        search([snapshot], asking(QUESTION), None, 1, reader=reader)
    assert fitted.asked == []
    assert other.asked == [(QUESTION, [TEXTS[0]])]


@pytest.mark.parametrize("which", [0, 1])
def test_the_sentence_that_the_reader_finds_likeliest_is_marked(which: int) -> None:
    text = "The bridge is closed for cracks. The cracks closed the bridge."
    spans = [(0, 32), (33, 62)]
    [hit] = found(GivenReadings([Reading(1.0, {spans[which]: 40.0, spans[1 - which]: -19.0})]), [text])
    assert hit.highlights == (spans[which],)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("Why is the bridge closed for cracks?", (22, 32)),
        ("Is the bridge closed for cracks?", None),  # no words of an article are a yes
    ],
)
def test_the_words_of_the_best_sentence_are_the_answer_unless_it_is_yes_or_no(
    question: str, words: Span | None
) -> None:
    snapshot = snapshot_of([article("a", "The bridge is closed for cracks. It was sunny.")])
    reading = Reading(1.0, {(0, 32): 9.0, (33, 46): -9.0}, {(0, 32): (22, 32), (33, 46): (33, 46)})
    asked = asking(question)
    embedded = HashEmbedder().embed_question(asked.text)
    [hit] = search([snapshot], asked, embedded, 1, reader=GivenReadings([reading])).hits
    assert (hit.highlights, hit.answer) == (((0, 32),), words)


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


def test_a_passage_in_which_nothing_could_be_read_has_the_lowest_reading() -> None:
    [hit] = found(GivenReadings([Reading(float("-inf"))]), [TEXTS[0]])
    assert (hit.features.reading, hit.features.sentence) == (LEAST_READ, LEAST_READ)


def test_with_so_many_of_an_article_at_most_the_order_stays() -> None:
    snapshot = snapshot_of([article(str(number), text) for number, text in enumerate(TEXTS)])
    question = HashEmbedder().embed_question(QUESTION)
    reader = GivenReadings([Reading(float(place)) for place in range(READ)])
    plain, read = (
        search([snapshot], asking(QUESTION), question, 5, per_article=1, reader=one).hits
        for one in (None, reader)
    )
    assert [hit.passage for hit in read] == [hit.passage for hit in plain]
    assert all(hit.features.reading is not None for hit in read[:READ])


@pytest.mark.parametrize("cites", [False, True])
def test_what_cites_a_source_keeps_its_order_and_its_marks(cites: bool) -> None:
    hint = Hint(HintKind.SOURCE, "according to The Post", HintUse.FILTER, name="The Post")
    query = replace(asking(QUESTION), hints=(hint,) if cites else ())
    question = HashEmbedder().embed_question(query.text)
    text = "The bridge is closed for cracks. The cracks closed the bridge."

    def hits(texts: Sequence[str], *readings: Reading) -> list[Hit]:
        snapshot = snapshot_of([article(str(number), one) for number, one in enumerate(texts)])
        reader = GivenReadings(readings, fitted=True) if readings else None
        return search([snapshot], query, question, len(texts), reader=reader).hits

    [plain], [read] = hits([text]), hits([text], Reading(0.0, {(0, 32): -19.0, (33, 62): 99.0}))
    assert read.features.reading == 0
    assert (read.highlights == plain.highlights) is cites
    order = hits(TEXTS, *[Reading(-30.0)] * (READ - 1), Reading(30.0))
    assert ([hit.passage for hit in order] == [hit.passage for hit in hits(TEXTS)]) is cites
