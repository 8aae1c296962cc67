"""Questions whose answer changes from time to time, so that the newest article that tells it counts.

They ask who holds an office or a role, who won a contest that is held again and again, or how old somebody
is.
"""

from corpus.article import Article
from retrieval.dates.named_times import named_times
from retrieval.holders.asked_role import asked_role
from retrieval.holders.naming import Named, holder, may_name_holder, tells_no_holder
from retrieval.reading.asked.ages import age_told, asks_age_now, tells_other_age
from retrieval.reading.asked.winners import names_contest, tells_no_winner, winner


def asks_changing(question: str) -> bool:
    """Whether the English question names a role, a contest or somebody, and asks who holds it, who won it
    most recently, or how old they are. Then `told` can find the answer in a sentence."""
    lately = names_contest(question) and not any(named_times(question))
    return asked_role(question) is not None or lately or asks_age_now(question)


def may_tell(question: str, text: str, article: Article) -> bool:
    """Whether a sentence of a text of the article may tell what the question asks (`told`). It saves looking
    at each sentence of most passages."""
    return asked_role(question) is None or may_name_holder(question, text, article.title)


def told(question: str, sentence: str, article: Article) -> Named | None:
    """Where, and how surely, a sentence of the article names who holds the role or won the contest that the
    English question names, or gives the age of the one it names; None if it does not tell it."""
    if asked_role(question):
        return holder(question, sentence, article.title)
    year = article.published.year if article.published else None
    words = winner(question, sentence, article.title, year) or age_told(question, sentence)
    return Named(words, surely=True) if words else None


def tells_nothing_asked(question: str, sentence: str, article: Article) -> bool:
    """Whether the English question asks who holds a role and the sentence does not tell it, who won
    a contest and a sentence of this article can hardly tell it, or for an age and it only has those of
    others."""
    year = article.published.year if article.published else None
    return (
        tells_no_holder(question, sentence, article.title)
        or tells_no_winner(question, sentence, article.title, year)
        or tells_other_age(question, sentence)
    )
