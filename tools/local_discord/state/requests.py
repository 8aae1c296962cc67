"""A recorded request of the bot, for tests."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tools.local_discord.model.entities import Upload
from tools.local_discord.rules.errors import Problem

SHOWN = 160
"""The most characters of a body in a printed list."""


@dataclass(frozen=True, slots=True)
class Request:
    """A request and its response; `at` is in seconds of the server's clock.

    `operation` is its name in Discord's description, None if it has none. `status` is 0 if the
    connection was closed before the response.
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

    @property
    def name(self) -> str:
        return self.operation or ""

    @property
    def label(self) -> str:
        return f"{self.method} {self.path}"

    def __str__(self) -> str:
        files = "".join(f" +{upload.filename}" for upload in self.files.values())
        body = "" if self.body is None else " " + json.dumps(self.body, ensure_ascii=False)[:SHOWN]
        code = f"/{self.code}" if self.code is not None else ""
        wrong = "".join(f"\n    ! {problem}" for problem in self.problems)
        return f"{self.label} -> {self.status or 'no answer'}{code}{files}{body}{wrong}"
