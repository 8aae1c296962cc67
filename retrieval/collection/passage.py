"""Passages (what is quoted) and chunks (what is embedded), both runs of whole sentences of one article.

Small chunks are found better than whole passages, since the vector of three hundred characters still has one
meaning. A passage is ranked by the best of its chunks, and is shown whole, because people want the sentences
around it. Measured on NewsQA in `docs/retrieval.md`.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.article import Article
from corpus.dates import day_in_words
from retrieval.text.sentences import Span, is_heading, sentence_spans

PASSAGE_LIMIT = 900
"""Characters; the longest quote that the contract allows, and about what a chat shows without scrolling."""
PASSAGE_OVERLAP = 100
"""Characters; the last sentence of a passage also opens the next one if it is at most this long. 0, 100, 300
and 600 gave a hit@3 of 0.797, 0.797, 0.787 and 0.780 on NewsQA: neighbours that share much displace each
other."""
CHUNK_LIMIT = 300
"""Characters; one sentence, 200, 300 and 450 gave MRR of 0.729, 0.728, 0.737 and 0.725 on NewsQA."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A half-open range of an article's text, made of whole sentences."""

    article: Article
    start: int
    end: int

    @property
    def text(self) -> str:
        """The exact words."""
        return self.article.text[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Split:
    """How an article is split. `chunks_of[i]` is the half-open range of the chunks that overlap passage i,
    `sentences_of[i]` that of its sentences."""

    passages: list[Span]
    chunks: list[Span]
    chunks_of: list[Span]
    sentences: list[Span]
    sentences_of: list[Span]


def split_article(article: Article) -> Split:
    """Split an article into passages, chunks and sentences; their spans are offsets into its text."""
    sentences = sentence_spans(article.text, article.language)
    headings = [is_heading(article.text[start:end]) for start, end in sentences]
    passages = _runs(sentences, headings, PASSAGE_LIMIT, PASSAGE_OVERLAP)
    chunks = _runs(sentences, headings, CHUNK_LIMIT, 0)
    return Split(
        passages,
        chunks,
        [_overlapping(passage, chunks) for passage in passages],
        sentences,
        [_overlapping(passage, sentences) for passage in passages],
    )


def _runs(sentences: Sequence[Span], headings: Sequence[bool], limit: int, overlap: int) -> list[Span]:
    """Runs of sentences, each as long as fits in `limit`. A run opens with the last sentences of the run
    before, as far as they fit in `overlap`.

    A heading opens a run and never ends one, unless a run is all headings or the article ends.
    """
    runs: list[Span] = []
    first = 0
    while first < len(sentences):
        last = first
        while last + 1 < len(sentences) and sentences[last + 1][1] - sentences[first][0] <= limit:
            last += 1
        if last + 1 < len(sentences):
            last = next((at for at in range(last, first - 1, -1) if not headings[at]), last)
        runs.append((sentences[first][0], sentences[last][1]))
        first = last + 1
        if first == len(sentences) or headings[first]:
            continue
        # The overlap must leave room for the next sentence, so that no run lies inside another.
        earliest = max(sentences[last][1] - overlap, sentences[last + 1][1] - limit)
        while sentences[first - 1][0] >= earliest:
            first -= 1
    return runs


def _overlapping(passage: Span, chunks: Sequence[Span]) -> Span:
    """The half-open range of the chunks or sentences that overlap a passage."""
    first = bisect_right(chunks, passage[0], key=lambda chunk: chunk[1])
    return first, bisect_left(chunks, passage[1], key=lambda chunk: chunk[0])


def context_of(article: Article) -> str:
    """Text by which each passage of an article can be found, besides its own, and which is never quoted: the
    title, unless the text begins with it, and the date in words."""
    date = day_in_words(article.published) if article.published else ""
    title = "" if article.text.startswith(article.title.rstrip("…")) else article.title
    return f"{title} {date}"
