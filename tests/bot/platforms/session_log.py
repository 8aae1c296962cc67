"""What a recorded session sent, as a list that people can read."""

import json
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar

import pytest

from tools.local_discord import component_texts as texts
from tools.local_slack import text_of

DOCS = Path(__file__).parents[3] / "docs"
BOTH = "# What both platforms have"
SAID = 60
"""Characters shown of a message."""
ACKS = {4: "message", 5: "answer follows", 6: "change follows", 7: "changed", 8: "choices", 9: "form"}
"""What a bot first says to an interaction of Discord's."""

_ID = re.compile(r"(?<=/)\d{15,}(?=/|$)")
_TOKEN = re.compile(r"(?<=/)[\w-]{60,}(?=/|$)")
_PROGRESS = re.compile(r'"(?:Reading the sources|Loading the model|[A-Z][a-z ]+: [\d,]+ of [\d,]+ [█░])')
"""How far something is, which is told where it takes long."""


class SessionLog(ABC):
    """The requests of each test of one part of the session, in order."""

    name: ClassVar[str]
    head: ClassVar[str]
    call: ClassVar[re.Pattern[str]]
    """Finds the operation in a line."""
    sometimes: ClassVar[frozenset[str]]
    """What is sent beside what is asked, and so in one part of a run or in the next."""

    def __init__(self, part: str = BOTH) -> None:
        """Nothing was sent."""
        self.part = part
        self.path = DOCS / f"{self.name}-session.txt"
        self._tests: dict[str, list[Any]] = {}
        self._seen = 0

    def add(self, test: pytest.Item, requests: Sequence[Any]) -> None:
        """Keep under the test's name what is new of all requests."""
        name, _, variant = test.name.removesuffix("]").partition("[")
        variant = variant.removeprefix(self.name).removeprefix("-")
        self._tests[f"{name}[{variant}]" if variant else name] = list(requests[self._seen :])
        self._seen = len(requests)

    def check_all(self, module: ModuleType, *, write: bool) -> None:
        """Fail unless the same operations are written in the document, where all tests of the module were
        run; `write` writes them there first."""
        known = {name for name in vars(module) if name.startswith("test_")}
        if {name.partition("[")[0] for name in self._tests} != known:
            return
        parts = self._parts()
        if write:
            parts[self.part] = self._written()
            listed = [f"{part}\n\n{parts[part]}" for part in sorted(parts, key=lambda one: one != BOTH)]
            self.path.write_text("\n".join([self.head, *listed]), encoding="utf-8")
        assert self._operations(parts[self.part]) == self._operations(self._written())

    def _parts(self) -> dict[str, str]:
        """The parts of the document, by their headings."""
        text = self.path.read_text(encoding="utf-8")
        split = re.split(r"^(# .+)\n\n", text, flags=re.MULTILINE)
        return {part: lines.rstrip("\n") + "\n" for part, lines in zip(split[1::2], split[2::2], strict=True)}

    def _written(self) -> str:
        parts = []
        for test, requests in self._tests.items():
            lines: list[str] = []
            for line in map(self.line, requests):
                if lines and lines[-1].removesuffix(" (several)") == line:
                    lines[-1] = f"{line} (several)"
                else:
                    lines.append(line)
            heading = test.removeprefix("test_").replace("_", " ").capitalize()
            parts.append("\n".join([heading, *lines]) + "\n")
        return "\n".join(parts)

    def _operations(self, written: str) -> dict[str, set[str]]:
        """The operations under each heading."""
        made: dict[str, set[str]] = {}
        heading = ""
        for line in written.splitlines():
            if found := self.call.match(line):
                made[heading] |= set() if _PROGRESS.search(line) else {found[1]} - self.sometimes
            elif line:
                heading = line
                made[heading] = set()
        return made

    @abstractmethod
    def line(self, request: Any) -> str:
        """A request as a line."""


