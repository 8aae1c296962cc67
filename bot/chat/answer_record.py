"""The stored record of an answer, so that its buttons work for weeks."""

import secrets
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

import msgspec

from bot.answers.answer import Answer, Missing, NoAnswer, Quote, Searched, answered_questions, quotes_of
from bot.chat.question_request import QuestionRequest
from bot.chat.venue import Caller, Venue
from corpus.article import ArticleKey
from retrieval.question.hint import HintUse
from retrieval.question.parsed_question import ParsedQuestion
from retrieval.question.query import Query
from retrieval.ranking.hit import Features
from retrieval.text.sentences import Span

ID_BYTES = 9
"""Random bytes of an id, which has 12 characters: 2^72 values can't be guessed, and it fits every button."""


Key = tuple[str, str, int]
"""The key of a quote: collection, article id and start."""


@dataclass(frozen=True, slots=True)
class QuoteRef:
    """A reference to quoted words, without the words: `version` is the version of the article."""

    collection: str
    article_id: str
    version: str
    start: int
    end: int
    highlights: tuple[Span, ...]
    score: float
    features: Features
    copies: tuple[ArticleKey, ...] = ()
    """The collection and id of each article with the same words."""
    shown: Span | None = None
    """The span that was shown at once, and `answer` that of the words taken for the answer; earlier releases
    stored neither."""
    answer: Span | None = None


@dataclass(frozen=True, slots=True)
class Carried:
    """What a question takes along from the conversation before it, for the questions after it: the passages
    that were told, and the person whom a pronoun means."""

    told: tuple[Key, ...] = ()
    person: str = ""

    def into(self, query: Query) -> "Carried":
        """What is carried on by a query, which may no longer be about the person."""
        return self if self.person in query.text else Carried(self.told)


@dataclass(frozen=True, slots=True)
class AnswerRecord:
    """One answer as it was given: to whom, where, to which question, and with which quotes.

    `asked` is what the person wrote, and `query` what was searched. `sources` are the sources that the person
    named, whatever the community restricted the search to. `checked` is whether `asked` is another person's
    message that was looked up. `before` are the quotes of the answers that this one continues. `question` is
    the message with the question, as in `QuestionRequest.message`.
    """

    id: str
    venue: Venue
    person: str
    asked: str
    query: Query
    answered: bool
    confidence: float
    kept: tuple[QuoteRef, ...]
    searched: Searched
    private: bool
    sources: frozenset[str] = frozenset()
    checked: bool = False
    before: tuple[Key, ...] = ()
    question: str = ""
    missing: tuple[Missing, ...] = ()
    """The anchors of the question that no quote has; earlier releases did not store them."""
    subject: str | None = None
    """The subject of a list, empty for all articles; None for an answer with quotes."""
    carried: Carried = Carried()
    """Earlier releases did not store it."""
    unanswered: tuple[str, ...] = ()
    """The questions of the message that have no answer; earlier releases did not store them."""

    @property
    def first(self) -> int:
        """The number of the first quote."""
        return 1 + len(self.before)

    @property
    def told(self) -> tuple[Key, ...]:
        """The quotes whose whole words were shown so far: of the first page of an answer only its first
        quote, or the first one of each question, as the others are shown in one line."""
        told = self.kept if self.before or not self.answered else self.kept[: self.in_full]
        return (*self.before, *((kept.collection, kept.article_id, kept.start) for kept in told))

    @property
    def in_full(self) -> int:
        """How many quotes of the first page are shown in full: one of each question that is answered."""
        return answered_questions(self.query, self.unanswered)

    @property
    def goes_on(self) -> bool:
        """Whether words of the question before were searched too."""
        return not self.checked and _words(self.query.text) != _words(self.asked)

    def asked_again(self, caller: Caller) -> QuestionRequest:
        """The same question, asked by a person in a venue."""
        return QuestionRequest(
            caller.venue,
            caller.person,
            self.asked,
            sources=tuple(sorted(self.sources)),
            message=self.question,
            checked=self.checked,
        )

    @property
    def created(self) -> datetime:
        """When the question was asked."""
        return self.query.asked_at


