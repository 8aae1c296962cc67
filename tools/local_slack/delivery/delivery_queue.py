"""Delivers events, interactions and commands to the app, each until it is acknowledged."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field, replace
from typing import Any, Literal, Protocol

from tools.local_platform.changes import Changes
from tools.local_slack.model.clock import Clock
from tools.local_slack.model.entities import Payload

Kind = Literal["events_api", "interactive", "slash_commands"]

ACK_SECONDS = 3.0
RETRY_SECONDS = (0.0, 1.0, 5.0)
"""Seconds after each failure until an event is sent again: at once, then a sixtieth of Slack's one and five
minutes."""

ACKED = "acked"
LOST = "connection_lost"
NO_RETRY = "no_retry"


@dataclass(slots=True, eq=False)
class Delivery:
    """An event, an interaction or a command for the app.

    `created`, `acked` and `sent` are in seconds of the server's clock.
    `ack` is the payload of the acknowledgement, None if there was none. `failed` is why Slack gave up.
    `retry` is whether even its first sending is marked as a retry.
    """

    id: str
    kind: Kind
    payload: Payload
    created: float
    handle_ack: Callable[[Payload | None], None] | None = None
    sent: list[float] = field(default_factory=list)
    acked: float | None = None
    ack: Payload | None = None
    failed: str | None = None
    retry: bool = False

    @property
    def acked_after(self) -> float | None:
        """Seconds from the first sending to the acknowledgement."""
        began = self.sent[0] if self.sent else self.created
        return None if self.acked is None else self.acked - began

    @property
    def takes_payload(self) -> bool:
        """Whether its acknowledgement may have a payload."""
        return self.kind != "events_api"

    @property
    def event_type(self) -> str:
        """The type of the event or interaction, or the name of the command."""
        event = self.payload.get("event")
        if isinstance(event, dict):
            return str(event.get("type"))
        return str(self.payload.get("type") or self.payload.get("command"))


class Transport(Protocol):
    """Sends deliveries, by Socket Mode or HTTP."""

    async def deliver(self, delivery: Delivery, attempt: int, reason: str, seconds: float) -> str:
        """Send a delivery, as retry number `attempt` (0 for none) with its `reason`, and wait `seconds` for
        the acknowledgement. Returns ACKED, or why there was none."""
        ...


class DeliveryQueue:
    """The pending deliveries."""

    def __init__(self, clock: Clock, changes: Changes) -> None:
        self._clock = clock
        self._changes = changes
        self._tasks: set[asyncio.Task[None]] = set()
        self._events = 0
        self.transport: Transport | None = None
        self.ack_seconds = ACK_SECONDS
        self.retry_seconds: tuple[float, ...] = RETRY_SECONDS
        self.deliveries: list[Delivery] = []
        """All deliveries so far, in order."""
        self.twice_every: int | None = None
        """Every n-th event is sent twice, even if the first sending is acknowledged; None for no event."""

    def new(self, kind: Kind) -> Delivery:
        """A delivery without its payload, so that the payload can contain the delivery's id."""
        return Delivery(self._clock.new_secret(), kind, {}, self._clock.seconds())

    def send(self, delivery: Delivery) -> Delivery:
        """Start sending a delivery."""
        self.deliveries.append(delivery)
        self._begin(self._deliver(delivery))
        if delivery.kind == "events_api":
            self._events += 1
            if self.twice_every and self._events % self.twice_every == 0:
                self.again(delivery)
        return delivery

    def again(self, delivery: Delivery) -> Delivery:
        """Send a delivery once more, with the same event id."""
        copy = replace(
            delivery,
            created=self._clock.seconds(),
            handle_ack=None,
            sent=[],
            acked=None,
            ack=None,
            failed=None,
            retry=True,
        )
        self.deliveries.append(copy)
        self._begin(self._deliver(copy))
        return copy

    def take_ack(self, delivery: Delivery, payload: Payload | None) -> None:
        """Handle an acknowledgement by the app; only the first one's payload counts."""
        if delivery.acked is None:
            delivery.acked = self._clock.seconds()
            delivery.ack = payload
            if delivery.handle_ack is not None:
                delivery.handle_ack(payload)
        self._changes.announce()

    async def close(self) -> None:
        """Cancel pending deliveries; raises errors of this server itself."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome

    def _begin(self, delivering: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(delivering)
        self._tasks.add(task)
        task.add_done_callback(self._end)

    def _end(self, task: asyncio.Task[None]) -> None:
        if task.cancelled() or task.exception() is None:
            self._tasks.discard(task)
        self._changes.announce()

    async def _deliver(self, delivery: Delivery) -> None:
        assert self.transport is not None
        attempt, failures, reason = (1 if delivery.retry else 0), 0, ("timeout" if delivery.retry else "")
        while True:
            reason = await self.transport.deliver(delivery, attempt, reason, self.ack_seconds)
            if reason == ACKED:
                return
            # Only sent events count as failures; while no connection is open, an event waits.
            if reason != LOST:
                if delivery.kind != "events_api" or failures >= len(self.retry_seconds):
                    break
                if reason == NO_RETRY:
                    break
                await asyncio.sleep(self.retry_seconds[failures])
                failures += 1
            attempt += 1
        delivery.failed = reason
        self._changes.announce()
