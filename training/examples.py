"""Examples for a reader: a question with a window of text, and where in it the answer stands, if it does."""

from dataclasses import dataclass

from retrieval.text.sentences import Span


@dataclass(frozen=True, slots=True)
class Example:
    """`answer` is a span of `window`, None where the window does not answer.

    `group` names the article that it is of: folds share none. `kind` says how it came about (`question` for
    one that people asked, else the name of the near miss), for tables of what was learned.
    """

    question: str
    window: str
    answer: Span | None
    group: str
    kind: str
