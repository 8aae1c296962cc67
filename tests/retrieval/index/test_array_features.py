import numpy as np
import pytest
from numpy.typing import NDArray

from retrieval.collection.candidates import Candidates
from retrieval.collection.passage_features import SENTENCE_FEATURES, TEXT_FEATURES, Floats, PassageFeatures
from retrieval.index.snapshot import Snapshot
from retrieval.models.embedder import EncodedQuestion, HashEmbedder
from retrieval.models.token_vectors import similarity
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.query import Query
from retrieval.ranking.features import PASSAGE_FEATURES, extract
from retrieval.ranking.timeliness import TIMELINESS, timely
from tests.retrieval.snapshots import ASKED_AT, article, asking, only, snapshot_of

QUESTION = "Who banned seafood imports?"
QUERY = asking(QUESTION)
ENCODED = HashEmbedder().embed_question(QUESTION)
BAN, NARA, BARE = range(3)
"""The articles' rows, and their only passages'."""


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return snapshot_of(
        [
            article(
                "ban",
                "China banned seafood imports. Drums were played. Imports of seafood fell in Japan.",
                title="Seafood ban",
                published=ASKED_AT,
            ),
            article("nara", "Temples are old. Japan imports drums.", title="A day in Nara"),
            article("rain", "It rained.", title="The rain"),
        ]
    )


def weighed(
    snapshot: Snapshot,
    question: EncodedQuestion | None = ENCODED,
    query: Query = QUERY,
    rows: NDArray[np.int64] | None = None,
) -> PassageFeatures:
    rows = np.arange(len(only(snapshot).tables.passages)) if rows is None else rows
    return extracted(snapshot, rows, np.linspace(0.1, 0.9, len(rows)).astype(np.float32), question, query)


def extracted(
    snapshot: Snapshot,
    rows: NDArray[np.int64],
    words: Floats,
    question: EncodedQuestion | None,
    query: Query = QUERY,
) -> PassageFeatures:
    passages = [snapshot.passage(row) for row in rows.tolist()]
    dates = [passage.article.published for passage in passages]
    published = np.array([date.timestamp() if date else np.nan for date in dates])
    candidates = Candidates(rows, words, np.asarray(words / 2, np.float32), published)
    return extract(snapshot, query, question, candidates, passages)


def passage(found: PassageFeatures, name: str) -> list[float]:
    return [float(value) for value in found.passages[:, PASSAGE_FEATURES.index(name)]]


def sentence(found: PassageFeatures, name: str) -> list[float]:
    return [float(value) for value in found.sentences[:, SENTENCE_FEATURES.index(name)]]


def share(snapshot: Snapshot, *terms: str) -> float:
    """The weight of some of the question's content terms by that of all."""
    weight = snapshot.words.weight
    return sum(map(weight, terms)) / sum(map(weight, ("ban", "seafood", "import")))


def pair_share(snapshot: Snapshot, *pairs: tuple[str, str]) -> float:
    """The weight of some of the question's pairs by that of all."""
    weight = snapshot.words.weight
    every = [("who", "ban"), ("ban", "seafood"), ("seafood", "import")]
    return sum(weight(one) + weight(other) for one, other in pairs) / sum(
        weight(one) + weight(other) for one, other in every
    )


def test_what_was_known_of_a_passage_is_kept(snapshot: Snapshot) -> None:
    found = weighed(snapshot)
    assert passage(found, "words") == pytest.approx([0.1, 0.5, 0.9])
    assert passage(found, "meaning") == pytest.approx([0.05, 0.25, 0.45])
    assert found.passages.shape == (3, len(PASSAGE_FEATURES))
    assert found.sentences.shape == (6, len(SENTENCE_FEATURES))
    assert found.starts.tolist() == [0, 3, 5, 6]
    assert found.spans.tolist() == only(snapshot).tables.sentences[:, 1:].tolist()


def test_coverage_is_the_share_of_telling_words_by_weight(snapshot: Snapshot) -> None:
    found = weighed(snapshot)
    rare = share(snapshot, "import")
    assert 0 < rare < 1 / 3 < share(snapshot, "ban")
    assert passage(found, "coverage") == pytest.approx([1, rare, 0])
    assert passage(found, "title_coverage") == pytest.approx([share(snapshot, "ban", "seafood"), 0, 0])
    assert sentence(found, "coverage") == pytest.approx(
        [1, 0, share(snapshot, "seafood", "import"), 0, rare, 0], abs=1e-6
    )


def test_a_word_of_the_title_counts_for_each_passage(snapshot: Snapshot) -> None:
    query = asking("rain in Nara")
    found = weighed(snapshot, HashEmbedder().embed_question(query.text), query)
    weights = [snapshot.words.weight(term) for term in ("rain", "nara")]
    nara = weights[1] / sum(weights)
    assert passage(found, "title_coverage") == pytest.approx([0, nara, 1 - nara])
    assert passage(found, "coverage") == pytest.approx([0, nara, 1 - nara])
    assert passage(found, "pair_coverage") == pytest.approx([0, 0, 1 - nara])


def test_pair_coverage_is_of_two_neighbours_and_never_across_passages(snapshot: Snapshot) -> None:
    found = weighed(snapshot)
    both = share(snapshot, "seafood", "import")
    rare = share(snapshot, "import")
    assert sentence(found, "pair_coverage") == pytest.approx([1, 1, both, 0, rare, 0], abs=1e-6)
    assert passage(found, "pair_coverage") == pytest.approx([1, rare, 0])
    # The article before ends with words of the question, which are none of the next one's first sentence.
    assert sentence(found, "coverage")[2] > 0 == sentence(found, "pair_coverage")[3]


