from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.answer import Quote
from corpus.article import Article
from tests.bot.samples.answers import quote_of

TEXT = "Before it. The bridge was closed on Monday. It opens in May. After it."
ARTICLE = Article(id="a", title="Bridge", text=TEXT, source="The Post")
START, END = TEXT.index("The bridge"), TEXT.index(" After")


PLAIN = quote_of(ARTICLE, (START, END), ())
QUOTE = replace(PLAIN, highlights=((START, START + 10),))


def test_a_quote_of_the_article_is_verbatim() -> None:
    assert QUOTE.verbatim
    assert PLAIN.verbatim
    assert quote_of(ARTICLE, None, [(0, len(TEXT))]).verbatim


@pytest.mark.parametrize(
    "changed",
    [
        replace(QUOTE, text=QUOTE.text + "!"),
        replace(QUOTE, text=QUOTE.text.replace("Monday", "Sunday")),
        replace(QUOTE, text=QUOTE.text.upper()),
        replace(QUOTE, text=""),
        replace(QUOTE, text="", end=START),
        replace(QUOTE, start=START + 1),
        replace(QUOTE, end=END - 1),
        replace(QUOTE, article=replace(ARTICLE, text=TEXT.replace("Monday", "Sunday"))),
        replace(QUOTE, article=replace(ARTICLE, text="")),
        replace(QUOTE, highlights=((START - 1, START + 5),)),
        replace(QUOTE, highlights=((END - 5, END + 1),)),
        replace(QUOTE, highlights=((START + 5, START + 5),)),
        replace(QUOTE, highlights=((START + 9, START + 5),)),
    ],
)
def test_a_quote_that_differs_from_its_article_is_not(changed: Quote) -> None:
    assert not changed.verbatim


def test_the_marked_pieces_are_the_highlights() -> None:
    assert QUOTE.marked() == [("The bridge", True), (" was closed on Monday. It opens in May.", False)]
    assert PLAIN.marked() == [(TEXT[START:END], False)]
    assert replace(PLAIN, highlights=((START, END),)).marked() == [(TEXT[START:END], True)]


@given(st.lists(st.integers(START, END), min_size=2, max_size=6, unique=True).map(sorted))
def test_the_marked_pieces_join_to_the_text(places: list[int]) -> None:
    spans = tuple(zip(places[::2], places[1::2], strict=False))
    quote = replace(PLAIN, highlights=spans)
    pieces = quote.marked()
    assert quote.verbatim
    assert "".join(piece for piece, _ in pieces) == quote.text
    assert "".join(piece for piece, marked in pieces if marked) == "".join(
        TEXT[slice(*span)] for span in spans
    )
    assert all(piece for piece, _ in pieces)
