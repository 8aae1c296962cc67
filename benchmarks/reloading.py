"""Measure a full build of a corpus, then a reload after one article has changed.

    python -m benchmarks.reloading ARTICLES.jsonl.gz HOME

HOME must not exist yet and is kept, for `benchmarks.answering`. Both reloads run as whole processes, so
starting and loading the model are included. Printed as JSON: seconds, passages a second, peak megabytes, and
the ratio of the second reload to the first.
"""

import argparse
import gzip
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

NEWSDESK = [sys.executable, "-m", "bot"]


def run(*arguments: str) -> tuple[dict[str, Any], float, float]:
    """A command's output, its seconds and its peak megabytes."""
    started = time.perf_counter()
    with subprocess.Popen([*NEWSDESK, *arguments, "--json"], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        printed = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(process.returncode)
    return json.loads(printed), time.perf_counter() - started, usage.ru_maxrss / 1000


def main() -> None:
    """Build, change the last article, reload."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("articles", type=Path)
    parser.add_argument("home", type=Path)
    call = parser.parse_args()
    if call.home.exists():
        parser.error(f"{call.home} is there already")
    call.home.mkdir(parents=True)
    copy = call.home / "articles.jsonl"
    opener = gzip.open if call.articles.suffix == ".gz" else open
    with opener(call.articles, "rt", encoding="utf-8") as file:
        lines = file.readlines()
    copy.write_text("".join(lines), encoding="utf-8")
    home = ("--home", str(call.home))
    first, seconds, megabytes = run(*home, "corpus", "add", str(copy))
    status, _, _ = run(*home, "corpus", "status")
    built = status["collections"]["news"]["generations"][0]
    changed = json.loads(lines[-1])
    changed["text"] += "\n\nThis sentence was added to see what a reload does."
    copy.write_text("".join([*lines[:-1], json.dumps(changed) + "\n"]), encoding="utf-8")
    second, again, again_megabytes = run(*home, "corpus", "reload")
    print(
        json.dumps(
            {
                "articles": built["articles"],
                "passages": built["passages"],
                "chunks": built["chunks"],
                "build_s": round(seconds, 1),
                "passages_per_s": round(built["passages"] / seconds, 1),
                "build_peak_mb": round(megabytes),
                "embedded_first": first["embedded"],
                "reload_s": round(again, 1),
                "reload_peak_mb": round(again_megabytes),
                "embedded_again": second["embedded"],
                "reload_share": round(again / seconds, 4),
            }
        )
    )


if __name__ == "__main__":
    main()
