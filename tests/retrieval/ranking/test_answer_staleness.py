"""What is passed over without a search could not have been in the answer."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from retrieval.collection.collection import Collection
from retrieval.in_memory.in_memory_collection import InMemoryCollection
from retrieval.models.embedder import HashEmbedder
from retrieval.ranking.answer_staleness import GROWTH, LIFE, cutoff, may_be_ranked
from retrieval.ranking.search import CANDIDATES_RANKED, first_stage, search
from tests.retrieval.snapshots import article, asking, snapshot_of

WORDS = "bridge ferry mayor storm cable river rust tunnel harbour night price strike ship gate dam".split()
QUERY = asking("Why was the bridge closed by the mayor after the storm?")
ENCODED = HashEmbedder().embed_question(QUERY.wording)

texts = st.lists(st.sampled_from(WORDS), min_size=3, max_size=12).map(lambda words: " ".join(words) + ".")


def named(stories: Sequence[str], prefix: str) -> list[Article]:
    return [article(f"{prefix}{number:03}", text) for number, text in enumerate(stories)]


@settings(max_examples=25)
@given(st.lists(texts, min_size=60, max_size=90), st.lists(texts, min_size=1, max_size=4))
def test_what_is_ranked_was_not_passed_over(old: list[str], new: list[str]) -> None:
    before = snapshot_of(named(old, "old"))
    now = snapshot_of([*named(old, "old"), *named(new, "new")])
    known = cutoff(before, (QUERY, ENCODED))
    assert known.holds(now, (QUERY, ENCODED))
    ranked = {one.article.id for one in first_stage(now, QUERY, ENCODED).passages}
    fresh = now.newer_than(before)
    assert fresh == {one.id for one in named(new, "new")}
    for one in fresh & ranked:
        assert may_be_ranked(now.select({one}), known, (QUERY, ENCODED))


def test_what_says_nothing_of_the_question_is_passed_over_and_what_answers_it_not() -> None:
    old = named([f"The bridge was closed by the mayor, day {n}." for n in range(CANDIDATES_RANKED)], "old")
    other = article("other", "Prices of tulips rose in spring.")
    answer = article("answer", "The mayor closed the bridge after the storm.")
    before, now = snapshot_of(old), snapshot_of([*old, other, answer])
    known = cutoff(before, (QUERY, ENCODED))
    assert not may_be_ranked(now.select({"other"}), known, (QUERY, ENCODED))
    assert may_be_ranked(now.select({"other", "answer"}), known, (QUERY, ENCODED))
    assert "answer" in {hit.passage.article.id for hit in search([now], QUERY, ENCODED, 3).hits}
    assert not may_be_ranked(now.select({"nobody"}), known, (QUERY, ENCODED))


def test_where_all_are_ranked_nothing_is_passed_over() -> None:
    collection = snapshot_of(named(["Nothing of it."], "a"))
    known = cutoff(collection, (QUERY, ENCODED))
    assert may_be_ranked(collection.select({"a000"}), known, (QUERY, ENCODED))


def test_a_cutoff_is_known_for_a_day_and_while_the_collection_and_the_filters_are_alike() -> None:
    made = named(["The bridge."] * 100, "a")
    collection = snapshot_of(made)
    known = cutoff(collection, (QUERY, ENCODED))
    assert known.holds(collection, (QUERY, ENCODED))
    later = replace(QUERY, asked_at=QUERY.asked_at + LIFE + timedelta(seconds=1))
    assert not known.holds(collection, (later, ENCODED))
    assert not known.holds(collection, (replace(QUERY, sources=frozenset({"the post"})), ENCODED))
    fewer = snapshot_of(made[: int(100 / (1 + GROWTH)) - 1])
    assert not known.holds(fewer, (QUERY, ENCODED))
    assert known.holds(snapshot_of(made[:90]), (QUERY, ENCODED))


@pytest.mark.parametrize("kind", ["index", "in memory"])
def test_a_selection_has_the_figures_that_the_collection_gives(kind: str) -> None:
    texts = ["The mayor closed the bridge. " * 60, "Tulips.", "A storm closed the bridge."]
    made = named(texts, "a")
    collection: Collection = (
        snapshot_of(made) if kind == "index" else InMemoryCollection(made, HashEmbedder())
    )
    whole = collection.candidates(QUERY, ENCODED)
    for names in ({"a000"}, {"a001", "a002"}, {"a000", "a001", "a002", "nobody"}):
        chosen = collection.select(names).candidates(QUERY, ENCODED)
        ids = [collection.passage(number).article.id for number in chosen.numbers.tolist()]
        assert set(ids) == names - {"nobody"}
        for place, number in enumerate(chosen.numbers.tolist()):
            (row,) = [i for i, one in enumerate(whole.numbers.tolist()) if one == number]
            assert chosen.words[place] == pytest.approx(whole.words[row], abs=1e-6)
            assert chosen.meanings[place] == pytest.approx(whole.meanings[row], abs=1e-6)
    without_model = collection.select({"a000"}).candidates(QUERY, None)
    assert set(without_model.meanings.tolist()) == {0.0}
    narrow = replace(QUERY, sources=frozenset({"nobody"}))
    assert not len(collection.select({"a000"}).candidates(narrow, ENCODED))


@pytest.mark.parametrize("kind", ["index", "in memory"])
def test_what_is_new_since_an_earlier_state_is_what_came_or_was_changed(kind: str) -> None:
    def make(articles: Sequence[Article]) -> Collection:
        return snapshot_of(articles) if kind == "index" else InMemoryCollection(articles, HashEmbedder())

    old = named(["One.", "Two.", "Three."], "a")
    edited = replace(old[1], text="Two, and more.")
    before = make(old).without(frozenset({"a002"}))
    now = make([old[0], edited, old[2], article("b", "Four.")])
    assert now.newer_than(before) == {"a001", "b"}
    assert now.without(frozenset({"b"})).newer_than(before) == {"a001"}
    assert now.newer_than(now) == frozenset()
    assert now.version("a001") == edited.version()
    assert now.version("nobody") is None


@pytest.mark.parametrize("before", [CANDIDATES_RANKED, CANDIDATES_RANKED + 1])
def test_for_who_holds_an_office_nothing_is_passed_over(before: int) -> None:
    old = named([f"The mayor of Nara closed bridge {n}." for n in range(before)], "old")
    newest = article("newest", "A ferry sank, said Mayor Oro.")
    asked = (asking("Who is the mayor of Nara?"), ENCODED)
    known = cutoff(snapshot_of(old), asked)
    assert may_be_ranked(snapshot_of([*old, newest]).select({"newest"}), known, asked)
