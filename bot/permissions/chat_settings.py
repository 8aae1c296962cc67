"""The settings of all communities and channels, in memory."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Mapping

from bot.chat.preferences import EMPTY, PreferenceChanges, Preferences, change
from bot.chat.venue import Venue
from bot.chat_store.chat_store import ChatStore
from bot.permissions.current_rights import CurrentRights
from bot.permissions.rights import Community, Rights, custody
from bot.runtime.worker import Worker

_log = logging.getLogger(__name__)


class ChatSettings:
    """Caches the settings in memory, except for the rights, which are read each time; writes go to the
    database first."""

    def __init__(
        self,
        chat_store: ChatStore,
        db_worker: Worker,
        current: CurrentRights,
        platforms: frozenset[str] = frozenset(),
    ) -> None:
        """Nothing is read before `load`; `platforms` are those for which the bot is set up."""
        self._chat_store = chat_store
        self._db_worker = db_worker
        self._current = current
        self._platforms = platforms
        self._recorded: dict[str, frozenset[Community]] = {}
        self._chosen: dict[tuple[str, str, str], PreferenceChanges] = {}

    @property
    def rights(self) -> Rights:
        """The current rights."""
        return self._current.now()

    async def load(self) -> None:
        """Read the settings again, also those that another process wrote."""
        self._chosen = await self._db_worker.run(self._chat_store.settings.all)

    def preferences(self, venue: Venue) -> Preferences:
        """The preferences of a channel: its own, over its community's, over the defaults."""
        community = self.chosen(venue, whole=True)
        return Preferences().with_changes(community).with_changes(self.chosen(venue, whole=False))

    def chosen(self, venue: Venue, *, whole: bool) -> PreferenceChanges:
        """What was chosen for the whole community, or for the channel only."""
        if venue.community is None:
            return EMPTY
        return self._chosen.get((venue.platform, venue.community, "" if whole else venue.channel), EMPTY)

    def noticed(self, platform: str) -> list[Venue]:
        """The channels of a platform that get notices about failing sources."""
        return [
            Venue(where, community, channel)
            for (where, community, channel), chosen in sorted(self._chosen.items())
            if where == platform and channel and chosen.notices
        ]

    async def choose(self, venue: Venue, values: Mapping[str, object], *, whole: bool) -> None:
        """Set preferences for the whole community or the channel; None removes a choice.

        Raises ValueError for an invalid value.
        """
        if venue.community is None:
            raise ValueError("a direct message has no settings")
        key = (venue.platform, venue.community, "" if whole else venue.channel)
        made = await self._db_worker.run(
            self._chat_store.settings.change, *key, lambda before: change(before, values)
        )
        self._chosen[key] = made

    async def bind(self, venue: Venue, collection: str) -> None:
        """Bind a collection to the community."""
        community = venue.community
        if community is None:
            raise ValueError("a direct message has no collections")
        await self._db_worker.run(self._chat_store.bindings.bind, venue.platform, community, collection)
        await self.read_rights()

    async def record_communities(self, platform: str, communities: Iterable[str]) -> None:
        """Record in which communities of a platform the bot is when it starts; the first call for a platform
        counts.

        If the operator named no custodians of the shared collections, the only community at the very first
        start, over all platforms, becomes the custodian; if there are several, none does. That is stored and
        holds later too.
        """
        if platform in self._recorded:
            return
        self._recorded[platform] = frozenset((platform, community) for community in communities)
        if not self._recorded.keys() >= self._platforms:
            return  # other platforms may have more communities
        everywhere = frozenset[Community]().union(*self._recorded.values())
        if everywhere and not self._current.chosen:
            alone = everywhere if len(everywhere) == 1 else frozenset[Community]()
            await self._db_worker.run(self._chat_store.custodians.settle, alone)
            await self.read_rights()
        _log.info("%s", custody(self.rights.custodians, named=bool(self._current.chosen)))

    async def read_rights(self) -> None:
        """See `CurrentRights.read`."""
        await asyncio.to_thread(self._current.read)

    def look(self, refresh: Callable[[], bool]) -> None:
        """See `CurrentRights.look`."""
        self._current.look(refresh)

    async def forget(self, platform: str, community: str) -> None:
        """Delete everything stored for a community except its collections."""
        await self._db_worker.run(self._chat_store.retention.forget_community, platform, community)
        await self.load()
