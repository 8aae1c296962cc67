"""The chat database, opened as one object with a class for each table."""

from sqlalchemy import text

from bot.chat_store.answer_table import AnswerTable
from bot.chat_store.audit_table import AuditTable
from bot.chat_store.binding_table import BindingTable
from bot.chat_store.chat_retention import ChatRetention
from bot.chat_store.custodians import Custodians
from bot.chat_store.event_table import EventTable
from bot.chat_store.note_table import NoteTable
from bot.chat_store.question_table import QuestionTable
from bot.chat_store.reservation_table import ReservationTable
from bot.chat_store.settings_table import SettingsTable
from bot.chat_store.sharing.process_table import ProcessTable
from bot.chat_store.sharing.rate_limit_table import RateLimitTable
from bot.chat_store.source_notice_table import SourceNoticeTable
from bot.chat_store.standing.found_table import StandingFoundTable
from bot.chat_store.standing.posting_table import StandingPostingTable
from bot.chat_store.standing.standing_table import StandingTable
from bot.chat_store.tables.chat_schema import SCHEMA
from bot.chat_store.thread_table import ThreadTable
from bot.chat_store.vote_table import VoteTable
from corpus.storage.database import Database, DatabaseLocation
from corpus.storage.sql.server_address import ServerAddress


class ChatStore(Database):
    """The opened database; not thread-safe.

    It is separate from the corpus's store, to which a reload writes for long. Everything except `bindings`,
    `reservations` and `custodians` belongs to one community and is deleted with it.
    """

    schema = SCHEMA

    def __init__(self, place: DatabaseLocation) -> None:
        """Open or create the database. Raises HomeUnusable or StoreUnusable with what to do."""
        super().__init__(place)
        self.is_shared = isinstance(place, ServerAddress)
        """Whether processes on other machines may use it too."""
        self.answers = AnswerTable(self)
        self.votes = VoteTable(self)
        self.questions = QuestionTable(self)
        self.threads = ThreadTable(self)
        self.events = EventTable(self)
        self.settings = SettingsTable(self)
        self.standing_found = StandingFoundTable(self)
        self.standing = StandingTable(self, self.standing_found)
        self.standing_postings = StandingPostingTable(self, self.standing_found)
        self.source_notices = SourceNoticeTable(self)
        self.bindings = BindingTable(self)
        self.reservations = ReservationTable(self)
        self.notes = NoteTable(self)
        self.custodians = Custodians(self.notes)
        self.audit = AuditTable(self)
        self.processes = ProcessTable(self)
        self.paces = RateLimitTable(self)
        self.retention = ChatRetention(self)

    def data_version(self) -> int:
        """A number that changes whenever another connection writes to the file. A server has none, and
        notifies its listeners instead."""
        return int(self.rows(text("PRAGMA data_version"))[0][0])
