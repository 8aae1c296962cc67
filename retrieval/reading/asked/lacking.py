"""Whether a sentence lacks what an English question asks for, so that it can hardly be the answer.

A sentence that shares the question's words but lacks what is asked for is more often a near miss.
"""

from corpus.article import Article
from retrieval.reading.asked.amounts import amounts
from retrieval.reading.asked.changing import tells_nothing_asked
from retrieval.reading.asked.life_events import tells_no_asked_event


def lacks_asked(question: str, sentence: str, article: Article) -> bool:
    """Whether the question asks for a number, an amount of money, an age, a duration or a time and the
    sentence of this article has none (`amounts`), or for an event of somebody's life and no word tells of it
    (`life_events`), or for who holds an office or won a contest and it does not tell that (`changing`)."""
    spans = amounts(question, sentence)
    return (
        (spans is not None and not spans)
        or tells_no_asked_event(question, sentence)
        or tells_nothing_asked(question, sentence, article)
    )