def make_record(
    result: Answer | NoAnswer,
    asking: QuestionRequest,
    *,
    private: bool,
    before: tuple[Key, ...] = (),
    carried: Carried = Carried(),
) -> AnswerRecord:
    """The record of a new answer to a question, with a new id; `before` is as in `AnswerRecord`."""
    return AnswerRecord(
        id=new_id(),
        venue=asking.venue,
        person=asking.person.id,
        asked=asking.text,
        query=result.query,
        answered=isinstance(result, Answer),
        confidence=result.confidence,
        kept=tuple(_keep(quote) for quote in quotes_of(result)),
        searched=result.searched,
        private=private,
        sources=frozenset(asking.sources),
        checked=asking.checked,
        before=before,
        question=asking.message,
        missing=result.missing,
        carried=carried.into(result.query),
        unanswered=result.unanswered if isinstance(result, Answer) else (),
    )


def _words(question: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in question).split()


def _keep(quote: Quote) -> QuoteRef:
    return QuoteRef(
        collection=quote.article.collection,
        article_id=quote.article.id,
        version=quote.article.version(),
        start=quote.start,
        end=quote.end,
        highlights=quote.highlights,
        score=quote.score,
        features=quote.features,
        copies=tuple((copy.collection, copy.article_id) for copy in quote.also_in),
        shown=quote.shown,
        answer=quote.answer,
    )


def new_id() -> str:
    """A random id."""
    return secrets.token_urlsafe(ID_BYTES)


def key_of(quote: Quote) -> Key:
    """The key of a quote."""
    return *quote.article.key, quote.start


def articles_of(record: AnswerRecord) -> frozenset[ArticleKey]:
    """The collection and id of every article that an answer or its conversation quotes or names as a copy."""
    quoted = [(kept.collection, kept.article_id) for kept in record.kept]
    copies = [copy for kept in record.kept for copy in kept.copies]
    told = (*record.before, *record.carried.told)
    return frozenset([*quoted, *copies, *((collection, article_id) for collection, article_id, _ in told)])


def encode(record: AnswerRecord) -> str:
    """Serialise a record."""
    row = msgspec.to_builtins(record)
    query = row["query"]
    query |= query.pop("parsed")
    query["clues"] = [_kept_hint(hint) for hint in query.pop("hints")]
    for quote in row["kept"]:
        features = quote.pop("features")
        quote["signals"] = features | {"late": features.pop("maxsim")}
    return msgspec.json.encode(row).decode()


def decode(body: str) -> AnswerRecord:
    """Parse a serialised record, also one of an earlier release, with fewer fields.

    Raises msgspec.MsgspecError if it is malformed.
    """
    row = msgspec.json.decode(body, type=dict[str, Any])
    try:
        query = row["query"]
        hints = [_hint(kept) for kept in query.pop("clues", ())]
        parsed = {name: query.pop(name) for name in _PARSED if name in query}
        query["parsed"] = parsed | {"hints": hints}
        for quote in row["kept"]:
            features = quote.pop("signals")
            quote["features"] = features | {"maxsim": features.pop("late", None)}
    except (KeyError, TypeError, AttributeError) as error:
        raise msgspec.ValidationError(f"it is no record of an answer ({error!r})") from error
    return msgspec.convert(row, AnswerRecord)


# The stored field names are those of release 0.1.0, so that both versions can read each other's records.
_PARSED = frozenset(field.name for field in fields(ParsedQuestion)) - {"hints"}
"""The fields of a parsed question, which stand beside those of the query."""


def _kept_hint(hint: dict[str, Any]) -> dict[str, Any]:
    use = hint.pop("use")
    left_out = {"left_out": True} if use == HintUse.EXCLUDE else {}
    return hint | {"firm": use == HintUse.FILTER} | left_out


def _hint(kept: dict[str, Any]) -> dict[str, Any]:
    firm, left_out = kept.pop("firm"), kept.pop("left_out", False)
    return kept | {"use": HintUse.EXCLUDE if left_out else HintUse.FILTER if firm else HintUse.BOOST}
