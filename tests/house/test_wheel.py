"""The wheel, built and installed apart: it must work from any folder and share no name with anybody."""

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from email.parser import Parser
from pathlib import Path

import pytest

from retrieval.ranking.weights import FILE

ROOT = Path(__file__).parents[2]
PACKAGES = {"bot", "retrieval", "corpus"}
OWNERS = """
import json
from importlib.metadata import packages_distributions
found = packages_distributions()
print(json.dumps({name: sorted(set(found[name])) for name in ("bot", "retrieval", "corpus")}))
"""


def run(*command: str | Path, folder: Path) -> str:
    """What it prints; it must end well, and see nothing of this folder or this environment's settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "NEWSDESK_"))}
    done = subprocess.run(
        command, cwd=folder, env=kept, capture_output=True, text=True, stdin=subprocess.DEVNULL, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, *f"-m build --wheel --no-isolation --outdir {folder}".split(), ROOT, folder=folder)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` of a new environment that holds the wheel, and takes its dependencies from this one.

    Only their folder is lent: its own `.pth` files, and with them the editable Newsdesk, are not read.
    """
    folder = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "venv", "--without-pip", "env", folder=folder)
    bin_ = folder / "env" / "bin"
    (site,) = (folder / "env" / "lib").glob("python*/site-packages")
    pip = "-m pip --disable-pip-version-check --python".split()
    run(
        sys.executable,
        *pip,
        bin_ / "python",
        *"install --quiet --no-deps --no-index".split(),
        wheel,
        folder=folder,
    )
    (site / "lent.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    return bin_


def test_it_holds_the_three_packages_the_sample_and_the_types_and_nothing_else(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == PACKAGES
    assert {f"{package}/py.typed" for package in PACKAGES} <= names
    samples = {f"corpus/sample/{path.name}" for path in (ROOT / "corpus" / "sample").iterdir()}
    assert len(samples) >= 12
    assert samples <= names


def test_it_holds_the_weights_that_ranking_needs(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    assert archive.read(f"retrieval/ranking/{FILE}") == (ROOT / "retrieval" / "ranking" / FILE).read_bytes()


def test_no_index_will_take_it(wheel: Path) -> None:
    archive = zipfile.ZipFile(wheel)
    (metadata,) = (name for name in archive.namelist() if name.endswith(".dist-info/METADATA"))
    fields = Parser().parsestr(archive.read(metadata).decode())
    assert "Private :: Do Not Upload" in fields.get_all("Classifier", [])
    assert fields["License-Expression"] == "MIT"


def test_each_top_level_name_has_one_owner(installed: Path, tmp_path: Path) -> None:
    owners = json.loads(run(installed / "python", "-c", OWNERS, folder=tmp_path))
    assert owners == {name: ["newsdesk"] for name in PACKAGES}


def test_the_command_works_from_another_folder(installed: Path, tmp_path: Path) -> None:
    command = installed / "newsdesk"
    where = run(installed / "python", "-c", "import bot; print(bot.__file__)", folder=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent)
    assert run(command, "--help", folder=tmp_path).startswith("Usage: newsdesk")
    assert "16 new" in run(command, "corpus", "add", "sample", folder=tmp_path)
    answer = json.loads(run(command, "ask", "Who brought up the Chosei mine?", "--json", folder=tmp_path))
    assert "Takaichi who brought up the mine first" in str(answer["passages"])
