"""`newsdesk doctor`: what is set up, what is missing, what to do."""

import os
import re
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from bot.cli import diagnosis
from bot.cli.diagnosis import MODEL_PARTS
from bot.corpus_admin.home import Home
from tests.bot.conftest import Call
from tests.fault.newsroom import QuickDisk


def test_a_sound_home_is_ok_throughout(ask_sample: Call) -> None:
    shown = ask_sample("doctor")
    assert (shown.status, shown.err) == (0, "")
    lines = shown.out.splitlines()
    assert all(line.startswith("ok   ") for line in lines)
    assert [line[5:].partition(":")[0] for line in lines] == [
        *("Python", "packages", "home", "model", "collection news", "Discord", "Slack")
    ]
    assert "all-MiniLM-L6-v2@" in shown.out
    rows = ask_sample("doctor", "--json").row
    assert all(set(row) == {"what", "sound", "detail"} and row["sound"] for row in rows)


def test_a_home_without_a_corpus_or_that_can_t_be_written_is_found(call: Call, tmp_path: Path) -> None:
    with Home(Path(".newsdesk"), QuickDisk()).store():
        pass
    shown = call("doctor")
    assert (shown.status, shown.err) == (1, "")
    assert "FIX  corpus: there is none yet: `newsdesk corpus add PATH`" in shown.out
    assert [row["what"] for row in call("doctor", "--json").row if not row["sound"]] == ["corpus"]
    (tmp_path / "file").touch()
    shown = call("--home", "file/home", "doctor")
    assert shown.status == 1
    assert "FIX  home: there is no home in " in shown.out


@pytest.mark.parametrize("names", [{}, {"NEWSDESK_READER": "none"}])
def test_the_packaged_models_need_no_more_than_make_run_installs(
    ask_sample: Call, monkeypatch: pytest.MonkeyPatch, names: dict[str, str]
) -> None:
    without(monkeypatch, *MODEL_PARTS)
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    shown = ask_sample("doctor")
    assert (shown.status, "torch" in shown.out) == (0, False)
    without(monkeypatch, "trafilatura")
    assert "FIX  packages: missing: trafilatura; run `make run`" in ask_sample("doctor").out


@pytest.mark.parametrize("name", ["NEWSDESK_MODEL", "NEWSDESK_READER"])
def test_what_another_model_needs_is_installed_by_a_command_of_its_own(
    ask_sample: Call, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    without(monkeypatch, *MODEL_PARTS)
    monkeypatch.setenv(name, "someone/some-model")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    shown = ask_sample("doctor")
    assert shown.status == 1
    assert "FIX  packages: missing: sentence-transformers, torch; run `make models`" in shown.out


def without(monkeypatch: pytest.MonkeyPatch, *missing: str) -> None:
    """Let these packages not be installed, as far as the diagnosis sees."""

    def version(name: str) -> str:
        if name in missing:
            raise PackageNotFoundError(name)
        return "1.0"

    monkeypatch.setattr(diagnosis, "version", version)


def test_a_model_that_can_t_be_had_is_one_line_and_leaves_no_source(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_MODEL", "nobody/has-such-a-model")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    shown = call("doctor")
    assert shown.status == 1
    (line,) = (line for line in shown.out.splitlines() if line.startswith("FIX  model"))
    assert line.startswith("FIX  model: the model 'nobody/has-such-a-model' can't be loaded (")
    assert "check NEWSDESK_MODEL" in line
    assert shown.err == ""
    for act in (["corpus", "add", "sample"], ["run"]):
        called = call(*act)
        assert called.status == 1
        assert "can't be loaded" in called.err.splitlines()[-1]
        assert call("corpus", "status", "--json").row["sources"] == []


def test_a_damaged_generation_is_found(ask_sample: Call) -> None:
    (vectors,) = Path(".newsdesk").glob("collections/news/generations/*/*/vectors.faiss")
    vectors.write_bytes(b"")
    shown = ask_sample("doctor")
    assert shown.status == 1
    assert "FIX  collection news: collection news has nothing to answer from" in shown.out


@pytest.mark.skipif(os.name != "posix", reason="there are no such rights")
def test_an_env_file_with_tokens_that_others_can_read_is_found_and_run_says_so(
    ask_sample: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN", raising=False)
    path = Path(".env")
    path.write_text("NEWSDESK_KEEP_DAYS=7\nSLACK_BOT_TOKEN=\n")
    path.chmod(0o644)
    assert ask_sample("doctor").status == 0, "there is no secret in it"
    path.write_text("SLACK_BOT_TOKEN=xoxb-1\n")
    shown = ask_sample("doctor")
    assert shown.status == 1
    warning = ".env holds tokens, and others on this machine can read it: run `chmod 600 .env`"
    assert f"FIX  .env: {warning}" in shown.out
    assert "xoxb-1" not in shown.out
    assert warning in ask_sample("run", stdin="").err
    path.chmod(0o600)
    assert "FIX  .env" not in ask_sample("doctor").out
    assert ".env" not in ask_sample("run", stdin="").err


def test_a_database_is_asked_how_it_is_and_one_that_is_away_is_said_without_its_password(
    call: Call, database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_DATABASE", database_url)
    (line,) = (line for line in call("doctor").out.splitlines() if line[5:].startswith("database:"))
    assert re.fullmatch(
        r"ok   database: the database newsdesk_\w+ on 127.0.0.1: PostgreSQL \d+\.\d+, \d+ MB, "
        r"\d+ of \d+ connections, answers in \d+\.\d ms",
        line,
    )
    monkeypatch.setenv("NEWSDESK_DATABASE", "postgresql://me:secret@127.0.0.1:1/nothing")
    shown = call("doctor")
    assert shown.status == 1
    assert "FIX  database: the database nothing on 127.0.0.1 can't be used" in shown.out
    assert "secret" not in shown.out + shown.err


@pytest.mark.parametrize(
    ("names", "advice"),
    [
        ({"SLACK_BOT_TOKEN": "x"}, "SLACK_BOT_TOKEN is set, but neither SLACK_APP_TOKEN nor"),
        ({"SLACK_APP_TOKEN": "x"}, "SLACK_APP_TOKEN is set, but not SLACK_BOT_TOKEN: not on Slack"),
        ({"SLACK_SIGNING_SECRET": "x"}, "SLACK_SIGNING_SECRET is set, but not SLACK_BOT_TOKEN: not on Slack"),
        ({"NEWSDESK_SLACK_CLIENT_ID": "x"}, "only one is set: no workspace can install the app"),
        ({"NEWSDESK_COLLECTIONS": "nws,news"}, "NEWSDESK_COLLECTIONS names nws, which is no collection: "),
    ],
)
def test_settings_that_do_nothing_are_said_by_the_doctor_and_at_the_start(
    ask_sample: Call, monkeypatch: pytest.MonkeyPatch, names: dict[str, str], advice: str
) -> None:
    assert advice not in ask_sample("run", stdin="").err
    for name, value in names.items():
        monkeypatch.setenv(name, value)
    found = ask_sample("doctor")
    assert found.status == 1
    assert "FIX  settings: " in found.out
    assert advice in found.out
    assert advice in ask_sample("run", stdin="").err


def test_a_collection_that_is_not_there_is_said_at_the_first_start_too(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSDESK_COLLECTIONS", "nws,news")
    advice = "NEWSDESK_COLLECTIONS names nws, which is no collection: there are news"
    assert advice in call("run", stdin="").err
