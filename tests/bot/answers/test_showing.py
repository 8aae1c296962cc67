from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.answer import Quote
from bot.answers.showing import AT_ONCE, FIRST, OTHERS, shown_spans
from tests.bot.samples.answers import article_of, quote_of


def quote(text: str, best: str | None = None) -> Quote:
    """A quote of all of the text, whose best sentence is this."""
    made = quote_of(article_of({"title": "Harbour", "text": text}))
    if best is None:
        return replace(made, highlights=())
    at = text.index(best)
    return replace(made, highlights=((at, at + len(best)),), best=(at, at + len(best)))


def shown(*quotes: Quote) -> list[str]:
    """The words of each quote that are shown."""
    return [one.article.text[slice(*span)] for one, span in zip(quotes, shown_spans(quotes), strict=True)]


FILLER = "The weather in the harbour was as calm as on any other morning of that long month. " * 3


def test_the_sentence_that_answers_best_is_shown_with_its_neighbours() -> None:
    text = f"{FILLER}Nine workers were hurt. {FILLER}"
    [found] = shown(quote(text, "Nine workers were hurt."))
    assert "Nine workers were hurt." in found
    assert len("Nine workers were hurt.") < len(found) <= AT_ONCE


def test_three_quotes_together_stay_within_the_room() -> None:
    text = f"{FILLER}Nine workers were hurt. {FILLER}"
    quotes = [quote(text, "Nine workers were hurt.")] * 3
    found = shown(*quotes)
    assert sum(map(len, found)) <= AT_ONCE
    assert all("Nine workers were hurt." in one for one in found)


def test_room_that_the_first_leaves_is_the_others() -> None:
    short, text = quote("It is nine.", "It is nine."), quote(f"Nine were hurt. {FILLER}", "Nine were hurt.")
    assert OTHERS < len(shown(short, text)[1]) <= AT_ONCE


@pytest.mark.parametrize(("best", "leans"), [("He counted nine.", True), ("Ida counted nine.", False)])
def test_a_sentence_that_leans_on_the_one_before_keeps_it(best: str, leans: bool) -> None:
    before = "The harbour master spoke."
    after = "The boats left in the evening, one by one, " + "as ever, " * 11 + "for the sea."
    full = "It was " + "a long " * 48 + "day."
    first = quote(full, full)
    found = shown(first, quote(f"{FILLER}{before} {best} {after}", best), first)[1]
    assert (f"{before} {best}" in found) is leans
    assert best in found


@pytest.mark.parametrize("aside", ["Watch the boats leave »", "## The boats", "By Ida Berg"])
def test_no_aside_and_no_heading_stands_at_an_edge(aside: str) -> None:
    [found] = shown(quote(f"{aside}\n\nNine boats left.\n\n{aside}", "Nine boats left."))
    assert found == "Nine boats left."


def test_a_dateline_is_left_out() -> None:
    assert shown(quote("SKARVIK, Norway (CNN) -- Nine boats left.", "Nine boats left.")) == [
        "Nine boats left."
    ]


def test_without_a_best_sentence_the_first_that_tells_something_opens() -> None:
    assert shown(quote("## The boats\n\nNine boats left.")) == ["Nine boats left."]


def test_a_sentence_longer_than_the_room_is_not_cut() -> None:
    long = "Nine boats left " + "with all that they had on board and more " * 12 + "in May."
    assert len(long) > FIRST > OTHERS
    assert shown(quote(FILLER, FILLER[:40]), quote(long, long))[1] == long


def test_no_quotes_show_nothing() -> None:
    assert shown_spans([]) == []


@given(st.lists(st.text(min_size=1, max_size=300).filter(str.strip), min_size=1, max_size=5))
def test_what_is_shown_is_a_piece_of_each_quote(texts: list[str]) -> None:
    quotes = [
        replace(quote_of(article_of({"title": "Harbour", "text": f"x {text} x"})), best=None)
        for text in texts
    ]
    for one, (start, end) in zip(quotes, shown_spans(quotes), strict=True):
        assert one.start <= start < end <= one.end
