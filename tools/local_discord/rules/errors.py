"""Discord's error responses."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tools.local_platform.schemas import ProblemPath


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem of a request; an empty `path` means the whole request."""

    path: ProblemPath
    code: str
    message: str

    def __str__(self) -> str:
        where = ".".join(str(step) for step in self.path)
        return f"{where}: {self.message} ({self.code})" if where else f"{self.message} ({self.code})"


class Refused(Exception):
    """An error response: the HTTP status, Discord's code and its message."""

    def __init__(self, status: int, code: int, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.code = code
        self.message = message
        self.problems = tuple(problems)

    @property
    def body(self) -> dict[str, Any]:
        """The body of the response, with the problems nested by their paths as Discord does."""
        body: dict[str, Any] = {"message": self.message, "code": self.code}
        for problem in self.problems:
            node: dict[str, Any] = body.setdefault("errors", {})
            for step in problem.path:
                node = node.setdefault(str(step), {})
            node.setdefault("_errors", []).append({"code": problem.code, "message": problem.message})
        return body


def problem(code: str, *path: str | int) -> Problem:
    """A broken rule, with the message of its code."""
    return Problem(path, code, code.replace("_", " ").lower())


def invalid_form(problems: Sequence[Problem]) -> Refused:
    """The response to a body that breaks rules."""
    return Refused(400, 50035, "Invalid Form Body", problems)


def invalid(path: ProblemPath, code: str, message: str) -> Refused:
    """The response to a body or a query that breaks one rule."""
    return invalid_form([Problem(path, code, message)])


_UNKNOWN = {
    "Application": 10002,
    "Channel": 10003,
    "Guild": 10004,
    "Member": 10007,
    "Message": 10008,
    "User": 10013,
    "Webhook": 10015,
    "interaction": 10062,
}


def unknown(what: str) -> Refused:
    """The response about something that does not exist, or that the bot must not know of."""
    return Refused(404, _UNKNOWN[what], f"Unknown {what}")


def missing_access() -> Refused:
    """The response about a channel or guild that the bot can't see."""
    return Refused(403, 50001, "Missing Access")


def missing_permissions() -> Refused:
    """The response to something that the bot has no permission for."""
    return Refused(403, 50013, "Missing Permissions")
