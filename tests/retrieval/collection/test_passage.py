from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.collection.passage import CHUNK_LIMIT, PASSAGE_LIMIT, PASSAGE_OVERLAP, Passage, split_article
from retrieval.text.sentences import is_heading, sentence_spans
from tests.retrieval.snapshots import article

SENTENCES = st.builds(
    lambda length, end: "A" + "b " * (length // 2) + end,
    st.integers(2, 700),
    st.sampled_from(
        [". ", ".\n\n", ".\n\n## Heading here\n\n", ". Ja. ", ".\n- One\n- Two\n", "." + "\n" * 950]
    ),
)
TEXTS = st.one_of(
    st.lists(SENTENCES, min_size=1, max_size=25).map("".join),
    st.text(min_size=1, max_size=400).filter(lambda text: bool(text.strip())),
)


def texts(text: str) -> list[str]:
    made = article("a", text)
    return [Passage(made, start, end).text for start, end in split_article(made).passages]


def test_a_short_article_is_one_passage() -> None:
    assert texts("The bridge was closed. It opens in May.") == ["The bridge was closed. It opens in May."]


def test_the_last_short_sentence_opens_the_next_passage() -> None:
    long, short = "It " + "was so " * 60 + "then.", "That was all."
    assert texts(f"{long} {long} {short} {long}") == [f"{long} {long} {short}", f"{short} {long}"]


def test_a_long_last_sentence_does_not() -> None:
    long = "It " + "was so " * 60 + "then."
    assert texts(f"{long} {long} {long}") == [f"{long} {long}", long]


def test_a_heading_opens_a_passage_and_ends_none() -> None:
    long, short = "It " + "was so " * 60 + "then.", "That was all."
    found = texts(f"{long}\n\n{long} {short}\n\n## Why\n\n{long}")
    assert found == [f"{long}\n\n{long} {short}", f"## Why\n\n{long}"]


def test_a_heading_opens_a_chunk_and_ends_none() -> None:
    sentence = "It " + "was so " * 30 + "then."
    made = article("a", f"{sentence}\n\n## Why\n\n{sentence}")
    assert [made.text[start:end] for start, end in split_article(made).chunks] == [
        sentence,
        f"## Why\n\n{sentence}",
    ]


def test_an_article_without_words_has_no_passages() -> None:
    assert split_article(article("a", " \n ")).passages == []


@settings(max_examples=150)
@given(TEXTS)
def test_every_sentence_is_in_a_passage_and_a_chunk_whole(text: str) -> None:
    made = article("a", text)
    sentences = sentence_spans(text, "en")
    split = split_article(made)
    for spans, limit in ((split.passages, PASSAGE_LIMIT), (split.chunks, CHUNK_LIMIT)):
        starts, ends = {start for start, _ in sentences}, {end for _, end in sentences}
        for start, end in spans:
            assert start in starts
            assert end in ends
            assert end - start <= limit or (start, end) in sentences
        for sentence in sentences:
            assert any(start <= sentence[0] and sentence[1] <= end for start, end in spans)
    assert all(end - start <= PASSAGE_LIMIT for start, end in split.passages)


@settings(max_examples=150)
@given(TEXTS)
def test_passages_advance_and_share_little_and_chunks_share_nothing(text: str) -> None:
    split = split_article(article("a", text))
    for before, after in pairwise(split.passages):
        assert before[0] < after[0]
        assert before[1] < after[1]
        assert before[1] - after[0] <= PASSAGE_OVERLAP
    for before, after in pairwise(split.chunks):
        assert before[1] <= after[0]


@settings(max_examples=150)
@given(TEXTS)
def test_chunks_of_a_passage_are_the_ones_it_overlaps(text: str) -> None:
    split = split_article(article("a", text))
    assert len(split.chunks_of) == len(split.passages)
    for (start, end), (first, last) in zip(split.passages, split.chunks_of, strict=True):
        inside = [row for row, chunk in enumerate(split.chunks) if chunk[0] < end and start < chunk[1]]
        assert list(range(first, last)) == inside != []


@settings(max_examples=100)
@given(TEXTS)
def test_a_passage_ends_with_a_heading_only_where_it_must(text: str) -> None:
    made = article("a", text)
    sentences = sentence_spans(text, "en")
    for start, end in split_article(made).passages:
        held = [span for span in sentences if start <= span[0] and span[1] <= end]
        closing = text[slice(*held[-1])]
        assert (
            not is_heading(closing)
            or held[-1] == sentences[-1]
            or all(is_heading(text[slice(*span)]) for span in held)
        )


def test_headings_alone_are_run_together() -> None:
    assert [len(text) for text in texts("## A\n" * 1000)] == [899] * 5 + [499]
