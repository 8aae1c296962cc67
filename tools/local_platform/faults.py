"""Injects faults between a bot and a platform's API."""

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
    CUT = auto()  # the connection ends before it is executed
    LOST = auto()  # executed, and the connection ends before the response
    SLOW = auto()  # executed late
    SLOW_ANSWER = auto()  # executed at once, answered late


@dataclass(frozen=True, slots=True)
class ErrorAnswer:
    """The error response; `error` is its name in the recorded requests."""

    status: int
    body: str
    headers: Mapping[str, str]
    error: str


@dataclass(slots=True)
class Fault:
    """A fault for requests whose target matches the pattern `target`, in which `*` matches anything.

    It applies `times` times, or always if that is None; `hits` counts. With `carried_out`, a request that is
    answered with an error is executed all the same.
    """

    target: str
    trouble: Trouble
    times: int | None = 1
    seconds: float = 0.0
    answer: ErrorAnswer | None = None
    carried_out: bool = False
    hits: int = 0

    def applies(self, target: str) -> bool:
        """Whether the fault applies to a request and is not used up."""
        return (self.times is None or self.hits < self.times) and fnmatchcase(target, self.target)


class Faults:
    """The active faults; if several apply to a request, the oldest is used.

    A target is a method and a path on Discord, and the name of a method on Slack.
    """

    def __init__(self) -> None:
        self._rules: list[Fault] = []

    def take(self, target: str) -> Fault | None:
        """The fault for a request, which is counted as used; None if there is none."""
        for rule in self._rules:
            if rule.applies(target):
                rule.hits += 1
                return rule
        return None

    def clear(self) -> None:
        """Remove all faults."""
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
        """Answer with any response, instead of executing the request or after that."""
        answer = ErrorAnswer(status, body, headers, error or f"status {status}")
        return self._add(Fault(" ".join(target), Trouble.REFUSED, times, 0.0, answer, carried_out))

    def fail(
        self, *target: str, status: int = 500, carried_out: bool = False, times: int | None = 1
    ) -> Fault:
        """Answer with a server error whose body is a page, not JSON; with `carried_out` the request is
        executed before."""
        page = {"Content-Type": "text/html"}
        return self.answer(
            *target, status=status, body="upstream error", headers=page, carried_out=carried_out, times=times
        )

    def cut(self, *target: str, times: int | None = 1) -> Fault:
        """Close the connection without executing the request."""
        return self._add(Fault(" ".join(target), Trouble.CUT, times))

    def lose(self, *target: str, times: int | None = 1) -> Fault:
        """Execute the request, and close the connection before the response."""
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
        """Read the request, so that it can be recorded, without executing it."""

    async def answer(self) -> web.StreamResponse:
        """Execute the request, and return the response."""
        ...

    def record(self, status: int | None = None, error: str = "") -> None:
        """Record the request with this status and error, or, without a status, with those of its response."""


async def handle(
    faults: Faults, target: str, request: web.Request, under_way: UnderWay
) -> web.StreamResponse:
    """Answer a request, with the fault that applies to it, if any."""
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
        # The body is bytes, since aiohttp would add a charset to the type of a text.
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
