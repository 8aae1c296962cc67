"""Records of answers that were never given, of any form that one can have."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from bot.answers.answer import Missing, Searched
from bot.chat.answer_record import AnswerRecord, QuoteRef
from bot.chat.venue import Audience, Venue
from retrieval.question.anchors import AnchorKind
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.parsed_question import ParsedQuestion
from retrieval.question.query import Query
from retrieval.ranking.hit import Features
from tests.bot.service.people import ANN, CITY

TEXT = st.text(max_size=30)
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=365 * 7000)).map(
    datetime(1600, 1, 1, tzinfo=UTC).__add__
)
SHARES = st.floats(0, 1)
SPANS = st.tuples(st.integers(0, 10**6), st.integers(0, 10**6))
VENUES = st.builds(
    Venue, TEXT, st.none() | TEXT, TEXT, st.none() | TEXT, st.booleans(), st.sampled_from(Audience)
)
HINTS = st.builds(
    Hint,
    kind=st.sampled_from(HintKind),
    words=TEXT,
    use=st.sampled_from(HintUse),
    since=st.none() | MOMENTS,
    until=st.none() | MOMENTS,
    name=TEXT,
)
QUERIES = st.builds(
    Query,
    text=TEXT,
    collections=st.lists(TEXT, max_size=3).map(tuple),
    asked_at=MOMENTS,
    since=st.none() | MOMENTS,
    until=st.none() | MOMENTS,
    sources=st.frozensets(TEXT, max_size=3),
    as_asked=st.booleans(),
    reading=TEXT,
    parsed=st.builds(
        ParsedQuestion,
        hints=st.lists(HINTS, max_size=3).map(tuple),
        parts=st.lists(TEXT, max_size=3).map(tuple),
        bare=TEXT,
        newest=st.booleans(),
        topical=st.booleans(),
        foreign=TEXT,
    ),
)
KEPT = st.builds(
    QuoteRef,
    collection=TEXT,
    article_id=TEXT,
    version=TEXT,
    start=st.integers(0, 10**6),
    end=st.integers(0, 10**6),
    highlights=st.lists(SPANS, max_size=3).map(tuple),
    score=SHARES,
    features=st.builds(
        Features,
        meaning=st.none() | SHARES,
        words=SHARES,
        coverage=SHARES,
        maxsim=st.none() | SHARES,
        pair=SHARES,
        title=SHARES,
        fresh=SHARES,
    ),
    copies=st.lists(st.tuples(TEXT, TEXT), max_size=2).map(tuple),
)
RECORDS = st.builds(
    AnswerRecord,
    id=TEXT,
    venue=VENUES,
    person=TEXT,
    asked=TEXT,
    query=QUERIES,
    answered=st.booleans(),
    confidence=SHARES,
    kept=st.lists(KEPT, max_size=3).map(tuple),
    searched=st.builds(
        Searched,
        collections=st.lists(TEXT, max_size=3).map(tuple),
        articles=st.integers(0, 10**7),
        within_filters=st.integers(0, 10**7),
        newest=st.none() | MOMENTS,
        generations=st.lists(TEXT, max_size=3).map(tuple),
    ),
    private=st.booleans(),
    sources=st.frozensets(TEXT, max_size=3),
    checked=st.booleans(),
    before=st.lists(st.tuples(TEXT, TEXT, st.integers(0, 10**6)), max_size=3).map(tuple),
    missing=st.lists(st.builds(Missing, st.sampled_from(AnchorKind), TEXT), max_size=3).map(tuple),
)

QUERY = Query("Who met in Nara?", ("news",), datetime(2026, 3, 18, 12, tzinfo=UTC))
RECORD = AnswerRecord(
    id="first",
    venue=CITY,
    person=ANN.id,
    asked="who met in Nara",
    query=QUERY,
    answered=True,
    confidence=0.8,
    kept=(),
    searched=Searched(("news",), 16, 16, None, ("g1",)),
    private=False,
)


def record(answer_id: str, venue: Venue = CITY, asked_at: datetime = QUERY.asked_at) -> AnswerRecord:
    """One of several answers."""
    return replace(RECORD, id=answer_id, venue=venue, query=replace(QUERY, asked_at=asked_at))
