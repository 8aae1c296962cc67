"""The interface of a measured system, and the constants of the comparison."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol, TypedDict

import numpy as np
from numpy.typing import NDArray

BEST = 3
"""The number of passages in a result, as on a page of Newsdesk."""
AT_ONCE = 32
"""The number of parallel questions."""
MARK = "Quillhaven"
"""A name that no article contains."""
ADDED = (
    f"The lighthouse keeper of {MARK} repaired seventeen brass telescopes before breakfast. "
    f"Each of the telescopes stands on the gallery of the lighthouse of {MARK}, where salt ate the brass. "
    f"The keeper says that nobody in {MARK} had repaired a telescope of the lighthouse for forty years. "
    f"The harbour of {MARK} pays the lighthouse keeper a coin for every brass telescope that is repaired. "
    f"Seventeen telescopes are all that the lighthouse of {MARK} has, and the keeper repaired them alone. "
    f"Visitors to {MARK} may look through the repaired brass telescopes once the lighthouse keeper is awake."
)
"""The text that is added to the changed article. It is a paragraph, because a single sentence would have
little influence on the vector of a whole passage."""
CHANGE_QUESTION = "How many brass telescopes did the lighthouse keeper of Quillhaven repair?"
"""A question that finds the added text."""
SAMPLE = 500
"""The texts for measuring the speed of embedding: a quarter of a minute at 30 a second."""

Vectors = NDArray[np.float32]


class Row(TypedDict):
    """A passage: its id, its article's id, and its text."""

    id: str
    article_id: str
    text: str


class Engine(Protocol):
    """One system with a folder for its index; `embeds` is what it embeds, passages or chunks."""

    embeds: str

    def embed(self, texts: Sequence[str]) -> object:
        """Embed texts for the index, as a build does."""
        ...

    def build(self, rows: Sequence[Row], vectors: Vectors) -> None:
        """Build the index and write it, with vectors that the system's own model would return for the
        rows."""
        ...

    def open(self) -> None:
        """Load the index."""
        ...

    def ask(self, question: str) -> Sequence[Row]:
        """The BEST passages for a question, best first."""
        ...

    def ask_together(self, questions: Sequence[str]) -> Sequence[Sequence[Row]]:
        """The same for several questions at once."""
        ...

    def change(self, gone: Sequence[str], rows: Sequence[Row], /) -> None:
        """Delete the passages with these ids and add the rows, also on disk; called after `open`."""
        ...


def rows_of(path: Path) -> list[Any]:
    """The rows of a JSON Lines file."""
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line.strip()]
