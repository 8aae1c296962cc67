"""Compare Newsdesk, txtai, chroma and a simple script, one after the other on the same corpus and machine.

    python -m benchmarks.peers ARTICLES.jsonl QUESTIONS.jsonl [--peers-python PATH]

The peers need their own environment (pip 25.1 or newer; the versions are those of Newsdesk's packages):

    python3 -m venv .peers && .peers/bin/pip install --upgrade pip
    .peers/bin/pip install --group peers --constraint constraints.txt

Everything is kept in `--folder`: the vectors, so that a second run embeds only samples, and the indexes,
which are built again. The embedding speed of each system is measured on a sample. The best of `--rounds`
counts. Writes docs/performance.json, docs/performance.svg and the table in docs/performance.md.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.peers.figures import PEERS, PLAIN, READER, SYSTEMS, better

ROOT = Path(__file__).parents[2]
COLD_STARTS = 2
"""Cold starts in a round; from the second on, the disk's cache is warm."""
MODEL_FOLDER = """\
import json
from retrieval.models.packaged import packaged_folder
print(json.dumps(str(packaged_folder())))
"""


@dataclass(frozen=True, slots=True)
class Ran:
    """A finished process: its last line of output, its seconds, and its peak memory."""

    said: Any
    seconds: float
    megabytes: float


class Runner:
    """Starts the processes of each system. This process must stay small: its memory would count as that of
    its children."""

    def __init__(self, folder: Path, peers_python: Path) -> None:
        """All files are created in `folder`."""
        self.folder = folder
        self.material = folder / "material"
        self._peers_python = str(peers_python)
        told = self._run([sys.executable, "-c", MODEL_FOLDER])
        self._model = str(told.said)

    def state(self, system: str) -> Path:
        """The folder of a system's index."""
        return self.folder / "state" / system.partition("-")[0]

    def module(self, name: str, *arguments: object, peers: bool = False) -> Ran:
        """Run a module of this package."""
        python = self._peers_python if peers else sys.executable
        return self._run([python, "-m", f"benchmarks.peers.{name}", *map(str, arguments)])

    def task(self, system: str, task: str) -> Ran:
        """Run a task of a system."""
        name = system.partition("-")[0]
        python = self._peers_python if name in PEERS else sys.executable
        arguments = (name, task, str(self.material), str(self.state(system)), self._model)
        return self._run([python, "-m", "benchmarks.peers.task", *arguments], system)

    def newsdesk(self, system: str, *arguments: str) -> Ran:
        """Run a command of Newsdesk."""
        home = str(self.state(system))
        return self._run([sys.executable, "-m", "bot", "--home", home, *arguments, "--json"], system)

    def passage_vectors(self) -> None:
        """Embed the passages for the peers' `build`."""
        passages, vectors = self.material / "passages.jsonl", self.material / "vectors.npy"
        cache = self.folder / "passages.sqlite3"
        self.module("passage_vectors", self._model, passages, cache, vectors, peers=True)

    def _run(self, command: Sequence[str], system: str = READER) -> Ran:
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("NEWSDESK_")},
            "HF_HUB_OFFLINE": "1",
            "TOKENIZERS_PARALLELISM": "false",
            **({"NEWSDESK_READER": "none"} if system == PLAIN else {}),
        }
        started = time.perf_counter()
        with subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
        ) as process:
            assert process.stdout is not None
            printed = process.stdout.read()
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            raise SystemExit(f"{' '.join(command)} ended with {process.returncode}")
        lines = printed.strip().splitlines()
        return Ran(
            json.loads(lines[-1]) if lines else None, time.perf_counter() - started, usage.ru_maxrss / 1024
        )


