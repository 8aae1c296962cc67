"""Questions whose answer changes from time to time, so that the newest article that tells it counts.

They ask who holds an office, who won a contest that is held again and again, or how old somebody is.
"""

from corpus.article import Article
from retrieval.dates.named_times import named_times
from retrieval.reading.asked.ages import age_told, asks_age_now, tells_other_age
from retrieval.reading.asked.offices import holder, names_office, tells_no_holder
from retrieval.reading.asked.winners import names_contest, tells_no_winner, winner
from retrieval.text.sentences import Span


def asks_changing(question: str) -> bool:
    """Whether the English question names an office, a contest or somebody, and asks who holds it, who won it
    most recently, or how old they are. Then `told_words` can find the answer in a sentence."""
    lately = names_contest(question) and not any(named_times(question))
    return names_office(question) or lately or asks_age_now(question)


def told_words(question: str, sentence: str, article: Article) -> Span | None:
    """Where a sentence of the article names who holds the office or won the contest that the English question
    names, or gives the age of the one it names; None if it does not tell it."""
    year = article.published.year if article.published else None
    name = holder(question, sentence) or winner(question, sentence, article.title, year)
    return name or age_told(question, sentence)


def tells_nothing_asked(question: str, sentence: str, article: Article) -> bool:
    """Whether the English question asks who holds an office and the sentence does not tell it, who won
    a contest and a sentence of this article can hardly tell it, or for an age and it only has those of
    others."""
    year = article.published.year if article.published else None
    return (
        tells_no_holder(question, sentence)
        or tells_no_winner(question, sentence, article.title, year)
        or tells_other_age(question, sentence)
    )
