"""An evaluation as JSON (`docs/json.md`)."""

from collections.abc import Sequence

from bot.evaluation.calibration import bins, calibration_error
from bot.evaluation.comparison import Comparison
from bot.evaluation.metrics import by_type, count, figures, latency
from bot.evaluation.outcome import Group, Outcome
from bot.evaluation.stored_run import Run
from bot.evaluation.tradeoff import operating_points

Row = dict[str, object]


def run_row(run: Run, comparison: Comparison | None) -> Row:
    """All figures of a run, and its comparison."""
    outcomes = run.outcomes
    made = bins(outcomes)
    row = figures_row(outcomes) | {
        "intervals": {
            figure.measure.name: _rounded(figure.bounds) for figure in figures(outcomes) if figure.bounds
        },
        "by_type": [{"type": name, **figures_row(those)} for name, those in by_type(outcomes).items()],
        "calibration": [
            {
                "from": one.low,
                "to": one.high,
                "questions": one.questions,
                "confidence": round(one.confidence, 4),
                "right": one.right,
            }
            for one in made
        ],
        "trade_off": [
            {
                "threshold": round(min(one.threshold, 1.0), 4),
                "answered": round(one.answered, 4),
                "refused": round(one.refused, 4),
            }
            for one in operating_points(outcomes)
        ],
        "not_in_corpus": [outcome.id for outcome in outcomes if outcome.group is Group.ELSEWHERE],
        "failed": [{"id": outcome.id, "error": outcome.error} for outcome in outcomes if outcome.error],
        "run": run.about,
    }
    return row | ({"comparison": comparison_row(comparison)} if comparison else {})


def figures_row(outcomes: Sequence[Outcome]) -> Row:
    """The figures of these outcomes."""
    values = {figure.measure.name: round(figure.value, 4) for figure in figures(outcomes)}
    elsewhere, unjudged = count(outcomes, Group.ELSEWHERE), count(outcomes, Group.UNJUDGED)
    return {
        "answerable": count(outcomes, Group.ANSWERABLE),
        **values,
        "highlighted_1": values["sentence_1"],  # its former name
        "unanswerable": count(outcomes, Group.UNANSWERABLE),
        "without_evidence": elsewhere + unjudged,
        "unjudged": unjudged,
        "calibration_error": round(calibration_error(bins(outcomes)), 4),
        "p50_ms": round(1000 * latency(outcomes, 50), 1),
        "p99_ms": round(1000 * latency(outcomes, 99), 1),
    }


def comparison_row(comparison: Comparison) -> Row:
    """The gains and losses of a comparison."""
    return {
        "before": comparison.before.about,
        "shared": len(comparison.pairs),
        "alone_before": comparison.alone_before,
        "alone_now": comparison.alone_now,
        "differences": [
            {
                "measure": one.measure.name,
                "of": one.of,
                "before": round(one.before, 4),
                "now": round(one.now, 4),
                "difference": round(one.difference, 4),
                "interval": _rounded(one.bounds),
                "p": round(one.p, 5),
            }
            for one in comparison.differences
        ],
        "won": [pair[1].id for pair in comparison.won],
        "lost": [pair[1].id for pair in comparison.lost],
    }


def _rounded(bounds: tuple[float, float] | None) -> list[float] | None:
    return [round(bound, 4) for bound in bounds] if bounds else None
