"""Embeddings by the packaged model on ONNX Runtime, without torch; it is loaded on first use.

Each text is a call of the network of its own, with as many calls at once as there are cores. So nothing is
padded, and a text's vector does not depend on the other texts.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from retrieval.models.embedder import EncodedQuestion, EncodedTexts, Vectors, VectorSizes
from retrieval.models.minilm import DIMENSION, MiniLM, passage_network, question_network
from retrieval.models.onnx_session import cores
from retrieval.models.packaged import FINGERPRINT, PACKAGED, packaged_file
from retrieval.models.plain_tokenizer import PlainTokenizer
from retrieval.models.token_vectors import Places, Signs, content_mask, joined, signs_of
from retrieval.models.tokenizer_vocabulary import TokenizerVocabulary
from retrieval.text.sentences import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

WINDOW = 256
"""Tokens of a text that the model reads, including the two around it (sentence_bert_config.json)."""
FIRST, LAST = 101, 102
"""The tokens before and after a text: [CLS] and [SEP] in its tokenizer.json."""

_Token = tuple[int, Span]


class OnnxEmbedder:
    """all-MiniLM-L6-v2 on the CPU. Thread-safe."""

    model = f"{PACKAGED}@{FINGERPRINT}"
    sizes = VectorSizes(vector=DIMENSION, token=DIMENSION // 8)

    def __init__(self) -> None:
        """Nothing is loaded yet."""
        self.vocabulary = TokenizerVocabulary(PlainTokenizer(lambda: self._tokenizer))

    def ready(self) -> None:
        """Load what questions need. Raises ModelUnavailable."""
        _ = self._tokenizer, self._questions

    def embed_passages(self, texts: Sequence[str]) -> EncodedTexts:
        """Embed texts, in the order given. Raises ModelUnavailable."""
        vectors = np.zeros((len(texts), DIMENSION), np.float16)
        tokens: list[tuple[Places, Signs]] = []
        if texts:
            _ = self._tokenizer, self._passages  # load in this thread, once
            with ThreadPoolExecutor(min(cores(), len(texts)), "embedding") as threads:
                for row, (vector, places, signs) in enumerate(threads.map(self._passage, texts)):
                    vectors[row] = vector
                    tokens.append((places, signs))
        return EncodedTexts(vectors, joined(tokens, self.sizes.token))

    def embed_question(self, question: str) -> EncodedQuestion:
        """Embed a question, truncated to the model's window. Raises ModelUnavailable."""
        vector, spans, tokens = self._embedded(self._questions, question)
        return EncodedQuestion(vector, _normalised(tokens), tuple(spans))

    @cached_property
    def _tokenizer(self) -> "Tokenizer":
        from tokenizers import Tokenizer

        tokenizer: Tokenizer = Tokenizer.from_file(str(packaged_file("tokenizer.json")))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        return tokenizer

    @cached_property
    def _questions(self) -> MiniLM:
        return question_network()

    @cached_property
    def _passages(self) -> MiniLM:
        return passage_network()

    def _passage(self, text: str) -> tuple[Vectors, Places, Signs]:
        vector, spans, tokens = self._embedded(self._passages, text)
        return vector[0], np.array([start for start, _ in spans], np.uint16), signs_of(tokens)

    def _embedded(self, network: MiniLM, text: str) -> tuple[Vectors, list[Span], Vectors]:
        """A text's vector, and the spans and vectors of its content tokens; no tokens if the tokenizer
        spelled the text letter by letter."""
        tokens = self._tokens(text)
        found = network.vectors([number for number, _ in tokens])
        spans = [span for _, span in tokens]
        rows = [row for row, tells in enumerate(content_mask(text, spans)) if tells]
        if 2 * len(rows) > sum(map(str.isalnum, text)):
            rows = []
        return _normalised(found.mean(axis=0, keepdims=True)), [spans[row] for row in rows], found[rows]

    def _tokens(self, text: str) -> list[_Token]:
        """A text's tokens with [CLS] and [SEP]: the id and the span of each."""
        found = self._tokenizer.encode(text, add_special_tokens=False)
        kept = list(zip(found.ids, found.offsets, strict=True))[: WINDOW - 2]
        return [(FIRST, (0, 0)), *kept, (LAST, (0, 0))]


def _normalised(found: NDArray[np.float32]) -> Vectors:
    length = np.linalg.norm(found, axis=1, keepdims=True)
    return np.asarray(found / np.maximum(length, np.float32(1e-12)), np.float32)
