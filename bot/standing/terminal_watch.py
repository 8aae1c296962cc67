"""Standing questions in the terminal, checked on request."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.answers.answer import Quote
from bot.answers.answer_json import Row, quote_row
from bot.chat.standing_question import Found, StandingKind, StandingQuestion
from bot.chat.venue import Audience, Person, Venue
from bot.chat_store.chat_store import ChatStore
from bot.chat_store.standing.found_table import StandingFoundTable
from bot.corpus_admin.home import Home
from bot.desk import browse
from bot.desk.desk import Desk
from bot.desk.new_answers import NewAnswers
from bot.desk.unknown_name import unknown_name
from bot.standing.matching import Match, newly_answering, newly_by_source, split_matches
from bot.standing.new_articles import NewArticleFinder, NewArticles
from bot.standing.one_story import ARTICLES_COMPARED, without_told_events
from corpus.dates import format_moment
from corpus.errors import WrongCall
from retrieval.question.query import make_query
from retrieval.ranking.diversity import PAGE

HERE = Venue("terminal", None, "terminal", own=True, audience=Audience.PERSON)
"""The venue of standing questions that were set in the terminal."""
NOBODY = Person("terminal", "")
MOST_QUESTIONS = 200
"""The most standing questions of the terminal: as many as of a community."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The new articles for one standing question, each with its quotes."""

    standing: StandingQuestion
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class CheckedAll:
    """The standing questions with new articles, and what is to be stored after they were shown."""

    checked: tuple[Checked, ...]
    seen: dict[str, list[Found]]
    generations: dict[str, str]


class TerminalWatch:
    """Checks the standing questions of the terminal, once."""

    def __init__(self, home: Home, desk: Desk, chat_store: ChatStore, collections: tuple[str, ...]) -> None:
        """The desk is open; `collections` are searched, or all if there are none."""
        self._home, self._desk, self._collections = home, desk, collections
        self._questions, self._found = chat_store.standing, chat_store.standing_found

    def check(self, notice: Callable[[str], None]) -> CheckedAll:
        """The new articles since the last check; `notice` is called with a message for each question that
        can't be asked any more."""
        begin(self._home, self._found)
        new = NewArticleFinder(self._home, self._desk).since(self._found.looked(HERE.platform))
        if new is None:
            return CheckedAll((), {}, {})
        checked, seen = [], dict[str, list[Found]]()
        selections, asker = new.selections(), NewAnswers(self._desk)
        served = self._collections or tuple(self._desk.collections)

        def matches(standing: StandingQuestion) -> list[Match]:
            names = (standing.collection,) if standing.collection else served
            if standing.kind is StandingKind.SOURCE:
                return newly_by_source(standing, names, new, datetime.now(UTC))
            sources = frozenset({standing.source} if standing.source else ())
            query = make_query(standing.text, names, sources=sources)
            return newly_answering(standing, query, PAGE, new, selections, asker)

        for standing in self._questions.of_tenant(HERE.tenant):
            if standing.paused:
                continue
            try:
                found, same = split_matches(matches(standing), self._found.known(standing.id))
                told = self._found.last_found(standing.id, ARTICLES_COMPARED)
                found, reports = without_told_events(standing, self._desk, found, told)
            except WrongCall as error:
                notice(f"{standing.name!r} can't be asked: {error}")
                continue
            if found:
                quotes = tuple(quote for match in found for quote in self._quotes(match, new))
                checked.append(Checked(standing, quotes))
            seen[standing.id] = [*(match.found for match in found), *same, *reports]
        return CheckedAll(tuple(checked), seen, dict(new.generations))

    def _quotes(self, match: Match, new: NewArticles) -> tuple[Quote, ...]:
        """The quotes of a match; for a followed source, the opening of the article."""
        if match.quotes:
            return match.quotes
        article = new.collections[match.found.collection].article(match.found.article_id)
        return (browse.opening(self._desk, article),) if article else ()

    def remember(self, checked: CheckedAll) -> None:
        """Store that the results were shown."""
        self._found.record(HERE.platform, {}, checked.generations, checked.seen)


def begin(home: Home, found: StandingFoundTable) -> None:
    """Note the served generation of collections that were never checked, so that their articles do not count
    as new."""
    looked = found.looked(HERE.platform)
    pointers = {
        name: pointer
        for name in home.collections()
        if name not in looked and (pointer := home.generation_store(name).pointer())
    }
    if pointers:
        found.record(HERE.platform, {}, pointers)


def check_names(home: Home, source: str | None, collection: str | None) -> None:
    """Raise UnknownName if the collection does not exist, or none that is searched has the source."""
    there = home.collections()
    if collection and collection not in there:
        raise unknown_name("collection", collection, {name: name for name in there})
    if not source:
        return
    served = (home.generation_store(name).served() for name in ([collection] if collection else there))
    known = {key: name for one in served if one for key, name in one.snapshot.names.sources.items()}
    if source.casefold() not in known:
        raise unknown_name("source", source, known)


def standing_row(standing: StandingQuestion) -> Row:
    """A standing question as JSON (`docs/json.md`)."""
    return {
        "question": standing.text or None,
        "source": standing.source or None,
        "collection": standing.collection or None,
        "created": format_moment(standing.created),
        "paused": standing.paused is not None,
    }


def checked_row(checked: Checked) -> Row:
    """A standing question and its new passages as JSON (`docs/json.md`)."""
    return {**standing_row(checked.standing), "passages": [quote_row(one) for one in checked.quotes]}
