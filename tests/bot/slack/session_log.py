"""What the recorded session sent, as a list that people can read."""

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tools.local_slack import Request, text_of

SESSION = Path(__file__).parents[3] / "docs" / "slack-session.txt"
HEAD = """\
A session of Newsdesk with Slack, from connection to a shared answer with a follow-up.

This list is written by tests/bot/slack/test_session.py: slack_bolt itself talks to a local server, in which
the app is set up as manifest.yaml says, and which holds every call to the arguments, scopes, types and sizes
that Slack takes. All of them were valid, each message stayed under 10,000 characters, and nobody was pinged.
Each part is a test; each line is a call: the method, Slack's answer, and what was said. `response_url` is an
address that came with a command or a press, `ack` what came with an acknowledgement. A call that came
several times in a row is counted.
"""
SOMETIMES = frozenset(
    {
        "users.info",
        "usergroups.list",
        "apps.connections.open",
        "socket",
        "assistant.threads.setSuggestedPrompts",
    }
)
"""Asked again after a minute, or sent beside what is asked, and so in one part of a run or in the next."""
SAID = 60
"""Characters shown of a message."""

_LINE = re.compile(r" {4}(\S+) +-> ")
_PROGRESS = re.compile(r'"(?:Reading the sources|Loading the model|[A-Z][a-z ]+: [\d,]+ of [\d,]+ [█░])')
"""How far something is, which is told where it takes long."""


class SessionLog:
    """The calls of each test, in order."""

    def __init__(self) -> None:
        """Nothing was sent."""
        self._parts: dict[str, list[Request]] = {}
        self._seen = 0

    def add(self, test: str, requests: Sequence[Request]) -> None:
        """Keep under the test's name what is new of all calls."""
        self._parts[test] = list(requests[self._seen :])
        self._seen = len(requests)

    @property
    def names(self) -> list[str]:
        """The tests, in order."""
        return list(self._parts)

    def operations(self) -> dict[str, set[str]]:
        """The methods of each part, by its heading."""
        return {
            _heading(test): {one.method for one in requests if not _PROGRESS.search(_line(one))} - SOMETIMES
            for test, requests in self._parts.items()
        }

    def written(self) -> str:
        """The list."""
        parts = [HEAD]
        for test, requests in self._parts.items():
            lines: list[str] = []
            for line in map(_line, requests):
                if lines and lines[-1].removesuffix(" (several)") == line:
                    lines[-1] = f"{line} (several)"
                else:
                    lines.append(line)
            parts.append("\n".join([_heading(test), *lines]) + "\n")
        return "\n".join(parts)


def read_operations(written: str) -> dict[str, set[str]]:
    """The methods of each part of a list, by its heading."""
    parts: dict[str, set[str]] = {}
    heading = ""
    for line in written.removeprefix(HEAD).splitlines():
        if _PROGRESS.search(line):
            continue
        if found := _LINE.match(line):
            parts[heading] |= {found[1]} - SOMETIMES
        elif line:
            heading = line
            parts[heading] = set()
    return parts


def _heading(test: str) -> str:
    return test.removeprefix("test_").replace("_", " ").capitalize()


def _line(request: Request) -> str:
    said = _said(request.arguments)
    line = f"    {request.method:<38} -> {request.error or 'ok'}"
    return f"{line}  {said}" if said else line


def _said(arguments: Mapping[str, Any]) -> str:
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
