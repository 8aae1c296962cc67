"""The image's recipe and the two bots that are started from it: what both name is there, and holds together.

What needs a builder is run where one is at hand; here every instruction is read, and what it does checked.
"""

import fnmatch
import json
import re
import shlex
import subprocess
import sys
import tomllib
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

import pytest
import yaml

from bot.dispatch.event_gate import DRAIN
from bot.polling.poll_loop import STOP as POLL_STOP
from bot.runtime.worker import DEADLINE
from bot.service.service import STOP
from bot.settings import NAMES, read_settings

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text())
BOTS = {name: one for name, one in COMPOSE["services"].items() if name.startswith("bot-")}
DATABASE = COMPOSE["services"]["database"]
EXEC_FORM = {"RUN", "CMD", "ENTRYPOINT"}
ENDING = DRAIN + POLL_STOP + STOP + DEADLINE
"""Seconds that a bot takes to end, at most: its answers, polling, a reload, and the search under way."""


@dataclass(frozen=True, slots=True)
class Step:
    """One instruction, with its flags, and its arguments, in the stage of that number."""

    name: str
    flags: dict[str, str]
    arguments: list[str]
    stage: int


def steps(text: str) -> list[Step]:
    """The instructions of a Dockerfile, in order."""
    lines = "\n".join(line for line in text.splitlines() if not line.startswith("#")).replace("\\\n", " ")
    made: list[Step] = []
    stage = -1
    for line in filter(None, lines.splitlines()):
        name, _, rest = line.partition(" ")
        stage += name == "FROM"
        flags = {}
        while found := re.match(r"--([\w-]+)=(\S+)\s+", rest):
            flags[found[1]] = found[2]
            rest = rest[found.end() :]
        if name == "HEALTHCHECK":
            assert rest.startswith("CMD ")
            rest = rest.removeprefix("CMD ")
        arguments = json.loads(rest) if rest.startswith("[") else shlex.split(rest)
        made.append(Step(name, flags, arguments, stage))
    return made


STEPS = steps((ROOT / "Dockerfile").read_text())
LAST = max(step.stage for step in STEPS)


def of(name: str, stage: int | None = None) -> list[Step]:
    return [step for step in STEPS if step.name == name and stage in (None, step.stage)]


def seconds(text: str) -> float:
    number, unit = re.fullmatch(r"(\d+)(ms|s|m)", text).groups()  # type: ignore[union-attr]
    return int(number) * {"ms": 0.001, "s": 1, "m": 60}[unit]


def sent(path: str) -> bool:
    """Whether a file of the project reaches the builder: the last rule of .dockerignore that fits decides."""
    kept = True
    for line in (ROOT / ".dockerignore").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        rule = line.removeprefix("!")
        above = [str(one) for one in (PurePosixPath(path), *PurePosixPath(path).parents)][:-1]
        bare = rule.removeprefix("**/")
        names = [PurePosixPath(one).name for one in above] if rule.startswith("**/") else above
        if any(fnmatch.fnmatchcase(one, bare) for one in names):
            kept = line.startswith("!")
    return kept


def test_every_step_is_in_exec_form_so_that_no_shell_is_needed() -> None:
    text = (ROOT / "Dockerfile").read_text()
    for line in re.findall(r"^(?:RUN|CMD|ENTRYPOINT) .*|CMD .*$", text, re.MULTILINE):
        assert re.search(r"(RUN|CMD|ENTRYPOINT) \[", line), line
    (health,) = of("HEALTHCHECK")
    assert health.arguments == ["newsdesk", "health"]
    assert seconds(health.flags["timeout"]) < seconds(health.flags["interval"])


def test_the_base_has_the_python_of_the_tests_and_can_be_named_otherwise() -> None:
    (base,) = of("ARG")
    found = re.fullmatch(r"PYTHON=docker\.io/library/python:(\d+)\.(\d+)-slim-\w+", base.arguments[0])
    assert found
    assert (int(found[1]), int(found[2])) == sys.version_info[:2]
    assert f">={found[1]}.{found[2]}" == PROJECT["project"]["requires-python"]
    assert [step.arguments[0] for step in of("FROM")] == ["${PYTHON}"] * 2


