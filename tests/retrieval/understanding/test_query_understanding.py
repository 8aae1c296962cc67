from dataclasses import replace
from datetime import UTC, datetime

import pytest

from retrieval.index.snapshot import Snapshot
from retrieval.question.anchors import anchors_of
from retrieval.question.hint import HintKind
from retrieval.question.query import Bounds, Query, make_query
from retrieval.understanding.query_understanding import is_stable, understand
from tests.retrieval.snapshots import article, snapshot_of

ASKED_AT = datetime(2026, 3, 18, 12, tzinfo=UTC)


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    def published(day: int) -> datetime:
        return datetime(2026, 3, day, 9, tzinfo=UTC)

    written = article("by-ana", "Ana wrote of the flood.", source="The Post", published=published(10))
    return snapshot_of(
        [
            replace(written, author="Ana Ruiz, Lee Ho"),
            article("post", "The flood is over.", source="The Post", published=published(17)),
            article("times", "The flood rose.", source="The Times", published=published(12)),
            article("undated", "A flood is water.", source="The Times"),
        ]
    )


def any_word(_word: str) -> bool:
    return True


def read(snapshot: Snapshot, question: str, **filters: object) -> Query:
    query = make_query(question, ("news",), asked_at=ASKED_AT, **filters)  # type: ignore[arg-type]
    return understand(query, [snapshot], any_word)


def found(snapshot: Snapshot, query: Query) -> set[str]:
    [mask] = snapshot.allowed(query)
    return {one.id for row, one in enumerate(snapshot.articles) if mask is None or mask[row]}


def test_what_cites_an_outlet_is_searched_without_the_citation_in_its_articles(snapshot: Snapshot) -> None:
    query = read(snapshot, "According to The Times, where is the flood?")
    assert (query.wording, found(snapshot, query)) == ("where is the flood?", {"times", "undated"})
    both = read(snapshot, "According to The Times and The Post, where is the flood?")
    assert both.wording.startswith("According to The Times")


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("What about the flood?", {"by-ana", "post", "times", "undated"}),
        ("Where is the flood, according to The Times?", {"times", "undated"}),
        ("What do articles from last week say of the flood?", {"by-ana", "times"}),
        ("What do articles from last week by The Times say?", {"times"}),
        ("What do reports by The Times and The Post say?", {"by-ana", "post", "times", "undated"}),
        ("What did an article by Lee Ho say of it?", {"by-ana"}),
        ("What was in the news on 10 March and in articles from 17 March?", {"by-ana", "post"}),
        ("Where is the flood, not from The Times?", {"by-ana", "post"}),
        ("Where is the flood, in articles not by Ana Ruiz?", {"post", "times", "undated"}),
        ("Where is the flood, and not from last week?", {"post", "undated"}),
        ("What do articles by The Times, not from last week, say?", {"undated"}),
        ("Where is the flood, not from The Times or The Post?", set()),
        ("What did the flood do last week?", {"by-ana", "post", "times", "undated"}),
    ],
)
def test_firm_clues_filter(snapshot: Snapshot, question: str, ids: set[str]) -> None:
    assert found(snapshot, read(snapshot, question)) == ids


def test_what_is_left_out_is_not_searched_for_and_stays_out_with_sources_that_the_person_set(
    snapshot: Snapshot,
) -> None:
    query = read(snapshot, "Where is the flood, not from The Times?", sources=frozenset({"The Post"}))
    assert query.wording == "Where is the flood?"
    assert found(snapshot, query) == {"by-ana", "post"}
    assert not query.parsed.cites_source
    assert not query.asks_several_articles
    assert found(snapshot, read(snapshot, query.text, as_asked=True)) == {
        "by-ana",
        "post",
        "times",
        "undated",
    }


def test_a_firm_hint_that_leaves_no_article_only_favours(snapshot: Snapshot) -> None:
    query = read(snapshot, "What do articles from March 2019 by The Times say?")
    assert [(hint.kind, hint.filters) for hint in query.parsed.hints] == [
        (HintKind.DATES, False),
        (HintKind.SOURCE, True),
    ]
    assert found(snapshot, query) == {"times", "undated"}


def test_an_address_in_a_question_limits_it_to_its_article() -> None:
    there = replace(article("there", "The race was off."), url="https://post.example/race?utm_source=x")
    collection = snapshot_of([there, article("other", "The race was on.")])
    query = read(collection, "Why was [the race](https://post.example/race) off?")
    assert query.wording == "Why was the race off?"
    assert found(collection, query) == {"there"}
    absent = read(collection, "Why was the race off? https://post.example/other")
    assert found(collection, absent) == {"there", "other"}
    assert found(collection, query.unparsed()) == {"there", "other"}


