"""How long to wait before connecting to a platform again."""

import random

FIRST_PAUSE = 1.0
"""Seconds from one connection's beginning to the next one's, at least: a connection that held for longer is
taken up again at once."""
LONGEST_PAUSE = 30.0
"""Seconds between two tries, at most: an outage of a minute is over within half of it. A try that fails costs
nothing: Discord allows 1,000 sessions a day, and it has begun none."""


def pause(failures: int, lasted: float) -> float:
    """Seconds to wait after that many failures in a row, the last of which took `lasted` seconds.

    It is up to halved by chance, so that the bots which one outage cut off do not all come back at once.
    """
    wanted = min(FIRST_PAUSE * 2.0**failures, LONGEST_PAUSE)
    return max(0.0, wanted * random.uniform(0.5, 1.0) - lasted)  # noqa: S311 - nothing is kept secret by it
