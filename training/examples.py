"""Training examples for a reader: a question, a window of text, and the answer's span if it has one."""

from dataclasses import dataclass

from retrieval.text.sentences import Span


@dataclass(frozen=True, slots=True)
class Example:
    """`answer` is a span of `window`, None if the window does not answer the question.

    `group` is the article that it is from; folds share no groups. `kind` is how it was made (`question` for a
    real question, otherwise the name of the near miss), for tables of results. `lean` is the log-odds of an
    answer that the question's wording alone gives (`training/wording.py`); 0 if its kind tells nothing.
    """

    question: str
    window: str
    answer: Span | None
    group: str
    kind: str
    lean: float = 0.0
