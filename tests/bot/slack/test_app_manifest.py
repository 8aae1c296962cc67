"""manifest.yaml, held to the code: what the app asks for is what the bot uses."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from bot.actions.command_table import COMMANDS
from bot.messages.catalogue import LOCALES, messages_for
from bot.setting_readers import COMMAND_PREFIX_LIMIT
from bot.settings import read_settings
from bot.slack.app_manifest import ASSISTANT_EVENTS, manifest, manifest_text, slash_commands
from bot.slack.drawing.typed_options import OPTIONS, read_command
from corpus.errors import BadSetting
from tests.bot.conftest import Call
from tests.bot.slack.live import MANIFEST
from tools.local_slack import CHANNEL_SCOPES, EVENT_SCOPES, METHODS, TITLE_LIMIT, App

SOURCE = Path(__file__).parents[3] / "bot" / "slack"
FEATURES = MANIFEST["features"]
SETTINGS = MANIFEST["settings"]
BESIDES = {
    "commands": "commands and shortcuts",
    "chat:write.public": "chat.postMessage in channels that the bot has not joined",
    "files:read": "the content of a file, from its own address",
}
"""Scopes that no method and no event needs by its name."""
UNASKED = "app_context_changed"
"""An event that is only acknowledged: what people look at is no business of the bot's, and not asked for."""
ADDRESS = "https://news.example/slack/events"
COMMAND_LIMIT = 32
"""Characters that Slack takes for the name of a command, with its slash."""
UPLOADS = ("files.getUploadURLExternal", "files.completeUploadExternal")
"""The methods behind slack_sdk's one call that sends a file."""


def calls() -> Iterator[tuple[str, str]]:
    """Each call of an attribute in the adapter: its name, and its first argument where that is a text."""
    for path in SOURCE.rglob("*.py"):
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


MADE = {
    "socket": manifest(),
    "http": manifest(address=ADDRESS),
    "assistant": manifest(assistant=True),
    "named otherwise": manifest(prefix="news-", address=ADDRESS),
}


def test_manifest_yaml_is_what_the_command_prints(call: Call) -> None:
    text = (SOURCE.parents[1] / "manifest.yaml").read_text(encoding="utf-8")
    assert call("manifest").out == text == manifest_text()
    assert yaml.safe_load(call("manifest", "--http", ADDRESS).out) == MADE["http"]
    assert yaml.safe_load(call("manifest", "--assistant").out) == MADE["assistant"]


def test_the_command_takes_an_address_that_slack_can_send_to(call: Call) -> None:
    shown = call("manifest", "--http", "http://news.example/slack/events")
    assert shown.status == 2
    assert "does not begin with https://" in shown.err


@pytest.mark.parametrize("made", MADE)
def test_it_is_a_manifest_that_slack_takes(made: str) -> None:
    app = App.of_manifest(MADE[made])
    assert app.home
    assert (app.assistant, app.agent) == (made == "assistant", made != "assistant")
    settings = MADE[made]["settings"]
    assert settings["socket_mode_enabled"] is (made in ("socket", "assistant"))
    assert settings["interactivity"]["is_enabled"] is True
    assert MADE[made]["features"]["app_home"]["messages_tab_read_only_enabled"] is False
    for shortcut in MADE[made]["features"]["shortcuts"]:
        assert len(shortcut["name"]) <= TITLE_LIMIT


def test_over_http_every_address_is_given() -> None:
    assert manifest_text(address=ADDRESS).count(ADDRESS) == 10
    assert manifest_text().count("http") == 0


