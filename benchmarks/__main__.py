"""`make bench`: every benchmark on the corpus named by the environment.

BENCH_ARTICLES and BENCH_QUESTIONS name a JSON Lines corpus and questions with evidence; BENCH_HOME a folder
that is not there yet (it stays).
"""

import os
import subprocess
import sys


def main() -> int:
    """Run them one after the other; 2 where the corpus is not named."""
    names = ("BENCH_ARTICLES", "BENCH_QUESTIONS", "BENCH_HOME")
    values = [os.environ.get(name) for name in names]
    if not all(values):
        print(f"benchmarks: set {', '.join(names)} first (see CONTRIBUTING.md)", file=sys.stderr)
        return 2
    articles, questions, home = map(str, values)
    for module, arguments in (
        ("lexical", (articles, questions)),
        ("reloading", (articles, home)),
        ("answering", (home, questions)),
    ):
        print(f"# {module}", flush=True)
        subprocess.run([sys.executable, "-m", f"benchmarks.{module}", *arguments], check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
