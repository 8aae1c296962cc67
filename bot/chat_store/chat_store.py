"""What chat remembers: one SQLite file with answers, votes, settings, the audit log and what is under way.

It stands apart from the corpus's store, which a reload writes for long. Everything but the settings of
`newsdesk bind` belongs to one community and goes with it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import msgspec

from bot.chat import answer_record, preferences
from bot.chat.answer_record import AnswerRecord
from bot.chat.preferences import Changes
from bot.chat.question_message import Standing, Written
from bot.chat.venue import Person, Venue
from corpus.dates import format_moment, parse_moment
from corpus.storage.database import Database, Schema

FORMAT = 6
"""Goes up with every change of the tables."""
EVENTS_KEPT = timedelta(days=1)
"""How long an event is known again. Slack sends one up to four times within six minutes, and Discord
replays what a connection missed; both are far below."""
AUDIT_KEPT = timedelta(days=365)
"""How long an administrative act is on record."""
REFUSED = ("refused", "busy")
"""Results of acts that came to nothing because their person may not do them, or somebody else was at it."""
REFUSED_KEPT = 200
"""Such acts on record of one community: ten screens of them."""
REFUSED_OF_ONE = 20
"""Of these, one person's, so that whoever presses without end hides no other's."""
DETAIL = 500
"""Characters of a word of an act: a path or an address, not what somebody would fill the disk with."""

CUSTODIANS = "custodians"
"""The note of who looks after the collections for all."""

_TABLES = """
CREATE TABLE IF NOT EXISTS answers (
    id TEXT PRIMARY KEY, tenant TEXT NOT NULL, room TEXT NOT NULL, person TEXT NOT NULL,
    created TEXT NOT NULL, message TEXT, body TEXT NOT NULL, question TEXT
) STRICT;
CREATE INDEX IF NOT EXISTS answers_of_message ON answers (tenant, room, message);
CREATE INDEX IF NOT EXISTS answers_of_room ON answers (tenant, room, created);
CREATE INDEX IF NOT EXISTS answers_of_question ON answers (tenant, question);
CREATE TABLE IF NOT EXISTS votes (
    answer TEXT NOT NULL REFERENCES answers ON DELETE CASCADE, person TEXT NOT NULL, helpful INTEGER NOT NULL,
    reason TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (answer, person)
) STRICT;
CREATE TABLE IF NOT EXISTS settings (
    platform TEXT NOT NULL, community TEXT NOT NULL, channel TEXT NOT NULL, body TEXT NOT NULL,
    PRIMARY KEY (platform, community, channel)
) STRICT;
CREATE TABLE IF NOT EXISTS bindings (
    platform TEXT NOT NULL, community TEXT NOT NULL, collection TEXT NOT NULL,
    PRIMARY KEY (platform, community, collection)
) STRICT;
CREATE TABLE IF NOT EXISTS reservations (
    collection TEXT PRIMARY KEY, platform TEXT NOT NULL, community TEXT NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS audit (
    number INTEGER PRIMARY KEY, at TEXT NOT NULL, platform TEXT NOT NULL, community TEXT NOT NULL,
    person TEXT NOT NULL, name TEXT NOT NULL, act TEXT NOT NULL, detail TEXT NOT NULL, result TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS audit_of_community ON audit (platform, community, result, person, number);
CREATE TABLE IF NOT EXISTS events (
    platform TEXT NOT NULL, event TEXT NOT NULL, at TEXT NOT NULL, pending TEXT, PRIMARY KEY (platform, event)
) STRICT;
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS threads (
    tenant TEXT NOT NULL, thread TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (tenant, thread)
) STRICT;
CREATE TABLE IF NOT EXISTS questions (
    tenant TEXT NOT NULL, message TEXT NOT NULL, edited TEXT NOT NULL, words TEXT NOT NULL,
    answer TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (tenant, message)
) STRICT;
"""
_TO_2 = """
CREATE TABLE reservations (
    collection TEXT PRIMARY KEY, platform TEXT NOT NULL, community TEXT NOT NULL
) STRICT;
"""
_TO_3 = """
UPDATE answers SET body = json_set(body, '$.venue.audience', 'group')
WHERE json_extract(body, '$.venue.platform') = 'slack'
    AND substr(json_extract(body, '$.venue.channel'), 1, 1) IN ('D', 'G');
UPDATE events SET pending = json_set(pending, '$.asking.venue.audience', 'group')
WHERE platform = 'slack' AND pending IS NOT NULL
    AND substr(json_extract(pending, '$.asking.venue.channel'), 1, 1) IN ('D', 'G');
"""
"""Until format 3 nobody wrote down what was asked directly. On Discord it has no community; on Slack the
first letter of the channel tells, of direct messages and of what may be a group's: all of it counts as
direct."""
_TO_4 = """
CREATE TABLE questions (
    tenant TEXT NOT NULL, message TEXT NOT NULL, edited TEXT NOT NULL, words TEXT NOT NULL,
    answer TEXT NOT NULL, at TEXT NOT NULL, PRIMARY KEY (tenant, message)
) STRICT;
"""
_TO_5 = """
ALTER TABLE answers ADD COLUMN question TEXT;
CREATE INDEX answers_of_question ON answers (tenant, question);
"""
_TO_6 = """
CREATE INDEX IF NOT EXISTS audit_of_community ON audit (platform, community, result, person, number);
"""

_NOBODY = ("", "")
"""Is bound to every collection that is not for all, so that taking away the last one opens it to nobody."""


@dataclass(frozen=True, slots=True)
class Act:
    """One administrative act: who did what, and with what result."""

    at: datetime
    person: str
    name: str
    act: str
    detail: Mapping[str, object]
    result: str


@dataclass(frozen=True, slots=True)
class Vote:
    """What one person thinks of one answer."""

    person: str
    helpful: bool
    reason: str
    at: datetime


class ChatStore(Database):
    """The one SQLite file of a home's chats; in one thread at a time."""

    schema = Schema(
        format=FORMAT,
        tables=_TABLES,
        busy="another process is writing {path}: try again",
        damaged="move it away and start again; the corpus is not touched, settings and old answers are lost",
        migrations={1: _TO_2, 2: _TO_3, 3: _TO_4, 4: _TO_5, 5: _TO_6},
    )

    # Answers

    def keep(self, made: AnswerRecord) -> None:
        """Keep an answer, before it is shown: a button must never come before its answer."""
        self._write(
            "INSERT INTO answers VALUES (?, ?, ?, ?, ?, NULL, ?, ?)",
            (
                made.id,
                made.venue.tenant,
                made.venue.room,
                made.person,
                format_moment(made.created),
                answer_record.encode(made),
                made.question or None,
            ),
        )

    def posted(self, answer_id: str, message: str) -> None:
        """Remember in which message an answer stands, so that a reply to it can be understood."""
        self._write("UPDATE answers SET message = ? WHERE id = ?", (message, answer_id))

    def answer(self, answer_id: str, tenant: str) -> AnswerRecord | None:
        """The tenant's answer of that id; nobody else's."""
        return self._one("SELECT body FROM answers WHERE id = ? AND tenant = ?", (answer_id, tenant))

    def answer_in(self, venue: Venue, message: str) -> AnswerRecord | None:
        """The answer that stands in a message."""
        return self._one(
            "SELECT body FROM answers WHERE tenant = ? AND room = ? AND message = ? "
            "ORDER BY created DESC, rowid DESC LIMIT 1",  # an edited question is answered in its place
            (venue.tenant, venue.room, message),
        )

    def last_answer(self, venue: Venue, since: datetime, person: str = "") -> AnswerRecord | None:
        """The last answer in a room, if it was given since then; of private ones only that person's count."""
        return self._one(
            "SELECT body FROM answers WHERE tenant = ? AND room = ? AND created >= ? "
            "AND (person = ? OR NOT json_extract(body, '$.private')) "
            "ORDER BY created DESC, rowid DESC LIMIT 1",
            (venue.tenant, venue.room, format_moment(since), person),
        )

    def answers_of(self, tenant: str, person: str, limit: int) -> list[AnswerRecord]:
        """A person's last answers of a tenant, newest first, one for each question."""
        rows = self._all(
            "SELECT body FROM answers WHERE tenant = ? AND person = ? "
            "ORDER BY created DESC, rowid DESC LIMIT ?",
            (tenant, person, 4 * limit),
        )
        found: dict[str, AnswerRecord] = {}
        for (body,) in rows:
            kept = answer_record.decode(body)
            found.setdefault(kept.asked, kept)
        return list(found.values())[:limit]

    def answers_to(self, tenant: str, question: str) -> list[tuple[str, AnswerRecord]]:
        """The answers to a message of the tenant's, oldest first, each with the message that it stands in
        (empty where that is not known)."""
        rows = self._all(
            "SELECT message, body FROM answers WHERE tenant = ? AND question = ? ORDER BY created, rowid",
            (tenant, question),
        )
        return [(message or "", answer_record.decode(body)) for message, body in rows]

    def forget_answers(self, tenant: str, question: str) -> None:
        """Forget the answers to a message of the tenant's, and what was thought of them."""
        which = (tenant, question)
        with self.transaction():
            self._write(
                "DELETE FROM votes WHERE answer IN "
                "(SELECT id FROM answers WHERE tenant = ? AND question = ?)",
                which,
            )
            self._write("DELETE FROM answers WHERE tenant = ? AND question = ?", which)
            self._write(
                # There it has its channel before it.
                "DELETE FROM questions WHERE tenant = ? AND (message = ? OR message LIKE '%/' || ?)",
                (*which, question),
            )

    def _one(self, query: str, values: Sequence[object]) -> AnswerRecord | None:
        rows = self._all(query, values)
        return answer_record.decode(rows[0][0]) if rows else None

    # Votes

    def vote(self, answer_id: str, person: str, *, helpful: bool, reason: str = "") -> None:
        """Keep what a person thinks of an answer; their last word counts."""
        self._write(
            "INSERT OR REPLACE INTO votes VALUES (?, ?, ?, ?, ?)",
            (answer_id, person, int(helpful), reason, _now()),
        )

    def votes(self, answer_id: str) -> list[Vote]:
        """What was thought of an answer, oldest first."""
        rows = self._all(
            "SELECT person, helpful, reason, at FROM votes WHERE answer = ? ORDER BY at", (answer_id,)
        )
        return [Vote(person, bool(helpful), reason, parse_moment(at)) for person, helpful, reason, at in rows]

    def voted(self, since: datetime) -> list[tuple[AnswerRecord, list[Vote]]]:
        """Every answer since then that somebody voted on, oldest first, with the votes."""
        rows = self._all(
            "SELECT id, body FROM answers WHERE created >= ? AND id IN (SELECT answer FROM votes) "
            "ORDER BY created, rowid",
            (format_moment(since),),
        )
        return [(answer_record.decode(body), self.votes(answer_id)) for answer_id, body in rows]

    # Settings

    def settings(self) -> dict[tuple[str, str, str], Changes]:
        """Everything that was chosen, by platform, community and channel (empty: the whole community)."""
        rows = self._all("SELECT platform, community, channel, body FROM settings")
        return {
            (platform, community, channel): preferences.decode(body)
            for platform, community, channel, body in rows
        }

    def choose(self, platform: str, community: str, channel: str, changes: Changes) -> None:
        """Keep what a channel, or the community with an empty `channel`, has chosen."""
        self._write(
            "INSERT OR REPLACE INTO settings VALUES (?, ?, ?, ?)",
            (platform, community, channel, preferences.encode(changes)),
        )

    # Collections of their own

    def bindings(self) -> dict[str, frozenset[tuple[str, str]]]:
        """The collections that are not for all, each with the platforms and communities that see it.

        One whose name is reserved is seen by nobody yet.
        """
        found: dict[str, set[tuple[str, str]]] = {}
        for platform, community, collection in self._all(
            "SELECT platform, community, collection FROM bindings "
            "UNION ALL SELECT '', '', collection FROM reservations"
        ):
            found.setdefault(collection, set()).add((platform, community))
        return {collection: frozenset(bound) for collection, bound in found.items()}

    def bind(self, platform: str, community: str, collection: str) -> bool:
        """Give a collection to a community: from then on only those that it was given to see it.

        False, and nothing is done, where the name is reserved.
        """
        with self.transaction():
            if self._all("SELECT 1 FROM reservations WHERE collection = ?", (collection,)):
                return False
            self._bind(platform, community, collection)
            return True

    def _bind(self, platform: str, community: str, collection: str) -> None:
        for row in (_NOBODY, (platform, community)):
            self._write("INSERT OR IGNORE INTO bindings VALUES (?, ?, ?)", (*row, collection))

    def reserve(self, platform: str, community: str, collection: str) -> bool:
        """Keep a name for the community while it adds to it for the first time; False where the name is
        somebody's or reserved. It gives no right, and nobody sees the collection, until `settle_name`."""
        with self.transaction():
            return self._write(
                "INSERT OR IGNORE INTO reservations SELECT ?, ?, ? "
                "WHERE NOT EXISTS (SELECT 1 FROM bindings WHERE collection = ?)",
                (collection, platform, community, collection),
            )

    def reservations(self) -> dict[str, tuple[str, str]]:
        """The names that are reserved, each with the platform and community that it is for."""
        rows = self._all("SELECT collection, platform, community FROM reservations")
        return {collection: (platform, community) for collection, platform, community in rows}

    def settle_name(self, collection: str, *, keep: bool) -> None:
        """End a reservation: the collection is the community's from now on, or the name is free again."""
        with self.transaction():
            for platform, community in self._all(
                "DELETE FROM reservations WHERE collection = ? RETURNING platform, community", (collection,)
            ):
                if keep:
                    self._bind(platform, community, collection)

    def unbind(self, platform: str, community: str, collection: str) -> bool:
        """Take a collection from a community; False where it did not have it.

        It stays hidden from everybody else, also where nobody has it any more, until `share`.
        """
        return self._write(
            "DELETE FROM bindings WHERE platform = ? AND community = ? AND collection = ?",
            (platform, community, collection),
        )

    def share(self, collection: str) -> bool:
        """Let every community see a collection; False where they did already."""
        return self._write("DELETE FROM bindings WHERE collection = ?", (collection,))

    # Who looks after the common collections

    def custodians(self) -> frozenset[tuple[str, str]] | None:
        """The communities that may look after the collections for all, None where that was not settled."""
        found = self.note(CUSTODIANS)
        return None if found is None else frozenset(msgspec.json.decode(found, type=list[tuple[str, str]]))

    def settle_custodians(self, communities: Iterable[tuple[str, str]]) -> bool:
        """Settle that for good; False where it was settled before."""
        value = msgspec.json.encode(sorted(communities)).decode()
        return self._write("INSERT OR IGNORE INTO notes VALUES (?, ?)", (CUSTODIANS, value))

    # The audit log

    def record(
        self, venue: Venue, person: Person, act: str, detail: Mapping[str, object], result: str
    ) -> None:
        """Put an administrative act on record, also one that was refused; of those the last alone are kept,
        REFUSED_OF_ONE of a person and REFUSED_KEPT of a community."""
        community = venue.community or ""
        body = msgspec.json.encode({name: _short(value) for name, value in detail.items()}).decode()
        with self.transaction():
            self._write(
                "INSERT INTO audit (at, platform, community, person, name, act, detail, result) "
                "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (_now(), venue.platform, community, person.id, _short(person.name), act, body, result),
            )
            if result in REFUSED:
                whose = "platform = ? AND community = ? AND result IN (?, ?)"
                values = (venue.platform, community, *REFUSED)
                self._keep_newest(f"{whose} AND person = ?", (*values, person.id), REFUSED_OF_ONE)
                self._keep_newest(whose, values, REFUSED_KEPT)

    def _keep_newest(self, which: str, values: Sequence[object], count: int) -> None:
        found = f"SELECT number FROM audit WHERE {which} ORDER BY number DESC LIMIT -1 OFFSET ?"  # noqa: S608
        self._write(f"DELETE FROM audit WHERE number IN ({found})", (*values, count))  # noqa: S608

    def acts(self, platform: str, community: str, limit: int, *, refused: bool | None = None) -> list[Act]:
        """A community's last acts, newest first: those that were refused, those that were not, or both."""
        sign = {None: "", True: "AND result IN (?, ?)", False: "AND result NOT IN (?, ?)"}[refused]
        rows = self._all(
            "SELECT at, person, name, act, detail, result FROM audit "  # noqa: S608
            f"WHERE platform = ? AND community = ? {sign} ORDER BY number DESC LIMIT ?",
            (platform, community, *(REFUSED if sign else ()), limit),
        )
        return [
            Act(parse_moment(at), person, name, act, msgspec.json.decode(detail), result)
            for at, person, name, act, detail, result in rows
        ]

    # Events

    def claim(self, platform: str, event: str, pending: str | None = None) -> bool:
        """Whether the event is new; then it is known from now on.

        `pending` is what is needed to answer it after a crash, until `settle` says that it was.
        """
        return self._write(
            "INSERT OR IGNORE INTO events VALUES (?, ?, ?, ?)", (platform, event, _now(), pending)
        )

    def unclaim(self, platform: str, event: str) -> None:
        """The event was not carried out after all: it is new again."""
        self._write("DELETE FROM events WHERE platform = ? AND event = ?", (platform, event))

    def settle(self, platform: str, event: str) -> None:
        """The event was answered."""
        self._write("UPDATE events SET pending = NULL WHERE platform = ? AND event = ?", (platform, event))

    def unsettled(self, platform: str) -> Iterator[tuple[str, datetime, str]]:
        """The events that were begun and not answered, oldest first: id, when, and what is needed."""
        rows = self._all(
            "SELECT event, at, pending FROM events WHERE platform = ? AND pending IS NOT NULL ORDER BY at",
            (platform,),
        )
        return ((event, parse_moment(at), pending) for event, at, pending in rows)

    # Questions in messages

    def standing(self, venue: Venue, message: str) -> Standing | None:
        """What was answered last of a message that asked something."""
        rows = self._all(
            "SELECT edited, words, answer FROM questions WHERE tenant = ? AND message = ?",
            (venue.tenant, f"{venue.channel}/{message}"),
        )
        return Standing(*rows[0]) if rows else None

    def stood(self, written: Written, answer: str) -> None:
        """Remember in which message the answer to this state of a question stands; empty where none does."""
        self._write(
            "INSERT OR REPLACE INTO questions VALUES (?, ?, ?, ?, ?, ?)",
            (
                written.venue.tenant,
                f"{written.venue.channel}/{written.message}",
                written.edited,
                written.words,
                answer,
                _now(),
            ),
        )

    # Threads that the bot opened

    def opened(self, venue: Venue, thread: str) -> None:
        """Remember a thread as opened by the bot."""
        self._write("INSERT OR IGNORE INTO threads VALUES (?, ?, ?)", (venue.tenant, thread, _now()))

    def is_open(self, tenant: str, thread: str) -> bool:
        """Whether the bot opened that thread."""
        return bool(self._all("SELECT 1 FROM threads WHERE tenant = ? AND thread = ?", (tenant, thread)))

    def threads(self) -> frozenset[tuple[str, str]]:
        """Every thread that the bot opened: its tenant and id."""
        return frozenset(
            (tenant, thread) for tenant, thread in self._all("SELECT tenant, thread FROM threads")
        )

    def version(self) -> int:
        """Another number whenever another connection has written since."""
        return int(self._all("PRAGMA data_version")[0][0])

    # Notes

    def note(self, name: str) -> str | None:
        """What was noted under that name."""
        rows = self._all("SELECT value FROM notes WHERE name = ?", (name,))
        return str(rows[0][0]) if rows else None

    def write_note(self, name: str, value: str) -> None:
        """Note a value, in the place of the last one."""
        self._write("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))

    # Forgetting

    def purge(self, keep: timedelta) -> None:
        """Forget answers, their votes, threads and questions after `keep`, events and acts after times of
        their own."""
        now = datetime.now(UTC)
        with self.transaction():
            for table, column, age in (
                ("votes", "(SELECT created FROM answers WHERE id = answer)", keep),
                ("answers", "created", keep),
                ("threads", "at", keep),
                ("questions", "at", keep),
                ("events", "at", EVENTS_KEPT),
                ("audit", "at", AUDIT_KEPT),
            ):
                self._write(f"DELETE FROM {table} WHERE {column} < ?", (format_moment(now - age),))  # noqa: S608
        self.empty_log()

    def forget_quoting(self, gone: Callable[[str, str], bool]) -> int:
        """Forget every answer, with its question and votes, that quotes an article of a collection and an id
        for which `gone` is true; how many."""
        with self.transaction():
            ids = [
                (one.id,)
                for one in (answer_record.decode(body) for (body,) in self._all("SELECT body FROM answers"))
                if any(gone(*article) for article in answer_record.articles_of(one))
            ]
            self._write_many("DELETE FROM votes WHERE answer = ?", ids)
            self._write_many("DELETE FROM answers WHERE id = ?", ids)
        return len(ids)

    def communities(self, platform: str) -> frozenset[str]:
        """The communities of a platform of which anything is kept that `forget_community` forgets."""
        begins = f"{platform}:"
        tenants = self._all(
            "SELECT tenant FROM answers WHERE substr(tenant, 1, ?) = ? UNION "
            "SELECT tenant FROM threads WHERE substr(tenant, 1, ?) = ?",
            (len(begins), begins) * 2,
        )
        chosen = self._all(
            "SELECT community FROM settings WHERE platform = ? UNION "
            "SELECT community FROM audit WHERE platform = ?",
            (platform, platform),
        )
        found = {tenant.removeprefix(begins) for (tenant,) in tenants} | {name for (name,) in chosen}
        return frozenset(name for name in found if name and not name.startswith("@"))  # direct messages

    def forget_community(self, platform: str, community: str) -> None:
        """Forget everything of a community that the bot was taken out of, but its collections."""
        tenant = f"{platform}:{community}"
        with self.transaction():
            self._write(
                "DELETE FROM votes WHERE answer IN (SELECT id FROM answers WHERE tenant = ?)", (tenant,)
            )
            self._write("DELETE FROM answers WHERE tenant = ?", (tenant,))
            self._write("DELETE FROM threads WHERE tenant = ?", (tenant,))
            self._write("DELETE FROM questions WHERE tenant = ?", (tenant,))
            for query in (
                "DELETE FROM settings WHERE platform = ? AND community = ?",
                "DELETE FROM audit WHERE platform = ? AND community = ?",
            ):
                self._write(query, (platform, community))
        self.empty_log()


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _short(value: object) -> object:
    return f"{value[:DETAIL]}…" if isinstance(value, str) and len(value) > DETAIL else value