def test_phrases_are_the_pairs_that_follow_each_other_in_the_question(snapshot: Snapshot) -> None:
    found = weighed(snapshot)
    two = pair_share(snapshot, ("ban", "seafood"), ("seafood", "import"))
    assert 0 < two < 1
    # "Imports of seafood" has both words and not one after the other.
    assert sentence(found, "phrases") == pytest.approx([two, 0, 0, 0, 0, 0])


def test_the_same_words_at_a_sentences_end_and_the_nexts_beginning_are_no_phrase() -> None:
    snapshot = snapshot_of([article("a", "Nobody knew who banned. Seafood was sold.")])
    found = weighed(snapshot)
    assert sentence(found, "phrases") == pytest.approx([pair_share(snapshot, ("who", "ban")), 0])


def test_place_goes_from_0_to_1_in_each_passage(snapshot: Snapshot) -> None:
    assert sentence(weighed(snapshot), "place") == pytest.approx([0, 0.5, 1, 0, 1, 0])


def test_length_and_news_count_terms(snapshot: Snapshot) -> None:
    found = weighed(snapshot)
    assert sentence(found, "length") == pytest.approx([4 / 40, 3 / 40, 6 / 40, 3 / 40, 3 / 40, 2 / 40])
    assert sentence(found, "news") == pytest.approx([1 / 20, 3 / 20, 4 / 20, 3 / 20, 2 / 20, 2 / 20])


def test_the_timely_signals_come_after_those_of_the_text(snapshot: Snapshot) -> None:
    hint = Hint(HintKind.TITLE, "“seafood ban”", HintUse.BOOST, name="seafood ban")
    query = QUERY.with_hints((hint,))
    found = weighed(snapshot, query=query)
    begin = len(TEXT_FEATURES)
    columns = found.passages[:, begin : begin + len(TIMELINESS)]
    assert columns.tolist() == timely(snapshot.articles, only(snapshot).articles.published, query).tolist()
    assert passage(found, "titled") == [1, 0, 0]
    assert passage(found, "fresh") == [1, 0, 0]


def nearest(snapshot: Snapshot, row: int) -> Floats:
    """For each token of the question the nearest of a sentence, whose words HashEmbedder takes one by one."""
    one, start, end = only(snapshot).tables.sentences[row].tolist()
    signs = HashEmbedder().embed_passages([snapshot.articles[one].text[start:end]]).tokens.signs
    similar = similarity(ENCODED.tokens, signs)
    return np.asarray(similar.max(axis=1, initial=0), np.float32)


def test_maxsim_is_each_token_with_the_nearest(snapshot: Snapshot) -> None:
    found = weighed(snapshot)
    each = [nearest(snapshot, row) for row in range(6)]
    weights = np.array([snapshot.words.weight(term) for term in ("ban", "seafood", "import")])
    weights /= weights.sum()
    assert sentence(found, "maxsim") == pytest.approx([one.mean() for one in each])
    assert sentence(found, "maxsim_weighted") == pytest.approx([one @ weights for one in each])
    before = [each[0], np.maximum(each[0], each[1]), np.maximum(each[1], each[2])]
    before += [each[3], np.maximum(each[3], each[4]), each[5]]
    assert sentence(found, "maxsim_pair") == pytest.approx([one.mean() for one in before])
    whole = [np.max(each[:3], axis=0), np.max(each[3:5], axis=0), each[5]]
    assert passage(found, "maxsim") == pytest.approx([one @ weights for one in whole])
    assert passage(found, "maxsim")[BAN] == pytest.approx(1) == passage(found, "maxsim_sentence")[BAN]
    assert passage(found, "maxsim_sentence")[NARA] == pytest.approx(max(each[3].mean(), each[4].mean()))
    assert passage(found, "maxsim")[BARE] < 0.5


def test_a_sentence_without_tokens_is_near_nothing() -> None:
    snapshot = snapshot_of([article("a", "Who was it? Seafood was banned. It was they.")])
    found = weighed(snapshot)
    assert sentence(found, "maxsim")[0] == sentence(found, "maxsim")[2] == 0
    assert sentence(found, "maxsim")[1] > 0.6
    assert passage(weighed(snapshot_of([article("a", "It was they.")])), "maxsim") == [0]


def test_without_the_model_what_only_it_can_say_is_0(snapshot: Snapshot) -> None:
    found, blind = weighed(snapshot), weighed(snapshot, None)
    for name in ("maxsim", "maxsim_sentence"):
        assert passage(blind, name) == [0, 0, 0]
    for name in ("meaning", "maxsim", "maxsim_weighted", "maxsim_pair"):
        assert sentence(blind, name) == [0] * 6
        assert sentence(found, name) != [0] * 6
    for name in ("coverage", "title_coverage", "pair_coverage", "lead"):
        assert passage(blind, name) == passage(found, name)


@pytest.mark.parametrize(
    "question", ["\u037a", "volcano", "why whom"], ids=["no term", "unknown", "stop words"]
)
def test_a_question_with_no_word_of_the_corpus_is_no_error(snapshot: Snapshot, question: str) -> None:
    found = weighed(snapshot, HashEmbedder().embed_question(question), asking(question))
    assert passage(found, "coverage") == [0, 0, 0]
    assert not any(sentence(found, "phrases"))
    assert np.isfinite(found.passages).all()
    assert np.isfinite(found.sentences).all()
