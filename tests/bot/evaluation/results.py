"""Outcomes and answers that a test names what it is about of."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from bot.answers.answer import Answer, Quote, Searched
from bot.corpus_admin.article_pages import ArticlePages
from bot.desk.citation import cite
from bot.desk.quoting import NO_FEATURES
from bot.evaluation.outcome import Group, Outcome
from bot.evaluation.stored_run import FORMAT, Run
from corpus.article import Article
from retrieval.question.query import make_query
from retrieval.text.sentences import Span

AT = datetime(2026, 2, 1, 9, 30, tzinfo=UTC)
FOUND = Outcome(
    id="q",
    question="Who?",
    type="",
    group=Group.ANSWERABLE,
    answered=True,
    confidence=0.8,
    rank=1,
    article_rank=1,
    whole=True,
    marked=True,
    seconds=0.02,
)
MISSED = replace(FOUND, rank=None, article_rank=None, whole=False, marked=False)
FOREIGN = replace(MISSED, group=Group.UNANSWERABLE, answered=False, confidence=0.1)


def found(rank: int | None, **changes: object) -> Outcome:
    """An answerable question whose answer stands at that place; it was asked in as many words."""
    whole = rank is not None and rank <= 10
    made = replace(FOUND, rank=rank, article_rank=rank, whole=whole, marked=rank == 1)
    return replace(made, **changes)  # type: ignore[arg-type]


def numbered(*outcomes: Outcome) -> tuple[Outcome, ...]:
    """Each under an id of its own."""
    return tuple(replace(one, id=f"q{number}", question=f"{number}?") for number, one in enumerate(outcomes))


def run_of(*outcomes: Outcome, **changes: object) -> Run:
    """A run with these outcomes."""
    made = Run(
        format=FORMAT,
        at=AT,
        newsdesk="0.1.0",
        model="hash-64",
        generations={"news": "20260201T093000-00000000"},
        changes={},
        questions="q.jsonl",
        limit=10,
        outcomes=outcomes,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def quote_of(article: Article, words: str, *marked: str) -> Quote:
    """The first place of these words in the article, with the first places of others in it marked."""

    def span(part: str) -> Span:
        start = article.text.index(part)
        return start, start + len(part)

    start, end = span(words)
    return Quote(
        article=article,
        start=start,
        end=end,
        text=article.text[start:end],
        highlights=tuple(span(part) for part in marked),
        citation=cite(article, (start, end), ArticlePages(Path("/pages")).link_for),
        score=0.5,
        features=NO_FEATURES,
    )


def answer_of(*quotes: Quote) -> Answer:
    """An answer of these quotes."""
    query = make_query("Who?", ("news",), asked_at=AT)
    return Answer(query, quotes, 0.8, Searched(("news",), 1, 1, None, ("g1",)))
