import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch

from corpus.errors import ModelUnavailable
from retrieval.models.hub import LIBRARIES
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.models.sentence_transformer import SentenceTransformerEmbedder
from retrieval.reading.named_reader import named_reader

TEXTS = [
    "China banned seafood from Japan.",
    "Lee and Takaichi met in Nara. " * 8,
    "이재명 대통령은 나라에서 다카이치 총리를 만났다. They met for an hour.",
    "Größe, Übergang, Øresund; \u200bCOVID-19 (mRNA-1273)!\n\n\tiPhone 15 Pro " * 3,
    "",
    "Every word of a long text that is cut " * 60,
]


@pytest.mark.parametrize("library", LIBRARIES)
def test_where_what_reads_named_models_is_not_installed_that_is_said(
    library: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ModelUnavailable, match=r"NEWSDESK_MODEL names .*: run `make models`") as refused:
        SentenceTransformerEmbedder(str(folder))
    assert "\n" not in str(refused.value)
    with pytest.raises(ModelUnavailable, match=r"NEWSDESK_READER names .*: run `make models`"):
        named_reader(str(folder))


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize(
    "name", ["no-such-owner/no-such-model", "no-such-model", "a b/../c", "x" * 5000, "~nobody/x"]
)
def test_a_model_that_is_nowhere_is_refused_at_once(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr("time.sleep", waited.append)
    with pytest.raises(ModelUnavailable, match=r"can't be loaded \(.+\): check NEWSDESK_MODEL") as refused:
        SentenceTransformerEmbedder(name)
    assert "\n" not in str(refused.value)
    assert waited == []


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="can't be loaded"):
        SentenceTransformerEmbedder(str(tmp_path))


@pytest.mark.usefixtures("no_network")
@pytest.mark.parametrize("bfloat16", [True, False])
def test_a_named_folder_is_the_same_model_in_either_precision(
    folder: Path, minilm: OnnxEmbedder, bfloat16: bool
) -> None:
    named = SentenceTransformerEmbedder(str(folder), bfloat16=bfloat16)
    kept = {parameter.dtype for parameter in named._transformer.parameters()}
    assert kept == {torch.bfloat16 if bfloat16 else torch.float32}
    assert named.model == f"{folder}@{minilm.model.rpartition('@')[2]}"
    text = "China banned seafood from Japan."
    [one], [other] = (model.embed_passages([text]).vectors.astype(np.float32) for model in (named, minilm))
    assert one @ other > 0.998


@pytest.mark.usefixtures("no_network")
def test_the_packaged_model_says_what_its_folder_says_in_torch(folder: Path, minilm: OnnxEmbedder) -> None:
    torched = SentenceTransformerEmbedder(str(folder), bfloat16=False)
    assert torched.sizes == minilm.sizes
    theirs, ours = torched.embed_passages(TEXTS), minilm.embed_passages(TEXTS)
    alike = np.einsum("ij,ij->i", theirs.vectors.astype(np.float32), ours.vectors.astype(np.float32))
    assert alike.min() > 0.9995  # in 16 bits
    assert theirs.tokens.starts.tolist() == ours.tokens.starts.tolist()
    assert theirs.tokens.places.tolist() == ours.tokens.places.tolist()
    assert np.unpackbits(theirs.tokens.signs ^ ours.tokens.signs).mean() < 0.001
    for text in TEXTS:
        asked, known = minilm.embed_question(text), torched.embed_question(text)
        assert asked.spans == known.spans
        assert float((asked.vector @ known.vector.T)[0, 0]) > 0.98  # of matrices in 8 bits
        assert torched.vocabulary.knows(text) == minilm.vocabulary.knows(text)


def test_its_vocabulary_waits_for_who_is_embedding(folder: Path) -> None:
    embedder = SentenceTransformerEmbedder(str(folder))
    with ThreadPoolExecutor(2) as threads:
        with embedder._one:
            asked = threads.submit(embedder.vocabulary.is_word, "harbour")
            embedded = threads.submit(embedder.embed_question, "Who met in Nara?")
            time.sleep(0.05)
            assert not asked.done()
            assert not embedded.done()
        assert asked.result(20)
        assert len(embedded.result(20).vector) == 1
