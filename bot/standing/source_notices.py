"""Notifies channels once when a source fails and once when it works again.

What a channel needs to be told follows from the state of the sources and from what it was told before. A
notice is stored before it is sent. If it is found in progress later, it was interrupted: the channel is
searched for the mark in its button, and the notice is only sent again if it is certainly not there.
"""

import logging
import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar, TypeVarTuple

from bot.cards.administration.source_notice_card import TroubledSource, source_notice_card
from bot.chat.answer_record import new_id
from bot.chat.venue import Person, Venue
from bot.chat_store.source_notice_table import NotifiedSources, SourceNotice, source_key
from bot.dispatch.dispatcher import Dispatcher
from bot.dispatch.incidents import log_incident
from bot.dispatch.reply import OutcomeUnknown, Unshowable
from bot.standing.poster import Gone, Poster
from bot.standing.posting_search import GIVEN_UP, PostingSearch
from corpus.errors import PlatformRefused
from corpus.storage.source_states import SourceState, SourceStates
from corpus.storage.store_records import Source

CHECK_INTERVAL = 20.0
"""Seconds between two checks of the sources, as in the poller."""
APART = timedelta(hours=1)
"""The least time between two notices in a channel: if a connection fails, a hundred sources fail within
minutes."""

States = Mapping[str, tuple[Source, SourceState]]
"""The state of each source that was ever polled, by its key."""

T = TypeVar("T")
Args = TypeVarTuple("Args")
_log = logging.getLogger(__name__)


class SourceNotices:
    """Sends the notices of one platform. Each community only learns about collections that it administers."""

    def __init__(self, dispatcher: Dispatcher, poster: Poster, now: Callable[[], datetime]) -> None:
        """`poster` and `dispatcher` are of the same platform."""
        self._dispatcher = dispatcher
        self._service = dispatcher.service
        self._table = dispatcher.service.chat_store.source_notices
        self._poster = poster
        self._now = now
        self._next = 0.0
        self._search = PostingSearch()

    async def round(self) -> None:
        """Send each channel that wants notices what it does not know yet."""
        if time.monotonic() < self._next:
            return
        channels = self._service.settings.noticed(self._dispatcher.profile.name)
        if not channels:
            return
        self._next = time.monotonic() + CHECK_INTERVAL
        states = await self._service.reader.run(self._states, tenant="standing")
        for channel in channels:
            if self._poster.serves(channel):
                await self._tell(channel, states)

    def _states(self) -> States:
        with self._service.home.store() as store:
            return {source_key(one): (one, state) for one, state in SourceStates(store).all().items()}

    async def _tell(self, channel: Venue, states: States) -> None:
        told = await self._db(self._table.get, channel)
        if told.notice:
            settled = await self._settled(channel, told, told.notice, states)
            if settled is None:
                return
            told = settled
        rights = self._service.settings.rights
        theirs = {
            key: state for key, (one, state) in states.items() if rights.governs(channel, one.collection)
        }
        failing = frozenset(key for key, state in theirs.items() if state.told)
        known = told.failing & theirs.keys()  # without sources that were removed or given away
        new, back = failing - known, known - failing
        now = self._now()
        if not (new or back) or (told.last and timedelta(0) <= now - told.last < APART):
            return
        begun = replace(told, failing=known, notice=SourceNotice(new_id(), now, new, back))
        await self._db(self._table.put, channel, begun)
        await self._send(channel, begun, states)

    async def _settled(
        self, channel: Venue, told: NotifiedSources, notice: SourceNotice, states: States
    ) -> NotifiedSources | None:
        """What the channel knows after an interrupted notice, as soon as its outcome is known; None until
        then."""
        now = self._now()
        if not self._search.is_due(notice.id, notice.at, now):
            return None
        age = now - notice.at
        try:
            message = await self._poster.find(channel, notice.id, notice.at)
        except OutcomeUnknown:
            if timedelta(0) <= age < self._poster.repeatable:
                await self._send(channel, told, states)  # the platform recognises it as the same message
                return None
            if age <= GIVEN_UP:
                return None
            message = notice.id  # never is better than twice
        except (Gone, Unshowable):
            message = notice.id  # nothing can be posted there any more
        if message is None:
            return replace(told, notice=None)
        await self._db(self._table.put, channel, told.settled())
        return told.settled()

    async def _send(self, channel: Venue, told: NotifiedSources, states: States) -> None:
        notice = told.notice
        assert notice  # noqa: S101 - it is stored before it is sent
        request = self._dispatcher.request(channel, Person("", ""))
        card = source_notice_card(
            [_troubled(*states[key]) for key in sorted(notice.failing & states.keys())],
            [TroubledSource(states[key][0].location) for key in sorted(notice.back & states.keys())],
            notice.id,
            request.messages,
            request.canvas,
        )
        try:
            await self._poster.post(channel, card, notice.id)
        except OutcomeUnknown:
            _log.warning("whether a notice on sources arrived is not known: it is looked for")
            return
        except Gone:
            await self._service.settings.choose(channel, {"notices": None}, whole=False)
            await self._db(self._table.remove, channel)
            return
        except Unshowable:
            _log.warning("a notice on sources may not be posted in channel %s", channel.channel)
        except PlatformRefused:
            raise
        except Exception:  # noqa: BLE001 - a retry would fail in the same way
            log_incident("posting a notice on sources")
        await self._db(self._table.put, channel, told.settled())

    async def _db(self, function: Callable[[*Args], T], *args: *Args) -> T:
        return await self._service.db_worker.run(function, *args, tenant="standing")


def _troubled(source: Source, state: SourceState) -> TroubledSource:
    return TroubledSource(source.location, state.failing_since, state.error)
