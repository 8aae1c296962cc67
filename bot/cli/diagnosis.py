"""`newsdesk doctor`: checks what is set up and what is missing, and says what to do about it."""

import platform
import shlex
import shutil
from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import PackageNotFoundError, version

from rich.table import Table
from rich.text import Text

from bot.chat_store.chat_store import ChatStore
from bot.cli.composition import Parts
from bot.cli.printing.terminal import Terminal, shown
from bot.corpus_admin.home import Home
from bot.incomplete_settings import absent_collections, incomplete_settings
from bot.permissions.bound_collections import bound_collections
from bot.permissions.rights import custody
from bot.runtime.finding import Finding
from bot.service.outages import why_stopped
from bot.settings import Settings, exposed_secrets
from corpus.errors import NewsdeskError, NothingToServe, UnreadableSource
from corpus.polling.schedule import REPORT_AFTER
from corpus.sources.files import FileSource
from corpus.storage.source_states import SourceStates
from corpus.storage.store_records import Source
from corpus.text import counted
from corpus.web.address import is_address
from retrieval.models.packaged import PACKAGED
from retrieval.reading.reader_names import NO_READER, PACKAGED_READER

LOW_DISK = 1_000_000_000
"""Free bytes below which a reload may not fit: rebuilding 53,000 passages takes 0.5 GB, and as much again
while they are merged."""
PARTS = ("faiss-cpu", "onnxruntime", "sentencex", "trafilatura", "discord.py", "slack-bolt")
"""Some of the packages that `make run` installs: without one of them, it was interrupted."""
MODEL_PARTS = ("sentence-transformers", "torch")
"""Some of the packages that `make models` installs, which only a model that is not packaged needs."""


def diagnose(parts: Parts, platform: str | None = None) -> list[Finding]:
    """Check everything that answering needs, or, with `platform`, ask that platform about the bot. Nothing is
    changed."""
    if platform == "discord":
        from bot.discord.doctor import diagnose_discord

        return diagnose_discord(parts.settings)
    if platform == "slack":
        from bot.slack.doctor import diagnose_slack

        if not parts.settings.slack_oauth:
            return diagnose_slack(parts.settings)
        from bot.slack.workspaces.workspaces_doctor import diagnose_workspaces

        own = diagnose_slack(parts.settings) if parts.settings.slack_bot_token else []
        return [*own, *diagnose_workspaces(parts.settings, lambda: _installations(parts.home))]
    return list(_findings(parts))


def _findings(parts: Parts) -> Iterator[Finding]:
    yield Finding("Python", True, platform.python_version())
    yield from _packages(parts.settings)
    yield from _secrets()
    for advice in incomplete_settings(parts.settings):
        yield Finding("settings", False, advice)
    if parts.settings.database:
        yield _database(parts.settings.database)
    yield _home(parts.home)
    model = ""
    try:
        model = parts.embedder.model
        yield Finding("model", True, f"{model}, {parts.embedder.sizes.vector} dimensions")
    except NewsdeskError as error:
        yield Finding("model", False, str(error))
    if parts.home.exists:
        yield from _collections(parts.home, model, parts.settings)
        yield from _failing_sources(parts.home)
        yield from _rights(parts)
    yield _platform(parts, "Discord", "DISCORD_TOKEN", parts.settings.discord_token)
    if parts.settings.slack_oauth:
        yield _platform(parts, "Slack", "NEWSDESK_SLACK_CLIENT_ID", parts.settings.slack_client_id)
    else:
        yield _platform(parts, "Slack", "SLACK_BOT_TOKEN", parts.settings.slack_bot_token)


def _installations(home: Home) -> dict[str, str]:
    """The stored, encrypted installations of the workspaces that installed the app, by note name."""
    from bot.slack.workspaces.installation_store import UNDER

    if not home.has_chats:
        return {}
    with ChatStore(home.chats()) as chat_store:
        return chat_store.notes.under(UNDER)


def _database(conninfo: str) -> Finding:
    from corpus.storage.sql.server_address import ServerAddress
    from corpus.storage.sql.server_health import look  # a home in a folder needs no psycopg

    try:
        found = look(ServerAddress(conninfo))
    except NewsdeskError as error:
        return Finding("database", False, str(error))
    if found.only_reads:
        to_do = "name the primary, or all hosts with target_session_attrs=read-write"
        return Finding("database", False, f"{found}; it only reads: {to_do}")
    return Finding("database", True, str(found))


def _failing_sources(home: Home) -> Iterator[Finding]:
    """Findings on sources that are missing on this machine or that polling can't read, and on the number of
    articles that were refused."""
    try:
        with home.store() as store:
            known = SourceStates(store)
            states = known.all()
            problems = known.problems()
            refused = [one.refused for one in problems.values()]
    except NewsdeskError:
        return  # the finding on the home reports it
    if missing := list(_missing_files(home, problems)):
        more = f" (and {len(missing) - 1} more)" if len(missing) > 1 else ""
        place = missing[0].location
        to_do = f"put it back, or remove it with `newsdesk corpus remove {shlex.quote(place)}`"
        yield Finding("sources", False, f"{place} can't be read{more}: {missing[0].reason}; {to_do}")
    gone = {error.location for error in missing}
    failing = [
        (one, state)
        for one, state in states.items()
        if state.failures >= REPORT_AFTER and one.location not in gone
    ]
    if failing:
        first, state = failing[0]
        more = f" (and {len(failing) - 1} more)" if len(failing) > 1 else ""
        reason = f"{first.location} can't be read{more}: {state.error}"
        yield Finding("sources", False, f"{reason}; `newsdesk corpus status` lists all")
    if any(refused):
        number = sum(map(bool, refused))
        of = f"{counted(sum(refused), 'article')} of {counted(number, 'source')} could not be taken"
        yield Finding("articles", True, f"{of}: `newsdesk corpus reload --dry-run` lists them")


