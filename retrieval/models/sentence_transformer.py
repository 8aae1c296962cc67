"""Embeddings by sentence-transformers: any model that is named instead of the packaged one.

Loading torch takes seconds, so it is not imported before a model is needed.
"""

import hashlib
import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelUnavailable
from retrieval.models.embedder import EncodedQuestion, EncodedTexts, Vectors, VectorSizes
from retrieval.models.hub import check_libraries, load_named, reason_of
from retrieval.models.packaged import PACKAGED
from retrieval.models.token_vectors import content_mask, joined, signs_of
from retrieval.models.tokenizer_vocabulary import Tokenizer, TokenizerVocabulary
from retrieval.text.sentences import Span

if TYPE_CHECKING:
    import torch
    from sentence_transformers import SentenceTransformer


BATCH = 32
"""Texts per forward pass; 16, 32 and 64 were within 5 % of each other on two cores."""
SLICE = 2048
"""Texts sorted by length together: enough that a batch has equal lengths, few enough that the progress bar
moves."""


class SentenceTransformerEmbedder:
    """A sentence-transformers model on the CPU. Threads take turns, since its tokenizer has mutable state; a
    call with many texts blocks the others until all are embedded."""

    def __init__(self, name: str, *, bfloat16: bool | None = None) -> None:
        """Load a model from a folder, or by a name that sentence-transformers knows. `bfloat16` is whether
        its numbers have 16 bits, by default whether the CPU has instructions for them.

        Raises ModelUnavailable with one line that says what to do.
        """
        check_libraries("NEWSDESK_MODEL")
        _hush()
        import torch

        self._threads = torch.get_num_threads()
        self._transformer = _named(name, _has_bfloat16() if bfloat16 is None else bfloat16)
        dimension = self._transformer.get_embedding_dimension()
        if dimension is None:
            raise ModelUnavailable(f"the model {name!r} does not say how long its vectors are")
        self._prompts = _prompt(self._transformer, "document"), _prompt(self._transformer, "query")
        self.sizes = VectorSizes(dimension, _token_width(self._transformer))
        self._one = threading.Lock()
        self.vocabulary = TokenizerVocabulary(_Alone(self._transformer.tokenizer, self._one))
        self.model = f"{name}@{_fingerprint(self._transformer)}"

    def ready(self) -> None:
        """Does nothing, since the model is loaded by the constructor."""

    def embed_passages(self, texts: Sequence[str]) -> EncodedTexts:
        """Embed texts, in the order given; texts of similar length are batched together."""
        with self._one:
            return self._passages(texts)

    def embed_question(self, question: str) -> EncodedQuestion:
        """Embed a question; the model truncates it to its window."""
        with self._one:
            return self._question(question)

    def _passages(self, texts: Sequence[str]) -> EncodedTexts:
        _use_threads(self._threads)
        order = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
        vectors = np.zeros((len(texts), self.sizes.vector), np.float32)
        tokens = [_no_tokens(self.sizes.token)] * len(texts)
        for start in range(0, len(order), SLICE):
            rows = order[start : start + SLICE]
            batch = [texts[row] for row in rows]
            found = _outputs(self._transformer.encode_document, batch, self._prompts[0])
            vectors[rows] = _normalised(_numbers([one["sentence_embedding"] for one in found]))
            for row, text, one, offsets in zip(
                rows, batch, found, self._offsets(batch, self._prompts[0]), strict=True
            ):
                spans, kept = self._tokens(text, one, offsets)
                tokens[row] = np.array([start for start, _ in spans], np.uint16), signs_of(kept)
        return EncodedTexts(vectors.astype(np.float16), joined(tokens, self.sizes.token))

    def _question(self, question: str) -> EncodedQuestion:
        # Two threads are a tenth faster on an idle machine, but five times slower where they wait for a core.
        _use_threads(1)
        [found] = _outputs(self._transformer.encode_query, [question], self._prompts[1])
        vector = _normalised(_numbers([found["sentence_embedding"]]))
        offsets = self._offsets([question], self._prompts[1])[0]
        spans, tokens = self._tokens(question, found, offsets)
        return EncodedQuestion(vector, _normalised(tokens), tuple(spans))

    def _offsets(self, texts: Sequence[str], prompt: str) -> list[list[Span]]:
        """The span of each token in its text; empty lists if the tokenizer has no offsets."""
        tokenizer = self._transformer.tokenizer
        if not getattr(tokenizer, "is_fast", False):
            return [[] for _ in texts]
        found = tokenizer(
            [prompt + text for text in texts],
            truncation=True,
            max_length=self._transformer.max_seq_length,
            return_offsets_mapping=True,
        )
        shift = len(prompt)
        return [
            [(max(start - shift, 0), max(end - shift, 0)) for start, end in offsets]
            for offsets in found["offset_mapping"]
        ]

    def _tokens(
        self, text: str, found: "Mapping[str, torch.Tensor]", offsets: Sequence[Span]
    ) -> tuple[list[Span], Vectors]:
        """The spans and vectors of a text's content tokens; none if the tokenizer spelled the text letter by
        letter, or if vectors can't be matched with tokens."""
        embedded = found["token_embeddings"][found["attention_mask"].bool()]
        flags = content_mask(text, offsets) if len(offsets) == len(embedded) else []
        rows = [row for row, tells in enumerate(flags) if tells]
        if 2 * len(rows) > sum(map(str.isalnum, text)):
            rows = []
        return [offsets[row] for row in rows], _numbers(embedded[rows])


