"""The server's clock, and Slack's timestamps, ids and secrets."""

import random
import string

from tools.local_platform.clock import MovableClock
from tools.local_platform.issued_secrets import issue_secret

ID_LETTERS = string.ascii_uppercase + string.digits
ID_LENGTH = 10
"""Characters of an id after the letter for its kind."""
SECRET_LENGTH = 24
"""Characters of the secret part of a token, trigger or address."""


class Clock(MovableClock):
    """A clock that makes timestamps, and ids that are the same in every run."""

    def __init__(self) -> None:
        super().__init__()
        self._last = 0
        self._random = random.Random(0)  # ids must differ, but need not be secret

    def unix(self) -> int:
        """The current time in seconds since 1970."""
        return int(self.now().timestamp())

    def new_ts(self) -> str:
        """A new message timestamp, which is its id: seconds with six decimals, greater than all before."""
        self._last = max(self._last + 1, int(self.now().timestamp() * 1_000_000))
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06}"

    def new_id(self, kind: str) -> str:
        """A new id of a kind: T(eam), U(ser), C(hannel), D(irect messages), S(ubteam), F(ile), V(iew), …"""
        return kind + "".join(self._random.choices(ID_LETTERS, k=ID_LENGTH))

    def new_secret(self) -> str:
        """A new random secret."""
        letters = self._random.choices(string.ascii_letters + string.digits, k=SECRET_LENGTH)
        return issue_secret("".join(letters))
