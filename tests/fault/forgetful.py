"""A process that forgets and dies of it: `python -m tests.fault.forgetful`.

For each line `HOME ARTICLE PLACE` on standard input it forks a child, which forgets the article and kills
itself with SIGKILL before its PLACE-th call of the system or the database that could leave something behind.
When the child is gone, `gone N` is said, where N is how many such calls it made if it came to an end, else 0.
"""

import os
import signal
import sys
from functools import partial
from pathlib import Path
from types import FrameType

from bot.corpus_admin.changes import forget
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import reload
from retrieval.models.embedder import HashEmbedder
from tests.fault.newsroom import COLLECTION, QuickDisk, no_progress

LASTING = frozenset(
    {"execute", "executemany", "mkdir", "open", "remove", "rename", "replace", "rmdir", "unlink", "write"}
)
"""What such calls are named, and below whose they are."""
OWNERS = frozenset({"posix", "_io", "sqlite3"})


def forget_until(home: Home, article_id: str, place: int) -> int:
    """Forget the article, and die before that call; how many there were."""
    done = 0

    def watch(_frame: FrameType, event: str, called: object) -> None:
        nonlocal done
        if event != "c_call" or getattr(called, "__name__", "") not in LASTING:
            return
        owner = getattr(called, "__module__", None) or type(getattr(called, "__self__", None)).__module__
        if owner in OWNERS:
            done += 1
            if done == place:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.setprofile(watch)
    forget(home, COLLECTION, article_id, partial(reload, home, HashEmbedder, progress=no_progress))
    sys.setprofile(None)
    return done


def main() -> None:
    """One child for each line."""
    for line in sys.stdin:
        home, article_id, place = line.rstrip("\n").split("\t")
        reading, writing = os.pipe()
        child = os.fork()
        if not child:
            done = forget_until(Home(Path(home), QuickDisk()), article_id, int(place))
            os.write(writing, str(done).encode())
            os._exit(0)
        os.close(writing)
        os.waitpid(child, 0)
        said = os.read(reading, 20).decode() or "0"
        os.close(reading)
        os.write(1, f"gone {said}\n".encode())


if __name__ == "__main__":
    main()
