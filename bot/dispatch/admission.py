"""Whether this process handles an event, and has promised a reply to it."""

import asyncio

from bot.cards.notices import failure
from bot.chat.refusal import Refusal
from bot.dispatch.claims import Pending
from bot.dispatch.event_gate import EventGate
from bot.dispatch.incidents import excuse
from bot.dispatch.job import RunningJob
from corpus.errors import NewsdeskError

LOOK = 0.5
"""Seconds that a check may delay the acknowledgement, which has three; it takes a few milliseconds."""


class Admission:
    """Claims the events that this process handles, and refuses at once what it can."""

    def __init__(self, gate: EventGate) -> None:
        """`gate` has the claims of one platform."""
        self._gate = gate

    async def admits(self, run: RunningJob, *, claimed: bool) -> bool:
        """Whether this process handles the event, and has promised a reply. Of several processes that receive
        an event, one claims it before it counts or sends anything; a single process refuses first, without a
        claim."""
        if run.event is None or claimed:
            return await self._is_promised(run)
        if not self._gate.claims.are_shared:
            return await self._is_promised(run) and await self._claim(run, run.event)
        if not await self._claim(run, run.event):
            return False
        if not (promised := await self._is_promised(run)):
            await self._gate.claims.settle(run.pending)
        return promised

    async def _is_promised(self, run: RunningJob) -> bool:
        """Refuse at once what can be refused without any work, or promise a reply; False if there is nothing
        more to do."""
        job, reply, messages = run.job, run.reply, run.request.messages
        if job.check:
            try:
                if self._gate.stopping:
                    raise Refusal("stopping")
                async with asyncio.timeout(LOOK):
                    await job.check()
            except TimeoutError:
                pass  # the work checks again
            except NewsdeskError as error:
                run.tracker.refuse(error)
                await reply.refuse(failure(excuse(error, messages)))
                return False
        promised = await reply.acknowledge(job.placement)
        if not promised and job.question and self._gate.claims.are_shared:
            # The event is claimed here, so no other process answers it; the person is told in a direct
            # message why nothing follows.
            await reply.direct(failure(excuse(Refusal("too-late"), messages)))
        return promised

    async def _claim(self, run: RunningJob, event: str) -> bool:
        question, target, request = run.job.question, run.reply.target, run.request
        pending = Pending(question, target) if question and target is not None else None
        return await self._gate.claims.claim(event, request.caller.queue_key, pending)
