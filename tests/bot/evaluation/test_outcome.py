from collections.abc import Sequence
from dataclasses import replace

import pytest

from bot.answers.answer import NoAnswer, Quote
from bot.evaluation.evidence import Evidence, ServedArticles
from bot.evaluation.outcome import EvidenceFound, Outcome, find_evidence
from tests.bot.evaluation.results import FOREIGN, FOUND, MISSED, answer_of, found, quote_of
from tests.retrieval.snapshots import article, snapshot_of

BRIDGE = article("bridge", "The bridge was closed on Monday. Rust was found in it. Nobody was hurt.")
FERRY = article("ferry", "The ferry runs every hour. It costs two coins. The bridge is closed.")
PARK = article("park", "The park opens in May. Trees were planted. A pond was dug.")
LIBRARY = ServedArticles([snapshot_of([BRIDGE, FERRY, PARK])])
RUST = Evidence("bridge", "Rust was found in it.")
COINS = Evidence("ferry", "It costs two coins.")


BOTH = (RUST, COINS)
WHOLE = {one.id: quote_of(one, one.text) for one in (BRIDGE, FERRY, PARK)}


@pytest.mark.parametrize(
    ("evidence", "quotes", "expected"),
    [
        (
            [RUST],
            [WHOLE["ferry"], quote_of(BRIDGE, "Monday. Rust was found in it.")],
            EvidenceFound(2, 2, True),
        ),
        ([RUST], [quote_of(BRIDGE, "Nobody was hurt.")], EvidenceFound(None, 1)),
        (BOTH, [WHOLE["park"], WHOLE["ferry"]], EvidenceFound(2, 2)),
        (BOTH, [WHOLE["ferry"], WHOLE["bridge"]], EvidenceFound(1, 1, True)),
        ([RUST], [*[WHOLE["park"]] * 10, WHOLE["bridge"]], EvidenceFound(11, 11)),
        (
            [RUST],
            [quote_of(BRIDGE, BRIDGE.text, "Nobody was hurt.", RUST.quote)],
            EvidenceFound(1, 1, True, True),
        ),
        ([RUST], [quote_of(BRIDGE, BRIDGE.text, "Nobody was hurt.")], EvidenceFound(1, 1, True)),
        ([RUST], [WHOLE["park"], quote_of(BRIDGE, BRIDGE.text, RUST.quote)], EvidenceFound(2, 2, True)),
    ],
    ids=[
        *("the first passage with it", "the article alone", "any piece", "all pieces", "after ten passages"),
        *("its sentence is marked", "another is", "it is in the second passage"),
    ],
)
def test_a_finding_is_the_rank_of_the_evidence_and_what_of_it_was_shown(
    evidence: Sequence[Evidence], quotes: Sequence[Quote], expected: EvidenceFound
) -> None:
    assert find_evidence(answer_of(*quotes), LIBRARY.gold(evidence, "", ("news",))) == expected


def test_what_is_shown_without_an_answer_counts_as_what_is_found() -> None:
    given = answer_of(quote_of(BRIDGE, BRIDGE.text))
    refused = NoAnswer(given.query, given.quotes, 0.1, given.searched)
    gold = LIBRARY.gold([RUST], "", ("news",))
    assert find_evidence(refused, gold).rank == 1
    for result, wanted in ((None, gold), (answer_of(), gold), (given, ())):
        assert find_evidence(result, wanted) == EvidenceFound()


@pytest.mark.parametrize(
    ("outcome", "grade"),
    [
        (FOUND, 2),
        (found(2), 1),
        (found(4), 0),
        (MISSED, 0),
        (replace(FOUND, answered=False), 0),
        (FOREIGN, 2),
        (replace(FOREIGN, answered=True), 0),
    ],
    ids=["first", "page", "later", "missed", "refused", "rightly refused", "wrongly answered"],
)
def test_a_grade_is_what_a_reader_got(outcome: Outcome, grade: int) -> None:
    assert outcome.grade == grade
