"""A reader whose network is an ONNX file, run by ONNX Runtime on the CPU."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from retrieval.collection.passage import Passage
from retrieval.models.onnx_session import session_of
from retrieval.reading.reader import Reading
from retrieval.reading.spans import likeliest_of_each
from retrieval.reading.windows import Window, read_in_windows
from retrieval.text.sentences import Span

LENGTH = 192
"""Tokens of question and window together, as it was trained; the longer of the two is cut at its end."""
INPUTS = ("input_ids", "attention_mask", "token_type_ids")
OUTPUTS = ("whether", "where")


class OnnxReader:
    """Reads each passage in windows; the window that is likeliest to hold the answer counts."""

    fitted = True

    def __init__(self, network: bytes, tokenizer: Path) -> None:
        """Load a network with these INPUTS and OUTPUTS: for each pair the log-odds that the answer is in it,
        and for each token of it those that it begins and ends the answer. Raises what ONNX Runtime raises."""
        self._session = session_of(network)
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(tokenizer))
        self._tokenizer.enable_truncation(LENGTH, strategy="longest_first")
        self._tokenizer.enable_padding()

    def read(self, question: str, passages: Sequence[Passage]) -> list[Reading]:
        """A reading for each passage, in their order."""
        return read_in_windows(passages, lambda cut: self._read(question, cut))

    def _read(
        self, question: str, cut: Sequence[Window]
    ) -> Iterator[tuple[float, Sequence[tuple[float, Span]]]]:
        pairs = self._tokenizer.encode_batch([(question, window.text) for window in cut])
        rows = (
            [one.ids for one in pairs],
            [one.attention_mask for one in pairs],
            [one.type_ids for one in pairs],
        )
        inputs = {name: np.array(row, np.int64) for name, row in zip(INPUTS, rows, strict=True)}
        whether, where = self._session.run(list(OUTPUTS), inputs)
        for score, tokens, pair, window in zip(whether, where, pairs, cut, strict=True):
            yield float(score), likeliest_of_each(pair, tokens[:, 0], tokens[:, 1], window.sentences)
