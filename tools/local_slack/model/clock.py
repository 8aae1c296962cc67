"""The server's time, and the timestamps, ids and secrets that Slack makes."""

import random
import string

from tools.local_platform.clock import MovableClock
from tools.local_platform.issued_secrets import issue_secret

ID_LETTERS = string.ascii_uppercase + string.digits
ID_LENGTH = 10
"""Characters after the letter that says what an id is of."""
SECRET_LENGTH = 24
"""Characters of a token, a trigger or an address that nobody may guess."""


class Clock(MovableClock):
    """Makes timestamps of the time, and ids that are the same in every run."""

    def __init__(self) -> None:
        super().__init__()
        self._last = 0
        self._random = random.Random(0)  # ids need to be different, not secret

    def unix(self) -> int:
        """The time of day in seconds since 1970."""
        return int(self.now().timestamp())

    def new_ts(self) -> str:
        """A message's timestamp, which is its id: seconds with six decimals, greater than all before."""
        self._last = max(self._last + 1, int(self.now().timestamp() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06}"

    def new_id(self, kind: str) -> str:
        """A new id of a kind: T(eam), U(ser), C(hannel), D(irect messages), S(ubteam), F(ile), V(iew), …"""
        return kind + "".join(self._random.choices(ID_LETTERS, k=ID_LENGTH))

    def new_secret(self) -> str:
        """Letters that nobody else has."""
        letters = self._random.choices(string.ascii_letters + string.digits, k=SECRET_LENGTH)
        return issue_secret("".join(letters))
