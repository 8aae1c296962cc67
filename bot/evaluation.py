"""How good the answers to questions with known evidence are."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass

from rich.table import Table

from bot.answer import Answer, Quote, quotes_of
from bot.desk import Desk
from bot.questions import Question
from corpus.article import Article
from corpus.errors import WrongCall
from retrieval.query import make_query
from retrieval.sentences import Span


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Shares of the answerable questions (hits, mean reciprocal rank over ten, answered) and of the others
    (refused). `without_evidence` counts questions whose evidence is not in the corpus; they are left out."""

    answerable: int
    hit_1: float
    hit_3: float
    hit_10: float
    mrr_10: float
    highlighted_1: float
    answered: float
    unanswerable: int
    refused: float
    without_evidence: int

    def to_row(self) -> dict[str, float]:
        """As JSON."""
        return asdict(self)


def evaluate(
    desk: Desk, questions: Sequence[Question], collections: tuple[str, ...], limit: int
) -> Evaluation:
    """Ask every question and compare with its evidence: rows as in `docs/json.md`.

    A question is hit where a shown passage holds at least half of an answer's characters.
    """
    for name in collections:
        if name not in desk.snapshots:
            raise WrongCall(f"there is no collection {name!r}; there are: {', '.join(desk.snapshots)}")
    articles = {article.id: article for name in collections for article in desk.snapshots[name].articles}
    ranks: list[int | None] = []
    answered = refused = unanswerable = without = highlighted = 0
    for question in questions:
        gold = list(gold_spans(question, articles))
        answerable = question.row.get("answerable", True)
        if answerable and not gold:
            without += 1
            continue
        try:
            result = desk.ask(make_query(question.text, collections, asked_at=question.asked_at), limit)
        except WrongCall:
            result = None
        given = isinstance(result, Answer)
        if not answerable:
            unanswerable += 1
            refused += not given
            continue
        answered += given
        quotes = () if result is None else quotes_of(result)
        ranks.append(next((rank for rank, quote in enumerate(quotes, 1) if holds(quote, gold)), None))
        highlighted += bool(quotes) and _marks(quotes[0], gold)

    def share(count: float, of: int) -> float:
        return round(count / of, 4) if of else 0.0

    def within(k: int) -> int:
        return sum(rank is not None and rank <= k for rank in ranks)

    return Evaluation(
        answerable=len(ranks),
        hit_1=share(within(1), len(ranks)),
        hit_3=share(within(3), len(ranks)),
        hit_10=share(within(10), len(ranks)),
        mrr_10=share(sum(1 / rank for rank in ranks if rank and rank <= 10), len(ranks)),
        highlighted_1=share(highlighted, len(ranks)),
        answered=share(answered, len(ranks)),
        unanswerable=unanswerable,
        refused=share(refused, unanswerable),
        without_evidence=without,
    )


def table(result: Evaluation) -> Table:
    """The figures for people."""
    shown = Table("measure", "value", "of", title="Evaluation")
    for name in ("hit_1", "hit_3", "hit_10", "mrr_10", "highlighted_1", "answered", "refused"):
        of = result.unanswerable if name == "refused" else result.answerable
        shown.add_row(name.replace("_", "@"), f"{getattr(result, name):.3f}" if of else "–", str(of))
    shown.add_row("without evidence", "", str(result.without_evidence))
    return shown


def gold_spans(question: Question, articles: dict[str, Article]) -> Iterator[tuple[str, Span]]:
    """The spans of the evidence: the first answer inside the quoted evidence, else the whole of it."""
    evidence = question.row.get("evidence")
    answers = question.row.get("answers")
    for piece in evidence if isinstance(evidence, list) else []:
        if not isinstance(piece, dict):
            continue
        article = articles.get(str(piece.get("article_id")))
        quote = str(piece.get("quote", ""))
        at = article.text.find(quote) if article and quote else -1
        if article is None or at < 0:
            continue
        answer = str(answers[0]) if isinstance(answers, list) and answers else ""
        inside = quote.find(answer) if answer else -1
        span = (at + inside, at + inside + len(answer)) if inside >= 0 else (at, at + len(quote))
        yield article.id, span


def holds(quote: Quote, gold: Sequence[tuple[str, Span]]) -> bool:
    """Whether a quote has at least half of one of the spans."""
    return any(quote.article.id == key and _half((quote.start, quote.end), span) for key, span in gold)


def _marks(quote: Quote, gold: Sequence[tuple[str, Span]]) -> bool:
    return any(
        quote.article.id == key and _half(mark, span) for mark in quote.highlights for key, span in gold
    )


def _half(shown: Span, wanted: Span) -> bool:
    return 2 * (min(shown[1], wanted[1]) - max(shown[0], wanted[0])) >= wanted[1] - wanted[0]
