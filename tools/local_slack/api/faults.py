"""What goes wrong between a bot and Slack's Web API, on demand."""

from dataclasses import dataclass
from enum import Enum, auto
from fnmatch import fnmatchcase

from tools.local_slack.rules.errors import Refused, rate_limited


class Trouble(Enum):
    """What happens to a call."""

    REFUSED = auto()  # answered with an error, not carried out
    BROKEN = auto()  # answered with a page that is no JSON, not carried out
    CUT = auto()  # the connection ends before it is carried out
    LOST = auto()  # carried out, and the connection ends before the answer
    SLOW = auto()  # carried out late
    SLOW_ANSWER = auto()  # carried out at once, answered late


@dataclass(slots=True)
class Fault:
    """A rule. `method` is a pattern in which `*` stands for anything; also of response_url and upload.

    It applies `times` times, or always where that is None; `hits` counts.
    """

    method: str
    trouble: Trouble
    times: int | None = 1
    seconds: float = 0.0
    status: int = 500
    refusal: Refused | None = None
    hits: int = 0

    def fits(self, method: str) -> bool:
        """Whether it applies to a call, and is not used up."""
        return (self.times is None or self.hits < self.times) and fnmatchcase(method, self.method)


class Faults:
    """The rules in force; of several that fit, the oldest applies."""

    def __init__(self) -> None:
        self._rules: list[Fault] = []

    def take(self, method: str) -> Fault | None:
        """The rule for a call, counted as used."""
        for rule in self._rules:
            if rule.fits(method):
                rule.hits += 1
                return rule
        return None

    def clear(self) -> None:
        """No more trouble."""
        self._rules.clear()

    def limit(self, method: str, *, retry_after: int, times: int | None = 1) -> Fault:
        """Answer 429: wait `retry_after` seconds."""
        return self._add(Fault(method, Trouble.REFUSED, times, refusal=rate_limited(retry_after)))

    def refuse(self, method: str, error: str, *, times: int | None = 1) -> Fault:
        """Answer with one of Slack's errors: invalid_auth, msg_blocks_too_long, internal_error, …"""
        return self._add(Fault(method, Trouble.REFUSED, times, refusal=Refused(error)))

    def fail(self, method: str, *, status: int = 500, times: int | None = 1) -> Fault:
        """Answer with a server's error, as a page that is no JSON."""
        return self._add(Fault(method, Trouble.BROKEN, times, status=status))

    def cut(self, method: str, *, times: int | None = 1) -> Fault:
        """Close the connection; nothing is carried out."""
        return self._add(Fault(method, Trouble.CUT, times))

    def lose(self, method: str, *, times: int | None = 1) -> Fault:
        """Carry it out, and close the connection before the answer."""
        return self._add(Fault(method, Trouble.LOST, times))

    def slow(self, method: str, seconds: float, *, answer_only: bool = False, times: int | None = 1) -> Fault:
        """Take `seconds` before it is carried out, or after that and before the answer."""
        trouble = Trouble.SLOW_ANSWER if answer_only else Trouble.SLOW
        return self._add(Fault(method, trouble, times, seconds=seconds))

    def _add(self, fault: Fault) -> Fault:
        self._rules.append(fault)
        return fault
