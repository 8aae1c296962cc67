"""The desk: takes a question, answers it from the snapshots it holds, and takes on new ones."""

import difflib
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import numpy as np

from bot.answers.answer import Answer, Citation, NoAnswer, Quote, Searched
from bot.corpus_admin.home import Home
from bot.corpus_admin.limits import Room
from bot.corpus_admin.reload import ReloadReport, reload
from bot.desk.citation import LinkFor, cite
from corpus.article import Article
from corpus.errors import NewsdeskError, NothingToServe, UnknownName
from corpus.storage.store import Source
from corpus.storage.withdrawn import Ids
from retrieval.index.snapshot import Snapshot
from retrieval.models.embedder import Embedder, EncodedQuestion, EncodedTexts
from retrieval.models.reranker import Reranker
from retrieval.models.token_vectors import Places, Signs, joined
from retrieval.progress import ProgressCallback
from retrieval.question.query import Query
from retrieval.ranking.confidence import ANSWER_AT, confidence
from retrieval.ranking.diversity import PAGE
from retrieval.ranking.hit import Features, Hit
from retrieval.ranking.query_understanding import understood
from retrieval.ranking.search import search
from retrieval.text.analyzer import Analyzer
from retrieval.text.sentences import Span

LENT_TEXTS = 32
"""Texts embedded for a reload at a time: a question waits for no more than that, a fraction of a second."""
LENT_PAUSE = 0.001
"""Seconds between them: a thread that lets go of a lock and takes it at once leaves nobody else a chance."""

Notice = Callable[[str], None]
"""Called with a line that an operator should see."""


