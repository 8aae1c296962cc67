from dataclasses import replace

import pytest

from bot.answers.answer import NoAnswer, Quote
from bot.evaluation.evidence import Evidence, Library
from bot.evaluation.outcome import Finding, Outcome, find
from tests.bot.evaluation.results import FOREIGN, FOUND, MISSED, answer_of, found, quote_of
from tests.retrieval.snapshots import article, snapshot_of

BRIDGE = article("bridge", "The bridge was closed on Monday. Rust was found in it. Nobody was hurt.")
FERRY = article("ferry", "The ferry runs every hour. It costs two coins. The bridge is closed.")
PARK = article("park", "The park opens in May. Trees were planted. A pond was dug.")
LIBRARY = Library([snapshot_of([BRIDGE, FERRY, PARK])])
RUST = Evidence("bridge", "Rust was found in it.")
COINS = Evidence("ferry", "It costs two coins.")


def finding(*quotes: Quote, evidence: tuple[Evidence, ...] = (RUST,)) -> Finding:
    return find(answer_of(*quotes), LIBRARY.gold(evidence, "", ("news",)))


def test_the_first_passage_with_the_evidence_is_the_rank() -> None:
    found_second = finding(
        quote_of(FERRY, FERRY.text),
        quote_of(BRIDGE, "Monday. Rust was found in it."),
        quote_of(PARK, PARK.text),
    )
    assert found_second == Finding(rank=2, article_rank=2, whole=True, marked=False)


def test_another_passage_of_the_article_is_the_right_article_and_no_hit() -> None:
    only_article = finding(quote_of(BRIDGE, "Nobody was hurt."))
    assert only_article == Finding(rank=None, article_rank=1, whole=False, marked=False)


def test_any_piece_is_a_hit_and_the_whole_is_all_of_them() -> None:
    both = (RUST, COINS)
    one = finding(quote_of(PARK, PARK.text), quote_of(FERRY, FERRY.text), evidence=both)
    assert (one.rank, one.whole) == (2, False)
    all_ = finding(quote_of(FERRY, FERRY.text), quote_of(BRIDGE, BRIDGE.text), evidence=both)
    assert (all_.rank, all_.whole) == (1, True)


def test_the_whole_is_looked_for_in_ten_passages() -> None:
    ten = [quote_of(PARK, PARK.text)] * 10
    assert finding(*ten, quote_of(BRIDGE, BRIDGE.text)) == Finding(rank=11, article_rank=11)


def test_a_sentence_counts_where_it_is_marked_in_the_first_passage() -> None:
    assert finding(quote_of(BRIDGE, BRIDGE.text, "Nobody was hurt.", "Rust was found in it.")).marked
    assert not finding(quote_of(BRIDGE, BRIDGE.text, "Nobody was hurt.")).marked
    second = finding(quote_of(PARK, PARK.text), quote_of(BRIDGE, BRIDGE.text, "Rust was found in it."))
    assert not second.marked


def test_what_is_shown_without_an_answer_counts_as_what_is_found() -> None:
    given = answer_of(quote_of(BRIDGE, BRIDGE.text))
    refused = NoAnswer(given.query, given.quotes, 0.1, given.searched)
    gold = LIBRARY.gold([RUST], "", ("news",))
    assert find(refused, gold).rank == 1
    assert find(None, gold) == find(answer_of(), gold) == find(given, ()) == Finding()


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
