from dataclasses import replace
from pathlib import Path

import pytest

from bot.settings import NAMES, Settings, read_settings
from corpus.errors import BadSetting


def test_the_environment_wins_over_the_file_and_the_file_over_the_defaults(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    assert read_settings({}, file) == Settings()
    file.write_text("NEWSDESK_HOME=filed\nNEWSDESK_MODEL=a-folder\nDISCORD_TOKEN=canary\n")
    filed = Settings(home=Path("filed"), model="a-folder", discord_token="canary")
    assert read_settings({}, file) == filed
    assert read_settings({"NEWSDESK_HOME": "set"}, file) == replace(filed, home=Path("set"))


def test_an_empty_value_is_the_default(tmp_path: Path) -> None:
    empty = dict.fromkeys(NAMES.values(), "")
    assert read_settings(empty, tmp_path / "none") == Settings()


def test_a_setting_that_is_not_known_is_named_with_the_one_that_is_meant_or_all(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"NEWSDESK_XYZ is not a setting: the .*NEWSDESK_HOME, "):
        read_settings({"NEWSDESK_XYZ": "x"}, tmp_path / "none")
    with pytest.raises(BadSetting, match=r"HOMES is not a setting: did you mean NEWSDESK_HOME\?") as caught:
        read_settings({"NEWSDESK_HOMES": "x"}, tmp_path / "none")
    assert caught.value.name == "NEWSDESK_HOMES"
    assert caught.value.exit_status == 2


def test_a_misspelt_token_in_the_file_is_named_and_others_variables_are_left_alone(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("DISCORD_BOT_TOKEN=x\n")
    with pytest.raises(BadSetting, match=r"BOT_TOKEN is not a setting: did you mean DISCORD_TOKEN\?"):
        read_settings({}, file)
    file.write_text("OTHER=x\n")
    assert read_settings({"DISCORD_BOT_TOKEN": "x"}, file) == Settings()


def test_a_file_that_can_t_be_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"NEWSDESK_HOME=caf\xe9")
    with pytest.raises(BadSetting, match=r"\.env can't be read"):
        read_settings({}, file)


def test_every_setting_is_in_the_example_with_its_default() -> None:
    example = Path(__file__).parents[2] / ".env.example"
    named = {line.partition("=")[0] for line in example.read_text().splitlines() if line[:1] not in ("#", "")}
    assert named == set(NAMES.values())
    assert read_settings({}, example) == Settings()


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("NEWSDESK_COLLECTIONS", "../up", r"'\.\./up'"),
        ("NEWSDESK_KEEP_DAYS", "0", "no number of days from 1 to 365"),
        ("NEWSDESK_KEEP_DAYS", "\u0663", "no number of days"),
        ("NEWSDESK_KEEP_DAYS", "366", "no number of days"),
        ("NEWSDESK_DISCORD_SERVERS", "123, my server", "'my server' is not a server's id"),
        ("NEWSDESK_SLACK_WORKSPACES", "acme", "'acme' is not a workspace's id, such as T0123ABCD"),
        ("NEWSDESK_LOG_QUESTIONS", "yes", "'yes' is neither 0 nor 1"),
        ("NEWSDESK_DISCORD_MESSAGE_CONTENT", "true", "neither 0 nor 1"),
        ("NEWSDESK_DISCORD_API", "discord.example", "does not begin with http:// or https://"),
        ("NEWSDESK_DISCORD_GATEWAY", "http://x", "does not begin with ws:// or wss://"),
        ("NEWSDESK_DISCORD_API", "http://discord.com/api/v10", "would have the token sent unprotected"),
        ("NEWSDESK_DISCORD_GATEWAY", "ws://gateway.discord.gg", "would have the token sent unprotected"),
        ("NEWSDESK_SLACK_API", "http://slack.com/api/", "would have the token sent unprotected"),
        ("NEWSDESK_SLACK_API", "http://127.0.0.1@slack.com/api/", "would have the token sent unprotected"),
        ("NEWSDESK_SLACK_API", "http://", "would have the token sent unprotected"),
    ],
)
def test_a_value_that_can_t_be_used_is_named_with_the_reason(
    name: str, value: str, reason: str, tmp_path: Path
) -> None:
    with pytest.raises(BadSetting, match=f"{name} can't be used: .*{reason}"):
        read_settings({name: value}, tmp_path / "none")


def test_every_kind_of_setting_is_read(tmp_path: Path) -> None:
    values = {
        "NEWSDESK_COLLECTIONS": " news, archive ,",
        "NEWSDESK_KEEP_DAYS": "7",
        "NEWSDESK_LOG_QUESTIONS": "1",
        "NEWSDESK_DISCORD_SERVERS": "123, 456",
        "NEWSDESK_DISCORD_API": "http://127.0.0.1:3902/api/v10",
        "NEWSDESK_DISCORD_GATEWAY": "ws://127.0.0.1:3902/",
    }
    settings = read_settings(values, tmp_path / "none")
    assert settings.collections == ("news", "archive")
    assert settings.keep_days == 7
    assert settings.log_questions
    assert settings.discord_servers == {"123", "456"}
    assert settings.discord_api == "http://127.0.0.1:3902/api/v10"
    assert settings.discord_gateway == "ws://127.0.0.1:3902/"


def test_a_token_is_in_no_repr() -> None:
    settings = Settings(discord_token="canary-4711")
    assert "canary" not in repr(settings)
    assert settings.secrets == ("canary-4711",)


def test_only_a_database_looks_through_vectors(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="NEWSDESK_PGVECTOR needs a database: name it as NEWSDESK_DATABASE"):
        read_settings({"NEWSDESK_PGVECTOR": "1"}, tmp_path / "none")
    values = {"NEWSDESK_PGVECTOR": "1", "NEWSDESK_DATABASE": "postgresql://one/newsdesk"}
    assert read_settings(values, tmp_path / "none").pgvector
