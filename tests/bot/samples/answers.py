"""Answers as the desk gives them, put together without a model: what is drawn is all that matters here."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.answers.answer import Answer, Missing, NoAnswer, Quote, Searched
from bot.answers.listing import Listing, Match
from bot.chat.answer_record import make_record
from bot.chat.delivered_answer import DeliveredAnswer
from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Person, Venue
from bot.corpus_admin.article_pages import ArticlePages
from bot.desk.citation import cite
from corpus.article import Article, make_article
from retrieval.question.hint import Hint, HintKind, HintUse
from retrieval.question.parsed_question import ParsedQuestion
from retrieval.question.query import Query, make_query
from retrieval.ranking.hit import Features
from retrieval.text.sentences import Span, sentence_spans
from tests.bot.samples.articles import FERRY, HISTORY, LIGHTHOUSE, LIGHTHOUSE_QUESTION

ASKED_AT = datetime(2026, 3, 10, 12, tzinfo=UTC)
HERE = Venue("discord", "1001", "2002")
ANN = Person("3003", "Ann")
LINK_FOR = ArticlePages(Path("/pages")).link_for
"""Where pages of articles without an address would be."""


def article_of(fields: Mapping[str, object], **others: object) -> Article:
    """An article out of the fields of a row."""
    made, _ = make_article(
        {**fields, **others}, collection="news", fallback_id="x", fallback_source="Unknown"
    )
    return made


LIGHT = article_of(LIGHTHOUSE)
NIGHT_FERRY = article_of(FERRY)
UNDATED = article_of(LIGHTHOUSE, id="copy", source="Skarvik Post", published=None, url=None)
LONG = article_of(HISTORY)


def quote_of(
    article: Article,
    span: Span | None = None,
    marks: Sequence[Span] | None = None,
    copies: Sequence[Article] = (),
    score: float = 0.72,
) -> Quote:
    """A quote of the article: of all of it with its first sentence marked, unless said otherwise."""
    start, end = span or (0, len(article.text))
    first = next(iter(sentence_spans(article.text[start:end], article.language)), (0, end - start))
    highlights = tuple(((start + first[0], start + first[1]),) if marks is None else marks)
    return Quote(
        article=article,
        start=start,
        end=end,
        text=article.text[start:end],
        highlights=highlights,
        citation=cite(article, highlights[0] if highlights else (start, end), LINK_FOR),
        score=score,
        features=Features(0.81, 0.66, 0.9),
        also_in=tuple(cite(copy, (0, 0), LINK_FOR) for copy in copies),
    )


def query_of(question: str = LIGHTHOUSE_QUESTION, *, filtered: bool = False) -> Query:
    """A question, with every filter or without any."""
    if not filtered:
        return make_query(question, ("news",), asked_at=ASKED_AT)
    return make_query(
        question,
        ("news",),
        asked_at=ASKED_AT,
        since=datetime(2026, 3, 1, tzinfo=UTC),
        until=datetime(2026, 3, 8, tzinfo=UTC),
        sources=frozenset({"Harbour Gazette"}),
    )


def read_query() -> Query:
    """A question with everything that can be read out of one."""
    since, until = datetime(2026, 3, 2, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC)
    hints = (
        Hint(HintKind.SOURCE, "the Gazette", HintUse.FILTER, name="Harbour Gazette"),
        Hint(HintKind.DATES, "last week", HintUse.FILTER, since=since, until=until),
        Hint(HintKind.AUTHOR, "Ann *Otter*", HintUse.BOOST, name="Ann *Otter*"),
        Hint(HintKind.TITLE, "“The <@1> Lamp Burns”", HintUse.BOOST, name="The <@1> Lamp Burns"),
        Hint(HintKind.NOW, "latest", HintUse.BOOST),
    )
    return replace(query_of(), parsed=ParsedQuestion(hints, ("When was it lit?", "Who lit it?")))


def shown_of(
    quotes: Sequence[Quote],
    query: Query | None = None,
    *,
    answered: bool = True,
    private: bool = False,
    asked: str | None = None,
    checked: bool = False,
    gone: int = 0,
    missing: tuple[Missing, ...] = (),
    unanswered: tuple[str, ...] = (),
    answer_id: str = "AbCdEfGhIjKl",
) -> DeliveredAnswer:
    """An answer with these quotes, or with `answered` false none with them as the nearest."""
    query = query or query_of()
    searched = Searched(("news",), 53_000, 1_200, datetime(2026, 3, 9, tzinfo=UTC), ("g-1",))
    result = (
        Answer(query, tuple(quotes), 0.87, searched, missing, unanswered)
        if answered
        else NoAnswer(query, tuple(quotes), 0.12, searched, missing)
    )
    text = query.text if asked is None else asked
    asking = QuestionRequest(HERE, ANN, text, sources=tuple(query.sources), checked=checked)
    record = make_record(result, asking, private=private)
    return DeliveredAnswer(replace(record, id=answer_id), result, gone)


def listing_of(
    quotes: Sequence[Quote], count: int, subject: str = "the *lamp* of <@1>", query: Query | None = None
) -> Listing:
    """A list of the quoted articles, of as many in all."""
    cited = tuple(
        replace(quote.citation, link=quote.citation.url or LINK_FOR(quote.article)) for quote in quotes
    )
    searched = Searched(("news",), 53_000, 1_200, datetime(2026, 3, 9, tzinfo=UTC), ("g-1",))
    return Listing(query or query_of(filtered=True), subject, Match.PHRASE, "", count, 0, cited, searched)
