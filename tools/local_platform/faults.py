"""What goes wrong between a bot and a platform's API, on demand."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum, auto
from fnmatch import fnmatchcase
from typing import Protocol

from aiohttp import web


class Trouble(Enum):
    """What happens to a request."""

    REFUSED = auto()  # answered with an error
    CUT = auto()  # the connection ends before it is carried out
    LOST = auto()  # carried out, and the connection ends before the answer
    SLOW = auto()  # carried out late
    SLOW_ANSWER = auto()  # carried out at once, answered late


@dataclass(frozen=True, slots=True)
class ErrorAnswer:
    """What is answered instead; `error` is what the record of requests says."""

    status: int
    body: str
    headers: Mapping[str, str]
    error: str


@dataclass(slots=True)
class Fault:
    """A rule. `target` is a pattern of what a request is for, in which `*` stands for anything.

    It applies `times` times, or always where that is None; `hits` counts. A request that is refused is
    carried out all the same where `carried_out` says so.
    """

    target: str
    trouble: Trouble
    times: int | None = 1
    seconds: float = 0.0
    answer: ErrorAnswer | None = None
    carried_out: bool = False
    hits: int = 0

    def applies(self, target: str) -> bool:
        """Whether it applies to a request, and is not used up."""
        return (self.times is None or self.hits < self.times) and fnmatchcase(target, self.target)


class Faults:
    """The rules in force; of several that apply, the oldest does.

    What a request is for is a method and a path on Discord, the name of a method on Slack.
    """

    def __init__(self) -> None:
        self._rules: list[Fault] = []

    def take(self, target: str) -> Fault | None:
        """The rule for a request, counted as used."""
        for rule in self._rules:
            if rule.applies(target):
                rule.hits += 1
                return rule
        return None

    def clear(self) -> None:
        """No more trouble."""
        self._rules.clear()

    def answer(
        self,
        *target: str,
        status: int,
        body: str,
        headers: Mapping[str, str],
        error: str = "",
        carried_out: bool = False,
        times: int | None = 1,
    ) -> Fault:
        """Answer with anything, instead of carrying it out or after that."""
        answer = ErrorAnswer(status, body, headers, error or f"status {status}")
        return self._add(Fault(" ".join(target), Trouble.REFUSED, times, 0.0, answer, carried_out))

    def fail(
        self, *target: str, status: int = 500, carried_out: bool = False, times: int | None = 1
    ) -> Fault:
        """Answer with a server's error, a page that is no JSON; with `carried_out` only the answer goes
        wrong."""
        page = {"Content-Type": "text/html"}
        return self.answer(
            *target, status=status, body="upstream error", headers=page, carried_out=carried_out, times=times
        )

    def cut(self, *target: str, times: int | None = 1) -> Fault:
        """Close the connection; nothing is carried out."""
        return self._add(Fault(" ".join(target), Trouble.CUT, times))

    def lose(self, *target: str, times: int | None = 1) -> Fault:
        """Carry it out, and close the connection before the answer."""
        return self._add(Fault(" ".join(target), Trouble.LOST, times))

    def _slow(self, target: str, seconds: float, answer_only: bool, times: int | None) -> Fault:
        trouble = Trouble.SLOW_ANSWER if answer_only else Trouble.SLOW
        return self._add(Fault(target, trouble, times, seconds))

    def _add(self, fault: Fault) -> Fault:
        self._rules.append(fault)
        return fault


class UnderWay(Protocol):
    """A request that is being handled."""

    async def read(self) -> None:
        """Read it, so that it can be recorded, and do nothing."""

    async def answer(self) -> web.StreamResponse:
        """Carry it out; the answer."""
        ...

    def record(self, status: int | None = None, error: str = "") -> None:
        """Keep it with this status and error, or, without a status, as it was answered."""


async def handle(
    faults: Faults, target: str, request: web.Request, under_way: UnderWay
) -> web.StreamResponse:
    """Answer a request, with the trouble that is in force for it."""
    fault = faults.take(target)
    trouble = fault and fault.trouble
    if fault is None:
        answer = await under_way.answer()
        under_way.record()
        return answer
    if trouble is Trouble.SLOW:
        await asyncio.sleep(fault.seconds)
    carried_out = fault.carried_out or trouble not in (Trouble.REFUSED, Trouble.CUT)
    done = None
    if carried_out:
        done = await under_way.answer()
    else:
        await under_way.read()
    if trouble is Trouble.REFUSED and fault.answer is not None:
        wrong = fault.answer
        under_way.record(wrong.status, wrong.error)
        # A body of bytes: to a text, a charset would be added behind the type.
        return web.Response(status=wrong.status, body=wrong.body.encode(), headers=wrong.headers)
    if done is None or trouble is Trouble.LOST:
        under_way.record(0, "cut")
        if request.transport is not None:
            request.transport.abort()
        return web.Response()
    under_way.record()
    if trouble is Trouble.SLOW_ANSWER:
        await asyncio.sleep(fault.seconds)
    return done
