"""Adapts a tokenizer of the tokenizers library to the interface of transformers."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer


class PlainTokenizer:
    """The interface `Tokenizer`, from a tokenizer that was read from a tokenizer.json."""

    def __init__(self, load: "Callable[[], Tokenizer]") -> None:
        """`load` returns the tokenizer, the same one on each call; it must not truncate."""
        self._load = load

    @property
    def unk_token(self) -> str | None:
        """The token for unknown parts. Raises what `load` raises, as does `tokenize`."""
        return getattr(self._load().model, "unk_token", None)

    def tokenize(self, text: str) -> Sequence[str]:
        """The tokens of a text."""
        return list(self._load().encode(text, add_special_tokens=False).tokens)
