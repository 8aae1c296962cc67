"""`make bench`: run every benchmark on the corpus that environment variables name.

BENCH_ARTICLES is a JSON Lines corpus, BENCH_QUESTIONS its questions with evidence, and BENCH_HOME a folder
that does not exist yet; it is kept.
"""

import os
import subprocess
import sys


def main() -> int:
    """Run the benchmarks one after the other. Returns 2 if a variable is missing."""
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
