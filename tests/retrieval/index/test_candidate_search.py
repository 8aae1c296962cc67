"""Words and vectors of a large collection are looked through at the same time, where nobody else asks."""

import sys
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from retrieval.collection.candidates import Candidates
from retrieval.index import candidate_search
from retrieval.index.nearest import EXACT_SEARCH, Near, NearestChunks
from retrieval.index.snapshot import Snapshot
from retrieval.models.embedder import HashEmbedder, Vectors
from retrieval.segments.dense import Mask
from retrieval.segments.segment import Segment
from retrieval.switch_interval import SECONDS
from tests.retrieval.snapshots import article, asking, snapshot_of

QUESTION = "Who sold drums?"


class Watched:
    """Looks through the vectors, and says in which thread, and how long it would wait for the lock there."""

    def __init__(self, *, fails: bool = False) -> None:
        self.fails = fails
        self.seen: list[tuple[threading.Thread, float]] = []
        self.meanwhile: Callable[[], object] = lambda: None

    def near(
        self,
        segments: Sequence[Segment],
        question: Vectors,
        count: int,
        allowed: Sequence[Mask | None],
    ) -> list[Near]:
        self.seen.append((threading.current_thread(), sys.getswitchinterval()))
        self.meanwhile()
        if self.fails:
            raise OSError("the disk is gone")
        return EXACT_SEARCH.near(segments, question, count, allowed)


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return snapshot_of([article("drums", "Nara sold drums."), article("lamps", "Lamps were lit.")])


def asked(snapshot: Snapshot, nearest: NearestChunks) -> Candidates:
    question = HashEmbedder().embed_question(QUESTION)
    return replace(snapshot, nearest=nearest).candidates(asking(QUESTION), question)


@pytest.fixture
def _large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(candidate_search, "TWO_THREADS", 0)


def test_a_small_collection_is_looked_through_by_one_thread(snapshot: Snapshot) -> None:
    watched, waiting = Watched(), sys.getswitchinterval()
    assert asked(snapshot, watched).numbers.tolist() == [0, 1]
    assert watched.seen == [(threading.current_thread(), waiting)]


@pytest.mark.usefixtures("_large")
def test_a_large_one_by_two_that_wait_for_each_other_less(snapshot: Snapshot) -> None:
    waiting, alone, beside = sys.getswitchinterval(), Watched(), Watched()
    one, other = asked(snapshot, EXACT_SEARCH), asked(snapshot, alone)
    assert one.numbers.tolist() == other.numbers.tolist()
    assert one.meanings.tolist() == other.meanings.tolist()
    [(thread, waited)] = alone.seen
    assert thread is not threading.current_thread()
    assert waited == pytest.approx(SECONDS)
    assert sys.getswitchinterval() == waiting
    # Another question that comes meanwhile has no thread besides its own.
    alone.meanwhile = lambda: asked(snapshot, beside)
    asked(snapshot, alone)
    assert beside.seen[0][0] is alone.seen[1][0]


@pytest.mark.usefixtures("_large")
def test_what_fails_in_the_second_thread_fails_the_question_and_leaves_nothing(snapshot: Snapshot) -> None:
    waiting = sys.getswitchinterval()
    with pytest.raises(OSError, match="the disk is gone"):
        asked(snapshot, Watched(fails=True))
    assert sys.getswitchinterval() == waiting
    watched = Watched()
    asked(snapshot, watched)
    assert watched.seen[0][0] is not threading.current_thread()
