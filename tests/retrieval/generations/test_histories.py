"""Whatever became of a collection, in whichever order, it answers as if it had been built at once."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article
from retrieval.generations.compaction import compact, purge
from retrieval.generations.generation_store import GenerationStore
from retrieval.generations.new_generation import kept_of, new_generation
from retrieval.generations.pruning import prune
from retrieval.index.snapshot import Snapshot
from retrieval.models.embedder import HashEmbedder
from retrieval.ranking.search import search
from tests.fault.newsroom import QuickDisk
from tests.retrieval.segments.drawn_articles import ARTICLES
from tests.retrieval.snapshots import asking, snapshot_of

HISTORIES = int(os.environ.get("NEWSDESK_HISTORIES", "40"))
"""Random histories that are lived through."""
QUESTIONS = (
    "Who banned seafood imports?",
    "drums in Nara",
    "奈良市で会談したのは誰か",
    "apples and pears of 2025",
)
SOURCES = (frozenset[str](), frozenset({"the post"}))
MODEL = HashEmbedder()


class History:
    """A collection through its changes, each published as a generation that keeps what it can."""

    def __init__(self, folder: Path) -> None:
        self.store = GenerationStore(folder / "news", "news", QuickDisk())
        self.articles: dict[str, Article] = {}
        self.withdrawn = frozenset[str]()

    def publish(self, put: list[Article], removed: set[str], merging: int) -> None:
        """Add or change articles, and remove others."""
        served = self.store.served()
        gone = {one.id for one in put} | removed
        kept = kept_of(served, gone) if served else []
        self.articles = {key: one for key, one in self.articles.items() if key not in gone}
        self.articles |= {one.id: one for one in put if one.id not in removed}
        fresh = sorted(
            (self.articles[key] for key in {one.id for one in put} - removed), key=lambda one: one.id
        )
        made = new_generation(
            fresh,
            "news",
            MODEL.model,
            MODEL.embed_passages,
            progress=lambda *_: None,
            withdrawn=self.withdrawn,
            kept=kept,
        )
        self.store.publish(made, merging=merging)
        prune(self.store)

    def opened(self) -> Snapshot:
        """What is served."""
        return self.store.open(MODEL.model, self.withdrawn).snapshot


def told(snapshot: Snapshot) -> object:
    """All that a collection says: of each question its hits with every figure, and what is counted and
    listed."""
    found: list[object] = []
    for question in QUESTIONS:
        for sources in SOURCES:
            query = asking(question, sources=sources)
            encoded = MODEL.embed_question(question)
            hits = search([snapshot], query, encoded, 5)
            found.append([(repr(hit.passage), hit.score, hit.features, hit.sentences) for hit in hits.hits])
            found.append(hits.rivals)
            found.append(snapshot.count(query))
            found.append([(one.article.id, one.start) for one in snapshot.latest(query, 4)])
            found.append([one.id for one in snapshot.articles_with_phrase(["seafood"], query)])
    counts = sorted((one.name, one.articles, one.newest) for one in snapshot.sources)
    found += [list(snapshot.articles), snapshot.passage_count, counts]
    found += [snapshot.occurrences(word, 3) for word in ("seafood", "drum", "nothing")]
    found += [[one.id for one in snapshot.titled("nara")], snapshot.pasted("A day in Nara")]
    return found


@settings(max_examples=HISTORIES)
@given(st.data())
def test_any_history_answers_as_a_fresh_build(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        history = History(Path(folder))
        for _ in range(data.draw(st.integers(1, 6))):
            act = data.draw(
                st.sampled_from(["publish", "publish", "publish", "compact", "purge", "withdraw"])
            )
            known = sorted(history.articles)
            if act == "publish":
                put = data.draw(st.lists(ARTICLES, max_size=4, unique_by=lambda one: one.id))
                removed = data.draw(st.sets(st.sampled_from(known), max_size=3)) if known else set()
                history.publish(put, removed, data.draw(st.sampled_from([0, 3, 8_192])))
            elif act == "withdraw":
                history.withdrawn = (
                    data.draw(st.frozensets(st.sampled_from(known), max_size=2)) if known else frozenset()
                )
            elif act == "compact":
                compact(history.store)
            else:
                purge(history.store, None)
        if history.store.published:
            fresh = snapshot_of(list(history.articles.values())).without(history.withdrawn)
            assert told(history.opened()) == told(fresh)