class Desk:
    """Answers from any thread. Each question takes the snapshots' references once, so that it sees one
    generation of each collection from beginning to end, whatever is reloaded meanwhile."""

    def __init__(
        self,
        home: Home,
        embedder: Embedder,
        notice: Notice,
        reranker: Reranker | None = None,
        link_for: LinkFor | None = None,
    ) -> None:
        """Nothing is read before `open`. Citations link to what `link_for` says, by default to the article's
        own address, or to its page in the home."""
        self._link_for = link_for or home.pages.link_for
        self._reranker = reranker
        self._home = home
        self._embedder = embedder
        self._notice = notice
        self._snapshots: Mapping[str, Snapshot] = {}
        self._published: Mapping[str, tuple[str | None, frozenset[str]]] | None = None
        self._said = ""
        self._model = threading.Lock()
        self._opening = threading.Lock()

    def open(self) -> None:
        """Take on what is published now; what can't be served is said, and what was served stays.

        Raises NothingToServe where no collection can be served at all.
        """
        with self._opening:
            self._open()

    def _open(self) -> None:
        # Before anything is read: what is published meanwhile is then seen the next time.
        withdrawn = self._withdrawn()
        published = {
            name: (self._home.generation_store(name).pointer(), withdrawn.get(name, frozenset()))
            for name in self._home.collections()
        }
        if published == self._published:
            return
        snapshots = dict(self._snapshots)
        failed: NewsdeskError | None = None
        for name, (pointer, taken_out) in published.items():
            held = snapshots.get(name)
            if held and held.generation == pointer:
                snapshots[name] = replace(held, withdrawn=taken_out) if held.withdrawn != taken_out else held
                continue
            try:
                opened = self._home.generation_store(name).open(self._embedder.model, Analyzer(), taken_out)
            except NothingToServe as error:
                failed = error
                self._notice(str(error))
                continue
            for refused in opened.refused:
                self._notice(f"{refused}; generation {opened.snapshot.generation} answers instead")
            snapshots[name] = opened.snapshot
        if not snapshots:
            raise failed or NothingToServe(
                f"there is nothing to answer from in {self._home.root}: run `newsdesk corpus add PATH`"
            )
        self._snapshots, self._published = snapshots, published

    def _withdrawn(self) -> Ids:
        """The articles of each collection that must not be found, also in a generation gone back to.

        Where that can't be read, no answer is stopped and nothing comes back: what is held knows it, or
        else the generations, but for what was withdrawn since without a reload.
        """
        withdrawn = self._home.withdrawn  # a home that can't be used at all is another matter
        try:
            known = withdrawn.all()
        except NewsdeskError as error:
            if str(error) != self._said:
                self._notice(str(error))
            self._said = str(error)
            held = {name: snapshot.withdrawn for name, snapshot in self._snapshots.items()}
            return {**self._home.remembered_withdrawn(), **held}
        self._said = ""
        return known

    def refresh(self) -> bool:
        """Take on what another process published since; quick where nothing was, or where another thread
        is taking it on already. Whether all that was published before the call is answered from now."""
        if not self._opening.acquire(blocking=False):
            return False
        try:
            self._open()
        except NewsdeskError as error:
            self._notice(str(error))
            return False
        finally:
            self._opening.release()
        return True

    @property
    def snapshots(self) -> Mapping[str, Snapshot]:
        """What is answered from, by collection."""
        return self._snapshots

    def held(self, collections: Sequence[str]) -> list[Snapshot]:
        """The snapshots of these collections. Raises UnknownName where one is not served."""
        held = self._snapshots
        for name in collections:
            if name not in held:
                raise _unknown("collection", name, {known: known for known in held})
        return [held[name] for name in collections]

    def article(self, collection: str, article_id: str) -> Article | None:
        """The article as it is served now, None where it is not there or was withdrawn."""
        snapshot = self._snapshots.get(collection)
        return snapshot.article(article_id) if snapshot else None

    def check(self, query: Query) -> None:
        """Raises UnknownName for a collection or a source that is not there; nothing is searched."""
        _check_sources(query, self.held(query.collections))

    def ask(
        self,
        query: Query,
        limit: int = PAGE,
        collections: tuple[str, ...] | None = None,
        *,
        per_article: int | None = None,
    ) -> Answer | NoAnswer:
        """The answer, of at most `limit` quotes, from these `collections` in the place of the query's own.

        Raises UnknownName for a collection or a source that is not there.
        """
        query = query if collections is None else replace(query, collections=collections)
        snapshots = self.held(query.collections)
        _check_sources(query, snapshots)
        with self._model:  # a model, and what remembers stems, take one thread at a time
            query = understood(query, snapshots, self._embedder.has_word)
            asked = [query, *(replace(query, text=part, parts=()) for part in query.parts)]
            encoded = [self._encoded(one.wording) for one in asked]
            found = search(
                snapshots,
                query,
                encoded[0],
                limit,
                per_article=per_article,
                parts=list(zip(asked, encoded, strict=True))[1:],
                reranker=self._reranker,
            )
        sure = confidence(found, query, sum(len(snapshot.tables.passages) for snapshot in snapshots))
        quotes = tuple(quote for hit in found.hits if (quote := self._quote(hit)).verbatim)
        searched = _searched(query, snapshots)
        if sure >= ANSWER_AT and quotes:
            return Answer(query, quotes, sure, searched)
        return NoAnswer(query, quotes, sure, searched)

    def reload(
        self,
        *,
        dry_run: bool = False,
        force: bool = False,
        reread: bool = True,
        collections: frozenset[str] | None = None,
        only: frozenset[Source] | None = None,
        progress: ProgressCallback,
        room: Room | None = None,
    ) -> ReloadReport:
        """Reload the corpus, or these collections of it, or what is in these sources `only`, and answer from
        the new one; questions are answered meanwhile. `room` is what a community's sources may hold."""
        lent = _Lent(self._embedder, self._model)
        report = reload(
            self._home,
            lambda: lent,
            dry_run=dry_run,
            force=force,
            reread=reread,
            collections=collections,
            only=only,
            progress=progress,
            room=room,
        )
        if not dry_run:
            self.open()
        return report

    def _encoded(self, text: str) -> EncodedQuestion | None:
        return self._embedder.embed_question(text) if self._embedder.knows(text) else None

    def _quote(self, hit: Hit) -> Quote:
        copies = tuple(self.cite(copy.article, (copy.start, copy.end)) for copy in hit.also_in)
        span = (hit.passage.start, hit.passage.end)
        return self.quote(hit.passage.article, span, hit.highlights, hit.score, hit.features, copies)

    def quote(
        self,
        article: Article,
        span: Span,
        highlights: tuple[Span, ...],
        score: float,
        features: Features,
        also_in: tuple[Citation, ...] = (),
    ) -> Quote:
        """The words of a span of the article, cited; the link opens it at the first marked sentence."""
        return Quote(
            article=article,
            start=span[0],
            end=span[1],
            text=article.text[slice(*span)],
            highlights=highlights,
            citation=self.cite(article, highlights[0] if highlights else span),
            score=score,
            features=features,
            also_in=also_in,
        )

    def cite(self, article: Article, span: Span) -> Citation:
        """The citation of a span of the article."""
        return cite(article, span, self._link_for)


