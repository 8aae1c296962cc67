"""Compares two runs question by question, with significance tests."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from bot.evaluation.metrics import MEASURES, Measure
from bot.evaluation.outcome import Outcome
from bot.evaluation.stored_run import Run
from corpus.errors import WrongCall

RESAMPLES = 9_999
"""Random resamples for each interval and each test: a p value of 0.05 is then known to 0.004 (95 %)."""
BATCH = 500
"""Resamples in memory at a time: 40 MB for 10,000 questions."""
SEED = 5
"""An arbitrary fixed seed, so that the same two runs always give the same figures."""

Pair = tuple[Outcome, Outcome]
"""One question's outcomes: before, and now."""


@dataclass(frozen=True, slots=True)
class Difference:
    """The mean of one measure over the `of` questions that both runs have, before and now.

    `bounds` is the 95 % confidence interval of the difference, None if there are too few questions. `p` is
    the probability of a difference at least as large if the two runs were equally good.
    """

    measure: Measure
    before: float
    now: float
    of: int
    bounds: tuple[float, float] | None
    p: float

    @property
    def difference(self) -> float:
        """The gain; negative for a loss."""
        return self.now - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """What a run gained and lost compared with an earlier one, `before`.

    `pairs` are the questions that were measured in both; `alone_before` and `alone_now` count the others of
    each run. `won` and `lost` are the pairs whose grade got better or worse, the largest change first.
    """

    before: Run
    pairs: tuple[Pair, ...]
    alone_before: int
    alone_now: int
    differences: tuple[Difference, ...]
    won: tuple[Pair, ...]
    lost: tuple[Pair, ...]


def compare(before: Run, now: Run) -> Comparison:
    """Compare two runs on the questions that both have, with the same id and the same words.

    Raises WrongCall if there are none.
    """
    earlier = {(outcome.id, outcome.question): outcome for outcome in before.outcomes}
    shared = [
        (earlier[outcome.id, outcome.question], outcome)
        for outcome in now.outcomes
        if (outcome.id, outcome.question) in earlier
    ]
    if not shared:
        raise WrongCall(
            f"the run of {before.questions} has none of the questions of {now.questions} (the same id with "
            "the same words): compare runs of the same questions"
        )
    # A question whose evidence was missing in one run can't be compared.
    pairs = [pair for pair in shared if pair[0].measured and pair[0].group is pair[1].group]
    return Comparison(
        before=before,
        pairs=tuple(pairs),
        alone_before=len(before.outcomes) - len(pairs),
        alone_now=len(now.outcomes) - len(pairs),
        differences=tuple(_difference(measure, pairs) for measure in MEASURES),
        won=_changed(pairs, 1),
        lost=_changed(pairs, -1),
    )


def _difference(measure: Measure, pairs: Sequence[Pair]) -> Difference:
    values = np.array(
        [[measure.of(outcome) for outcome in pair] for pair in pairs if pair[0].group is measure.group],
        dtype=np.float64,
    ).reshape(-1, 2)
    if not len(values):
        return Difference(measure, 0.0, 0.0, 0, None, 1.0)
    before, now = values.mean(axis=0).tolist()
    gains = values[:, 1] - values[:, 0]
    return Difference(measure, before, now, len(values), _bounds(gains), _chance(gains))


def _bounds(gains: NDArray[np.float64]) -> tuple[float, float] | None:
    if len(gains) < 2:
        return None
    found = stats.bootstrap(
        (gains,),
        np.mean,
        n_resamples=RESAMPLES,
        batch=BATCH,
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return float(found.low), float(found.high)


def _chance(gains: NDArray[np.float64]) -> float:
    """The p value of the paired permutation test; for measures of only 0 and 1, McNemar's exact test."""
    moved = gains[gains != 0]
    if len(moved) < 2:
        return 1.0
    if np.all(np.abs(moved) == 1):
        return float(stats.binomtest(int((moved > 0).sum()), len(moved)).pvalue)
    return float(
        stats.permutation_test(
            (moved,),
            _mean,
            permutation_type="samples",
            n_resamples=RESAMPLES,
            batch=BATCH,
            vectorized=True,
            rng=np.random.default_rng(SEED),
        ).pvalue
    )


def _changed(pairs: Sequence[Pair], way: int) -> tuple[Pair, ...]:
    changed = [pair for pair in pairs if (pair[1].grade - pair[0].grade) * way > 0]
    return tuple(sorted(changed, key=lambda pair: -abs(pair[1].grade - pair[0].grade)))


def _mean(gains: NDArray[np.float64], axis: int) -> NDArray[np.float64]:
    mean: NDArray[np.float64] = np.mean(gains, axis=axis)
    return mean
