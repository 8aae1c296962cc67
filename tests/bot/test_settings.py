from pathlib import Path

import pytest

from bot.settings import Settings, read_settings
from corpus.errors import BadSetting


def test_the_environment_wins_over_the_file_and_the_file_over_the_defaults(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    assert read_settings({}, file) == Settings()
    file.write_text("NEWSDESK_HOME=filed\nNEWSDESK_MODEL=a-folder\nDISCORD_TOKEN=canary\n")
    assert read_settings({}, file) == Settings(home=Path("filed"), model="a-folder")
    assert read_settings({"NEWSDESK_HOME": "set"}, file) == Settings(home=Path("set"), model="a-folder")


def test_an_empty_value_is_the_default(tmp_path: Path) -> None:
    empty = {"NEWSDESK_HOME": "", "NEWSDESK_MODEL": "", "NEWSDESK_COLLECTIONS": ""}
    assert read_settings(empty, tmp_path / "none") == Settings()


def test_collections_stand_with_commas_between(tmp_path: Path) -> None:
    settings = read_settings({"NEWSDESK_COLLECTIONS": " news, archive ,"}, tmp_path / "none")
    assert settings.collections == ("news", "archive")


def test_a_collection_that_can_t_be_a_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"NEWSDESK_COLLECTIONS can't be used: '\.\./up'"):
        read_settings({"NEWSDESK_COLLECTIONS": "../up"}, tmp_path / "none")


def test_a_setting_that_is_not_known_is_named_with_those_that_are(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match=r"NEWSDESK_HOMES is not a setting: .*NEWSDESK_HOME, ") as caught:
        read_settings({"NEWSDESK_HOMES": "x"}, tmp_path / "none")
    assert caught.value.name == "NEWSDESK_HOMES"
    assert caught.value.exit_status == 2


def test_a_file_that_can_t_be_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_bytes(b"NEWSDESK_HOME=caf\xe9")
    with pytest.raises(BadSetting, match=r"\.env can't be read"):
        read_settings({}, file)


def test_every_setting_is_in_the_example_with_its_default() -> None:
    example = Path(__file__).parents[2] / ".env.example"
    named = {line.partition("=")[0] for line in example.read_text().splitlines() if line[:1] not in ("#", "")}
    assert named == {f"NEWSDESK_{name.upper()}" for name in Settings.__dataclass_fields__}
    assert read_settings({}, example) == Settings()
