"""How Discord refuses a request."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tools.local_platform.schemas import ProblemPath


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong with a request; `path` is empty if it is the whole."""

    path: ProblemPath
    code: str
    message: str

    def __str__(self) -> str:
        where = ".".join(str(step) for step in self.path)
        return f"{where}: {self.message} ({self.code})" if where else f"{self.message} ({self.code})"


class Refused(Exception):
    """An answer other than a good one: an HTTP status, Discord's code and what it says."""

    def __init__(self, status: int, code: int, message: str, problems: Sequence[Problem] = ()) -> None:
        super().__init__(f"{status} {code} {message}")
        self.status = status
        self.code = code
        self.message = message
        self.problems = tuple(problems)

    @property
    def body(self) -> dict[str, Any]:
        """The answer's body, with the problems nested by their paths as Discord nests them."""
        body: dict[str, Any] = {"message": self.message, "code": self.code}
        for problem in self.problems:
            node: dict[str, Any] = body.setdefault("errors", {})
            for step in problem.path:
                node = node.setdefault(str(step), {})
            node.setdefault("_errors", []).append({"code": problem.code, "message": problem.message})
        return body


def problem(code: str, *path: str | int) -> Problem:
    """A rule that is broken, in the words of its code."""
    return Problem(path, code, code.replace("_", " ").lower())


def invalid_form(problems: Sequence[Problem]) -> Refused:
    """A body that breaks a rule."""
    return Refused(400, 50035, "Invalid Form Body", problems)


def invalid(path: ProblemPath, code: str, message: str) -> Refused:
    """A body or a query that breaks one rule."""
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
    """Something that is not there, or that must not be known to be there."""
    return Refused(404, _UNKNOWN[what], f"Unknown {what}")


def missing_access() -> Refused:
    """A channel or guild that the bot can't see."""
    return Refused(403, 50001, "Missing Access")


def missing_permissions() -> Refused:
    """Something that the bot may not do where it is."""
    return Refused(403, 50013, "Missing Permissions")