def _missing_files(home: Home, sources: Iterable[Source]) -> Iterator[UnreadableSource]:
    """The errors of files, folders and patterns that can't be read now; polling reports them only after
    several rounds. Those on other machines are left out."""
    for source in sources:
        if is_address(source.location) or home.copies.is_elsewhere(source.location):
            continue
        try:
            opened = home.sources.open(source.location, source.options)
            if isinstance(opened, FileSource):
                opened.stamp()
        except UnreadableSource as error:
            yield error


def _platform(parts: Parts, name: str, setting: str, token: str) -> Finding:
    if not token:
        return Finding(name, True, f"not set up: {setting} is not set")
    if over := _ending(parts.home, name):
        return Finding(name, False, over)
    asks = f"`newsdesk doctor {name.lower()}` asks {name} about it"
    return Finding(name, True, f"{setting} is set: {asks}")


def _ending(home: Home, name: str) -> str:
    """Why the platform ended for good when it last ran; empty if it did not, or never ran."""
    try:
        if not home.has_chats:
            return ""
        with ChatStore(home.chats()) as chat_store:
            return why_stopped(chat_store, name)
    except NewsdeskError as error:
        return str(error)


def _rights(parts: Parts) -> Iterator[Finding]:
    """Findings on the communities that see each bound collection, and on the shared collections'
    administrators, if this home serves chats."""
    try:
        if not parts.home.has_chats:
            return
        with ChatStore(parts.home.chats()) as chat_store:
            bound = bound_collections(parts.home, chat_store)
            settled = chat_store.custodians.get()
    except NewsdeskError as error:
        yield Finding("rights", False, str(error))
        return
    for one in bound:
        yield Finding(f"collection {one.collection}", True, one.words)
    custodians = parts.settings.custodians
    if parts.settings.platforms and (custodians or settled is not None):
        words = custody(custodians or settled or frozenset(), named=bool(custodians))
        yield Finding("administrators", bool(custodians or settled), words)


def _packages(settings: Settings) -> Iterator[Finding]:
    """A finding on the installed packages, and one for each command that installs missing ones."""
    found = list[str]()
    wanted = {"make run": PARTS, "make models": MODEL_PARTS if _needs_models(settings) else ()}
    for command, names in wanted.items():
        missing = []
        for name in names:
            try:
                found.append(f"{name} {version(name)}")
            except PackageNotFoundError:
                missing.append(name)
        if missing:
            yield Finding("packages", False, f"missing: {', '.join(missing)}; run `{command}`")
    yield Finding("packages", True, ", ".join(found))


def _needs_models(settings: Settings) -> bool:
    return settings.model != PACKAGED or settings.reader not in ("", NO_READER, PACKAGED_READER)


def _secrets() -> Iterator[Finding]:
    if exposed := exposed_secrets():
        yield Finding(".env", False, exposed)


def _home(home: Home) -> Finding:
    try:
        home.check_exists()
        with home.store() as store:
            sources = len(store.sources())
    except NewsdeskError as error:
        return Finding("home", False, str(error))
    if exposed := home.open_to_others():
        names = ", ".join(str(path) for path in exposed[:3])
        return Finding(
            "home",
            False,
            f"others on this machine can get at {names}: as its owner, `chmod -R go= {home.root}`",
        )
    free = shutil.disk_usage(home.root).free
    if free < LOW_DISK:
        return Finding("home", False, f"{home.root}: only {free // 1_000_000} MB free; a reload may not fit")
    return Finding(
        "home", True, f"{home.root}, {counted(sources, 'source')}, {free // 1_000_000_000} GB free"
    )


def _collections(home: Home, model: str, settings: Settings) -> Iterator[Finding]:
    try:
        names = home.collections()
    except NewsdeskError as error:
        yield Finding("corpus", False, str(error))
        return
    if not names:
        yield Finding(
            "corpus", False, "there is none yet: `newsdesk corpus add PATH`, or `newsdesk run` for the sample"
        )
    for advice in absent_collections(settings, names):
        yield Finding("settings", False, advice)
    try:
        withdrawn = home.withdrawn.all()
    except NewsdeskError as error:
        yield Finding("withdrawn articles", False, str(error))
        withdrawn = home.remembered_withdrawn()
    for name in names if model else ():
        try:
            opened = home.generation_store(name).open(model, withdrawn.get(name, frozenset()))
        except NothingToServe as error:
            yield Finding(f"collection {name}", False, str(error))
            continue
        snapshot = opened.snapshot
        passages = snapshot.passage_count
        detail = f"{counted(len(snapshot.articles), 'article')}, {counted(passages, 'passage')}"
        for refused in opened.refused:
            detail += f"; {refused}"
        yield Finding(f"collection {name}", not opened.refused, detail)


def print_findings(terminal: Terminal, findings: Sequence[Finding]) -> None:
    """Print a line for each finding."""
    if not terminal.is_terminal:
        for finding in findings:
            terminal.say(f"{'ok' if finding.sound else 'FIX':<3}  {finding.what}: {finding.detail}")
        return
    grid = Table.grid(padding=(0, 2, 0, 0))
    for finding in findings:
        mark = Text("ok", "green") if finding.sound else Text("FIX", "bold red")
        grid.add_row(mark, Text(finding.what, "bold"), Text(shown(finding.detail), overflow="fold"))
    terminal.print(grid)
