"""What is said of an answer as a whole, above it: that nothing is written here, that the model does not know
the question's language."""

from collections.abc import Iterator

from bot.answers.answer import Answer, NoAnswer
from bot.messages.catalogue import ENGLISH, Messages, messages_for
from retrieval.question.courtesies import asks_to_write


def notes(result: Answer | NoAnswer, messages: Messages | None = None) -> Iterator[str]:
    """Lines of the bot's own words, in English where no messages are given."""
    messages = messages or messages_for(ENGLISH)
    query = result.query
    if not query.as_asked and asks_to_write(query.text):
        yield messages("only-quotes")
    if query.foreign and not _speaks(result, query.foreign):
        yield messages("foreign-question")


def _speaks(result: Answer | NoAnswer, language: str) -> bool:
    """Whether it answers with an article in that language: then its words alone were enough."""
    if not isinstance(result, Answer) or not result.quotes:
        return False
    return result.quotes[0].article.language in (language, "und")
