"""manifest.yaml, held to the code: what the app asks for is what the bot uses."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from bot.messages.catalogue import messages_for
from bot.slack.doctor import SCOPES
from bot.slack.options import NAMES
from tests.bot.slack.live import MANIFEST
from tests.local_slack import App
from tests.local_slack.app import EVENT_SCOPES
from tests.local_slack.limits import TITLE_LIMIT
from tests.local_slack.methods import CHANNEL_SCOPES, METHODS

SOURCE = Path(__file__).parents[3] / "bot" / "slack"
FEATURES = MANIFEST["features"]
SETTINGS = MANIFEST["settings"]
BESIDES = {
    "commands": "commands and shortcuts",
    "chat:write.public": "chat.postMessage in channels that the bot has not joined",
    "files:read": "the content of a file, from its own address",
}
"""Scopes that no method and no event needs by its name."""
UPLOADS = ("files.getUploadURLExternal", "files.completeUploadExternal")
"""The methods behind slack_sdk's one call that sends a file."""


def calls() -> Iterator[tuple[str, str]]:
    """Each call of an attribute in the adapter: its name, and its first argument where that is a text."""
    for path in SOURCE.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                first = node.args[0] if node.args else None
                given = first.value if isinstance(first, ast.Constant) else ""
                yield node.func.attr, str(given)


def listened(kind: str) -> set[str]:
    """What the code listens to: commands, shortcuts or events."""
    return {given for name, given in calls() if name == kind and given}


def methods() -> set[str]:
    """The methods of the Web API that the code calls with the bot's token."""
    known = {name.replace(".", "_"): name for name in METHODS if METHODS[name].token == "xoxb"}
    used = {name for name, _ in calls()}
    found = {known[name] for name in used & known.keys()}
    return found | (set(UPLOADS) if "files_upload_v2" in used else set())


def test_it_is_a_manifest_that_slack_takes() -> None:
    app = App.of_manifest(MANIFEST)
    assert app.home
    assert app.assistant
    assert SETTINGS["socket_mode_enabled"] is True
    assert SETTINGS["interactivity"]["is_enabled"] is True
    assert FEATURES["app_home"]["messages_tab_read_only_enabled"] is False
    for shortcut in FEATURES["shortcuts"]:
        assert len(shortcut["name"]) <= TITLE_LIMIT


def test_its_commands_are_those_that_are_listened_to() -> None:
    assert {one["command"] for one in FEATURES["slash_commands"]} == listened("command")


def test_its_shortcuts_are_those_that_are_listened_to() -> None:
    assert {one["callback_id"] for one in FEATURES["shortcuts"]} == listened("shortcut")


def test_its_events_are_those_that_are_listened_to() -> None:
    events = {name.partition(".")[0] for name in SETTINGS["event_subscriptions"]["bot_events"]}
    assert events == listened("event")


def test_its_scopes_are_those_that_are_needed() -> None:
    events = SETTINGS["event_subscriptions"]["bot_events"]
    needed = {*BESIDES, *(scope for event in events if (scope := EVENT_SCOPES[event]))}
    scopes = MANIFEST["oauth_config"]["scopes"]["bot"]
    for method in methods():
        choices = METHODS[method].scopes
        if any("{channel}" in one for one in choices):
            choices = tuple(one.format(channel=name) for one in choices for name in CHANNEL_SCOPES.values())
        needed |= set(choices) & set(scopes)
        assert not choices or set(choices) & set(scopes), method
    assert set(scopes) == needed
    assert len(scopes) == len(set(scopes))


def test_the_doctor_looks_for_its_scopes() -> None:
    assert list(SCOPES) == MANIFEST["oauth_config"]["scopes"]["bot"]


def test_each_scope_has_its_reason() -> None:
    text = (SOURCE.parents[1] / "manifest.yaml").read_text(encoding="utf-8")
    for scope in MANIFEST["oauth_config"]["scopes"]["bot"]:
        assert re.search(rf"- {re.escape(scope)} # \w", text), scope


def test_its_hints_name_what_can_be_written() -> None:
    hints = {one["command"]: one.get("usage_hint", "") for one in FEATURES["slash_commands"]}
    assert set(re.findall(r"(\w+):", hints["/ask"])) <= set(NAMES)
    usage = messages_for("en", "slack")("corpus-usage")
    for word in re.findall(r"[a-z]+", hints["/corpus"]):
        assert word in usage
