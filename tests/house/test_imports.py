"""The import contracts hold, and each of them bites: broken on purpose in a copy, it names what broke it.

The contracts are read from pyproject.toml, so that none is left out; one of a new kind needs its way to be
broken here first.
"""

import itertools
import json
import re
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
LINT = Path(sys.executable).with_name("lint-imports")
CONFIGURATION: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]
CONTRACTS: list[dict[str, Any]] = CONFIGURATION["contracts"]
Import = tuple[str, str]
"""The module that imports and what it imports."""

_ELSEWHERE = "if TYPE_CHECKING:"
_INSIDE = "def _planted() -> None:"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([LINT, "--no-cache"], cwd=folder, capture_output=True, text=True, check=False)


def name_of(contract: dict[str, Any]) -> str:
    return str(contract["name"])


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """The packages, to be broken."""
    copy_to(tmp_path)
    return tmp_path


def copy_to(folder: Path) -> None:
    for package in CONFIGURATION["root_packages"]:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))


def configure(folder: Path, contract: dict[str, Any]) -> None:
    """Hold the folder to that contract alone."""
    tables = {
        "[tool.importlinter]": {key: value for key, value in CONFIGURATION.items() if key != "contracts"},
        "[[tool.importlinter.contracts]]": contract,
    }
    lines: list[str] = []
    for head, table in tables.items():
        lines += [head, *(f"{key} = {json.dumps(value)}" for key, value in table.items())]
    (folder / "pyproject.toml").write_text("\n".join(lines))


def plant(folder: Path, name: str, imported: str, place: str = _INSIDE) -> Import:
    """Make the package or module of that name import something where few would look for it."""
    path = folder.joinpath(*name.split("."))
    if path.is_dir():
        path, name = path / "planted.py", f"{name}.planted"
    else:
        path = path.with_suffix(".py")
    with path.open("a") as file:
        file.write(f"\n\nfrom typing import TYPE_CHECKING\n\n{place}\n    import {imported}\n")
    return name, imported


def layers_of(contract: dict[str, Any]) -> Iterator[list[list[str]]]:
    """Of each container, its layers from the top down, each with the whole names of its modules."""
    for container in contract.get("containers", [""]):
        prefix = f"{container}." if container else ""
        yield [[f"{prefix}{one.strip(' ()')}" for one in re.split("[|:]", row)] for row in contract["layers"]]


def forbidden_imports(contract: dict[str, Any]) -> Iterator[Import]:
    """What the contract forbids, at least once of each thing that it names."""
    if contract["type"] == "forbidden":
        yield from itertools.product(contract["source_modules"], contract["forbidden_modules"])
    elif contract["type"] == "independence":
        yield from itertools.permutations(contract["modules"], 2)
    elif contract["type"] == "layers":
        for layers in layers_of(contract):
            for upper, lower in itertools.pairwise(layers):
                yield from itertools.product(lower, upper)
            yield from itertools.product(layers[-1], layers[0])
            for row, written in zip(layers, contract["layers"], strict=True):
                if ":" not in written:
                    yield from itertools.permutations(row, 2)
    else:
        raise NotImplementedError(f"say here how a contract of the kind {contract['type']} is broken")


def test_every_contract_is_kept() -> None:
    kept = lint(ROOT)
    assert kept.returncode == 0, kept.stdout
    for contract in CONTRACTS:
        assert f"{name_of(contract)} KEPT" in kept.stdout


def test_every_package_is_held_to_contracts() -> None:
    packages = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]
    assert CONFIGURATION["root_packages"] == [*packages["targets"]["wheel"]["packages"], "tools"]
    assert len(CONTRACTS) > 5
    assert len({name_of(contract) for contract in CONTRACTS}) == len(CONTRACTS)


@pytest.fixture(scope="module", params=[_INSIDE, _ELSEWHERE], ids=["inside", "for types"])
def broken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What is said of each contract where all that any of them forbids is imported at such a place."""
    folder = tmp_path_factory.mktemp("broken")
    copy_to(folder)
    shutil.copy(ROOT / "pyproject.toml", folder)
    assert lint(folder).returncode == 0
    for one in dict.fromkeys(one for contract in CONTRACTS for one in forbidden_imports(contract)):
        plant(folder, *one, request.param)
    said = lint(folder)
    assert said.returncode == 1, said.stdout
    parts = re.split(
        rf"^({'|'.join(re.escape(name_of(one)) for one in CONTRACTS)})$", said.stdout, flags=re.M
    )
    return dict(zip(parts[1::2], parts[2::2], strict=True))


@pytest.mark.parametrize("contract", CONTRACTS, ids=name_of)
def test_a_forbidden_import_breaks_its_contract_also_inside_a_function_and_for_types(
    broken: dict[str, str], contract: dict[str, Any]
) -> None:
    forbidden = list(forbidden_imports(contract))
    assert forbidden
    for name, imported in forbidden:
        importer = f"{name}.planted" if ROOT.joinpath(*name.split(".")).is_dir() else name
        assert re.search(rf"{re.escape(importer)} -> {re.escape(imported)}\b", broken[name_of(contract)]), (
            importer
        )


@pytest.mark.parametrize("contract", [one for one in CONTRACTS if one.get("exhaustive")], ids=name_of)
def test_a_new_room_has_to_be_given_its_place(copy: Path, contract: dict[str, Any]) -> None:
    configure(copy, contract)
    for container in contract["containers"]:
        folder = copy.joinpath(*container.split("."), "planted")
        folder.mkdir()
        (folder / "__init__.py").touch()
        broken = lint(copy)
        assert broken.returncode == 1
        assert f"{name_of(contract)} BROKEN" in broken.stdout
        assert f"{container}.planted" in broken.stdout
        shutil.rmtree(folder)