class _Alone:
    """A tokenizer behind a lock."""

    def __init__(self, tokenizer: "Tokenizer", one: threading.Lock) -> None:
        self._tokenizer, self._one = tokenizer, one

    @property
    def unk_token(self) -> str | None:
        return self._tokenizer.unk_token

    def tokenize(self, text: str) -> Sequence[str]:
        with self._one:
            return self._tokenizer.tokenize(text)


def _use_threads(count: int) -> None:
    """Set the number of threads that torch uses in the calling thread; other threads keep theirs."""
    import torch

    torch.set_num_threads(count)


def _outputs(
    encode: Callable[..., object], texts: Sequence[str], prompt: str
) -> "list[Mapping[str, torch.Tensor]]":
    """All outputs of the model for each text: its vector, its tokens' vectors, and the mask of padding."""
    found = encode(
        texts,
        prompt=prompt,
        output_value=None,
        batch_size=BATCH,
        convert_to_numpy=False,
        show_progress_bar=False,
    )
    return cast("list[Mapping[str, torch.Tensor]]", found)


def _prompt(transformer: "SentenceTransformer", kind: str) -> str:
    """The prompt that the model expects before a text of that kind, else its default prompt."""
    default = transformer.prompts.get(transformer.default_prompt_name or "", "")
    return str(transformer.prompts.get(kind) or default)


def _token_width(transformer: "SentenceTransformer") -> int:
    """The bytes of the signs of a token's vector."""
    found = transformer.encode(["a"], output_value="token_embeddings", show_progress_bar=False)[0]
    return -(-int(found.shape[1]) // 8)


def _no_tokens(width: int) -> tuple[NDArray[np.uint16], NDArray[np.uint8]]:
    return np.zeros(0, np.uint16), np.zeros((0, width), np.uint8)


def _numbers(tensors: "Sequence[torch.Tensor] | torch.Tensor") -> Vectors:
    """Convert to 32-bit floats, whatever the model computed in."""
    import torch

    stacked = tensors if isinstance(tensors, torch.Tensor) else torch.stack(list(tensors))
    return np.asarray(stacked.float().numpy(), np.float32)


def _normalised(found: Vectors) -> Vectors:
    # In 32 bits: the lengths of bfloat16 rows are off by up to 0.4 %.
    return np.asarray(
        found / np.maximum(np.linalg.norm(found, axis=1, keepdims=True), np.float32(1e-12)), np.float32
    )


def _named(name: str, bfloat16: bool) -> "SentenceTransformer":
    """Load the model that the settings name."""
    try:
        return load_named(name, partial(_load, bfloat16))
    except Exception as error:
        raise ModelUnavailable(
            f"the model {name!r} can't be loaded ({reason_of(error)}): check NEWSDESK_MODEL (a folder, or a "
            f"sentence-transformers model that this machine can fetch), or leave it out for {PACKAGED}"
        ) from error


def _load(bfloat16: bool, name: str, local: bool) -> "SentenceTransformer":
    import torch
    from sentence_transformers import SentenceTransformer

    return SentenceTransformer(
        name,
        device="cpu",
        trust_remote_code=False,
        local_files_only=local,
        model_kwargs={"use_safetensors": True, "dtype": torch.bfloat16 if bfloat16 else torch.float32},
    )


def _has_bfloat16() -> bool:
    """Whether the CPU has instructions for bfloat16.

    With them bfloat16 is 2.5 times as fast (89 against 35 texts of 850 characters a second), with the same
    hit@3 on NewsQA and an MRR of 0.737 against 0.736; without them it would be slower.
    """
    import torch

    asked = getattr(torch.cpu, "get_capabilities", None)
    able = asked() if asked else {}
    return bool(able.get("avx512_bf16") or able.get("amx_bf16"))


def _fingerprint(transformer: "SentenceTransformer") -> str:
    """Twelve hex digits of a hash of the weights, as bfloat16, so that a model has one name in both
    precisions."""
    import torch

    digest = hashlib.sha256()
    for name, tensor in sorted(transformer.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.to(torch.bfloat16).contiguous().view(torch.int16).numpy().tobytes())
    return digest.hexdigest()[:12]


def _hush() -> None:
    """Turn off the libraries' progress bars and notices, since Newsdesk reports progress itself."""
    import transformers

    transformers.utils.logging.disable_progress_bar()  # type: ignore[no-untyped-call]
    transformers.utils.logging.set_verbosity_error()  # type: ignore[no-untyped-call]
    logging.getLogger("sentence_transformers").setLevel(logging.WARNING)
