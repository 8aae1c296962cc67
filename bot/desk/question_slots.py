"""Limits how many questions are answered at the same time; reloads give way to them."""

import threading
from types import TracebackType

from retrieval.models.onnx_session import cores
from retrieval.switch_interval import SHORT_INTERVAL

PATIENCE = 0.5
"""The most seconds that a reload waits for an idle moment before it embeds its next few texts, so that it
progresses slowly even if questions never cease."""


class QuestionSlots:
    """A context manager in which one question is answered; thread-safe, not reentrant.

    More concurrent questions than cores would only slow each other down, and each needs some megabytes.
    """

    def __init__(self, at_once: int | None = None) -> None:
        """`at_once` is how many slots there are, by default one for each core."""
        self.at_once = at_once or cores()
        self._answering = 0
        one = threading.Lock()
        self._free, self._quiet = threading.Condition(one), threading.Condition(one)

    def __enter__(self) -> None:
        with self._free:
            self._free.wait_for(lambda: self._answering < self.at_once)
            self._answering += 1
        SHORT_INTERVAL.__enter__()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        SHORT_INTERVAL.__exit__(kind, error, trace)
        with self._free:
            self._answering -= 1
            self._free.notify()
            if not self._answering:
                self._quiet.notify_all()

    def wait_until_idle(self, patience: float = PATIENCE) -> None:
        """Wait until no question is being answered, at most `patience` seconds."""
        with self._quiet:
            self._quiet.wait_for(lambda: not self._answering, patience)
