"""Builds the service for an open desk."""

from contextlib import AsyncExitStack, ExitStack
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.chat_store.chat_store import ChatStore
from bot.community_admin.admin_rights import AdminRights
from bot.community_admin.audit_log import AuditLog
from bot.community_admin.community_quota import CommunityQuota
from bot.community_admin.corpus_editor import CorpusEditor
from bot.community_admin.corpus_overview import CorpusOverview
from bot.corpus_admin.home import Home
from bot.corpus_admin.reload import ReloadReport
from bot.desk.desk import Desk
from bot.desk.rechecker import Rechecker
from bot.measuring.meter import Meter, NoMeter, Timed
from bot.measuring.presence import Presence
from bot.permissions.chat_settings import ChatSettings
from bot.permissions.current_rights import CurrentRights
from bot.permissions.venue_access import VenueAccess
from bot.polling.poll_loop import PollLoop
from bot.polling.poller import Poller
from bot.polling.reload_with_progress import ReloadWithProgress
from bot.runtime.rate_limit import RateLimits
from bot.runtime.worker import DEADLINE, Worker
from bot.service.browsing import Browsing
from bot.service.lookups import Lookups
from bot.service.questions import Questions
from bot.service.rechecks import Rechecks
from bot.service.service import Service
from bot.service.service_options import DEFAULTS, ServiceOptions
from bot.service.stored_answers import StoredAnswers
from bot.sharing.change_signals import ChangeSignals
from bot.sharing.rate_limiter import SharedRateLimiter
from corpus.plan import ReloadRequest
from corpus.storage.sql.server_address import ServerAddress
from retrieval.progress import ProgressCallback

if TYPE_CHECKING:
    from bot.sharing.peers import Peers

POLLING = "polling"
"""The role of polling, which one process of a database has at a time."""
SHARED_DEADLINE = 5.0
"""Seconds that a call waits for a database on a server; it normally takes milliseconds."""
DB_QUEUE = 10_000
"""Calls of the chat database that may be queued: several for each question in the search worker's queue, a
millisecond each."""


def make_service(
    home: Home,
    desk: Desk,
    options: ServiceOptions = DEFAULTS,
    *,
    poller: Poller | None = None,
    meter: Meter | None = None,
    presence: Presence | None = None,
) -> Service:
    """Build the parts for an open desk. Raises HomeUnusable, StoreUnusable.

    `poller` polls the sources at addresses, `meter` receives metrics, and `presence` knows to which platforms
    the bot is connected; without one, nothing is polled, measured, or known.
    """
    meter = meter or NoMeter()
    place = home.chats()
    changes = ChangeSignals()
    peers = _peers(place, options, changes)
    with ExitStack() as made:
        chat_store = ChatStore(place)
        made.callback(chat_store.close)
        current_rights = CurrentRights(ChatStore(place), options.named, options.custodians)
        made.callback(current_rights.close)
        workers = db_worker, reader, search_worker = _workers(desk, meter, shared=peers is not None)
        for worker in workers:
            made.callback(worker.close)
        settings = ChatSettings(chat_store, db_worker, current_rights, options.platforms)
        own = RateLimits()
        pace = SharedRateLimiter(chat_store.paces, db_worker, own) if peers else None
        access = VenueAccess(desk, settings, own, pace)
        if peers:
            desk.before_serving(current_rights.read)
        stored_answers = StoredAnswers(desk, access, chat_store, db_worker)
        audit_log = AuditLog(chat_store.audit, db_worker)
        admin_rights = AdminRights(home, desk, settings, access, audit_log, reader)
        quota = CommunityQuota(home, desk, settings, options.limits)
        return Service(
            home=home,
            desk=desk,
            chat_store=chat_store,
            current_rights=current_rights,
            settings=settings,
            access=access,
            questions=Questions(desk, access, stored_answers, search_worker),
            stored_answers=stored_answers,
            rechecks=Rechecks(Rechecker(home, desk), stored_answers, reader),
            browsing=Browsing(desk, access, reader, search_worker),
            lookups=Lookups(desk, access, stored_answers, reader, search_worker),
            audit_log=audit_log,
            admin_rights=admin_rights,
            corpus_overview=CorpusOverview(home, admin_rights, audit_log, reader),
            corpus_editor=CorpusEditor(home, desk, settings, admin_rights, quota, audit_log),
            db_worker=db_worker,
            reader=reader,
            search_worker=search_worker,
            poll_loop=_poll_loop(poller, partial(_take_in, desk, quota), meter, peers),
            options=options,
            meter=meter,
            presence=presence or Presence(options.platforms),
            peers=peers,
            changes=changes,
            _made=made.pop_all(),
            _opened=AsyncExitStack(),
        )


def _take_in(
    desk: Desk, quota: CommunityQuota, request: ReloadRequest, *, progress: ProgressCallback
) -> ReloadReport:
    """Reload changed sources of one collection after a poll, within the limits of the community that owns
    it."""
    [collection] = request.collections or frozenset()
    return desk.reload(request, progress=progress, usage=quota.room_of_owner(collection))


def _poll_loop(
    poller: Poller | None, reload: ReloadWithProgress, meter: Meter, peers: "Peers | None"
) -> PollLoop | None:
    if poller is None:
        return None
    if peers is None:
        return PollLoop(poller, reload, meter=meter)
    return PollLoop(poller, reload, meter=meter, leads=partial(peers.leads, POLLING))


def _peers(place: Path | ServerAddress, options: ServiceOptions, changes: ChangeSignals) -> "Peers | None":
    """The other processes on the same database; None if the home is a folder."""
    if not isinstance(place, ServerAddress):
        return None
    from bot.sharing.peers import Peers  # a home in a folder needs no psycopg

    peers = Peers(place, options.platforms, changes.tell)
    peers.want(POLLING)
    return peers


def _workers(desk: Desk, meter: Meter, *, shared: bool) -> tuple[Worker, Worker, Worker]:
    """The workers for the chat database, for reading, and for searching; `shared` is whether the database is
    on a server, whose calls get a shorter deadline, so that answers do not wait for one that hangs."""

    def searched(waited: float, worked: float) -> None:
        meter.time(Timed.QUEUE, waited)
        meter.time(Timed.SEARCH, worked)

    db_worker = Worker(
        "chat-store",
        queue=DB_QUEUE,
        deadline=SHARED_DEADLINE if shared else DEADLINE,
        observe=lambda _waited, worked: meter.time(Timed.DATABASE, worked),
    )
    return db_worker, Worker("reader"), Worker("search", threads=desk.slots.at_once, observe=searched)
