"""A conversation in the terminal and one in a chat: the same questions, on the same desk."""

import io
import re
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from rich.console import Console

from bot.answers.answer import Answer
from bot.answers.listing_wording import title_words
from bot.chat.question_request import QuestionRequest
from bot.cli.conversation import Chat
from bot.cli.printing.terminal import Terminal
from bot.corpus_admin.home import Home
from bot.service.lookups import Listed
from bot.service.service import Service
from retrieval.models.onnx_embedder import OnnxEmbedder
from tests.bot.remembering_reader import remembering_reader
from tests.bot.service.office import ask, opened
from tests.bot.service.people import ANN, DIRECT, DIRECT_ANN

LEADER = "Who became prime minister of Japan in October 2025?"
BORN = "Where was she born?"
FIRST = "Was she the first woman to hold the office?"
SUMMIT = "Who met in Nara?"
UNKNOWN = "When was Ada Oro born?"
AS_ASKED = "as-asked"

_SEARCHED = re.compile(r"^Follow-up, searched as: (.*) \(type `as-asked`", re.MULTILINE)
_FIRST = re.compile(r"^1  .*\n   .*\n   (\S+)$", re.MULTILINE)
"""The first quote: title, source and link."""


class Typing:
    """A conversation in the terminal."""

    def __init__(self, service: Service) -> None:
        """It searches what the chat searches."""
        self._printed = io.StringIO()
        terminal = Terminal(Console(file=self._printed, width=100_000, highlight=False))
        self._chat = Chat(service.desk, service.access.collections(DIRECT), terminal)

    def understood(self, line: str) -> tuple[str, str]:
        """What was searched for a question, if it followed another, and the link of the first quote."""
        start = self._printed.tell()
        self._chat.take(line)
        printed = self._printed.getvalue()[start:]
        searched, first = _SEARCHED.search(printed), _FIRST.search(printed)
        answered = first and "I found no answer" not in printed
        return searched[1] if searched else "", first[1] if first and answered else ""

    def listed(self, line: str) -> str:
        """The heading of the list that a line asks for."""
        start = self._printed.tell()
        self._chat.take(line)
        return self._printed.getvalue()[start:].partition("\n")[0]


async def understood(service: Service, question: str) -> tuple[str, str]:
    """The same of a direct message to the bot."""
    if question == AS_ASKED:
        [last] = await service.stored_answers.history(DIRECT_ANN, 1)
        shown = await service.questions.widen(last.id, DIRECT_ANN, "read", private=False)
    elif await service.lookups.find(QuestionRequest(DIRECT, ANN, question)):
        return "", ""
    else:
        shown = await ask(service, DIRECT, ANN, question)
    searched = shown.record.query.text if shown.record.goes_on else ""
    return searched, shown.quotes[0].citation.link if isinstance(shown.result, Answer) else ""


@pytest_asyncio.fixture
async def reading(home: Home, minilm: OnnxEmbedder) -> AsyncIterator[Service]:
    """A service with the reader that the package has."""
    async with opened(home, minilm, reader=remembering_reader()) as found:
        yield found


@pytest.mark.parametrize(
    ("questions", "searched"),
    [
        (
            (LEADER, FIRST, "since when?", "is she married?"),
            "is Sanae Takaichi married? woman hold office became prime minister Japan, October 2025",
        ),
        (
            (LEADER, "Where was Sanae Takaichi born?", "is she married?"),
            "is Sanae Takaichi married? born",
        ),
        ((LEADER, BORN, AS_ASKED, "is she married?"), "is she married? born"),
        ((SUMMIT, "And when?", "Why?", "How long did it last?"), "How long did it last? met Nara"),
        ((SUMMIT, "And when?", AS_ASKED, "Why?"), "Why? met Nara"),
        ((SUMMIT, UNKNOWN, "and where?", "And when?"), "And when? Ada Oro born"),
        ((UNKNOWN, "and where?", SUMMIT, "And when?"), "And when? met Nara"),
        ((LEADER, "How many articles are there about Nara?", "And when?"), "And when? Nara"),
        ((LEADER, "How many articles are there about Xyzzy?", "And when?"), "And when? Xyzzy"),
    ],
)
async def test_the_terminal_and_a_chat_understand_follow_ups_alike(
    reading: Service, questions: tuple[str, ...], searched: str
) -> None:
    typing = Typing(reading)
    typed = [typing.understood(question) for question in questions]
    assert [await understood(reading, question) for question in questions] == typed
    assert typed[-1][0] == searched


async def test_the_terminal_and_a_chat_change_a_list_alike(reading: Service) -> None:
    typing = Typing(reading)
    for question, heading in (
        ("articles about Nara", "12 articles mention “Nara”"),
        ("and about Xyzzy?", "No article mentions “Xyzzy”."),
        ("what about Golden?", "1 article mentions “Golden”"),
        ("older than 5 January 2020", "Nothing from then."),
        ("how about since 5 January 2020?", "1 article mentions “Golden”"),
        ("and how many?", "1 article mentions “Golden”"),
    ):
        found = await reading.lookups.find(QuestionRequest(DIRECT, ANN, question))
        assert isinstance(found, Listed)
        assert (typing.listed(question), title_words(found.listing)) == (heading, heading)


async def test_what_was_told_earlier_in_a_conversation_is_told_again_by_neither(reading: Service) -> None:
    questions = (SUMMIT, "And where?", "Why?", "How?", "How long did it last?", "and how?", "Why?")
    typing = Typing(reading)
    typed = [typing.understood(question) for question in questions]
    assert [await understood(reading, question) for question in questions] == typed
