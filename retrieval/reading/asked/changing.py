"""Questions whose answer changes from time to time, so that the newest article that tells it counts.

They ask who holds an office, or who won a contest that is held again and again.
"""

from corpus.article import Article
from retrieval.dates.named_times import named_times
from retrieval.reading.asked.offices import holder, names_office, tells_no_holder
from retrieval.reading.asked.winners import names_contest, tells_no_winner, winner
from retrieval.text.sentences import Span


def asks_changing(question: str) -> bool:
    """Whether the English question names an office or a contest, and asks who holds it, or who won it most
    recently. Then `told_name` can find the name in a sentence."""
    return names_office(question) or (names_contest(question) and not any(named_times(question)))


def told_name(question: str, sentence: str, article: Article) -> Span | None:
    """Where a sentence of the article names who holds the office or won the contest that the English question
    names; None if it does not tell it."""
    year = article.published.year if article.published else None
    return holder(question, sentence) or winner(question, sentence, article.title, year)


def tells_nothing_asked(question: str, sentence: str, article: Article) -> bool:
    """Whether the English question asks who holds an office and the sentence does not tell it, or who won a
    contest and a sentence of this article can hardly tell it."""
    year = article.published.year if article.published else None
    return tells_no_holder(question, sentence) or tells_no_winner(question, sentence, article.title, year)