def test_of_a_topic_whose_newest_is_asked_for_the_topic_is_searched(snapshot: Snapshot) -> None:
    query = read(snapshot, "What's the latest on the Flood?")
    assert (query.wording, query.parsed.newest) == ("the Flood", True)
    assert [hint.kind for hint in query.parsed.hints] == [HintKind.NOW]
    assert not query.unparsed().parsed.newest


def test_of_a_topic_that_an_outlet_speaks_of_the_topic_is_searched_in_its_articles(
    snapshot: Snapshot,
) -> None:
    query = read(snapshot, "What did The Times say about the flood?")
    assert (query.parsed.topical, query.wording, found(snapshot, query)) == (
        True,
        "the flood",
        {"times", "undated"},
    )
    as_asked = query.unparsed()
    assert understand(as_asked, [snapshot], any_word) == as_asked == read(snapshot, query.text, as_asked=True)
    dated = read(snapshot, "flood news 17 March 2026")
    assert (dated.parsed.topical, dated.wording, found(snapshot, dated)) == (True, "flood", {"post"})
    never = read(snapshot, "flood news 17 March 1999")
    assert not never.parsed.topical
    assert "1999" in never.wording
    goes_on = replace(make_query("The Times about the flood", ("news",), asked_at=ASKED_AT), reading="x")
    assert not understand(goes_on, [snapshot], any_word).parsed.topical


@pytest.mark.parametrize(
    ("question", "empty"),
    [
        ("news from yesterday", [False]),
        ("news from today", [True]),
        ("What about the flood this week?", [False]),
        ("What did the flood do today?", [True]),
        ("What do articles from March 2019 say?", [True]),
        ("What did the flood do in March 2019?", [False]),
        ("What do articles by The Times from yesterday say?", [False, True]),
        ("What is the latest on the flood?", [False]),
    ],
)
def test_a_time_that_no_article_is_from_is_told(snapshot: Snapshot, question: str, empty: list[bool]) -> None:
    assert [hint.empty for hint in read(snapshot, question).parsed.hints] == empty


def test_the_outlet_stands_where_it_and_the_date_leave_nothing_together(snapshot: Snapshot) -> None:
    query = read(snapshot, "What did articles by The Times from yesterday say?")
    assert [hint.kind for hint in query.parsed.hints if hint.filters] == [HintKind.SOURCE]


def test_what_the_person_set_comes_first(snapshot: Snapshot) -> None:
    query = read(snapshot, "according to The Times, what?", sources=frozenset({"The Post"}))
    assert [hint.filters for hint in query.parsed.hints] == [False]
    assert query.filters() == Bounds(sources=frozenset({"the post"}))


def test_a_hint_narrows_within_what_the_person_set(snapshot: Snapshot) -> None:
    since, until = datetime(2026, 3, 11, tzinfo=UTC), datetime(2026, 3, 16, tzinfo=UTC)
    both = frozenset({"The Post", "The Times"})
    query = read(snapshot, "articles by The Times from March", sources=both, since=since)
    assert query.filters().periods == ((since, datetime(2026, 4, 1, tzinfo=UTC)),)
    assert query.filters().sources == {"the times"}
    assert found(snapshot, query) == {"times"}
    assert found(snapshot, read(snapshot, "articles from yesterday", since=since, until=until)) == {"times"}


def test_nothing_is_read_where_it_is_to_be_taken_as_asked(snapshot: Snapshot) -> None:
    question = "Where is the flood, according to The Times?"
    assert read(snapshot, question, as_asked=True).parsed.hints == ()
    unread = read(snapshot, question).unparsed()
    assert understand(unread, [snapshot], any_word) == unread
    assert found(snapshot, unread) == {"by-ana", "post", "times", "undated"}


def test_what_was_read_once_is_not_read_again(snapshot: Snapshot) -> None:
    query = read(snapshot, "What do articles from yesterday say of the flood?")
    later = replace(query, asked_at=datetime(2026, 5, 1, tzinfo=UTC))
    assert understand(later, [snapshot], any_word) == later


def test_sources_of_other_collections_are_not_known(snapshot: Snapshot) -> None:
    other = snapshot_of([article("a", "Text.", source="The Gazette", collection="other")], collection="other")
    question = "Where is it, according to The Gazette?"
    assert read(snapshot, question).parsed.hints == ()
    assert len(understand(read(snapshot, question), [snapshot, other], any_word).parsed.hints) == 1


