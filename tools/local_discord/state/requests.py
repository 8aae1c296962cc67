"""What was sent to the server, kept for tests to look at."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tools.local_discord.model.entities import Upload
from tools.local_discord.rules.errors import Problem

SHOWN = 160
"""Characters of a body in a printed list."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request and how it was answered; `at` is in seconds of the server's clock.

    `status` is 0 where the connection was closed before any answer.
    """

    method: str
    path: str
    operation: str | None
    query: Mapping[str, str]
    body: Any
    files: Mapping[str, Upload]
    at: float
    status: int
    code: int | None
    problems: tuple[Problem, ...]

    def __str__(self) -> str:
        files = "".join(f" +{upload.filename}" for upload in self.files.values())
        body = "" if self.body is None else " " + json.dumps(self.body, ensure_ascii=False)[:SHOWN]
        code = f"/{self.code}" if self.code is not None else ""
        wrong = "".join(f"\n    ! {problem}" for problem in self.problems)
        return f"{self.method} {self.path} -> {self.status or 'no answer'}{code}{files}{body}{wrong}"


class Requests(list[Request]):
    """All requests, in the order in which they were answered."""

    def of(self, operation: str) -> list[Request]:
        """Those of one operation, by its name in Discord's description."""
        return [request for request in self if request.operation == operation]

    @property
    def problems(self) -> list[str]:
        """Everything that was wrong with any request, a line each."""
        return [
            f"{request.method} {request.path}: {problem}" for request in self for problem in request.problems
        ]

    def __str__(self) -> str:
        return "\n".join(str(request) for request in self)
