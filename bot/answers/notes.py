"""Notes above an answer: that the bot only quotes and writes no text of its own, that the model does not know
the question's language, and which of several questions has no answer."""

from collections.abc import Iterator

from bot.answers.answer import Answer, NoAnswer
from bot.messages.catalogue import ENGLISH, Messages, messages_for
from retrieval.question.courtesies import asks_to_write


def notes(result: Answer | NoAnswer, messages: Messages | None = None) -> Iterator[str]:
    """The notes, one line each, in English if no messages are given."""
    messages = messages or messages_for(ENGLISH)
    query = result.query
    if not query.as_asked and asks_to_write(query.text):
        yield messages("only-quotes")
    if query.parsed.foreign and not _speaks(result, query.parsed.foreign):
        yield messages("foreign-question")
    if isinstance(result, Answer):
        for question in result.unanswered:
            yield messages("unanswered", question=question)


def _speaks(result: Answer | NoAnswer, language: str) -> bool:
    """Whether the first quote is in that language: then word matching alone found an answer."""
    if not isinstance(result, Answer) or not result.quotes:
        return False
    return result.quotes[0].article.language in (language, "und")