def test_what_is_copied_is_there_and_reaches_the_builder_and_nothing_else_does() -> None:
    copied = [source for step in of("COPY") if "from" not in step.flags for source in step.arguments[:-1]]
    assert {"locks/run.txt", "pyproject.toml", "bot", "corpus", "retrieval"} <= set(copied)
    for source in copied:
        assert (ROOT / source).exists(), source
        assert sent(source), source
    for path in (
        ".env",
        ".git/config",
        ".newsdesk/chats.sqlite3",
        "tests/conftest.py",
        "bot/.env",
        "notes.txt",
    ):
        assert not sent(path), path
    for path in ("bot/__pycache__/x.pyc", "corpus/readers/__pycache__"):
        assert not sent(path), path
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    inside = {path for path in tracked if sent(path)}
    assert {path.split("/")[0] for path in inside} == {*copied} - {"locks/pip.txt", "locks/run.txt"} | {
        "locks"
    }


def test_the_packages_that_are_built_are_all_copied() -> None:
    copied = {source for step in of("COPY") for source in step.arguments[:-1]}
    assert set(PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]) <= copied
    assert {PROJECT["project"]["readme"], *PROJECT["project"]["license-files"]} <= copied


def test_nothing_is_installed_but_by_its_hash_and_newsdesk_itself() -> None:
    installs = [step.arguments[2:] for step in of("RUN") if step.arguments[1:2] == ["install"]]
    *locked, own = installs
    for arguments in locked:
        assert {"--no-deps", "--require-hashes", "--only-binary", ":all:"} <= set(arguments)
        assert (ROOT / arguments[-1]).is_file()
    assert own == ["--no-deps", "--no-build-isolation", "."]
    assert not of("ADD")


def test_it_runs_as_nobody_in_a_folder_that_is_its_own() -> None:
    (user,) = of("USER", LAST)
    identity = user.arguments[0]
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", identity)
    (volume,) = of("VOLUME", LAST)
    (home,) = [step for step in of("COPY", LAST) if "chown" in step.flags]
    assert home.flags["chown"] == identity
    assert home.arguments[-1] == volume.arguments[0] == environment()["NEWSDESK_HOME"]
    made = next(step for step in of("RUN") if step.arguments[0] == "install")
    assert made.arguments[-1] == home.arguments[0]
    assert "700" in made.arguments
    # Whatever follows runs as that user.
    assert not [step for step in STEPS[STEPS.index(user) :] if step.name in ("RUN", "COPY")]


def environment() -> dict[str, str]:
    """What the image sets."""
    return dict(part.split("=", 1) for step in of("ENV", LAST) for part in step.arguments)


def test_the_settings_that_it_is_given_can_be_used() -> None:
    given = {name: value for name, value in environment().items() if name.startswith("NEWSDESK_")}
    settings = read_settings(given, Path("nowhere"))
    assert settings.metrics
    assert str(settings.metrics[1]) in of("EXPOSE")[0].arguments
    assert str(read_settings({}, Path("nowhere")).slack_port) in of("EXPOSE")[0].arguments


def test_what_the_steps_make_is_run_by_the_entrypoint(tmp_path: Path) -> None:
    """The wheel that `pip install .` makes of what is copied, apart from everything else."""
    for step in of("COPY", 0):
        for source in step.arguments[:-1]:
            target = tmp_path / (step.arguments[-1] if (ROOT / source).is_dir() else source)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(ROOT / source)
    done = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    with zipfile.ZipFile(wheel) as packed:
        names = packed.namelist()
        (points,) = [name for name in names if name.endswith("entry_points.txt")]
        script = packed.read(points).decode()
    assert of("ENTRYPOINT")[0].arguments == [script.split("\n")[1].split(" = ")[0]]
    assert "bot/operation/health_monitor.py" in names
    assert "retrieval/ranking/weights.json" in names


