"""An evaluation as one HTML page without scripts or external resources."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.evaluation.ask_all import Asked
from bot.evaluation.calibration import bins, calibration_error
from bot.evaluation.comparison import Comparison
from bot.evaluation.metrics import by_type, figures, latency
from bot.evaluation.outcome import Group, Outcome
from bot.evaluation.report.plots import plots
from bot.evaluation.report.text_tables import (
    NOTHING,
    bounds_words,
    difference_words,
    lead,
    plain,
    value_words,
)
from bot.evaluation.stored_run import Run
from corpus.text import counted

MISSES_LISTED = 20
"""The most questions in each list of misses; the JSON has all."""
CHANGES_LISTED = 50
"""The most questions in each of a comparison's lists, won and lost."""
PASSAGES_SHOWN = 3
"""Passages shown below a missed question: one page, as its asker saw it."""
HEADLINES = ("hit_1", "hit_3", "sentence_1", "answered", "refused")
"""The measures in large letters; the others are only in the table."""

_HERE = Path(__file__).parent


def report(run: Run, asked: Sequence[Asked], comparison: Comparison | None) -> str:
    """The page. `asked` are the outcomes of the run with the quotes that were shown."""
    pages = Environment(
        loader=FileSystemLoader(_HERE),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    pages.globals |= {"value": value_words, "bounds": bounds_words, "plain": plain, "nothing": NOTHING}
    pages.globals |= {"difference": difference_words, "counted": counted, "outcome_words": outcome_words}
    pages.filters["moment"] = _moment
    outcomes = run.outcomes
    made = figures(outcomes)
    types = by_type(outcomes)
    return pages.get_template("report.html").render(
        style=(_HERE / "report.css").read_text(encoding="utf-8"),
        run=run,
        lead=lead(outcomes),
        headlines=[figure for figure in made if figure.measure.name in HEADLINES and figure.of],
        figures=made,
        calibration_error=calibration_error(bins(outcomes)),
        measured=sum(outcome.measured for outcome in outcomes),
        times={percentile: 1000 * latency(outcomes, percentile) for percentile in (50, 99)},
        plots=plots(outcomes),
        types={name: figures(those) for name, those in types.items()} if len(types) > 1 else {},
        comparison=comparison,
        changed=CHANGES_LISTED,
        lists=misses(asked),
        listed=MISSES_LISTED,
        shown=PASSAGES_SHOWN,
        elsewhere=[one for one in asked if one.outcome.group is Group.ELSEWHERE],
        unjudged=[one for one in asked if one.outcome.group is Group.UNJUDGED],
        failed=[outcome for outcome in outcomes if outcome.error],
    )


def misses(asked: Sequence[Asked]) -> dict[str, list[Asked]]:
    """The missed questions by kind; in each list, those whose confidence was most wrong first."""
    groups = (Group.ANSWERABLE, Group.UNANSWERABLE)
    own, others = ([one for one in asked if one.outcome.group is group] for group in groups)
    return {
        "Answered with something else": sorted(
            (one for one in own if one.outcome.answered and not one.outcome.right),
            key=_confidence,
            reverse=True,
        ),
        "Answered where there is no answer": sorted(
            (one for one in others if one.outcome.answered), key=_confidence, reverse=True
        ),
        "Refused though the answer was found": sorted(
            (one for one in own if not one.outcome.answered and one.outcome.right), key=_confidence
        ),
        "Refused and not found": sorted(
            (one for one in own if not one.outcome.answered and not one.outcome.right), key=_confidence
        ),
    }


def outcome_words(outcome: Outcome) -> str:
    """`found 2nd, answered with 0.71`."""
    verdict = f"{'answered' if outcome.answered else 'refused'} with {outcome.confidence:.2f}"
    if outcome.group is Group.UNANSWERABLE:
        return verdict
    return f"{f'found at place {outcome.rank}' if outcome.rank else 'not found'}, {verdict}"


def _confidence(one: Asked) -> float:
    return one.outcome.confidence


def _moment(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
