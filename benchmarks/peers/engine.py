"""What a system must be able to do to be measured, as its user would have it do it."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol, TypedDict

import numpy as np
from numpy.typing import NDArray

BEST = 3
"""Passages asked for: a page of Newsdesk."""
AT_ONCE = 32
"""Questions that come together."""
MARK = "Quillhaven"
"""A name that no article has."""
ADDED = (
    f"The lighthouse keeper of {MARK} repaired seventeen brass telescopes before breakfast. "
    f"Each of the telescopes stands on the gallery of the lighthouse of {MARK}, where salt ate the brass. "
    f"The keeper says that nobody in {MARK} had repaired a telescope of the lighthouse for forty years. "
    f"The harbour of {MARK} pays the lighthouse keeper a coin for every brass telescope that is repaired. "
    f"Seventeen telescopes are all that the lighthouse of {MARK} has, and the keeper repaired them alone. "
    f"Visitors to {MARK} may look through the repaired brass telescopes once the lighthouse keeper is awake."
)
"""What is added to the changed article. A paragraph, as the vector of a whole passage of which it were one
sentence would not be found by what the sentence says."""
CHANGE_QUESTION = "How many brass telescopes did the lighthouse keeper of Quillhaven repair?"
"""What finds it."""
SAMPLE = 500
"""Texts that are embedded to see how fast that goes: a quarter of a minute at 30 a second."""

Vectors = NDArray[np.float32]


class Row(TypedDict):
    """A passage: its article, and its text; `id` is the passage's own."""

    id: str
    article_id: str
    text: str


class Engine(Protocol):
    """One system, with a folder for what it keeps; `embeds` is what it embeds: passages or chunks."""

    embeds: str

    def embed(self, texts: Sequence[str]) -> object:
        """Embed texts for its index, as a build does."""
        ...

    def build(self, rows: Sequence[Row], vectors: Vectors) -> None:
        """Make the index and write it, with vectors that its own model would make of the rows."""
        ...

    def open(self) -> None:
        """Read what was written."""
        ...

    def ask(self, question: str) -> Sequence[Row]:
        """The BEST passages, best first."""
        ...

    def ask_together(self, questions: Sequence[str]) -> Sequence[Sequence[Row]]:
        """The same for questions that came at once."""
        ...

    def change(self, gone: Sequence[str], rows: Sequence[Row], /) -> None:
        """Take out the passages of these ids and take in the rows, also on disk; called after `open`."""
        ...


def rows_of(path: Path) -> list[Any]:
    """The rows of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]
