"""What is installed is what was tested, byte for byte."""

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = {path.stem: path for path in sorted((ROOT / "locks").glob("*.txt"))}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(text: str) -> dict[str, str]:
    return {
        normal(name): version for name, version in re.findall(r"^([\w.-]+)==([\w.!+]+)", text, re.MULTILINE)
    }


def entries(lock: str) -> list[str]:
    return re.split(r"^(?=[\w.-]+==)", LOCKS[lock].read_text(), flags=re.MULTILINE)[1:]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_has_one_version_and_its_hashes(lock: str) -> None:
    assert entries(lock)
    for entry in entries(lock):
        lines = entry.replace("\\\n", " ").split("--hash=")
        assert len(lines) > 1, entry
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}\s*", one) for one in lines[1:]), entry


def test_the_locks_have_the_versions_of_constraints_txt_and_all_of_them() -> None:
    wanted = pins((ROOT / "constraints.txt").read_text())
    locked = [pins(path.read_text()) for path in LOCKS.values()]
    found = {name: version for lock in locked for name, version in lock.items()}
    assert len(found) == sum(map(len, locked)), "a package is in two locks"
    assert {name: found.get(name) for name in wanted} == wanted, "run `make lock`"
    assert found.keys() - wanted.keys() - pins(LOCKS["cuda"].read_text()).keys() <= {"httpx2-jsfetch"}


def test_what_pyproject_toml_asks_for_is_locked_where_it_is_needed() -> None:
    groups = {
        "run": [*PROJECT["project"]["dependencies"], *PROJECT["build-system"]["requires"]],
        **PROJECT["project"]["optional-dependencies"],
        **{name: wanted for name, wanted in PROJECT["dependency-groups"].items() if name != "peers"},
    }
    run = pins(LOCKS["run"].read_text())
    models = run | pins(LOCKS["models"].read_text())
    for group, wanted in groups.items():
        there = (models if group in PROJECT["dependency-groups"] else run) | pins(LOCKS[group].read_text())
        names = {normal(re.split(r"[<>=\s\[]", one)[0]) for one in wanted}
        assert names <= there.keys(), "run `make lock`"


def test_make_installs_nothing_without_a_hash_but_newsdesk_itself(tmp_path: Path) -> None:
    venv = tmp_path / "venv"
    done = subprocess.run(
        ["make", "--dry-run", f"VENV={venv}", f"{venv}/dev.ready", "bench", "lock"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    installs = [line for line in done.stdout.splitlines() if "pip" in line and " install " in line]
    assert len(installs) >= 6
    for line in installs:
        named = re.findall(r"--requirement (\S+)", line)
        hashed = "--require-hashes" in line and "--only-binary :all:" in line and named
        assert "--no-deps" in line
        assert hashed or line.endswith("--no-build-isolation --editable .")
        assert all(Path(one).stem in LOCKS for one in named)


def test_no_address_of_an_index_stands_in_a_lock() -> None:
    for path in LOCKS.values():
        assert "://" not in path.read_text()