def test_what_was_read_is_followed_by_what_was_misspelt(snapshot: Snapshot) -> None:
    query = make_query("Where is the floood, according to The Times?", ("news",), asked_at=ASKED_AT)
    found = understand(query, [snapshot], lambda _word: False)
    assert [hint.kind for hint in found.parsed.hints] == [HintKind.SOURCE, HintKind.SPELLING]
    assert found.wording == "Where is the flood?"


def test_what_is_searched_and_read_for_hints_is_what_asks(snapshot: Snapshot) -> None:
    plain = read(snapshot, "What did articles from last week by The Times say about the flood?")
    typed = "Hey bot, can you tell me what did articles from last week by The Times say about the flood? thx!"
    said = read(snapshot, typed)
    assert said.text == typed
    assert said.wording.lower() == plain.wording.lower() == plain.text.lower()
    assert (said.parsed.hints, said.parsed.parts) == (plain.parsed.hints, plain.parsed.parts)
    assert found(snapshot, said) == {"times"}


def test_courtesies_hide_no_parts(snapshot: Snapshot) -> None:
    said = read(snapshot, "Please tell me what did The Times say of rain and what did The Post say of it? ty")
    plain = read(snapshot, "what did The Times say of rain and what did The Post say of it?")
    assert said.parsed.parts == plain.parsed.parts
    assert [said.part(words).wording for words in said.parsed.parts] == list(said.parsed.parts)


def test_a_slip_among_courtesies_is_none(snapshot: Snapshot) -> None:
    query = make_query("hello bot, could you please tell me where is the floood? thanks", ("news",))
    read_so = understand(query, [snapshot], lambda _word: False)
    assert [hint.words for hint in read_so.parsed.hints] == ["floood"]
    assert read_so.wording == "where is the flood?"


def test_courtesies_are_searched_where_all_is_to_be_taken_as_asked(snapshot: Snapshot) -> None:
    typed = "Hey bot, where is the flood? thanks!"
    assert read(snapshot, typed).wording == "where is the flood?"
    assert read(snapshot, typed).unparsed().wording == typed
    assert read(snapshot, typed, as_asked=True).wording == typed


def test_what_a_question_hangs_on_is_seen_in_small_letters_too(snapshot: Snapshot) -> None:
    written = snapshot_of([article("a", "The flood came to Nara, said Ana Ruiz.")])
    query = make_query("please tell me what ana ruiz said of nara in 2019, thanks", ("news",))
    found = understand(query, [written], any_word)
    assert [one.words for one in anchors_of(found)] == ["Ana Ruiz", "Nara", "2019"]
    assert understand(found, [written], any_word) == found
    assert [one.words for one in anchors_of(found.unparsed())] == ["2019"]


def test_a_slip_in_small_letters_is_put_right_and_no_name(snapshot: Snapshot) -> None:
    query = make_query("where is the floood of kelce?", ("news",), asked_at=ASKED_AT)
    found = understand(query, [snapshot], lambda _word: False)
    assert found.wording == "where is the flood of Kelce?"


@pytest.mark.parametrize(
    ("question", "stable"),
    [
        ("Who wrote of the flood?", True),
        ("What is the flood like now?", True),
        ("What does The Times say of the flood?", False),
        ("What happened on 10 March?", False),
        ("What does the UN say of the flood?", False),  # an article may come with what UN stands for
        ("who wrote of the flood?", False),  # how names are written hangs on articles
    ],
)
def test_what_hangs_on_no_article_is_understood_the_same_whatever_articles_come(
    snapshot: Snapshot, question: str, *, stable: bool
) -> None:
    query = make_query(question, ("news",), asked_at=ASKED_AT)
    understood = understand(query, [snapshot], any_word)
    assert is_stable(query, understood, [snapshot], any_word) == stable
    if stable:
        more = snapshot_of([*snapshot.articles, article("more", "Floods of floods, now and then.")])
        assert understand(query, [more], any_word) == understood


def test_a_word_that_no_article_has_may_be_a_slip_of_one_that_comes(snapshot: Snapshot) -> None:
    query = make_query("Who wrote of the floood?", ("news",), asked_at=ASKED_AT)

    def is_word(word: str) -> bool:
        return word != "floood"

    assert not is_stable(query, understand(query, [snapshot], is_word), [snapshot], is_word)
