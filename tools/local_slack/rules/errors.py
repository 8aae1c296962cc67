"""Slack's error responses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tools.local_platform.schemas import ProblemPath


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of a call; an empty `path` means the whole call."""

    path: ProblemPath
    message: str

    def __str__(self) -> str:
        pointer = "".join(f"/{step}" for step in self.path)
        return f"{self.message} [json-pointer:{pointer}]" if self.path else self.message


class Refused(Exception):
    """A response with `ok: false`. Slack sends it with status 200, except for a rate limit."""

    def __init__(
        self,
        error: str,
        problems: Sequence[Problem] = (),
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **extra: Any,
    ) -> None:
        """`extra` are further keys of the response."""
        super().__init__(f"{error}: {'; '.join(map(str, problems))}" if problems else error)
        self.error = error
        self.problems = tuple(problems)
        self.status = status
        self.headers = dict(headers or {})
        self._extra = extra

    @property
    def body(self) -> dict[str, Any]:
        """The body of the response, with the problems in Slack's format."""
        body: dict[str, Any] = {"ok": False, "error": self.error, **self._extra}
        if self.problems:
            body["response_metadata"] = {"messages": [f"[ERROR] {problem}" for problem in self.problems]}
            if self.error == "invalid_blocks":
                body["errors"] = [str(problem) for problem in self.problems]
        return body


def invalid_arguments(problems: Sequence[Problem]) -> Refused:
    """The response to arguments that break a rule, except for blocks."""
    return Refused("invalid_arguments", problems)


def invalid_blocks(problems: Sequence[Problem]) -> Refused:
    """The response to blocks that break a rule."""
    return Refused("invalid_blocks", problems)


def rate_limited(retry_after: int) -> Refused:
    """The response to too many calls, with a wait of `retry_after` seconds, an integer for Slack and
    slack_sdk."""
    return Refused("ratelimited", status=429, headers={"Retry-After": str(retry_after)})
