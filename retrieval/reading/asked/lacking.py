"""Whether a sentence lacks what an English question asks for, so that it can hardly be the answer.

A sentence that shares the question's words but lacks what is asked for is more often a near miss.
"""

from retrieval.reading.asked.amounts import amounts
from retrieval.reading.asked.life_events import tells_no_asked_event
from retrieval.reading.asked.offices import tells_no_holder


def lacks_asked(question: str, sentence: str) -> bool:
    """Whether the question asks for a number, an amount of money, an age, a duration or a time and the
    sentence has none (`amounts`), or for an event of somebody's life and no word tells of it
    (`life_events`), or for who holds an office and nobody is named beside it (`offices`)."""
    spans = amounts(question, sentence)
    return (
        (spans is not None and not spans)
        or tells_no_asked_event(question, sentence)
        or tells_no_holder(question, sentence)
    )
