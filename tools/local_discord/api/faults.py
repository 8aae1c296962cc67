"""What goes wrong between a bot and Discord's REST API, on demand."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from fnmatch import fnmatchcase


class Trouble(Enum):
    """What happens to a request."""

    REFUSED = auto()  # answered with an error
    CUT = auto()  # the connection ends before it is carried out
    LOST = auto()  # carried out, and the connection ends before the answer
    SLOW = auto()  # carried out late
    SLOW_ANSWER = auto()  # carried out at once, answered late


@dataclass(slots=True)
class Fault:
    """A rule. `path` is a pattern of the path below /api/v10 in which `*` stands for anything.

    It applies `times` times, or always where that is None; `hits` counts.
    """

    method: str
    path: str
    trouble: Trouble
    times: int | None = 1
    seconds: float = 0.0
    status: int = 500
    body: str = ""
    headers: Mapping[str, str] | None = None
    carried_out: bool = False
    hits: int = 0

    def fits(self, method: str, path: str) -> bool:
        """Whether it applies to a request, and is not used up."""
        left = self.times is None or self.hits < self.times
        return left and self.method in ("*", method) and fnmatchcase(path, self.path)


class Faults:
    """The rules in force; of several that fit, the oldest applies."""

    def __init__(self) -> None:
        self._rules: list[Fault] = []

    def take(self, method: str, path: str) -> Fault | None:
        """The rule for a request, counted as used."""
        for rule in self._rules:
            if rule.fits(method, path):
                rule.hits += 1
                return rule
        return None

    def clear(self) -> None:
        """No more trouble."""
        self._rules.clear()

    def limit(
        self,
        method: str,
        path: str,
        *,
        retry_after: float,
        is_global: bool = False,
        shared: bool = False,
        times: int | None = 1,
    ) -> Fault:
        """Answer 429: wait `retry_after` seconds. `shared` is a limit that others have used up."""
        scope = "global" if is_global else "shared" if shared else "user"
        body = {"message": "You are being rate limited.", "retry_after": retry_after, "global": is_global}
        headers = {
            "Content-Type": "application/json",
            "Via": "1.1 google",
            "Retry-After": str(max(1, round(retry_after))),
            "X-RateLimit-Scope": scope,
            **(
                {"X-RateLimit-Global": "true"} if is_global else {"X-RateLimit-Reset-After": str(retry_after)}
            ),
        }
        return self._add(
            Fault(method, path, Trouble.REFUSED, times, status=429, body=json.dumps(body), headers=headers)
        )

    def ban(self, method: str = "*", path: str = "*", *, times: int | None = None) -> Fault:
        """Answer 429 as Cloudflare does to an address it has banned: a page, and no `Via`."""
        headers = {"Content-Type": "text/html", "Retry-After": "3600"}
        return self._add(
            Fault(method, path, Trouble.REFUSED, times, status=429, body="error code: 1015", headers=headers)
        )

    def fail(
        self,
        method: str,
        path: str,
        *,
        status: int = 500,
        carried_out: bool = False,
        times: int | None = 1,
    ) -> Fault:
        """Answer with a server's error that is no JSON; with `carried_out`, only the answer goes wrong."""
        headers = {"Content-Type": "text/plain"}
        return self._add(
            Fault(
                method,
                path,
                Trouble.REFUSED,
                times,
                status=status,
                body="upstream error",
                headers=headers,
                carried_out=carried_out,
            )
        )

    def refuse(
        self, method: str, path: str, *, status: int, code: int, message: str = "", times: int | None = 1
    ) -> Fault:
        """Answer with an error of the API: an HTTP status and Discord's own code."""
        body = json.dumps({"message": message, "code": code})
        headers = {"Content-Type": "application/json"}
        return self._add(
            Fault(method, path, Trouble.REFUSED, times, status=status, body=body, headers=headers)
        )

    def cut(self, method: str, path: str, *, times: int | None = 1) -> Fault:
        """Close the connection; nothing is carried out."""
        return self._add(Fault(method, path, Trouble.CUT, times))

    def lose(self, method: str, path: str, *, times: int | None = 1) -> Fault:
        """Carry it out, and close the connection before the answer."""
        return self._add(Fault(method, path, Trouble.LOST, times))

    def slow(
        self, method: str, path: str, seconds: float, *, answer_only: bool = False, times: int | None = 1
    ) -> Fault:
        """Take `seconds` before it is carried out, or after that and before the answer."""
        trouble = Trouble.SLOW_ANSWER if answer_only else Trouble.SLOW
        return self._add(Fault(method, path, trouble, times, seconds=seconds))

    def _add(self, fault: Fault) -> Fault:
        self._rules.append(fault)
        return fault
