import numpy as np
import pytest

from retrieval.collection.query_terms import QueryTerms, query_terms
from retrieval.index.snapshot import Snapshot
from retrieval.models.embedder import EncodedQuestion, HashEmbedder
from retrieval.models.onnx_embedder import OnnxEmbedder
from tests.retrieval.snapshots import article, only, snapshot_of


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return snapshot_of(
        [
            article("a", "China banned seafood imports.", title="Seafood"),
            article("b", "Seafood was served in Nara."),
            article("c", "Drums were played in Nara."),
        ]
    )


def asked_of(snapshot: Snapshot, text: str, question: EncodedQuestion | None = None) -> QueryTerms:
    return query_terms(text, question, snapshot.analyzer, snapshot.words.weight)


def test_terms_are_different_and_in_order_with_their_rows_and_weights(snapshot: Snapshot) -> None:
    asked = asked_of(snapshot, "Who banned seafood, seafood of volcanoes?")
    assert asked.terms == ("who", "ban", "seafood", "of", "volcano")
    known = [only(snapshot).postings.terms.row(term) for term in ("ban", "seafood")]
    assert only(snapshot).term_rows(asked.terms).tolist() == [-1, *known, -1, -1]
    assert asked.weights == pytest.approx([snapshot.words.weight(term) for term in asked.terms])
    assert asked.weights[1] > asked.weights[2] > 0
    assert asked.content.tolist() == [False, True, True, False, True]


def test_pairs_are_neighbours_of_which_one_is_telling(snapshot: Snapshot) -> None:
    asked = asked_of(snapshot, "What did the seafood ban do to the seafood?")
    assert asked.terms == ("what", "did", "the", "seafood", "ban", "do", "to")
    assert asked.pairs == {(2, 3), (3, 4), (4, 5)}


def test_a_question_of_stop_words_alone_is_all_telling(snapshot: Snapshot) -> None:
    asked = asked_of(snapshot, "who was it")
    assert asked.content.all()
    assert asked.pairs == {(0, 1), (1, 2)}


def test_without_the_model_there_are_no_tokens(snapshot: Snapshot) -> None:
    asked = asked_of(snapshot, "Who banned seafood?")
    assert len(asked.tokens) == len(asked.token_weights) == 0


def test_each_token_has_its_words_weight(snapshot: Snapshot) -> None:
    text = "Who banned seafood in Nara?"
    asked = asked_of(snapshot, text, HashEmbedder().embed_question(text))
    assert asked.tokens.shape == (3, 64)
    assert asked.token_weights == pytest.approx(
        [snapshot.words.weight(term) for term in ("ban", "seafood", "nara")]
    )


def test_the_tokens_of_one_word_share_its_weight(snapshot: Snapshot) -> None:
    text = "Who banned seafood?"
    spans = ((4, 7), (7, 10), (11, 18))
    tokens = np.zeros((3, 64), np.float32)
    asked = asked_of(snapshot, text, EncodedQuestion(np.zeros((1, 64), np.float32), tokens, spans))
    banned, seafood = snapshot.words.weight("ban"), snapshot.words.weight("seafood")
    assert asked.token_weights == pytest.approx([banned / 2, banned / 2, seafood])


def test_the_real_models_tokens_share_their_words_weights(snapshot: Snapshot, minilm: OnnxEmbedder) -> None:
    text = "Who met Zelenskyy in Nara?"
    question = minilm.embed_question(text)
    asked = asked_of(snapshot, text, question)
    name = [text[start:end] in "Zelenskyy" for start, end in question.spans]
    assert sum(name) > 1
    assert asked.token_weights[name].sum() == pytest.approx(snapshot.words.weight("zelenskyy"))
    assert asked.token_weights[-1] == pytest.approx(snapshot.words.weight("nara"))
