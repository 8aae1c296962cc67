"""When to try a platform again: after which failures, and after how long."""

import random
from http import HTTPStatus

from corpus.doubling import doubled

FIRST_PAUSE = 1.0
"""The least seconds between the starts of two connections: after a connection that lasted longer, the next is
opened at once."""
LONGEST_PAUSE = 30.0
"""The most seconds between two attempts, so that after an outage of a minute at most half of it is lost. A
failed attempt costs nothing: of the 1,000 sessions a day that Discord allows, it has started none."""


def pause(failures: int, lasted: float) -> float:
    """Seconds to wait after that many failures in a row, the last of which took `lasted` seconds.

    A random factor of 0.5 to 1 spreads out bots that an outage disconnected at the same time.
    """
    wanted = doubled(FIRST_PAUSE, failures, LONGEST_PAUSE)
    return max(0.0, wanted * random.uniform(0.5, 1.0) - lasted)  # noqa: S311 - not used for security


def is_temporary(status: int) -> bool:
    """Whether an HTTP status says that a later attempt may succeed: too many requests, or a server's
    failure."""
    return status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR
