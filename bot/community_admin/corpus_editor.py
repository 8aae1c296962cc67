"""Changes of the corpus from a chat: one at a time, each authorised and recorded."""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from functools import partial

from bot.chat.refusal import Refusal
from bot.chat.venue import Caller, Venue
from bot.community_admin.admin_rights import AdminRights
from bot.community_admin.audit_log import AdminAction, AuditLog
from bot.community_admin.change_progress import ChangeProgress
from bot.community_admin.change_runner import ChangeRunner
from bot.community_admin.community_quota import CommunityQuota
from bot.corpus_admin.changes import forget, remove, restore, roll_back, web_source
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import ReloadReport
from bot.corpus_admin.retention import expire
from bot.corpus_admin.uploads import keep_upload
from bot.desk.desk import Desk
from bot.permissions.chat_settings import ChatSettings
from bot.permissions.name_reservations import reserved
from bot.polling.adding import add
from corpus.article import check_collection_name
from corpus.errors import ReloadBusy, WrongCall
from corpus.plan import ReloadRequest
from corpus.problem import Problem
from corpus.readers.parsing.reading_options import NO_READING_OPTIONS, ReadingOptions
from corpus.storage.store_records import Source
from retrieval.generations.compaction import compact

DOWNLOADS_AT_ONCE = 8
"""The most files that are downloaded at a time, for all communities: 80 MB of memory at most."""


class CorpusEditor:
    """Reloads, adds, removes, restores and rolls back, each change as `ChangeRunner` runs it."""

    def __init__(
        self,
        home: Home,
        desk: Desk,
        settings: ChatSettings,
        rights: AdminRights,
        quota: CommunityQuota,
        audit_log: AuditLog,
    ) -> None:
        """`settings` reads the rights again after each change."""
        self._home = home
        self._desk = desk
        self._rights = rights
        self._quota = quota
        self._audit_log = audit_log
        self._changes = ChangeRunner(desk, settings, audit_log)
        self._receiving: set[str] = set()

    async def plan(self, caller: Caller, progress: ChangeProgress) -> ReloadReport:
        """What a reload would change."""
        action = AdminAction(caller, "reload --dry-run", {})
        collections = await self._rights.check_all(action)
        return await self._changes.run(
            action,
            lambda: self._reload(caller.venue, ReloadRequest(collections, dry_run=True), progress),
            progress,
        )

    async def reload(self, caller: Caller, progress: ChangeProgress, *, force: bool = False) -> ReloadReport:
        """Reload the collections that the community may administer."""
        action = AdminAction(caller, "reload", {"force": True} if force else {})
        collections = await self._rights.check_all(action)
        return await self._changes.run(
            action,
            lambda: self._reload(caller.venue, ReloadRequest(collections, force=force), progress),
            progress,
        )

    def _reload(self, venue: Venue, request: ReloadRequest, progress: ChangeProgress) -> ReloadReport:
        usage = self._quota.room(venue, request.collections or frozenset())
        return self._desk.reload(request, progress=progress, usage=usage)

    async def roll_back(self, caller: Caller, collection: str) -> str:
        """Serve the previous generation of a collection again; returns its id."""
        action = AdminAction(caller, "rollback", {"collection": collection})
        await self._rights.check_one(action, collection)

        def work() -> str:
            manifest = roll_back(self._home, collection)
            self._desk.open()
            return manifest.generation

        return await self._changes.run(action, work, ChangeProgress())

    async def add_address(
        self,
        caller: Caller,
        collection: str,
        address: str,
        progress: ChangeProgress,
        options: ReadingOptions = NO_READING_OPTIONS,
    ) -> ReloadReport:
        """Add a web address as a source, which is read with these options now and at each reload."""
        said = options.to_row()
        action = AdminAction(caller, "add", {"what": address, "collection": collection, **said})
        return await self._add(action, lambda: web_source(collection, address, said), progress)

    @contextmanager
    def receiving(self, venue: Venue) -> Iterator[None]:
        """Reserve the download of a file for a community while the context is open: one at a time, to limit
        memory. Raises Refusal if there is one, or while the corpus is being changed."""
        full = len(self._receiving) >= DOWNLOADS_AT_ONCE or venue.tenant in self._receiving
        if full or self._changes.busy:
            raise Refusal("reload-busy")
        self._receiving.add(venue.tenant)
        try:
            yield
        finally:
            self._receiving.discard(venue.tenant)

    async def add_upload(
        self,
        caller: Caller,
        collection: str,
        name: str,
        data: bytes,
        progress: ChangeProgress,
        options: ReadingOptions = NO_READING_OPTIONS,
    ) -> ReloadReport:
        """Add an uploaded file, which is read with these options."""
        said = options.to_row()
        action = AdminAction(caller, "add", {"what": name, "collection": collection, **said})
        remarks: list[Problem] = []
        kept = partial(keep_upload, self._home, collection, name, data, said, remarks.append)
        return await self._add(action, kept, progress, remarks)

    async def _add(
        self,
        action: AdminAction,
        source: Callable[[], Source],
        progress: ChangeProgress,
        remarks: Sequence[Problem] = (),
    ) -> ReloadReport:
        venue, collection, what = action.venue, str(action.detail["collection"]), str(action.detail["what"])

        def work() -> ReloadReport:
            self._quota.admit_source(venue, collection, what)
            usage = self._quota.room(venue, frozenset({collection}))
            return add(
                self._home,
                [source()],
                lambda request: self._desk.reload(request.within(collection), progress=progress, usage=usage),
                admit=lambda count: self._quota.admit_sources(venue, collection, count),
                progress=progress,
                remarks=remarks,
            )

        def first() -> ReloadReport:
            self._quota.admit_collection(venue)
            with reserved(self._home, (venue.platform, venue.community or ""), collection):
                return work()

        await self._rights.check(action)
        try:
            check_collection_name(collection)  # it becomes the name of a folder
        except ValueError as error:
            await self._audit_log.record(action, "refused")
            raise WrongCall(str(error)) from error
        new = self._rights.may_take(venue, collection)
        if not new:
            await self._rights.check_one(action, collection)
        return await self._changes.run(action, first if new else work, progress)

    async def remove(
        self,
        caller: Caller,
        collection: str,
        target: str,
        progress: ChangeProgress,
        *,
        forgetting: bool = False,
    ) -> ReloadReport:
        """Remove an article by its id or a source by its location; `forgetting` also erases its text."""
        detail = {"target": target, "collection": collection} | ({"forget": True} if forgetting else {})
        action = AdminAction(caller, "remove", detail)
        await self._rights.check_one(action, collection)
        change = forget if forgetting else remove
        return await self._changes.run(
            action,
            lambda: change(self._home, collection, target, partial(self._desk.reload, progress=progress)),
            progress,
        )

    async def restore(
        self, caller: Caller, collection: str, article_id: str, progress: ChangeProgress
    ) -> ReloadReport:
        """Restore a removed article."""
        action = AdminAction(caller, "restore", {"article": article_id, "collection": collection})
        await self._rights.check_one(action, collection)
        return await self._changes.run(
            action,
            lambda: restore(
                self._home, collection, article_id, partial(self._desk.reload, progress=progress)
            ),
            progress,
        )

    async def tidy(self) -> None:
        """Erase expired text and merge segments, unless another change is in progress."""

        def work() -> None:
            with suppress(ReloadBusy), self._home.locked(), self._home.store() as store:
                expire(self._home, store)
                for name in self._home.collections():
                    compact(self._home.generation_store(name))

        await asyncio.to_thread(work)

    async def stop(self) -> None:
        """Stop the current change and those that wait; what is served stays."""
        await self._changes.stop()
