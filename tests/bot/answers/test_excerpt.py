"""Quotes made shorter or longer: whatever the text, what is left is the article's own words."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.answers.answer import Quote
from bot.answers.excerpt import CONTEXT, CUT, LINE, Measure, line_of, shortened, surroundings
from corpus.article import Article
from retrieval.text.sentences import Span, sentence_spans
from tests.bot.samples.answers import quote_of

TEXT = (
    "The talks began at noon. They lasted 90 minutes. China banned seafood from Japan in 2023. "
    "Nobody knows why. A dinner followed."
)


def escaped(text: str) -> int:
    """A measure by which some signs take two places, and each line four."""
    return sum(2 if sign in "*_>#" else 1 for sign in text) + 4 * text.count("\n")


def encoded(text: str) -> int:
    """A measure by which signs take as many places as UTF-8 has bytes for them."""
    return len(text.encode())


MEASURES: tuple[Measure, ...] = (len, escaped, encoded)


def quoting(
    text: str, span: Span | None = None, highlights: tuple[Span, ...] = (), language: str = "en"
) -> Quote:
    article = Article(id="a", title="A", text=text, source="The Post", language=language)
    return quote_of(article, span, highlights)


def marked(text: str, *sentences: str) -> Quote:
    return quoting(
        text, highlights=tuple((at, at + len(one)) for one in sentences for at in [text.index(one)])
    )


# Shorter


def test_a_quote_that_fits_stays_as_it_is() -> None:
    quote = marked(TEXT, "Nobody knows why.")
    assert shortened(quote, len(TEXT)) is quote


@pytest.mark.parametrize(
    ("limit", "left"),
    [
        (len(TEXT) - 1, TEXT.removesuffix(" A dinner followed.")),
        (90, TEXT[: TEXT.index(" Nobody")]),
        (70, TEXT[TEXT.index("They") : TEXT.index(" Nobody")]),
        (60, "China banned seafood from Japan in 2023. Nobody knows why."),
        (57, "China banned seafood from Japan in 2023."),
        (40, "China banned seafood from Japan in 2023."),
        (39, "China banned seafood from Japan in"),
        (12, "China banned"),
        (6, "China"),
        (4, "Chin"),  # not even one word fits
        (0, ""),
    ],
)
def test_the_marked_sentence_stays_and_as_many_around_it_as_fit(limit: int, left: str) -> None:
    quote = shortened(marked(TEXT, "China banned seafood from Japan in 2023."), limit)
    assert quote.text == left


def test_without_a_mark_the_beginning_stays() -> None:
    assert shortened(quoting(TEXT), 60).text == "The talks began at noon. They lasted 90 minutes."
    assert shortened(quoting(TEXT), 10).text == "The talks"


def test_marks_outside_what_is_left_go_and_those_inside_stay() -> None:
    quote = shortened(marked(TEXT, "They lasted 90 minutes.", "Nobody knows why."), 50)
    assert quote.text == "The talks began at noon. They lasted 90 minutes."
    assert [quote.article.text[slice(*span)] for span in quote.highlights] == ["They lasted 90 minutes."]
    assert quote.verbatim


def test_a_mark_in_the_middle_of_a_long_sentence_is_not_cut_away() -> None:
    quote = marked(f"It was said {'again and ' * 20}again that the bridge fell.", "the bridge fell.")
    assert shortened(quote, 20).text == "the bridge fell."
    assert shortened(quote, 10).text == "the bridge"


@pytest.mark.parametrize(
    ("text", "language", "limit", "left"),
    [
        ("갱도가 무너졌다. 모두 183명이 숨졌다.", "ko", 14, "갱도가 무너졌다."),
        ("갱도가 무너졌다. 모두 183명이 숨졌다.", "ko", 5, "갱도가"),
        ("両首脳は奈良で会談した。雨が降った。", "ja", 13, "両首脳は奈良で会談した。"),
        ("両首脳は奈良で会談した。雨が降った。", "ja", 5, "両首脳は奈"),  # no words to cut between
    ],
)
def test_korean_and_japanese_are_cut_as_they_are_written(
    text: str, language: str, limit: int, left: str
) -> None:
    assert shortened(quoting(text, language=language), limit).text == left


WORDS = st.sampled_from(
    ["The", "bridge", "fell.", "한국이", "이겼다.", "雨が", "降った。", "*", "> ", "\n", "\n\n", "👍🏽"]
)
TEXTS = (
    st.text(max_size=120)
    | st.lists(WORDS, max_size=40).map(" ".join)
    | st.lists(WORDS, max_size=40).map("".join)
)


@st.composite
def quotes(draw: st.DrawFn) -> Quote:
    """Any part of any text with up to three marks anywhere in it, in order."""
    text = draw(TEXTS.filter(lambda text: len(text) > 1))
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    edges = sorted(draw(st.lists(st.integers(start, end), unique=True, max_size=6)))
    highlights = tuple(zip(edges[::2], edges[1::2], strict=False))
    return quoting(text, (start, end), highlights, draw(st.sampled_from(["en", "ko", "ja", "und"])))


@given(quotes(), st.integers(0, 150), st.sampled_from(MEASURES))
@example(quoting(" ", (0, 1), ((0, 1),)), 0, len)
@example(quoting("a" * 50, (0, 50), ((30, 40),)), 20, len)
def test_what_is_left_is_verbatim_within_the_limit_and_keeps_the_first_mark(
    quote: Quote, limit: int, measure: Measure
) -> None:
    made = shortened(quote, limit, measure)
    assert measure(made.text) <= limit or not made.text
    assert quote.start <= made.start <= made.end <= quote.end
    assert made.text == quote.article.text[made.start : made.end]
    assert made.verbatim or not made.text
    assert (made.article, made.citation, made.score) == (quote.article, quote.citation, quote.score)
    for low, high in made.highlights:
        assert any(first <= low < high <= last for first, last in quote.highlights)
    if quote.highlights and made.text:
        first, last = quote.highlights[0]
        assert first < made.end
        assert made.start < last
        assert made.highlights


@given(quotes(), st.integers(0, 100), st.sampled_from(MEASURES))
def test_shortening_again_changes_nothing_and_more_room_keeps_no_less(
    quote: Quote, limit: int, measure: Measure
) -> None:
    made = shortened(quote, limit, measure)
    if made.text:
        assert shortened(made, limit, measure) == made
    wider = shortened(quote, limit + 10, measure)
    assert bool(wider.text) >= bool(made.text)


# Longer


def test_the_sentences_around_a_quote_are_whole() -> None:
    start = TEXT.index("China")
    quote = quoting(TEXT, (start, TEXT.index(" Nobody")))
    assert surroundings(quote) == (TEXT[:start], " Nobody knows why. A dinner followed.")


def test_no_more_is_shown_around_a_quote_than_fits() -> None:
    text = " ".join(f"This is sentence number {number} of a long report." for number in range(100))
    start = text.index("This is sentence number 50")
    end = text.index(" This is sentence number 51")
    before, after = surroundings(quoting(text, (start, end)))
    assert before.startswith("This is sentence number ")
    assert after.endswith("of a long report.")
    assert CONTEXT - 60 < len(before) <= CONTEXT
    assert CONTEXT - 60 < len(after) <= CONTEXT


def test_a_quote_at_the_edge_of_its_article_has_nothing_before_or_after() -> None:
    assert surroundings(quoting(TEXT)) == ("", "")
    assert surroundings(quoting(TEXT, (0, 24)))[0] == ""
    assert surroundings(quoting(TEXT, (len(TEXT) - 18, len(TEXT))))[1] == ""


@given(quotes())
def test_what_stands_around_a_quote_joins_it_as_in_the_article(quote: Quote) -> None:
    before, after = surroundings(quote)
    start, end = quote.start - len(before), quote.end + len(after)
    assert start >= 0
    assert quote.article.text[start:end] == f"{before}{quote.text}{after}"
    assert len(before) <= CONTEXT
    assert len(after) <= CONTEXT
    spans = sentence_spans(quote.article.text, quote.article.language)
    assert not before or start in {first for first, _ in spans}
    assert not after or end in {last for _, last in spans}


@given(st.integers(1 + 2 * len(CUT), 200), st.integers(0, len(TEXT) - 1), st.integers(1, 60))
def test_a_line_is_the_articles_words_with_what_is_left_out_marked(
    limit: int, start: int, length: int
) -> None:
    quote = replace(quoting(TEXT), answer=(start, min(start + length, len(TEXT))))
    line = line_of(quote, limit)
    words = line.removeprefix(CUT).removesuffix(CUT)
    assert len(line) <= limit
    assert words in " ".join(TEXT.split())
    assert len(line_of(quote)) <= LINE


@pytest.mark.parametrize(
    ("answer", "limit", "line"),
    [
        ("seafood", 40, "China banned seafood from Japan in 2023."),
        ("seafood", 33, "China banned seafood from Japan…"),
        ("seafood", 30, "…banned seafood from Japan in…"),
        ("seafood", 29, "…banned seafood from Japan…"),
        ("2023", 22, "…from Japan in 2023."),
        ("banned seafood from Japan", 17, "…banned seafood…"),  # whole words of an answer that is too long
        ("seafood", 9, "…seafood…"),
        ("seafood", 6, "…seaf…"),
    ],
)
def test_a_line_grows_on_both_sides_of_the_answer_by_whole_words(answer: str, limit: int, line: str) -> None:
    start = TEXT.index(answer)
    quote = marked(TEXT, "The talks began at noon.", "China banned seafood from Japan in 2023.")
    assert line_of(replace(quote, answer=(start, start + len(answer))), limit) == line
