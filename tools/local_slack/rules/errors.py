"""How Slack refuses a call."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tools.local_platform.schemas import ProblemPath


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a call; `path` is empty if it is the whole."""

    path: ProblemPath
    message: str

    def __str__(self) -> str:
        pointer = "".join(f"/{step}" for step in self.path)
        return f"{self.message} [json-pointer:{pointer}]" if self.path else self.message


class Refused(Exception):
    """An answer with `ok: false`. Slack sends it with status 200 but for a rate limit."""

    def __init__(
        self,
        error: str,
        problems: Sequence[Problem] = (),
        *,
        status: int = 200,
        headers: Mapping[str, str] | None = None,
        **extra: Any,
    ) -> None:
        """`extra` are further keys of the answer."""
        super().__init__(f"{error}: {'; '.join(map(str, problems))}" if problems else error)
        self.error = error
        self.problems = tuple(problems)
        self.status = status
        self.headers = dict(headers or {})
        self._extra = extra

    @property
    def body(self) -> dict[str, Any]:
        """The answer, with the problems in Slack's form."""
        body: dict[str, Any] = {"ok": False, "error": self.error, **self._extra}
        if self.problems:
            body["response_metadata"] = {"messages": [f"[ERROR] {problem}" for problem in self.problems]}
            if self.error == "invalid_blocks":
                body["errors"] = [str(problem) for problem in self.problems]
        return body


def invalid_arguments(problems: Sequence[Problem]) -> Refused:
    """Arguments that break a rule, those in blocks aside."""
    return Refused("invalid_arguments", problems)


def invalid_blocks(problems: Sequence[Problem]) -> Refused:
    """Blocks that break a rule."""
    return Refused("invalid_blocks", problems)


def rate_limited(retry_after: int) -> Refused:
    """Too many calls: wait `retry_after` seconds; Slack says whole ones, and slack_sdk takes no others."""
    return Refused("ratelimited", status=429, headers={"Retry-After": str(retry_after)})
