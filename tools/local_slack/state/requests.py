"""A call of the bot's, as it is kept for tests to look at."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tools.local_slack.rules.errors import Problem

SHOWN = 160
"""Characters of the arguments in a printed list."""
RESPONSE_URL = "response_url"
"""Stands for a method where a call was sent to such an address."""
ACK = "ack"
"""Stands for a method where something came with an acknowledgement."""
UPLOAD = "upload"
DOWNLOAD = "download"


@dataclass(frozen=True, slots=True)
class Request:
    """A call and how it was answered; `at` is in seconds of the server's clock.

    `method` is a method's name, or one of the names above; `error` is None if it was carried out and
    answered, and "cut" where the connection ended before any answer.
    """

    method: str
    arguments: Mapping[str, Any]
    at: float
    status: int
    error: str | None
    problems: tuple[Problem, ...]

    @property
    def name(self) -> str:
        return self.method

    @property
    def label(self) -> str:
        return self.method

    def __str__(self) -> str:
        given = json.dumps(self.arguments, ensure_ascii=False, default=str)[:SHOWN]
        wrong = "".join(f"\n    ! {problem}" for problem in self.problems)
        status = "" if self.status == 200 else f" ({self.status})"
        return f"{self.method} -> {self.error or 'ok'}{status} {given}{wrong}"
