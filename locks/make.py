"""Write the locks: every package that is installed, with the SHA-256 of every file that it may come as.

    make lock

The versions are those of constraints.txt, the packages what pyproject.toml asks for, on every system and
Python that Newsdesk runs on. `run.txt` is what the program needs and is built with, `models.txt` what reads
models that the settings name, `cuda.txt` what PyPI's build of torch for Linux needs besides, `dev.txt`,
`bench.txt` and `lock.txt` what the groups of those names need besides all of these, and `pip.txt` the
installer itself. UNLOCKED groups have none. The index that pip knows is asked, through uv.
"""

import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
LOCKS = ROOT / "locks"
OLDEST_PYTHON = "3.11"
TORCH_CPU = "6746dbcbeb526eb61330b76b41ff1b4eb848951103a892eeb080dfa2b264667b"
"""SHA-256 of torch-2.13.0+cpu-cp311-cp311-manylinux_2_28_x86_64.whl, which PyPI does not have: it is a fifth
of the size of the build there, and the one that the tests run with."""
UNLOCKED = {"peers"}
"""Groups that no command of the Makefile installs, and nobody into Newsdesk's environment: engines to compare
with, which bring 35 packages that Newsdesk needs none of."""

_LEFT_OUT = LOCKS / "left-out.in"
"""What dependencies ask for and the program does not use: the package of the default model asks for
sentence-transformers, and that for torch, but only its files are read; tokenizers asks for huggingface-hub,
to fetch a tokenizer."""
_CUDA = re.compile(r"(?:nvidia-|cuda-|triton==)")
_PIN = re.compile(r"^(?=[\w.-]+==)", re.MULTILINE)


def main() -> int:
    """Write all of them; 1 where uv does not find a way to have what is asked for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    builds = "\n".join(project["build-system"]["requires"])
    run = _resolved(["pyproject.toml", "-", "--override", str(_LEFT_OUT)], builds)
    groups = {
        name: _resolved(["pyproject.toml", "-", "--group", name], builds)
        for name in project["dependency-groups"]
        if name not in UNLOCKED
    }
    models = _resolved(["pyproject.toml", "-", "--extra", "models"], builds)
    cuda = [pin for pin in models if _CUDA.match(pin)]
    _write("run", run)
    _write("models", [_with_cpu_build(pin) for pin in _without(models, run) if pin not in cuda])
    _write("cuda", cuda)
    for name, pins in groups.items():
        _write(name, _without(pins, models))
    _write("pip", _resolved(["-"], "pip"))
    return 0


def _resolved(sources: list[str], more: str) -> list[str]:
    """The pins with their hashes, one entry a package."""
    command = [
        *(sys.executable, "-m", "uv", "--quiet", "pip", "compile", *sources),
        *("--constraint", "constraints.txt", "--universal", "--python-version", OLDEST_PYTHON),
        *("--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"),
    ]
    done = subprocess.run(command, cwd=ROOT, input=more, text=True, stdout=subprocess.PIPE, check=True)  # noqa: S603
    return [pin for pin in _PIN.split(done.stdout) if pin.strip()]


def _without(pins: list[str], others: list[str]) -> list[str]:
    """The pins of packages that are not among the others."""
    return [pin for pin in pins if _name(pin) not in map(_name, others)]


def _name(pin: str) -> str:
    return pin.partition("==")[0]


def _with_cpu_build(pin: str) -> str:
    if not pin.startswith("torch=="):
        return pin
    return f"{pin.rstrip()} \\\n    --hash=sha256:{TORCH_CPU}\n"


def _write(name: str, pins: list[str]) -> None:
    (LOCKS / f"{name}.txt").write_text("# Made by `make lock` (locks/make.py).\n" + "".join(pins))


if __name__ == "__main__":
    sys.exit(main())
