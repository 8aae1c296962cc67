"""Our own questions on windows of QAMR and SQuAD 2, written by hand for this reader.

Those sets' questions repeat the text's words, and most of their near misses were made by a program. These
ask in everyday words, or for something that is near to what a window tells but not in it: the same for
somebody else, the time of another event, what came before or after. `written_questions.jsonl` has a question
a row, with the places of its window and its answer, so it has none of the sets' text.
"""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from retrieval.text.sentences import Span
from training.examples import Example
from training.sources import Row

WRITTEN = Path(__file__).with_name("written_questions.jsonl")
ELSEWHERE = 0.5
"""The share of answered questions that are also asked of another window of the same document, as near misses
in everyday words."""


@dataclass(frozen=True, slots=True)
class WrittenQuestion:
    """A question of ours on a `window`; `answer` is a span of it, None if it does not answer.

    `place` names the window, `document` what it is from. `held` questions are not trained on, but measured
    with.
    """

    question: str
    window: str
    answer: Span | None
    kind: str
    place: str
    document: str
    held: bool

    @property
    def example(self) -> Example:
        """The question as an example."""
        return Example(self.question, self.window, self.answer, self.place, self.kind)


def written(qamr: Sequence[Row], squad: Sequence[Row], path: Path = WRITTEN) -> list[WrittenQuestion]:
    """The questions whose windows are in these rows."""
    sentence = {row.sentence: row.context for row in qamr}
    paragraph = {row.id: row for row in squad}
    found = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if "sentences" in row:
            if not all(name in sentence for name in row["sentences"]):
                continue
            window = " ".join(sentence[name] for name in row["sentences"])
            place, document = row["sentences"][0], row["sentences"][0].rsplit(":", 2)[0]
        else:
            if row["paragraph"] not in paragraph:
                continue
            window = paragraph[row["paragraph"]].context[slice(*row["span"])]
            place, document = f"{row['paragraph']}:{row['span'][0]}", paragraph[row["paragraph"]].group
        answer = tuple(row["answer"]) if row["answer"] else None
        held = row.get("held", False)
        found.append(WrittenQuestion(row["question"], window, answer, row["kind"], place, document, held))
    return found


def examples_of(questions: Sequence[WrittenQuestion], rng: Random) -> list[Example]:
    """The questions that are trained on as examples, and some of the answered ones with another window."""
    trained = [one for one in questions if not one.held]
    windows: Mapping[str, dict[str, str]] = defaultdict(dict)
    for one in trained:
        windows[one.document][one.place] = one.window
    found = []
    for one in trained:
        found.append(one.example)
        if one.answer and rng.random() < ELSEWHERE:
            words = one.window[slice(*one.answer)].casefold()
            others = [
                window
                for place, window in windows[one.document].items()
                if place != one.place and words not in window.casefold()
            ]
            if others:
                found.append(Example(one.question, rng.choice(others), None, one.place, "elsewhere"))
    return found
