"""An evaluation as tables in the terminal."""

from collections.abc import Iterator, Sequence

from rich.table import Table
from rich.text import Text

from bot.evaluation.calibration import bins, calibration_error
from bot.evaluation.comparison import Comparison, Difference
from bot.evaluation.metrics import Figure, by_type, count, figures, latency
from bot.evaluation.outcome import Group, Outcome
from bot.evaluation.stored_run import Run
from corpus.text import one_line

NOTHING = "–"
"""Shown if there is nothing to measure."""
QUESTIONS_LISTED = 10
"""The most questions that are named on a line; the report and the JSON have more."""


def lead(outcomes: Sequence[Outcome]) -> str:
    """A summary in a sentence: how many questions the first quote answers, and how many questions without an
    answer were answered."""
    own = [one for one in outcomes if one.group is Group.ANSWERABLE]
    others = [one for one in outcomes if one.group is Group.UNANSWERABLE]
    said = []
    if own:
        first = sum(one.answered and one.rank == 1 for one in own)
        said.append(f"{first} of {len(own)} questions are answered by the first quote")
    if others:
        wrong = sum(one.answered for one in others)
        said.append(f"{wrong} of {len(others)} that have no answer in the corpus were answered anyway")
    return f"{'; '.join(said)}." if said else ""


def tables(run: Run, comparison: Comparison | None) -> Iterator[Table]:
    """The figures, those of each type if there are several, and the comparison."""
    yield figures_table(run)
    if len(by_type(run.outcomes)) > 1:
        yield types_table(run)
    if comparison:
        yield comparison_table(comparison)


def figures_table(run: Run) -> Table:
    """Every figure of a run."""
    shown = Table("measure", "value", "of", "95 %", title="Evaluation")
    for figure in figures(run.outcomes):
        shown.add_row(figure.measure.label, value_words(figure), str(figure.of), bounds_words(figure))
    measured = count(run.outcomes, Group.ANSWERABLE) + count(run.outcomes, Group.UNANSWERABLE)
    error = f"{calibration_error(bins(run.outcomes)):.3f}" if measured else NOTHING
    shown.add_row("calibration error", error, str(measured), "")
    for percentile in (50, 99):
        seconds = latency(run.outcomes, percentile)
        shown.add_row(f"p{percentile}", f"{1000 * seconds:.1f} ms", str(len(run.outcomes)), "")
    for label, group in (("not in the corpus", Group.ELSEWHERE), ("not judged yet", Group.UNJUDGED)):
        shown.add_row(label, "", str(count(run.outcomes, group)), "")
    return shown


def types_table(run: Run) -> Table:
    """The main figures of each type of question."""
    shown: Table | None = None
    for name, outcomes in by_type(run.outcomes).items():
        made = figures(outcomes)
        if shown is None:
            shown = Table("type", *(figure.measure.label for figure in made), "of", title="By type")
        shown.add_row(Text(plain(name)), *(value_words(figure) for figure in made), str(len(outcomes)))
    return shown or Table()


def comparison_table(comparison: Comparison) -> Table:
    """Each measure before and now."""
    shown = Table(
        *("measure", "before", "now", "difference", "95 %", "p", "of"),
        title=f"Compared: {len(comparison.pairs)} questions, {len(comparison.won)} won, "
        f"{len(comparison.lost)} lost",
    )
    for one in comparison.differences:
        if one.of:
            shown.add_row(one.measure.label, *difference_words(one))
    return shown


def value_words(figure: Figure) -> str:
    """`0.640`, or NOTHING."""
    return f"{figure.value:.3f}" if figure.of else NOTHING


def bounds_words(figure: Figure) -> str:
    """`0.61 to 0.67`."""
    return f"{figure.bounds[0]:.2f} to {figure.bounds[1]:.2f}" if figure.bounds else ""


def difference_words(one: Difference) -> tuple[str, ...]:
    """Before, now, difference, its bounds, p and the number of questions."""
    bounds = f"{one.bounds[0]:+.3f} to {one.bounds[1]:+.3f}" if one.bounds else NOTHING
    p = f"{one.p:.3f}" if one.p >= 0.001 else "< 0.001"
    return f"{one.before:.3f}", f"{one.now:.3f}", f"{one.difference:+.3f}", bounds, p, str(one.of)


def plain(text: str) -> str:
    """A name from a file on one line, or NOTHING if it is empty."""
    return one_line(text) or NOTHING


def notes(run: Run, comparison: Comparison | None) -> Iterator[str]:
    """What the tables leave out: the questions that were not measured, and why."""
    elsewhere = [outcome.id for outcome in run.outcomes if outcome.group is Group.ELSEWHERE]
    if elsewhere:
        yield f"Their evidence is not in the corpus: {_listed(elsewhere)}"
    unjudged = [outcome.id for outcome in run.outcomes if outcome.group is Group.UNJUDGED]
    if unjudged:
        yield f"Nobody has named evidence yet: {_listed(unjudged)}"
    failed = [f"{outcome.id} ({outcome.error})" for outcome in run.outcomes if outcome.error]
    if failed:
        yield f"Could not be asked: {_listed(failed)}"
    if comparison and (comparison.alone_before or comparison.alone_now):
        yield (
            f"Not compared, because only one run has measured them: {comparison.alone_before} of before, "
            f"{comparison.alone_now} of now."
        )
    if comparison:
        for word, pairs in (("Won", comparison.won), ("Lost", comparison.lost)):
            if pairs:
                yield f"{word}: {_listed([now.id for _, now in pairs])}"


def _listed(names: list[str]) -> str:
    more = len(names) - QUESTIONS_LISTED
    return f"{', '.join(names[:QUESTIONS_LISTED])}{f' and {more:,} more' if more > 0 else ''}"
