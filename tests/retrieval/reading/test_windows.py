"""Windows: every sentence in one, none longer than it must be, and the likeliest one counts."""

from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from retrieval.reading.spans import SentenceSpan
from retrieval.reading.windows import (
    ANSWER_THRESHOLD,
    WINDOW,
    WINDOW_WEIGHT,
    Window,
    read_in_windows,
    windows,
)
from retrieval.text.sentences import Span
from tests.retrieval.reading.passages import passage

lengths = st.lists(st.tuples(st.integers(1, 2 * WINDOW), st.integers(0, 3)), max_size=30)


def spans_of(parts: Sequence[tuple[int, int]]) -> list[Span]:
    found, at = [], 0
    for length, gap in parts:
        found.append((at, at + length))
        at += length + gap
    return found


@given(lengths)
def test_each_sentence_is_in_one_window(parts: Sequence[tuple[int, int]]) -> None:
    sentences = spans_of(parts)
    assert [one for run in windows(sentences) for one in run] == sentences


@given(lengths)
def test_a_window_is_longer_by_half_a_sentence_at_each_end_at_most(parts: Sequence[tuple[int, int]]) -> None:
    for run in windows(spans_of(parts)):
        inner = run[-1][1] - run[0][0] - (run[0][1] - run[0][0]) / 2 - (run[-1][1] - run[-1][0]) / 2
        assert inner <= WINDOW


@given(st.lists(st.integers(20, 60), min_size=12, max_size=16))
def test_what_is_as_long_as_a_passage_is_two_of_about_the_same_length(sizes: Sequence[int]) -> None:
    sentences = spans_of([(size, 1) for size in sizes])
    length = sentences[-1][1]
    assert len(windows(sentences)) == -(-length // WINDOW)
    assert all(
        abs(run[-1][1] - run[0][0] - length / len(windows(sentences))) <= 61 for run in windows(sentences)
    )


def test_the_likeliest_window_counts_and_sentences_are_of_the_article() -> None:
    text = (
        "Before the passage. " + "The first sentence is about nothing. " * 12 + "A whale was seen off Busan."
    )
    read: list[Window] = []

    def whale(cut: Sequence[Window]) -> list[tuple[float, list[SentenceSpan]]]:
        read.extend(cut)
        return [
            (
                float("whale" in one.text),
                [
                    SentenceSpan(
                        float(there),
                        (span[0] + 2, span[1] - 1),
                        ANSWER_THRESHOLD if there else ANSWER_THRESHOLD - 0.01,
                    )
                    for span in one.sentences
                    for there in ["whale" in one.text[slice(*span)]]
                ],
            )
            for one in cut
        ]

    reading, nothing = read_in_windows([passage(text, 20), passage("", 0, 0)], whale)
    assert len(read) > 1
    assert reading.score == 1
    assert len(reading.sentences) == 13
    [best] = [span for span, value in reading.sentences.items() if value == 1 + WINDOW_WEIGHT]
    assert text[slice(*best)] == "A whale was seen off Busan."
    assert {one: text[slice(*words)] for one, words in reading.answers.items()} == {
        best: "whale was seen off Busan"
    }
    assert set(reading.sentences.values()) == {0, WINDOW_WEIGHT, 1 + WINDOW_WEIGHT}
    assert (nothing.score, nothing.sentences) == (float("-inf"), {})


def test_nothing_is_read_where_there_are_no_passages() -> None:
    def never(_cut: Sequence[Window]) -> list[tuple[float, list[SentenceSpan]]]:
        raise AssertionError

    assert read_in_windows([], never) == []
