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
    """Reads go to memory, but for the rights, which are looked at anew; writes go to the file first."""

    def __init__(
        self,
        chat_store: ChatStore,
        db_worker: Worker,
        current: CurrentRights,
        platforms: frozenset[str] = frozenset(),
    ) -> None:
        """Nothing is read before `load`; `platforms` are those that the bot is set up for."""
        self._chat_store = chat_store
        self._db_worker = db_worker
        self._current = current
        self._platforms = platforms
        self._met: dict[str, frozenset[Community]] = {}
        self._chosen: dict[tuple[str, str, str], PreferenceChanges] = {}

    @property
    def rights(self) -> Rights:
        """The rights of this moment."""
        return self._current.now()

    async def load(self) -> None:
        """Take on what the file holds; also what another process wrote since."""
        self._chosen = await self._db_worker.run(self._chat_store.settings.all)

    def preferences(self, venue: Venue) -> Preferences:
        """What holds in a channel: its own choices over its community's over the defaults."""
        community = self.chosen(venue, whole=True)
        return Preferences().with_changes(community).with_changes(self.chosen(venue, whole=False))

    def chosen(self, venue: Venue, *, whole: bool) -> PreferenceChanges:
        """What the whole community has chosen, or the channel alone."""
        if venue.community is None:
            return EMPTY
        return self._chosen.get((venue.platform, venue.community, "" if whole else venue.channel), EMPTY)

    def noticed(self, platform: str) -> list[Venue]:
        """The channels of a platform that are told of sources which can't be read."""
        return [
            Venue(where, community, channel)
            for (where, community, channel), chosen in sorted(self._chosen.items())
            if where == platform and channel and chosen.notices
        ]

    async def choose(self, venue: Venue, values: Mapping[str, object], *, whole: bool) -> None:
        """Choose for the whole community or the channel; None goes back to what holds otherwise.

        Raises ValueError if a value can't be chosen.
        """
        if venue.community is None:
            raise ValueError("a direct message has no settings")
        key = (venue.platform, venue.community, "" if whole else venue.channel)
        made = await self._db_worker.run(
            self._chat_store.settings.change, *key, lambda before: change(before, values)
        )
        self._chosen[key] = made

    async def bind(self, venue: Venue, collection: str) -> None:
        """Give the community a collection of its own."""
        community = venue.community
        if community is None:
            raise ValueError("a direct message has no collections")
        await self._db_worker.run(self._chat_store.bindings.bind, venue.platform, community, collection)
        await self.read_rights()

    async def meet(self, platform: str, communities: Iterable[str]) -> None:
        """The bot has started on a platform, in these communities there; once for each platform.

        Where the operator named nobody who looks after the collections for all, the one community that the
        bot is in at its first start does, on all its platforms together, and of several nobody. That stays,
        whoever takes the bot in later.
        """
        if platform in self._met:
            return
        self._met[platform] = frozenset((platform, community) for community in communities)
        if not self._met.keys() >= self._platforms:
            return  # another platform may tell of more
        everywhere = frozenset[Community]().union(*self._met.values())
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
        """Forget everything of a community but its collections."""
        await self._db_worker.run(self._chat_store.retention.forget_community, platform, community)
        await self.load()
