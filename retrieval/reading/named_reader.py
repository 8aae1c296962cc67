"""Readers from any model that the settings name: extractive question answering, or a cross-encoder."""

import threading
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from corpus.errors import ModelUnavailable
from retrieval.collection.passage import Passage
from retrieval.models.hub import check_libraries, load_named, reason_of
from retrieval.reading.reader import Reader, Reading
from retrieval.reading.spans import SentenceSpan, likeliest_of_each
from retrieval.reading.windows import Window, read_in_windows

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder
    from transformers import PreTrainedModel, PreTrainedTokenizerFast

LENGTH = 384
"""Tokens of question and window together, the usual length in the training of question-answering models."""


def named_reader(name: str) -> Reader:
    """Load a model from a folder, or by a name that the model hub knows: as a model for question answering if
    its configuration says that it is one, else as a cross-encoder.

    Raises ModelUnavailable with one line that says what to do.
    """
    check_libraries("NEWSDESK_READER")
    try:
        return load_named(name, _load)
    except Exception as error:
        raise ModelUnavailable(
            f"the reader {name!r} can't be loaded ({reason_of(error)}): check NEWSDESK_READER (packaged, "
            "none, a folder, or a model for question answering or a cross-encoder that can be fetched)"
        ) from error


class QuestionAnsweringReader:
    """A transformers model for extractive question answering, on the CPU. Threads take turns, since its
    tokenizer has mutable state.

    A window's score is how much likelier its best span is than no answer, as SQuAD 2 defines it: the sum of
    the span's two logits less that of the first token's.
    """

    fitted = False

    def __init__(self, model: "PreTrainedModel", tokenizer: "PreTrainedTokenizerFast") -> None:
        """`tokenizer` must know the offsets of its tokens in the text."""
        self._model, self._tokenizer = model, tokenizer
        self._one = threading.Lock()
        model.eval()  # type: ignore[no-untyped-call]

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """A reading for each passage, in their order."""
        with self._one:
            return read_in_windows(passages, lambda cut: self._read(question, cut))

    def _read(self, question: str, cut: Sequence[Window]) -> Iterator[tuple[float, Sequence[SentenceSpan]]]:
        import torch

        made = self._tokenizer(
            [question] * len(cut),
            [window.text for window in cut],
            truncation="longest_first",
            max_length=LENGTH,
            padding=True,
            return_tensors="pt",
        )
        with torch.inference_mode():
            found = self._model(**made)
        firsts, lasts = (
            np.asarray(one.numpy(), np.float32) for one in (found.start_logits, found.end_logits)
        )
        for pair, first, last, window in zip(made.encodings or (), firsts, lasts, cut, strict=True):
            values = likeliest_of_each(pair, first, last, window.sentences)
            yield max((one.value for one in values), default=-np.inf) - float(first[0] + last[0]), values


class CrossEncoderReader:
    """A sentence-transformers CrossEncoder with one score, on the CPU; threads take turns. It does not rate
    single sentences."""

    fitted = False

    def __init__(self, model: "CrossEncoder") -> None:
        """`model` must return its scores as log-odds."""
        self._model = model
        self._one = threading.Lock()

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """A reading for each passage, in their order."""
        if not passages:
            return []
        pairs = [(question, passage.text) for passage in passages]
        with self._one:
            scores = np.asarray(self._model.predict(pairs, show_progress_bar=False), np.float64)
        return [Reading(score) for score in scores.tolist()]


def _load(name: str, local: bool) -> Reader:
    from transformers import AutoConfig

    config = AutoConfig.from_pretrained(name, local_files_only=local, trust_remote_code=False)
    kinds = config.architectures or ()
    if any(kind.endswith("ForQuestionAnswering") for kind in kinds):
        return _load_question_answering(name, local)
    return _load_cross_encoder(name, local)


def _load_question_answering(name: str, local: bool) -> Reader:
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer, PreTrainedTokenizerFast

    tokenizer = AutoTokenizer.from_pretrained(name, local_files_only=local, trust_remote_code=False)
    if not isinstance(tokenizer, PreTrainedTokenizerFast):
        raise ValueError("its tokenizer does not say where its tokens stand in the text")  # noqa: TRY004
    model = AutoModelForQuestionAnswering.from_pretrained(
        name, local_files_only=local, trust_remote_code=False, use_safetensors=True
    )
    return QuestionAnsweringReader(model, tokenizer)


def _load_cross_encoder(name: str, local: bool) -> Reader:
    from sentence_transformers import CrossEncoder
    from torch.nn import Identity

    model: CrossEncoder = CrossEncoder(
        name,
        device="cpu",
        num_labels=1,
        trust_remote_code=False,
        local_files_only=local,
        activation_fn=Identity(),
        model_kwargs={"use_safetensors": True},
    )
    return CrossEncoderReader(model)
