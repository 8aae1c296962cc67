"""A conversation in the terminal."""

import re
from collections.abc import Callable
from typing import TextIO

from bot.answers.ambiguous_name import ambiguous_name, in_full
from bot.answers.answer import Answer, NoAnswer, Quote, quotes_of
from bot.answers.excerpt import surroundings
from bot.answers.listing import ARTICLES_LISTED
from bot.answers.wording import why_words
from bot.chat.answer_record import key_of
from bot.chat.incoming_message import language_of
from bot.cli.printing.answer_printer import print_answer, print_context, print_quotes, print_source
from bot.cli.printing.lookup_printer import LookedUp, look_up, print_looked_up, print_sources
from bot.cli.printing.remark_reply import message_language, reply_to
from bot.cli.printing.terminal import Terminal, day_first_here
from bot.desk.desk import Desk
from bot.desk.examples import example_of, example_words
from bot.desk.follow_ups import ask_following, continues_refused, list_after, previous_list, previous_of
from bot.messages.catalogue import ENGLISH, messages_for
from corpus.errors import NewsdeskError, WrongCall
from corpus.lazy_pattern import lazy_pattern
from retrieval.question.followups.previous_question import PreviousQuestion
from retrieval.question.query import Query, clean_question, make_query
from retrieval.question.remarks.quote_number import quote_number
from retrieval.question.remarks.remark import Remark, remark_of, remark_on_list
from retrieval.ranking.diversity import PAGE

