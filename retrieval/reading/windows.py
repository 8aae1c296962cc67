"""Cutting passages into windows, which a reader reads one at a time."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from retrieval.collection.passage import Passage
from retrieval.reading.reader import Reading
from retrieval.reading.spans import SentenceSpan
from retrieval.text.sentences import Span, sentence_spans

WINDOW = 450
"""Characters of a window, about 100 of the model's tokens: a passage, with at most 900, has two. The pilot
used 420."""
TITLE = 100
"""Characters of the title that is read with each window: it names the person whom a passage calls "he". On a
third of NewsQA's questions hit@1 was 0.741 without and 0.758 with it, with the reader's spans in the
ranking."""
WINDOW_WEIGHT = 0.5
"""Weight of a window's log-odds of having the answer when its sentences are compared with those of other
windows, relative to the log-odds of where the answer begins and ends. Fitted on NewsQA and RealTimeQA it is
0.45 (`docs/reader.md`)."""
ANSWER_THRESHOLD = 0.9
"""`SentenceSpan.share` from which the likeliest words of a sentence are taken for the answer. Of first quotes
that show the answer, 0.87 of NewsQA's and 0.81 of RealTimeQA's reach it; their words are the answer or in it
in 0.83 and 0.87, those of the others in 0.56 and 0.46."""


@dataclass(frozen=True, slots=True)
class Window:
    """The article's title followed by some sentences of a passage, and the span of each sentence in
    `text`."""

    text: str
    sentences: Sequence[Span]


ReadWindows = Callable[[Sequence[Window]], Iterable[tuple[float, Sequence[SentenceSpan]]]]
"""Reads windows: for each, the log-odds that it has the answer, and the likeliest span in each of its
sentences."""


def windows(sentences: Sequence[Span]) -> list[Sequence[Span]]:
    """Cut sentences into runs of about equal length, as few as if each run could be exactly WINDOW long. A
    sentence belongs to the run that contains its middle."""
    if not sentences:
        return []
    start, end = sentences[0][0], sentences[-1][1]
    share = (end - start) / -(-(end - start) // WINDOW)
    return [list(run) for _, run in groupby(sentences, lambda one: (sum(one) / 2 - start) // share)]


def read_in_windows(passages: Sequence[Passage], read: ReadWindows) -> list[Reading]:
    """The reading of each passage, scored by its likeliest window. `read` is called once with all windows."""
    cut = [
        (place, run)
        for place, passage in enumerate(passages)
        for run in windows(sentence_spans(passage.text, passage.article.language))
    ]
    scores = [float("-inf")] * len(passages)
    sentences: list[dict[Span, float]] = [{} for _ in passages]
    answers: list[dict[Span, Span]] = [{} for _ in passages]
    if cut:
        made = [_window(passages[place], run) for place, run in cut]
        for (place, run), window, (score, values) in zip(cut, made, read(made), strict=True):
            scores[place] = max(scores[place], score)
            at = passages[place].start
            moved = at + run[0][0] - window.sentences[0][0]
            for (start, end), (value, (first, last), share) in zip(run, values, strict=True):
                sentences[place][at + start, at + end] = value + WINDOW_WEIGHT * score
                if share >= ANSWER_THRESHOLD:
                    answers[place][at + start, at + end] = (first + moved, last + moved)
    return [Reading(*one) for one in zip(scores, sentences, answers, strict=True)]


def _window(passage: Passage, run: Sequence[Span]) -> Window:
    before = f"{passage.article.title.strip()[:TITLE].rstrip('.')}. "
    start, end = run[0][0], run[-1][1]
    moved = len(before) - start
    return Window(before + passage.text[start:end], [(one + moved, other + moved) for one, other in run])
