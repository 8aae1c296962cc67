"""The reader that is installed with Newsdesk: MiniLM, trained further by `python -m training.train`."""

import hashlib
from pathlib import Path

from corpus.errors import ModelUnavailable
from retrieval.models.packaged import packaged_file
from retrieval.reading.onnx_reader import OnnxReader

WEIGHTS_SHA256 = "d90d0372447ffc39c5f55186a8a8db23cc98866b0c20a147a1f3b59828a828c9"
"""SHA-256 of the weights, as `python -m training.export` prints it."""


def weights_path() -> Path:
    """Where the weights are. They are those of MiniLM (Apache-2.0), trained on QAMR (MIT) and SQuAD 2
    (CC BY-SA 4.0), and are handed on under CC BY-SA 4.0 (`reader.md` beside them)."""
    return Path(__file__).with_name("reader.onnx")


def packaged_reader() -> OnnxReader:
    """Load it, its weights checked first. Raises ModelUnavailable with one line that says what to do."""
    path = weights_path()
    if not path.is_file():
        raise ModelUnavailable(f"the reader's weights {path} are missing: install Newsdesk again")
    if hashlib.sha256(path.read_bytes()).hexdigest() != WEIGHTS_SHA256:
        raise ModelUnavailable(
            f"the reader's weights {path} are not the file they should be (their SHA-256 differs): "
            "install Newsdesk again, or set NEWSDESK_READER=none"
        )
    return OnnxReader(path, packaged_file("tokenizer.json"))