class DiscordLog(SessionLog):
    """The session with Discord."""

    name = "discord"
    head = """\
A session of Newsdesk with Discord, from login to a shared answer with a follow-up.

This list is written by tests/bot/platforms/test_session.py and tests/bot/discord/test_session.py: discord.py
itself talks to a local server, which holds every request to Discord's own description of its API and to its
limits. All of them were valid, and nobody was pinged. Each part is a test; each line is a request: the
operation as Discord names it, the method and path, Discord's answer, and what was said. Like requests in a
row are one line.
"""
    call = re.compile(r" {4}(\w+) +[A-Z]+ +/")
    sometimes = frozenset({"trigger_typing_indicator"})

    def line(self, request: Any) -> str:
        path = _TOKEN.sub("TOKEN", _ID.sub("ID", request.path))
        said = _said_on_discord(request.body)
        line = f"    {request.operation:<32} {request.method:<6} {path} -> {request.status}"
        return f"{line}  {said}" if said else line


class SlackLog(SessionLog):
    """The session with Slack."""

    name = "slack"
    head = """\
A session of Newsdesk with Slack, from connection to a shared answer with a follow-up.

This list is written by tests/bot/platforms/test_session.py and tests/bot/slack/test_session.py: slack_bolt
itself talks to a local server, in which the app is set up as manifest.yaml says, and which holds every call
to the arguments, scopes, types and sizes that Slack takes. All of them were valid, each message stayed under
10,000 characters, and nobody was pinged. Each part is a test; each line is a call: the method, Slack's
answer, and what was said. `response_url` is an address that came with a command or a press, `ack` what came
with an acknowledgement. A call that came several times in a row is counted.
"""
    call = re.compile(r" {4}(\S+) +-> ")
    sometimes = frozenset(
        {
            "users.info",
            "usergroups.list",
            "apps.connections.open",
            "socket",
            "assistant.threads.setSuggestedPrompts",
        }
    )

    def line(self, request: Any) -> str:
        said = _said_in_slack(request.arguments)
        line = f"    {request.method:<38} -> {request.error or 'ok'}"
        return f"{line}  {said}" if said else line


LOGS: dict[str, type[SessionLog]] = {one.name: one for one in (DiscordLog, SlackLog)}


def _said_on_discord(body: Any) -> str:
    if isinstance(body, list):
        return f"{len(body)} commands"
    if not isinstance(body, dict):
        return ""
    if "type" in body and isinstance(body["type"], int):
        ephemeral = (body.get("data") or {}).get("flags") == 64
        return ACKS[body["type"]] + (", to one person" if ephemeral else "")
    if body.get("components"):
        return _short(" ".join(texts(body["components"])))
    return json.dumps(body.get("name", ""), ensure_ascii=False) if body.get("name") else ""


def _said_in_slack(arguments: Mapping[str, Any]) -> str:
    if view := arguments.get("view"):
        return f"{view['type']}: {_short(text_of(view))}"
    if blocks := arguments.get("blocks"):
        return " ".join([*_ways(arguments), _short(text_of(blocks))])
    if options := arguments.get("options"):
        return f"{len(options)} options"
    for name in ("status", "title", "filename"):
        if arguments.get(name):
            return _short(str(arguments[name]))
    return ", ".join(_ways(arguments))


def _ways(arguments: Mapping[str, Any]) -> list[str]:
    """How a message is shown, where that is not plain from the method."""
    made = []
    if arguments.get("response_type") == "ephemeral" and not arguments.get("replace_original"):
        made.append("to one person")
    if arguments.get("replace_original"):
        made.append("in its place")
    if arguments.get("delete_original"):
        made.append("taken away")
    if arguments.get("thread_ts"):
        made.append("in the thread")
    return made


def _short(words: str) -> str:
    words = " ".join(words.split())
    return json.dumps(words if len(words) <= SAID else f"{words[: SAID - 1]}…", ensure_ascii=False)
