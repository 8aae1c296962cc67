"""What every collection promises, the same of an index and of the one in memory."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from retrieval.collection.collection import Collection
from retrieval.collection.passage_features import SENTENCE_FEATURES, TEXT_FEATURES
from retrieval.collection.source_counts import SourceCount
from retrieval.in_memory.in_memory_collection import InMemoryCollection
from retrieval.models.embedder import EncodedQuestion, HashEmbedder
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.query import Query, make_query
from retrieval.ranking.search import search
from tests.retrieval.pgvector.served import on_server
from tests.retrieval.snapshots import article, asking, snapshot_of

DAY = datetime(2026, 1, 14, tzinfo=UTC)
NEXT = DAY + timedelta(days=1)
LONG = " ".join(f"This is sentence number {number} of a long report on seafood." for number in range(60))
ARTICLES = (
    article("a", LONG, source="The Post", published=DAY, title="A long  report"),
    replace(article("b", "Drums were played. China banned seafood.", source="THE POST"), author="Ida Wells"),
    article("c", "A temple was seen.", source="The Straße", published=NEXT, title="Report"),
    article("d", "모두 183명이 숨졌다. 奈良の大仏は有名だ。", source="The Straße", language="ko"),
)
Make = Callable[[Sequence[Article]], Collection]


@pytest.fixture(params=["index", "in memory", "server"])
def make(request: pytest.FixtureRequest) -> Make:
    if request.param == "index":
        return snapshot_of
    if request.param == "server":
        return partial(on_server, request.getfixturevalue("segment_vectors"))
    return lambda articles: InMemoryCollection(articles, HashEmbedder())


@pytest.fixture
def collection(make: Make) -> Collection:
    return make(ARTICLES)


def encoded(query: Query, *, known: bool = True) -> EncodedQuestion | None:
    return HashEmbedder().embed_question(query.wording) if known else None


def found(collection: Collection, query: Query, *, known: bool = True) -> set[str]:
    candidates = collection.candidates(query, encoded(query, known=known))
    return {collection.passage(number).article.id for number in candidates.numbers.tolist()}


def test_its_articles_are_those_that_were_not_withdrawn(collection: Collection) -> None:
    assert list(collection.articles) == list(ARTICLES)
    fewer = collection.without(frozenset({"b", "unknown"}))
    assert [one.id for one in fewer.articles] == ["a", "c", "d"]
    assert fewer.article("b") is None
    assert fewer.article("a") == collection.article("a") == ARTICLES[0]
    assert fewer.withdrawn == {"b", "unknown"}
    assert list(fewer.without(frozenset()).articles) == list(ARTICLES)
    assert collection.article("unknown") is None


def test_its_sources_are_counted_and_its_names_known(collection: Collection) -> None:
    assert set(collection.sources) == {
        SourceCount("The Post", 2, DAY),
        SourceCount("The Straße", 2, NEXT),
    }
    assert collection.names.sources == {"the post": "THE POST", "the strasse": "The Straße"}
    mentions = [one.names for one in collection.names.mentions("What did Ida Wells write?")]
    assert mentions == [("Ida Wells",)]
    gone = collection.without(frozenset({"c", "d"}))
    assert gone.count(asking("who", sources=frozenset({"the strasse"}))) == 0
    fewer = collection.without(frozenset({"b"}))
    assert set(fewer.sources) >= {SourceCount("The Post", 1, DAY)}
    assert not list(fewer.names.mentions("What did Ida Wells write?"))


@pytest.mark.parametrize(
    ("limits", "expected"),
    [
        ({}, "abcd"),
        ({"since": DAY}, "ac"),
        ({"since": DAY + timedelta(seconds=1)}, "c"),
        ({"until": DAY}, ""),
        ({"until": DAY + timedelta(seconds=1)}, "a"),
        ({"since": DAY, "until": NEXT}, "a"),
        ({"sources": frozenset({"the post"})}, "ab"),
        ({"sources": frozenset({"the STRASSE", "The Post"})}, "abcd"),
        ({"sources": frozenset({"nobody"})}, ""),
        ({"sources": frozenset({"the post"}), "since": DAY}, "a"),
    ],
)
def test_filters_are_kept_to_by_counts_lists_and_candidates(
    collection: Collection, limits: dict[str, object], expected: str
) -> None:
    query = asking("seafood temple", **limits)  # type: ignore[arg-type]
    assert collection.count(query) == len(expected)
    assert {one.article.id for one in collection.latest(query, 9)} == set(expected)
    assert found(collection, query) == set(expected)
    assert found(collection, query, known=False) <= set(expected) - {"d"}
    fewer = collection.without(frozenset({"a"}))
    left = set(expected) - {"a"}
    assert fewer.count(query) == len(left)
    assert {one.article.id for one in fewer.latest(query, 9)} == found(fewer, query) == left


def left_out(
    kind: HintKind, name: str = "", since: datetime | None = None, until: datetime | None = None
) -> Hint:
    return Hint(kind, "but not that", HintUse.EXCLUDE, since, until, name)


@pytest.mark.parametrize(
    ("hints", "expected"),
    [
        ((left_out(HintKind.SOURCE, "THE POST"),), "cd"),
        ((left_out(HintKind.SOURCE, "nobody"),), "abcd"),
        ((left_out(HintKind.AUTHOR, "Ida Wells"),), "acd"),
        ((left_out(HintKind.DATES, since=DAY, until=NEXT),), "bcd"),
        ((left_out(HintKind.DATES, since=DAY),), "bd"),
        ((left_out(HintKind.AUTHOR, "ida wells"), left_out(HintKind.DATES, since=NEXT)), "ad"),
        (
            (
                Hint(HintKind.SOURCE, "the Post", HintUse.FILTER, name="The Post"),
                left_out(HintKind.DATES, since=DAY),
            ),
            "b",
        ),
        (tuple(left_out(HintKind.SOURCE, name) for name in ("The Post", "The Straße")), ""),
    ],
)
def test_what_is_left_out_is_neither_counted_nor_found(
    collection: Collection, hints: tuple[Hint, ...], expected: str
) -> None:
    query = asking("seafood temple").with_hints(hints)
    assert query.filtered
    assert collection.count(query) == len(expected)
    assert {one.article.id for one in collection.latest(query, 9)} == set(expected)
    assert {one.id for one in collection.articles_with_phrase((), query)} == set(expected)
    assert found(collection, query) == set(expected)


def test_the_latest_come_first_and_the_undated_last(collection: Collection) -> None:
    latest = collection.latest(asking("news"), 3)
    assert [one.article.id for one in latest] == ["c", "a", "b"]
    assert [one.start for one in latest] == [0, 0, 0]


def test_articles_are_found_by_title_and_by_id(collection: Collection) -> None:
    assert [one.id for one in collection.titled("report")] == ["a", "c"]
    assert [one.id for one in collection.titled("long report")] == ["a"]
    assert [one.id for one in collection.titled("report", exact=True)] == ["c"]
    assert [one.id for one in collection.titled("news:b")] == ["b"]
    assert [one.id for one in collection.titled("")] == ["a", "b", "c", "d"]
    assert [one.id for one in collection.without(frozenset({"a"})).titled("report")] == ["c"]
    assert not list(collection.titled("volcano"))


@pytest.mark.parametrize(
    ("phrases", "expected"),
    [
        ((), "cabd"),
        (("report",), "ca"),
        (("REPORTS",), "ca"),
        (("long report",), "a"),
        (("report long",), ""),
        (("played china",), ""),
        (("drum", "seafoods"), "b"),
        (("drum", "temple"), ""),
        (("January",), ""),
        (("大仏",), "d"),
        (("奈良の大仏",), "d"),
        (("大奈",), ""),
        (("183명",), "d"),
        (("volcano",), ""),
        (("?",), ""),
    ],
)
def test_articles_are_held_by_their_own_words_side_by_side_the_newest_first(
    collection: Collection, phrases: tuple[str, ...], expected: str
) -> None:
    assert "".join(one.id for one in collection.articles_with_phrase(phrases, asking("news"))) == expected
    post = asking("news", sources=frozenset({"the post"}))
    left = "".join(one for one in expected if one in "ab")
    assert "".join(one.id for one in collection.articles_with_phrase(phrases, post)) == left
    fewer = collection.without(frozenset({"a", "c"}))
    assert "".join(one.id for one in fewer.articles_with_phrase(phrases, asking("news"))) == "".join(
        one for one in expected if one in "bd"
    )


@settings(max_examples=60)
@given(
    st.lists(st.text("ab 大仏.", min_size=1, max_size=40).filter(lambda text: any(map(str.isalnum, text)))),
    st.lists(st.text("ab 大仏", min_size=1, max_size=5), max_size=2),
)
def test_what_the_index_holds_is_what_reading_every_text_finds(texts: list[str], phrases: list[str]) -> None:
    articles = [article(str(number), text, title=text[::-1]) for number, text in enumerate(texts)]
    index, plain = snapshot_of(articles), InMemoryCollection(articles, HashEmbedder())
    query = asking("news")
    for about in (False, True):
        assert list(index.articles_with_phrase(phrases, query, about=about)) == list(
            plain.articles_with_phrase(phrases, query, about=about)
        )


def test_an_article_is_about_what_its_title_its_opening_or_many_of_its_sentences_have() -> None:
    aside = " ".join(f"Boat {number} came." for number in range(30))
    texts = {
        "titled": ("Snow", aside),
        "opened": ("Boats", f"Snow fell. {aside} More snow came."),
        "often": ("Boats", f"{aside} Snow fell. It snows. Snow is white. The snow is here."),
        "aside": ("Boats", f"{aside} Snow fell. Snow is white."),
        "korean": ("보트", f"눈이 왔다. {aside} 눈이 많다."),
        "korean aside": ("보트", f"{aside} 눈이 왔다."),
    }
    articles = [article(key, text, title=title) for key, (title, text) in texts.items()]
    for collection in (snapshot_of(articles), InMemoryCollection(articles, HashEmbedder())):

        def about(*phrases: str, held: Collection = collection) -> set[str]:
            return {one.id for one in held.articles_with_phrase(phrases, asking("news"), about=True)}

        assert about("snow") == {"titled", "opened", "often"}
        assert about("snow", "boats") == {"opened", "often", "titled"}
        assert about("눈이") == {"korean"}


PASTED = (
    replace(
        article("old", "Text.", title="Who will run “the bank” now?", published=DAY),
        url="http://post.example/2026/b/?id=3&utm_source=x",
    ),
    replace(
        article("new", "Text.", title="Who will run “the bank” now?", published=NEXT),
        url="https://www.post.example/2026/c",
    ),
    article("d", "Text.", title="奈良の大仏はなぜ有名なのか"),
    article("s", "Text.", title="Bridge closed"),
    article("cut", "Text.", title="Engineers found cracks in two of the pillars of…"),
    article("short", "Text.", title="Who will run…"),
    article("own", "Text.", title="Ten things to know today: 3 May | The Post ..."),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("http://post.example/2026/b/?id=3&utm_source=x", "old"),
        ("https://www.post.example/2026/b?id=3#part", "old"),
        ("<https://POST.example/2026/b?fbclid=1&id=3>", "old"),
        ("post.example/2026/c/", "new"),
        ("www.post.example/2026/c", "new"),
        ("what does https://post.example/2026/c say?", "new"),
        ("Tell me about this article: <https://post.example/2026/c>, please.", "new"),
        ("https://post.example/2026/c 이 기사 요약해 줘", "new"),
        ("https://post.example/2026/c how many ships sank?", None),
        ("who wrote https://post.example/2026/c?", "new"),
        ("When was https://post.example/2026/c published?", "new"),
        ("is this true? https://post.example/2026/c", "new"),
        ("<https://post.example/2026/c|The bank's race>", "new"),
        ("who wrote [the bank's race](https://post.example/2026/c)?", "new"),
        ("why did [the bank's race](https://post.example/2026/c) end?", None),
        ("https://post.example/2026/b", None),
        ("https://post.example/2026/C", None),
        ("https://post.example", None),
        ("Who will run “the bank” now?", "new"),
        ("who will run 'the bank' now", None),
        ('WHO WILL RUN "THE BANK" NOW', "new"),
        ("Who will run “the bank” now? - The Post", "new"),
        ("Who will run “the bank” now | The Post", "new"),
        ("Who will run the bank", None),
        ("奈良の大仏はなぜ有名なのか。", "d"),
        ("Bridge closed", None),
        ("Engineers found cracks in two of the pillars of the harbour bridge.", "cut"),
        ("Engineers found cracks in two of the pillars of…", "cut"),
        ("Engineers found cracks in two of the pillars offshore", None),
        ("Who will run in the race?", None),
        ("Ten things to know today: 3 May", "own"),
        ("Ten things to know today: 3 May | The Post", "own"),
        ("Who is the author of “Ten things to know today: 3 May”?", "own"),
        ('when was "Ten things to know today: 3 May" published?', "own"),
        ("When did The Post publish Ten things to know today: 3 May?", "own"),
        ("Who wrote the article 'Ten things to know today: 3 May'?", "own"),
        ("When was Ten things to know today: 3 May?", None),
        ("Who wrote Ten things to know today: 3 May?", "own"),
        ("Ten things to know today: 3 May - who wrote it?", "own"),
        ("Is “Ten things to know today: 3 May” true?", "own"),
        ("Who wrote Ten things to know on 3 May?", None),
        ("Who is the author of “Ten things to know”?", None),
        ("", None),
    ],
)
def test_a_pasted_address_or_headline_is_the_article_s(make: Make, text: str, expected: str | None) -> None:
    collection = make(PASTED)
    found = collection.pasted(text)
    assert (found.id if found else None) == expected
    gone = collection.without(frozenset({"old", "new", "d", "s", "cut", "own"}))
    assert gone.pasted(text) is None


def test_without_the_model_a_candidate_shares_a_word(collection: Collection) -> None:
    assert found(collection, asking("temple"), known=False) == {"c"}
    assert found(collection, asking("大仏"), known=False) == {"d"}
    assert found(collection, asking("volcano"), known=False) == set()
    candidates = collection.candidates(asking("temple"), None)
    assert len(candidates) == 1
    assert 0 < candidates.words[0] < 1
    assert candidates.meanings.tolist() == [0]
    assert candidates.published.tolist() == [(NEXT).timestamp()]


def test_words_are_counted_in_any_form_and_never_in_what_was_withdrawn(collection: Collection) -> None:
    seen = collection.occurrences("drum", 5)
    assert seen is not None
    assert (seen.count, [one.article.id for one in seen.first]) == (1, ["b"])
    many = collection.occurrences("sentences", 2)
    assert many is not None
    assert many.count > len(many.first) == 2
    assert collection.occurrences("volcano", 5) is not None
    assert collection.occurrences("大仏殿", 5) is None
    gone = collection.without(frozenset({"b"})).occurrences("drum", 5)
    assert gone is not None
    assert (gone.count, gone.first) == (0, ())


def test_passages_are_whole_and_their_sentences_lie_inside(collection: Collection) -> None:
    query = asking("seafood report")
    candidates = collection.candidates(query, encoded(query))
    features = collection.features(query, encoded(query), candidates)
    assert features.passages.shape == (len(candidates), len(TEXT_FEATURES))
    assert features.sentences.shape == (len(features.spans), len(SENTENCE_FEATURES))
    assert features.starts[-1] == len(features.spans)
    for place, number in enumerate(candidates.numbers.tolist()):
        passage = collection.passage(number)
        spans = features.spans[features.starts[place] : features.starts[place + 1]]
        assert (spans[0, 0], spans[-1, 1]) == (passage.start, passage.end)


def test_an_empty_collection_finds_nothing(make: Make) -> None:
    empty = make([])
    query = asking("seafood", since=DAY, sources=frozenset({"the post"}))
    assert (empty.passage_count, empty.count(query), list(empty.latest(query, 3))) == (0, 0, [])
    assert (list(empty.articles), list(empty.sources), list(empty.titled("a"))) == ([], [], [])
    candidates = empty.candidates(query, encoded(query))
    assert len(candidates) == 0
    assert empty.features(query, encoded(query), candidates).starts.tolist() == [0]


WORDS = ("China", "banned", "seafood", "drums", "Nara", "the", "of", "who", "大仏", "18世紀")
TEXTS = st.lists(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=60)
    .flatmap(
        lambda words: st.sampled_from([words, words * 8])  # the longer ones have several passages
    )
    .map(lambda words: " ".join(f"{word}." if place % 7 == 6 else word for place, word in enumerate(words))),
    min_size=1,
    max_size=6,
)


@settings(max_examples=40)
@given(TEXTS, st.lists(st.sampled_from(WORDS), min_size=1, max_size=6), st.booleans())
def test_the_index_finds_and_measures_what_looking_at_every_passage_does(
    texts: list[str], question: list[str], known: bool
) -> None:
    articles = [
        article(str(number), text, title=" ".join(question[: number % 3]) or "A title")
        for number, text in enumerate(texts)
    ]
    index, plain = snapshot_of(articles), InMemoryCollection(articles, HashEmbedder())
    query = asking(" ".join(question))
    asked = encoded(query, known=known)
    one, other = index.candidates(query, asked), plain.candidates(query, asked)
    assert one.numbers.tolist() == other.numbers.tolist()
    assert one.words == pytest.approx(other.words, abs=1e-5)
    assert one.meanings == pytest.approx(other.meanings, abs=2e-3)  # the index keeps 16 bits
    one = one.take(np.flip(np.arange(len(one))))  # in another order than they lie in
    first, second = index.features(query, asked, one), plain.features(query, asked, one)
    assert first.starts.tolist() == second.starts.tolist()
    assert first.spans.tolist() == second.spans.tolist()
    assert np.allclose(first.passages, second.passages, atol=2e-3)
    assert np.allclose(first.sentences, second.sentences, atol=2e-3)


def test_a_search_of_either_has_the_same_hits() -> None:
    query = asking("Who banned seafood, and what is the report?")
    hits = [
        search([one], query, encoded(query), 10).hits
        for one in (snapshot_of(ARTICLES), InMemoryCollection(ARTICLES, HashEmbedder()))
    ]
    assert [hit.passage for hit in hits[0]] == [hit.passage for hit in hits[1]]
    assert [hit.highlights for hit in hits[0]] == [hit.highlights for hit in hits[1]]
    assert [hit.score for hit in hits[0]] == pytest.approx([hit.score for hit in hits[1]], abs=1e-3)


def test_an_article_is_found_by_any_address_of_its_page_and_searched_alone(make: Make) -> None:
    collection = make(PASTED)
    found = collection.at_address("https://www.post.example/2026/c/")
    assert found
    assert found.id == "new"
    assert collection.at_address("https://post.example/2026/d") is None
    assert collection.without(frozenset({"new"})).at_address("https://post.example/2026/c") is None
    query = make_query("who?", ("news",))
    only = query.with_hints((Hint(HintKind.ARTICLE, "there", HintUse.FILTER, name="new"),))
    assert collection.count(only) == 1
    none = Hint(HintKind.ARTICLE, "there", HintUse.FILTER, name="gone")
    assert collection.count(query.with_hints((none,))) == 0
    assert {one.id for one in collection.articles_with_phrase((), only)} == {"new"}
