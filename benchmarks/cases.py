"""Cases for fitting the ranking: questions with the features of each passage, and which passages hold the
answer."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.corpus_admin.home import Home
from bot.evaluation.evidence import EvidenceSpan, Gold, ServedArticles, without_white_space
from bot.evaluation.judged_questions import JudgedQuestion, read_judged
from retrieval.collection.passage import Passage
from retrieval.collection.passage_features import PassageFeatures
from retrieval.index.snapshot import Snapshot
from retrieval.models.onnx_embedder import OnnxEmbedder
from retrieval.question.query import Query
from retrieval.ranking.conflicts import Conflicts
from retrieval.ranking.search import first_stage
from retrieval.ranking.timeliness import missed
from retrieval.understanding.query_understanding import understand


@dataclass(frozen=True)
class Case:
    """One question asked of one corpus. `wording` is the words that are searched for, `shown` are its
    candidates with their `features`. `right` and `right_sentences` mark the candidates and sentences that
    hold the answer, `missed` the candidates that are not of the time it asks about, and `conflicts` finds
    what sentences contradict. `answerable` is whether there is an answer at all."""

    question: str
    wording: str
    type: str
    known: bool
    answerable: bool
    cites_source: bool
    asks_several_articles: bool
    conflicts: Conflicts
    missed: NDArray[np.bool_]
    passages: int
    features: PassageFeatures
    shown: Sequence[Passage]
    right: NDArray[np.bool_]
    right_sentences: NDArray[np.bool_]
    group: str
    """The article of the answer, or, for a near miss, the article that it is near to, so that no article is
    used both for fitting and for measuring."""


@dataclass(frozen=True, slots=True)
class Corpus:
    """A home's only collection, opened for questions."""

    snapshot: Snapshot
    library: ServedArticles
    model: OnnxEmbedder

    @classmethod
    def open(cls, home: Path, model: OnnxEmbedder) -> "Corpus":
        """Open the home's first collection."""
        where = Home(home)
        opened = where.generation_store(where.collections()[0]).open(model.model, frozenset())
        return cls(opened.snapshot, ServedArticles([opened.snapshot]), model)

    def own(self, questions: Path, *, absent: bool = False) -> Iterator[Case]:
        """The corpus's own questions with an answer; with `absent`, the articles with the answer are left
        out."""
        for judged in read_judged(questions):
            gold = self.library.gold(judged.evidence, judged.answer, (self.snapshot.name,))
            if judged.answerable and gold:
                yield from self._case(judged, gold, absent=absent)

    def null(self, questions: Path) -> Iterator[Case]:
        """The questions of the file without an answer."""
        near = nearest(questions)
        for judged in read_judged(questions):
            if not judged.answerable:
                yield from self._case(judged, (), near=near.get(judged.question.id))

    def near(self, questions: Path, name: str) -> Iterator[Case]:
        """The questions of the file that are near misses over the corpus with this name."""
        near = nearest(questions)
        for judged in read_judged(questions):
            if judged.question.row["corpus"] == name and not judged.answerable:
                yield from self._case(judged, (), near=near[judged.question.id])

    def foreign(self, questions: Path, count: int) -> Iterator[Case]:
        """`count` answerable questions of another corpus, evenly spaced in the file."""
        found = [judged for judged in read_judged(questions) if judged.answerable]
        for judged in found[:: max(len(found) // count, 1)][:count]:
            yield from self._case(judged, ())

    def _case(
        self, judged: JudgedQuestion, gold: Gold, *, absent: bool = False, near: str | None = None
    ) -> Iterator[Case]:
        snapshot = self.snapshot
        query = self._query(judged)
        words = query.wording
        encoded = self.model.embed_question(words) if self.model.vocabulary.knows(words) else None
        articles = {place.article_id for places in gold for place in places}
        if absent:
            snapshot, gold = snapshot.without(frozenset(articles)), ()
        first = first_stage(snapshot, query, encoded)
        features, passages = first.features, first.passages
        if passages:
            sentences = [
                Passage(passage.article, start, end)
                for passage, begin, stop in zip(
                    passages, features.starts[:-1], features.starts[1:], strict=True
                )
                for start, end in features.spans[begin:stop].tolist()
            ]
            yield Case(
                question=query.text,
                wording=words,
                type=judged.type,
                known=encoded is not None,
                answerable=bool(gold),
                cites_source=query.parsed.cites_source,
                asks_several_articles=query.asks_several_articles,
                conflicts=Conflicts(query),
                missed=missed(query, [one.article.published for one in first.passages]),
                passages=snapshot.passage_count,
                features=features,
                shown=passages,
                right=self._holding(passages, gold),
                right_sentences=self._holding(sentences, gold),
                group=min(articles, default=near or query.text),
            )

    def _query(self, judged: JudgedQuestion) -> Query:
        return understand(judged.query((self.snapshot.name,)), [self.snapshot], self.model.vocabulary.is_word)

    def _holding(self, passages: Sequence[Passage], gold: Gold) -> NDArray[np.bool_]:
        wanted = [place for places in gold for place in places]
        ids = {place.article_id for place in wanted}
        found = []
        for passage in passages:
            one = passage.article
            if one.id not in ids:
                found.append(False)
                continue
            before = len(without_white_space(one.text[: passage.start]))
            shown = EvidenceSpan(
                one.collection, one.id, before, before + len(without_white_space(passage.text))
            )
            found.append(any(shown.covers(place) for place in wanted))
        return np.array(found, np.bool_)


def nearest(questions: Path) -> Mapping[str, str]:
    """The article that each unanswerable question of the file is near to, by the question's id, where the
    file has one."""
    rows = list(map(json.loads, questions.read_text("utf-8").splitlines()))
    one = {row["id"]: row["near_article_id"] for row in rows if row.get("near_article_id")}
    return one | {row["id"]: row["near"][0] for row in rows if row.get("near")}
