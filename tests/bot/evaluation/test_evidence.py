from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.evaluation.evidence import (
    SHOWN_LIMIT,
    Evidence,
    EvidenceSpan,
    ServedArticles,
    place_in,
    place_of,
    without_white_space,
)
from corpus.article import Article
from retrieval.segments.article_table import ArticleTable
from tests.bot.evaluation.results import quote_of
from tests.retrieval.snapshots import article, only, snapshot_in, snapshot_of

TEXT = "It rained. The bridge was closed on Monday.\n\nIt rained. The bridge opens in May."
BRIDGE = article("bridge", TEXT)
NEWS = ("news",)
OPENS = TEXT.index("The bridge opens")


def library(*articles: Article) -> ServedArticles:
    return ServedArticles([snapshot_of(articles)])


def words(place: EvidenceSpan, one: Article = BRIDGE) -> str:
    return without_white_space(one.text)[place.start : place.end]


def places(evidence: Evidence, answer: str = "", *articles: Article) -> list[EvidenceSpan]:
    gold = library(*(articles or (BRIDGE,))).gold([evidence], answer, NEWS)
    return [place for piece in gold for place in piece]


def test_without_an_answer_s_place_the_whole_quote_is_wanted() -> None:
    (place,) = places(Evidence("bridge", "The bridge was closed on Monday."), "Monday")
    assert words(place) == "ThebridgewasclosedonMonday."


@pytest.mark.parametrize("start", [None, OPENS])
@pytest.mark.parametrize("answer_start", [OPENS + 20, 20], ids=["of the article", "of the quote"])
def test_an_answer_s_place_is_counted_in_the_article_or_in_the_quote(
    start: int | None, answer_start: int
) -> None:
    (place,) = places(Evidence("bridge", "The bridge opens in May.", start, answer_start), "May")
    assert words(place) == "May"


def test_words_that_stand_there_twice_are_meant_where_they_are_said_to_start() -> None:
    second = TEXT.rindex("It rained.")
    (first,) = places(Evidence("bridge", "It rained."))
    (other,) = places(Evidence("bridge", "It rained.", second))
    assert (first.start, other.start) == (0, len(without_white_space(TEXT[:second])))
    (near,) = places(Evidence("bridge", "It rained.", second + 3))
    assert near == other


def test_a_corpus_that_lays_its_text_out_anew_has_the_same_places() -> None:
    evidence = Evidence("bridge", "The bridge was  closed\non Monday.", 11, 36)
    laid_out = replace(BRIDGE, text=TEXT.replace(" ", "  \n"))
    assert places(evidence, "Monday") == places(evidence, "Monday", laid_out)


def test_what_is_not_in_the_corpus_is_left_out() -> None:
    generation_store = library(BRIDGE)
    here, changed = Evidence("bridge", "It rained."), Evidence("bridge", "It snowed.")
    assert len(generation_store.gold([here, changed, Evidence("gone", "It rained.")], "", NEWS)) == 1
    assert generation_store.gold([here], "", ("archive",)) == ()


def test_an_article_of_two_collections_answers_from_either() -> None:
    again = replace(BRIDGE, collection="archive")
    both = ServedArticles([snapshot_of([BRIDGE]), snapshot_of([again], collection="archive")])
    ((first, second),) = both.gold([Evidence("bridge", "It rained.")], "", ("news", "archive"))
    assert {first.collection, second.collection} == {"news", "archive"}


def test_a_withdrawn_article_is_not_in_the_corpus() -> None:
    snapshot = replace(snapshot_of([BRIDGE]), withdrawn=frozenset({"bridge"}))
    assert ServedArticles([snapshot]).gold([Evidence("bridge", "It rained.")], "", NEWS) == ()


def test_half_of_the_wanted_characters_are_enough_and_less_are_not() -> None:
    wanted = EvidenceSpan("news", "bridge", 10, 20)
    assert EvidenceSpan("news", "bridge", 0, 15).covers(wanted)
    assert not EvidenceSpan("news", "bridge", 0, 14).covers(wanted)
    assert EvidenceSpan("news", "bridge", 0, 100).covers(wanted)
    assert not EvidenceSpan("news", "other", 0, 100).covers(wanted)
    assert not EvidenceSpan("archive", "bridge", 0, 100).covers(wanted)


def test_of_a_long_quote_only_the_beginning_counts() -> None:
    long = article("long", "word " * 400)
    place = place_of(quote_of(long, long.text))
    assert words(place, long) == without_white_space(long.text[:SHOWN_LIMIT])


@given(text=st.text(min_size=1).filter(str.strip), data=st.data())
def test_any_part_of_an_article_is_found_where_it_was_cut(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    one = replace(BRIDGE, text=text)
    if not text[start:end].strip():
        return
    segment = replace(only(SNAPSHOT), articles=ArticleTable.of([one]))
    library_of_one = ServedArticles([snapshot_in([segment])])
    ((place,),) = library_of_one.gold([Evidence("bridge", text[start:end], start)], "", NEWS)
    assert place == place_in(one, (start, end))


SNAPSHOT = snapshot_of([BRIDGE])
