"""Ask many processes on one database over both platforms, while some are killed.

    python -m benchmarks.many_processes [--questions 1000] [--processes 3] [--kill-every 10] [--pause 0.3]

Runs real `newsdesk run` processes on the sample, with a local Discord, a local Slack and a PostgreSQL of the
tests. Printed as JSON: the numbers of questions by their number of answers (each should get one), how many of
these are answers and not a request to wait, the kills, the exit status of a reload that ran meanwhile, and
the total seconds. Before that, the history of each question without exactly one answer: its messages, and
which process claimed it, took it over and showed something, with the times. A process is killed once another
has been connected for OVERLAP seconds. With `--kill-every 0` nothing is killed, and CPU milliseconds per
question are printed too, to compare one, two and four processes.
"""

import argparse
import asyncio
import json
import os
import tempfile
import time
from pathlib import Path

from tests.bot.platforms.crowd import answers
from tests.bot.platforms.process import QUICKLY
from tests.bot.sharing.fleet import Asked, Fleet, answered, ask, fleet
from tools.local_postgres.cluster import Cluster

OVERLAP = 5.0
"""Seconds. Discord sends events only to connected processes, so those that the only connected one has not
claimed when it is killed are lost. A busy machine claims within some seconds."""


async def measure(options: argparse.Namespace, root: Path, url: str) -> dict[str, object]:
    """Ask all questions, and count the answers."""
    async with fleet(root, url, options.processes, options.module, EVENT_HISTORY="1") as crew:
        crew.overlap = OVERLAP
        began, cpu = time.monotonic(), _cpu(crew)
        kills = 0

        async def kill() -> None:
            nonlocal kills
            while options.kill_every:
                await asyncio.sleep(options.kill_every)
                await crew.kill(kills % options.processes)
                kills += 1

        killing = asyncio.create_task(kill())
        reloading = asyncio.create_task(crew.command("corpus", "reload", "--force"))
        asked = await ask(crew.platforms, options.questions, options.pause)
        counts = await answered(asked)
        killing.cancel()
        seconds = time.monotonic() - began
        found = {
            "processes": options.processes,
            "questions": len(asked),
            "answers each": dict(counts),
            "answered with words of articles or none found": sum(answers(one.outcome.text) for one in asked),
            "kills": kills,
            "reload's exit status": await reloading,
            "seconds": round(seconds, 1),
        }
        for one in asked:
            _trace(crew, one)
        if not kills:
            found["CPU ms a question"] = round(1000 * (_cpu(crew) - cpu) / len(asked), 1)
        return found


def _trace(crew: Fleet, asked: Asked) -> None:
    """Print the history of a question that does not have exactly one answer."""
    stands = asked.messages
    if len(stands) == 1:
        return
    print(f"question {asked.id} on {asked.platform.name}: {len(stands)} answers, {asked.outcome!r}")
    for line in (*(f"stands: {one!r}" for one in stands), *crew.history(asked.id)):
        print(f"    {line}")


def _cpu(crew: Fleet) -> float:
    """Seconds of CPU that the processes have used so far (Linux)."""
    used = 0
    for one in crew.processes:
        fields = Path(f"/proc/{one.process.pid}/stat").read_text().rpartition(")")[2].split()
        used += int(fields[11]) + int(fields[12])
    return used / os.sysconf("SC_CLK_TCK")


def main() -> None:
    """Measure once."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--processes", type=int, default=3)
    parser.add_argument("--kill-every", type=float, default=10.0)
    parser.add_argument("--pause", type=float, default=0.3, help="seconds between two questions")
    parser.add_argument("--module", default=QUICKLY, help="`bot` has the packaged model, and logs no history")
    options = parser.parse_args()
    with Cluster() as cluster, cluster.database() as url, tempfile.TemporaryDirectory() as root:
        print(json.dumps(asyncio.run(measure(options, Path(root), url))))


if __name__ == "__main__":
    main()
