"""What the recorded session sent, as a list that people can read."""

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tools.local_discord import Request, component_texts

SESSION = Path(__file__).parents[3] / "docs" / "discord-session.txt"
HEAD = """\
A session of Newsdesk with Discord, from login to a shared answer with a follow-up.

This list is written by tests/bot/discord/test_session.py: discord.py itself talks to a local server, which
holds every request to Discord's own description of its API and to its limits. All of them were valid, and
nobody was pinged. Each part is a test; each line is a request: the operation as Discord names it, the
method and path, Discord's answer, and what was said. Like requests in a row are one line.
"""
ACKS = {4: "message", 5: "answer follows", 6: "change follows", 7: "changed", 8: "choices", 9: "form"}
"""What a bot first says to an interaction."""
TYPING = "trigger_typing_indicator"
"""Comes beside an answer, sooner or later: a sign that is not waited for."""
SAID = 60
"""Characters shown of a message."""

_ID = re.compile(r"(?<=/)\d{15,}(?=/|$)")
_TOKEN = re.compile(r"(?<=/)[\w-]{60,}(?=/|$)")
_LINE = re.compile(r" {4}(\w+) +[A-Z]+ +/")


class SessionLog:
    """The requests of each test, in order."""

    def __init__(self) -> None:
        """Nothing was sent."""
        self._parts: dict[str, list[Request]] = {}
        self._seen = 0

    def add(self, test: str, requests: Sequence[Request]) -> None:
        """Keep under the test's name what is new of all requests."""
        self._parts[test] = list(requests[self._seen :])
        self._seen = len(requests)

    @property
    def names(self) -> list[str]:
        """The tests, in order."""
        return list(self._parts)

    def operations(self) -> dict[str, set[str]]:
        """The operations of each part, by its heading."""
        return {
            _heading(test): {str(request.operation) for request in requests} - {TYPING}
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
    """The operations of each part of a list, by its heading."""
    parts: dict[str, set[str]] = {}
    heading = ""
    for line in written.removeprefix(HEAD).splitlines():
        if found := _LINE.match(line):
            parts[heading] |= {found[1]} - {TYPING}
        elif line:
            heading = line
            parts[heading] = set()
    return parts


def _heading(test: str) -> str:
    return test.removeprefix("test_").replace("_", " ").capitalize()


def _line(request: Request) -> str:
    path = _TOKEN.sub("TOKEN", _ID.sub("ID", request.path))
    said = _said(request.body)
    line = f"    {request.operation:<32} {request.method:<6} {path} -> {request.status}"
    return f"{line}  {said}" if said else line


def _said(body: Any) -> str:
    if isinstance(body, list):
        return f"{len(body)} commands"
    if not isinstance(body, dict):
        return ""
    if "type" in body and isinstance(body["type"], int):
        ephemeral = (body.get("data") or {}).get("flags") == 64
        return ACKS[body["type"]] + (", to one person" if ephemeral else "")
    if body.get("components"):
        first = " ".join(" ".join(component_texts(body["components"])).split())
        return json.dumps(first if len(first) <= SAID else f"{first[: SAID - 1]}…", ensure_ascii=False)
    return json.dumps(body.get("name", ""), ensure_ascii=False) if body.get("name") else ""
