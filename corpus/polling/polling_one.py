"""Polls one source; whatever goes wrong is its failure, and does not stop the polling of others."""

from collections.abc import Callable

from corpus.errors import UnreadableSource
from corpus.sources.source import PollResult


def poll_one(location: str, poll: Callable[[], PollResult]) -> PollResult:
    """The result of polling the source at that location; any error of `poll` becomes its failure."""
    try:
        return poll()
    except UnreadableSource as error:
        return PollResult(failure=error)
    except Exception as error:  # noqa: BLE001 - a parser's mistake about one source must not stop the others
        reason = f"it could not be read ({type(error).__name__}: {error})"[:200]
        return PollResult(failure=UnreadableSource(location, reason))
