"""Asks standing questions about new articles, and searches only where these may change the answer."""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from bot.answers.answer import Answer, NoAnswer
from bot.desk.desk import Desk
from retrieval.collection.collection import Collection, Selection
from retrieval.models.embedder import EncodedQuestion
from retrieval.question.query import Query
from retrieval.ranking.answer_staleness import Cutoff, cutoff, may_be_ranked
from retrieval.ranking.search import EncodedQuery


@dataclass(slots=True)
class _Known:
    """The cached state of a question: its embeddings by text; its cutoffs by collection, one for the question
    and each of its parts; and its resolved query, if that does not depend on articles."""

    encoded: dict[str, EncodedQuestion | None] = field(default_factory=dict)
    cutoffs: dict[str, list[Cutoff]] = field(default_factory=dict)
    stable: tuple[Query, list[EncodedQuery]] | None = None


class NewAnswers:
    """Caches a few kilobytes for each question, by its key. Thread-safe: one question after the other is
    checked, and searches run outside the lock."""

    def __init__(self, desk: Desk) -> None:
        """The cache is empty."""
        self._desk = desk
        self._known: dict[str, _Known] = {}
        self._one = threading.Lock()
        self._changing = threading.Lock()
        """Held only while `_known` gets or loses entries, so that `keep` never waits for a question."""
        self.searched = 0
        """How many questions were searched; the others could not have a new answer."""

    def keep(self, keys: frozenset[str]) -> None:
        """Drop all questions but these from the cache. Does not wait for a question that is checked."""
        with self._changing:
            self._known = {key: known for key, known in self._known.items() if key in keys}

    def ask(
        self, key: str, query: Query, limit: int, selections: Mapping[str, Selection]
    ) -> Answer | NoAnswer | None:
        """The desk's answer; None if none of the selected articles, by collection, can be in it.

        Raises UnknownName for a collection or a source that does not exist.
        """
        with self._one:
            with self._changing:
                known = self._known.setdefault(key, _Known())
            held = {one.name: one for one in self._desk.held(query.collections)}
            asked = self._understood(known, query, held.values())
            if not any(
                self._may_have(known, held[name], selection, asked)
                for name, selection in selections.items()
                if name in held
            ):
                return None
            self.searched += 1
        return self._desk.ask(query, limit)

    def _understood(self, known: _Known, query: Query, held: Iterable[Collection]) -> list[EncodedQuery]:
        if known.stable:
            before, asked = known.stable
            same_day = before.asked_at.date() == query.asked_at.date()
            same = same_day and replace(before, asked_at=query.asked_at) == query
            if same and not any(True for one in held for _ in one.names.mentions(query.text)):
                return [(replace(one, asked_at=query.asked_at), encoded) for one, encoded in asked]
        asked = self._desk.understood(query, known.encoded)
        known.stable = (query, asked) if self._desk.is_stable(query, asked[0][0]) else None
        return asked

    def _may_have(
        self, known: _Known, collection: Collection, selection: Selection, asked: list[EncodedQuery]
    ) -> bool:
        cutoffs = known.cutoffs.get(collection.name, [])
        if len(cutoffs) != len(asked) or not all(
            one.holds(collection, asking) for one, asking in zip(cutoffs, asked, strict=True)
        ):
            cutoffs = known.cutoffs[collection.name] = [cutoff(collection, asking) for asking in asked]
        return any(may_be_ranked(selection, one, asking) for one, asking in zip(cutoffs, asked, strict=True))