def test_two_bots_share_a_database_and_no_folder() -> None:
    assert len(BOTS) == 2
    assert len({mount for bot in BOTS.values() for mount in bot["volumes"]}) == 2
    assert len({port for bot in BOTS.values() for port in bot["ports"]}) == 2
    mounted = {mount.split(":")[0] for one in COMPOSE["services"].values() for mount in one["volumes"]}
    assert mounted == COMPOSE["volumes"].keys()
    for bot in BOTS.values():
        assert bot["volumes"][0].split(":")[1] == of("VOLUME", LAST)[0].arguments[0]
        assert bot["environment"]["NEWSDESK_DATABASE"] == "postgresql://newsdesk@database/newsdesk"


@pytest.mark.parametrize("bot", BOTS)
def test_a_bot_may_write_nothing_but_its_volume_and_has_time_to_end(bot: str) -> None:
    one = BOTS[bot]
    assert one["read_only"]
    assert one["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in one["security_opt"]
    assert one["init"]
    assert seconds(one["stop_grace_period"]) > ENDING
    assert one["restart"] == "unless-stopped"
    assert one["depends_on"]["database"]["condition"] == "service_healthy"
    # Figures are for this machine alone, until somebody decides otherwise.
    assert all(port.startswith("127.0.0.1:") for port in one["ports"])


@pytest.mark.parametrize("bot", BOTS)
def test_every_setting_of_a_bot_is_one(bot: str) -> None:
    given = BOTS[bot]["environment"]
    assert {name for name in given if name.startswith("NEWSDESK_")} <= set(NAMES.values())


def test_every_setting_that_the_page_for_operators_names_is_one() -> None:
    page = (ROOT / "docs" / "operating.md").read_text()
    assert set(re.findall(r"\b(NEWSDESK_\w+)", page)) <= set(NAMES.values())


def test_no_secret_stands_in_either_file() -> None:
    text = (ROOT / "compose.yaml").read_text() + (ROOT / "Dockerfile").read_text()
    assert re.findall(r"(?:PASSWORD|TOKEN|SECRET)\w*[:=] *(?![?…]|\$\{)\S+", text) == []
    passwords = [
        DATABASE["environment"]["POSTGRES_PASSWORD"],
        *(b["environment"]["PGPASSWORD"] for b in BOTS.values()),
    ]
    assert all(one.startswith("${POSTGRES_PASSWORD:?") for one in passwords)


def test_the_database_is_one_that_the_bots_can_use_and_is_reached_by_them_alone() -> None:
    assert re.fullmatch(r"docker\.io/pgvector/pgvector:pg1[789]", DATABASE["image"])
    assert "ports" not in DATABASE
    assert DATABASE["healthcheck"]["test"][0] == "CMD"
    assert DATABASE["environment"]["POSTGRES_USER"] == DATABASE["environment"]["POSTGRES_DB"] == "newsdesk"


def test_the_unit_of_the_readme_gives_a_bot_time_to_end_and_lets_it_write_its_state_alone() -> None:
    readme = (ROOT / "README.md").read_text()
    (unit,) = re.findall(r"^```ini\n(\[Unit\].*?)^```", readme, re.M | re.S)
    found = dict(line.split("=", 1) for line in unit.splitlines() if "=" in line)
    assert float(found["TimeoutStopSec"]) > ENDING
    assert found["ProtectSystem"] == "strict"
    assert found["StateDirectory"] == "newsdesk"
    assert "NEWSDESK_HOME" not in unit, "it is in .env, which commands in a shell read too"
    assert "In `/opt/newsdesk/.env`, set `NEWSDESK_HOME=/var/lib/newsdesk`" in readme
    assert found["WorkingDirectory"] == "/opt/newsdesk"
    assert found["ExecStart"].endswith("/newsdesk run")