@pytest.mark.parametrize("prefix", ["", "news-", "desk_2"])
def test_commands_are_named_in_one_place(prefix: str) -> None:
    made = manifest(prefix=prefix)["features"]["slash_commands"]
    assert [one["command"] for one in made] == [f"/{prefix}{name}" for name in slash_commands()]
    messages = messages_for("en", "slack", prefix)
    assert f"/{prefix}ask" in messages("commands-only")
    assert f"/{prefix}corpus status" in messages("corpus-usage")
    assert f"/{prefix}newsdesk settings" in messages("not-allowed")
    for language in LOCALES:
        text = (SOURCE.parent / "messages" / f"{language}.ftl").read_text(encoding="utf-8")
        named = set(re.findall(r"(?<![\w/])/([a-z]+)", text)) & set(slash_commands())
        assert named >= {"ask", "latest", "sources", "article", "corpus", "newsdesk"}


@pytest.mark.parametrize("prefix", ["News-", "né", "a b", "-", "x" * 30, "/", "a/b"])
def test_a_prefix_that_slack_does_not_take_is_refused(prefix: str) -> None:
    with pytest.raises(BadSetting, match="can't begin a command"):
        read_settings({"NEWSDESK_SLACK_COMMANDS": prefix + "x" * (prefix == "/") * 40})


@pytest.mark.parametrize("name", slash_commands())
def test_what_its_commands_hint_at_is_read_as_a_command_of_the_table(name: str) -> None:
    hints = slash_commands()[name][1].split(" | ")
    keys = [read_command(name, hint, "U1")[0] for hint in hints]
    assert set(keys) <= COMMANDS.keys()
    assert len(set(keys)) == len(hints)


def test_every_command_of_the_table_can_be_typed_or_is_a_shortcut() -> None:
    typed = {
        read_command(name, hint, "U1")[0]
        for name, (_, hints) in slash_commands().items()
        for hint in [*hints.split(" | "), ""]
    }
    assert COMMANDS.keys() - typed == {key for key, command in COMMANDS.items() if command.on_message}


def test_its_shortcuts_are_those_that_are_listened_to() -> None:
    assert {one["callback_id"] for one in FEATURES["shortcuts"]} == listened("shortcut")


def test_its_events_are_those_that_are_listened_to() -> None:
    events = {name.partition(".")[0] for name in SETTINGS["event_subscriptions"]["bot_events"]}
    assert events | set(ASSISTANT_EVENTS) | {UNASKED} == listened("event")


def test_its_scopes_are_those_that_are_needed() -> None:
    events = SETTINGS["event_subscriptions"]["bot_events"]
    needed = {*BESIDES, "assistant:write", *(scope for event in events if (scope := EVENT_SCOPES[event]))}
    scopes = MANIFEST["oauth_config"]["scopes"]["bot"]
    for method in methods():
        choices = METHODS[method].scopes
        if any("{channel}" in one for one in choices):
            choices = tuple(one.format(channel=name) for one in choices for name in CHANNEL_SCOPES.values())
        needed |= set(choices) & set(scopes)
        assert not choices or set(choices) & set(scopes), method
    assert set(scopes) == needed
    assert len(scopes) == len(set(scopes))


def test_each_scope_has_its_reason() -> None:
    text = (SOURCE.parents[1] / "manifest.yaml").read_text(encoding="utf-8")
    for scope in MANIFEST["oauth_config"]["scopes"]["bot"]:
        assert re.search(rf"- {re.escape(scope)} # \w", text), scope


def test_its_hints_name_what_can_be_written() -> None:
    hints = {one["command"]: one.get("usage_hint", "") for one in FEATURES["slash_commands"]}
    for name, options in OPTIONS.items():
        if name != "corpus add":  # its hints stand in the usage
            assert set(re.findall(r"(\w+):", hints[f"/{name}"])) <= set(options)
    usage = messages_for("en", "slack")("corpus-usage")
    for word in re.findall(r"[a-z]+", hints["/corpus"]):
        assert word in usage
    named = set(re.findall(r"(\w+):", usage)) - {"forget", "in"}
    assert named == set(OPTIONS["corpus add"]) - {"collection"}


def test_the_longest_prefix_leaves_room_for_the_longest_command() -> None:
    longest = max(map(len, slash_commands()))
    assert len("/") + COMMAND_PREFIX_LIMIT + longest == COMMAND_LIMIT
