"""Looking after the corpus from a chat: who may, what was done, and the reload that goes on meanwhile."""

import asyncio
import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import partial
from typing import TypeVar

from bot.chat.audit_entry import AuditEntry
from bot.chat.refusal import Refusal
from bot.chat.venue import Person, Venue
from bot.chat_store.chat_store import ChatStore
from bot.corpus_admin.changes import add, find_source, forget, remove, restore, roll_back, web_source
from bot.corpus_admin.corpus_json import Row, status_row
from bot.corpus_admin.home import Home
from bot.corpus_admin.limits import Limits, Room
from bot.corpus_admin.reload import ReloadReport
from bot.corpus_admin.retention import expire
from bot.corpus_admin.source_reading import ReloadScope as Reach
from bot.corpus_admin.uploads import keep_upload
from bot.desk.desk import Desk
from bot.permissions.name_claims import reserved
from bot.permissions.rights import may_administer
from bot.runtime.worker import Worker
from bot.service.chat_settings import ChatSettings
from bot.service.venue_access import VenueAccess
from corpus.article import DEFAULT_COLLECTION, Article, check_collection_name
from corpus.errors import NewsdeskError, OverLimit, ReloadBusy, WrongCall
from corpus.storage.store import Event, Source

ACTS = 20
"""Acts shown of the history and of the audit log: a screen of them."""
RECEIVED = 8
"""Files that are fetched at a time, everybody's together: 80 MB of memory at most."""

T = TypeVar("T")
_log = logging.getLogger(__name__)


class Progress:
    """How far something is that goes on in another thread; the last word of it counts."""

    def __init__(self) -> None:
        """Nothing was begun."""
        self.latest: tuple[str, int, int] | None = None
        self.stopping = False

    def __call__(self, what: str, done: int, total: int) -> None:
        """Called by whoever works. Raises Refusal where it must not go on."""
        if self.stopping:
            raise Refusal("stopping")
        self.latest = (what, done, total)


