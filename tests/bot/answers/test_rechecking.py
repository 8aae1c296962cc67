"""What became of words that were quoted."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answers.rechecking import QuoteStatus, differences, find_words, new_wording, recheck
from corpus.article import Article

BEFORE = Article(
    id="quay",
    title="Quay reopens",
    source="Harbour Gazette",
    language="en",
    text=(
        "The east quay of Port Ellery opened again on Monday. Repairs cost 4.2 million crowns and took nine "
        "months, the harbour master Ida Lund said. Fishing boats had used the west quay.\n\n"
        "The town plans a market there in spring."
    ),
)
SAID = "Repairs cost 4.2 million crowns and took nine months, the harbour master Ida Lund said."


def edited(old: str, new: str) -> Article:
    assert old in BEFORE.text
    return replace(BEFORE, text=BEFORE.text.replace(old, new))


def became(article: Article | None, *others: Article, was: str = SAID) -> QuoteStatus:
    return recheck(BEFORE.title, BEFORE.source, BEFORE.version(), was, article, others).status


def test_an_article_that_is_the_same_leaves_its_quote_unchanged() -> None:
    check = recheck(BEFORE.title, BEFORE.source, BEFORE.version(), SAID, BEFORE, ())
    assert (check.status, check.words) == (QuoteStatus.UNCHANGED, SAID)


@pytest.mark.parametrize(
    "article",
    [
        edited("in spring", "in May"),
        edited("opened again on Monday.", "opened again on Monday after a long wait for stone."),
        replace(BEFORE, title="East quay reopens"),
        edited(" and took nine ", " and took\nnine "),
    ],
    ids=["behind", "before", "title", "white space"],
)
def test_words_that_stand_in_an_edited_article_stand(article: Article) -> None:
    assert became(article) is QuoteStatus.STANDS


@pytest.mark.parametrize(
    "correction",
    [("4.2 million", "5.1 million"), ("nine months", "eleven months"), ("Ida Lund", "Ada Lund")],
)
def test_a_correction_is_told_with_both_wordings(correction: tuple[str, str]) -> None:
    check = recheck(BEFORE.title, BEFORE.source, BEFORE.version(), SAID, edited(*correction), ())
    assert (check.status, check.was) == (QuoteStatus.CHANGED, SAID)
    assert check.words == SAID.replace(*correction)
    old, new = differences(check.was, check.words)
    assert [SAID[start:end] for start, end in old] == [correction[0].split()[0]]
    assert [check.words[start:end] for start, end in new] == [correction[1].split()[0]]


def test_a_sentence_that_was_taken_out_has_no_other_in_its_place() -> None:
    check = recheck(BEFORE.title, BEFORE.source, BEFORE.version(), SAID, edited(f"{SAID} ", ""), ())
    assert (check.status, check.words) == (QuoteStatus.CHANGED, "")


def test_two_sentences_are_found_as_two() -> None:
    said = "The east quay of Port Ellery opened again on Monday. " + SAID
    check = recheck(BEFORE.title, "", BEFORE.version(), said, edited("on Monday", "on Tuesday"), ())
    assert check.words == said.replace("Monday", "Tuesday")


def test_an_article_that_is_gone_is_withdrawn_and_its_words_are_not_told() -> None:
    other = replace(BEFORE, id="other", text="Nothing of the kind.")
    for others in ((), (other,)):
        check = recheck(BEFORE.title, BEFORE.source, BEFORE.version(), SAID, None, others)
        assert (check.status, check.was, check.words) == (QuoteStatus.WITHDRAWN, "", "")


def test_an_article_that_another_has_taken_the_place_of_moved() -> None:
    moved = replace(edited("in spring", "in May"), id="https://gazette.example/quay-new")
    check = recheck(BEFORE.title, BEFORE.source, BEFORE.version(), SAID, None, (moved,))
    assert (check.status, check.article, check.words) == (QuoteStatus.MOVED, moved, SAID)


def test_without_the_words_a_change_is_told_alone() -> None:
    assert became(BEFORE, was="") is QuoteStatus.UNCHANGED
    check = recheck(BEFORE.title, "", "another", "", BEFORE, ())
    assert (check.status, check.was, check.words) == (QuoteStatus.CHANGED, "", "")
    assert became(None, BEFORE, was="") is QuoteStatus.WITHDRAWN


def test_what_can_be_read_of_an_article_without_sentences_is_nothing() -> None:
    assert new_wording(replace(BEFORE, text="…"), SAID) is None


@given(st.text(st.sampled_from("ab .\n3，。"), max_size=60), st.data())
def test_words_of_a_text_are_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    words = text[start : data.draw(st.integers(start, len(text)))]
    span = find_words(text, words)
    if words.split():
        assert span is not None
        assert text[slice(*span)].split() == words.split()
    else:
        assert span is None


@given(st.text(max_size=40), st.text(max_size=40))
def test_what_differs_lies_in_its_text_in_order(was: str, now: str) -> None:
    for text, spans in zip((was, now), differences(was, now), strict=True):
        ends = [0, *(place for span in spans for place in span)]
        assert ends == sorted(ends)
        assert ends[-1] <= len(text)
    assert differences(was, was) == ([], [])
