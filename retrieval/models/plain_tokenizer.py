"""A tokenizer of the tokenizers library, asked as one of transformers is."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tokenizers import Tokenizer


class PlainTokenizer:
    """What is asked of a tokenizer, from one that was read from a tokenizer.json."""

    def __init__(self, load: "Callable[[], Tokenizer]") -> None:
        """`load` gives it, the same whenever it is called; it cuts nothing off."""
        self._load = load

    @property
    def unk_token(self) -> str | None:
        """What stands for a part that it has not. Raises what `load` does, as `tokenize` does too."""
        return getattr(self._load().model, "unk_token", None)

    def tokenize(self, text: str) -> Sequence[str]:
        """The parts of a text."""
        return list(self._load().encode(text, add_special_tokens=False).tokens)
