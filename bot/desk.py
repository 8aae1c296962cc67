"""The desk: takes a question, answers it from the snapshots it holds, and takes on new ones."""

import difflib
import threading
from collections.abc import Callable, Mapping, Sequence

from bot.answer import Answer, Citation, NoAnswer, Quote, Searched
from bot.citation import cite
from bot.home import Home
from bot.reload import ReloadReport, reload
from corpus.article import Article
from corpus.errors import GenerationUnusable, NewsdeskError, NothingToServe, WrongCall
from retrieval.confidence import ANSWER_AT, confidence
from retrieval.embedder import Embedder
from retrieval.generation import Stage
from retrieval.hit import Hit
from retrieval.query import Query
from retrieval.search import PAGE, PER_ARTICLE, search
from retrieval.sentences import Span
from retrieval.snapshot import Snapshot
from retrieval.words import Words

Notice = Callable[[str], None]
"""Called with a line that an operator should see."""


class Desk:
    """Answers from any thread. Each question takes the snapshots' references once, so that it sees one
    generation of each collection from beginning to end, whatever is reloaded meanwhile."""

    def __init__(self, home: Home, embedder: Embedder, notice: Notice) -> None:
        """Nothing is read before `open`."""
        self._home = home
        self._embedder = embedder
        self._notice = notice
        self._snapshots: Mapping[str, Snapshot] = {}
        self._stamps: Mapping[str, tuple[int, int]] = {}
        self._model = threading.Lock()
        self._opening = threading.Lock()

    def open(self) -> None:
        """Take on what is published now; what can't be served is said, and what was served stays.

        Raises NothingToServe where no collection can be served at all.
        """
        with self._opening:
            snapshots = dict(self._snapshots)
            stamps = {name: self._home.shelf(name).stamp() for name in self._home.collections()}
            if stamps == self._stamps:
                return
            failed: NewsdeskError | None = None
            with self._home.store() as store:
                withdrawn = {name: store.withdrawn(name) for name in stamps}
            for name in stamps:
                try:
                    opened = self._home.shelf(name).open(self._embedder.model, Words(), withdrawn[name])
                except NothingToServe as error:
                    failed = error
                    self._notice(str(error))
                    continue
                for refused in opened.refused:
                    self._notice(f"{refused}; generation {opened.snapshot.generation} answers instead")
                snapshots[name] = opened.snapshot
            self._snapshots, self._stamps = snapshots, stamps
            if not snapshots:
                raise failed or NothingToServe(
                    f"there is nothing to answer from in {self._home.root}: run `newsdesk corpus add PATH`"
                )

    def refresh(self) -> None:
        """Take on what another process published since; quick where nothing was."""
        try:
            self.open()
        except (NewsdeskError, GenerationUnusable) as error:
            self._notice(str(error))

    @property
    def snapshots(self) -> Mapping[str, Snapshot]:
        """What is answered from, by collection."""
        return self._snapshots

    def ask(self, query: Query, limit: int = PAGE, per_article: int = PER_ARTICLE) -> Answer | NoAnswer:
        """The answer, of at most `limit` quotes. Raises WrongCall for an unknown collection or source."""
        held = self._snapshots
        unknown = [name for name in query.collections if name not in held]
        if unknown:
            raise WrongCall(f"there is no collection {unknown[0]!r}{_nearest(unknown[0], list(held))}")
        snapshots = [held[name] for name in query.collections]
        _check_sources(query, snapshots)
        with self._model:
            vector = self._embedder.embed_question(query.text) if self._embedder.knows(query.text) else None
            hits = search(snapshots, query, vector, limit, per_article=per_article)
        sure = confidence(hits)
        quotes = tuple(quote for hit in hits if (quote := self._quote(hit)).verbatim)
        searched = _searched(query, snapshots)
        if sure >= ANSWER_AT and quotes:
            return Answer(query, quotes, sure, searched)
        return NoAnswer(query, quotes, sure, searched)

    def reload(self, *, dry_run: bool = False, force: bool = False, stage: Stage) -> ReloadReport:
        """Reload the corpus and answer from the new one; questions are answered meanwhile."""
        report = reload(self._home, lambda: self._embedder, dry_run=dry_run, force=force, stage=stage)
        if not dry_run:
            self.open()
        return report

    def _quote(self, hit: Hit) -> Quote:
        passage = hit.passage
        article = passage.article
        span = hit.highlights[0] if hit.highlights else (passage.start, passage.end)
        return Quote(
            article=article,
            start=passage.start,
            end=passage.end,
            text=passage.text,
            highlights=hit.highlights,
            citation=self._cite(article, span),
            score=hit.score,
            signals=hit.signals,
            also_in=tuple(self._cite(copy.article, (copy.start, copy.end)) for copy in hit.also_in),
        )

    def _cite(self, article: Article, span: Span) -> Citation:
        return cite(article, span, self._home.pages(article.collection))


def _check_sources(query: Query, snapshots: Sequence[Snapshot]) -> None:
    known = {name for snapshot in snapshots for name in snapshot.sources}
    for name in sorted(query.sources - known):
        raise WrongCall(f"there is no source {name!r}{_nearest(name, sorted(known))}")


def _nearest(name: str, known: Sequence[str]) -> str:
    if not known:
        return ""
    near = difflib.get_close_matches(name, known, n=3, cutoff=0.4)
    listed = ", ".join(near or known[:5])
    return f"; the nearest are: {listed}" if near else f"; there are: {listed}"


def _searched(query: Query, snapshots: Sequence[Snapshot]) -> Searched:
    within = 0
    for snapshot in snapshots:
        mask = snapshot.allowed(query)
        within += len(snapshot.articles) if mask is None else int(mask.sum())
    return Searched(
        collections=query.collections,
        articles=sum(len(snapshot.articles) for snapshot in snapshots),
        within_filters=within,
        newest=max((snapshot.newest for snapshot in snapshots if snapshot.newest), default=None),
        generations=tuple(snapshot.generation for snapshot in snapshots),
    )
