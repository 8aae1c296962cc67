"""Windows of a passage that a reader reads at a time."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from retrieval.collection.passage import Passage
from retrieval.reading.reader import Reading
from retrieval.reading.spans import SentenceSpan
from retrieval.text.sentences import Span, sentence_spans

WINDOW = 450
"""Characters of a window, about 100 of the model's tokens: two make a passage, which has 900 at most. The
issue's pilot read 420."""
TITLE = 100
"""Characters of a title that is read with each window: it names whom a passage calls "he". On a third of
NewsQA's questions hit@1 was 0.741 without and 0.758 with it, with the reader's spans in the ranking."""
WHETHER = 0.5
"""What a window's log-odds to hold the answer weigh where its sentences are compared with those of other
windows, against the log-odds of where in it the answer begins and ends. Fitted on NewsQA and RealTimeQA they
weigh 0.45 (`docs/reader.md`)."""
SURE = 0.9
"""Share of a sentence's chances from which its likeliest words are taken for the answer. Of first quotes that
show the answer, 0.87 of NewsQA's and 0.81 of RealTimeQA's reach it; their words are the answer or in it in
0.83 and 0.87, those of the others in 0.56 and 0.46."""


@dataclass(frozen=True, slots=True)
class Window:
    """Some sentences of a passage: the article's title and their text, and each one's span in that."""

    text: str
    sentences: Sequence[Span]


ReadWindows = Callable[[Sequence[Window]], Iterable[tuple[float, Sequence[SentenceSpan]]]]
"""Reads windows: how likely each holds the answer, and for each of its sentences the span of the window's
text that is likeliest to be it."""


def windows(sentences: Sequence[Span]) -> list[Sequence[Span]]:
    """Runs of sentences that are about equally long, as few as would be WINDOW long at most if sentences
    could be cut. Each sentence is in the one in which its middle is."""
    if not sentences:
        return []
    start, end = sentences[0][0], sentences[-1][1]
    share = (end - start) / -(-(end - start) // WINDOW)
    return [list(run) for _, run in groupby(sentences, lambda one: (sum(one) / 2 - start) // share)]


def read_in_windows(passages: Sequence[Passage], read: ReadWindows) -> list[Reading]:
    """The reading of each passage: that of its likeliest window. All windows are read at once."""
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
                sentences[place][at + start, at + end] = value + WHETHER * score
                if share >= SURE:
                    answers[place][at + start, at + end] = (first + moved, last + moved)
    return [Reading(*one) for one in zip(scores, sentences, answers, strict=True)]


def _window(passage: Passage, run: Sequence[Span]) -> Window:
    before = f"{passage.article.title.strip()[:TITLE].rstrip('.')}. "
    start, end = run[0][0], run[-1][1]
    moved = len(before) - start
    return Window(before + passage.text[start:end], [(one + moved, other + moved) for one, other in run])
