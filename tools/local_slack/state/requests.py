"""A recorded call of the bot, for tests."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tools.local_slack.rules.errors import Problem

SHOWN = 160
"""The most characters of the arguments in a printed list."""
RESPONSE_URL = "response_url"
"""The method name of requests to response URLs."""
ACK = "ack"
"""The method name of payloads of acknowledgements."""
UPLOAD = "upload"
DOWNLOAD = "download"


@dataclass(frozen=True, slots=True)
class Request:
    """A call and its response; `at` is in seconds of the server's clock.

    `method` is a method's name, or one of the names above; `error` is None if it was executed and
    answered, and "cut" if the connection ended before the response.
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