_SLASHED = lazy_pattern(r"/([a-z][\w-]*)(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)
_NUMBERED = lazy_pattern(r"(context|why)(?:\s+([+-]?\d{1,9}))?", re.IGNORECASE)

CHATS_ONLY = ("corpus", "newsdesk", "settings", "watch")
AS_ASKED = "Type `as-asked`"
HELP = """Ask a question, or one of these:
  more         the next passages
  context 2    the sentences around quote 2
  why 1        why quote 1 was found
  sources      the outlets
  reports      the last list of what is new, with each report of an event
  as-asked     the last question again, without what was read out of its words
  history      what was asked
  new          forget what was asked
  help         this
  quit         (or an end of input) ends"""


class Chat:
    """The state of a conversation, and the effect of each typed line on it."""

    def __init__(
        self, desk: Desk, collections: tuple[str, ...], terminal: Terminal, *, as_asked: bool = False
    ) -> None:
        """Search `collections`, or all that are served if it is empty. With `as_asked` no filters are read
        from the questions."""
        self._desk = desk
        self._collections = collections
        self._terminal = terminal
        self._taken_as_asked = as_asked
        self._asked: list[str] = []
        self._before: PreviousQuestion | None = None
        self._followed: PreviousQuestion | None = None
        """The context with which the last question was searched."""
        self._refused: NoAnswer | None = None
        """The last refusal after the answer to which `_before` belongs."""
        self._result: Answer | NoAnswer | None = None
        self._shown: list[Quote] = []
        self._continued = False
        """Whether all quotes in `_shown` were shown in full, and not only in one line."""
        self._listed: LookedUp | None = None
        self._reached = 0

    def take(self, line: str) -> bool:
        """Run a command or answer a question; False if the line ends the conversation."""
        try:
            return self._taken(_without_slash(line.strip()))
        except NewsdeskError as error:
            self._terminal.notice(str(error))
            return True

    def _taken(self, line: str) -> bool:
        word = line.strip().lower()
        commands: dict[str, Callable[[], None]] = {
            "more": self._more,
            "sources": lambda: print_sources(self._terminal, self._desk, self._searched()),
            "reports": self._reports,
            "as-asked": self._as_asked,
            "history": self._history,
            "new": self._forget,
            "help": self._help,
        }
        if word in ("quit", "exit"):
            return False
        if word in commands:
            commands[word]()
        elif (numbered := _NUMBERED.fullmatch(word)) and (numbered[2] or word == "context"):
            show = self._context if numbered[1] == "context" else self._why
            show(self._quote(*numbered.groups()))
        elif word:  # also "why" alone, which is a question
            self._ask(line)
        return True

    def _ask(self, line: str) -> None:
        self._desk.refresh()
        if not self._taken_as_asked and (remark := self._remark(line)):
            self._reply(remark, line)
            return
        question = self._meant(clean_question(line))
        query = self._query(question)
        if asked := look_up(self._desk, list_after(self._desk, query, self._before)):
            self._asked.append(question)
            self._listed, self._reached, self._result = asked, 0, None
            self._shown = print_looked_up(self._terminal, self._desk, asked)
            self._before = previous_list(asked.about, asked.listed, next(iter(self._shown), None))
            self._followed = self._refused = None
            return
        self._listed = None
        before = self._before
        if self._refused and continues_refused(question, self._refused.query):
            before = previous_of(self._refused, self._followed)
        self._result, self._followed = ask_following(self._desk, query, before), before
        self._asked.append(question)
        self._shown, self._continued = list(self._quotes()), False
        searched = self._result.query
        if searched.text != question:
            self._terminal.say(
                f"Follow-up, searched as: {searched.text} (type `as-asked` to search your exact words)"
            )
        self._remember(self._result)
        print_answer(self._terminal, self._result, AS_ASKED)

    def _remember(self, result: Answer | NoAnswer) -> None:
        """Let the next question follow this one. One that was refused is followed only if no question was
        answered, or if the next one goes on from it."""
        if isinstance(result, Answer) or not (self._before and self._before.answered):
            self._before, self._refused = previous_of(result, self._followed), None
        else:
            self._refused = result

    def _remark(self, line: str) -> Remark | None:
        """What the line is if it asks nothing. More about the subject of a list is a question about it."""
        remark = (remark_on_list if self._listed else remark_of)(line)
        return None if remark is Remark.MORE and self._listed and self._listed.about else remark

    def _reply(self, remark: Remark, line: str) -> None:
        """Reply to a remark that is not a question. It does not change which question a follow-up continues.
        A request to rewrite the quotes shows the last answer again, one for more the next quotes, and a
        question about a quote its source."""
        if remark is Remark.ABILITY:
            if language_of(line):
                self._terminal.say(reply_to(remark, line, self._desk, self._collections))
            self._help()
            return
        if remark is Remark.MORE and (self._result or self._listed):
            self._more()
            return
        if remark is Remark.NEW_TOPIC:
            self._forget()
            return
        if remark is Remark.SOURCE and self._shown:
            self._source(line)
            return
        if remark is Remark.DOUBT and self._result:
            self._terminal.say(messages_for(message_language(line))("more-passages"))
            return
        if remark is Remark.WRITE and isinstance(self._result, Answer):
            self._terminal.say(messages_for(message_language(line))("quotes-again"))
            print_answer(self._terminal, self._result, AS_ASKED)
            return
        self._terminal.say(reply_to(remark, line, self._desk, self._collections))

    def _source(self, line: str) -> None:
        messages = messages_for(message_language(line))
        number = quote_number(line, 1, len(self._shown))
        if 1 <= number <= len(self._shown):
            print_source(self._terminal, number, self._shown[number - 1].citation, messages)
        else:
            self._terminal.say(messages("no-such-quote", number=number))

    def _meant(self, question: str) -> str:
        """The last question with a person's full name, if only that name was typed, and the last answer has
        several people with the same family name; else the question itself."""
        named = ambiguous_name(self._result) if self._result else None
        for person in named.people if named else ():
            if question.casefold() == person.casefold():
                return in_full(self._asked[-1], person)
        return question

    def _query(self, text: str) -> Query:
        return make_query(
            text,
            self._searched(),
            as_asked=self._taken_as_asked,
            day_first=day_first_here(),
        )

    def _searched(self) -> tuple[str, ...]:
        return self._collections or tuple(self._desk.collections)

    def _help(self) -> None:
        names = self._searched()
        example = example_of(self._desk.held(names), make_query("news", names))
        if said := example_words(example, messages_for(ENGLISH)):
            self._terminal.say(said)
        self._terminal.say(HELP)

    def _as_asked(self) -> None:
        last = self._listed or self._result
        if last is None:
            raise WrongCall("ask a question first")
        own = last.query.unparsed(self._asked[-1])
        self._result, self._listed = self._desk.ask(own), None
        self._remember(self._result)
        self._shown, self._continued = list(self._quotes()), False
        print_answer(self._terminal, self._result, AS_ASKED)

    def _reports(self) -> None:
        if not (self._listed and self._listed.request):
            raise WrongCall("`reports` is for a list of what is new: ask “what's new?” first")
        self._shown = print_looked_up(self._terminal, self._desk, self._listed, each=True)

    def _quotes(self) -> tuple[Quote, ...]:
        return quotes_of(self._result) if self._result else ()

    def _more(self) -> None:
        """Show the next quotes in full, beginning with those that were shown in one line each."""
        if self._listed and self._listed.request:
            first = min(self._listed.request.most or ARTICLES_LISTED, ARTICLES_LISTED)
            self._reached += ARTICLES_LISTED if self._reached else first
            print_looked_up(self._terminal, self._desk, self._listed, self._reached)
            return
        if self._result is None:
            raise WrongCall("ask a question first")
        answered = isinstance(self._result, Answer)
        told = self._shown[: len(self._shown) if self._continued or not answered else 1]
        already = set(map(key_of, told))
        result = self._desk.ask(self._result.query, len(told) + 2 * PAGE)
        following = [quote for quote in quotes_of(result) if key_of(quote) not in already][:PAGE]
        if not following:
            self._terminal.say("There is nothing more.")
        print_quotes(self._terminal, following, self._result.query.asked_at, first=len(told) + 1)
        self._shown, self._continued = [*told, *following], True

    def _quote(self, command: str, digits: str | None) -> Quote:
        if digits is None:
            raise WrongCall(f"say of which quote: `{command} 1`")
        number = int(digits)
        if not 1 <= number <= len(self._shown):
            raise WrongCall(
                f"there is no quote {number}: the last one shown is {len(self._shown)}"
                if self._shown
                else "no quote is shown yet: ask a question first"
            )
        return self._shown[number - 1]

    def _context(self, quote: Quote) -> None:
        print_context(self._terminal, quote, *surroundings(quote))

    def _why(self, quote: Quote) -> None:
        if self._result is not None:
            self._terminal.say(why_words(quote, self._result.query))

    def _history(self) -> None:
        if not self._asked:
            self._terminal.say("Nothing was asked yet.")
        for number, question in enumerate(self._asked, 1):
            self._terminal.say(f"{number}  {question}")

    def _forget(self) -> None:
        self._asked, self._before, self._result, self._shown = [], None, None, []
        self._followed, self._refused = None, None
        self._listed = None
        self._terminal.say("What was asked before is forgotten.")


def _without_slash(line: str) -> str:
    """What a command of the chats asks for here: "/latest" is a question, and "/more" what "more" is. Raises
    WrongCall for one that only chats have."""
    found = _SLASHED.fullmatch(line)
    if found is None:
        return line
    name, rest = found[1].lower(), found[2] or ""
    if name == "latest":
        return f"latest news about {rest}" if rest else "what's new"
    if name in CHATS_ONLY:
        raise WrongCall(f"`/{name}` works in Discord and Slack; in a terminal, see `newsdesk --help`")
    return rest if name in ("ask", "article") else " ".join(filter(None, (name, rest)))


def chat_with(
    desk: Desk, collections: tuple[str, ...], terminal: Terminal, lines: TextIO, *, as_asked: bool = False
) -> None:
    """Hold a conversation until it is ended or `lines` has no more lines."""
    chat = Chat(desk, collections, terminal, as_asked=as_asked)
    terminal.say("Ask about the news; `help` lists what else there is, `quit` ends.")
    while True:
        line = terminal.read(lines)
        if not line or not chat.take(line):
            return
