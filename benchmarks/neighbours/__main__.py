"""Measure how long one community waits while another misbehaves, with this code and with an older version, in
one run.

    python -m benchmarks.neighbours [--before CHECKOUT] [SCENARIO...]

Each scenario (`benchmarks/neighbours/scenarios.py`) runs in its own process, on its own corpus with hashed
vectors, against the tests' local platforms; with --before, it runs again with the code of that checkout.
Printed is a Markdown table, with a line for each scenario and action of the waiting community: seconds
undisturbed, before and after (the longest of several), and the ratio of before to after. An action that took
longer than ACTION_TIMEOUT_SECONDS is printed as more than that; a refusal, in the bot's words.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.neighbours.scenarios import ACTION_TIMEOUT_SECONDS, SCENARIOS, Wait

ROOT = Path(__file__).parents[2]
SCRIPT = Path(__file__).with_name("scenarios.py")
TIMEOUT_SECONDS = 10 * ACTION_TIMEOUT_SECONDS
"""The most seconds of a scenario, which waits for several actions of both communities."""


def measured(checkout: Path, scenario: str) -> list[Wait]:
    """Every wait of a scenario with the code of a checkout; empty if it did not finish."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            done = subprocess.run(
                [sys.executable, str(SCRIPT), scenario, folder],
                env={**os.environ, "PYTHONPATH": str(checkout), "PYTHONSAFEPATH": "1"},
                cwd=checkout,
                capture_output=True,
                text=True,
                timeout=TIMEOUT_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired:
            print(f"{scenario}: no end after {TIMEOUT_SECONDS:.0f} s in {checkout}", file=sys.stderr)
            return []
    if done.returncode:
        print(f"{scenario} in {checkout}:\n{done.stderr[-3000:]}", file=sys.stderr)
        return []
    return [Wait(**row) for row in json.loads(done.stdout.splitlines()[-1])]


def line(scenario: str, act: str, before: list[Wait], after: list[Wait]) -> str:
    """One action of a scenario as a line of the table."""
    alone, slow, now = (_longest(waits, act, disturbed=there) for waits, there in _columns(before, after))
    ratio = f"{slow.seconds / now.seconds:,.1f}" if slow and now and not (slow.refused or now.refused) else ""
    cells = [scenario, SCENARIOS[scenario].about, act, *map(_words, (alone, slow, now)), ratio]
    return f"| {' | '.join(cells)} |"


def _columns(before: list[Wait], after: list[Wait]) -> list[tuple[list[Wait], bool]]:
    return [(after, False), (before, True), (after, True)]


def _longest(waits: list[Wait], act: str, *, disturbed: bool) -> Wait | None:
    found = [wait for wait in waits if wait.act == act and wait.disturbed == disturbed]
    return max(found, key=lambda wait: (bool(wait.refused), wait.seconds), default=None)


def _words(wait: Wait | None) -> str:
    if wait is None:
        return "–"
    if wait.refused:
        return wait.refused
    return (
        f"> {ACTION_TIMEOUT_SECONDS:.0f}" if wait.seconds >= ACTION_TIMEOUT_SECONDS else f"{wait.seconds:.2f}"
    )


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--before", type=Path, help="a checkout of older code")
    parser.add_argument("scenarios", nargs="*", metavar="SCENARIO", choices=[*SCENARIOS, []])
    call = parser.parse_args()
    print("| item | one community | the other | alone, s | before, s | after, s | before / after |")
    print("|---|---|---|---|---|---|---|", flush=True)
    for scenario in call.scenarios or SCENARIOS:
        before = measured(call.before.absolute(), scenario) if call.before else []
        after = measured(ROOT, scenario)
        for act in dict.fromkeys(wait.act for wait in (*after, *before)):
            print(line(scenario, act, before, after), flush=True)


if __name__ == "__main__":
    main()
