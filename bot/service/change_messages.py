"""A change of the corpus as people follow it in a chat: how far it is, and what came of it."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import TypeVar

from bot.cards.card import Canvas, Card
from bot.cards.failures import reason_of
from bot.cards.notices import failure
from bot.cards.reports import plan_card, progress_card, refused_card, report_card
from bot.chat.refusal import Refusal
from bot.community_admin.change_progress import ChangeProgress
from bot.corpus_admin.reload import ReloadReport
from bot.messages.catalogue import Messages
from bot.service.dispatcher import Dispatcher
from corpus.errors import NewsdeskError, ReloadRefused

Tell = Callable[[Card], Awaitable[object]]
"""Shows how far it is, where the outcome will stand."""
Change = Callable[[ChangeProgress], Awaitable[ReloadReport]]

T = TypeVar("T")
_log = logging.getLogger(__name__)


async def planned(plan: Change, tell: Tell, every: float, messages: Messages, canvas: Canvas) -> Card:
    """What a reload would change, as a card with its buttons. Raises what the plan does."""
    progress = ChangeProgress()
    return plan_card(await followed(plan(progress), progress, tell, every, messages), messages, canvas)


async def changed(
    dispatcher: Dispatcher,
    change: Change,
    tell: Tell,
    every: float,
    messages: Messages,
    canvas: Canvas,
    *,
    reloads: bool = False,
) -> Card:
    """What came of a change, or why nothing did, as a card; nothing is raised.

    One that `reloads` and does nothing else can be done all the same where it was refused.
    """
    progress = ChangeProgress()
    with dispatcher.under_way():
        try:
            report = await followed(change(progress), progress, tell, every, messages)
            return report_card(report, messages, canvas)
        except NewsdeskError as error:
            if reloads and isinstance(error, ReloadRefused):
                return refused_card(reason_of(error), messages)
            return failure(dispatcher.excuse(error, messages))
        except Exception:  # noqa: BLE001 - whatever it is, the person gets a word
            return failure(messages("broken", incident=dispatcher.broke("changing the corpus")))


async def followed(
    work: Awaitable[T], progress: ChangeProgress, tell: Tell, every: float, messages: Messages
) -> T:
    """The work's outcome; meanwhile it is told how far it is, at most once in `every` seconds.

    Raises Refusal where the work is told to stop: it does so when its step is done, which may be long.
    """
    task = asyncio.ensure_future(work)
    task.add_done_callback(lambda done: done.cancelled() or done.exception())  # where nobody waits any more
    shown = None
    while not (await asyncio.wait({task}, timeout=every))[0]:
        if progress.stopping:
            raise Refusal("stopping")
        if progress.latest != shown:
            shown = progress.latest
            try:
                await tell(progress_card(shown, messages))
            except Exception as error:  # noqa: BLE001 - the work goes on, and its outcome is told
                _log.warning("progress could not be shown (%s)", type(error).__name__)
    return await task
