"""BM25 over the terms of passages. bm25s is known here and nowhere else."""

import math
import tempfile
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
from numpy.lib.format import MAGIC_PREFIX
from numpy.typing import NDArray

K1 = 1.2
"""How fast repetition of a term stops counting: Lucene's default. 0.9 and 1.5 moved NewsQA's MRR by less
than 0.005."""
B = 0.75
"""How much length is held against a passage: Lucene's default; passages are of like length anyway."""
FILES = {
    "data_name": "term-scores.npy",
    "indices_name": "term-rows.npy",
    "indptr_name": "term-starts.npy",
    "vocab_name": "terms.json",
    "params_name": "bm25.json",
}
"""What bm25s calls the parts of an index, and the files they are kept in."""


class LexicalIndex:
    """The BM25 score of every passage for a question, and the highest one that question could get."""

    def __init__(self, index: "bm25s.BM25 | None", passages: int) -> None:
        """Made by `build` and `load`; without a single term there is no index."""
        self._index = index
        self._passages = passages

    @classmethod
    def build(cls, passages: Sequence[Sequence[str]]) -> "LexicalIndex":
        """Index the terms of each passage; its rows are theirs."""
        if not any(passages):
            return cls(None, len(passages))
        index = bm25s.BM25(k1=K1, b=B, method="lucene")
        index.index(passages, create_empty_token=False, show_progress=False)
        return cls(index, len(passages))

    def scores(self, terms: Sequence[str]) -> NDArray[np.float32]:
        """One BM25 score a passage; 0 where it shares no term with the question."""
        known = [row for term in terms if (row := self.row(term)) is not None]
        if self._index is None or not known:
            return np.zeros(self._passages, np.float32)
        return np.asarray(self._index.get_scores(known), np.float32)

    def weight(self, term: str) -> float:
        """The term's inverse document frequency, ln(1 + (N - n + 0.5) / (n + 0.5)), as Lucene has it."""
        count = len(self.passages(term))
        return math.log(1 + (self._passages - count + 0.5) / (count + 0.5))

    def passages(self, term: str) -> NDArray[np.int32]:
        """The rows of the passages that have the term."""
        row = self.row(term)
        if self._index is None or row is None:
            return np.zeros(0, np.int32)
        starts = self._index.scores["indptr"]
        return np.asarray(self._index.scores["indices"][starts[row] : starts[row + 1]], np.int32)

    def bound(self, terms: Sequence[str]) -> float:
        """What no passage's score can reach: every term, saturated."""
        return sum(self.weight(term) for term in terms)

    def row(self, term: str) -> int | None:
        """The term's number; None for a term that is in no passage."""
        return None if self._index is None else self._index.vocab_dict.get(term)

    def to_files(self) -> dict[str, bytes]:
        """The contents of the files that `load` reads; none where there is no term."""
        if self._index is None:
            return {}
        with tempfile.TemporaryDirectory() as name:
            self._index.save(name, show_progress=False, **FILES)
            return {path.name: path.read_bytes() for path in sorted(Path(name).iterdir())}

    @classmethod
    def load(cls, folder: Path, passages: int) -> "LexicalIndex":
        """The index whose files are in `folder`, which the caller has verified.

        Raises ValueError where one of them is no array, or they are of another number of passages.
        """
        if not (folder / FILES["params_name"]).exists():
            return cls(None, passages)
        for name in FILES.values():
            # bm25s reads whatever NumPy reads, and NumPy opens archives without being asked.
            with (folder / name).open("rb") as file:
                if name.endswith(".npy") and file.read(len(MAGIC_PREFIX)) != MAGIC_PREFIX:
                    raise ValueError(f"{name} is no array")
        index = bm25s.BM25.load(folder, show_progress=False, allow_pickle=False, **FILES)
        if index.scores["num_docs"] != passages:
            raise ValueError(f"{index.scores['num_docs']} rows of words for {passages} passages")
        return cls(index, passages)