def measure(runner: Runner, system: str, counts: Mapping[str, Any]) -> dict[str, float]:
    """All figures of a system that is built again; Newsdesk without the reader uses the existing index."""
    say(f"{system}: ")
    figures: dict[str, float] = {}
    state = runner.state(system)
    if system != PLAIN:
        shutil.rmtree(state, ignore_errors=True)
        if system == READER:
            source = state.with_name(f"{state.name}.jsonl")
            state.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(runner.material / "articles.jsonl", source)
            runner.module(
                "chunk_vectors", runner.material / "chunks.json", runner.folder / "chunks.sqlite3", state
            )
            built = runner.newsdesk(system, "corpus", "add", str(source))
        else:
            built = runner.task(system, "build")
        figures |= {"build_s": built.seconds, "build_mb": built.megabytes, "disk_mb": size(state)}
        say("built, ")
    question = json.loads((runner.material / "questions.jsonl").open(encoding="utf-8").readline())["question"]
    for _ in range(COLD_STARTS):
        cold = runner.task(system, "first") if system in PEERS else runner.newsdesk(system, "ask", question)
        figures = better(figures, {"cold_s": cold.seconds, "cold_mb": cold.megabytes})
    warm = runner.task(system, "warm")
    (runner.folder / f"{system}.found.json").write_text(json.dumps(warm.said), "utf-8")
    times = sorted(warm.said["seconds"])
    figures |= {
        "p50_ms": 1000 * times[len(times) // 2],
        "p99_ms": 1000 * times[int(len(times) * 0.99)],
        "alone_per_s": len(times) / sum(times),
        "together_per_s": len(times) / warm.said["together"],
        "warm_mb": warm.megabytes,
    }
    say("asked, ")
    if system != PLAIN:
        figures["embedded_per_s"] = runner.task(system, "embedding").said["per_second"]
        figures["embedding_s"] = (
            counts["chunks" if system == READER else "passages"] / figures["embedded_per_s"]
        )
        changed = runner.task(system, "change")
        figures |= {**changed.said, "change_mb": changed.megabytes}
    say("done\n")
    return figures


def size(folder: Path) -> float:
    """The megabytes of all files in a folder."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20


def say(text: str) -> None:
    """Print progress."""
    print(text, end="", file=sys.stderr, flush=True)


def main() -> None:
    """Measure all systems and write the results."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--peers-python", type=Path, default=ROOT / ".peers" / "bin" / "python")
    parser.add_argument("--folder", type=Path, default=ROOT / ".peers" / "run")
    parser.add_argument("--most", type=int, default=1000, help="articles; those with evidence come first")
    parser.add_argument("--rounds", type=int, default=2)
    call = parser.parse_args()
    call.folder.mkdir(parents=True, exist_ok=True)
    runner = Runner(call.folder.absolute(), call.peers_python.absolute())
    material = runner.module(
        "material", call.articles.absolute(), call.questions.absolute(), runner.material, call.most
    )
    say(f"{material.said}\n")
    runner.passage_vectors()
    figures: dict[str, dict[str, float]] = {}
    for _ in range(call.rounds):
        for system in SYSTEMS:
            figures[system] = better(figures.get(system, {}), measure(runner, system, material.said))
    found = [runner.folder / f"{system}.found.json" for system in SYSTEMS]
    hits = runner.module("scoring", runner.material, runner.state(READER), *found).said
    for system, hit in zip(SYSTEMS, hits, strict=True):
        figures[system]["hit_3"] = hit
    result = {
        "corpus": {name: material.said[name] for name in ("articles", "passages", "chunks", "questions")},
        "cutting_s": material.seconds,
        "machine": {"cores": len(os.sched_getaffinity(0)), "python": platform.python_version()},
        "versions": runner.task("script", "versions").said,
        "figures": {
            system: {name: round(value, 3) for name, value in sorted(one.items())}
            for system, one in figures.items()
        },
    }
    (ROOT / "docs" / "performance.json").write_text(json.dumps(result, indent=2) + "\n", "utf-8")
    runner.module("report")


if __name__ == "__main__":
    main()