class _Lent:
    """The desk's model in the hands of a reload: a model takes one thread at a time, so it is asked for a
    few texts at a time, and questions come in between."""

    def __init__(self, embedder: Embedder, lock: threading.Lock) -> None:
        self._embedder = embedder
        self._lock = lock
        self.model = embedder.model
        self.dimension = embedder.dimension
        self.token_width = embedder.token_width

    def embed_passages(self, texts: Sequence[str]) -> EncodedTexts:
        # Texts of like length together, as a model likes them.
        order = sorted(range(len(texts)), key=lambda row: -len(texts[row]))
        vectors = np.zeros((len(texts), self.dimension), np.float16)
        tokens: dict[int, tuple[Places, Signs]] = {}
        for start in range(0, len(order), LENT_TEXTS):
            rows = order[start : start + LENT_TEXTS]
            with self._lock:
                found = self._embedder.embed_passages([texts[row] for row in rows])
            vectors[rows] = found.vectors
            tokens |= {row: found.tokens.of(place) for place, row in enumerate(rows)}
            time.sleep(LENT_PAUSE)
        return EncodedTexts(vectors, joined([tokens[row] for row in range(len(texts))], self.token_width))

    def embed_question(self, question: str) -> EncodedQuestion:
        with self._lock:
            return self._embedder.embed_question(question)

    def knows(self, text: str) -> bool:
        with self._lock:
            return self._embedder.knows(text)

    def has_word(self, word: str) -> bool:
        with self._lock:
            return self._embedder.has_word(word)


def _check_sources(query: Query, snapshots: Sequence[Snapshot]) -> None:
    known = {key: name for snapshot in snapshots for key, name in snapshot.source_names.items()}
    for name in sorted(query.sources - known.keys()):
        raise _unknown("source", name, known)


def _unknown(kind: str, name: str, known: Mapping[str, str]) -> UnknownName:
    """The error that names what is there; `known` maps what is compared to what is shown."""
    near = difflib.get_close_matches(name, list(known), n=3, cutoff=0.4)
    listed = tuple(known[key] for key in near or sorted(known)[:5])
    words = f"; {'the nearest are' if near else 'there are'}: {', '.join(listed)}" if listed else ""
    return UnknownName(kind, name, listed, f"there is no {kind} {name!r}{words}")


def _searched(query: Query, snapshots: Sequence[Snapshot]) -> Searched:
    within = 0
    for snapshot in snapshots:
        mask = snapshot.allowed(query)
        within += len(snapshot.standing) if mask is None else int(mask.sum())
    return Searched(
        collections=query.collections,
        articles=sum(len(snapshot.standing) for snapshot in snapshots),
        within_filters=within,
        newest=max((snapshot.newest for snapshot in snapshots if snapshot.newest), default=None),
        generations=tuple(snapshot.generation for snapshot in snapshots),
    )