class CorpusAdmin:
    """Carries out administrative acts, one at a time, each checked against its person's rights and put in the
    audit log, also where it was refused."""

    def __init__(
        self,
        home: Home,
        desk: Desk,
        chat_store: ChatStore,
        settings: ChatSettings,
        db_worker: Worker,
        reader: Worker,
        scope: VenueAccess,
        limits: Limits,
    ) -> None:
        """`clerk` does everything that touches the ledger, `reader` reads what is served; reloads run in
        threads of their own. `scope` counts what is tried, and `limits` are those of each community."""
        self._home = home
        self._desk = desk
        self._chat_store = chat_store
        self._settings = settings
        self._db_worker = db_worker
        self._reader = reader
        self._places = scope
        self._limits = limits
        self._receiving: set[str] = set()
        self._lock = asyncio.Lock()
        self._progress: Progress | None = None

    def governed(self, venue: Venue) -> tuple[str, ...]:
        """The collections that the community may look after, of those that are served."""
        served = tuple(self._desk.snapshots)  # first: see CurrentRights
        rights = self._settings.rights
        return tuple(name for name in served if rights.governs(venue, name))

    def collection_for(self, venue: Venue) -> str:
        """The collection that what is added goes to where none is named."""
        return self._settings.rights.home_of(venue, DEFAULT_COLLECTION)

    async def check(self, venue: Venue, person: Person, act: str, detail: Mapping[str, object]) -> None:
        """Raises Refusal, and puts it on record, unless the person may administer the community."""
        if venue.community is None:
            raise Refusal("only-in-community")
        self._places.admit_look(venue, person, "administer")
        if not may_administer(person, self._settings.preferences(venue)):
            await self.record(venue, person, act, detail, "refused")
            raise Refusal("not-allowed")

    async def record(
        self, venue: Venue, person: Person, act: str, detail: Mapping[str, object], result: str
    ) -> None:
        """Put an act on record; where that can't be done now, it stands in the log."""
        try:
            await self._db_worker.run(
                self._chat_store.audit.add, venue, person, act, detail, result, tenant=venue.tenant
            )
        except NewsdeskError as error:
            who = f"{person.name} ({person.id}) of {venue.tenant}"
            _log.error("not on record: %s: %s %s: %s (%s)", who, act, detail, result, error)

    async def status(self, venue: Venue, person: Person) -> Row:
        """What is served of what the community looks after, and where from."""
        await self.check(venue, person, "status", {})
        row = await self._reader.run(status_row, self._home, tenant=venue.tenant)
        return _only(row, frozenset(self.governed(venue)))

    async def history(self, venue: Venue, person: Person) -> list[Event]:
        """What was last done to the collections that the community looks after, newest first."""
        await self.check(venue, person, "history", {})

        def read() -> list[Event]:
            with self._home.store() as store:
                events = store.history(ACTS * 10)
            governed = self.governed(venue)  # after they were read, as others' may be among them since
            return [event for event in events if event.collection in governed][:ACTS]

        return await self._reader.run(read, tenant=venue.tenant)

    async def audit(self, venue: Venue, person: Person, *, refused: bool = False) -> list[AuditEntry]:
        """The community's last administrative acts, newest first; with `refused`, what was tried and came to
        nothing, which is kept apart so that nobody hides what was done by trying much."""
        await self.check(venue, person, "audit", {})
        community = venue.community or ""
        return await self._db_worker.run(
            partial(self._chat_store.audit.entries, venue.platform, community, ACTS, refused=refused),
            tenant=venue.tenant,
        )

    async def plan(self, venue: Venue, person: Person, progress: Progress) -> ReloadReport:
        """What a reload would change."""
        scope = await self._scope(venue, person, "reload --dry-run", {})
        return await self._alone(
            venue,
            person,
            "reload --dry-run",
            {},
            lambda: self._desk.reload(
                dry_run=True, collections=scope, progress=progress, room=self._room(venue, scope)
            ),
            progress,
        )

    async def reload(
        self, venue: Venue, person: Person, progress: Progress, *, force: bool = False
    ) -> ReloadReport:
        """Reload the collections that the community looks after."""
        detail = {"force": True} if force else {}
        scope = await self._scope(venue, person, "reload", detail)
        return await self._alone(
            venue,
            person,
            "reload",
            detail,
            lambda: self._desk.reload(
                force=force, collections=scope, progress=progress, room=self._room(venue, scope)
            ),
            progress,
        )

    async def roll_back(self, venue: Venue, person: Person, collection: str) -> str:
        """Go back to the generation before; its name."""
        detail = {"collection": collection}
        await self._scope(venue, person, "rollback", detail, collection)

        def work() -> str:
            manifest = roll_back(self._home, collection)
            self._desk.open()
            return manifest.generation

        return await self._alone(venue, person, "rollback", detail, work, Progress())

    async def add_address(
        self, venue: Venue, person: Person, collection: str, address: str, progress: Progress
    ) -> ReloadReport:
        """Take in what is at a web address, now and with each reload."""
        return await self._add(
            venue, person, collection, address, lambda: web_source(collection, address), progress
        )

    @contextmanager
    def receiving(self, venue: Venue) -> Iterator[None]:
        """For the time of the block, a file is fetched for the community: one at a time, so that nobody fills
        the memory. Raises Refusal where there is one, or where a change of the corpus is under way."""
        full = len(self._receiving) >= RECEIVED or venue.tenant in self._receiving
        if full or self._lock.locked():
            raise Refusal("reload-busy")
        self._receiving.add(venue.tenant)
        try:
            yield
        finally:
            self._receiving.discard(venue.tenant)

    async def add_upload(
        self, venue: Venue, person: Person, collection: str, name: str, data: bytes, progress: Progress
    ) -> ReloadReport:
        """Take in a file that was sent."""
        return await self._add(
            venue, person, collection, name, lambda: keep_upload(self._home, collection, name, data), progress
        )

    async def _add(
        self,
        venue: Venue,
        person: Person,
        collection: str,
        what: str,
        source: Callable[[], Source],
        progress: Progress,
    ) -> ReloadReport:
        detail = {"what": what, "collection": collection}

        def work() -> ReloadReport:
            self._admit(venue, collection, what)
            room = self._room(venue, frozenset({collection}))
            return add(self._home, [source()], self._reloading(collection, progress, room))

        def first() -> ReloadReport:
            self._limits.admit("collections", len(self._added(venue)))
            with reserved(self._home, (venue.platform, venue.community or ""), collection):
                return work()

        await self.check(venue, person, "add", detail)
        try:
            check_collection_name(collection)  # it becomes the name of a folder
        except ValueError as error:
            await self.record(venue, person, "add", detail, "refused")
            raise WrongCall(str(error)) from error
        new = self._settings.rights.may_take(venue, collection, self._desk.snapshots)
        if not new:
            await self._scope(venue, person, "add", detail, collection)
        return await self._alone(venue, person, "add", detail, first if new else work, progress)

    async def remove(
        self,
        venue: Venue,
        person: Person,
        collection: str,
        target: str,
        progress: Progress,
        *,
        forgetting: bool = False,
    ) -> ReloadReport:
        """Take out an article by its id, or a source by its place; `forgetting` erases its text too."""
        detail: dict[str, object] = {"target": target, "collection": collection}
        if forgetting:
            detail["forget"] = True
        act = forget if forgetting else remove
        await self._scope(venue, person, "remove", detail, collection)
        return await self._alone(
            venue,
            person,
            "remove",
            detail,
            lambda: act(self._home, collection, target, self._reloading(collection, progress)),
            progress,
        )

    async def restore(
        self, venue: Venue, person: Person, collection: str, article_id: str, progress: Progress
    ) -> ReloadReport:
        """Take an article back in."""
        detail = {"article": article_id, "collection": collection}
        await self._scope(venue, person, "restore", detail, collection)
        return await self._alone(
            venue,
            person,
            "restore",
            detail,
            lambda: restore(self._home, collection, article_id, self._reloading(collection, progress)),
            progress,
        )

    async def expire(self) -> None:
        """Erase text that has long not been served; left to the next time while the corpus is changed."""

        def work() -> None:
            with suppress(ReloadBusy), self._home.locked(), self._home.store() as store:
                expire(self._home, store)

        await asyncio.to_thread(work)

    async def stop(self) -> None:
        """Stop the reload that goes on, if one does; what is served stays."""
        if self._progress:
            self._progress.stopping = True
        async with self._lock:
            pass

    def _reloading(
        self, collection: str, progress: Progress, room: Room | None = None
    ) -> Callable[..., ReloadReport]:
        def run(
            *, force: bool = False, reread: bool = True, only: frozenset[Source] | None = None
        ) -> ReloadReport:
            return self._desk.reload(
                force=force,
                reread=reread,
                collections=frozenset({collection}),
                only=only,
                progress=progress,
                room=room,
            )

        return run

    def _sources(self) -> dict[str, list[Source]]:
        """Every source by its collection."""
        found: dict[str, list[Source]] = {}
        with self._home.store() as store:
            for source in store.sources():
                found.setdefault(source.collection, []).append(source)
        return found

    def _added(self, venue: Venue) -> frozenset[str]:
        """The community's collections that hold nothing of the operator's."""
        confined = Reach(self._home, None).confined
        sources = self._sources()
        bindings = self._settings.rights.bindings.items()
        return frozenset(
            name
            for name, communities in bindings
            if (venue.platform, venue.community or "") in communities
            and all(confined(source.location) for source in sources.get(name, ()))
        )

    def _admit(self, venue: Venue, collection: str, what: str) -> None:
        """Raises OverLimit where the community has as many sources as it may have, and this is another."""
        if find_source(self._home, collection, what):
            return
        confined = Reach(self._home, None).confined
        sources = self._sources()
        theirs = {*self._added(venue), collection}
        used = sum(confined(source.location) for name in theirs for source in sources.get(name, ()))
        self._limits.admit("sources", used)

    def _room(self, venue: Venue, reading: frozenset[str]) -> Room:
        """What the sources of these collections may hold, beside the community's other ones."""
        added, served = self._added(venue), self._desk.snapshots

        def articles(names: Iterable[str]) -> Iterator[Article]:
            return (article for name in names if name in served for article in served[name].articles)

        return Room(self._limits, articles(added - reading), articles(added & reading))

    async def _scope(
        self,
        venue: Venue,
        person: Person,
        act: str,
        detail: Mapping[str, object],
        collection: str | None = None,
    ) -> frozenset[str]:
        """The collections that the act may touch. Raises Refusal, on record, where it may touch none."""
        await self.check(venue, person, act, detail)
        governed = frozenset(self.governed(venue))
        rights = self._settings.rights
        if (
            collection is not None
            and (collection == DEFAULT_COLLECTION or collection in rights.bindings)
            and rights.governs(venue, collection)
        ):
            governed |= {collection}  # also before anything is in it
        if collection is None:  # also what a crash left registered before it was published
            registered = await self._reader.run(self._sources, tenant=venue.tenant)
            governed |= {
                name for name in registered if name in rights.bindings and rights.governs(venue, name)
            }
        wanted = governed if collection is None else governed & {collection}
        if not wanted:
            await self.record(venue, person, act, detail, "refused")
            raise Refusal("not-yours", name=collection or "")
        return wanted

    async def _alone(
        self,
        venue: Venue,
        person: Person,
        act: str,
        detail: Mapping[str, object],
        work: Callable[[], T],
        progress: Progress,
    ) -> T:
        """Do the work in a thread unless other work is under way, and put it on record."""

        def opened() -> bool:
            self._desk.open()  # unlike `refresh`, it waits for another look that is under way
            return True

        def looked() -> T:
            try:
                return work()
            finally:
                # What the desk took on goes with the rights of this moment, and not with those of the next
                # look; what was added for the first time is theirs.
                with suppress(NewsdeskError):
                    self._settings.look(opened)

        if self._lock.locked():
            await self.record(venue, person, act, detail, "busy")
            raise Refusal("reload-busy")
        async with self._lock:
            self._progress = progress
            try:
                result = await asyncio.to_thread(looked)
            except NewsdeskError as error:
                if isinstance(error, OverLimit):
                    name = f"NEWSDESK_COMMUNITY_{error.kind.upper()}"
                    _log.warning("%s by %s was refused, see %s: %s", act, venue.tenant, name, error)
                refused = isinstance(error, Refusal) and error.key == "not-yours"
                await self.record(venue, person, act, detail, "refused" if refused else f"failed: {error}")
                raise
            except Exception:
                await self.record(venue, person, act, detail, "failed")
                raise
            finally:
                self._progress = None
        await self.record(venue, person, act, detail, "done")
        return result


def _only(row: Row, names: frozenset[str]) -> Row:
    collections, sources = row["collections"], row["sources"]
    if not isinstance(collections, dict) or not isinstance(sources, list):
        raise TypeError(row)
    return {
        "collections": {name: value for name, value in collections.items() if name in names},
        "sources": [source for source in sources if source["collection"] in names],
    }
