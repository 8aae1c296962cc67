"""Shows the progress and the result of a change of the corpus in a chat."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.actions.call import Call
from bot.cards.administration.reports import plan_card, progress_card, refused_card, report_card
from bot.cards.card import Card
from bot.cards.failures import reason_of
from bot.cards.notices import failure
from bot.chat.refusal import Refusal
from bot.community_admin.change_progress import ChangeProgress
from bot.corpus_admin.reload import ReloadReport
from bot.dispatch.incidents import excuse, log_incident
from corpus.errors import NewsdeskError, ReloadRefused

Change = Callable[[ChangeProgress], Awaitable[ReloadReport]]

T = TypeVar("T")
_log = logging.getLogger(__name__)


async def run_plan(call: Call, plan: Change) -> Card:
    """What a reload would change, as a card with its buttons. Raises what the plan does."""
    progress = ChangeProgress()
    report = await run_with_progress(call, plan(progress), progress)
    return plan_card(report, call.request.messages, call.request.canvas)


async def run_change(call: Call, change: Change, *, reloads: bool = False) -> Card:
    """The result of a change, or its error, as a card; nothing is raised.

    A reload (`reloads`) that was refused gets a button to do it all the same.
    """
    progress, request = ChangeProgress(), call.request
    try:
        report = await run_with_progress(call, change(progress), progress)
        return report_card(report, request.messages, request.canvas)
    except NewsdeskError as error:
        if reloads and isinstance(error, ReloadRefused):
            return refused_card(reason_of(error), request.messages)
        return failure(excuse(error, request.messages))
    except Exception:  # noqa: BLE001 - whatever it is, the person is told
        return failure(request.messages("broken", incident=log_incident("changing the corpus")))


async def run_with_progress(call: Call, work: Awaitable[T], progress: ChangeProgress) -> T:
    """The result of `work`; meanwhile its progress is shown, as often as the platform allows.

    Raises Refusal if the work is told to stop, which it does after its current step.
    """
    task = asyncio.ensure_future(work)
    task.add_done_callback(lambda done: done.cancelled() or done.exception())  # retrieves an exception
    shown = None
    while not (await asyncio.wait({task}, timeout=call.profile.progress_every))[0]:
        if progress.stopping:
            raise Refusal("stopping")
        if progress.latest != shown:
            shown = progress.latest
            try:
                await call.reply.show_progress(progress_card(shown, call.request.messages))
            except Exception as error:  # noqa: BLE001 - the work continues, and its result is shown
                _log.warning("progress could not be shown (%s)", type(error).__name__)
    return await task
