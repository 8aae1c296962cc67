"""The reader that is installed with Newsdesk: MiniLM, fine-tuned by `python -m training.train`."""

from pathlib import Path

from retrieval.models.onnx_session import checked_network
from retrieval.models.packaged import packaged_file
from retrieval.reading.onnx_reader import OnnxReader

WEIGHTS_SHA256 = "d90d0372447ffc39c5f55186a8a8db23cc98866b0c20a147a1f3b59828a828c9"
"""SHA-256 of the weights, as `python -m training.export` prints it."""


def weights_path() -> Path:
    """The path of the weights. They are MiniLM's (Apache-2.0), fine-tuned on QAMR (MIT) and SQuAD 2
    (CC BY-SA 4.0), and distributed under CC BY-SA 4.0 (`reader.md` beside them)."""
    return Path(__file__).with_name("reader.onnx")


def packaged_reader() -> OnnxReader:
    """Check the weights and load the reader. Raises ModelUnavailable with one line that says what to do."""
    network = checked_network(
        weights_path(), WEIGHTS_SHA256, "the reader's network", ", or set NEWSDESK_READER=none"
    )
    return OnnxReader(network, packaged_file("tokenizer.json"))
