"""A cross-encoder that is named: a real one, tiny and untrained, and how search takes its order."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from corpus.errors import ModelUnavailable
from retrieval.models.embedder import HashEmbedder
from retrieval.models.reranker import REREAD, CrossEncoderReranker
from retrieval.ranking.search import search
from tests.retrieval.models.test_sentence_transformer import installed
from tests.retrieval.snapshots import article, asking, snapshot_of


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A BERT of one layer with one label, with the packaged model's tokenizer."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    torch.manual_seed(7)
    where = tmp_path_factory.mktemp("cross-encoder")
    tokenizer = AutoTokenizer.from_pretrained(installed())
    config = BertConfig(
        vocab_size=len(tokenizer),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        id2label={0: "answers"},
        initializer_range=1.0,
    )
    BertForSequenceClassification(config).save_pretrained(where)
    tokenizer.save_pretrained(where)
    return where


class Backwards:
    """Says the opposite of the order it is given."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, list[str]]] = []

    def scores(self, question: str, passages: Sequence[str]) -> NDArray[np.float32]:
        self.asked.append((question, list(passages)))
        return np.linspace(0.1, 0.9, len(passages), dtype=np.float32)


def test_a_real_cross_encoder_scores_each_passage_from_0_to_1(folder: Path) -> None:
    passages = ["China banned seafood.", "They played the drums.", "The bridge is closed until May."]
    scores = CrossEncoderReranker(str(folder)).scores("Who banned seafood?", passages)
    assert scores.shape == (3,)
    assert ((scores > 0) & (scores < 1)).all()
    assert len(set(scores.tolist())) == 3
    again = CrossEncoderReranker(str(folder)).scores("Who banned seafood?", passages[::-1])
    assert again[::-1].tolist() == pytest.approx(scores.tolist(), abs=1e-4)


def test_no_passages_have_no_scores(folder: Path) -> None:
    assert CrossEncoderReranker(str(folder)).scores("Who?", []).shape == (0,)


def test_what_is_no_cross_encoder_is_named_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=r"cross-encoder .* can't be had .* check NEWSDESK_RERANKER"):
        CrossEncoderReranker(str(tmp_path))


def test_its_order_counts_among_the_best_and_scores_stay() -> None:
    texts = [
        f"The bridge number {number} is closed for {'cracks ' * number}." for number in range(REREAD + 4)
    ]
    snapshot = snapshot_of([article(str(number), text) for number, text in enumerate(texts)])
    query = asking("Why is the bridge closed for cracks?")
    question = HashEmbedder().embed_question(query.text)
    plain = search([snapshot], query, question, REREAD + 4).hits
    reranker = Backwards()
    reread = search([snapshot], query, question, REREAD + 4, reranker=reranker).hits
    assert reranker.asked == [(query.text, [hit.passage.text for hit in plain[:REREAD]])]
    expected = [*plain[:REREAD][::-1], *plain[REREAD:]]
    assert [hit.passage for hit in reread] == [hit.passage for hit in expected]
    assert [hit.score for hit in reread] == [hit.score for hit in expected]
    assert reread[0].features.cross == pytest.approx(0.9)
    assert [hit.features.cross for hit in reread[REREAD:]] == [None] * 4
    assert all(hit.features.cross is None for hit in plain)
